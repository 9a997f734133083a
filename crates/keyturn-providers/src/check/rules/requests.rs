//! The rules of what is sent: exchanges, recipes, and the paths and headers in them.

use super::Rules;
use crate::schema::exchange::{Auth, BodySource, Encoding, Exchange};
use crate::schema::recipe::{Carried, Recipe};
use crate::suggest::did_you_mean;

/// Headers that say where a request goes or how long it is: not a recipe's business.
const RESERVED_HEADERS: [&str; 11] = [
    "host",
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "cookie",
    "expect",
    "proxy-authorization",
];

const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

impl Rules<'_> {
    pub(super) fn exchange(&mut self, path: &str, exchange: &Exchange) {
        self.path(format!("{path}.path"), &exchange.path);
        self.http_method(format!("{path}.method"), &exchange.method);
        match &exchange.auth {
            Auth::None => {}
            Auth::Bearer { field } => {
                self.known_field(format!("{path}.auth.field"), field);
            }
            Auth::Basic { username, password } => {
                self.known_field(format!("{path}.auth.username"), username);
                self.known_field(format!("{path}.auth.password"), password);
            }
            Auth::Header { name, field } => {
                self.header(format!("{path}.auth.name"), name);
                self.known_field(format!("{path}.auth.field"), field);
            }
        }
        for (at, entry) in exchange.body.iter().enumerate() {
            if let BodySource::Field { field } = &entry.source {
                self.known_field(format!("{path}.body.{at}.field"), field);
            }
        }
        self.unique(&format!("{path}.body"), "key", exchange.body.iter().map(|entry| &entry.key));
        match (exchange.encoding, exchange.body.is_empty()) {
            (Encoding::None, false) => {
                self.report(format!("{path}.encoding"), "there is a body, and no encoding for it");
            }
            (Encoding::Multipart | Encoding::Form | Encoding::Json, true) => {
                self.report(format!("{path}.encoding"), "there is an encoding, and no body for it");
            }
            _ => {}
        }
        if exchange.encoding != Encoding::None && matches!(exchange.method.as_str(), "GET" | "HEAD")
        {
            self.report(format!("{path}.method"), "a request of this method has no body");
        }
        self.pointer(format!("{path}.response.access_token"), &exchange.response.access_token);
        if let Some(pointer) = &exchange.response.token_type {
            self.pointer(format!("{path}.response.token_type"), pointer);
        }
        for (at, source) in exchange.response.expiry.iter().enumerate() {
            self.pointer(format!("{path}.response.expiry.{at}.pointer"), &source.pointer);
        }
        if !(1..=90).contains(&exchange.renew_percent_left) {
            self.report(format!("{path}.renew_percent_left"), "this is a percentage from 1 to 90");
        }
        if exchange.documented_lifetime.as_ref().is_some_and(|span| span.length().is_zero()) {
            self.report(format!("{path}.documented_lifetime"), "no token lives for no time");
        }
    }

    pub(super) fn recipe(&mut self, path: &str, recipe: &Recipe) {
        if recipe.paths.is_empty() {
            let reason = "a recipe names the paths it may be used for; \"/\" is all of them";
            self.report(format!("{path}.paths"), reason);
        }
        for (at, prefix) in recipe.paths.iter().enumerate() {
            self.path(format!("{path}.paths.{at}"), prefix);
        }
        if recipe.headers.is_empty() {
            self.report(format!("{path}.headers"), "a recipe sends at least one header");
        }
        for (at, header) in recipe.headers.iter().enumerate() {
            self.header(format!("{path}.headers.{at}.name"), &header.name);
            if header
                .scheme
                .as_ref()
                .is_some_and(|scheme| !scheme.chars().all(|c| c.is_ascii_alphanumeric()))
            {
                self.report(
                    format!("{path}.headers.{at}.scheme"),
                    "a scheme is one word like Bearer",
                );
            }
            match &header.carries {
                Carried::Field(field) => {
                    self.known_field(format!("{path}.headers.{at}.carries"), field);
                }
                Carried::Token if self.profile.exchanges.is_empty() => {
                    let reason = "there is no token to send: the profile has no exchange";
                    self.report(format!("{path}.headers.{at}.carries"), reason);
                }
                Carried::Token => {}
            }
        }
        let names = recipe.headers.iter().map(|header| header.name.to_ascii_lowercase());
        self.unique(&format!("{path}.headers"), "name", names);
    }

    pub(super) fn path(&mut self, place: String, path: &str) {
        let elsewhere = path.contains("://") || path.starts_with("//") || path.starts_with('\\');
        if elsewhere {
            let reason =
                "this leads to another origin than the environment's; secrets stay at theirs";
            let hint = Some("give the path alone, beginning with /".to_owned());
            self.report_with(place, reason, hint);
        } else if !path.starts_with('/') {
            self.report(place, "a path begins with /");
        } else if path.split('/').any(|segment| matches!(segment, "." | ".."))
            || path.contains(['?', '#', '\\', '@', '%', ' '])
        {
            self.report(place, "a path has no dots as segments, no query, fragment or escape");
        }
    }

    pub(super) fn http_method(&mut self, place: String, method: &str) {
        if !METHODS.contains(&method) {
            let hint = did_you_mean(method, METHODS);
            self.report_with(place, format!("a method is one of {}", METHODS.join(", ")), hint);
        }
    }

    pub(super) fn header(&mut self, place: String, name: &str) {
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(token) {
            self.report(place, "this is not a header's name");
        } else if RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            self.report(
                place,
                format!("'{name}' belongs to the connection and is not a profile's to set"),
            );
        }
    }

    pub(super) fn pointer(&mut self, place: String, pointer: &str) {
        if !pointer.starts_with('/') {
            let hint = Some("'/access_token' is the member of that name".to_owned());
            self.report_with(place, "a JSON pointer begins with /", hint);
        }
    }
}
