//! `keyturn ips`.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use keyturn_core::{AddressKind, AddressRange, CredentialRef, ListTest, Listed, TestOutcome};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{
    AddAddress, AllowListView, EditAllowList, ListTestView, ShowAllowList, SupportMessage,
};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::output::table::{Cell, Facts, Table};
use crate::parse;

/// Keep the list of addresses that are registered at the provider
///
/// Providers with an IP allow-list reject what comes from other addresses. The list holds your
/// servers; whether this machine is one of them, you say: nothing here asks anybody for an address.
/// --message prints a message to the provider's support, ready to be sent. After the list was
/// switched on, make one call from a listed address and one from another, and record how they went.
///
/// Example:
///     keyturn ips acme/main --add 203.0.113.7 --kind static --label "web server"
///     keyturn ips acme/main --this-machine no --test-listed ok --on 2026-11-20
///     keyturn ips acme/main --message
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Ips {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Record an address or a range, like 203.0.113.7 or 2001:db8::/32
    #[arg(long, value_name = "IP", requires = "kind")]
    add: Option<AddressRange>,

    /// Whether the address stays
    #[arg(long, value_enum, value_name = "KIND", requires = "add")]
    kind: Option<Kind>,

    /// What the address is, like "web server"
    #[arg(long, value_name = "TEXT", requires = "add")]
    label: Option<String>,

    /// Take an address off
    #[arg(long, value_name = "IP")]
    remove: Option<AddressRange>,

    /// Whether this machine is on the list
    #[arg(long, value_enum, value_name = "yes|no|unknown", hide_possible_values = true)]
    this_machine: Option<Machine>,

    /// How a call from a listed address went
    #[arg(long, value_enum, value_name = "ok|failed", hide_possible_values = true)]
    test_listed: Option<Outcome>,

    /// How a call from an address that is not listed went: ok when it was rejected
    #[arg(long, value_enum, value_name = "ok|failed", hide_possible_values = true)]
    test_unlisted: Option<Outcome>,

    /// The day of that, YYYY-MM-DD; today if you name none
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    on: Option<NaiveDate>,

    /// Print the message to the provider's support instead of the list
    #[arg(long)]
    message: bool,
}

/// Whether an address stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The server's own
    Static,
    /// That of a NAT gateway
    Nat,
    /// One of the cloud's that is moved between servers
    Elastic,
    /// It changes
    Dynamic,
}

/// Whether this machine is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Machine {
    Yes,
    No,
    Unknown,
}

/// How a test went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Outcome {
    Ok,
    Failed,
}

impl Ips {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let wants_message = self.message;
        let reference = self.reference.clone();
        let mut agent = context.agent()?;
        let list = match self.change()? {
            Some(change) => agent.call(change)?,
            None => agent.call(ShowAllowList { reference })?,
        };
        if context.is_json() {
            context.output.json(&list)?;
            return Ok(Status::Done);
        }
        for warning in &list.warnings {
            context.output.note("warning", warning);
        }
        if wants_message {
            context.output.text(&letter(list.message.as_ref())?)?;
        } else {
            context.output.text(&text(&list, context.output.colors()))?;
        }
        Ok(Status::Done)
    }

    /// What is to change, if anything is.
    fn change(self) -> Result<Option<EditAllowList>, ApiError> {
        let test = |outcome: Option<Outcome>| {
            outcome.map(|outcome| ListTest {
                outcome: match outcome {
                    Outcome::Ok => TestOutcome::Ok,
                    Outcome::Failed => TestOutcome::Failed,
                },
                on: self.on.unwrap_or_else(today),
            })
        };
        let (listed_test, unlisted_test) = (test(self.test_listed), test(self.test_unlisted));
        let dated = self.add.is_some() || listed_test.is_some() || unlisted_test.is_some();
        if self.on.is_some() && !dated {
            return Err(usage(
                "--on is the day of an address or a test, and neither was named",
                "Name one with --add, --test-listed or --test-unlisted.",
            ));
        }
        let changes = dated || self.remove.is_some() || self.this_machine.is_some();
        let add = self.add.zip(self.kind).map(|(address, kind)| AddAddress {
            address,
            kind: match kind {
                Kind::Static => AddressKind::Static,
                Kind::Nat => AddressKind::Nat,
                Kind::Elastic => AddressKind::Elastic,
                Kind::Dynamic => AddressKind::Dynamic,
            },
            label: self.label,
            registered_on: self.on,
        });
        let this_machine = self.this_machine.map(|machine| match machine {
            Machine::Yes => Listed::Yes,
            Machine::No => Listed::No,
            Machine::Unknown => Listed::Unknown,
        });
        let reference = self.reference;
        let remove = self.remove;
        let change =
            EditAllowList { reference, add, remove, this_machine, listed_test, unlisted_test };
        Ok(changes.then_some(change))
    }
}

fn letter(message: Option<&SupportMessage>) -> Result<String, ApiError> {
    let message = message.ok_or_else(|| {
        usage(
            "no address is recorded, so there is nothing to ask for",
            "Record one with `keyturn ips REF --add IP --kind static`.",
        )
    })?;
    let SupportMessage { to, subject, text } = message;
    Ok(format!("To: {to}\nSubject: {subject}\n\n{text}"))
}

fn text(list: &AllowListView, colors: bool) -> String {
    let mut table = Table::new(&["ADDRESS", "KIND", "REGISTERED", "LABEL"]);
    for one in &list.addresses {
        table.row(vec![
            Cell::plain(one.address.to_string()),
            Cell::plain(kind(one.kind)),
            Cell::plain(one.registered_on.to_string()),
            Cell::optional(one.label.as_ref()),
        ]);
    }
    let mut facts = Facts::default();
    facts.add_known("This machine", Some(machine(list.this_machine)));
    facts.add_known("Listed", Some(test(&list.tests.listed)));
    facts.add_known("Not listed", Some(test(&list.tests.unlisted)));
    facts.add_known("Advice", Some(&list.advice));
    let addresses = if list.addresses.is_empty() {
        "No address is recorded.\n".to_owned()
    } else {
        table.render(colors)
    };
    format!("{addresses}\n{}", facts.render(colors))
}

const fn kind(kind: AddressKind) -> &'static str {
    match kind {
        AddressKind::Static => "static",
        AddressKind::Nat => "nat",
        AddressKind::Elastic => "elastic",
        AddressKind::Dynamic => "dynamic",
    }
}

const fn machine(listed: Listed) -> &'static str {
    match listed {
        Listed::Yes => "is on the list, as you said",
        Listed::No => "is not on the list, as you said",
        Listed::Unknown => "nobody said whether it is on the list (--this-machine yes|no)",
    }
}

/// How a test went, and what is expected of it.
fn test(test: &ListTestView) -> String {
    let expected = test.expected.as_deref().unwrap_or("tested");
    match test.result {
        None => format!("not tested yet: {expected}"),
        Some(ListTest { outcome: TestOutcome::Ok, on }) => format!("ok on {on}: {expected}"),
        Some(ListTest { outcome: TestOutcome::Failed, on }) => {
            format!("failed on {on}, though expected: {expected}")
        }
    }
}

/// Today on the user's calendar.
fn today() -> NaiveDate {
    use keyturn_core::{Clock as _, SystemClock};
    SystemClock.today()
}
