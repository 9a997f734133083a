//! The rules of answers, samples and the test call.

use super::Rules;
use crate::diagnose::PLACEHOLDERS;
use crate::schema::answer::KeyturnAction;
use crate::schema::sample::{Sample, TestCall};

impl Rules<'_> {
    pub(super) fn answers(&mut self) {
        let profile = self.profile;
        for (at, answer) in profile.answers.iter().enumerate() {
            let path = format!("answers.{at}");
            let earlier = profile.answers.iter().take(at).find(|earlier| earlier.hides(answer));
            if let Some(earlier) = earlier {
                let reason = format!(
                    "this row never counts: '{}' stands before it and matches whatever it matches",
                    earlier.row
                );
                let hint = Some("the most specific row stands first".to_owned());
                self.report_with(format!("{path}.row"), reason, hint);
            }
            if !(100..=599).contains(&answer.status) {
                self.report(format!("{path}.status"), "an HTTP status is a number from 100 to 599");
            }
            if answer.body.as_ref().is_some_and(String::is_empty) {
                self.report(
                    format!("{path}.body"),
                    "an empty text occurs in every body; leave it out",
                );
            }
            if let Some(pointer) = &answer.at {
                self.pointer(format!("{path}.at"), pointer);
                if answer.body.is_none() {
                    let reason = "this says where `body` is looked for, and there is no `body`";
                    self.report(format!("{path}.at"), reason);
                }
            }
            if answer.refused && !(200..=299).contains(&answer.status) {
                let reason = "this is for statuses of success; any other status says so itself";
                self.report(format!("{path}.refused"), reason);
            }
            if answer.keyturn == KeyturnAction::RenewOnce && profile.exchanges.is_empty() {
                self.report(
                    format!("{path}.keyturn"),
                    "there is nothing to renew: the profile has no exchange",
                );
            }
            for (key, text) in [("meaning", &answer.meaning), ("action", &answer.action)] {
                self.placeholders(&format!("{path}.{key}"), text);
            }
            if let Some(method) = &answer.method {
                let known = profile.methods.iter().map(|method| method.name.as_str());
                self.known(format!("{path}.method"), "method", method, known);
            }
            if let Some(pointer) = &answer.retry_at {
                self.pointer(format!("{path}.retry_at"), pointer);
            }
        }
    }

    /// Reports words in braces that nothing replaces.
    fn placeholders(&mut self, path: &str, text: &str) {
        let words = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        for word in words {
            self.known(path.to_owned(), "placeholder", word, PLACEHOLDERS.into_iter());
        }
    }

    pub(super) fn sample(&mut self, path: &str, sample: &Sample) {
        let profile = self.profile;
        self.path(format!("{path}.path"), &sample.path);
        self.http_method(format!("{path}.method"), &sample.method);
        if sample.harmless && sample.creates_something {
            let reason = "what creates something is not harmless";
            self.report(format!("{path}.harmless"), reason);
        }
        if let Some(name) = &sample.recipe {
            let known = profile.recipes.iter().map(|recipe| recipe.name.as_str());
            self.known(format!("{path}.recipe"), "recipe", name, known);
            if profile.recipe(name).is_some_and(|recipe| !recipe.covers(&sample.path)) {
                self.report(format!("{path}.recipe"), "this recipe may not be used for this path");
            }
        } else {
            let mut usual = profile.methods.iter().filter_map(|way| profile.recipe(&way.recipe));
            if !usual.any(|recipe| recipe.covers(&sample.path)) {
                let reason = "no method's recipe may be used for this path";
                let hint = "name one that may with `recipe`, or add the path to its `paths`";
                self.report_with(format!("{path}.path"), reason, Some(hint.to_owned()));
            }
        }
        if let Some(last_four) = &sample.last_four {
            self.known_field(format!("{path}.last_four.field"), &last_four.field);
            self.pointer(format!("{path}.last_four.pointer"), &last_four.pointer);
        }
    }

    pub(super) fn test_call(&mut self) {
        let profile = self.profile;
        match &profile.test_call {
            TestCall::None { .. } => {}
            TestCall::Exchange { .. } => {
                if profile.exchanges.is_empty() {
                    self.report("test_call.kind", "there is no exchange to test with");
                }
            }
            TestCall::Sample { sample } => {
                let known = profile.samples.iter().map(|sample| sample.id.as_str());
                self.known("test_call.sample".to_owned(), "sample", sample, known);
                match profile.sample(sample) {
                    Some(sample) if sample.creates_something => {
                        let reason = "a test call must not create anything";
                        self.report("test_call.sample", reason);
                    }
                    Some(sample) if sample.may_change_something() => {
                        let reason = format!(
                            "{} is not a reading method, and a test call must not change anything",
                            sample.method
                        );
                        let hint = "`harmless = true` at the sample says that it changes nothing";
                        self.report_with("test_call.sample", reason, Some(hint.to_owned()));
                    }
                    _ => {}
                }
            }
        }
    }
}
