//! What a request is made of, for those who write code for it. It is checked as one that is sent, and
//! nothing is sent; no secret is in what is told.

use keyturn_http::{PolicyError, checked_path};
use keyturn_providers::Method;
use keyturn_request::code::Carrier;

use super::{Body, TestRequest};
use crate::snippet::{Authentication, CodeParts};
use crate::{Engine, EngineError};

/// What a request is made of.
pub struct Outline {
    /// The method.
    pub method: String,
    /// The address, without its query.
    pub url: String,
    /// The query, without what authenticates.
    pub query: Vec<(String, String)>,
    /// The headers, without those that authenticate.
    pub headers: Vec<(String, String)>,
    /// The sample's body, where the user gave none: its media type and its text.
    pub body: Option<(String, String)>,
    /// What authenticates it.
    pub carriers: Vec<Carrier>,
    /// The variables that code reads, each with the command that prints its value.
    pub variables: Vec<(String, String)>,
    /// Why none of it belongs into a page or a mobile application.
    pub client_side_warning: String,
}

impl Engine {
    /// Tells what a request is made of. `address` is what it was written down with, `//HOST/PATH`; one of
    /// another host than the environment's is refused.
    pub fn outline(
        &self,
        request: TestRequest,
        address: Option<&str>,
    ) -> Result<Outline, EngineError> {
        let reference = request.reference.clone();
        let own_body = request.body.is_some();
        let plan = self.plan(TestRequest { dry_run: true, ..request })?;
        let base = plan.endpoint.base();
        if let Some(address) = address {
            match checked_path(&plan.endpoint, address) {
                // The environment's own is no path.
                Err(PolicyError::BadPath) => {}
                checked => drop(checked?),
            }
            let own = base.join(address).is_ok_and(|url| url.origin() == base.origin());
            if !own {
                return Err(PolicyError::OtherOrigin.into());
            }
        }
        drop(self.shown(&plan)?);
        let key_field = match plan.profile.method_for(&plan.credential) {
            Method::Key(field) => Some(field),
            Method::Exchange(_) => None,
        };
        let code = CodeParts {
            profile: &plan.profile,
            recipe: &plan.recipe,
            key_field,
            base_url: base.as_str(),
        };
        let Authentication { carriers, variables } =
            code.authentication(&reference, &plan.environment);
        let url = base.join(&plan.request.path).map_err(|_| PolicyError::BadPath)?;
        let given = plan.request.headers;
        let by_hand = |name: &str| given.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        let fixed = plan.recipe.fixed.iter().filter(|fixed| !by_hand(&fixed.name));
        let mut headers: Vec<_> =
            fixed.map(|fixed| (fixed.name.clone(), fixed.value.clone())).collect();
        headers.extend(given);
        let body = match plan.request.body {
            Body::Bytes { content_type, bytes } if !own_body => {
                String::from_utf8(bytes).ok().map(|text| (content_type, text))
            }
            _ => None,
        };
        Ok(Outline {
            method: plan.request.method,
            url: url.into(),
            query: plan.request.query,
            headers,
            body,
            carriers,
            variables,
            client_side_warning: plan.profile.client_side_warning,
        })
    }
}
