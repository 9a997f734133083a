//! The seam between what is sent and how: the engine holds a [`Transport`], tests bring their own.

use std::future::Future;
use std::pin::Pin;

use crate::{Answer, Endpoint, Outgoing, SendError};

/// A request on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Answer, SendError>> + Send + 'a>>;

/// Sends requests. [`crate::HttpTransport`] is the real one.
pub trait Transport: Send + Sync {
    /// Sends one request to the endpoint's origin and reads its answer, whatever its status.
    fn send<'a>(&'a self, endpoint: &'a Endpoint, outgoing: &'a Outgoing) -> Sending<'a>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send<'a>(&'a self, endpoint: &'a Endpoint, outgoing: &'a Outgoing) -> Sending<'a> {
        (**self).send(endpoint, outgoing)
    }
}
