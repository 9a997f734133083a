//! A collection as Postman exports it, in both versions, and hostile ones.

use proptest::prelude::*;

use super::*;
use crate::value::{Body, Content};
use crate::{Variables, fill};

const COLLECTION: &str = r#"{
  "info": { "name": "Lamps", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
  "auth": { "type": "bearer", "bearer": [ { "key": "token", "value": "canary-1" } ] },
  "event": [ { "listen": "prerequest", "script": { "exec": [ "pm.environment.set('a', 1)" ] } } ],
  "variable": [ { "key": "base", "value": "https://api.acme.example" }, { "key": "apiKey", "value": "canary-2" } ],
  "item": [
    { "name": "Lamps", "item": [
      { "name": "Look",
        "event": [ { "listen": "test", "script": { "exec": "tests()" } } ],
        "request": {
          "method": "GET",
          "auth": { "type": "apikey", "apikey": [ { "key": "value", "value": "canary-3" } ] },
          "header": [
            { "key": "X-A", "value": "b" },
            { "key": "X-Off", "value": "c", "disabled": true },
            { "key": "Authorization", "value": "Bearer canary-4" },
            { "key": "Content-Length", "value": "0" }
          ],
          "url": { "raw": "{{base}}/lamps/:id?q=a b&at=x%20y&api_key=canary-5&off=1",
            "host": ["{{base}}"], "path": ["lamps", ":id"],
            "query": [ { "key": "q", "value": "a b" }, { "key": "at", "value": "x%20y" },
                       { "key": "api_key", "value": "canary-5" }, { "key": "off", "value": "1", "disabled": true },
                       { "key": "flag", "value": null } ],
            "variable": [ { "key": "id", "value": "l-1" } ] } } },
      { "name": "Deep", "item": [ { "name": "Make", "request": {
          "method": "POST", "header": [], "url": "https://api.acme.example/lamps",
          "body": { "mode": "raw", "raw": "{\n  \"name\": \"{{name}}\", \"clientSecret\": \"canary-6\"\n}", "options": { "raw": { "language": "json" } } } } } ] }
    ] },
    { "name": "Form", "request": { "method": "POST", "url": { "protocol": "http", "host": ["a", "example"], "port": "81", "path": ["x", "y"] },
        "body": { "mode": "urlencoded", "urlencoded": [ { "key": "a", "value": "b c" }, { "key": "password", "value": "canary-7" } ] } } },
    { "name": "Upload", "request": { "method": "PUT", "header": [ { "key": "Content-Type", "value": "multipart/form-data" } ], "url": "https://maya:canary-8@a.example/up",
        "body": { "mode": "formdata", "formdata": [ { "key": "t", "value": "x", "type": "text" },
          { "key": "f", "type": "file", "src": ["/tmp/a.png", "b.png"], "contentType": "image/png" }, { "key": "g", "type": "file" } ] } } },
    { "name": "GraphQL", "request": { "method": "POST", "url": "https://a.example/graphql",
        "body": { "mode": "graphql", "graphql": { "query": "{ a(b: \"c\") }", "variables": "{\"x\": 1}" } } } },
    { "name": "File", "request": { "method": "POST", "header": "X-Old: style\nContent-Type: text/csv", "url": "https://a.example/f", "body": { "mode": "file", "file": { "src": "d.csv" } } } },
    { "name": "Only an address", "request": "https://a.example/only?x=1" }
  ]
}"#;

fn collection() -> Collection {
    read(COLLECTION).unwrap()
}

fn one(name: &str) -> Imported {
    collection().requests.into_iter().find(|one| one.name == name).unwrap().imported
}

#[test]
fn requests_go_by_the_names_of_their_folders() {
    let names: Vec<_> = collection().requests.into_iter().map(|one| one.name).collect();
    assert_eq!(
        names,
        [
            "Lamps / Look",
            "Lamps / Deep / Make",
            "Form",
            "Upload",
            "GraphQL",
            "File",
            "Only an address"
        ]
    );
}

#[test]
fn addresses_variables_and_what_is_off_are_taken_over() {
    let request = one("Lamps / Look").request;
    assert_eq!(request.url, "{{base}}/lamps/{id}");
    let filled = fill(&request, &Variables::new()).unwrap();
    assert_eq!(filled.address(), "https://api.acme.example/lamps/l-1?q=a%20b&at=x%20y&flag");
    let off: Vec<_> =
        request.query.iter().filter(|one| !one.on).map(|one| one.name.as_str()).collect();
    assert_eq!(off, ["off"]);
    let headers: Vec<_> = request.headers.iter().map(|one| (one.name.as_str(), one.on)).collect();
    assert_eq!(headers, [("X-A", true), ("X-Off", false)]);
    let form = fill(&one("Form").request, &Variables::new()).unwrap();
    assert_eq!(form.address(), "http://a.example:81/x/y");
    let only = fill(&one("Only an address").request, &Variables::new()).unwrap();
    assert_eq!(
        (only.request().method.as_str(), only.address().as_str()),
        ("GET", "https://a.example/only?x=1")
    );
}

#[test]
fn bodies_of_every_mode_are_taken_over() {
    let Body::Json { text } = one("Lamps / Deep / Make").request.body else { panic!("it is JSON") };
    assert_eq!(text, "{\n  \"name\": \"{{name}}\", \"clientSecret\": \"{{clientSecret}}\"\n}");
    let Body::Form { fields } = one("Form").request.body else { panic!("it is a form") };
    assert_eq!(fields, [crate::Param::new("a", "b c")]);
    let upload = one("Upload");
    let Body::Multipart { parts } = &upload.request.body else { panic!("it is in parts") };
    let files: Vec<_> = parts
        .iter()
        .filter_map(|part| match &part.content {
            Content::File { path, file_name } => {
                Some((path.as_str(), file_name.as_deref().unwrap()))
            }
            Content::Text { .. } => None,
        })
        .collect();
    assert_eq!(files, [("/tmp/a.png", "a.png"), ("b.png", "b.png")]);
    assert_eq!(upload.request.headers, [], "the boundary belongs to the body");
    assert!(upload.left_out.iter().any(|one| one.what == "a file of the form"));
    let Body::Json { text } = one("GraphQL").request.body else { panic!("it is JSON") };
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json, serde_json::json!({ "query": "{ a(b: \"c\") }", "variables": { "x": 1 } }));
    let file = one("File").request;
    let expected = Body::File { path: "d.csv".into(), content_type: Some("text/csv".into()) };
    assert_eq!(file.body, expected);
    assert_eq!(file.header("x-old"), Some("style"), "2.0 wrote headers as a text");
}

#[test]
fn no_credential_stays_and_each_is_told() {
    let collection = collection();
    let kept: Vec<_> = collection
        .requests
        .iter()
        .map(|one| serde_json::to_string(&one.imported.request).unwrap())
        .collect();
    assert!(!kept.concat().contains("canary"), "{kept:?}");
    assert!(!format!("{collection:?}").contains("canary"));
    assert!(COLLECTION.contains("canary-8"), "a positive control: they were there");
    assert_eq!(collection.removed.len(), 2, "the collection's own: {:?}", collection.removed);
    let variable = collection.removed.iter().any(|one| matches!(one.place, Place::Variable(_)));
    assert!(variable, "no field of a body: {:?}", collection.removed);
    let told = |name: &str| {
        let removed = one(name).removed.into_iter();
        removed.map(|one| format!("{:?}", one.place)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told("Lamps / Look"), "Header(\"Authorization\") Document Query(\"api_key\")");
    assert_eq!(told("Lamps / Deep / Make"), "Member(\"clientSecret\")");
    assert_eq!(told("Form"), "Field(\"password\")");
    assert_eq!(told("Upload"), "Address");
}

#[test]
fn scripts_are_never_run_and_told() {
    let of_all = collection().left_out;
    assert_eq!(of_all.len(), 1);
    assert!(of_all[0].to_string().contains("nothing of a collection is run"), "{}", of_all[0]);
    assert!(one("Lamps / Look").left_out.iter().any(|one| one.what == "scripts"));
    assert!(!one("Form").left_out.iter().any(|one| one.what == "scripts"));
}

#[test]
fn a_collection_of_2_0_is_read_the_same_way_and_another_document_refused() {
    let older = COLLECTION.replace("/v2.1.0/", "/v2.0.0/");
    assert_eq!(read(&older).unwrap(), collection());
    for (text, expected) in [
        ("{}", PostmanError::NotACollection),
        ("[", PostmanError::NotReadable),
        (r#"{"info":{"schema":"x/v1.0.0/x"},"item":[]}"#, PostmanError::NotACollection),
    ] {
        assert_eq!(read(text), Err(expected), "{text}");
    }
    assert_eq!(read(&" ".repeat(LONGEST_COLLECTION + 1)), Err(PostmanError::TooLong));
    let many = vec![r#"{"request":"https://a.example"}"#; MOST_REQUESTS + 1].join(",");
    let many = format!(r#"{{"info":{{"schema":"/v2.1.0/"}},"item":[{many}]}}"#);
    assert_eq!(read(&many), Err(PostmanError::TooMany));
}

proptest! {
    #[test]
    fn no_damage_to_a_collection_makes_it_panic(
        at in 0..COLLECTION.len(),
        with in prop::sample::select(vec!["", "[]", "{}", "null", "1", "\"x\"", "{{", ":"]),
        gone in 0usize..20,
    ) {
        let end = (at + gone).min(COLLECTION.len());
        let (before, behind) = (COLLECTION.get(..at), COLLECTION.get(end..));
        drop(read(&format!("{}{with}{}", before.unwrap_or(""), behind.unwrap_or(""))));
    }

    #[test]
    fn no_value_in_the_wrong_place_makes_it_panic(
        key in prop::sample::select(vec!["url", "header", "body", "item", "query", "raw", "urlencoded", "formdata", "variable", "event", "auth", "request", "name"]),
        value in prop::sample::select(vec!["[]", "{}", "null", "1", "\"x\"", "[[]]", "[null]", "{\"raw\":1}", "[{}]"]),
    ) {
        let text = COLLECTION.replace(&format!("\"{key}\": "), &format!("\"{key}\": {value}, \"{key}-was\": "));
        drop(read(&text));
    }
}
