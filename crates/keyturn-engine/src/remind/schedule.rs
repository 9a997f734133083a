//! Reading and writing the schedule's file. Both may wait for the keyring, five seconds at most; one that
//! fails is asked again after a minute.

use chrono::TimeDelta;
use keyturn_core::VaultId;
use keyturn_vault::{ScheduleError, ScheduleFile, Vault};

use super::{File, RemindError};
use crate::engine::guard;
use crate::{Engine, EngineError};

/// How long a keyring that failed is left in peace.
const PEACE: TimeDelta = TimeDelta::minutes(1);

impl Engine {
    /// Reads the schedule, once: what is reminded of, and what was told, so that reminders come before
    /// anybody unlocks the vault. Called at each round; answers [`Engine::schedule_problem`].
    pub fn load_schedule(&self) -> Option<String> {
        let mut file = guard(&self.remind.file);
        self.load(&mut file);
        drop(file);
        self.schedule_problem()
    }

    /// Why reminders would not come after a restart before the vault is unlocked; `None` where they
    /// would.
    pub fn schedule_problem(&self) -> Option<String> {
        self.reminding().problem.clone()
    }

    /// Writes the schedule, where anything of it changed.
    pub fn flush_schedule(&self) -> Result<(), EngineError> {
        if !self.reminding().schedule_unwritten {
            return Ok(());
        }
        let mut file = guard(&self.remind.file);
        // Never over one that was not read: it may know what was told.
        self.load(&mut file);
        if !file.read || self.in_peace(&file) {
            return Ok(());
        }
        let mut state = self.reminding();
        let schedule = state.book.schedule();
        state.schedule_unwritten = false;
        drop(state);
        let Some(writable) = &mut file.writer else {
            return Ok(());
        };
        match writable.write(&*self.ports.keystore, &schedule) {
            Ok(()) => {
                file.failed_at = None;
                self.reminding().problem = None;
                Ok(())
            }
            Err(error) => {
                file.failed_at = Some(self.now());
                let mut state = self.reminding();
                state.schedule_unwritten = true;
                state.problem = Some(problem(&error));
                Err(RemindError::from(error).into())
            }
        }
    }

    fn load(&self, file: &mut File) {
        let Some(vault) = self.vault_id() else {
            // There is no vault, and so nothing that could have been told.
            self.reminding().tried = true;
            return;
        };
        if file.writer.as_ref().is_none_or(|known| known.vault() != vault) {
            let anew = ScheduleFile::new(&self.ports.paths, vault);
            *file = File { writer: Some(anew), ..File::default() };
        }
        if file.read || self.in_peace(file) {
            return;
        }
        let Some(readable) = &mut file.writer else {
            return;
        };
        let now = self.now();
        let read = readable.read(&*self.ports.keystore);
        let mut state = self.reminding();
        state.tried = true;
        match read {
            Err(error @ ScheduleError::PassedOver { .. }) => {
                file.read = true;
                state.problem = Some(error.to_string());
                // Made anew as soon as anything is known that it could say.
                state.schedule_unwritten |= state.reckoned.is_some();
            }
            Err(error) => {
                file.failed_at = Some(now);
                state.problem = Some(problem(&error));
            }
            Ok(schedule) => {
                (file.read, file.failed_at) = (true, None);
                state.problem = None;
                if let Some(schedule) = schedule {
                    let news = state.book.join(schedule.log);
                    state.book.take_over(schedule.settings, schedule.subjects);
                    // The vault that is open gets what only the file knew.
                    if news && state.reckoned.is_some() {
                        self.note_change(&mut state);
                    }
                }
            }
        }
    }

    fn in_peace(&self, file: &File) -> bool {
        let now = self.now();
        file.failed_at.is_some_and(|at| (now - at).abs() < PEACE)
    }

    /// The vault that is there, open or not.
    fn vault_id(&self) -> Option<VaultId> {
        // Held while the file is looked at: nobody opens it meanwhile, who would find it in use.
        let slot = self.vault_slot();
        match &*slot {
            Some(vault) => Some(vault.vault_id()),
            None => Vault::peek(&self.ports.paths).ok().map(|peek| peek.vault_id),
        }
    }
}

fn problem(error: &ScheduleError) -> String {
    format!("after a restart reminders come only once the vault was unlocked: {error}")
}
