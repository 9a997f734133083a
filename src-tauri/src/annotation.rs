//! What a page may change of a credential: words and dates, never a value or where one goes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use keyturn_core::{CredentialRef, KeyMark};
use keyturn_protocol::calls::EditCredential;
use serde::Deserialize;

/// New words and dates of a credential; what is `None` stays as it is.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Annotation {
    reference: CredentialRef,
    /// Who is responsible for it; an empty text removes it.
    owner: Option<String>,
    /// What the user wants to remember; an empty text removes it.
    note: Option<String>,
    /// What the user says of a reveal-once key whose value is not stored.
    #[cfg_attr(test, ts(optional = nullable))]
    mark: Option<KeyMark>,
    /// The day it was issued.
    issued_on: Option<NaiveDate>,
    /// The day it ends.
    expires_on: Option<NaiveDate>,
    /// How many days it may live; 0 removes it.
    rotate_every_days: Option<u32>,
    /// Whether its tokens are renewed in the background from now on.
    keep_fresh: Option<bool>,
}

impl Annotation {
    pub(crate) fn into_edit(self) -> EditCredential {
        EditCredential {
            reference: self.reference,
            name: None,
            environments: None,
            owner: self.owner,
            note: self.note,
            fields: BTreeMap::new(),
            secrets: BTreeMap::new(),
            mark: self.mark,
            issued_on: self.issued_on,
            expires_on: self.expires_on,
            clear_issued_on: false,
            clear_expires_on: false,
            rotate_every_days: self.rotate_every_days,
            replace_on: None,
            clear_replace_on: false,
            age_only: None,
            plan: None,
            keep_fresh: self.keep_fresh,
            favourite: None,
            allow_plain_http: false,
            confirmed: false,
        }
    }
}
