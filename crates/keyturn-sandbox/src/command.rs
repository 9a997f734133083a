//! What the admin port takes at `POST /control`: [`Admin`]'s operations as JSON.

use std::net::IpAddr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Admin, Fault, PanbasicAuth, Plan, Provider, TlsFault};

/// One operation of [`Admin`]; each variant is the method of its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the arguments of the method of the same name")]
pub enum Command {
    /// [`Admin::expire_tokens`].
    ExpireTokens { provider: Provider },
    /// [`Admin::advance_clock`].
    AdvanceClock { seconds: i64 },
    /// [`Admin::stop_clock`].
    StopClock,
    /// [`Admin::run_clock`].
    RunClock,
    /// [`Admin::revoke_key`].
    RevokeKey { provider: Provider },
    /// [`Admin::issue_key`].
    IssueKey { provider: Provider },
    /// [`Admin::issue_pair`].
    IssuePair,
    /// [`Admin::confirm_key`].
    ConfirmKey { provider: Provider },
    /// [`Admin::reveal_key`].
    RevealKey,
    /// [`Admin::allow_ips`].
    AllowIps { provider: Provider, ips: Option<Vec<IpAddr>> },
    /// [`Admin::forbid`].
    Forbid { provider: Provider, on: bool },
    /// [`Admin::out_of_credit`].
    OutOfCredit { on: bool },
    /// [`Admin::set_used_today`].
    SetUsedToday { provider: Provider, count: u32 },
    /// [`Admin::set_plan`].
    SetPlan { plan: Plan },
    /// [`Admin::set_panbasic_auth`].
    SetPanbasicAuth { auth: PanbasicAuth },
    /// [`Admin::break_tls`].
    BreakTls { provider: Provider, fault: Option<TlsFault> },
    /// [`Admin::fault`].
    Fault {
        provider: Provider,
        #[serde(flatten)]
        fault: Fault,
    },
    /// [`Admin::clear_faults`].
    ClearFaults { provider: Provider },
    /// [`Admin::forget_requests`].
    ForgetRequests,
}

/// Says why a command was not carried out.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CommandError {
    /// The clock cannot be moved that far.
    #[error("the clock moves by at most a hundred years at a time")]
    TooFar,
}

const FURTHEST_S: i64 = 36_500 * 86_400;

impl Command {
    /// Carries it out; some yield a key.
    pub fn run(self, admin: &Admin) -> Result<Option<String>, CommandError> {
        match self {
            Self::ExpireTokens { provider } => admin.expire_tokens(provider),
            Self::AdvanceClock { seconds } => {
                if seconds.unsigned_abs() > FURTHEST_S.unsigned_abs() {
                    return Err(CommandError::TooFar);
                }
                admin.advance_clock(TimeDelta::seconds(seconds));
            }
            Self::StopClock => admin.stop_clock(),
            Self::RunClock => admin.run_clock(),
            Self::RevokeKey { provider } => admin.revoke_key(provider),
            Self::IssueKey { provider } => return Ok(Some(admin.issue_key(provider))),
            Self::IssuePair => return Ok(Some(admin.issue_pair())),
            Self::ConfirmKey { provider } => admin.confirm_key(provider),
            Self::RevealKey => return Ok(Some(admin.reveal_key())),
            Self::AllowIps { provider, ips } => admin.allow_ips(provider, ips),
            Self::Forbid { provider, on } => admin.forbid(provider, on),
            Self::OutOfCredit { on } => admin.out_of_credit(on),
            Self::SetUsedToday { provider, count } => admin.set_used_today(provider, count),
            Self::SetPlan { plan } => admin.set_plan(plan),
            Self::SetPanbasicAuth { auth } => admin.set_panbasic_auth(auth),
            Self::BreakTls { provider, fault } => admin.break_tls(provider, fault),
            Self::Fault { provider, fault } => admin.fault(provider, fault),
            Self::ClearFaults { provider } => admin.clear_faults(provider),
            Self::ForgetRequests => admin.forget_requests(),
        }
        Ok(None)
    }
}
