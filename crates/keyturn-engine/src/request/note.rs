//! What the history has of a request before it is sent.

use keyturn_http::UserBody;
use keyturn_vault::NotedExchange;

use super::plan::Plan;
use crate::exchange::{Noted, redactor_of};
use crate::{Engine, EngineError};

impl Engine {
    /// Begins to note an exchange. Path and names are free of every secret that is stored for the
    /// credential; no value of the query, no header and no body is taken over.
    pub(super) fn noted_of(&self, plan: &Plan, caller: &str) -> Result<Noted<'_>, EngineError> {
        let redactor = self.read(|vault| Ok(redactor_of(vault, &plan.credential)?))?;
        let names = plan.request.query.iter().map(|(name, _)| redactor.redact_text(name));
        let exchange = NotedExchange {
            query: names.collect(),
            sent_body: kind(&plan.request.body),
            saved: plan.saved.as_deref().map(|name| redactor.redact_text(name)),
            caller: caller.to_owned(),
            ..NotedExchange::new(
                self.now(),
                plan.environment.clone(),
                plan.recipe.name.clone(),
                redactor.redact_text(&plan.request.method),
                redactor.redact_text(&plan.request.path),
            )
        };
        Ok(Noted::new(self, plan.credential.id, exchange))
    }
}

/// What kind of body it is; `None` where there is none.
fn kind(body: &UserBody) -> Option<String> {
    let kind = match body {
        UserBody::Empty => return None,
        UserBody::Form(_) => "form",
        UserBody::Multipart(_) => "multipart",
        UserBody::Bytes { content_type, .. } if content_type.contains("json") => "json",
        UserBody::Bytes { content_type, .. } if content_type.starts_with("text/") => "text",
        UserBody::Bytes { .. } => "bytes",
    };
    Some(kind.to_owned())
}
