//! One row of the table.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::MOST_MEMORY_KIB;

/// What a case measures: by how many KiB the memory of its client grew, where it looked.
type Measured = Option<u64>;

/// A case: its name is the claim, and its body panics where the claim is wrong.
pub(crate) struct Case {
    pub(crate) name: String,
    body: Pin<Box<dyn Future<Output = Measured> + Send>>,
}

impl Case {
    pub(crate) fn new(
        name: impl Into<String>,
        body: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        Self::measured(name, async {
            body.await;
            None
        })
    }

    /// A case that looks at the memory of its client.
    pub(crate) fn measured(
        name: impl Into<String>,
        body: impl Future<Output = Measured> + Send + 'static,
    ) -> Self {
        Self { name: name.into(), body: Box::pin(body) }
    }

    /// Runs it on a runtime of its own, which ends its servers with it.
    pub(crate) fn run(self, longest: Duration) -> Result<Measured, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let body = self.body;
        let outcome = runtime.block_on(async {
            let body = tokio::spawn(body);
            tokio::time::timeout(longest, body).await
        });
        match outcome {
            Err(_) => Err(format!("it went on for more than {longest:?}")),
            Ok(Err(_)) => Err("see the panic above".to_owned()),
            Ok(Ok(Some(kib))) if kib > MOST_MEMORY_KIB => Err(format!("memory grew by {kib} KiB")),
            Ok(Ok(measured)) => Ok(measured),
        }
    }
}
