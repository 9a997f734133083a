//! `keyturn show`.

use clap::Args;
use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_protocol::calls::{CredentialDetail, FieldView, MethodInUse, ShowCredential};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::Facts;
use crate::output::words;

/// Show a credential, without its secrets
///
/// Example:
///     keyturn show acme/main
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Show {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,
}

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let credential = context.agent()?.call(ShowCredential { reference: self.reference })?;
        print(context, &credential)?;
        Ok(Status::Done)
    }
}

/// Prints a credential; `add` and `edit` end with the same.
pub(crate) fn print(context: &Context, credential: &CredentialDetail) -> Result<(), Failure> {
    if context.is_json() {
        context.output.json(credential)?;
    } else {
        context.output.text(&facts(credential).render(context.output.colors()))?;
    }
    Ok(())
}

fn facts(credential: &CredentialDetail) -> Facts {
    let view = &credential.view;
    let environments: Vec<&str> =
        credential.environments.iter().map(EnvironmentName::as_str).collect();
    let mut facts = Facts::default();
    facts.add_known("Credential", Some(view.reference.to_string()));
    facts.add_known("Provider", Some(&credential.provider_name));
    facts.add_known("Environment", Some(environments.join(", ")));
    facts.add_known("Method", credential.method.as_ref().map(method_words));
    facts.add_known("Owner", view.owner.as_deref());
    facts.add_known("Note", credential.note.as_deref());
    facts.add_known("Favourite", view.favourite.then_some("yes: at hand in the tray"));
    facts.add_lines("Fields", view.fields.iter().map(|field| field_words(field, credential)));
    facts.add("Token", words::token_long(&view.token));
    if credential.keep_fresh {
        facts
            .add_known("Keep fresh", Some("on: renewed in the background while the vault is open"));
    }
    facts.add_known("Clock", words::skew(credential.clock_skew_s));
    facts.add_known("Plan", credential.plan.as_deref());
    facts.add_lines("Limits", credential.limits.iter().map(words::limit));
    facts.add("Rotation", words::rotation(&view.rotation));
    facts.add_known("Issued", credential.issued_on.map(|day| day.to_string()));
    facts.add_known("Expires", credential.expires_on.map(|day| day.to_string()));
    facts.add_known(
        "Replace",
        credential.rotate_every_days.map(|days| match days {
            1 => "every day".to_owned(),
            days => format!("every {days} days"),
        }),
    );
    facts.add_known("Replace on", credential.replace_on.map(|day| day.to_string()));
    if credential.age_only {
        facts.add_known("Reminders", Some("none by its age"));
    }
    facts.add_known("Key", words::reveal(view.reveal.state));
    facts.add_known("Added", Some(words::moment(credential.created_at)));
    facts.add_known("Changed", Some(words::moment(credential.updated_at)));
    facts
}

fn method_words(method: &MethodInUse) -> String {
    let MethodInUse { name, label, others } = method;
    if others.is_empty() {
        format!("{label} ({name})")
    } else {
        format!("{label} ({name}); stored as well: {}", others.join(", "))
    }
}

fn field_words(field: &FieldView, credential: &CredentialDetail) -> String {
    let name = &field.name;
    if let Some(value) = credential.open_values.get(name) {
        return format!("{name} = {value}");
    }
    let tail = field.last_four.as_ref().map(|tail| format!(", ends in {tail}")).unwrap_or_default();
    let kind = if field.secret { "secret, " } else { "" };
    format!("{name}: {kind}{}{tail}", if field.set { "stored" } else { "not stored" })
}
