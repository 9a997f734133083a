//! Work on a stranger's body that may be large: done on a thread beside, so that no other call waits for it.

use std::sync::Arc;

use keyturn_http::Redactor;

/// A body of so many bytes is looked through at once: a thread beside would take longer.
const SMALL_BODY: usize = 64 * 1024;

/// Does work on a thread beside.
pub(crate) async fn aside<Done: Send + 'static>(
    work: impl FnOnce() -> Done + Send + 'static,
) -> Done {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // It is not cancelled: either it broke off by a mistake, or the program ends.
        Err(broken) => std::panic::resume_unwind(broken.into_panic()),
    }
}

/// The body with every secret taken out.
pub(crate) async fn redacted(redactor: &Arc<Redactor>, body: Vec<u8>) -> Vec<u8> {
    if body.len() <= SMALL_BODY {
        return redactor.redact_body(body);
    }
    let redactor = Arc::clone(redactor);
    aside(move || redactor.redact_body(body)).await
}
