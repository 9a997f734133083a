//! A request out of a command's arguments.

use super::bash::Dollar;
use super::error::CurlError;
use super::header::{self, Meaning};
use super::line::{Argument, line};
use super::options::{About, Known};
use super::pieces::{self, Piece};
use super::{address, form};
use crate::credential::{self, CredentialKind, Place, Removed};
use crate::imported::Imported;
use crate::value::{Body, Content, Header, Param, Part, Request};
use crate::{json_text, percent};

/// The longest command that is read, in bytes.
pub const LONGEST_COMMAND: usize = 1024 * 1024;

/// Makes a request of a command. Credentials are taken out and told, and so is what a saved request
/// cannot say.
pub fn import(text: &str) -> Result<Imported, CurlError> {
    if text.len() > LONGEST_COMMAND {
        return Err(CurlError::TooLong);
    }
    let line = line(text, Dollar::Variable).ok_or(CurlError::NotCurl)?;
    if line.substitutes {
        return Err(CurlError::RunsCommand);
    }
    let mut reading = Reading::new();
    if line.followed {
        let why = "it gets the answer, and nothing is run here.";
        reading.imported.leaves_out("what follows the command", why);
    }
    if line.ampersand {
        reading.imported.leaves_out(
            "an & without quotes",
            "Bash would end the command there; it is taken as a part of the address.",
        );
    }
    for argument in line.arguments {
        reading.take(argument)?;
    }
    reading.finish()
}

/// What was read so far.
struct Reading {
    imported: Imported,
    address: Option<String>,
    method: Option<String>,
    get: bool,
    head: bool,
    globoff: bool,
    json: bool,
    upload: Option<String>,
    pieces: Vec<Piece>,
    query: Vec<String>,
    parts: Vec<Part>,
    /// The content type that a header says.
    content_type: Option<String>,
    /// Whether a header says that there is none.
    without_type: bool,
}

impl Reading {
    fn new() -> Self {
        Self {
            imported: Imported::new(Request::new("", "")),
            address: None,
            method: None,
            get: false,
            head: false,
            globoff: false,
            json: false,
            upload: None,
            pieces: Vec::new(),
            query: Vec::new(),
            parts: Vec::new(),
            content_type: None,
            without_type: false,
        }
    }

    fn take(&mut self, argument: Argument) -> Result<(), CurlError> {
        match argument {
            Argument::Address(text) => self.take_address(&text),
            Argument::NoValue(option) => Err(CurlError::NoValue { option: option.name }),
            Argument::Unknown(text) => {
                let name: String =
                    text.split('=').next().unwrap_or_default().chars().take(24).collect();
                let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                let option = if plain { name } else { "of that name".to_owned() };
                Err(CurlError::UnknownOption { option })
            }
            Argument::Option { option, value, with_equals } => {
                if with_equals {
                    let why = "curl itself wants a space there; it is read as if there were one.";
                    self.imported.leaves_out(format!("--{}=…", option.name), why);
                }
                match option.about {
                    About::Request => self.take_option(option.name, &value),
                    about => {
                        self.leave_out(option, about);
                        Ok(())
                    }
                }
            }
        }
    }

    fn take_address(&mut self, text: &str) -> Result<(), CurlError> {
        if self.address.is_some() {
            return Err(CurlError::SeveralRequests { how: "several addresses" });
        }
        self.address = Some(text.to_owned());
        Ok(())
    }

    fn take_option(&mut self, name: &'static str, value: &str) -> Result<(), CurlError> {
        match name {
            "request" => self.method = Some(value.to_owned()),
            "head" => self.head = true,
            "get" => self.get = true,
            "globoff" => self.globoff = true,
            "url" => self.take_address(value)?,
            "next" => return Err(CurlError::SeveralRequests { how: "--next" }),
            "config" => return Err(CurlError::ConfigFile),
            "header" => self.take_header(value),
            "user-agent" => self.add_header("User-Agent", value),
            "referer" => self.add_header("Referer", value.trim_end_matches(";auto")),
            "range" => self.add_header("Range", &format!("bytes={value}")),
            "cookie" if value.contains('=') => {
                self.take_out(Place::Header("Cookie".to_owned()), CredentialKind::Cookie);
            }
            "cookie" => {
                self.imported.leaves_out(
                    "--cookie",
                    "its file is a browser's session; cookies are not sent.",
                );
            }
            "user" => self.take_out(Place::Option("user".to_owned()), CredentialKind::Basic),
            "oauth2-bearer" => {
                self.take_out(Place::Option("oauth2-bearer".to_owned()), CredentialKind::Bearer);
            }
            "upload-file" => self.upload = Some(value.to_owned()),
            "form" => self.parts.push(form::part_of(value)?),
            "form-string" => self.parts.push(form::plain(value)?),
            "url-query" => match value.strip_prefix('+') {
                Some(literal) => self.query.push(literal.to_owned()),
                None => self.query.push(pieces::joined(&[pieces::piece(name, value)?])?),
            },
            _ => {
                self.json |= name == "json";
                self.pieces.push(pieces::piece(name, value)?);
            }
        }
        Ok(())
    }

    fn take_header(&mut self, line: &str) {
        match header::meaning(line) {
            Meaning::Sent(name, value) => self.add_header(name, value),
            Meaning::Without(name) if name.eq_ignore_ascii_case("content-type") => {
                self.without_type = true;
            }
            Meaning::Without(name) => {
                let why = "it only keeps curl from sending a header of its own.";
                self.imported.leaves_out(format!("--header {name}:"), why);
            }
            Meaning::File => {
                let why = "the file is not here to be read; add its headers by hand.";
                self.imported.leaves_out("--header @file", why);
            }
            Meaning::Nothing => {
                self.imported.leaves_out("a --header", "it is no header that could be sent.");
            }
        }
    }

    fn add_header(&mut self, name: &str, value: &str) {
        if let Some(why) = header::left_to_the_sender(name) {
            self.imported.leaves_out(format!("the header {name}"), why);
        } else if name.eq_ignore_ascii_case("content-type") {
            self.content_type = Some(value.to_owned());
        } else if let Some(kind) = credential::of_header(name, value) {
            self.take_out(Place::Header(credential::told(name)), kind);
        } else if let (true, Some(plain)) =
            (name.eq_ignore_ascii_case("referer"), credential::without_secret_query(value))
        {
            self.take_out(Place::Header(name.to_owned()), CredentialKind::Key);
            self.imported.request.headers.push(Header::new(name, plain));
        } else {
            self.imported.request.headers.push(Header::new(name, value));
        }
    }

    fn take_out(&mut self, place: Place, kind: CredentialKind) {
        self.imported.took_out(Removed { place, kind });
    }

    fn leave_out(&mut self, option: Known, about: About) {
        let why = match about {
            About::Shown => "it says what curl prints or keeps; Keyturn shows the whole answer.",
            About::Connection => {
                "how the server is reached is Keyturn's own matter, and its settings'."
            }
            About::Redirects => {
                "Keyturn follows no redirect with a credential; it shows where it leads."
            }
            About::Trust
                if matches!(option.name, "insecure" | "proxy-insecure" | "doh-insecure") =>
            {
                "Keyturn checks certificates always."
            }
            About::Trust => "which servers are trusted is Keyturn's own matter.",
            About::Authenticates => "Keyturn authenticates as the credential's provider says.",
            About::Compression => "Keyturn asks for answers that are not compressed.",
            About::OtherProtocol => "it is for other protocols than HTTP.",
            About::Changes | About::Request => {
                "a saved request cannot say it; what is sent may be another request."
            }
        };
        self.imported.leaves_out(format!("--{}", option.name), why);
    }

    fn finish(mut self) -> Result<Imported, CurlError> {
        let kinds = [
            (self.head, "--head"),
            (!self.pieces.is_empty() && !self.get, "--data"),
            (!self.parts.is_empty(), "--form"),
            (self.upload.is_some(), "--upload-file"),
        ];
        let mut asked = kinds.into_iter().filter(|(is, _)| *is).map(|(_, option)| option);
        if let (Some(one), Some(other)) = (asked.next(), asked.next()) {
            return Err(CurlError::TwoKinds { one, other });
        }
        let mut text = self.address.take().ok_or(CurlError::NoAddress)?;
        if let Some(path) = &self.upload {
            if matches!(path.as_str(), "-" | ".") {
                return Err(CurlError::BodyFromInput);
            }
            let name = path.rsplit('/').next().unwrap_or(path);
            if text.ends_with('/') {
                text.push_str(&percent::encode(name));
            }
        }
        address::take(&text, !self.globoff, &mut self.imported)?;
        if self.get {
            self.query.insert(0, pieces::joined(&std::mem::take(&mut self.pieces))?);
        }
        for more in std::mem::take(&mut self.query) {
            self.imported.request.query.extend(percent::params(&more, percent::Of::Query));
        }
        self.imported.request.method = self.method();
        self.imported.request.body = self.body()?;
        without_credentials(&mut self.imported);
        Ok(self.imported)
    }

    fn method(&self) -> String {
        let usual = if self.head {
            "HEAD"
        } else if self.upload.is_some() {
            "PUT"
        } else if !self.pieces.is_empty() || !self.parts.is_empty() {
            "POST"
        } else {
            "GET"
        };
        self.method.clone().unwrap_or_else(|| usual.to_owned())
    }

    fn body(&mut self) -> Result<Body, CurlError> {
        let said = self.content_type.take();
        if let Some(path) = self.upload.take() {
            return Ok(Body::File { path, content_type: said });
        }
        if !self.parts.is_empty() {
            let parts = std::mem::take(&mut self.parts);
            // A type of somebody's own has no boundary; curl writes its own as well.
            match said {
                Some(other) if !other.starts_with("multipart/form-data") => {
                    let why = "the body is a form in parts, and is sent as one.";
                    self.imported.leaves_out("the header Content-Type", why);
                }
                _ => {}
            }
            return Ok(Body::Multipart { parts });
        }
        if self.pieces.is_empty() {
            if let Some(content_type) = said {
                self.imported.request.headers.push(Header::new("Content-Type", &content_type));
            }
            return Ok(Body::None);
        }
        let usual = if self.json { pieces::JSON } else { pieces::FORM };
        if self.json && self.imported.request.header("accept").is_none() {
            self.imported.request.headers.push(Header::new("Accept", "application/json"));
        }
        let usual = (!self.without_type).then(|| usual.to_owned());
        let content_type = said.or(usual);
        pieces::body(&std::mem::take(&mut self.pieces), content_type, &mut self.imported)
    }
}

/// Whether a text of another type reads like a form all the same.
fn is_pairs(text: &str) -> bool {
    text.contains('=') && !text.contains(char::is_whitespace) && !text.starts_with(['{', '[', '<'])
}

/// Takes out of the query and the body what their names say are credentials.
pub(crate) fn without_credentials(imported: &mut Imported) {
    let mut removed = Vec::new();
    let mut kept = |params: &mut Vec<Param>, place: fn(String) -> Place| {
        params.retain(|param| {
            let name = percent::decode(&param.name).unwrap_or_else(|| param.name.clone());
            let taken = param.value.is_some() && credential::is_named_so(&name);
            if taken {
                let place = place(credential::told(&name));
                removed.push(Removed { place, kind: CredentialKind::Key });
            }
            !taken
        });
    };
    kept(&mut imported.request.query, Place::Query);
    match &mut imported.request.body {
        Body::Form { fields } => kept(fields, Place::Field),
        Body::Multipart { parts } => parts.retain(|part| {
            let text = matches!(part.content, Content::Text { .. });
            let taken = text && credential::is_named_so(&part.name);
            if taken {
                let place = Place::Field(credential::told(&part.name));
                removed.push(Removed { place, kind: CredentialKind::Key });
            }
            !taken
        }),
        Body::Json { text } | Body::Text { text, .. } => {
            if is_pairs(text) {
                let mut fields = percent::params(text, percent::Of::Form);
                kept(&mut fields, Place::Field);
                *text = percent::written(&fields, percent::Of::Form);
            } else if text.trim_start().starts_with(['{', '[']) {
                let (plain, names) = json_text::without_secrets(text, credential::is_named_so);
                *text = plain;
                removed.extend(
                    names.into_iter().map(|name| Removed {
                        place: Place::Member(name),
                        kind: CredentialKind::Key,
                    }),
                );
            }
        }
        Body::None | Body::File { .. } => {}
    }
    for one in removed {
        imported.took_out(one);
    }
}
