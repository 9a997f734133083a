//! Everything the sandbox knows while it runs, behind one lock.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Clock, SystemClock};

use crate::credentials::make_key;
use crate::draw::Draw;
use crate::limits::{Bucket, DayCount, Windows};
use crate::options::{PanbasicAuth, Plan, SandboxOptions, TlsFault};
use crate::seen::Log;
use crate::tokens::Tokens;
use crate::{Credentials, Fault, Provider};

/// The state, shared by the servers and the admin.
pub(crate) struct Shared(Mutex<State>);

pub(crate) struct State {
    pub(crate) options: SandboxOptions,
    pub(crate) clock: SandboxClock,
    pub(crate) draw: Draw,
    pub(crate) signing_key: [u8; 32],
    pub(crate) credentials: Credentials,
    pub(crate) accounts: BTreeMap<Provider, Account>,
    pub(crate) tokens: Tokens,
    pub(crate) log: Log,
    pub(crate) plan: Plan,
    pub(crate) panbasic_auth: PanbasicAuth,
    /// deepidv's 402.
    pub(crate) out_of_credit: bool,
    /// The client id that belongs to each of Deepvue's secrets.
    pub(crate) client_ids: BTreeMap<String, String>,
    /// DeepCurrent's dialog has shown the present key.
    pub(crate) revealed: bool,
    /// Connections to the plain-HTTP port.
    pub(crate) plain_connections: u64,
}

/// How one provider stands to the customer and to this network.
pub(crate) struct Account {
    /// The long-lived keys that are accepted; two while one replaces the other.
    pub(crate) keys: Vec<String>,
    /// Only these addresses are served; `None`: all.
    pub(crate) allowed_ips: Option<Vec<IpAddr>>,
    /// Valid credentials get 403.
    pub(crate) forbidden: bool,
    pub(crate) tls: Option<TlsFault>,
    pub(crate) faults: VecDeque<Fault>,
    /// One for each endpoint where limits are counted so, else one under the empty path.
    pub(crate) windows: BTreeMap<String, Windows>,
    pub(crate) bucket: Bucket,
    pub(crate) day: DayCount,
}

/// The machine's clock, moved or stopped.
pub(crate) enum SandboxClock {
    Runs(TimeDelta),
    Stopped(DateTime<Utc>),
}

impl SandboxClock {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Runs(offset) => SystemClock.now() + *offset,
            Self::Stopped(at) => *at,
        }
    }

    pub(crate) fn advance(&mut self, span: TimeDelta) {
        match self {
            Self::Runs(offset) => *offset += span,
            Self::Stopped(at) => *at += span,
        }
    }

    pub(crate) fn stop(&mut self) {
        *self = Self::Stopped(self.now());
    }

    pub(crate) fn run(&mut self) {
        *self = Self::Runs(self.now() - SystemClock.now());
    }
}

impl Shared {
    pub(crate) fn new(options: SandboxOptions) -> Result<Self, getrandom::Error> {
        let mut draw = Draw::new(options.seed)?;
        let credentials = Credentials::make(&mut draw);
        let accounts = Provider::ALL
            .into_iter()
            .map(|provider| (provider, Account::new(&credentials, provider, options.tls_fault)))
            .collect();
        Ok(Self(Mutex::new(State {
            clock: SandboxClock::Runs(TimeDelta::zero()),
            signing_key: draw.bytes(),
            draw,
            client_ids: BTreeMap::from([(
                credentials.deepvue.client_secret.clone(),
                credentials.deepvue.client_id.clone(),
            )]),
            credentials,
            accounts,
            tokens: Tokens::default(),
            log: Log::default(),
            plan: options.deepvue_plan,
            panbasic_auth: PanbasicAuth::Either,
            out_of_credit: false,
            revealed: false,
            plain_connections: 0,
            options,
        })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked while it held the lock has failed already; the others may go on.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The account at a provider.
    pub(crate) fn account(&mut self, provider: Provider) -> &mut Account {
        self.accounts.get_mut(&provider).expect("every provider has an account from the start")
    }

    /// Makes a new key beside the old ones.
    pub(crate) fn issue_key(&mut self, provider: Provider) -> String {
        let key = make_key(provider, &mut self.draw);
        self.credentials.set_key(provider, key.clone());
        self.account(provider).keys.push(key.clone());
        if provider == Provider::Deepvue {
            let id = self.credentials.deepvue.client_id.clone();
            self.client_ids.insert(key.clone(), id);
        }
        if provider == Provider::Deepcurrent {
            self.revealed = false;
        }
        key
    }

    /// Makes a new pair of Deepvue's beside the old ones: its client id is new, too.
    pub(crate) fn issue_pair(&mut self) -> String {
        self.credentials.deepvue.client_id = self.draw.hexadecimal(24);
        self.issue_key(Provider::Deepvue)
    }

    /// Ends every key but the newest.
    pub(crate) fn confirm_key(&mut self, provider: Provider) {
        let newest = self.credentials.key(provider).to_owned();
        self.account(provider).keys.retain(|key| *key == newest);
    }
}

impl Account {
    fn new(credentials: &Credentials, provider: Provider, tls: Option<TlsFault>) -> Self {
        Self {
            keys: vec![credentials.key(provider).to_owned()],
            allowed_ips: None,
            forbidden: false,
            tls,
            faults: VecDeque::new(),
            windows: BTreeMap::new(),
            bucket: Bucket::full(crate::deepidv::BURST),
            day: DayCount::default(),
        }
    }

    /// Whether a long-lived key is accepted.
    pub(crate) fn accepts(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    /// The next fault for this path; each is used up after its `times`.
    pub(crate) fn next_fault(&mut self, path: &str) -> Option<Fault> {
        self.faults.retain(|fault| fault.times > 0);
        let place = self
            .faults
            .iter()
            .position(|fault| fault.path.as_deref().is_none_or(|wanted| wanted == path))?;
        let fault = self.faults.get_mut(place)?;
        fault.times -= 1;
        Some(fault.clone())
    }
}
