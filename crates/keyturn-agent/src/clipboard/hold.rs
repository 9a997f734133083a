//! The holder's side: the process `keyturn clipboard`.

use std::io::{self, Read};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use arboard::{GetExtLinux as _, SetExtLinux as _};
use keyturn_core::{Secret, SecretString};
use keyturn_protocol::{ApiError, ClipboardEnd, ErrorCode, SecretOnWire, decode, encode, frame};

use super::{Order, Report};
use crate::hardening;

/// Holds a secret on the clipboard for the agent that started this process: reads one order from
/// standard input, answers on standard output, and clears the clipboard after the time it was told,
/// or when standard input ends, if the secret is still there.
pub fn hold_clipboard() -> Result<(), ApiError> {
    hardening::deny_inspection().map_err(|error| internal(&error))?;
    let order = frame::read(&mut io::stdin().lock()).map_err(|error| internal(&error))?;
    let order = decode(&order).ok_or_else(|| internal(&io::ErrorKind::InvalidData.into()))?;
    let (report, holding) = match carry_out(order) {
        Ok(done) => done,
        Err(error) => (Report::Failed(error.to_string()), None),
    };
    frame::write(&mut io::stdout().lock(), &encode(&report)).map_err(|error| internal(&error))?;
    if let Some(holding) = holding {
        wait_for_end_of_input(holding.clear_after);
        let end = holding.clear_if_still_ours();
        // The agent may be gone: what it would have told the windows is then nobody's concern.
        frame::write(&mut io::stdout().lock(), &encode(&Report::Released(end))).ok();
    }
    Ok(())
}

struct Holding {
    clipboard: arboard::Clipboard,
    secret: SecretString,
    clear_after: Duration,
}

fn carry_out(order: Order) -> Result<(Report, Option<Holding>), arboard::Error> {
    let mut clipboard = arboard::Clipboard::new()?;
    match order {
        Order::Hold { secret: SecretOnWire(secret), clear_after_s } => {
            // The hint that KDE's, and after it most, clipboard histories honour.
            clipboard.set().exclude_from_history().text(secret.expose().as_str())?;
            let clear_after = Duration::from_secs(clear_after_s);
            Ok((Report::Holding, Some(Holding { clipboard, secret, clear_after })))
        }
        Order::Read => {
            let text = clipboard.get().clipboard(arboard::LinuxClipboardKind::Clipboard).text()?;
            Ok((Report::Text(SecretOnWire(Secret::new(text))), None))
        }
    }
}

impl Holding {
    fn clear_if_still_ours(mut self) -> ClipboardEnd {
        let found = self.clipboard.get_text().map(Secret::new);
        let ours = found.map(|found| found.expose() == self.secret.expose());
        end(&ours, || self.clipboard.clear())
    }
}

/// What becomes of a copy: it is cleared where it is still there, and what a desktop does not let us see
/// or clear is never said to be gone.
fn end(
    ours: &Result<bool, arboard::Error>,
    clear: impl FnOnce() -> Result<(), arboard::Error>,
) -> ClipboardEnd {
    match ours {
        Ok(true) if clear().is_ok() => ClipboardEnd::Cleared,
        // An image, or nothing at all: no text of ours.
        Ok(false)
        | Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => {
            ClipboardEnd::Replaced
        }
        Ok(true) | Err(_) => ClipboardEnd::NotCleared,
    }
}

/// Waits until standard input ends, at most for `longest`.
fn wait_for_end_of_input(longest: Duration) {
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let mut byte = [0];
        while matches!(io::stdin().read(&mut byte), Ok(1)) {}
        ended.send(()).ok();
    });
    end.recv_timeout(longest).ok();
}

fn internal(error: &io::Error) -> ApiError {
    ApiError::new(ErrorCode::Internal, format!("the clipboard's holder failed: {error}"))
}

#[cfg(test)]
mod tests {
    use arboard::Error;

    use super::*;

    fn refused() -> Error {
        Error::Unknown { description: "the desktop does not say".to_owned() }
    }

    #[test]
    fn a_copy_that_cannot_be_seen_or_cleared_is_not_said_to_be_gone() {
        assert_eq!(end(&Ok(true), || Ok(())), ClipboardEnd::Cleared);
        assert_eq!(end(&Ok(true), || Err(refused())), ClipboardEnd::NotCleared);
        assert_eq!(end(&Err(refused()), || Ok(())), ClipboardEnd::NotCleared);
    }

    #[test]
    fn what_somebody_else_copied_is_left_alone() {
        let never = || -> Result<(), Error> { panic!("it is not ours to clear") };
        assert_eq!(end(&Ok(false), never), ClipboardEnd::Replaced);
        assert_eq!(end(&Err(Error::ContentNotAvailable), never), ClipboardEnd::Replaced);
    }
}
