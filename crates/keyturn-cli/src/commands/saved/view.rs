//! How saved requests are shown.

use std::io;

use keyturn_protocol::calls::SavedView;
use keyturn_protocol::files_of;
use keyturn_request::{Body, Content, Param, Part, SavedRequest};

use crate::context::Context;
use crate::output::table::{Cell, Facts, Style, Table};

pub(super) fn table(list: &[SavedView]) -> Table {
    let mut table =
        Table::new(&["NAME", "REQUEST", "ENVIRONMENT", "CHECKS", "VARIABLES", "FILES", "IS SENT"]);
    for view in list {
        let saved = &view.saved;
        let files: Vec<String> = files_of(&saved.request.body).into_iter().flatten().collect();
        let sent = if view.harmless {
            Cell::new("unasked", Style::Good)
        } else {
            Cell::new("with a yes", Style::Warn)
        };
        table.row(vec![
            Cell::plain(&saved.name),
            Cell::plain(format!("{} {}", saved.request.method, saved.request.url)),
            Cell::optional(saved.environment.as_deref()),
            Cell::plain(saved.checks.len().to_string()),
            Cell::several(&view.variables),
            Cell::several(&files),
            sent,
        ]);
    }
    table
}

pub(super) fn show(context: &Context, saved: &SavedRequest) -> io::Result<()> {
    if context.is_json() {
        return context.output.json(saved);
    }
    let request = &saved.request;
    let mut facts = Facts::default();
    facts.add_known("Name", Some(&saved.name));
    facts.add_known("Request", Some(format!("{} {}", request.method, request.url)));
    facts.add_known("Environment", saved.environment.as_deref());
    facts.add_known("Recipe", saved.recipe.as_deref());
    facts.add_known("Sample", saved.sample.as_deref());
    facts.add_lines("Query", request.query.iter().map(param));
    let headers = request.headers.iter();
    facts.add_lines(
        "Headers",
        headers.map(|header| marked(format!("{}: {}", header.name, header.value), header.on)),
    );
    let variables = request.variables.iter();
    facts.add_lines("Variables", variables.map(|(name, value)| format!("{name}={value}")));
    facts.add_lines("Body", body_lines(&request.body));
    facts.add_lines("Checks", saved.checks.iter().map(ToString::to_string));
    context.output.text(&facts.render(context.output.colors()))
}

fn marked(text: String, on: bool) -> String {
    if on { text } else { format!("{text} (not sent)") }
}

fn param(param: &Param) -> String {
    let (name, value) = param.read();
    marked(format!("{name}={value}"), param.on)
}

/// The lines of a body, as they are shown.
pub(crate) fn body_lines(body: &Body) -> Vec<String> {
    match body {
        Body::None => Vec::new(),
        Body::Json { text } | Body::Text { text, .. } => text.lines().map(str::to_owned).collect(),
        Body::Form { fields } => fields.iter().map(param).collect(),
        Body::Multipart { parts } => parts.iter().map(part).collect(),
        Body::File { path, .. } => vec![format!("the file {path}")],
    }
}

fn part(part: &Part) -> String {
    let content = match &part.content {
        Content::Text { text } => text.clone(),
        Content::File { path, .. } => format!("the file {path}"),
    };
    marked(format!("{}={content}", part.name), part.on)
}
