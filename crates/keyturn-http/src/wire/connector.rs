//! Notes when a connection begins and when it stands.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use tower::{Layer, Service};

use super::record::note;

/// Wraps reqwest's connector.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConnectorLayer;

/// Reqwest's connector with a look at the clock before and after.
#[derive(Debug, Clone)]
pub(super) struct Connector<S>(S);

impl<S> Layer<S> for ConnectorLayer {
    type Service = Connector<S>;

    fn layer(&self, inner: S) -> Connector<S> {
        Connector(inner)
    }
}

impl<S, R> Service<R> for Connector<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
    S::Response: 'static,
    S::Error: 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        note(|phases| phases.connect_from = Some(Instant::now()));
        let connecting = self.0.call(request);
        Box::pin(async move {
            let connection = connecting.await?;
            note(|phases| phases.connected_at = Some(Instant::now()));
            Ok(connection)
        })
    }
}
