//! Replacing a long-lived key: when it is due ([`RotationPolicy`]), and where its replacement stands
//! ([`Rotation`]). Dates are days of the user's calendar.

mod advance;
mod offer;
mod policy;
mod run;
mod step;

pub use offer::{GoingBack, RotationFacts};
pub use policy::{
    DUE_WITHIN_DAYS, Due, DueReason, Policies, RotationPolicy, RotationState, counts_since,
    in_use_since, own_end, state,
};
pub use run::{
    Emergency, KeyDates, OldKeyEnd, OldKeyLife, PastEmergency, Rotation, RotationStage, Route,
    SupportRequest, Verification, VerifiedBy,
};
pub use step::{NotNow, Step};

#[cfg(test)]
mod tests;
