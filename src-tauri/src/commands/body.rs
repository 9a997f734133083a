//! Bodies of answers, some lines at a time. They stay in the shell: a page never holds a whole one.

use keyturn_protocol::calls::CopyText;
use keyturn_request::Comparison;
use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::commands::{Answer, display};
use crate::documents::SavedFile;
use crate::input::Input;
use crate::tester::{
    AnswerRef, Bodies, Body, BodyForm, BodyHits, BodyImage, BodyLines, BodyRow, FoldedBody,
    compare, copied, save,
};

/// Reads some lines.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_lines(
    bodies: State<'_, Bodies>,
    body: Input<u64>,
    form: Input<BodyForm>,
    from: Input<u32>,
    count: Input<u32>,
) -> Answer<BodyLines> {
    bodies.work(body.0, move |shown| shown.lines(form.0, from.0, count.0)).await
}

/// Folds or opens what stands in one line, or everything.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_fold(
    bodies: State<'_, Bodies>,
    body: Input<u64>,
    form: Input<BodyForm>,
    line: Input<Option<u32>>,
    closed: Input<bool>,
) -> Answer<FoldedBody> {
    bodies.work(body.0, move |shown| shown.fold(form.0, line.0, closed.0)).await
}

/// Searches a body; an empty text ends the search.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_search(
    bodies: State<'_, Bodies>,
    body: Input<u64>,
    form: Input<BodyForm>,
    text: Input<String>,
    case: Input<bool>,
) -> Answer<BodyHits> {
    bodies.work(body.0, move |shown| shown.search(form.0, &text.0, case.0)).await
}

/// Opens what hides a line, and says where it is then.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_show(
    bodies: State<'_, Bodies>,
    body: Input<u64>,
    form: Input<BodyForm>,
    line: Input<u32>,
) -> Answer<BodyRow> {
    bodies.work(body.0, move |shown| shown.reach(form.0, line.0)).await
}

/// Gets a picture.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_image(bodies: State<'_, Bodies>, body: Input<u64>) -> Answer<BodyImage> {
    bodies.work(body.0, Body::image).await
}

/// Writes a body as it came to a new file in the user's documents.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_save(
    app: AppHandle,
    bodies: State<'_, Bodies>,
    body: Input<u64>,
    name: Input<String>,
) -> Answer<SavedFile> {
    save::save(app, &bodies, body.0, name.0).await
}

/// Copies a body's text.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn body_copy(
    agent: State<'_, Agent>,
    bodies: State<'_, Bodies>,
    body: Input<u64>,
) -> Answer<()> {
    let text = bodies.work(body.0, copied).await?;
    agent.call(CopyText { text, display: display() }).await.map(|_| ())
}

/// Says in what two answers differ.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn compare_answers(
    agent: State<'_, Agent>,
    bodies: State<'_, Bodies>,
    left: Input<AnswerRef>,
    right: Input<AnswerRef>,
) -> Answer<Comparison> {
    compare::compare(&agent, &bodies, left.0, right.0).await
}
