//! Requests: cURL commands for Bash and Windows, and headers alone.

use super::*;

#[test]
fn a_command_to_a_known_host_is_read_by_its_recipes() {
    for (text, expected) in [
        (
            "curl https://api.deepidv.com/v1/sessions -H 'x-api-key: key-0123456789-7x9z'",
            "deepidv api_key=··7x9z",
        ),
        (
            "$ curl -sS -X POST \\\n  'https://production.deepvue.tech/v1/verification/panbasic?pan=1' \\\n  -H 'Authorization: Bearer eyJx.y.z' \\\n  -H \"x-api-key: s3cr3t-0123-7x9z\"",
            "deepvue client_secret=··7x9z",
        ),
        (
            "curl -F client_id=northwind -F 'client_secret=s3cr3t-0123-7x9z' https://production.deepvue.tech/v1/authorize",
            "deepvue client_id=northwind client_secret=··7x9z",
        ),
        (
            "curl https://api.deepcurrent.app/api/v1/users/me -H 'Authorization: Bearer dc_live_0123456789abcdef7x9z'",
            "deepcurrent api_key=··7x9z",
        ),
        (
            concat!("curl https://api.stripe.com/v1/balance -u sk_live", "_51abcdefghijklmnop:"),
            "stripe secret_key=··mnop",
        ),
        (
            "curl https://gateway.northwind.example:8443/v1/sessions -H'x-api-key: key-0123456789-7x9z'",
            "deepidv api_key=··7x9z",
        ),
        (
            "curl ^\"https://api.deepidv.com/v1/sessions^\" ^\r\n  -H ^\"x-api-key: key-0123456789-7x9z^\" ^\r\n  --compressed",
            "deepidv api_key=··7x9z",
        ),
        (
            "curl.exe https://api.deepidv.com/v1/sessions --header=\"x-api-key: key-0123456789-7x9z\"",
            "deepidv api_key=··7x9z",
        ),
    ] {
        assert_eq!(best(text), (expected.to_owned(), Sure::Certain), "{text}");
        assert_eq!(found(text).kind, PastedKind::Command, "{text}");
    }
}

#[test]
fn the_environment_is_that_of_the_host() {
    let eu = found("curl https://api.eu.sendgrid.com/v3/scopes -H 'Authorization: Bearer x'");
    assert_eq!(eu.suggestions[0].environment.as_ref().unwrap().as_str(), "eu");
    let own =
        found("curl https://gateway.northwind.example:8443/v1 -H 'x-api-key: key-0123456789-7x9z'");
    assert_eq!(own.suggestions[0].environment.as_ref().unwrap().as_str(), "gateway");
}

#[test]
fn a_command_to_a_host_of_the_users_own_is_generic() {
    for (text, expected) in [
        (
            "curl https://api.acme.example/v1 -H 'X-Acme-Key: key-0123456789-7x9z'",
            "generic-api-key api_key=··7x9z header=X-Acme-Key host=api.acme.example",
        ),
        (
            "curl https://api.acme.example/v1 -H 'Authorization: Token key-0123456789-7x9z'",
            "generic-api-key api_key=··7x9z header=Authorization host=api.acme.example scheme=Token",
        ),
        (
            "curl https://api.acme.example/v1 -H 'authorization: bearer key-0123456789-7x9z'",
            "generic-bearer bearer_token=··7x9z host=api.acme.example",
        ),
        (
            "curl -u maya:hunter2hunter2 https://api.acme.example/v1",
            "generic-basic host=api.acme.example password=··ter2 username=maya",
        ),
        (
            "curl https://api.acme.example/v1 -H 'Authorization: Basic bWF5YTpodW50ZXIyaHVudGVyMg=='",
            "generic-basic host=api.acme.example password=··ter2 username=maya",
        ),
        (
            "curl -G https://api.acme.example/v1 -d api_key=key-0123456789-7x9z",
            "generic-api-key-query api_key=··7x9z host=api.acme.example parameter=api_key",
        ),
        (
            "curl https://login.acme.example/oauth2/token -d grant_type=client_credentials -u app-1:s3cr3t-0123-7x9z -d scope=read",
            "oauth2-client-credentials client_id=app-1 client_secret=··7x9z host=login.acme.example scope=read token_path=/oauth2/token",
        ),
        (
            "curl https://login.acme.example/oauth/token --data 'grant_type=client_credentials&client_id=app-1&client_secret=s3cr3t-0123-7x9z'",
            "oauth2-client-credentials client_auth=body client_id=app-1 client_secret=··7x9z host=login.acme.example",
        ),
    ] {
        assert_eq!(best(text), (expected.to_owned(), Sure::Possible), "{text}");
    }
}

#[test]
fn a_known_key_that_goes_to_another_host_is_still_that_providers() {
    let (told, sure) = best(
        "curl https://proxy.northwind.example/v1 -H 'Authorization: Bearer sk-proj-abcdefghijklmnopqrstuv'",
    );
    assert_eq!((told.as_str(), sure), ("openai api_key=··stuv", Sure::Likely));
}

#[test]
fn variables_and_placeholders_in_a_command_are_no_values() {
    let found = found("curl https://api.deepidv.com/v1 -H \"x-api-key: $DEEPIDV_API_KEY\"");
    assert_eq!(found.suggestions.len(), 1, "the provider is known all the same");
    assert!(found.suggestions[0].secrets.is_empty());
    assert!(found.notes[0].contains("no key in it"), "{:?}", found.notes);
}

#[test]
fn headers_alone_are_read() {
    for (text, expected) in [
        ("Authorization: Bearer key-0123456789-7x9z", "generic-bearer bearer_token=··7x9z"),
        ("Bearer key-0123456789-7x9z", "generic-bearer bearer_token=··7x9z"),
        ("Bearer dc_live_0123456789abcdef7x9z", "deepcurrent api_key=··7x9z"),
        ("-H 'PRIVATE-TOKEN: glpat-abcdefghijklmnopqrst'", "gitlab access_token=··qrst"),
        (
            "GET /v1/sessions HTTP/1.1\nHost: api.deepidv.com\nx-api-key: key-0123456789-7x9z",
            "deepidv api_key=··7x9z",
        ),
    ] {
        let found = found(text);
        assert_eq!(found.kind, PastedKind::Header, "{text}");
        assert_eq!(told(&found.suggestions[0]), expected, "{text}");
    }
    let readings = all("x-api-key: key-0123456789-7x9z");
    assert!(readings.contains(&"deepidv api_key=··7x9z".to_owned()), "{readings:?}");
}
