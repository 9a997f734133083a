//! `keyturn add --paste`: from a key, a `.env` file, a cURL command, headers, JSON or a JWT.

use std::collections::BTreeMap;

use keyturn_core::{CredentialName, CredentialRef, FieldName};
use keyturn_protocol::calls::{
    AddCredential, CredentialDetail, FromPaste, PasteSuggestion, PasteSure, PasteView,
    RecognizePaste,
};
use keyturn_protocol::{ApiError, Client, ErrorCode};

use super::Add;
use crate::commands::capture::given;
use crate::commands::copy::display;
use crate::commands::show;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::{ask_line, confirm};
use crate::output::visible;

pub(super) fn run(add: &Add, context: &Context) -> Result<Status, Failure> {
    let open = add.fields.parse()?.open;
    let instead = "`keyturn add --paste </dev/null` takes the text from the clipboard.";
    let text = given("add --paste", instead)?;
    let mut agent = context.agent()?;
    let mut found = agent.call(RecognizePaste { text, display: display() })?;
    if let Some(provider) = &add.provider {
        found.suggestions.retain(|one| one.provider == *provider);
    }
    // An error in JSON stands alone.
    if !context.is_json() {
        tell(context, &found);
    }
    if found.suggestions.is_empty() {
        return Err(nothing(&found).into());
    }
    let mut added = Vec::new();
    for one in chosen(add, context, &found)? {
        match store(add, &open, &mut agent, one) {
            Ok(credential) => added.push(credential),
            Err(error) => return Err(after(&added, error).into()),
        }
    }
    match added.as_slice() {
        [only] if !found.separate => show::print(context, only)?,
        all if context.is_json() => context.output.json(&all)?,
        all => {
            for one in all {
                context.output.text(&format!("Added {}.", one.view.reference))?;
            }
        }
    }
    Ok(Status::Done)
}

/// Says what was found, on standard error.
fn tell(context: &Context, found: &PasteView) {
    for (number, one) in (1..).zip(&found.suggestions) {
        let count = if found.suggestions.len() > 1 { format!("{number}. ") } else { String::new() };
        context.output.note("found", &visible::line(&format!("{count}{}", words(one))));
        if let Some(twin) = &one.duplicate_of {
            context.output.note("warning", &format!("this same key is {}", twin.words));
        }
        if !one.missing.is_empty() {
            let missing: Vec<_> =
                one.missing.iter().map(|field| format!("--field {field}=…")).collect();
            context.output.note("note", &format!("it needs {} as well", missing.join(" and ")));
        }
    }
    for note in &found.notes {
        context.output.note("note", &visible::line(note));
    }
    if found.left_over > 0 {
        let left = match found.left_over {
            1 => "1 more value looks like a secret and is left out".to_owned(),
            count => format!("{count} more values look like secrets and are left out"),
        };
        context.output.note("note", &left);
    }
}

fn words(one: &PasteSuggestion) -> String {
    let sure = match one.sure {
        PasteSure::Certain => "certainly",
        PasteSure::Likely => "probably",
        PasteSure::Possible => "perhaps",
    };
    let fields: Vec<String> = one
        .fields
        .iter()
        .map(|field| match (&field.value, &field.last_four) {
            (Some(value), _) => format!("{} {value}", field.name),
            (None, Some(four)) => format!("{} ··{four}", field.name),
            (None, None) => format!("{} hidden", field.name),
        })
        .collect();
    format!("{sure} {} ({}): {}. {}", one.provider_name, one.provider, fields.join(", "), one.why)
}

fn nothing(found: &PasteView) -> ApiError {
    match &found.reference {
        Some(reference) if found.reference_known => usage(
            format!("this is a reference, and {} is here already", reference.credential),
            "Nothing was added.",
        ),
        Some(_) => {
            usage("this is a reference, and what it names is not here", "Nothing was added.")
        }
        None => usage(
            "what was pasted was not recognised",
            "Nothing was added. `keyturn provider list` shows the providers; for any other API there are the generic ones.",
        ),
    }
}

/// The suggestions that are to be added.
fn chosen<'found>(
    add: &Add,
    context: &Context,
    found: &'found PasteView,
) -> Result<Vec<&'found PasteSuggestion>, ApiError> {
    let all = &found.suggestions;
    if add.yes {
        return Ok(all.iter().take(if found.separate { all.len() } else { 1 }).collect());
    }
    if !context.can_ask() {
        return Err(ApiError::new(ErrorCode::ConfirmationNeeded, "adding it needs a yes").hint(
            "Nothing was added. --yes takes the first reading, or each of several credentials.",
        ));
    }
    let mut taken = Vec::new();
    if found.separate {
        for one in all {
            if confirm(&format!("Add {}?", reference(add, one)))? {
                taken.push(one);
            }
        }
    } else if let [only] = all.as_slice() {
        if confirm(&format!("Add {}?", reference(add, only)))? {
            taken.push(only);
        }
    } else {
        let answer = ask_line(&format!("Which one, 1 to {}? [none] ", all.len()))?;
        let number = answer.trim().parse::<usize>().ok();
        taken.extend(number.and_then(|number| all.get(number.checked_sub(1)?)));
    }
    if taken.is_empty() {
        return Err(ApiError::new(ErrorCode::ConfirmationNeeded, "nothing was chosen")
            .hint("Nothing was added."));
    }
    Ok(taken)
}

fn reference(add: &Add, one: &PasteSuggestion) -> CredentialRef {
    CredentialRef { provider: one.provider.clone(), name: name(add, one) }
}

/// What to call it: as the user says, or the text.
fn name(add: &Add, one: &PasteSuggestion) -> CredentialName {
    let said = add.name.clone().or_else(|| one.name.clone());
    said.unwrap_or_else(CredentialName::main)
}

/// Says with the refusal of one credential which ones were added before it.
fn after(added: &[CredentialDetail], error: ApiError) -> ApiError {
    let names: Vec<_> = added.iter().map(|one| one.view.reference.to_string()).collect();
    if names.is_empty() {
        return error;
    }
    let hint = error.hint.as_ref().map(|hint| format!("{hint} ")).unwrap_or_default();
    error.hint(format!("{hint}Added before it: {}.", names.join(", ")))
}

fn store(
    add: &Add,
    given: &BTreeMap<FieldName, String>,
    agent: &mut Client,
    one: &PasteSuggestion,
) -> Result<CredentialDetail, ApiError> {
    let mut open: BTreeMap<_, _> = one
        .fields
        .iter()
        .filter_map(|field| Some((field.name.clone(), field.value.clone()?)))
        .collect();
    open.extend(given.clone());
    let secrets = one.fields.iter().filter(|field| field.secret);
    let fields = secrets.map(|field| field.name.clone()).collect();
    let environments = match (&*add.environments, &one.environment) {
        ([], Some(named)) => vec![named.clone()],
        (given, _) => given.to_vec(),
    };
    agent.call(AddCredential {
        environments,
        fields: open,
        from_paste: Some(FromPaste { ticket: one.ticket, fields }),
        expires_on: add.expires.or_else(|| one.expires_at.map(|at| at.date_naive())),
        ..add.call(one.provider.clone(), name(add, one))
    })
}
