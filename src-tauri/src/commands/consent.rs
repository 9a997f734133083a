//! The question whether a program may use the vault: asked and answered in the prompt alone.

use keyturn_protocol::prompt::{ConsentAnswer, ConsentQuestion};
use tauri::{AppHandle, State};

use crate::commands::Answer;
use crate::input::Input;
use crate::prompt::{self, Channel, Consent};

/// What is asked.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn take_consent(consent: State<'_, Consent>) -> Answer<ConsentQuestion> {
    consent.question()
}

/// Gives the user's answer, and ends the prompt.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn answer_consent(
    app: AppHandle,
    channel: State<'_, Channel>,
    consent: State<'_, Consent>,
    answer: Input<ConsentAnswer>,
) -> Answer<()> {
    consent.answer(&channel, answer.0)?;
    prompt::end(&app);
    Ok(())
}
