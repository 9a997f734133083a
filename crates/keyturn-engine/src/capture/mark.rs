//! What the user says of a reveal-once key whose value is not stored: it is still to be shown, lost, or
//! only its last four characters are known.

use keyturn_core::{CredentialRef, Field, FieldName, FieldValue, KeyMark};
use keyturn_providers::Profile;

use super::CaptureError;
use crate::EngineError;
use crate::fields::reveal_once_field;

/// The fields with what the user says of the reveal-once key among them. What is stored is never lost by
/// being called so.
pub(crate) fn marked(
    profile: &Profile,
    reference: &CredentialRef,
    mut fields: Vec<Field>,
    mark: KeyMark,
) -> Result<Vec<Field>, EngineError> {
    let name = marked_field(profile, &fields)?.clone();
    let at = fields.iter().position(|field| field.name == name);
    let stored = |field: &Field| !field.is_missing();
    if at.and_then(|at| fields.get(at)).is_some_and(stored) {
        let reference = reference.clone();
        return Err(CaptureError::StillStored { reference, field: name }.into());
    }
    let before = at.map(|at| fields.remove(at));
    let last_four = match mark {
        KeyMark::NotRevealed => return Ok(fields),
        // What is known of a lost key stays known.
        KeyMark::Lost => before.and_then(|field| field.last_four().map(str::to_owned)),
        KeyMark::LastFour(four) => Some(checked(four)?),
    };
    fields.push(Field { name, value: FieldValue::Missing { last_four } });
    // Kept in the order of the profile.
    let place = |field: &Field| profile.fields.iter().position(|known| known.name == field.name);
    fields.sort_by_key(place);
    Ok(fields)
}

/// The key that is meant: the first that is shown once and not stored, else the first.
fn marked_field<'profile>(
    profile: &'profile Profile,
    fields: &[Field],
) -> Result<&'profile FieldName, EngineError> {
    let missing = |name: &&FieldName| {
        let known = fields.iter().find(|field| field.name == **name);
        known.is_none_or(Field::is_missing)
    };
    let once = profile.shown_once();
    once.into_iter()
        .find(missing)
        .or_else(|| reveal_once_field(profile))
        .ok_or_else(|| EngineError::NotRevealOnce { provider: profile.id.clone(), field: None })
}

fn checked(four: String) -> Result<String, EngineError> {
    let visible = four.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if four.chars().count() == 4 && visible {
        Ok(four)
    } else {
        Err(EngineError::NotFourCharacters)
    }
}
