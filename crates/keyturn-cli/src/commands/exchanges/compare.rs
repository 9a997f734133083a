//! `exchanges --compare`: two kept answers beside each other.

use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_protocol::calls::{KeptDetail, ShowKept};
use keyturn_protocol::{body_of, compare_answers};
use keyturn_request::{Change, Comparison};

use crate::context::Context;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};
use crate::output::visible;

/// Compares the answers of two exchanges that are kept.
pub(super) fn run(
    context: &Context,
    reference: &CredentialRef,
    left: ExchangeId,
    right: ExchangeId,
) -> Result<(), Failure> {
    let mut agent = context.agent()?;
    let mut kept = |id| agent.call(ShowKept { reference: reference.clone(), id });
    let (left, right) = (kept(left)?, kept(right)?);
    let bodies = (body_of(&left.exchange), body_of(&right.exchange));
    let compared = compare_answers(
        (&left.exchange, bodies.0.as_deref()),
        (&right.exchange, bodies.1.as_deref()),
    );
    if context.is_json() {
        context.output.json(&compared)?;
        return Ok(());
    }
    let colors = context.output.colors();
    context.output.text(&facts(&compared, &left, &right).render(colors))?;
    context.output.text(&lines(&compared, colors))?;
    if compared.cut || left.cut_from.is_some() || right.cut_from.is_some() {
        context.output.note("warning", "a body is not compared to its end");
    }
    Ok(())
}

/// What is not alike, and the facts that are.
fn facts(compared: &Comparison, left: &KeptDetail, right: &KeptDetail) -> Table {
    let mut table = Table::new(&["", "FIRST", "SECOND"]);
    let ids = [left.id.to_string(), right.id.to_string()];
    table.row([Cell::plain("exchange")].into_iter().chain(ids.map(Cell::plain)).collect());
    for fact in &compared.facts {
        let style = if fact.same { Style::Dim } else { Style::Warn };
        let cells = [&fact.left, &fact.right].map(|text| Cell::new(text, style));
        table.row([Cell::plain(&fact.name)].into_iter().chain(cells).collect());
    }
    for header in compared.headers.iter().filter(|header| header.left != header.right) {
        let cells = [&header.left, &header.right].map(|text| Cell::optional(text.as_deref()));
        table.row([Cell::plain(&header.name)].into_iter().chain(cells).collect());
    }
    table
}

/// The bodies' lines, as `diff` marks them.
fn lines(compared: &Comparison, colors: bool) -> String {
    let Some(body) = &compared.body else { return "One of the bodies is not kept.".to_owned() };
    if body.iter().all(|line| matches!(line.change, Change::Same | Change::Skipped)) {
        return "The bodies are alike.".to_owned();
    }
    let line = |line: &keyturn_request::DiffLine| {
        let text = visible::line(&line.text);
        match line.change {
            Change::Same => format!("  {text}"),
            Change::Removed => Style::Bad.paint(&format!("- {text}"), colors),
            Change::Added => Style::Good.paint(&format!("+ {text}"), colors),
            Change::Skipped => Style::Dim.paint(&format!("  … {text} lines alike"), colors),
        }
    };
    body.iter().map(line).collect::<Vec<_>>().join("\n")
}
