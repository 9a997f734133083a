//! Provider profiles: what a provider is, written down as data.
//!
//! This crate owns the schema of a profile ([`Profile`]), its validation with file, line and reason
//! ([`check()`]), the built-in profiles ([`Catalogue::builtin`]) and the meaning of a provider's
//! answer ([`diagnose()`]). It is pure: it refuses to read files, the environment or the network, and
//! its code knows no provider by name; whatever is special about one stands in `builtin/*.toml`.
//!
//! Where to look next: [`schema`] for what a profile says, [`mod@check`] for what it may not say,
//! `builtin/` for the profiles themselves, [`mod@diagnose`] for how an answer finds its meaning,
//! [`mod@recognize`] for how a pasted text finds its provider.

mod catalogue;
pub mod check;
pub mod diagnose;
mod egress;
mod jwt;
mod problem;
pub mod recognize;
pub mod schema;
mod suggest;
mod value;

pub use catalogue::Catalogue;
pub use check::{LARGEST_PROFILE, check, check_base_url};
pub use diagnose::{AnswerFacts, AnsweredBy, CredentialFacts, Diagnosis, diagnose};
pub use egress::{Egress, Way};
pub use jwt::{JwtParts, decode_jwt};
pub use problem::Problem;
pub use schema::answer::{Answer as AnswerRow, KeyturnAction};
pub use schema::environment::{Environment, PlainHttp, UrlVariableError};
pub use schema::exchange::{
    Auth, BodyField, BodySource, Encoding, Exchange, ExpiryFormat, ExpirySourceField, Response,
    Revocation,
};
pub use schema::field::{Field, FieldKind, Lookalike};
pub use schema::method::{AuthMethod, Means, Method};
pub use schema::recipe::{Carried, FixedHeader, Recipe, RecipeHeader, RecipeQuery};
pub use schema::rotation::{OldKey, Reveal, RevealPolicy, Rotation, RotationKind};
pub use schema::sample::{Sample, SampleBody, TestCall, reads};
pub use schema::template::TemplateError;
pub use schema::{Limit, LimitScope, NeverCalled, Profile};
pub use value::FieldProblem;
