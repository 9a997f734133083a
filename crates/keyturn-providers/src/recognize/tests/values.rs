//! Values with names: `.env` files, lines for shells, JSON objects.

use super::*;

#[test]
fn variables_that_a_profile_knows_are_its_fields() {
    let text = "# production\nexport DEEPVUE_CLIENT_ID=northwind\nDEEPVUE_CLIENT_SECRET=\"s3cr3t-0123-7x9z\"\n";
    assert_eq!(
        best(text),
        ("deepvue client_id=northwind client_secret=··7x9z".to_owned(), Sure::Certain)
    );
    let found = found(text);
    assert_eq!((found.kind, found.separate), (PastedKind::Variables, false));
    assert!(found.suggestions[0].missing.is_empty());
}

#[test]
fn every_way_of_writing_a_variable_is_read() {
    for line in [
        "DEEPIDV_API_KEY=key-0123456789-7x9z",
        "export DEEPIDV_API_KEY='key-0123456789-7x9z'",
        "$env:DEEPIDV_API_KEY = \"key-0123456789-7x9z\"",
        "set DEEPIDV_API_KEY=key-0123456789-7x9z",
        "set \"DEEPIDV_API_KEY=key-0123456789-7x9z\"",
        "setx DEEPIDV_API_KEY \"key-0123456789-7x9z\"",
        "set -gx DEEPIDV_API_KEY key-0123456789-7x9z",
        "ENV DEEPIDV_API_KEY=key-0123456789-7x9z",
        "- DEEPIDV_API_KEY=key-0123456789-7x9z",
        "DEEPIDV_API_KEY: key-0123456789-7x9z",
        "DEEPIDV_API_KEY=key-0123456789-7x9z # of the console",
    ] {
        assert_eq!(best(line).0, "deepidv api_key=··7x9z", "{line}");
    }
}

#[test]
fn several_credentials_in_one_file_are_told_apart() {
    let text = "OPENAI_API_KEY=sk-proj-abcdefghijklmnopqrstuv\nSTAGING_DEEPIDV_API_KEY=key-0123456789-aaaa\nDEEPIDV_API_KEY=key-0123456789-bbbb\nDEBUG=true\nDATABASE_URL=postgres://u:p@h/db\nPORT=8080\n";
    let found = found(text);
    assert!(found.separate);
    let told: Vec<_> = found.suggestions.iter().map(told).collect();
    assert!(told.contains(&"deepidv api_key=··aaaa".to_owned()), "{told:?}");
    assert!(told.contains(&"deepidv api_key=··bbbb".to_owned()), "{told:?}");
    assert!(told.contains(&"openai api_key=··stuv".to_owned()), "{told:?}");
    assert_eq!(told.len(), 3);
    let staging = found.suggestions.iter().find(|one| one.name.is_some()).unwrap();
    assert_eq!(staging.name.as_ref().unwrap().as_str(), "staging");
}

#[test]
fn a_key_under_a_strange_name_is_known_by_its_looks() {
    assert_eq!(
        best(concat!("PAYMENTS=sk_live", "_51abcdefghijklmnop\nX=1")).0,
        "stripe secret_key=··mnop"
    );
}

#[test]
fn a_client_of_nobody_known_is_one_of_oauth() {
    let text = "ACME_CLIENT_ID=app-1\nACME_CLIENT_SECRET=s3cr3t-0123-7x9z\nACME_TOKEN_URL=https://login.acme.example/oauth2/token\nACME_BASE_URL=https://api.acme.example/v1\n";
    let found = found(text);
    let first = &found.suggestions[0];
    assert_eq!(
        told(first),
        "oauth2-client-credentials client_id=app-1 client_secret=··7x9z host=api.acme.example token_host=login.acme.example token_path=/oauth2/token"
    );
    assert_eq!(first.name.as_ref().unwrap().as_str(), "acme");
    assert_eq!(first.sure, Sure::Possible);
}

#[test]
fn an_access_token_is_left_out_with_a_word() {
    let found = found(
        "DEEPVUE_CLIENT_ID=a-1\nDEEPVUE_CLIENT_SECRET=s3cr3t-0123-7x9z\nDEEPVUE_ACCESS_TOKEN=abc",
    );
    assert!(found.notes.iter().any(|note| note.contains("access token of Deepvue")));
    assert_eq!(found.left_over, 0);
}

#[test]
fn what_nobody_knows_is_counted_and_not_taken() {
    let found = found(
        "DEEPIDV_API_KEY=key-0123456789-bbbb\nPOSTGRES_PASSWORD=hunter2hunter2\nNODE_ENV=production",
    );
    assert_eq!(found.suggestions.len(), 1);
    assert_eq!(found.left_over, 1, "the password of a database");
}

#[test]
fn a_value_may_go_on_over_lines_and_have_what_looks_like_a_comment() {
    let text = "DEEPVUE_CLIENT_ID=northwind\nPEM=\"-----BEGIN KEY-----\nabc=\n-----END KEY-----\"\nDEEPVUE_CLIENT_SECRET='s3#cr3t-0123-7x9z'";
    assert_eq!(best(text).0, "deepvue client_id=northwind client_secret=··7x9z");
}

#[test]
fn a_value_over_lines_begins_behind_its_quote_whatever_else_is_like_its_beginning() {
    let read = lines::read("KEY=\"K\nY=1\"\nPEM=\"\nabc=\n\"\nNEXT=2").unwrap();
    let told: Vec<_> = read.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert_eq!(told, [("KEY", "K\nY=1"), ("PEM", "\nabc=\n"), ("NEXT", "2")]);
}

#[test]
fn members_of_an_object_are_fields_by_variable_looks_host_and_name() {
    for (text, expected) in [
        (r#"{"DEEPIDV_API_KEY":"key-0123456789-7x9z"}"#, "deepidv api_key=··7x9z"),
        (
            r#"{"base_url":"https://production.deepvue.tech","clientId":"northwind","clientSecret":"s3cr3t-0123-7x9z"}"#,
            "deepvue client_id=northwind client_secret=··7x9z",
        ),
        (
            concat!(
                r#"{"credentials":{"key":"sk_live"#,
                r#"_51abcdefghijklmnop"},"n":1,"l":[1,"x"]}"#
            ),
            "stripe secret_key=··mnop",
        ),
    ] {
        assert_eq!(best(text).0, expected, "{text}");
        assert_eq!(found(text).kind, PastedKind::Json);
    }
}

#[test]
fn a_client_id_and_secret_alone_are_offered_to_all_that_take_them() {
    let readings = all(r#"{"client_id":"northwind","client_secret":"s3cr3t-0123-7x9z"}"#);
    assert!(readings.iter().any(|one| one.starts_with("deepvue ")), "{readings:?}");
    assert!(
        readings.iter().any(|one| one.starts_with("oauth2-client-credentials ")),
        "{readings:?}"
    );
}
