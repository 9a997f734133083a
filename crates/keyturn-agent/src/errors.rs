//! From the engine's errors to the one that crosses the socket: its code, and what to do.

mod provider;
mod records;
mod rotation;
mod saved;
mod vault;

use std::error::Error as _;

use keyturn_core::{CredentialRef, FieldName, KeyStanding};
use keyturn_engine::{
    AllowListError, CaptureError, ChecklistError, ConsumerError, DateError, EngineError, FindError,
    PasteError, ProfileError, RemindError,
};
use keyturn_http::{ExchangeError, PolicyError, RevokeError};
use keyturn_protocol::{ApiError, ErrorCode};
use keyturn_vault::{CreateError, OpenError, SaveError};

/// Turns an engine error into what a client is told.
pub(crate) fn to_api(error: &EngineError) -> ApiError {
    if let EngineError::Shared(shared) = error {
        return to_api(shared);
    }
    let mut message = error.to_string();
    // The immediate reason belongs to the message where the error's own words leave it out.
    if let Some(source) = error.source() {
        let reason = source.to_string();
        if !message.contains(&reason) {
            message = format!("{message}: {reason}");
        }
    }
    let retry_at = match error {
        EngineError::NotYet { retry_at, .. } => Some(*retry_at),
        _ => None,
    };
    ApiError { code: code(error), message, hint: hint(error), retry_at }
}

fn code(error: &EngineError) -> ErrorCode {
    match error {
        EngineError::VaultAbsent => ErrorCode::VaultAbsent,
        EngineError::VaultLocked => ErrorCode::VaultLocked,
        EngineError::Create(error) => vault::of_create(error),
        EngineError::Open(error) => vault::of_open(error),
        EngineError::Read(error) => vault::of_read(error),
        EngineError::Save(error) => vault::of_save(error),
        EngineError::NoProvider { .. }
        | EngineError::NoCredential { .. }
        | EngineError::NoField { .. }
        | EngineError::ValueNotStored { .. }
        | EngineError::NothingStored { .. }
        | EngineError::NoEnvironment { .. }
        | EngineError::NoTokenStored { .. }
        | EngineError::NoRecipe { .. }
        | EngineError::NothingKept { .. }
        | EngineError::NoExchange { .. }
        | EngineError::NoSample { .. }
        | EngineError::NoLead
        | EngineError::Paste(PasteError::Gone) => ErrorCode::NotFound,
        EngineError::NotYet { .. } => ErrorCode::NotYet,
        EngineError::CredentialExists { .. }
        | EngineError::EnvironmentExists { .. }
        | EngineError::AlreadyCaptured { .. } => ErrorCode::AlreadyExists,
        EngineError::PassphraseNeeded
        | EngineError::SecretGivenOpenly { .. }
        | EngineError::OpenGivenSecretly { .. }
        | EngineError::BadValue { .. }
        | EngineError::MissingFields { .. }
        | EngineError::TextTooLong { .. }
        | EngineError::DraftTooLong
        | EngineError::SecretInText { .. }
        | EngineError::Dates(_)
        | EngineError::NotRevealOnce { .. }
        | EngineError::NoTokensToKeepFresh { .. }
        | EngineError::NotFourCharacters
        | EngineError::NoPlan { .. }
        | EngineError::WhichField { .. }
        | EngineError::Explain(_)
        | EngineError::TokenIsNoField
        | EngineError::TokenEnd(_)
        | EngineError::Address(_)
        | EngineError::Template(_)
        | EngineError::NoHeader { .. }
        | EngineError::Find(_)
        | EngineError::Paste(PasteError::Recognize(_) | PasteError::OtherProvider)
        | EngineError::Settings(_)
        | EngineError::NoPath => ErrorCode::InvalidInput,
        EngineError::NotBound { .. }
        | EngineError::PlainHttpNever { .. }
        | EngineError::PlainHttpConsent { .. } => ErrorCode::RefusedByPolicy,
        EngineError::Policy(error) => provider::of_policy(error),
        EngineError::CreatesSomething { .. } | EngineError::GoesElsewhere { .. } => {
            ErrorCode::ConfirmationNeeded
        }
        EngineError::AllowList(error) => of_allow_list(error),
        EngineError::Capture(error) => of_capture(error),
        EngineError::Checklist(error) => of_checklist(error),
        EngineError::Rotation(error) => rotation::of_rotation(error),
        EngineError::Consumer(error) => of_consumer(error),
        EngineError::Remind(error) => of_remind(error),
        EngineError::Trash(error) => records::of_trash(error),
        EngineError::Saved(error) => saved::of_saved(error),
        EngineError::History(error) => records::of_history(error),
        EngineError::Profile(error) => of_profile(error),
        EngineError::BoughtEnded { .. } | EngineError::NoRevocation { .. } => {
            ErrorCode::ProviderAnswer
        }
        EngineError::Exchange(error) => provider::of_exchange(error),
        EngineError::Send(error) => provider::of_send(error),
        EngineError::Shared(shared) => code(shared),
        EngineError::Revoke { source, .. } => provider::of_revoke(source),
        EngineError::TokenVanished => ErrorCode::Internal,
    }
}

fn hint(error: &EngineError) -> Option<String> {
    let known = |known: &[String]| format!("Known: {}.", known.join(", "));
    let text = match error {
        EngineError::VaultAbsent => "Make one with `keyturn init`.".to_owned(),
        EngineError::VaultLocked => "Unlock it with `keyturn unlock`.".to_owned(),
        EngineError::PassphraseNeeded => {
            "Give one with --passphrase-stdin, or type it where there is a terminal.".to_owned()
        }
        EngineError::NoProvider { nearest: Some(nearest), .. } => {
            format!("Did you mean {nearest}? `keyturn provider list` shows all.")
        }
        EngineError::NoProvider { known: ids, .. }
        | EngineError::Checklist(ChecklistError::NoItem { known: ids, .. }) => known(ids),
        EngineError::NoCredential { .. } => "`keyturn list` shows what there is.".to_owned(),
        EngineError::NothingKept { reference, .. } => {
            format!("`keyturn kept {reference}` lists those that are.")
        }
        EngineError::NoExchange { reference, .. } => {
            format!("`keyturn exchanges {reference}` lists those that are.")
        }
        EngineError::NoSample { known: samples, .. } if samples.is_empty() => {
            "This provider's profile has no samples: name a path like /v1/orders.".to_owned()
        }
        EngineError::NoField { known: names, .. }
        | EngineError::NoEnvironment { known: names, .. }
        | EngineError::NoRecipe { known: names, .. }
        | EngineError::NoSample { known: names, .. } => known(names),
        EngineError::ValueNotStored { reference, field } => store_hint(Some(reference), Some(field)),
        EngineError::NothingStored { reference } => store_hint(Some(reference), None),
        EngineError::Policy(PolicyError::NoField { field }) => store_hint(None, Some(field)),
        EngineError::NoPlan { known: plans, .. } if plans.is_empty() => {
            "This provider's limits know no plans.".to_owned()
        }
        EngineError::NoPlan { known: plans, .. } => known(plans),
        EngineError::NotYet { .. } => {
            "Try again then, or leave --no-wait out to wait as long as that makes sense.".to_owned()
        }
        EngineError::CredentialExists { reference } => format!(
            "Choose another --name, or change it with `keyturn edit {reference}`."
        ),
        EngineError::EnvironmentExists { .. } => {
            "Choose another name: where secrets may go is never changed silently.".to_owned()
        }
        EngineError::AlreadyCaptured { reference } => format!(
            "A stored key is never overwritten by a capture. `keyturn rotate {reference} --start` begins its replacement, which keeps both until the new one works; or capture under another name."
        ),
        EngineError::SecretGivenOpenly { field } => format!(
            "Arguments are seen by every program on this machine. Use --secret {field}, or --secrets-stdin; if it was a real one, replace it at the provider."
        ),
        EngineError::OpenGivenSecretly { field } => format!("Give it with --field {field}=…"),
        EngineError::BadValue { hint, .. } => hint.clone()?,
        EngineError::MissingFields { fields, secret, where_to_find, .. } => {
            let flag = if *secret { "--secret NAME" } else { "--field NAME=VALUE" };
            let example = flag
                .replace("NAME", fields.first().map(String::as_str).unwrap_or_default());
            let place = where_to_find.as_ref().map(|place| format!(" Where to find it: {place}"));
            format!("Give it with {example}.{}", place.unwrap_or_default())
        }
        EngineError::SecretInText { .. } => {
            "Write it without the value. Arguments are kept in the shell's history: take it out there.".to_owned()
        }
        EngineError::Dates(error) => date_hint(*error).to_owned(),
        EngineError::NotRevealOnce { field: Some(field), .. } => {
            format!("Store it with `keyturn edit` and --secret {field} or --field {field}=….")
        }
        EngineError::NotRevealOnce { field: None, .. } => "Store it with `keyturn add`.".to_owned(),
        EngineError::WhichField { reference, known: names } => format!(
            "Name one of {} as {reference}/FIELD, or take all with --as env, dotenv, powershell or json.",
            names.join(", ")
        ),
        EngineError::NoHeader { .. } => "Use --as curl, raw, or one of the code forms.".to_owned(),
        EngineError::TokenIsNoField => "Use `keyturn token`.".to_owned(),
        EngineError::NotBound { reference, bound, .. } => format!(
            "It is bound to {}. Secrets go only where they are bound: `keyturn edit {reference} --environment …` binds them elsewhere.",
            bound.join(", ")
        ),
        EngineError::PlainHttpConsent { consent, .. } => format!(
            "{} Say --allow-plain-http if that is what you want.",
            consent.as_deref().unwrap_or("Whoever can watch that network reads the credential.")
        ),
        EngineError::CreatesSomething { .. } => "Say --yes to send it.".to_owned(),
        EngineError::GoesElsewhere { .. } => {
            "Say --yes if that is what you want. Nothing was changed.".to_owned()
        }
        EngineError::Policy(error) => provider::policy_hint(error)?.to_owned(),
        EngineError::Send(error) | EngineError::Exchange(ExchangeError::Transport(error)) => {
            provider::send_hint(error)?.to_owned()
        }
        EngineError::Save(SaveError::Quarantined) => {
            "Put the newer file back, or keep the older one somewhere else: accepting an older file is not built yet.".to_owned()
        }
        EngineError::Capture(error) => capture_hint(error),
        EngineError::AllowList(AllowListError::NoAddress { .. }) => {
            "`keyturn ips REF` lists what is recorded.".to_owned()
        }
        EngineError::Profile(error) => profile_hint(error),
        EngineError::Consumer(error) => consumer_hint(error),
        EngineError::Find(FindError::Nothing) => {
            "Give the last four characters of a key, or words of a credential's name, owner or host.".to_owned()
        }
        EngineError::Paste(PasteError::Recognize(_)) => {
            "Paste one key, one `.env` file or one command at a time.".to_owned()
        }
        EngineError::Paste(PasteError::Gone | PasteError::OtherProvider) => {
            "Paste it once more: values are kept for five minutes, until they are used or the vault is locked.".to_owned()
        }
        EngineError::Rotation(error) => rotation::rotation_hint(error),
        EngineError::Trash(error) => records::trash_hint(error),
        EngineError::Saved(error) => saved::saved_hint(error),
        EngineError::History(error) => records::history_hint(error),
        EngineError::Checklist(ChecklistError::Seen { .. }) => {
            "`keyturn checklist REF` says what it sees; change that, and the item follows.".to_owned()
        }
        EngineError::NoLead => "Send the request again, and follow its answer.".to_owned(),
        EngineError::NoPath => "`keyturn provider show ID` lists the samples.".to_owned(),
        EngineError::Exchange(ExchangeError::Refused { diagnosis, .. }) => match diagnosis.row {
            Some(_) => diagnosis.action.clone(),
            None => format!("{} No row of the profile matches this answer.", diagnosis.action),
        },
        EngineError::NoRevocation { .. } => {
            "Where the provider revokes tokens (RFC 7009), give its path: `keyturn edit REF --field revocation_path=/…`. Otherwise revoke it on the provider's own pages.".to_owned()
        }
        EngineError::NoTokenStored { .. } => "There is nothing to revoke.".to_owned(),
        EngineError::Revoke { source: RevokeError::Refused { diagnosis, .. }, .. } => {
            diagnosis.action.clone()
        }
        EngineError::Revoke { source: RevokeError::Unsupported { .. }, .. } => {
            "Compare the field revocation_path with the provider's documentation, or wait for the token's end.".to_owned()
        }
        EngineError::TokenVanished => "Try again.".to_owned(),
        EngineError::BoughtEnded { .. } => {
            "Compare this machine's clock and time zone with the provider's, then try again.".to_owned()
        }
        EngineError::Open(OpenError::KeystoreUnavailable(_)) => {
            "Unlock the OS keyring, or use `keyturn unlock --recovery-stdin`.".to_owned()
        }
        EngineError::Create(CreateError::KeystoreUnavailable(_)) => {
            "Start or unlock the OS keyring, or use --protect passphrase.".to_owned()
        }
        _ => return None,
    };
    Some(text)
}

fn of_allow_list(error: &AllowListError) -> ErrorCode {
    match error {
        AllowListError::NoList { .. } | AllowListError::NoAddress { .. } => ErrorCode::NotFound,
        AllowListError::BadLabel | AllowListError::TooMany | AllowListError::FutureDay { .. } => {
            ErrorCode::InvalidInput
        }
    }
}

fn of_capture(error: &CaptureError) -> ErrorCode {
    match error {
        CaptureError::Known { .. }
        | CaptureError::AnotherKey { .. }
        | CaptureError::ShowsOnce { .. } => ErrorCode::ConfirmationNeeded,
        CaptureError::StillStored { .. } => ErrorCode::AlreadyExists,
        _ => ErrorCode::InvalidInput,
    }
}

fn capture_hint(error: &CaptureError) -> String {
    match error {
        CaptureError::LooksLike { hint, .. } => (*hint).to_owned(),
        CaptureError::Nothing => {
            "Copy the key at the provider, and leave its dialog open; nothing was changed.".to_owned()
        }
        CaptureError::Broken { .. }
        | CaptureError::Several { .. }
        | CaptureError::NoneOfLines { .. }
        | CaptureError::TooLong => {
            "Copy the key alone and whole, and leave the provider's dialog open; nothing was changed."
                .to_owned()
        }
        CaptureError::Known { twin } => match twin.standing {
            KeyStanding::Retired => "It was replaced once, and may be dead. Nothing was changed; say --yes to store it all the same.".to_owned(),
            _ => "One entry a key is easier to replace. Nothing was changed; say --yes to store it twice.".to_owned(),
        },
        CaptureError::AnotherKey { .. } => "Compare with what the provider shows. If the key was replaced meanwhile, say --yes: nothing was changed so far.".to_owned(),
        CaptureError::StillStored { reference, .. } => format!(
            "A stored key is not lost. If it should be replaced, begin with `keyturn rotate {reference} --start`; if it should go, `keyturn remove {reference}`."
        ),
        CaptureError::GivenAndMarked { .. } => "Leave one of the two out.".to_owned(),
        CaptureError::ShowsOnce { .. } => "Copying and using it need no second yes. Say --yes to show it all the same; it is written down.".to_owned(),
    }
}

/// Where a value that is not stored is stored.
fn store_hint(reference: Option<&CredentialRef>, field: Option<&FieldName>) -> String {
    let reference = reference.map_or_else(|| "REF".to_owned(), ToString::to_string);
    let field = field.map_or("FIELD", FieldName::as_str);
    format!(
        "Store it with `keyturn edit {reference} --secret {field}`, or `keyturn capture {reference}` for a key that is shown once."
    )
}

const fn date_hint(error: DateError) -> &'static str {
    match error {
        DateError::EndsBeforeIssue { .. } => "Compare both days with what the provider says.",
        DateError::AgeOnlyWithRule => "Give the interval or the day, or --age-only, not both.",
    }
}

fn of_remind(error: &RemindError) -> ErrorCode {
    match error {
        RemindError::Schedule(_) => ErrorCode::NotSaved,
        _ => ErrorCode::InvalidInput,
    }
}

fn of_checklist(error: &ChecklistError) -> ErrorCode {
    match error {
        ChecklistError::NoList { .. } | ChecklistError::NoItem { .. } => ErrorCode::NotFound,
        ChecklistError::Seen { .. } => ErrorCode::InvalidInput,
    }
}

fn of_consumer(error: &ConsumerError) -> ErrorCode {
    match error {
        ConsumerError::NoConsumer { .. } => ErrorCode::NotFound,
        ConsumerError::Exists { .. } => ErrorCode::AlreadyExists,
        ConsumerError::Name(_) | ConsumerError::IsSecret | ConsumerError::TooMany => {
            ErrorCode::InvalidInput
        }
    }
}

fn consumer_hint(error: &ConsumerError) -> String {
    match error {
        ConsumerError::NoConsumer { reference, .. } | ConsumerError::Exists { reference } => {
            format!("`keyturn consumers {reference}` lists those that are written down.")
        }
        ConsumerError::Name(_) => {
            "Give one line of text, like \"GitHub Actions of repo X\".".to_owned()
        }
        ConsumerError::IsSecret => {
            "Give a name. Arguments are kept in the shell's history: take it out there.".to_owned()
        }
        ConsumerError::TooMany => {
            "Remove those that no longer use it, or write several down as one.".to_owned()
        }
    }
}

fn of_profile(error: &ProfileError) -> ErrorCode {
    match error {
        ProfileError::Taken { .. } => ErrorCode::AlreadyExists,
        ProfileError::File { .. } => ErrorCode::NotSaved,
        _ => ErrorCode::RefusedByPolicy,
    }
}

fn profile_hint(error: &ProfileError) -> String {
    let add = |file: &std::path::Path| format!("`keyturn provider add '{}'`", file.display());
    match error {
        ProfileError::Changed { file, .. } => format!(
            "If you did that, {} shows what is different and accepts it; if not, find out who did.",
            add(file)
        ),
        ProfileError::NotAccepted { file, .. } => {
            format!("{} shows what it would allow, and accepts it.", add(file))
        }
        ProfileError::Missing { file, .. } => {
            format!(
                "Add it again with `keyturn provider add FILE`; it belongs to {}.",
                file.display()
            )
        }
        ProfileError::Taken { .. } => "Give yours another id.".to_owned(),
        ProfileError::BuiltIn { .. } => "Only profiles of your own can be removed.".to_owned(),
        ProfileError::InUse { .. } => "Remove these credentials first.".to_owned(),
        ProfileError::File { .. } => "Check the folder's owner and the disk.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_without_samples_says_what_to_give_instead() {
        let error = EngineError::NoSample {
            provider: "generic-bearer".parse().unwrap(),
            sample: "whoami".to_owned(),
            known: Vec::new(),
        };
        assert_eq!(
            to_api(&error).hint.as_deref(),
            Some("This provider's profile has no samples: name a path like /v1/orders.")
        );
    }
    #[test]
    fn where_no_answer_came_it_is_said_whether_the_request_may_have_been_taken() {
        use keyturn_http::{ConnectFailure, SendError};
        let host = || "api.example.com".to_owned();
        let refused = SendError::Connect { host: host(), why: ConnectFailure::Refused };
        for (error, said) in [
            (refused, "Nothing was sent."),
            (SendError::Closed { host: host() }, "may or may not have taken the request"),
        ] {
            let told = [
                EngineError::Send(error.clone()),
                EngineError::Exchange(ExchangeError::Transport(error)),
            ];
            for error in &told {
                let hint = to_api(error).hint.unwrap_or_default();
                assert!(hint.contains(said), "{error}: {hint}");
            }
        }
    }
}
