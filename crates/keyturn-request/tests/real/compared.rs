//! Each command by curl and by its import.

use keyturn_request::curl::import;
use keyturn_request::{Imported, Place, Variables, fill};

use super::commands::{self, Case};
use super::difference::differences;
use super::support::bench::Bench;
use super::support::recorder::Recorded;
use super::support::run;

impl Bench {
    /// What curl sends.
    fn by_curl(&self, command: &str) -> Recorded {
        if let Err(said) = run::bash(command, self.recorder.port, self.folder.path()) {
            panic!("curl refused {command}: {said}");
        }
        let came = self.recorder.next().unwrap_or_else(|| panic!("nothing came of {command}"));
        assert!(!self.recorder.has_more(), "more than one request came of {command}");
        came
    }

    /// What the import sends.
    fn by_import(&self, imported: &Imported) -> Recorded {
        let mut variables: Variables =
            run::VARIABLES.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        // A member that was taken out is a variable now.
        for one in &imported.removed {
            if let Place::Member(name) = &one.place {
                variables.insert(name.clone(), run::SECRET.to_owned());
            }
        }
        let filled = fill(&imported.request, &variables).unwrap();
        self.by_itself(&filled)
    }
}

/// The same command without TLS, which the recorder does not speak.
fn without_tls(text: &str) -> String {
    text.replace("https://", "http://")
}

#[test]
fn every_command_sends_by_import_what_curl_sends() {
    let bench = Bench::new();
    let all = commands::all();
    assert!(all.len() >= 150, "there are {} commands", all.len());
    let mut all_found = Vec::new();
    for case in &all {
        let sent = bench.by_curl(&without_tls(&case.run));
        for text in case.read() {
            let imported = match import(&without_tls(text)) {
                Ok(imported) => imported,
                Err(error) => {
                    all_found.push(format!("{}: refused, {error}", case.name));
                    continue;
                }
            };
            let found = differences(case, &imported, &sent, &bench.by_import(&imported));
            all_found.extend(found.into_iter().map(|found| format!("{}: {found}", case.name)));
        }
    }
    assert!(all_found.is_empty(), "{} differ:\n{}", all_found.len(), all_found.join("\n"));
}

#[test]
fn a_positive_control_each_kind_of_difference_is_found() {
    let bench = Bench::new();
    let case = Case::new("control", "curl -X PUT 'http://a.example/x?y=1' -H 'X-A: b' -d 'c=d'");
    let sent = bench.by_curl(&case.run);
    let whole = import(&case.run).unwrap();
    assert_eq!(differences(&case, &whole, &sent, &bench.by_import(&whole)), [""; 0]);
    for (wanted, other) in [
        ("method", "curl -X POST 'http://a.example/x?y=1' -H 'X-A: b' -d 'c=d'"),
        ("path", "curl -X PUT 'http://a.example/z?y=1' -H 'X-A: b' -d 'c=d'"),
        ("query", "curl -X PUT 'http://a.example/x?y=2' -H 'X-A: b' -d 'c=d'"),
        ("headers", "curl -X PUT 'http://a.example/x?y=1' -H 'X-A: c' -d 'c=d'"),
        ("body", "curl -X PUT 'http://a.example/x?y=1' -H 'X-A: b' -d 'c=e'"),
    ] {
        let imported = import(other).unwrap();
        let found = differences(&case, &imported, &sent, &bench.by_import(&imported));
        assert!(found.iter().any(|found| found.starts_with(wanted)), "{wanted}: {found:?}");
    }
}
