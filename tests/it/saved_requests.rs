//! Requests that are saved with a credential: made, sent, imported and removed from the command line.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::World;

fn with_deepvue() -> World {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world
}

fn names(world: &World) -> Vec<String> {
    let list = world.keyturn(&["saved", "deepvue/main", "--format", "json"]).run().done().json();
    let name = |view: &Value| view["saved"]["name"].as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(name).collect()
}

#[test]
fn a_request_is_saved_without_being_sent_and_sent_by_its_name_with_its_checks() {
    let world = with_deepvue();
    let words = ["request", "deepvue/main", "GET", "/v1/{what}", "--query", "day={{day}}"];
    let save = [
        "--header",
        "x-trace: one",
        "--save",
        "of a day",
        "--check",
        "status 404",
        "--check",
        "json $.nothing absent",
    ];
    let saved = world.keyturn(&[&words[..], &save].concat()).run().done();
    assert!(saved.stdout.contains("nothing was sent"), "{}", saved.stdout);
    assert_eq!(world.admin().total(Provider::Deepvue), 0);
    world.keyturn(&["stop"]).run().done();
    world.unlock();

    let listed = world.keyturn(&["saved", "deepvue/main"]).run().done().stdout;
    assert!(listed.contains("of a day") && listed.contains("day, what"), "{listed}");
    let shown = world.keyturn(&["saved", "deepvue/main", "of a day"]).run().done().stdout;
    for said in ["GET /v1/{what}", "day={{day}}", "x-trace: one", "status is 404"] {
        let short = said.replace("status is", "status");
        assert!(shown.contains(said) || shown.contains(&short), "{said}: {shown}");
    }
    let send = ["request", "deepvue/main", "--saved", "of a day"];
    let missing = world.keyturn(&send).run().exits(2);
    assert!(missing.stderr.contains("no value is given for"), "{}", missing.stderr);
    assert_eq!(world.admin().total(Provider::Deepvue), 0);
    let filled = ["--variable", "what=other", "--variable", "day=monday"];
    let answered = world.keyturn(&[&send[..], &filled].concat()).run();
    let seen = world.admin().requests(Provider::Deepvue).pop().unwrap();
    assert_eq!(seen.path, "/v1/other");
    assert_eq!(seen.header("x-trace"), Some("one"));
    assert!(answered.stderr.contains("passed: "), "{}", answered.stderr);
    let history = world.json(&["exchanges", "deepvue/main"]);
    assert_eq!(history[0]["saved"], "of a day", "{history}");
    assert_eq!(history[0]["query"], json!(["day"]));
    assert_eq!(history[0]["checks_passed"], 2, "{history}");

    let unknown = world.keyturn(&[&send[..], &filled, &["--variable", "nope=1"]].concat());
    let unknown = unknown.run().exits(2).stderr;
    assert!(unknown.contains("'nope'") && unknown.contains("day, what"), "{unknown}");
    let taken = world.keyturn(&[&words[..], &save].concat()).run().exits(5);
    assert!(taken.stderr.contains("saved already"), "{}", taken.stderr);
    world.keyturn(&[&words[..], &save, &["--yes"]].concat()).run().done();
    world.keyturn(&["saved", "deepvue/main", "--remove", "of a day"]).run().done();
    assert_eq!(names(&world), [""; 0]);
    world.keyturn(&["saved", "deepvue/main", "--remove", "of a day"]).run().exits(4);
    world.keyturn(&send).run().exits(4);
}

#[test]
fn a_check_that_fails_is_told_with_what_was_there_and_ends_with_1() {
    let world = with_deepvue();
    let words = ["request", "deepvue/main", "--sample", "panbasic", "--check"];
    world.keyturn(&[&words[..], &["status 200"]].concat()).run().done();
    let failed = world.keyturn(&[&words[..], &["status 201"]].concat()).run().exits(1);
    assert!(
        failed.stderr.contains("failed: ") && failed.stderr.contains("200"),
        "{}",
        failed.stderr
    );
    let total = world.admin().total(Provider::Deepvue);
    world.keyturn(&[&words[..], &["status fine"]].concat()).run().exits(2);
    assert_eq!(world.admin().total(Provider::Deepvue), total, "nothing was sent");
    let history = world.json(&["exchanges", "deepvue/main", "--search", "panbasic"]);
    assert_eq!(history[0]["checks_failed"], 1, "{history}");
}

#[test]
fn a_sample_and_a_pasted_command_are_saved_without_their_credential_and_another_hosts_is_not() {
    let world = with_deepvue();
    world
        .keyturn(&["request", "deepvue/main", "--sample", "panbasic", "--save", "pan"])
        .run()
        .done();
    let given = ["--query", "pan_number=ABCDE1234F", "--save", "a'b$(id)"];
    let sample = ["request", "deepvue/main", "--sample", "panbasic"];
    let saved = world.keyturn(&[&sample[..], &given].concat()).run().done();
    assert!(saved.stderr.contains(r"--saved 'a'\''b$(id)'"), "{}", saved.stderr);
    let shown = world.json(&["saved", "deepvue/main", "a'b$(id)"]);
    assert_eq!(shown["request"]["query"].as_array().unwrap().len(), 1, "{shown}");
    world.keyturn(&["saved", "deepvue/main", "--remove", "a'b$(id)"]).run().done();
    let base = world.sandbox().base_url(Provider::Deepvue);
    let base = base.trim_end_matches('/');
    let command = format!("curl '{base}/v1/other?a=b' -H 'Authorization: Bearer canary-pasted-1'");
    let save = ["request", "deepvue/main", "--from-curl", "--save", "pasted"];
    let saved = world.keyturn(&save).stdin(&command).run().done();
    assert!(saved.stderr.contains("taken out: "), "{}", saved.stderr);
    let foreign = ["request", "deepvue/main", "--from-curl", "--save", "foreign"];
    world.keyturn(&foreign).stdin("curl https://elsewhere.invalid/v1").run().exits(5);
    let by_hand =
        ["request", "deepvue/main", "/v1/x", "--header", "Authorization: x", "--save", "a"];
    let refused = world.keyturn(&by_hand).run().exits(5);
    assert!(refused.stderr.contains("authenticates"), "{}", refused.stderr);
    let list = world.json(&["saved", "deepvue/main"]);
    assert_eq!(names(&world), ["pan", "pasted"]);
    assert_eq!(list[0]["saved"]["sample"], "panbasic");
    assert_eq!(list[1]["saved"]["request"]["url"], "/v1/other");
    assert!(!list.to_string().contains("canary"), "{list}");
    assert_eq!(world.admin().total(Provider::Deepvue), 0, "nothing was sent");
    world.keyturn(&["request", "deepvue/main", "--saved", "pan"]).run().done();
}

#[test]
fn documents_are_imported_whole_with_names_of_their_own_and_without_what_authenticates() {
    let world = with_deepvue();
    let openapi = json!({
        "openapi": "3.0.3",
        "info": { "title": "Orders", "version": "1" },
        "paths": { "/v1/orders": {
            "get": { "summary": "orders", "parameters": [
                { "name": "day", "in": "query", "required": true, "schema": { "type": "string" } },
                { "name": "api_key", "in": "query", "required": true, "schema": { "type": "string" } },
            ] },
            "post": { "summary": "orders" },
        } },
    });
    let file = world.folder().join("openapi.json");
    std::fs::write(&file, openapi.to_string()).unwrap();
    let import = ["saved", "deepvue/main", "--import", file.to_str().unwrap()];
    let done = world.keyturn(&import).run().done();
    assert!(done.stdout.contains("2 requests are saved"), "{}", done.stdout);
    assert_eq!(names(&world), ["orders", "orders 2"]);

    let base = world.sandbox().base_url(Provider::Deepvue);
    let postman = json!({
        "info": {
            "name": "Orders",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [
            { "name": "own", "request": {
                "method": "GET",
                "header": [{ "key": "x-api-key", "value": "canary-collected-1" }],
                "url": format!("{}/v1/own", base.trim_end_matches('/')),
            } },
            { "name": "by variable", "request": { "method": "GET", "url": "{{baseUrl}}/v1/own" } },
            { "name": "foreign", "request": { "method": "GET", "url": "https://elsewhere.invalid/" } },
        ],
    });
    let import = ["saved", "deepvue/main", "--import", "-"];
    let done = world.keyturn(&import).stdin(&postman.to_string()).run().exits(1);
    assert!(done.stderr.contains("not saved: foreign"), "{}", done.stderr);
    assert!(done.stderr.contains("taken out: own"), "{}", done.stderr);
    assert_eq!(names(&world), ["by variable", "orders", "orders 2", "own"]);
    let list = world.json(&["saved", "deepvue/main"]);
    assert!(!list.to_string().contains("canary"), "{list}");
    assert_eq!(list[0]["saved"]["request"]["url"], "/v1/own");
    let neither = world.keyturn(&import).stdin("neither of them").run().exits(2);
    assert!(neither.stderr.contains("no OpenAPI 3 document"), "{}", neither.stderr);
    assert_eq!(world.admin().total(Provider::Deepvue), 0, "nothing was sent");
}

#[test]
fn an_import_names_its_files_and_its_reasons_and_a_file_is_named_again_before_it_is_sent() {
    let world = with_deepvue();
    let file = world.folder().join("chosen-by-another.txt");
    std::fs::write(&file, "canary-in-a-file").unwrap();
    let path = file.to_str().unwrap();
    let body = json!({ "mode": "file", "file": { "src": path } });
    let item = |name: &str, url: &str, body: &Value| {
        let header = [json!({ "key": "x-api-key", "value": "canary-collected-2" })];
        json!({ "name": name, "request":
            { "method": "POST", "header": header, "url": url, "body": body } })
    };
    let own = "{{baseUrl}}/v1/own";
    let collection = json!({
        "info": {
            "name": "Files",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [
            item("sends a file", own, &body),
            item("", own, &Value::Null),
            item("", own, &Value::Null),
            item("foreign", "https://elsewhere.invalid/", &Value::Null),
        ],
    });
    let collection = collection.to_string();
    let import = ["saved", "deepvue/main", "--import", "-", "--format", "json"];
    let nowhere = [&import[..], &["--environment", "nope"]].concat();
    let nowhere = world.keyturn(&nowhere).stdin(&collection).run().exits(4).error();
    assert_eq!(nowhere["code"], "not_found");
    let told = world.keyturn(&import).stdin(&collection).run().exits(1);
    let named = format!("file: sends a file: it sends the content of {path}");
    assert!(told.stderr.contains(&named), "{}", told.stderr);
    let document = told.json();
    assert_eq!(document["files"], json!([{ "name": "sends a file", "path": path }]));
    let taken_out = document["taken_out"].to_string();
    assert!(taken_out.contains("x-api-key") && !taken_out.contains("canary"), "{taken_out}");
    assert_eq!(document["not_saved"][0]["name"], "foreign");
    assert!(document["not_saved"][0]["why"].is_string(), "{document}");
    let saved = document["saved"].as_array().unwrap();
    assert_eq!(saved.len(), 3, "those without a name get one: {document}");
    let listed = world.keyturn(&["saved", "deepvue/main"]).run().done().stdout;
    assert!(listed.contains(path), "{listed}");
    for words in [&["--dry-run"][..], &[]] {
        let send = ["request", "deepvue/main", "--saved", "sends a file"];
        let asked = world.keyturn(&[&send[..], words].concat()).run();
        let named = format!("file: it sends the content of {path}");
        assert!(asked.stderr.contains(&named), "{}", asked.stderr);
    }
    let curl = format!(
        "curl '{}/v1/x' --data-binary @{path}",
        world.sandbox().base_url(Provider::Deepvue).trim_end_matches('/')
    );
    let pasted = ["request", "deepvue/main", "--from-curl", "--dry-run"];
    let pasted = world.keyturn(&pasted).stdin(&curl).run().done().stderr;
    assert!(pasted.contains(&format!("the content of {path}")), "{pasted}");
    assert_eq!(world.admin().total(Provider::Deepvue), 0, "nothing was sent");
}

#[test]
fn a_curl_command_is_imported_as_documentation_prints_it() {
    let world = with_deepvue();
    let url = world.sandbox().base_url(Provider::Deepvue).trim_end_matches('/').to_owned();
    let printed = format!("\u{feff}# Ask\n$ /usr/bin/curl '{url}/v1/asked?a=b'");
    let import = ["saved", "deepvue/main", "--import", "-"];
    world.keyturn(&import).stdin(&printed).run().done();
    let listed = world.keyturn(&["saved", "deepvue/main"]).run().done().stdout;
    assert!(listed.contains("GET /v1/asked"), "{listed}");
}

#[test]
fn what_cannot_count_is_refused_before_a_yes_is_asked_for() {
    let world = with_deepvue();
    let words = ["request", "deepvue/main"];
    let purge = world.keyturn(&[&words[..], &["PURGE", "/v1/x"]].concat()).run().exits(2);
    assert!(purge.stderr.contains("not an HTTP method"), "{}", purge.stderr);
    assert!(purge.stderr.contains("Use one of GET, HEAD"), "{}", purge.stderr);
    let piped = ["POST", "/v1/x", "--body-file", "-", "--save", "piped"];
    let piped = world.keyturn(&[&words[..], &piped].concat()).stdin("x").run().exits(2);
    assert!(piped.stderr.contains("Name a file with --body-file"), "{}", piped.stderr);
    let check = ["/v1/x", "--check", "status 200"];
    for form in [&["--dry-run"][..], &["--as", "curl"]] {
        world.keyturn(&[&words[..], &check, form].concat()).run().exits(2);
    }
}
