//! The catalog: which record is what, and whose. From outside all records look alike.
//!
//! It is a record itself; the manifest names it. A record that it does not list, or that it lists and
//! the file lacks, is found when the vault opens.

use std::collections::{BTreeMap, BTreeSet};

use keyturn_core::{CredentialId, EnvironmentName, ExchangeId, RecordId};

use crate::SecretSlot;
use crate::codec::{CODEC, MalformedError, Reader};
use crate::record::RecordKind;

const NOBODY: CredentialId = CredentialId::from_bytes([0; 16]);

/// What a record is and whose; each place has at most one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) kind: RecordKind,
    pub(crate) owner: CredentialId,
    pub(crate) label: String,
}

impl Place {
    pub(crate) const fn metadata(owner: CredentialId) -> Self {
        Self { kind: RecordKind::Metadata, owner, label: String::new() }
    }

    pub(crate) fn secrets(owner: CredentialId, slot: SecretSlot) -> Self {
        Self { kind: RecordKind::Secrets, owner, label: slot.label().to_owned() }
    }

    pub(crate) fn token(owner: CredentialId, environment: &EnvironmentName) -> Self {
        Self { kind: RecordKind::Token, owner, label: environment.as_str().to_owned() }
    }

    pub(crate) const fn settings() -> Self {
        Self { kind: RecordKind::Settings, owner: NOBODY, label: String::new() }
    }

    pub(crate) const fn draft() -> Self {
        Self { kind: RecordKind::Draft, owner: NOBODY, label: String::new() }
    }

    pub(crate) const fn observations() -> Self {
        Self { kind: RecordKind::Observations, owner: NOBODY, label: String::new() }
    }

    pub(crate) const fn reminders() -> Self {
        Self { kind: RecordKind::Reminders, owner: NOBODY, label: String::new() }
    }

    /// A kept exchange; the number's twenty digits keep them in their order.
    pub(crate) fn kept(owner: CredentialId, id: ExchangeId) -> Self {
        let label = format!("{:020}", id.number());
        Self { kind: RecordKind::KeptExchange, owner, label }
    }

    /// What was noted of a credential's exchanges.
    pub(crate) const fn exchanges(owner: CredentialId) -> Self {
        Self { kind: RecordKind::Exchanges, owner, label: String::new() }
    }

    /// The requests that are saved with a credential.
    pub(crate) const fn saved_requests(owner: CredentialId) -> Self {
        Self { kind: RecordKind::SavedRequests, owner, label: String::new() }
    }

    /// A journal segment; the number's ten digits keep the segments in their order.
    pub(crate) fn journal(number: u32) -> Self {
        Self { kind: RecordKind::Journal, owner: NOBODY, label: format!("{number:010}") }
    }
}

/// All records but the catalog itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Catalog(BTreeMap<Place, RecordId>);

impl Catalog {
    pub(crate) fn get(&self, place: &Place) -> Option<RecordId> {
        self.0.get(place).copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Place, RecordId)> {
        self.0.iter().map(|(place, id)| (place, *id))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The record of a place; a new one where it has none yet.
    pub(crate) fn get_or_insert(&mut self, place: Place) -> RecordId {
        *self.0.entry(place).or_insert_with(RecordId::make_random)
    }

    pub(crate) fn remove(&mut self, place: &Place) -> Option<RecordId> {
        self.0.remove(place)
    }

    /// The places of a credential's records of a kind.
    pub(crate) fn places_of(&self, kind: RecordKind, owner: CredentialId) -> Vec<Place> {
        self.of(kind, owner).cloned().collect()
    }

    /// The exchanges of a credential that are kept, the oldest first.
    pub(crate) fn kept_of(&self, owner: CredentialId) -> impl Iterator<Item = ExchangeId> {
        self.of(RecordKind::KeptExchange, owner).filter_map(|place| place.label.parse().ok())
    }

    fn of(&self, kind: RecordKind, owner: CredentialId) -> impl Iterator<Item = &Place> {
        let from = Place { kind, owner, label: String::new() };
        let mine = move |place: &&Place| place.kind == kind && place.owner == owner;
        self.0.range(from..).map(|(place, _)| place).take_while(mine)
    }

    /// The journal's segments in their order.
    pub(crate) fn journal(&self) -> impl DoubleEndedIterator<Item = (u32, RecordId)> {
        let end = Place { kind: RecordKind::Settings, owner: NOBODY, label: String::new() };
        self.0
            .range(Place::journal(0)..end)
            .filter_map(|(place, id)| Some((place.label.parse().ok()?, *id)))
    }

    /// Version ‖ count(4) ‖ each record id(16) ‖ kind(2) ‖ owner(16) ‖ label length(1) ‖ label.
    pub(crate) fn encode(&self) -> Option<Vec<u8>> {
        let mut body = Vec::with_capacity(5 + self.0.len() * 40);
        body.push(CODEC);
        body.extend_from_slice(&u32::try_from(self.0.len()).ok()?.to_be_bytes());
        for (place, id) in &self.0 {
            body.extend_from_slice(id.as_bytes());
            body.extend_from_slice(&(place.kind as u16).to_be_bytes());
            body.extend_from_slice(place.owner.as_bytes());
            body.push(u8::try_from(place.label.len()).ok()?);
            body.extend_from_slice(place.label.as_bytes());
        }
        Some(body)
    }

    /// Reads what [`Catalog::encode`] wrote; a place or a record named twice is refused.
    pub(crate) fn decode(body: &[u8]) -> Result<Self, MalformedError> {
        let mut reader = Reader::new(body)?;
        let count = reader.u32()?;
        let mut places = BTreeMap::new();
        let mut records = BTreeSet::new();
        for _ in 0..count {
            let id = RecordId::from_bytes(reader.array()?);
            let kind = RecordKind::from_number(reader.u16()?).ok_or(MalformedError)?;
            let owner = CredentialId::from_bytes(reader.array()?);
            let length = reader.u8()?;
            let label = std::str::from_utf8(reader.take(length.into())?)
                .map_err(|_| MalformedError)?
                .to_owned();
            let place = Place { kind, owner, label };
            if kind == RecordKind::Catalog
                || !records.insert(id)
                || places.insert(place, id).is_some()
            {
                return Err(MalformedError);
            }
        }
        reader.finish()?;
        Ok(Self(places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalog_survives_its_codec() {
        let owner = CredentialId::make_random();
        let mut catalog = Catalog::default();
        catalog.get_or_insert(Place::metadata(owner));
        catalog.get_or_insert(Place::token(owner, &"production".parse().unwrap()));
        catalog.get_or_insert(Place::settings());
        assert_eq!(Catalog::decode(&catalog.encode().unwrap()), Ok(catalog));
    }

    #[test]
    fn a_place_keeps_its_record() {
        let mut catalog = Catalog::default();
        let place = Place::settings();
        assert_eq!(catalog.get_or_insert(place.clone()), catalog.get_or_insert(place));
    }

    #[test]
    fn tokens_and_segments_are_found_by_their_place_alone() {
        let (one, two) = (CredentialId::make_random(), CredentialId::make_random());
        let mut catalog = Catalog::default();
        for environment in ["a", "b"] {
            catalog.get_or_insert(Place::token(one, &environment.parse().unwrap()));
        }
        catalog.get_or_insert(Place::token(two, &"a".parse().unwrap()));
        catalog.get_or_insert(Place::settings());
        for number in [10, 2, 1] {
            catalog.get_or_insert(Place::journal(number));
        }
        assert_eq!(catalog.places_of(RecordKind::Token, one).len(), 2);
        let numbers: Vec<_> = catalog.journal().map(|(number, _)| number).collect();
        assert_eq!(numbers, [1, 2, 10]);
    }

    #[test]
    fn kept_exchanges_are_in_their_order_and_found_by_their_owner() {
        let (one, two) = (CredentialId::make_random(), CredentialId::make_random());
        let mut catalog = Catalog::default();
        for (owner, number) in [(one, 10), (one, 9), (one, u64::MAX), (two, 1)] {
            catalog.get_or_insert(Place::kept(owner, ExchangeId::from_number(number)));
        }
        let read = Catalog::decode(&catalog.encode().unwrap()).unwrap();
        let numbers: Vec<u64> = read.kept_of(one).map(ExchangeId::number).collect();
        assert_eq!(numbers, [9, 10, u64::MAX]);
        assert_eq!(read.kept_of(two).count(), 1);
    }

    #[test]
    fn a_record_or_a_place_named_twice_is_refused() {
        let mut catalog = Catalog::default();
        catalog.get_or_insert(Place::settings());
        let body = catalog.encode().unwrap();
        let entry = &body[5..];
        let twice = [&[CODEC, 0, 0, 0, 2], entry, entry].concat();
        assert_eq!(Catalog::decode(&twice), Err(MalformedError));
    }
}
