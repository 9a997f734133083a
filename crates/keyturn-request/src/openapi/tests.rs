//! Documents of both versions, in JSON and YAML, and hostile ones.

use proptest::prelude::*;

use super::*;
use crate::value::Body;
use crate::{Variables, fill};

const YAML: &str = r##"
openapi: 3.1.0
info: { title: "Lamps\n and more", version: "1" }
servers:
  - url: https://{region}.lamps.example/v2
    variables: { region: { default: eu } }
  - url: https://api.acme.example/v2
paths:
  /lamps/{lamp id}:
    parameters:
      - { name: lamp id, in: path, required: true, schema: { type: string }, example: l-1 }
      - { name: trace, in: header, schema: { type: string } }
    get:
      summary: Look at a lamp
      tags: [lamps]
      parameters:
        - $ref: "#/components/parameters/Fields"
        - { name: page, in: query, required: true, schema: { type: integer } }
        - { name: api_key, in: query, required: true, schema: { type: string } }
        - { name: X-Api-Key, in: header, required: true, schema: { type: string } }
        - { name: sid, in: cookie, schema: { type: string } }
    put:
      operationId: putLamp
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Lamp" }
  /upload:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                title: { type: string, example: mine }
                photo: { type: string, format: binary }
  /form:
    post:
      requestBody:
        $ref: "other.yaml#/Body"
    patch:
      requestBody:
        content:
          application/x-www-form-urlencoded:
            examples: { one: { value: { a: b c, n: 3 } } }
components:
  parameters:
    Fields: { name: fields, in: query, required: false, schema: { type: array, items: {} }, example: [a, b] }
  schemas:
    Lamp:
      type: object
      properties:
        id: { type: string, readOnly: true }
        at: { type: [string, "null"], format: date-time }
        on: { type: boolean, default: true }
        kind: { enum: [floor, desk] }
        next: { $ref: "#/components/schemas/Lamp" }
        client_secret: { type: string }
        parts:
          type: array
          items: { allOf: [ { properties: { w: { type: integer, minimum: 5 } } }, { properties: { n: { type: string } } } ] }
"##;

fn described() -> Described {
    read(YAML, "https://api.acme.example/").unwrap()
}

fn operation<'a>(described: &'a Described, name: &str) -> &'a Operation {
    described.operations.iter().find(|one| one.name == name).unwrap()
}

#[test]
fn operations_become_requests_to_the_environment_with_variables() {
    let described = described();
    assert_eq!(described.title, "Lamps and more");
    let one = operation(&described, "Look at a lamp");
    assert_eq!(one.folder.as_deref(), Some("lamps"));
    let request = &one.imported.request;
    assert_eq!(
        (request.method.as_str(), request.url.as_str()),
        ("GET", "https://api.acme.example/v2/lamps/{lamp_id}")
    );
    assert_eq!(request.variables["lamp_id"], "l-1");
    let query: Vec<_> = request
        .query
        .iter()
        .map(|one| (one.name.as_str(), one.value.clone().unwrap(), one.on))
        .collect();
    assert_eq!(
        query,
        [
            ("fields", "a".to_owned(), false),
            ("fields", "b".to_owned(), false),
            ("page", "{{page}}".to_owned(), true)
        ]
    );
    assert_eq!(request.headers.len(), 1);
    let given = Variables::from([("page".to_owned(), "2".to_owned())]);
    assert_eq!(
        fill(request, &given).unwrap().address(),
        "https://api.acme.example/v2/lamps/l-1?page=2"
    );
}

#[test]
fn credentials_are_taken_out_and_told() {
    let described = described();
    let told: Vec<_> = operation(&described, "Look at a lamp")
        .imported
        .removed
        .iter()
        .map(|one| format!("{:?}", one.place))
        .collect();
    assert_eq!(told, ["Header(\"X-Api-Key\")", "Header(\"Cookie\")", "Query(\"api_key\")"]);
}

#[test]
fn a_body_is_built_from_its_schema_and_circles_end() {
    let described = described();
    let Body::Json { text } = &operation(&described, "putLamp").imported.request.body else {
        panic!("it is JSON")
    };
    let built: Value = serde_json::from_str(text).unwrap();
    let expected = serde_json::json!({
        "at": "2026-01-01T00:00:00Z", "client_secret": "{{client_secret}}", "kind": "floor", "next": null,
        "on": true, "parts": [{ "n": "string", "w": 5 }]
    });
    // The first look into the circle is still there.
    let next = built["next"].clone();
    assert!(next.is_null() || next["next"].is_null(), "{next}");
    for key in ["at", "client_secret", "kind", "on", "parts"] {
        assert_eq!(built[key], expected[key], "{key}");
    }
    assert_eq!(built.get("id"), None, "what is only answered is not sent");
}

#[test]
fn forms_and_files_are_bodies_of_their_own_kind() {
    let described = described();
    let Body::Multipart { parts } = &operation(&described, "POST /upload").imported.request.body
    else {
        panic!("it is in parts")
    };
    assert_eq!(parts.len(), 2);
    let names = crate::variables_of(&operation(&described, "POST /upload").imported.request);
    assert_eq!(
        names.into_iter().collect::<Vec<_>>(),
        ["photo"],
        "the file is the user's to choose"
    );
    let Body::Form { fields } = &operation(&described, "PATCH /form").imported.request.body else {
        panic!("it is a form")
    };
    assert_eq!(crate::percent::written(fields, crate::percent::Of::Form), "a=b+c&n=3");
}

#[test]
fn other_hosts_and_references_out_of_the_document_are_told_and_never_fetched() {
    let described = described();
    let told: Vec<_> = described.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("the server eu.lamps.example"), "{told:?}");
    let one = operation(&described, "POST /form");
    assert!(one.imported.request.body.is_none());
    assert!(one.imported.left_out[0].to_string().contains("nothing is fetched"));
}

#[test]
fn what_is_no_document_of_this_kind_is_refused() {
    for (text, expected) in [
        ("{\"swagger\":\"2.0\"}", OpenApiError::Older),
        ("{\"openapi\":\"4.0.0\"}", OpenApiError::NotOpenApi),
        ("just text", OpenApiError::NotOpenApi),
        ("a: [", OpenApiError::NotReadable),
        ("", OpenApiError::NotOpenApi),
    ] {
        assert_eq!(read(text, "https://a.example"), Err(expected), "{text}");
    }
    assert_eq!(read(&" ".repeat(LONGEST_DOCUMENT + 1), ""), Err(OpenApiError::TooLong));
    let paths: Vec<_> =
        (0..=MOST_OPERATIONS).map(|at| format!("\"/{at}\":{{\"get\":{{}}}}")).collect();
    let many = format!("{{\"openapi\":\"3.0.0\",\"paths\":{{{}}}}}", paths.join(","));
    assert_eq!(read(&many, ""), Err(OpenApiError::TooMany));
}

#[test]
fn bombs_of_references_and_aliases_stay_small() {
    // Each schema has ten of the next, ten deep.
    let schemas: Vec<_> = (0..10)
        .map(|at| {
            let members: Vec<_> = (0..10)
                .map(|m| format!("\"m{m}\":{{\"$ref\":\"#/components/schemas/S{}\"}}", at + 1))
                .collect();
            format!("\"S{at}\":{{\"properties\":{{{}}}}}", members.join(","))
        })
        .collect();
    let document = format!(
        "{{\"openapi\":\"3.0.3\",\"paths\":{{\"/x\":{{\"post\":{{\"requestBody\":{{\"content\":{{\"application/json\":{{\"schema\":{{\"$ref\":\"#/components/schemas/S0\"}}}}}}}}}}}}}},\"components\":{{\"schemas\":{{{}}}}}}}",
        schemas.join(",")
    );
    let described = read(&document, "https://a.example").unwrap();
    let Body::Json { text } = &described.operations[0].imported.request.body else {
        panic!("it is JSON")
    };
    assert!(text.len() < 256 * 1024, "{}", text.len());

    let mut yaml = String::from("openapi: 3.0.0\na0: &a0 [x]\n");
    for at in 0..30 {
        let many = vec![format!("*a{at}"); 10].join(", ");
        let name = format!("a{}", at + 1);
        yaml.extend([name.as_str(), ": &", name.as_str(), " [", many.as_str(), "]\n"]);
    }
    assert_eq!(read(&yaml, ""), Err(OpenApiError::NotReadable), "its limits are kept");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        drop(read(&text, "https://a.example"));
        drop(read(&format!("openapi: 3.0.0\npaths:\n  {text}"), "https://a.example"));
    }

    #[test]
    fn no_damage_to_a_document_makes_it_panic(at in 0..YAML.len(), with in "[\\PC\n]{0,5}", gone in 0usize..20) {
        let end = (at + gone).min(YAML.len());
        let damaged = format!("{}{with}{}", YAML.get(..at).unwrap_or(""), YAML.get(end..).unwrap_or(""));
        drop(read(&damaged, "https://a.example"));
    }
}
