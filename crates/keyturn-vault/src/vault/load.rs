//! Reading a whole vault file: every record's hash is checked against the manifest's root, the catalog
//! against the records, and what lives in memory is decrypted, on all cores.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZero;
use std::thread;

use keyturn_core::reminder::ReminderLog;
use keyturn_core::{Credential, CredentialId, RecordId, TokenSummary};
use keyturn_crypto::{Plaintext, RecordAddress, VaultKey, sha256};

use super::State;
use crate::catalog::{Catalog, Place};
use crate::codec::{MalformedError, decode_json};
use crate::file::VaultFile;
use crate::header::RawHeader;
use crate::manifest::{Hashes, Manifest};
use crate::record::{RecordKind, decode_token_summary};
use crate::{Observations, OpenError, Settings};

/// Fewer records than this a core are not worth a thread.
const RECORDS_PER_THREAD: usize = 512;

/// What of a record stays in memory.
enum Kept {
    Nothing,
    Credential(Box<Credential>),
    Token(CredentialId, TokenSummary),
    Settings(Settings),
    Observations(Observations),
    Reminders(Box<ReminderLog>),
}

/// Reads and checks everything.
pub(super) fn load(
    file: &VaultFile,
    header: &RawHeader,
    key: &VaultKey,
) -> Result<State, OpenError> {
    if !header.is_proven_by(key) {
        return Err(OpenError::Tampered { what: "its header is not the one that was saved" });
    }
    let manifest = key
        .open_manifest(&file.manifest()?)
        .map_err(|_| OpenError::Tampered { what: "its manifest is not one of this vault" })?;
    let manifest = Manifest::decode(&manifest).map_err(malformed)?;
    let records = file.records()?;
    let catalog = read_catalog(key, &manifest, &records)?;
    let places: HashMap<RecordId, &Place> = catalog.iter().map(|(place, id)| (id, place)).collect();

    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = records.len().div_ceil(threads).max(RECORDS_PER_THREAD);
    let shares: Vec<Share> = thread::scope(|scope| {
        let mut shares = records.chunks(share);
        let own = shares.next().unwrap_or_default();
        let others: Vec<_> =
            shares.map(|share| scope.spawn(|| read_share(key, &places, share))).collect();
        let mut read = vec![read_share(key, &places, own)];
        for other in others {
            read.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        read
    });

    let mut state = State {
        manifest,
        hashes: Hashes::new(),
        catalog: Catalog::default(),
        credentials: BTreeMap::new(),
        tokens: BTreeMap::new(),
        settings: Settings::default(),
        observations: Observations::default(),
        reminders: ReminderLog::default(),
        revision: 0,
    };
    // Sorted by the file; a map is built from sorted pairs in one go.
    state.hashes = shares.iter().flat_map(|share| share.hashes.iter().copied()).collect();
    let expected = &state.manifest;
    let found = Manifest::of(expected.generation, &header.bytes, &state.hashes, expected.catalog);
    if found != *expected || records.len() != state.hashes.len() {
        return Err(OpenError::Tampered { what: "its records are not the ones that were saved" });
    }
    if catalog.len() + 1 != records.len() {
        return Err(OpenError::Damaged { what: "its catalog does not list its records" });
    }
    for share in shares {
        for kept in share.kept? {
            keep(&mut state, kept);
        }
    }
    state.catalog = catalog;
    Ok(state)
}

fn keep(state: &mut State, kept: Kept) {
    match kept {
        Kept::Nothing => {}
        Kept::Settings(settings) => state.settings = settings,
        Kept::Observations(observations) => state.observations = observations,
        Kept::Reminders(log) => state.reminders = *log,
        Kept::Credential(credential) => {
            state.credentials.insert(credential.id, *credential);
        }
        Kept::Token(owner, summary) => {
            let tokens = state.tokens.entry(owner).or_default();
            tokens.insert(summary.environment.clone(), summary);
        }
    }
}

fn read_catalog(
    key: &VaultKey,
    manifest: &Manifest,
    records: &[(RecordId, Vec<u8>)],
) -> Result<Catalog, OpenError> {
    let missing = OpenError::Tampered { what: "its catalog is missing" };
    let at = records.binary_search_by_key(&manifest.catalog, |(id, _)| *id).map_err(|_| missing)?;
    let place = RecordAddress { record: manifest.catalog, kind: RecordKind::Catalog as u16 };
    let body = key
        .open_record(place, &records[at].1)
        .map_err(|_| OpenError::Tampered { what: "its catalog is not one of this vault" })?;
    Catalog::decode(&body).map_err(malformed)
}

/// What one thread read.
struct Share {
    hashes: Vec<(RecordId, [u8; 32])>,
    kept: Result<Vec<Kept>, OpenError>,
}

fn read_share(
    key: &VaultKey,
    places: &HashMap<RecordId, &Place>,
    records: &[(RecordId, Vec<u8>)],
) -> Share {
    let hashes = records.iter().map(|(id, sealed)| (*id, sha256(&[sealed]))).collect();
    let kept = records
        .iter()
        .filter_map(|(id, sealed)| Some((*id, sealed, *places.get(id)?)))
        .map(|(id, sealed, place)| read_record(key, id, sealed, place))
        .collect();
    Share { hashes, kept }
}

fn read_record(
    key: &VaultKey,
    id: RecordId,
    sealed: &[u8],
    place: &Place,
) -> Result<Kept, OpenError> {
    let open = || -> Result<Plaintext, OpenError> {
        let address = RecordAddress { record: id, kind: place.kind as u16 };
        let tampered = OpenError::Tampered { what: "a record is not the one that was saved" };
        key.open_record(address, sealed).map_err(|_| tampered)
    };
    let kept = match place.kind {
        RecordKind::Metadata => {
            let credential: Credential = decode_json(&open()?).map_err(malformed)?;
            (credential.id == place.owner).then(|| Kept::Credential(Box::new(credential)))
        }
        RecordKind::Token => {
            let (owner, summary) = decode_token_summary(&open()?).map_err(malformed)?;
            let fits = owner == place.owner && summary.environment.as_str() == place.label;
            fits.then_some(Kept::Token(owner, summary))
        }
        RecordKind::Settings => Some(Kept::Settings(decode_json(&open()?).map_err(malformed)?)),
        RecordKind::Observations => {
            Some(Kept::Observations(decode_json(&open()?).map_err(malformed)?))
        }
        RecordKind::Reminders => {
            Some(Kept::Reminders(Box::new(decode_json(&open()?).map_err(malformed)?)))
        }
        RecordKind::Catalog
        | RecordKind::Secrets
        | RecordKind::Journal
        | RecordKind::Draft
        | RecordKind::KeptExchange
        | RecordKind::Exchanges
        | RecordKind::SavedRequests => Some(Kept::Nothing),
    };
    kept.ok_or(OpenError::Damaged { what: "a record names another owner than the catalog" })
}

fn malformed(_: MalformedError) -> OpenError {
    OpenError::Damaged { what: "a record is malformed" }
}
