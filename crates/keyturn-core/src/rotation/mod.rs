//! Replacing a long-lived key: when it is due ([`RotationPolicy`]), and where its replacement stands
//! ([`Rotation`]). Dates are days of the user's calendar.

mod policy;
mod run;

pub use policy::{DUE_WITHIN_DAYS, Due, DueReason, RotationPolicy, RotationState, state};
pub use run::{
    Emergency, OldKeyEnd, OldKeyLife, Rotation, RotationStage, Route, SupportRequest, Verification,
    VerifiedBy,
};
