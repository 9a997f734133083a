//! How an answer is told: its body on standard output, what it means on standard error.

use std::io;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_protocol::calls::{KeptNow, SendRequestAnswer, SentView};
use keyturn_request::CheckOutcome;

use super::verbose;
use crate::context::Context;
use crate::output::{visible, words};

/// How much of an exchange is printed.
pub(crate) struct Shown {
    /// Status and headers, too.
    pub(crate) include: bool,
    /// What was sent, the times and who answered, too.
    pub(crate) verbose: bool,
    /// What would be sent, and nothing else: there was no answer.
    pub(crate) dry_run: bool,
}

/// Prints an answer.
pub(crate) fn print(
    context: &Context,
    answer: &SendRequestAnswer,
    shown: &Shown,
) -> io::Result<()> {
    if context.is_json() {
        return context.output.json(answer);
    }
    if shown.dry_run {
        return context.output.text(&visible::text(&sent(&answer.sent)));
    }
    if shown.verbose {
        verbose::tell(context, answer);
    }
    if shown.include {
        context.output.text(&visible::text(&head(answer)))?;
        context.output.text("")?;
    }
    body(context, answer)?;
    explain(context, answer);
    Ok(())
}

/// Prints an answer's body.
pub(crate) fn body(context: &Context, answer: &SendRequestAnswer) -> io::Result<()> {
    match (&answer.body, &answer.body_base64) {
        (Some(body), _) => {
            context.output.foreign(body)?;
            if !body.ends_with('\n') && !body.is_empty() && !context.output.is_terminal() {
                context.output.foreign("\n")?;
            }
        }
        (None, Some(encoded)) => bytes(context, encoded)?,
        (None, None) => {}
    }
    Ok(())
}

/// A body that is no text goes to a file or pipe as it is, and never to a terminal.
fn bytes(context: &Context, encoded: &str) -> io::Result<()> {
    let body = BASE64_STANDARD.decode(encoded).map_err(io::Error::other)?;
    if context.output.is_terminal() {
        context.output.note("note", &format!("the body is {} bytes and no text", body.len()));
        return Ok(());
    }
    context.output.bytes(&body)
}

fn explain(context: &Context, answer: &SendRequestAnswer) {
    context.output.note("answer", &outline(answer));
    if let Some(redirect) = &answer.redirect {
        let why = "a credential goes to no address that an answer names";
        context
            .output
            .note("redirect", &format!("it leads to {}; not followed: {why}", redirect.to));
        let what = if redirect.elsewhere {
            "if that host is right, add it with `keyturn provider environment add`, and ask it there"
        } else {
            "if that path is right, send the request to it"
        };
        context.output.note("do", what);
        match &redirect.blocked {
            Some(why) => context.output.note("warning", why),
            None if redirect.ticket.is_some() => {
                context.output.note("or", "--follow-redirect asks it once, without the credential");
            }
            None => {}
        }
    }
    if let Some(diagnosis) = &answer.diagnosis {
        context.output.note("meaning", &diagnosis.meaning);
        if let Some(action) = &diagnosis.action {
            context.output.note("do", action);
        }
        if let Some(at) = diagnosis.retry_at {
            context.output.note("again", &format!("it may be sent again at {}", words::second(at)));
        }
        if diagnosis.row.is_none() && answer.status.is_some_and(|status| status >= 400) {
            context.output.note("row", words::NO_ROW);
        }
        if diagnosis.row.is_some() && !diagnosis.verified {
            context.output.note("note", &format!("this meaning is {}", words::NOT_CONFIRMED));
        }
        for note in &diagnosis.notes {
            context.output.note("warning", note);
        }
    }
    for check in &answer.checks {
        let CheckOutcome { words, got, .. } = check;
        if check.passed {
            context.output.note("passed", words);
        } else {
            context.output.note("failed", &format!("{words}; there was {got}"));
        }
    }
    if let Some(kept) = &answer.kept {
        tell_kept(context, kept);
    }
}

/// What became of --keep.
fn tell_kept(context: &Context, kept: &KeptNow) {
    if let Some(id) = kept.id {
        context.output.note("kept", &format!("in the vault, as exchange {id}"));
    }
    if let Some(bytes) = kept.cut_from {
        let text = format!("the answer's body has {bytes} bytes, and its end was not kept");
        context.output.note("warning", &text);
    }
    if let Some(forgot) = kept.forgot {
        let text = format!("exchange {forgot}, the oldest one, is forgotten to make room");
        context.output.note("warning", &text);
    }
    if let Some(problem) = &kept.problem {
        let text = format!("the exchange was not kept: {}", problem.message);
        context.output.note("warning", &text);
        if let Some(hint) = &problem.hint {
            context.output.note("hint", hint);
        }
    }
}

/// E.g. `200 in 45 ms over TLSv1.3, sent twice`.
fn outline(answer: &SendRequestAnswer) -> String {
    let status = answer.status.map_or_else(|| "none".to_owned(), |status| status.to_string());
    let tls = answer.tls.as_ref();
    let over = match tls {
        Some(tls) => tls.version.as_deref().map_or_else(String::new, |tls| format!(" over {tls}")),
        None => " in clear text".to_owned(),
    };
    let attempts = match answer.attempts {
        0 | 1 => String::new(),
        2 => ", sent twice".to_owned(),
        more => format!(", sent {more} times"),
    };
    format!("{status} in {:.0} ms{over}{attempts}", answer.timing_ms.total)
}

/// Status and headers of an answer.
pub(crate) fn head(answer: &SendRequestAnswer) -> String {
    let status = answer.status.map(|status| status.to_string()).unwrap_or_default();
    let words = answer.status_words.iter().map(|words| format!(" {words}"));
    let status = std::iter::once(status).chain(words).collect::<String>();
    let headers = answer.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    std::iter::once(format!("HTTP {status}")).chain(headers).collect::<Vec<_>>().join("\n")
}

pub(super) fn sent(sent: &SentView) -> String {
    let mut lines = vec![format!("{} {}", sent.method, sent.url)];
    if !sent.query.is_empty() {
        lines.push(format!("query: {}", sent.query.join(", ")));
    }
    lines.extend(sent.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.extend(sent.body.iter().map(|body| match sent.body_bytes {
        Some(bytes) => format!("body: {body}, {bytes} bytes"),
        None => format!("body: {body}"),
    }));
    lines.join("\n")
}
