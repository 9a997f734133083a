//! Which steps of a rotation are possible, and which one goes on.

use super::{OldKeyEnd, OldKeyLife, Rotation, RotationStage, RotationState, Step};

/// What a rotation itself does not know, and its steps depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationFacts {
    /// Whether the value of the old key is stored.
    pub old_stored: bool,
    /// Whether the old key can be tested without any harm.
    pub old_testable: bool,
}

/// Whether there is a way back to the old key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoingBack {
    /// There is none.
    Never,
    /// The old key is in use, and no other one is stored.
    Known,
    /// Nothing has ended it, as far as is known, and no test can tell.
    Untested,
    /// Where a test shows at that moment that it answers.
    IfItAnswers,
}

impl Rotation {
    /// Whether there is a way back to the old key: as long as a test shows that it answers, or where none
    /// can be made, as long as nothing that happened here may have ended it.
    #[must_use]
    pub fn going_back(&self, facts: RotationFacts) -> GoingBack {
        if !facts.old_stored || matches!(self.old_key, OldKeyLife::Ended { .. }) {
            return GoingBack::Never;
        }
        if self.issued_at.is_none() {
            GoingBack::Known
        } else if self.route.old_key == OldKeyEnd::AtOnce {
            GoingBack::Never
        } else if facts.old_testable {
            GoingBack::IfItAnswers
        } else if self.confirmed_at.is_none() {
            GoingBack::Untested
        } else {
            GoingBack::Never
        }
    }

    /// The steps that are possible now.
    #[must_use]
    pub fn offers(&self, facts: RotationFacts) -> Vec<Step> {
        let back = self.going_back(facts) != GoingBack::Never;
        let mut offers = Vec::new();
        match self.stage {
            RotationStage::Started | RotationStage::Requested => {
                if self.route.requested {
                    offers.push(Step::Request);
                }
                offers.extend([Step::Store, Step::Cancel]);
            }
            RotationStage::Issued | RotationStage::Verified | RotationStage::Confirmed => {
                offers.push(Step::Verify);
                let verified = self.verified.is_some();
                if self.route.confirmed && self.confirmed_at.is_none() {
                    offers.extend(verified.then_some(Step::Confirm));
                } else {
                    offers.push(Step::Promote);
                }
                if self.stage != RotationStage::Confirmed {
                    offers.push(Step::Store);
                }
                offers.extend(back.then_some(Step::Cancel));
            }
            RotationStage::Promoted | RotationStage::Retiring => {
                offers.push(Step::Retire);
                offers.extend(back.then_some(Step::RollBack));
            }
        }
        offers.extend(self.emergency.is_none().then_some(Step::Compromised));
        offers
    }

    /// The step that goes on; `None` where it is the provider's turn.
    #[must_use]
    pub const fn next_step(&self) -> Option<Step> {
        match self.stage {
            RotationStage::Started if self.route.requested => Some(Step::Request),
            RotationStage::Started => Some(Step::Store),
            RotationStage::Requested => None,
            RotationStage::Issued => Some(Step::Verify),
            RotationStage::Verified if self.route.confirmed => Some(Step::Confirm),
            RotationStage::Verified | RotationStage::Confirmed => Some(Step::Promote),
            RotationStage::Promoted | RotationStage::Retiring => Some(Step::Retire),
        }
    }

    /// The word for it in lists; `None` where it only began.
    #[must_use]
    pub const fn state(&self) -> Option<RotationState> {
        Some(match self.stage {
            RotationStage::Started => return None,
            RotationStage::Requested => RotationState::Requested,
            RotationStage::Issued => RotationState::Issued,
            RotationStage::Verified => RotationState::Verified,
            RotationStage::Confirmed => RotationState::Confirmed,
            RotationStage::Promoted => RotationState::Promoted,
            RotationStage::Retiring => RotationState::Retiring,
        })
    }
}

impl super::Route {
    /// The stages that it consists of, in their order.
    #[must_use]
    pub fn stages(self) -> Vec<RotationStage> {
        let mut stages = vec![RotationStage::Started];
        stages.extend(self.requested.then_some(RotationStage::Requested));
        stages.extend([RotationStage::Issued, RotationStage::Verified]);
        stages.extend(self.confirmed.then_some(RotationStage::Confirmed));
        stages.extend([RotationStage::Promoted, RotationStage::Retiring]);
        stages
    }
}
