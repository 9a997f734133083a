//! One call, one answer: checks that the caller may, and hands the work to the engine.

mod access;
mod allow_list;
mod attempt;
mod calendar;
mod capture;
mod check;
mod checklist;
mod consumer;
mod credential;
mod draft;
mod exchange;
mod explain;
mod find;
mod health;
mod history;
mod journal;
mod kept;
mod outline;
mod passphrase;
mod paste;
mod provider;
mod redirect;
mod reminder;
mod request;
mod reveal;
mod revoke;
mod rotation;
mod saved;
mod secret;
mod settings;
mod timeline;
mod trash;
mod usage;
mod vault;

use std::sync::Arc;

use keyturn_protocol::calls::LockedBy;
use keyturn_protocol::{ApiError, Call, Reply, Request, calls, encode};
use zeroize::Zeroizing;

pub(crate) use self::access::{Admitted, admit};
pub(crate) use self::check::tell as tell_checked;
pub(crate) use self::secret::copy;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::{share_safe, shortcut};

/// Answers one call; the answer is encoded at once, so that secrets in it live no longer than that.
pub(crate) async fn answer(
    agent: &Arc<Agent>,
    caller: &Caller,
    Admitted(request): Admitted,
) -> Zeroizing<Vec<u8>> {
    match request {
        Request::ShowStatus(call) => done(&call, vault::status(agent)),
        Request::InitVault(call) => {
            done_with::<calls::InitVault>(vault::init(agent, caller, call).await)
        }
        Request::UnlockVault(call) => {
            done_with::<calls::UnlockVault>(vault::unlock(agent, caller, call).await)
        }
        Request::LockVault(call) => {
            done(&call, vault::lock(agent, LockedBy::User, "the user locked it").await)
        }
        Request::Stop(call) => {
            done(&call, vault::lock(agent, LockedBy::Ending, "the agent is stopping").await)
        }
        Request::ListProviders(call) => done(&call, Ok(provider::list(agent))),
        Request::ShowProvider(call) => done(&call, provider::show(agent, &call)),
        Request::CheckProfile(call) => done(&call, Ok(provider::check_profile(agent, &call))),
        Request::AddProfile(call) => {
            done_with::<calls::AddProfile>(provider::add_profile(agent, caller, call))
        }
        Request::RemoveProfile(call) => done(&call, provider::remove_profile(agent, caller, &call)),
        Request::AddEnvironment(call) => {
            done_with::<calls::AddEnvironment>(provider::add_environment(agent, caller, call))
        }
        Request::AddCredential(call) => {
            done_with::<calls::AddCredential>(credential::add(agent, caller, call))
        }
        Request::RecognizePaste(call) => {
            done_with::<calls::RecognizePaste>(paste::recognize(agent, call).await)
        }
        Request::ListCredentials(call) => done(&call, credential::list(agent, &call)),
        Request::ShowCredential(call) => done(&call, credential::show(agent, &call)),
        Request::EditCredential(call) => {
            done_with::<calls::EditCredential>(credential::edit(agent, caller, call))
        }
        Request::RemoveCredential(call) => done(&call, credential::remove(agent, caller, &call)),
        Request::ListTrash(call) => done(&call, trash::list(agent, &call)),
        Request::RestoreCredential(call) => done(&call, trash::restore(agent, caller, &call)),
        Request::EmptyTrash(call) => done(&call, trash::empty(agent, caller, &call)),
        Request::ShowHistory(call) => done(&call, history::show(agent, &call)),
        Request::RestoreVersion(call) => {
            done_with::<calls::RestoreVersion>(history::restore(agent, caller, call).await)
        }
        Request::ListJournal(call) => done(&call, journal::list(agent, &call)),
        Request::VerifyJournal(call) => done(&call, journal::verify(agent, &call)),
        Request::ShowSettings(call) => done(&call, settings::show(agent, &call)),
        Request::SetSettings(call) => done(&call, settings::set(agent, caller, &call)),
        Request::ShowDraft(call) => done(&call, draft::show(agent, &call)),
        Request::KeepDraft(call) => done_with::<calls::KeepDraft>(draft::keep(agent, call)),
        Request::ListDue(call) => done(&call, credential::due(agent, &call)),
        Request::GetToken(call) => done(&call, secret::token(agent, caller, &call).await),
        Request::RevokeToken(call) => {
            done_with::<calls::RevokeToken>(revoke::revoke(agent, caller, call).await)
        }
        Request::ShowUsage(call) => done(&call, usage::show(agent, &call)),
        Request::DecodeToken(call) => done(&call, usage::decode(agent, &call)),
        Request::SetTokenEnd(call) => done(&call, usage::set_end(agent, caller, &call)),
        Request::GetFields(call) => done(&call, secret::get(agent, caller, &call)),
        Request::RevealSecret(call) => {
            done_with::<calls::RevealSecret>(reveal::reveal(agent, caller, call).await)
        }
        Request::ShowRecoveryKey(call) => {
            done_with::<calls::ShowRecoveryKey>(reveal::recovery_key(agent, caller, call).await)
        }
        Request::CopyRecoveryKey(call) => {
            done_with::<calls::CopyRecoveryKey>(secret::copy_recovery_key(agent, call).await)
        }
        Request::CopySecret(call) => done(&call, secret::copy(agent, caller, &call).await),
        Request::CopyText(call) => {
            done_with::<calls::CopyText>(secret::copy_text(agent, call).await)
        }
        Request::ClearClipboard(call) => done(&call, Ok(secret::clear_clipboard(agent).await)),
        Request::CheckCapture(call) => {
            done_with::<calls::CheckCapture>(capture::check(agent, call).await)
        }
        Request::TestKey(call) => {
            done_with::<calls::TestKey>(capture::test(agent, caller, call).await)
        }
        Request::Capture(call) => {
            done_with::<calls::Capture>(capture::capture(agent, caller, call).await)
        }
        Request::SendRequest(call) => {
            done_with::<calls::SendRequest>(request::send(agent, caller, call).await)
        }
        Request::OutlineRequest(call) => {
            done_with::<calls::OutlineRequest>(outline::tell(agent, call))
        }
        Request::FollowRedirect(call) => done(&call, redirect::follow(agent, caller, &call).await),
        Request::RunChecks(call) => done(&call, check::run(agent, caller, &call).await),
        Request::ExplainAnswer(call) => {
            done_with::<calls::ExplainAnswer>(explain::explain(agent, call))
        }
        Request::ListKept(call) => done(&call, kept::list(agent, &call)),
        Request::ShowKept(call) => done(&call, kept::show(agent, caller, &call)),
        Request::ForgetKept(call) => done(&call, kept::forget(agent, caller, &call)),
        Request::ListExchanges(call) => done(&call, exchange::list(agent, &call)),
        Request::ForgetExchanges(call) => done(&call, exchange::forget(agent, caller, &call)),
        Request::ListSaved(call) => done(&call, saved::list(agent, &call)),
        Request::SaveRequest(call) => {
            done_with::<calls::SaveRequest>(saved::save(agent, caller, call))
        }
        Request::SaveRequests(call) => {
            done_with::<calls::SaveRequests>(saved::save_several(agent, caller, call))
        }
        Request::RemoveSaved(call) => done(&call, saved::remove(agent, caller, &call)),
        Request::ShowAllowList(call) => done(&call, allow_list::show(agent, &call)),
        Request::EditAllowList(call) => {
            done_with::<calls::EditAllowList>(allow_list::edit(agent, caller, call))
        }
        Request::ShowChecklist(call) => done(&call, checklist::show(agent, &call)),
        Request::TickChecklist(call) => done(&call, checklist::tick(agent, caller, &call)),
        Request::ShowRotation(call) => done(&call, rotation::show(agent, &call)),
        Request::AdvanceRotation(call) => {
            done_with::<calls::AdvanceRotation>(rotation::advance(agent, caller, call).await)
        }
        Request::ShowConsumers(call) => done(&call, consumer::show(agent, &call)),
        Request::EditConsumers(call) => done(&call, consumer::edit(agent, caller, &call)),
        Request::FindCredentials(call) => done(&call, find::find(agent, &call)),
        Request::ShowHealth(call) => done(&call, health::show(agent, &call)),
        Request::ShowTimeline(call) => done(&call, timeline::show(agent, &call)),
        Request::ListReminders(call) => done(&call, reminder::list(agent, &call)),
        Request::SnoozeReminder(call) => done(&call, reminder::snooze(agent, &call)),
        Request::AcknowledgeReminder(call) => done(&call, reminder::acknowledge(agent, &call)),
        Request::ShowInbox(call) => done(&call, reminder::inbox(agent, &call)),
        Request::MarkInboxRead(call) => done(&call, reminder::mark_read(agent, &call)),
        Request::ShowReminderSettings(call) => done(&call, reminder::settings(agent, &call)),
        Request::SetReminderSettings(call) => {
            done(&call, reminder::set_settings(agent, caller, &call))
        }
        Request::ExportCalendar(call) => done(&call, calendar::export(agent, &call)),
        Request::ShowShortcut(call) => done(&call, Ok(agent.shortcut.view())),
        Request::ShowShareSafe(call) => done(&call, Ok(agent.share_safe.is_on())),
        Request::SetShareSafe(call) => done(&call, Ok(share_safe::set(agent, call.on))),
        Request::SetShortcut(call) => done(&call, shortcut::set(agent, &call.keys).await),
        Request::OpenWindow(call) => done(&call, Ok(vault::open_window(agent, &call))),
        Request::Subscribe(call) => done(&call, Ok(keyturn_protocol::Event::Subscribed)),
    }
}

/// Encodes the answer to a call that was not admitted.
pub(crate) fn refuse(refused: ApiError) -> Zeroizing<Vec<u8>> {
    encode(&Reply::<calls::Done>::Err(refused))
}

/// Encodes the answer of exactly this call.
fn done<C: Call>(_: &C, result: Result<C::Answer, ApiError>) -> Zeroizing<Vec<u8>> {
    done_with::<C>(result)
}

fn done_with<C: Call>(result: Result<C::Answer, ApiError>) -> Zeroizing<Vec<u8>> {
    encode(&match result {
        Ok(answer) => Reply::Ok(answer),
        Err(error) => Reply::Err(error),
    })
}
