//! The same value in more than one place, told by fingerprints alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use keyturn_core::{Credential, CredentialId, CredentialRef, FieldName, Fingerprint, KeyStanding};

use super::Found;

/// Where each value that is stored lies.
pub(super) struct Reuse(BTreeMap<Fingerprint, BTreeSet<Place>>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    reference: CredentialRef,
    credential: CredentialId,
    field: FieldName,
}

impl Reuse {
    /// Notes the values in use, the next ones, and those that are kept for a way back.
    pub(super) fn of(credentials: &[&Credential]) -> Self {
        let mut counts: HashMap<Fingerprint, u32> = HashMap::new();
        for print in credentials.iter().flat_map(|one| stored(one)).map(|(_, print)| *print) {
            *counts.entry(print).or_default() += 1;
        }
        let mut places: BTreeMap<Fingerprint, BTreeSet<Place>> = BTreeMap::new();
        for credential in credentials {
            let again = stored(credential).filter(|(_, print)| counts[*print] > 1);
            for (field, print) in again {
                let place = Place {
                    reference: credential.reference(),
                    credential: credential.id,
                    field: field.clone(),
                };
                places.entry(*print).or_default().insert(place);
            }
        }
        Self(places)
    }

    /// Where else the values of this credential lie.
    pub(super) fn found(&self, credential: &Credential) -> Found {
        let mut told = BTreeSet::new();
        for (field, print) in stored(credential) {
            for place in self.0.get(print).into_iter().flatten() {
                let is_itself = place.credential == credential.id && place.field == *field;
                if !is_itself {
                    told.insert(format!("{field} is also {}/{}", place.reference, place.field));
                }
            }
        }
        let told: Vec<String> = told.into_iter().collect();
        (!told.is_empty()).then(|| {
            (
                format!("The same value is stored more than once: {}.", told.join(", ")),
                "Who gets one of them has both, and one cannot be replaced without the other. Get a key of its own for each, or remove the copy.".to_owned(),
            )
        })
    }
}

fn stored(credential: &Credential) -> impl Iterator<Item = (&FieldName, &Fingerprint)> {
    let kept =
        credential.versions.iter().filter(|version| version.standing != KeyStanding::Retired);
    kept.flat_map(|version| &version.fingerprints)
}
