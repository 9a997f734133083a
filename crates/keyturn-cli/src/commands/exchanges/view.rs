//! How exchanges are listed and searched.

use keyturn_protocol::calls::ExchangeView;

use crate::output::table::{Cell, Style, Table};
use crate::output::words;

/// Whether a text, in small letters, stands in what is noted of an exchange.
pub(super) fn has(exchange: &ExchangeView, text: &str) -> bool {
    let ExchangeView { method, path, query, recipe, caller, .. } = exchange;
    let ExchangeView { meaning, problem, saved, note, .. } = exchange;
    let perhaps = [meaning, problem, saved, note].into_iter().flatten();
    let always = [method, path, recipe, caller].into_iter().chain(query);
    let environment = exchange.environment.as_str();
    let mut texts = always.chain(perhaps).map(String::as_str).chain([environment]);
    texts.any(|one| one.to_lowercase().contains(text))
}

pub(super) fn table(list: &[ExchangeView]) -> Table {
    let mut table =
        Table::new(&["ID", "AT", "REQUEST", "STATUS", "TIME", "MEANING", "CHECKS", "KEPT", "BY"]);
    for exchange in list {
        let said = exchange.problem.as_ref().or(exchange.meaning.as_ref());
        table.row(vec![
            Cell::plain(exchange.id.to_string()),
            Cell::plain(words::second(exchange.at)),
            Cell::plain(request(exchange)),
            status(exchange),
            Cell::optional(exchange.total_ms.map(|ms| format!("{ms:.0} ms"))),
            Cell::optional(said),
            checks(exchange),
            Cell::optional(exchange.kept.then(|| exchange.note.as_deref().unwrap_or("yes"))),
            Cell::optional(Some(&exchange.caller).filter(|caller| !caller.is_empty())),
        ]);
    }
    table
}

/// Method, path and the names of the query.
fn request(exchange: &ExchangeView) -> String {
    let query = if exchange.query.is_empty() {
        String::new()
    } else {
        format!("?{}", exchange.query.join("&"))
    };
    format!("{} {}{query}", exchange.method, exchange.path)
}

fn status(exchange: &ExchangeView) -> Cell {
    match exchange.status {
        None => Cell::new("none", Style::Warn),
        Some(status) if status < 400 && !exchange.refused => {
            Cell::new(status.to_string(), Style::Good)
        }
        Some(status) => Cell::new(status.to_string(), Style::Warn),
    }
}

fn checks(exchange: &ExchangeView) -> Cell {
    match (exchange.checks_passed, exchange.checks_failed) {
        (0, 0) => Cell::optional(None::<&str>),
        (passed, 0) => Cell::new(format!("{passed} passed"), Style::Good),
        (_, failed) => Cell::new(format!("{failed} failed"), Style::Bad),
    }
}
