//! One body in its forms. What a form needs is made when it is first looked at, and can be dropped again.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_protocol::calls::SendRequestAnswer;
use keyturn_protocol::{ApiError, ErrorCode};

use super::decode::decode;
use super::folds::Folds;
use super::json::{JsonLayout, NotLaidOut, lay_out, place};
use super::pieces::MOST_BYTES;
use super::search::{Hits, Searched, search};
use super::view::{
    BodyForm, BodyHits, BodyImage, BodyLine, BodyLines, BodyRow, Fold, FoldedBody, ShownBody,
};
use super::write::{Writing, written};
use super::{hex, image, text};

/// The most lines that are given at once.
const MOST_LINES: u32 = 400;

/// A body that is shown.
pub(crate) struct Body {
    bytes: Vec<u8>,
    /// Its text, where that is not the bytes as they are.
    text: Option<String>,
    /// How many bytes of a mark stand before the text.
    mark: usize,
    shown: ShownBody,
    /// The answer that it is of, without it.
    answer: SendRequestAnswer,
    looks: Mutex<Looks>,
}

/// How it is looked at.
#[derive(Default)]
struct Looks {
    json: Option<JsonLayout>,
    plain: Option<JsonLayout>,
    searched: Option<(BodyForm, Hits)>,
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it says may be personal data.
        formatter.debug_struct("Body").field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl Body {
    /// Looks through a body, and lays it out where it is JSON.
    pub(super) fn new(id: u64, bytes: Vec<u8>, answer: SendRequestAnswer) -> Self {
        let media_type = media_type(&answer);
        let decoded = decode(&bytes, media_type.as_deref());
        let (mut remarks, is_binary) = (decoded.remarks, decoded.is_binary);
        let (text, mark) = match decoded.text {
            Cow::Borrowed(text) => (None, bytes.len() - text.len()),
            Cow::Owned(text) => (Some(text), 0),
        };
        let picture = image::kind(&bytes);
        let whole = text.as_deref().unwrap_or_else(|| utf_8(&bytes, mark));
        let mut json = None;
        if may_be_json(whole, media_type.as_deref()) && picture.is_none() {
            match lay_out(whole) {
                Ok(laid) => json = Some(laid),
                Err(why) if says_json(media_type.as_deref()) => remarks.push(words(whole, &why)),
                Err(why @ NotLaidOut::TooFine) => remarks.push(words(whole, &why)),
                // It only began like it.
                Err(NotLaidOut::Breaks { .. }) => {}
            }
        }
        let forms = match (picture, &json, is_binary) {
            (Some(_), ..) if bytes.len() > image::LARGEST => {
                remarks.push("The picture is larger than 5 MB: save it to look at it.".to_owned());
                vec![BodyForm::Hex]
            }
            (Some(_), ..) => vec![BodyForm::Image, BodyForm::Hex],
            (None, Some(_), _) => vec![BodyForm::Json, BodyForm::Text, BodyForm::Hex],
            (None, None, true) => vec![BodyForm::Hex, BodyForm::Text],
            (None, None, false) => vec![BodyForm::Text, BodyForm::Hex],
        };
        let form = forms.first().copied().unwrap_or(BodyForm::Hex);
        let size = bytes.len() as u64;
        let shown = ShownBody { id, bytes: size, media_type, forms, form, remarks };
        let looks = Mutex::new(Looks { json, ..Looks::default() });
        Self { bytes, text, mark, shown, answer, looks }
    }

    /// What the page is told of it.
    pub(super) const fn shown(&self) -> &ShownBody {
        &self.shown
    }

    /// The answer that it is of.
    pub(crate) const fn answer(&self) -> &SendRequestAnswer {
        &self.answer
    }

    /// Its bytes as they came.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its text.
    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_else(|| utf_8(&self.bytes, self.mark))
    }

    /// What a file of it ends with.
    pub(crate) fn kind(&self) -> Option<&str> {
        image::kind(&self.bytes).or(self.shown.media_type.as_deref())
    }

    /// The bytes that it takes, without what can be made again.
    pub(super) fn weight(&self) -> usize {
        self.bytes.len() + self.text.as_ref().map_or(0, String::len)
    }

    /// The bytes that its layouts take.
    pub(super) fn layouts(&self) -> usize {
        let looks = self.looks();
        let weight = |laid: &JsonLayout| laid.pieces.weight() + laid.folds.weight();
        looks.json.iter().chain(&looks.plain).map(weight).sum()
    }

    /// Drops what can be made again.
    pub(super) fn rest(&self) {
        *self.looks() = Looks::default();
    }

    /// Reads some lines.
    pub(crate) fn lines(
        &self,
        form: BodyForm,
        from: u32,
        count: u32,
    ) -> Result<BodyLines, ApiError> {
        let mut looks = self.looks();
        let count = count.min(MOST_LINES);
        if form == BodyForm::Hex {
            let total = hex::lines(&self.bytes);
            let (hits, none) = (looks.hits(form), Hits::default());
            let hits = hits.unwrap_or(&none);
            let rows = from..from.saturating_add(count).min(total);
            let lines = rows.filter_map(|row| hex::line(&self.bytes, row, hits)).collect();
            return Ok(BodyLines { total, longest: hex::COLUMNS, from, lines });
        }
        self.lay(&mut looks, form)?;
        let Some(laid) = looks.laid(form) else { return Err(no_such_form()) };
        let total = laid.folds.visible(laid.pieces.len());
        let rows = from..from.saturating_add(count).min(total);
        let hits = looks.hits(form);
        // Once for all of them: telling that bytes are text takes a look at each.
        let text = self.text();
        let lines = rows.filter_map(|row| line(text, form, laid, hits, laid.folds.piece(row)));
        let lines = lines.collect();
        Ok(BodyLines { total, longest: laid.pieces.longest(), from, lines })
    }

    /// Folds or opens what begins in a line, or everything.
    pub(crate) fn fold(
        &self,
        form: BodyForm,
        line: Option<u32>,
        closed: bool,
    ) -> Result<FoldedBody, ApiError> {
        let mut looks = self.looks();
        let Some(laid) = self.foldable(&mut looks, form)? else {
            return Ok(FoldedBody { total: hex::lines(&self.bytes) });
        };
        match line {
            Some(line) => laid.folds.fold(line, closed),
            None => laid.folds.fold_all(closed),
        }
        Ok(FoldedBody { total: laid.folds.visible(laid.pieces.len()) })
    }

    /// Searches a form; an empty text ends the search.
    pub(crate) fn search(
        &self,
        form: BodyForm,
        wanted: &str,
        case: bool,
    ) -> Result<BodyHits, ApiError> {
        let mut looks = self.looks();
        looks.searched = None;
        let searched = match form {
            BodyForm::Hex => Searched::Bytes,
            BodyForm::Json => Searched::Json,
            BodyForm::Text => Searched::Text,
            BodyForm::Image => return Err(no_such_form()),
        };
        let bytes = if form == BodyForm::Hex { &self.bytes } else { self.text().as_bytes() };
        let hits = search(bytes, wanted, case, searched);
        let rows: Vec<u32> = if form == BodyForm::Hex {
            let row = |place: Range<usize>| u32::try_from(place.start / hex::WIDTH).ok();
            hits.places().filter_map(row).collect()
        } else {
            self.lay(&mut looks, form)?;
            let laid = looks.laid(form).ok_or_else(no_such_form)?;
            hits.places().map(|place| laid.pieces.at(place.start)).collect()
        };
        let found =
            BodyHits { hits: u32::try_from(rows.len()).unwrap_or(u32::MAX), most: hits.most, rows };
        looks.searched = Some((form, hits));
        Ok(found)
    }

    /// Opens what hides a line, and says in which row it is.
    pub(crate) fn reach(&self, form: BodyForm, line: u32) -> Result<BodyRow, ApiError> {
        let mut looks = self.looks();
        let Some(laid) = self.foldable(&mut looks, form)? else {
            return Ok(BodyRow { row: line.min(hex::lines(&self.bytes).saturating_sub(1)) });
        };
        let line = line.min(laid.pieces.len().saturating_sub(1));
        laid.folds.reach(line);
        Ok(BodyRow { row: laid.folds.row(line) })
    }

    /// The picture that it is.
    pub(crate) fn image(&self) -> Result<BodyImage, ApiError> {
        match image::kind(&self.bytes).filter(|_| self.bytes.len() <= image::LARGEST) {
            Some(kind) => {
                let data_url =
                    format!("data:{kind};base64,{}", BASE64_STANDARD.encode(&self.bytes));
                Ok(BodyImage { data_url })
            }
            None => Err(no_such_form()),
        }
    }

    /// The layout of a form that has one; `None` for bytes.
    fn foldable<'a>(
        &self,
        looks: &'a mut Looks,
        form: BodyForm,
    ) -> Result<Option<&'a mut JsonLayout>, ApiError> {
        if form == BodyForm::Hex {
            return Ok(None);
        }
        self.lay(looks, form)?;
        Ok(match form {
            BodyForm::Json => looks.json.as_mut(),
            _ => looks.plain.as_mut(),
        })
    }

    /// Lays a form out that is not.
    fn lay(&self, looks: &mut Looks, form: BodyForm) -> Result<(), ApiError> {
        match form {
            BodyForm::Json if self.shown.forms.contains(&form) => {
                if looks.json.is_none() {
                    looks.json = Some(lay_out(self.text()).map_err(|_| no_such_form())?);
                }
            }
            BodyForm::Text if self.text().len() <= MOST_BYTES => {
                if looks.plain.is_none() {
                    let (pieces, folds) = (text::lines(self.text()), Folds::default());
                    looks.plain = Some(JsonLayout { pieces, folds });
                }
            }
            _ => return Err(no_such_form()),
        }
        Ok(())
    }

    fn looks(&self) -> MutexGuard<'_, Looks> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Looks {
    fn laid(&self, form: BodyForm) -> Option<&JsonLayout> {
        if form == BodyForm::Json { self.json.as_ref() } else { self.plain.as_ref() }
    }

    fn hits(&self, form: BodyForm) -> Option<&Hits> {
        self.searched.as_ref().filter(|(of, _)| *of == form).map(|(_, hits)| hits)
    }
}

/// Writes the line of one piece. It is given the text, since getting that takes a look at the whole body.
fn line(
    text: &str,
    form: BodyForm,
    laid: &JsonLayout,
    hits: Option<&Hits>,
    piece: u32,
) -> Option<BodyLine> {
    let (kind, from) = laid.pieces.get(piece)?;
    let stretch = |piece: u32, from| from..laid.pieces.end(piece, text);
    let is_json = form == BodyForm::Json;
    let mut writing = Writing::default();
    written(&mut writing, text, stretch(piece, from), is_json, kind, hits);
    let (mut fold, mut hides) = (None, 0);
    if let Some((number, end)) = laid.folds.at(piece) {
        hides = end - piece;
        fold = Some(if laid.folds.is_closed(number) { Fold::Closed } else { Fold::Open });
        if fold == Some(Fold::Closed)
            && let Some((kind, from)) = laid.pieces.get(end)
        {
            writing.push_str(" \u{2026} ");
            written(&mut writing, text, stretch(end, from), is_json, kind, hits);
        }
    }
    Some(BodyLine {
        line: piece,
        text: writing.text,
        continued: kind.is_continued(),
        depth: laid.pieces.depth(piece),
        fold,
        hides,
        marks: writing.marks,
    })
}

/// Bytes that were found to be UTF-8 behind their mark.
fn utf_8(bytes: &[u8], mark: usize) -> &str {
    std::str::from_utf8(bytes.get(mark..).unwrap_or_default()).unwrap_or_default()
}

/// What an answer says that its body is.
fn media_type(answer: &SendRequestAnswer) -> Option<String> {
    let mut headers = answer.headers.iter();
    let said = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    said.map(|(_, value)| value.clone())
}

fn says_json(media_type: Option<&str>) -> bool {
    let essence = media_type.and_then(|said| said.split(';').next()).unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether it is worth reading as JSON: the answer says so, or it begins with a bracket.
fn may_be_json(text: &str, media_type: Option<&str>) -> bool {
    let begins = text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with(['{', '[']);
    text.len() <= MOST_BYTES && (says_json(media_type) || begins) && !text.is_empty()
}

fn words(text: &str, why: &NotLaidOut) -> String {
    match why {
        NotLaidOut::Breaks { offset, expected } => {
            let (line, column) = place(text, *offset);
            format!("It is no JSON: line {line}, column {column} should be {expected}.")
        }
        NotLaidOut::TooFine => {
            "It is JSON with too many brackets to be laid out; it is shown as it came.".to_owned()
        }
    }
}

fn no_such_form() -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, "the body cannot be shown in this form")
        .hint("Choose one of the others.")
}
