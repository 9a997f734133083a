//! `keyturn consumers`.

use clap::Args;
use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{ConsumerEdit, ConsumersView, EditConsumers, ShowConsumers};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};
use crate::output::words;

/// Show who uses a credential, and write down who does
///
/// Programs that get a secret through this Keyturn are seen by themselves, with what they did last
/// and which version of the key they got. Others you write down: a CI, a server, another secret
/// store. Each has the version in use when it is added. When a new key comes, note who has it:
/// a rotation counts on that before the old key ends.
///
/// Example:
///     keyturn consumers acme/main --add "GitHub Actions of repo X"
///     keyturn consumers acme/main
///     keyturn consumers acme/main --has-new 1
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Consumers {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    #[command(flatten)]
    edit: Edit,
}

/// What is to change; one thing at a time.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Edit {
    /// Write somebody down who uses it
    #[arg(long, value_name = "TEXT")]
    add: Option<String>,

    /// Take one off, by its number
    #[arg(long, value_name = "ID")]
    remove: Option<u32>,

    /// Note that this one has the new key
    #[arg(long, value_name = "ID")]
    has_new: Option<u32>,

    /// Note that this one does not have the new key
    #[arg(long, value_name = "ID")]
    lacks_new: Option<u32>,
}

impl Edit {
    fn change(self) -> Option<ConsumerEdit> {
        let add = self.add.map(|name| ConsumerEdit::Add { name });
        let remove = self.remove.map(|id| ConsumerEdit::Remove { id });
        let has_new = self.has_new.map(|id| ConsumerEdit::HasNew { id, ready: true });
        let lacks_new = self.lacks_new.map(|id| ConsumerEdit::HasNew { id, ready: false });
        add.or(remove).or(has_new).or(lacks_new)
    }
}

impl Consumers {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let reference = self.reference;
        let mut agent = context.agent()?;
        let shown = match self.edit.change() {
            Some(edit) => agent.call(EditConsumers { reference, edit })?,
            None => agent.call(ShowConsumers { reference })?,
        };
        if context.is_json() {
            context.output.json(&shown)?;
        } else {
            context.output.text(&text(&shown, context.output.colors()))?;
        }
        Ok(Status::Done)
    }
}

fn text(shown: &ConsumersView, colors: bool) -> String {
    let mut parts = Vec::new();
    if shown.written_down.is_empty() {
        parts.push("Nobody is written down.\n".to_owned());
    } else {
        parts.push(written_down(shown).render(colors));
    }
    if shown.seen.is_empty() {
        parts.push("No program was seen to use it.\n".to_owned());
    } else {
        parts.push(seen(shown).render(colors));
    }
    let version = if shown.wanted_version == shown.version {
        format!("Version {} is in use.\n", shown.version)
    } else {
        let (version, wanted) = (shown.version, shown.wanted_version);
        format!("Version {version} is in use; version {wanted} is stored to be the next.\n")
    };
    parts.push(version);
    if !shown.behind.is_empty() {
        let mut table = Table::new(&["STILL WITHOUT IT"]);
        for one in &shown.behind {
            table.row(vec![Cell::new(one, Style::Warn)]);
        }
        parts.push(table.render(colors));
    }
    parts.join("\n")
}

fn written_down(shown: &ConsumersView) -> Table {
    let mut table = Table::new(&["ID", "WRITTEN DOWN", "SINCE", "HAS VERSION"]);
    for one in &shown.written_down {
        let style = if one.has_wanted { Style::Good } else { Style::Warn };
        let version = one.version.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
        table.row(vec![
            Cell::plain(one.id.to_string()),
            Cell::plain(&one.name),
            Cell::plain(one.added_on.to_string()),
            Cell::new(version, style),
        ]);
    }
    table
}

fn seen(shown: &ConsumersView) -> Table {
    let mut table = Table::new(&["SEEN", "LAST", "WHEN", "GOT VERSION", "USES"]);
    for one in &shown.seen {
        table.row(vec![
            Cell::plain(&one.program),
            Cell::plain(&one.action),
            Cell::plain(words::moment(one.last_used_at)),
            Cell::optional(one.version.map(|version| version.to_string())),
            Cell::plain(one.uses.to_string()),
        ]);
    }
    table
}
