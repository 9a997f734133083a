//! A composed request as code. The agent checks it as one that is sent, and gives no secret along.

use keyturn_protocol::calls::OutlineRequest;
use keyturn_protocol::{ApiError, RequestCode, RequestCodeForm, files_of};

use super::call::TesterRequest;
use super::send::{Composed, composed};
use crate::agent::{Agent, blocking};

/// Writes code.
pub(crate) async fn code(
    agent: &Agent,
    mut asked: TesterRequest,
    form: RequestCodeForm,
) -> Result<RequestCode, ApiError> {
    // Code names files and reads none; what is not here yet is as good.
    let files = files_of(&asked.request.body);
    asked.files.extend(files.iter().flatten().map(|path| (path.clone(), String::new())));
    let Composed { address, mut call } = composed(asked).await?;
    let body = call.body.clone();
    call.dry_run = true;
    let outline = agent.call(OutlineRequest { request: call, address }).await?;
    blocking(move || outline.code(form, body, files)).await
}
