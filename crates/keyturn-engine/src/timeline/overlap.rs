//! When an old and a new key are both known to work. A provider's silence is no promise: what nobody
//! knows is not drawn (DC7).

use keyturn_core::Rotation;
use keyturn_core::rotation::{OldKeyEnd, OldKeyLife};

use super::Overlap;

/// The time in which both are known to work, where there is one. The new key is known to since it was
/// verified, and the old one until the provider ends it by its own word, as long as nothing else did.
pub(super) fn known(rotation: &Rotation) -> Option<Overlap> {
    let from = rotation.verified?.at;
    let confirmed_at = match rotation.route.old_key {
        OldKeyEnd::OnConfirmation => rotation.confirmed_at,
        OldKeyEnd::AtOnce | OldKeyEnd::Unknown => None,
    };
    let until = match (rotation.old_key, confirmed_at) {
        // It answered after that, or nothing has ended it: it lasts.
        (OldKeyLife::Lives { .. }, _) => None,
        (OldKeyLife::Ended { known_at }, Some(confirmed_at)) => Some(confirmed_at.min(known_at)),
        (OldKeyLife::Unknown, Some(confirmed_at)) => Some(confirmed_at),
        // The provider ends it by the confirmation, and nothing else is known to have.
        (OldKeyLife::Unknown, None) if rotation.route.old_key == OldKeyEnd::OnConfirmation => None,
        // Nobody knows when it died, or whether it did.
        (OldKeyLife::Ended { .. } | OldKeyLife::Unknown, None) => return None,
    };
    until.is_none_or(|until| until > from).then_some(Overlap { from, until })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use keyturn_core::rotation::{Route, Verification, VerifiedBy};

    use super::*;

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    /// Begun at 0, stored at 1, with the old key's end as given.
    fn rotation(old_key: OldKeyEnd, life: OldKeyLife) -> Rotation {
        let route = Route { requested: false, confirmed: false, old_key };
        let begun = Rotation::start(route, hour(0));
        Rotation { issued_at: Some(hour(1)), old_key: life, ..begun }
    }

    fn verified(rotation: Rotation) -> Rotation {
        let verified = Verification { at: hour(2), by: VerifiedBy::TestCall };
        Rotation { verified: Some(verified), ..rotation }
    }

    const LIVES: OldKeyLife = OldKeyLife::Lives { known_at: DateTime::UNIX_EPOCH };

    #[test]
    fn dc7_a_new_key_that_nobody_tried_overlaps_with_nothing() {
        assert_eq!(known(&rotation(OldKeyEnd::OnConfirmation, LIVES)), None);
    }

    #[test]
    fn dc7_both_are_known_to_work_from_the_proof_until_the_confirmation() {
        let lasting = verified(rotation(OldKeyEnd::OnConfirmation, LIVES));
        assert_eq!(known(&lasting), Some(Overlap { from: hour(2), until: None }));
        let confirmed = Rotation { confirmed_at: Some(hour(5)), ..lasting };
        let until_confirmed = Some(Overlap { from: hour(2), until: Some(hour(5)) });
        for old_key in [OldKeyLife::Unknown, OldKeyLife::Ended { known_at: hour(9) }] {
            assert_eq!(known(&Rotation { old_key, ..confirmed.clone() }), until_confirmed);
        }
        let answered = Rotation { old_key: OldKeyLife::Lives { known_at: hour(7) }, ..confirmed };
        assert_eq!(known(&answered).unwrap().until, None, "it answered after the confirmation");
    }

    #[test]
    fn dc7_what_nobody_knows_is_not_drawn() {
        for old_key in [OldKeyLife::Unknown, OldKeyLife::Ended { known_at: hour(9) }] {
            assert_eq!(known(&verified(rotation(OldKeyEnd::Unknown, old_key))), None);
        }
    }

    #[test]
    fn di2_a_key_that_dies_with_the_birth_of_the_next_never_overlaps() {
        let dead = OldKeyLife::Ended { known_at: hour(1) };
        assert_eq!(known(&verified(rotation(OldKeyEnd::AtOnce, dead))), None);
    }
}
