//! The provider's plan that a user chooses: its limits count from then on.

use keyturn_providers::Profile;

use crate::EngineError;

/// A plan as the profile writes it; an empty text is none.
pub(crate) fn checked_plan(
    profile: &Profile,
    given: Option<String>,
) -> Result<Option<String>, EngineError> {
    let Some(given) = given.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let mut plans: Vec<&str> = Vec::new();
    for plan in profile.limits.iter().filter_map(|limit| limit.plan.as_deref()) {
        if !plans.contains(&plan) {
            plans.push(plan);
        }
    }
    match plans.iter().find(|plan| plan.eq_ignore_ascii_case(&given)) {
        Some(plan) => Ok(Some((*plan).to_owned())),
        None => Err(EngineError::NoPlan {
            provider: profile.id.clone(),
            plan: given,
            known: plans.into_iter().map(str::to_owned).collect(),
        }),
    }
}
