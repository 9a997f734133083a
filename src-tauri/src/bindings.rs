//! Writes `ui/src/bindings/index.ts`: the types that cross between the shell and the pages, and the
//! commands with what they take and answer, read from the commands' own signatures.
//!
//! `make bindings` writes the file; without it a test fails where the file is not what it would write.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use keyturn_core::{CredentialRef, ExchangeId, ProviderId, TargetRef, TokenFormat};
use keyturn_protocol::calls::{
    AddCredential, AdvanceRotation, AllowListView, CaptureAnswer, CaughtView, ChecklistItemView,
    ConsumersView, CopiedFor, CopyAnswer, CredentialDetail, CredentialView, DraftView, DueItem,
    EditAllowList, EditConsumers, EditCredential, EmptiedTrash, EmptyTrash, FoundCredential,
    HealthView, HistoryView, InboxView, JournalPage, JournalProof, KeyTestView, ListJournal,
    MarkInboxRead, ProtectionMode, ProviderSummary, ProviderView, ReminderSettings, ReminderView,
    RestoreCredential, RestoreVersion, RotationDetail, SendRequest, SendRequestAnswer,
    SetReminderSettings, SetSettings, SettingsView, SnoozeAnswer, SnoozeReminder, StatusAnswer,
    TickChecklist, TimelineView, TrashedView,
};
use keyturn_protocol::calls::{CheckedView, ExchangeView, SavedRequests, SavedView};
use keyturn_protocol::calls::{DecodedToken, SetTokenEnd, ShortcutView, UsageView};
use keyturn_protocol::calls::{ExplainAnswer, ExplainAnswerView, PasteView};
use keyturn_protocol::prompt::{ConsentAnswer, ConsentQuestion};
use keyturn_protocol::{ApiError, RequestCode, RequestCodeForm, SecretOnWire};
use keyturn_request::Request;
use keyturn_request::compare::Comparison;
use keyturn_request::saved::SavedRequest;
use ts_rs::{Config, TS, TypeVisitor};

use crate::annotation::Annotation;
use crate::autostart::AutostartView;
use crate::commands::about::AppInfo;
use crate::commands::recovery::SavedRecovery;
use crate::commands::token::RenewedToken;
use crate::commands::vault::VaultMade;
use crate::documents::SavedFile;
use crate::notice::Notice;
use crate::opened::Opening;
use crate::preferences::{Preferences, PreferencesView};
use crate::prompt::Revealed;
use crate::tester::{
    AnswerRef, BodyForm, BodyHits, BodyImage, BodyLines, BodyRow, FoldedBody, ImportedDocument,
    ImportedView, ShownKept, TesterAnswer, TesterRequest,
};

const HEAD: &str = "// Generated from Rust by `make bindings`. Do not edit: a test compares it.\n";

/// Collects the declarations of types and of the types that they are made of.
struct Declarations {
    config: Config,
    seen: BTreeSet<TypeId>,
    texts: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let text = format!("{docs}export {}\n", T::decl(&self.config));
            self.texts.insert(T::ident(&self.config), tidy(&text));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Sets comments of one line on one line, and the fields of a type one below the other.
fn tidy(text: &str) -> String {
    let text = text.replace("/**\n * ", "/** ").replace("\n */\n", " */\n");
    let text = text.replace(", };", ",\n};").replace(", } |", ",\n} |");
    let mut inside = false;
    let mut tidy = String::new();
    for line in text.lines().map(str::trim_end) {
        let ends = line.starts_with('}');
        let indent = if inside && !ends { "  " } else { "" };
        writeln!(tidy, "{indent}{line}").expect("a text takes text");
        inside = line.ends_with('{') || (inside && !ends);
    }
    tidy
}

fn declarations() -> BTreeMap<String, String> {
    // Every number that crosses is far below 2^53.
    let config = Config::new().with_large_int("number");
    let mut found = Declarations { config, seen: BTreeSet::new(), texts: BTreeMap::new() };
    found.visit::<ApiError>();
    found.visit::<Notice>();
    found.visit::<AppInfo>();
    found.visit::<StatusAnswer>();
    found.visit::<VaultMade>();
    found.visit::<SavedRecovery>();
    found.visit::<ProtectionMode>();
    found.visit::<SecretOnWire>();
    found.visit::<ProviderId>();
    found.visit::<ProviderSummary>();
    found.visit::<ProviderView>();
    found.visit::<CredentialRef>();
    found.visit::<CredentialView>();
    found.visit::<CredentialDetail>();
    found.visit::<DueItem>();
    found.visit::<AddCredential>();
    found.visit::<EditCredential>();
    found.visit::<TrashedView>();
    found.visit::<RestoreCredential>();
    found.visit::<EmptyTrash>();
    found.visit::<EmptiedTrash>();
    found.visit::<HistoryView>();
    found.visit::<RestoreVersion>();
    found.visit::<ListJournal>();
    found.visit::<JournalPage>();
    found.visit::<JournalProof>();
    found.visit::<DraftView>();
    found.visit::<SettingsView>();
    found.visit::<SetSettings>();
    found.visit::<CaptureAnswer>();
    found.visit::<CaughtView>();
    found.visit::<KeyTestView>();
    found.visit::<TargetRef>();
    found.visit::<TokenFormat>();
    found.visit::<CopyAnswer>();
    found.visit::<CopiedFor>();
    found.visit::<RenewedToken>();
    found.visit::<SendRequest>();
    found.visit::<SendRequestAnswer>();
    found.visit::<Revealed>();
    found.visit::<ConsentQuestion>();
    found.visit::<ConsentAnswer>();
    found.visit::<Annotation>();
    found.visit::<SavedFile>();
    found.visit::<FoundCredential>();
    found.visit::<PasteView>();
    found.visit::<ExplainAnswer>();
    found.visit::<ExplainAnswerView>();
    found.visit::<RotationDetail>();
    found.visit::<AdvanceRotation>();
    found.visit::<ConsumersView>();
    found.visit::<EditConsumers>();
    found.visit::<AllowListView>();
    found.visit::<EditAllowList>();
    found.visit::<ChecklistItemView>();
    found.visit::<TickChecklist>();
    found.visit::<ReminderView>();
    found.visit::<SnoozeReminder>();
    found.visit::<SnoozeAnswer>();
    found.visit::<InboxView>();
    found.visit::<MarkInboxRead>();
    found.visit::<ReminderSettings>();
    found.visit::<SetReminderSettings>();
    found.visit::<TimelineView>();
    found.visit::<HealthView>();
    found.visit::<Preferences>();
    found.visit::<PreferencesView>();
    found.visit::<AutostartView>();
    found.visit::<Opening>();
    found.visit::<ShortcutView>();
    found.visit::<UsageView>();
    found.visit::<DecodedToken>();
    found.visit::<SetTokenEnd>();
    of_the_tester(&mut found);
    found.texts
}

/// What crosses for the request tester.
fn of_the_tester(found: &mut Declarations) {
    found.visit::<TesterRequest>();
    found.visit::<TesterAnswer>();
    found.visit::<Request>();
    found.visit::<BodyForm>();
    found.visit::<BodyLines>();
    found.visit::<FoldedBody>();
    found.visit::<BodyHits>();
    found.visit::<BodyRow>();
    found.visit::<BodyImage>();
    found.visit::<CheckedView>();
    found.visit::<SavedRequest>();
    found.visit::<AnswerRef>();
    found.visit::<ExchangeView>();
    found.visit::<ShownKept>();
    found.visit::<SavedView>();
    found.visit::<SavedRequests>();
    found.visit::<ExchangeId>();
    found.visit::<Comparison>();
    found.visit::<ImportedView>();
    found.visit::<ImportedDocument>();
    found.visit::<RequestCode>();
    found.visit::<RequestCodeForm>();
}

/// One command as its source declares it.
struct Signature {
    name: String,
    arguments: Vec<(String, String)>,
    answer: String,
}

/// Reads the signature of one command from the source behind its attribute.
fn signature(item: &str) -> Signature {
    let (_, item) = item.split_once("fn ").expect("an attribute stands before a function");
    let (head, _) = item.split_once('{').expect("a function has a body");
    let (name, rest) = head.split_once('(').expect("a function has arguments");
    let (arguments, answer) = rest.rsplit_once("->").expect("a command answers");
    let arguments = arguments.trim().trim_end_matches(')');
    let arguments = arguments.split(": Input<").collect::<Vec<_>>();
    let named = arguments.windows(2).map(|pair| {
        let name = pair[0].rsplit([',', ' ', '\n', '(']).next().expect("an argument has a name");
        let end = pair[1].rfind('>').expect("an argument's type ends");
        let (kind, _) = pair[1].split_at(end);
        (name.to_owned(), kind.to_owned())
    });
    let answer = answer.trim();
    let inner = answer.strip_prefix("Answer<").and_then(|inner| inner.strip_suffix('>'));
    Signature {
        name: name.to_owned(),
        arguments: named.collect(),
        answer: inner.unwrap_or(answer).to_owned(),
    }
}

/// A Rust type of a signature as TypeScript.
fn typescript(rust: &str, known: &BTreeMap<String, String>) -> String {
    let inside = |name: &str| rust.strip_prefix(name)?.strip_suffix('>');
    if let Some(inner) = inside("Option<") {
        return format!("{} | null", typescript(inner, known));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("Array<{}>", typescript(inner, known));
    }
    match rust {
        "()" => "null".to_owned(),
        "bool" => "boolean".to_owned(),
        "String" => "string".to_owned(),
        "i64" | "u32" | "u64" => "number".to_owned(),
        _ => {
            assert!(known.contains_key(rust), "{rust} crosses, but is not among the declarations");
            rust.to_owned()
        }
    }
}

fn signatures() -> BTreeMap<String, Signature> {
    let mut found = BTreeMap::new();
    for file in crate::tests::files("src-tauri/src/commands") {
        let text = crate::tests::read(file);
        for item in text.split("#[tauri::command").skip(1) {
            let signature = signature(item);
            found.insert(signature.name.clone(), signature);
        }
    }
    found
}

fn bindings() -> String {
    let declarations = declarations();
    let mut text = HEAD.to_owned();
    for declaration in declarations.values() {
        write!(text, "\n{declaration}").expect("a text takes text");
    }
    text.push_str(
        "\n/** The commands: what each takes and answers. */\nexport interface Commands {\n",
    );
    for Signature { name, arguments, answer } in signatures().values() {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|(name, kind)| format!("{name}: {}", typescript(kind, &declarations)))
            .collect();
        let taken = match &*arguments {
            [] => "Record<string, never>".to_owned(),
            some => format!("{{ {} }}", some.join("; ")),
        };
        let answer = typescript(answer, &declarations);
        writeln!(text, "  {name}: {{ takes: {taken}; answers: {answer} }};")
            .expect("a text takes text");
    }
    text.push_str("}\n");
    text
}

fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings/index.ts")
}

#[test]
fn the_bindings_are_those_of_the_rust_types() {
    let expected = bindings();
    if std::env::var_os("KEYTURN_WRITE_BINDINGS").is_some() {
        std::fs::create_dir_all(place().parent().unwrap()).unwrap();
        std::fs::write(place(), &expected).unwrap();
    }
    let committed = std::fs::read_to_string(place()).unwrap_or_default();
    assert!(committed == expected, "the types changed: run `make bindings`, then look at the UI");
}

#[test]
fn a_signature_is_read_with_its_arguments_and_answer() {
    let read = signature(
        "(rename_all = \"snake_case\")]\npub(crate) async fn x(\n    a: State<'_, A>,\n    \
         b: Input<Option<u64>>,\n    c: Input<String>,\n) -> Answer<Vec<D>> {\n",
    );
    assert_eq!(read.name, "x");
    let arguments = [("b", "Option<u64>"), ("c", "String")];
    assert_eq!(read.arguments, arguments.map(|(name, kind)| (name.to_owned(), kind.to_owned())));
    assert_eq!(read.answer, "Vec<D>");
}

#[test]
fn no_answer_but_the_revealed_one_holds_a_secret() {
    let declarations = declarations();
    let mut outward: Vec<_> = signatures().into_values().collect();
    outward.retain(|signature| signature.name != "take_reveal");
    for Signature { name, answer, .. } in outward {
        let held = reachable(&typescript(&answer, &declarations), &declarations);
        assert!(!held.contains("SecretOnWire"), "{name} answers with a secret");
    }
    let control = reachable("Revealed", &declarations);
    assert!(control.contains("SecretOnWire"), "positive control: the revealed one does");
}

/// The names of all types that a TypeScript type is made of.
fn reachable(kind: &str, declarations: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![kind.to_owned()];
    while let Some(text) = open.pop() {
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if let Some(declaration) = declarations.get(word)
                && found.insert(word.to_owned())
            {
                let (_, body) = declaration.split_once('=').expect("a declaration says what it is");
                open.push(body.to_owned());
            }
        }
    }
    found
}
