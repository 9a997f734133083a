//! What a call wants, in the terms in which the user is asked. What is not told apart here counts as a
//! change: the words for it must never be milder than what it does.

use keyturn_core::{CredentialRef, Target, TargetRef};
use keyturn_protocol::Request;
use keyturn_protocol::calls::{FollowRedirect, SendRequest};
use keyturn_protocol::prompt::ConsentAction;

/// What a caller wants to do, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    /// What.
    pub(crate) action: ConsentAction,
    /// With what, exactly.
    pub(crate) targets: Vec<String>,
}

impl Wish {
    /// What a call wants. Of a redirect's ticket, which says nothing to the user, `leads_to` tells where it
    /// leads.
    pub(crate) fn of(
        request: &Request,
        leads_to: impl FnOnce(&FollowRedirect) -> Option<String>,
    ) -> Self {
        use ConsentAction::{Change, Copy, Look, Send, Show, TakeSecret, TakeToken};
        match request {
            Request::GetToken(call) => {
                let token = TargetRef { credential: call.reference.clone(), target: Target::Token };
                if call.with_key {
                    Self::with(TakeSecret, [token.to_string(), call.reference.to_string()])
                } else {
                    Self::with(TakeToken, [token.to_string()])
                }
            }
            Request::GetFields(call) => Self::with(TakeSecret, [call.target.to_string()]),
            Request::RevealSecret(call) => Self::with(Show, [call.target.to_string()]),
            Request::CopySecret(call) => {
                let key = call.with_key.then(|| call.target.credential.to_string());
                Self::with(Copy, [call.target.to_string()].into_iter().chain(key))
            }
            Request::SendRequest(call) => {
                Self::with(Send, [call.reference.to_string()].into_iter().chain([sent(call)]))
            }
            Request::FollowRedirect(call) => {
                let origin = leads_to(call).unwrap_or_else(|| NOWHERE.to_owned());
                Self::with(Send, [call.reference.to_string(), format!("GET {origin}")])
            }
            Request::RunChecks(call) => {
                Self::with(Send, call.reference.iter().map(ToString::to_string))
            }
            Request::TestKey(call) => Self::with(Send, [call.reference.to_string()]),
            _ => {
                let action = if only_looks(request) { Look } else { Change };
                Self::with(action, named(request).map(ToString::to_string))
            }
        }
    }

    fn with(action: ConsentAction, targets: impl IntoIterator<Item = String>) -> Self {
        Self { action, targets: targets.into_iter().collect() }
    }

    /// The credential that is named first.
    pub(crate) fn credential(&self) -> Option<CredentialRef> {
        let first: TargetRef = self.targets.first()?.parse().ok()?;
        Some(first.credential)
    }

    /// Whether one answer may do for two calls that are the same to the byte: calls that only read, and
    /// that hold no secret themselves.
    pub(crate) const fn may_be_shared(&self) -> bool {
        matches!(
            self.action,
            ConsentAction::TakeToken | ConsentAction::TakeSecret | ConsentAction::Look
        )
    }
}

/// What is said of a ticket that leads nowhere any more: following it fails.
const NOWHERE: &str = "an address that is not known";

/// Whether a call reads names, states and dates alone.
const fn only_looks(request: &Request) -> bool {
    matches!(
        request,
        Request::ShowCredential(_)
            | Request::ShowRotation(_)
            | Request::ShowConsumers(_)
            | Request::ShowHistory(_)
            | Request::ShowAllowList(_)
            | Request::ShowChecklist(_)
            | Request::ShowUsage(_)
            | Request::OutlineRequest(_)
            | Request::ListExchanges(_)
            | Request::ListSaved(_)
            | Request::DecodeToken(_)
            | Request::ListCredentials(_)
            | Request::ListDue(_)
            | Request::FindCredentials(_)
            | Request::ShowHealth(_)
            | Request::ShowTimeline(_)
            | Request::ListReminders(_)
            | Request::ShowInbox(_)
            | Request::ListTrash(_)
            | Request::ListJournal(_)
            | Request::VerifyJournal(_)
            | Request::ShowSettings(_)
            | Request::ShowReminderSettings(_)
    )
}

/// The one credential that a call is about.
const fn named(request: &Request) -> Option<&CredentialRef> {
    Some(match request {
        Request::ShowCredential(call) => &call.reference,
        Request::EditCredential(call) => &call.reference,
        Request::RemoveCredential(call) => &call.reference,
        Request::RestoreCredential(call) => &call.reference,
        Request::EmptyTrash(call) => return call.reference.as_ref(),
        Request::ShowHistory(call) => &call.reference,
        Request::RestoreVersion(call) => &call.reference,
        Request::ListJournal(call) => return call.reference.as_ref(),
        Request::OutlineRequest(call) => call.reference(),
        Request::ShowUsage(call) => &call.reference,
        Request::DecodeToken(call) => &call.reference,
        Request::SetTokenEnd(call) => &call.reference,
        Request::RevokeToken(call) => &call.reference,
        Request::CheckCapture(call) => &call.reference,
        Request::Capture(call) => &call.reference,
        Request::ListKept(call) => &call.reference,
        Request::ShowKept(call) => &call.reference,
        Request::ForgetKept(call) => &call.reference,
        Request::ListExchanges(call) => &call.reference,
        Request::ForgetExchanges(call) => &call.reference,
        Request::ListSaved(call) => &call.reference,
        Request::SaveRequest(call) => &call.reference,
        Request::SaveRequests(call) => &call.reference,
        Request::RemoveSaved(call) => &call.reference,
        Request::ExplainAnswer(call) => &call.reference,
        Request::ShowAllowList(call) => &call.reference,
        Request::EditAllowList(call) => &call.reference,
        Request::ShowChecklist(call) => &call.reference,
        Request::TickChecklist(call) => &call.reference,
        Request::ShowRotation(call) => &call.reference,
        Request::AdvanceRotation(call) => &call.reference,
        Request::ShowConsumers(call) => &call.reference,
        Request::EditConsumers(call) => &call.reference,
        Request::SnoozeReminder(call) => &call.reference,
        Request::AcknowledgeReminder(call) => &call.reference,
        _ => return None,
    })
}

/// What is sent, without a query, which may hold anything.
fn sent(call: &SendRequest) -> String {
    if let Some(sample) = &call.sample {
        return sample.clone();
    }
    let path = call.path.as_deref().unwrap_or("/");
    let path = path.split_once(['?', '#']).map_or(path, |(path, _)| path);
    format!("{} {path}", call.method.as_deref().unwrap_or("GET"))
}

#[cfg(test)]
mod tests {
    use keyturn_core::{SecretFormat, TokenFormat};
    use keyturn_protocol::calls::{
        AcknowledgeReminder, CopySecret, GetFields, GetToken, ListJournal, ListKept, LockVault,
        RemoveCredential, ShowHistory,
    };

    use super::*;

    fn wish_of(request: &Request) -> Wish {
        Wish::of(request, |_| None)
    }

    #[test]
    fn following_a_redirect_names_where_it_leads() {
        let reference = "acme/main".parse().unwrap();
        let call: Request = FollowRedirect { reference, ticket: 7 }.into();
        let wish =
            Wish::of(&call, |call| (call.ticket == 7).then(|| "https://files.example".to_owned()));
        assert_eq!(wish.action, ConsentAction::Send);
        assert_eq!(wish.targets, ["acme/main", "GET https://files.example"]);
        assert_eq!(wish_of(&call).targets, ["acme/main", "GET an address that is not known"]);
    }

    fn token(with_key: bool) -> Request {
        Request::GetToken(GetToken {
            reference: "acme/main".parse().unwrap(),
            environment: None,
            format: TokenFormat::Raw,
            with_key,
            min_ttl_s: 0,
            renew: false,
            no_wait: false,
            shown: false,
            confirmed: false,
        })
    }

    #[test]
    fn a_token_and_a_stored_key_are_told_apart() {
        let wish = wish_of(&token(false));
        assert_eq!(
            (wish.action, wish.targets),
            (ConsentAction::TakeToken, words("acme/main/token"))
        );
        let both = wish_of(&token(true));
        assert_eq!(both.action, ConsentAction::TakeSecret);
        assert_eq!(both.targets, ["acme/main/token", "acme/main"]);
        let fields = wish_of(&Request::GetFields(GetFields {
            target: "acme/main/api_key".parse().unwrap(),
            format: SecretFormat::Raw,
            shown: false,
            confirmed: false,
        }));
        assert_eq!(fields.action, ConsentAction::TakeSecret);
        assert_eq!(fields.targets, words("acme/main/api_key"));
    }

    #[test]
    fn what_is_not_known_to_be_harmless_is_asked_as_a_change() {
        assert_eq!(wish_of(&LockVault {}.into()).action, ConsentAction::Change);
    }

    #[test]
    fn a_call_about_one_credential_names_it() {
        let reference = || "acme/main".parse::<CredentialRef>().unwrap();
        let calls: [(Request, ConsentAction); 4] = [
            (ShowHistory { reference: reference() }.into(), ConsentAction::Look),
            (
                ListJournal { reference: Some(reference()), ..ListJournal::default() }.into(),
                ConsentAction::Look,
            ),
            (ListKept { reference: reference() }.into(), ConsentAction::Change),
            (AcknowledgeReminder { reference: reference() }.into(), ConsentAction::Change),
        ];
        for (call, action) in calls {
            let expected = Wish { action, targets: words("acme/main") };
            assert_eq!(wish_of(&call), expected, "{call:?}");
        }
        assert_eq!(wish_of(&ListJournal::default().into()).targets, [""; 0]);
    }

    #[test]
    fn a_copy_that_takes_the_key_along_says_so() {
        let targets = |with_key| {
            let copy = CopySecret {
                target: "acme/main/token".parse().unwrap(),
                format: TokenFormat::Header,
                with_key,
                clear_after_s: None,
                display: keyturn_protocol::calls::DisplayVariables::default(),
            };
            wish_of(&copy.into()).targets
        };
        assert_eq!(targets(false), words("acme/main/token"));
        assert_eq!(targets(true), ["acme/main/token", "acme/main"]);
    }

    #[test]
    fn an_answer_about_a_change_never_does_for_another_one() {
        let removal: Request = RemoveCredential { reference: "acme/main".parse().unwrap() }.into();
        assert!(!wish_of(&removal).may_be_shared());
        assert!(wish_of(&token(false)).may_be_shared());
    }

    fn words(target: &str) -> Vec<String> {
        vec![target.to_owned()]
    }
}
