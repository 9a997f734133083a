//! Texts that nobody expects: none makes the import panic, and no credential stays in what it gives.

use keyturn_request::curl::import;
use keyturn_request::{Variables, encode, fill, variables_of};
use proptest::prelude::*;

/// Goes the whole way with a text, as the tester would.
fn through(text: &str) {
    let Ok(imported) = import(text) else { return };
    let names = variables_of(&imported.request);
    let values: Variables = names.into_iter().map(|name| (name, "x\"\r\ny".to_owned())).collect();
    let filled = fill(&imported.request, &values).unwrap();
    drop(encode(&filled, "boundary", &mut |_| Some(vec![0, 255])));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        through(&format!("curl {text}"));
    }

    #[test]
    fn no_mixture_of_what_it_knows_makes_it_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "https://a.example/", " -H ", "'", "\"", "\\", "^", "\n", "x-api-key: ", "{", "}", "[", "]",
            "{{", "}}", " -d ", "@", "=", ";", "type=", "filename=", " -F ", "$'", "\\u00", "\\x", "$A",
            "${", " --data-urlencode ", " -G ", " --json ", "?", "&", "%", "#", "ä", "\u{202e}", " -u ",
            " -T ", "a", "//", ":", ",", " -X ", " ", "<", "\r\n", "\\777",
        ]), 0..30)
    ) {
        through(&format!("curl {}", pieces.concat()));
    }

    #[test]
    fn no_credential_stays(
        before in prop::sample::select(vec![
            "-u ", "-u maya:", "-H 'Authorization: Bearer ", "-H 'X-Api-Key:", "-b 'a=", "-b a=",
            "--oauth2-bearer ", "-d 'client_secret=", "-d '{\"a\":{\"token\":\"", "-F password=",
            "--url-query api_key=", "-G -d 'access_token=", "-H 'Cookie: a=", "-E cert:", "--proxy-user a:",
            "--json '{\"apiKey\": \"", "-x http://a:b@", "--pass ", "-H 'PRIVATE-TOKEN: ", "--aws-sigv4 ",
            "--data-raw 'password=", "-K ", "--frob=", "-H 'content-type: application/json' -d '{\"secret\":\"",
            "--json '{\"API Key\": \"", "-d bearerToken=", "-e 'https://b.example/?token=",
            "-H 'Referer: https://b.example/x?a=b&api_key=",
        ]),
        more in prop::sample::select(vec!["", " -k", " -X PUT", " -H 'X-A: b'"]),
    ) {
        let quotes = before.matches('\'').count() % 2 == 1;
        let json = before.contains("\":");
        let end = match (json, quotes) {
            (true, _) => "\"}'",
            (false, true) => "'",
            _ => "",
        };
        let text = format!("curl https://a.example/x {before}canary-7x9z{end}{more}");
        match import(&text) {
            Ok(imported) => {
                let kept = serde_json::to_string(&imported.request).unwrap();
                prop_assert!(!kept.contains("canary"), "{text} keeps {kept}");
                let said = format!("{imported:?}");
                prop_assert!(!said.contains("canary"), "{text} says {said}");
            }
            Err(error) => prop_assert!(!error.to_string().contains("canary"), "{text}: {error}"),
        }
    }
}

#[test]
fn a_positive_control_what_is_no_credential_stays() {
    let imported = import("curl https://a.example/x -d 'name=canary-7x9z'").unwrap();
    assert!(serde_json::to_string(&imported.request).unwrap().contains("canary"));
}
