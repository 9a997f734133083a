//! The rules of what is sent: exchanges, recipes, and the paths and headers in them.

use super::Rules;
use crate::schema::exchange::{Auth, BodyField, BodySource, Encoding, Exchange, Revocation};
use crate::schema::field::FieldKind;
use crate::schema::recipe::{Carried, Recipe, RecipeHeader};
use crate::schema::template::{
    self, HeaderProblem, PathProblem, header_problem, is_scheme, path_problem,
};
use crate::suggest::did_you_mean;

const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

impl Rules<'_> {
    pub(super) fn exchange(&mut self, path: &str, exchange: &Exchange) {
        self.path_with_fields(format!("{path}.path"), &exchange.path);
        self.http_method(format!("{path}.method"), &exchange.method);
        self.auth(&format!("{path}.auth"), &exchange.auth);
        self.body(path, &exchange.body);
        if exchange.sends_refresh_token() && exchange.refresh.is_some() {
            let reason = "this exchange is itself the one that a refresh token pays";
            self.report(format!("{path}.refresh"), reason);
        }
        if let Some(name) = &exchange.refresh {
            self.refresh(path, exchange, name);
        }
        if let Some(revocation) = &exchange.revocation {
            self.revocation(&format!("{path}.revocation"), revocation);
        }
        if let Some(pointer) = &exchange.response.refresh_token {
            self.pointer(format!("{path}.response.refresh_token"), pointer);
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
        if recipe.headers.is_empty() && recipe.query.is_empty() {
            self.report(format!("{path}.headers"), "a recipe sends at least one header");
        }
        for (at, header) in recipe.headers.iter().enumerate() {
            self.recipe_header(&format!("{path}.headers.{at}"), header);
        }
        for (at, parameter) in recipe.query.iter().enumerate() {
            let path = format!("{path}.query.{at}");
            let fields = self.fields_in(format!("{path}.name"), &parameter.name);
            if parameter.name.is_empty() && fields {
                self.report(format!("{path}.name"), "a query parameter has a name");
            }
            self.carried(format!("{path}.carries"), &parameter.carries);
        }
        let parameters = recipe.query.iter().map(|parameter| &parameter.name);
        self.unique(&format!("{path}.query"), "name", parameters);
        let names = recipe.headers.iter().map(|header| header.name.to_ascii_lowercase());
        self.unique(&format!("{path}.headers"), "name", names);
        self.fixed_headers(path, recipe);
    }

    fn fixed_headers(&mut self, path: &str, recipe: &Recipe) {
        for (at, fixed) in recipe.fixed.iter().enumerate() {
            let path = format!("{path}.fixed.{at}");
            self.header(format!("{path}.name"), &fixed.name);
            if fixed.name.eq_ignore_ascii_case("authorization") {
                let reason = "what stands in this header is a secret, and a profile holds none";
                self.report(format!("{path}.name"), reason);
            }
            if !fixed.value.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
                self.report(format!("{path}.value"), "a header's value is plain ASCII");
            }
        }
        let carrying = recipe.headers.iter().map(|header| &header.name);
        let names = carrying.chain(recipe.fixed.iter().map(|fixed| &fixed.name));
        let twice = {
            let mut seen = std::collections::BTreeSet::new();
            names.map(|name| name.to_ascii_lowercase()).position(|name| !seen.insert(name))
        };
        if let Some(at) = twice.and_then(|at| at.checked_sub(recipe.headers.len())) {
            let reason = "another entry of this recipe sends this header";
            self.report(format!("{path}.fixed.{at}.name"), reason);
        }
    }

    fn recipe_header(&mut self, path: &str, header: &RecipeHeader) {
        if self.fields_in(format!("{path}.name"), &header.name) && !header.name.contains('{') {
            self.header(format!("{path}.name"), &header.name);
        }
        if let Some(scheme) = &header.scheme
            && self.fields_in(format!("{path}.scheme"), scheme)
            && !scheme.contains('{')
            && !is_scheme(scheme)
        {
            self.report(format!("{path}.scheme"), "a scheme is one word like Bearer");
        }
        if let Some(user) = &header.basic_user {
            let fields = self.fields_in(format!("{path}.basic_user"), user);
            if fields && !user.contains('{') {
                let reason = "a user name is the credential's, and not the profile's";
                let hint = Some(format!("a field stands in braces: {{{user}}}"));
                self.report_with(format!("{path}.basic_user"), reason, hint);
            }
            if header.carries == Carried::Token {
                let reason = "what a user name comes with is a field, and not the token";
                self.report(format!("{path}.carries"), reason);
            }
        }
        self.carried(format!("{path}.carries"), &header.carries);
    }

    fn carried(&mut self, place: String, carried: &Carried) {
        match carried {
            Carried::Field(field) => {
                self.known_field(place, field);
            }
            Carried::Token if self.profile.exchanges.is_empty() => {
                let reason = "there is no token to send: the profile has no exchange";
                self.report(place, reason);
            }
            Carried::Token => {}
        }
    }

    fn auth(&mut self, path: &str, auth: &Auth) {
        match auth {
            Auth::None => {}
            Auth::Bearer { field } => {
                self.known_field(format!("{path}.field"), field);
            }
            Auth::Basic { username, password, .. } => {
                self.known_field(format!("{path}.username"), username);
                self.known_field(format!("{path}.password"), password);
            }
            Auth::Header { name, field } => {
                self.header(format!("{path}.name"), name);
                self.known_field(format!("{path}.field"), field);
            }
        }
    }

    fn body(&mut self, path: &str, body: &[BodyField]) {
        for (at, entry) in body.iter().enumerate() {
            if let BodySource::Field { field } = &entry.source {
                self.known_field(format!("{path}.body.{at}.field"), field);
            }
        }
    }

    fn refresh(&mut self, path: &str, exchange: &Exchange, name: &str) {
        let place = format!("{path}.refresh");
        let profile = self.profile;
        let known = profile.exchanges.iter().map(|exchange| exchange.name.as_str());
        if !self.known(place.clone(), "exchange", name, known) {
            return;
        }
        if profile.exchange(name).is_some_and(|other| !other.sends_refresh_token()) {
            let reason = format!("the exchange '{name}' does not send a refresh token");
            let hint = "its body needs `{ key = \"refresh_token\", refresh_token = true }`";
            self.report_with(place, reason, Some(hint.to_owned()));
        } else if exchange.response.refresh_token.is_none() {
            let reason = "`response.refresh_token` says where the refresh token is";
            self.report(place, reason);
        }
    }

    fn revocation(&mut self, path: &str, revocation: &Revocation) {
        // An empty field in the path says that the provider has none: it needs no default.
        if self.fields_in(format!("{path}.path"), &revocation.path)
            && !revocation.path.contains('{')
        {
            self.path(format!("{path}.path"), &revocation.path);
        }
        self.auth(&format!("{path}.auth"), &revocation.auth);
        self.body(path, &revocation.body);
        let taken = ["token", "token_type_hint"];
        for (at, entry) in revocation.body.iter().enumerate() {
            let own = matches!(entry.source, BodySource::RefreshToken { .. });
            if own || taken.contains(&entry.key.as_str()) {
                let reason = "the token and its kind are put in by themselves";
                self.report(format!("{path}.body.{at}.key"), reason);
            }
        }
    }

    /// A path that fields may be part of; each of them always has a value.
    fn path_with_fields(&mut self, place: String, path: &str) {
        if !path.contains(['{', '}']) {
            self.path(place, path);
            return;
        }
        if !self.fields_in(place.clone(), path) {
            return;
        }
        for name in template::fields(path).unwrap_or_default() {
            let field = self.profile.field(&name);
            if field.is_some_and(|field| !field.required && field.default.is_none()) {
                let reason = format!("'{name}' may be empty, and then there is no path");
                let hint = "give the field a `default`, or make it `required`".to_owned();
                self.report_with(place.clone(), reason, Some(hint));
            }
        }
        // What stands around the fields is part of a path as well.
        let example =
            template::pieces(path).unwrap_or_default().into_iter().map(|piece| match piece {
                template::Piece::Text(text) => text.to_owned(),
                template::Piece::Field(_) if path.starts_with('{') => "/x".to_owned(),
                template::Piece::Field(_) => "x".to_owned(),
            });
        let example: String = example.collect();
        self.path(place, &example);
    }

    /// Checks the fields that a text names: they exist and are open. False where one is not.
    fn fields_in(&mut self, place: String, text: &str) -> bool {
        let Some(fields) = template::fields(text) else {
            self.report(place, "a brace is not closed: {field} stands for a field's value");
            return false;
        };
        let before = self.broken.len();
        for name in fields {
            let kind = self.known_field(place.clone(), &name);
            if kind.is_some_and(|kind| kind != FieldKind::Open) {
                let reason = format!("'{name}' is a secret and must not stand here");
                self.report(place.clone(), reason);
            }
        }
        self.broken.len() == before
    }

    pub(super) fn path(&mut self, place: String, path: &str) {
        let reason = match path_problem(path) {
            None => return,
            Some(PathProblem::Elsewhere) => {
                let reason =
                    "this leads to another origin than the environment's; secrets stay at theirs";
                let hint = Some("give the path alone, beginning with /".to_owned());
                self.report_with(place, reason, hint);
                return;
            }
            Some(PathProblem::NoSlash) => "a path begins with /",
            Some(PathProblem::NotPlain) => {
                "a path has no dots as segments, no query, fragment or escape"
            }
        };
        self.report(place, reason);
    }

    pub(super) fn http_method(&mut self, place: String, method: &str) {
        if !METHODS.contains(&method) {
            let hint = did_you_mean(method, METHODS);
            self.report_with(place, format!("a method is one of {}", METHODS.join(", ")), hint);
        }
    }

    pub(super) fn header(&mut self, place: String, name: &str) {
        match header_problem(name) {
            None => {}
            Some(HeaderProblem::NotAName) => self.report(place, "this is not a header's name"),
            Some(HeaderProblem::Reserved) => self.report(
                place,
                format!("'{name}' belongs to the connection and is not a profile's to set"),
            ),
        }
    }

    pub(super) fn pointer(&mut self, place: String, pointer: &str) {
        if !pointer.starts_with('/') {
            let hint = Some("'/access_token' is the member of that name".to_owned());
            self.report_with(place, "a JSON pointer begins with /", hint);
        } else if pointer.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1'])) {
            let hint = Some("`~0` is a ~ and `~1` is a / in a name".to_owned());
            self.report_with(place, "in a JSON pointer ~ is followed by 0 or 1", hint);
        }
    }
}
