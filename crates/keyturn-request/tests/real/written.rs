//! Code that is written for a request, run by what it is written for, and compared with what is sent for
//! the request itself.

use std::path::Path;

use keyturn_request::code::{Carrier, CodeError, CodeForm, code, curl_private, literal};
use keyturn_request::{Body, Content, Filled, Header, Param, Part, Request, Variables, fill};
use proptest::prelude::*;

use super::difference::{decoded, parts};
use super::support::bench::Bench;
use super::support::recorder::Recorded;
use super::support::{programs, run};

const FORMS: [CodeForm; 4] =
    [CodeForm::Curl, CodeForm::Httpie, CodeForm::Python, CodeForm::Javascript];

const ENVIRONMENT: [(&str, &str); 2] = [("ACME_TOKEN", run::SECRET), ("ACME_USER", "maya")];

impl Bench {
    fn request(&self, method: &str, path: &str) -> Request {
        Request::new(method, &format!("http://127.0.0.1:{}{path}", self.recorder.port))
    }

    /// What its code sends.
    fn by_code(&self, filled: &Filled, carriers: &[Carrier], form: CodeForm) -> Recorded {
        let written = code(filled, carriers, form).unwrap();
        assert!(!written.text.contains("canary"), "no form is given a secret");
        programs::run(form, &written.text, self.folder.path(), &ENVIRONMENT);
        let came = self.recorder.next();
        came.unwrap_or_else(|| panic!("nothing came of {}", written.text))
    }

    /// Runs every form that can say the request, and compares; the number of those that can.
    fn all_forms(&self, request: &Request) -> usize {
        let filled = fill(request, &Variables::new()).unwrap();
        let own = self.by_itself(&filled);
        let sayable = FORMS.into_iter().filter(|form| match code(&filled, &[], *form) {
            Ok(_) => true,
            Err(CodeError::Unsayable { .. }) => false,
            Err(error) => panic!("{error}"),
        });
        let run = sayable.map(|form| same(&own, &self.by_code(&filled, &[], form), form));
        run.count()
    }
}

fn same(own: &Recorded, came: &Recorded, form: CodeForm) {
    assert_eq!(came.method, own.method, "{form:?}");
    assert_eq!(decoded(&came.target), decoded(&own.target), "{form:?}");
    let joined = |recorded: &Recorded, name: &str| {
        let all = recorded.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        all.map(|(_, value)| value.clone()).collect::<Vec<_>>().join(", ")
    };
    let is_parts = |recorded: &Recorded| {
        recorded.header("content-type").is_some_and(|value| value.starts_with("multipart/"))
    };
    for (name, _) in &own.headers {
        let usual = ["host", "content-length"].contains(&name.to_ascii_lowercase().as_str());
        let with_boundary = name.eq_ignore_ascii_case("content-type") && is_parts(own);
        if !usual && !with_boundary {
            assert_eq!(joined(came, name), joined(own, name), "{form:?}: the header {name}");
        }
    }
    if own.header("content-type").is_none() && !own.body.is_empty() {
        assert_eq!(came.header("content-type"), None, "{form:?}");
    }
    assert_eq!(is_parts(came), is_parts(own), "{form:?}");
    if is_parts(own) {
        let named = |recorded: &Recorded| -> Vec<_> {
            let parts = parts(recorded).into_iter();
            parts.map(|(head, content)| (disposition(&head), content)).collect()
        };
        assert_eq!(named(came), named(own), "{form:?}");
    } else {
        let text = |recorded: &Recorded| String::from_utf8_lossy(&recorded.body).into_owned();
        assert_eq!(text(came), text(own), "{form:?}");
    }
}

/// A part's name, its file's name, and its type where it is a file: programs write the rest in their own ways.
fn disposition(head: &str) -> (String, String) {
    let line = |name: &str| {
        let found = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name));
        found.unwrap_or_default().split_once(':').unwrap_or_default().1.trim().to_owned()
    };
    let kind = if head.contains("filename=") { line("content-type:") } else { String::new() };
    (line("content-disposition:"), kind)
}

fn part(name: &str, content: Content, content_type: Option<&str>) -> Part {
    let content_type = content_type.map(str::to_owned);
    Part { name: name.to_owned(), content, content_type, on: true }
}

#[test]
fn every_form_sends_what_the_request_says() {
    let bench = Bench::new();
    let mut plain = bench.request("GET", "/v1/items/a%20b");
    plain.query = vec![Param::new("q", "a b&c=d/ä+'\"$x"), Param::new("empty", "")];
    plain.headers = vec![
        Header::new("X-A", "it's \"so\" $HOME `id` \\n 100%"),
        Header::new("Accept", "text/csv"),
    ];
    assert_eq!(bench.all_forms(&plain), 4);

    let mut json = bench.request("POST", "/v1/items");
    json.body = Body::Json {
        text: "{\"a\": \"it's $HOME `id` \\\\ \\\" ä 🙂 !\",\n \"b\": [1.0]}".into(),
    };
    json.headers = vec![Header::new("X-Empty", ""), Header::new("X-Letters", "Müller 東")];
    assert_eq!(bench.all_forms(&json), 4);

    let mut form = bench.request("PUT", "/search");
    form.body =
        Body::Form { fields: vec![Param::new("name", "Jane Doe & co"), Param::new("x", "@1=2")] };
    assert_eq!(bench.all_forms(&form), 4);

    let mut text = bench.request("PATCH", "/notes");
    text.body =
        Body::Text { content_type: Some("text/plain; charset=utf-8".into()), text: "@a\nb".into() };
    assert_eq!(bench.all_forms(&text), 4);

    let mut file = bench.request("POST", "/upload");
    file.body =
        Body::File { path: "data.bin".into(), content_type: Some("application/x-thing".into()) };
    assert_eq!(bench.all_forms(&file), 4);

    let mut parts = bench.request("POST", "/upload");
    let photo = Content::File { path: "photo.png".into(), file_name: Some("photo.png".into()) };
    let title = Content::Text { text: "a; \"b\" @c".into() };
    parts.body = Body::Multipart {
        parts: vec![part("title", title, None), part("photo", photo, Some("image/png"))],
    };
    assert_eq!(bench.all_forms(&parts), 4);

    let mut own_names = bench.request("POST", "/upload");
    let note = Content::File { path: "note.txt".into(), file_name: Some("an\"other;.txt".into()) };
    let typed = Content::Text { text: "{\"a\":\"b;c\"}".into() };
    own_names.body = Body::Multipart {
        parts: vec![
            part("f", note, Some("text/csv")),
            part("meta", typed, Some("application/json")),
        ],
    };
    assert_eq!(bench.all_forms(&own_names), 2, "HTTPie and fetch cannot say it, and say so");

    let mut brackets = bench.request("DELETE", "/v1/items");
    let raw = Param { encoded: true, ..Param::new("filter[a]", "b,c") };
    brackets.query = vec![raw];
    assert_eq!(bench.all_forms(&brackets), 4);
}

fn carriers() -> [Vec<Carrier>; 3] {
    let variable = || "ACME_TOKEN".to_owned();
    let scheme = Some("Bearer".to_owned());
    let name = "Authorization".to_owned();
    [
        vec![
            Carrier::Header { name: name.clone(), scheme, variable: variable() },
            Carrier::Header { name: "x-api-key".into(), scheme: None, variable: variable() },
        ],
        vec![Carrier::Basic { name, user: "ACME_USER".into(), variable: variable() }],
        vec![Carrier::Query { name: "api key".into(), variable: variable() }],
    ]
}

#[test]
fn x9_every_form_reads_the_credential_from_the_environment() {
    let bench = Bench::new();
    let mut request = bench.request("GET", "/v1/items");
    request.query = vec![Param::new("a", "b c")];
    let filled = fill(&request, &Variables::new()).unwrap();
    let [headers, basic, query] = carriers();
    for form in FORMS {
        let came = bench.by_code(&filled, &headers, form);
        assert_eq!(came.header("authorization").unwrap(), format!("Bearer {}", run::SECRET));
        assert_eq!(came.header("x-api-key").unwrap(), run::SECRET);
        let came = bench.by_code(&filled, &basic, form);
        // maya:canary-key-7x9z
        assert_eq!(came.header("authorization").unwrap(), "Basic bWF5YTpjYW5hcnkta2V5LTd4OXo=");
        let came = bench.by_code(&filled, &query, form);
        let target = came.target.replace('+', "%20");
        assert_eq!(target, format!("/v1/items?a=b%20c&api%20key={}", run::SECRET), "{form:?}");
    }
}

#[test]
fn no_form_takes_the_credential_along_to_where_an_answer_leads() {
    let bench = Bench::new();
    let filled = fill(&bench.request("GET", "/moved"), &Variables::new()).unwrap();
    let [headers, ..] = carriers();
    for form in FORMS {
        assert_eq!(bench.by_code(&filled, &headers, form).target, "/moved", "{form:?}");
        assert!(!bench.recorder.has_more(), "{form:?}");
    }
    let followed = "curl -sL -H x-api-key:a ".to_owned() + &filled.address();
    programs::run(CodeForm::Curl, &followed, bench.folder.path(), &ENVIRONMENT);
    let came: Vec<_> =
        [bench.recorder.next(), bench.recorder.next()].into_iter().flatten().collect();
    assert_eq!(
        came[1].header("x-api-key"),
        Some("a"),
        "a positive control: it does lead somewhere"
    );
}

#[test]
fn x6_code_that_would_run_in_a_browser_comes_with_a_warning() {
    let filled = fill(&Request::new("GET", "https://a.example/"), &Variables::new()).unwrap();
    for form in FORMS {
        let warned = code(&filled, &[], form).unwrap().warning.is_some();
        assert_eq!(warned, form == CodeForm::Javascript, "{form:?}");
    }
}

/// Puts a program before the real curl that writes down the arguments it was given.
///
/// The shell writes it: what this process had open for writing is busy while another test forks.
fn spy(folder: &Path) {
    let real = programs::printed("bash", &["-c", "command -v curl"]);
    let spy = folder.join("curl");
    let text =
        format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >>arguments\nexec {} \"$@\"\n", real.trim());
    let write = r#"printf %s "$1" > "$2" && chmod 755 "$2""#;
    programs::printed("bash", &["-c", write, "bash", &text, spy.to_str().unwrap()]);
}

#[test]
fn the_private_form_has_the_credential_neither_in_its_text_nor_in_the_list_of_processes() {
    let bench = Bench::new();
    let folder = bench.folder.path();
    spy(folder);
    let header = format!("printf 'Authorization: Bearer %s\\n' {}", "$ACME_TOKEN");
    let [headers, _, query] = carriers();
    let mut request = bench.request("POST", "/v1/items");
    request.body = Body::Json { text: "{}".into() };
    let posted = fill(&request, &Variables::new()).unwrap();
    let got = fill(&bench.request("GET", "/v1/items?x=1"), &Variables::new()).unwrap();
    let path = format!("export PATH={}:$PATH\n", folder.display());
    let arguments = || std::fs::read_to_string(folder.join("arguments")).unwrap();
    for (filled, carriers, expected) in
        [(&posted, &headers, "Bearer canary-key-7x9z"), (&got, &query, "api%20key=canary-key-7x9z")]
    {
        let command =
            curl_private(filled, carriers, &header, "printf '%s\\n' \"$ACME_TOKEN\"").unwrap();
        programs::run(CodeForm::Curl, &format!("{path}{command}"), folder, &ENVIRONMENT);
        let came = bench.recorder.next().unwrap();
        let carried =
            format!("{} {}", came.target, came.header("authorization").unwrap_or_default());
        assert!(carried.contains(expected), "{carried}");
        assert_eq!(came.body, if came.method == "POST" { b"{}".to_vec() } else { Vec::new() });
    }
    assert!(!arguments().contains("canary"), "{}", arguments());
    let plain = code(&posted, &headers, CodeForm::Curl).unwrap().text;
    programs::run(CodeForm::Curl, &format!("{path}{plain}"), folder, &ENVIRONMENT);
    assert!(arguments().contains("canary"), "a positive control: the plain form's are seen there");
}

/// Texts that end quotes, expand, or begin something in one of the languages.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "'",
        "\"",
        "\\",
        "$(id)",
        "`id`",
        "${HOME}",
        "$HOME",
        "!",
        "\\'",
        "\\\"",
        "%0a",
        "{{",
        "#{x}",
        "%s",
        "=",
        ":",
        "@",
        ";",
        "&",
        "|",
        ">",
        "ä",
        "🙂",
        "\u{2028}",
        " ",
        "a",
        "\\n",
        "\\u0041",
        "</script>",
        "*",
        "~",
        "^",
        "-",
        "//",
        "==",
        ":=",
        "(",
        ")",
        "[",
        "]",
    ]);
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat().trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// A header, a body and an address of any text come out as themselves, in every form that does not
    /// say that it cannot.
    #[test]
    fn no_text_gets_out_of_its_quotes(header in nasty(), body in nasty(), query in nasty()) {
        let bench = Bench::new();
        let mut request = bench.request("POST", "/x");
        request.headers = vec![Header::new("X-A", &header.replace("{{", "{"))];
        let text = serde_json::json!({ "a": body.replace("{{", "{") }).to_string();
        request.body = Body::Json { text };
        request.query = vec![Param::new("q", &query.replace("{{", "{"))];
        prop_assert!(bench.all_forms(&request) >= 3);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Many texts with one start of the program.
    #[test]
    fn a_literal_is_the_same_text_in_python_and_javascript(
        texts in prop::collection::vec("[^\u{0}]{0,40}", 50)
    ) {
        let list = texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ");
        let python = format!("import json\nprint(json.dumps([{list}]))");
        let node = format!("console.log(JSON.stringify([{list}]))");
        for printed in [programs::printed("python", &["-c", &python]), programs::printed("node", &["-e", &node])] {
            let read: Vec<String> = serde_json::from_str(&printed).unwrap();
            prop_assert_eq!(&read, &texts);
        }
    }
}
