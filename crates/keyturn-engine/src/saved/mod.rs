//! The requests that are saved with a credential: they hold no secret, and a path instead of an address.
//!
//! Where to look next: `check.rs` for what is refused.

mod check;
mod error;

use keyturn_core::{Credential, CredentialRef};
use keyturn_providers::Profile;
use keyturn_request::{Header, SavedRequest, Variables, fill, variables_of};
use keyturn_vault::{Batch, SaveError};

use crate::engine::find;
use crate::request::plan::creates;
use crate::{Engine, EngineError};

pub(crate) use check::authenticates;
pub use error::SavedRequestError;

/// How many requests are saved with a credential.
pub const MOST_SAVED: usize = 200;
/// How large one is, in bytes of JSON.
pub const LARGEST_SAVED: usize = 256 * 1024;
/// How large those of a credential are together, in bytes of JSON: they are listed in one answer.
pub const LARGEST_TOGETHER: usize = 4 * 1024 * 1024;

/// A saved request, and what can be said of it.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The request, under its name.
    pub saved: SavedRequest,
    /// Whether it is sent without a yes.
    pub harmless: bool,
    /// Its variables that have no value of their own.
    pub variables: Vec<String>,
}

/// One of several requests that was not saved.
#[derive(Debug)]
pub struct NotSaved {
    /// Its place among them, from 0.
    pub at: usize,
    /// Why.
    pub why: EngineError,
}

impl Engine {
    /// Lists the requests that are saved with a credential, by their names.
    pub fn saved(&self, reference: &CredentialRef) -> Result<Vec<Saved>, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            let mut list = vault.saved_requests(credential.id)?;
            list.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(list.into_iter().map(|saved| shown(profile, saved)).collect())
        })
    }

    /// Saves a request: a new one, or in the place of the one that is named.
    pub fn save_request(
        &self,
        reference: &CredentialRef,
        saved: SavedRequest,
        replaces: Option<&str>,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            let requests = [saved];
            let refused = check::refusals(vault, profile, credential, &requests)?;
            refused.into_iter().flatten().next().map_or(Ok(()), Err)?;
            let mut kept = Kept::of(vault.saved_requests(credential.id)?);
            let place = match replaces {
                Some(name) => Some(position(reference, &kept.list, name)?),
                None => None,
            };
            let [saved] = requests;
            kept.put(saved, place)?;
            let batch = self.changed(credential, kept.list, caller, "save request");
            self.commit(vault, batch)
        })
    }

    /// Saves several new requests, as many of them as can be, at once. Answers which were not.
    pub fn save_requests(
        &self,
        reference: &CredentialRef,
        requests: Vec<SavedRequest>,
        caller: &str,
    ) -> Result<Vec<NotSaved>, EngineError> {
        self.write(|vault| {
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            let refusals = check::refusals(vault, profile, credential, &requests)?;
            let mut kept = Kept::of(vault.saved_requests(credential.id)?);
            let before = kept.list.len();
            let mut refused = Vec::new();
            for (at, (saved, refusal)) in requests.into_iter().zip(refusals).enumerate() {
                let done = refusal.map_or_else(|| Ok(kept.put(saved, None)?), Err);
                refused.extend(done.err().map(|why| NotSaved { at, why }));
            }
            if kept.list.len() > before {
                let batch = self.changed(credential, kept.list, caller, "save requests");
                self.commit(vault, batch)?;
            }
            Ok(refused)
        })
    }

    /// Removes a saved request.
    pub fn remove_saved(
        &self,
        reference: &CredentialRef,
        name: &str,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let credential = find(vault, reference)?;
            let mut list = vault.saved_requests(credential.id)?;
            list.remove(position(reference, &list, name)?);
            let batch = self.changed(credential, list, caller, "remove saved request");
            self.commit(vault, batch)
        })
    }

    /// The list as it is from now on, and the journal's word of it.
    fn changed(
        &self,
        credential: &Credential,
        list: Vec<SavedRequest>,
        caller: &str,
        action: &str,
    ) -> Batch {
        let mut batch = Batch::new();
        batch.append_journal(vec![self.entry(caller, action, credential)]);
        batch.put_saved_requests(credential.id, list);
        batch
    }
}

/// Those of a credential, and how large they are together in bytes of JSON.
struct Kept {
    list: Vec<SavedRequest>,
    bytes: usize,
}

impl Kept {
    fn of(list: Vec<SavedRequest>) -> Self {
        Self { bytes: list.iter().map(bytes_of).sum(), list }
    }

    /// Adds one, or puts it in the place of another.
    fn put(&mut self, saved: SavedRequest, place: Option<usize>) -> Result<(), SavedRequestError> {
        let named_so = self.list.iter().position(|one| one.name == saved.name);
        if named_so.is_some() && named_so != place {
            return Err(SavedRequestError::NameTaken { name: saved.name });
        }
        let full = self.list.len() >= MOST_SAVED;
        let old = place.and_then(|place| self.list.get_mut(place));
        if old.is_none() && full {
            return Err(SavedRequestError::TooMany);
        }
        let bytes = self.bytes - old.as_deref().map_or(0, bytes_of) + bytes_of(&saved);
        // Of a list that is too large already, what makes it smaller is taken.
        if bytes > LARGEST_TOGETHER && bytes > self.bytes {
            return Err(SavedRequestError::TooLargeTogether);
        }
        self.bytes = bytes;
        match old {
            Some(old) => *old = saved,
            None => self.list.push(saved),
        }
        Ok(())
    }
}

fn bytes_of(saved: &SavedRequest) -> usize {
    check::json(saved).to_string().len()
}

fn position(
    reference: &CredentialRef,
    list: &[SavedRequest],
    name: &str,
) -> Result<usize, SavedRequestError> {
    list.iter().position(|one| one.name == name).ok_or_else(|| SavedRequestError::NotThere {
        reference: reference.clone(),
        name: name.to_owned(),
    })
}

fn shown(profile: &Profile, saved: SavedRequest) -> Saved {
    let request = &saved.request;
    // A path whose variables have no values is no path that a profile knows.
    let filled = fill(request, &Variables::new());
    let sent = filled.as_ref().map_or(request, |filled| filled.request());
    let (method, path) = (&sent.method, sent.url.split(['?', '#']).next().unwrap_or_default());
    let headers = Header::sent(&sent.headers);
    let sample = profile.sample_at(method, path);
    let harmless = !creates(profile, sample, method, path, &headers)
        && profile.held_back(method, path).is_none();
    let variables = variables_of(request).into_iter();
    let variables = variables.filter(|name| !request.variables.contains_key(name)).collect();
    Saved { saved, harmless, variables }
}

/// The environment that a saved request names is one of its credential's, and the recipe its profile's.
fn known(
    profile: &Profile,
    credential: &Credential,
    saved: &SavedRequest,
) -> Result<(), EngineError> {
    if let Some(name) = &saved.environment
        && !credential.environments.iter().any(|known| known.as_str() == name)
    {
        return Err(SavedRequestError::NoEnvironment {
            name: name.clone(),
            known: credential.environments.iter().map(ToString::to_string).collect(),
        }
        .into());
    }
    if let Some(name) = &saved.recipe {
        crate::request::plan::recipe(profile, name)?;
    }
    Ok(())
}
