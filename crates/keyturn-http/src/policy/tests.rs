use keyturn_core::Secret;
use keyturn_providers::{Catalogue, PlainHttp};

use super::*;

const KEY: &str = "long-lived-key-7x9z";
const TOKEN: &str = "eyJ.access.token-42";

struct Setting {
    profile: Profile,
    endpoint: Endpoint,
    secrets: SecretFields,
    token: SecretString,
}

impl Setting {
    fn of(provider: &str, field: &str) -> Self {
        let profile = Catalogue::builtin().get(&provider.parse().unwrap()).unwrap().clone();
        let url = "https://127.0.0.1:8443";
        let secrets = [(field.parse().unwrap(), Secret::new(KEY.to_owned()))];
        Self {
            profile,
            endpoint: Endpoint::new(url, None, PlainHttp::Never).unwrap(),
            secrets: secrets.into_iter().collect(),
            token: Secret::new(TOKEN.to_owned()),
        }
    }

    fn build(&self, recipe: &str, request: &UserRequest) -> Result<Outgoing, PolicyError> {
        let recipe = self.profile.recipe(recipe).unwrap();
        let token = Some(&self.token);
        build_request(&self.profile, recipe, &self.endpoint, token, &self.secrets, request)
    }
}

fn get(path: &str) -> UserRequest {
    UserRequest { method: "GET".to_owned(), path: path.to_owned(), ..UserRequest::default() }
}

fn values(outgoing: &Outgoing) -> Vec<(&str, &str)> {
    let pairs = outgoing.headers.iter();
    pairs.map(|header| (header.name.as_str(), header.value.expose())).collect()
}

#[test]
fn dv5_the_bearer_alone_brings_no_long_lived_secret_along() {
    let deepvue = Setting::of("deepvue", "client_secret");
    let outgoing = deepvue.build("bearer", &get("/v1/things")).unwrap();
    assert_eq!(values(&outgoing), [("Authorization", "Bearer eyJ.access.token-42")]);
    let both = deepvue.build("bearer-and-key", &get("/v1/verification/panbasic")).unwrap();
    assert_eq!(values(&both)[1], ("x-api-key", KEY));
    let alone = deepvue.build("key", &get("/v1/things")).unwrap();
    assert_eq!(values(&alone), [("x-api-key", KEY)]);
}

#[test]
fn de1_the_api_key_is_refused_at_any_other_endpoint_with_the_reason() {
    let deeply = Setting::of("deeply", "api_key");
    let refused = deeply.build("issue", &get("/api/v1/events")).unwrap_err();
    let words = refused.to_string();
    assert!(matches!(refused, PolicyError::WrongEndpoint { .. }), "{words}");
    assert!(words.contains("/api/v1/events") && words.contains("issuing access tokens"), "{words}");
    assert!(deeply.build("issue", &get("/api/v1/auth/reissue")).is_ok(), "where it belongs");
}

#[test]
fn de1_the_api_key_put_in_by_hand_is_refused_wherever_it_stands() {
    let deeply = Setting::of("deeply", "api_key");
    let by_hand = |change: &dyn Fn(&mut UserRequest)| {
        let mut request = UserRequest { method: "POST".to_owned(), ..get("/api/v1/events") };
        change(&mut request);
        deeply.build("bearer", &request).unwrap_err()
    };
    let wrong = |error: PolicyError| {
        assert!(matches!(error, PolicyError::WrongEndpoint { .. }), "{error:?}");
    };
    wrong(by_hand(&|request| request.headers.push(("x-note".into(), format!("a {KEY}")))));
    wrong(by_hand(&|request| request.body = UserBody::Form(vec![("k".into(), KEY.into())])));
    let file = |name: &str, bytes: &str| UserContent::File {
        name: name.to_owned(),
        bytes: bytes.as_bytes().to_vec(),
    };
    let text = || UserContent::Text("v".to_owned());
    let parts: [&dyn Fn() -> UserPart; 4] = [
        &|| UserPart { name: KEY.to_owned(), content: text(), content_type: None },
        &|| UserPart { name: "f".to_owned(), content: file("f", KEY), content_type: None },
        &|| UserPart { name: "f".to_owned(), content: file(KEY, "v"), content_type: None },
        &|| UserPart {
            name: "f".to_owned(),
            content: text(),
            content_type: Some(format!("a/{KEY}")),
        },
    ];
    for part in parts {
        wrong(by_hand(&|request| request.body = UserBody::Multipart(vec![part()])));
    }
    wrong(by_hand(&|request| {
        let bytes = format!("{{\"k\":\"{KEY}\"}}").into_bytes();
        request.body = UserBody::Bytes { content_type: "application/json".into(), bytes };
    }));
    wrong(by_hand(&|request| request.headers.push((KEY.into(), "v".into()))));
    let url = by_hand(&|request| request.query.push(("k".into(), KEY.into())));
    assert_eq!(url, PolicyError::SecretInUrl { field: "api_key".to_owned() });
}

#[test]
fn no_secret_stands_in_an_address() {
    let deepvue = Setting::of("deepvue", "client_secret");
    let in_path = deepvue.build("bearer", &get(&format!("/v1/{TOKEN}"))).unwrap_err();
    assert_eq!(in_path, PolicyError::SecretInUrl { field: "token".to_owned() });
    let mut request = get("/v1/x");
    request.query.push(("key".to_owned(), "bG9uZy1saXZlZC1rZXktN3g5eg".to_owned()));
    let encoded = deepvue.build("bearer", &request).unwrap_err();
    assert!(matches!(encoded, PolicyError::SecretInUrl { .. }), "base64 too: {encoded:?}");
}

#[test]
fn a_header_given_by_hand_does_not_overrule_the_recipe() {
    let deepvue = Setting::of("deepvue", "client_secret");
    for name in ["authorization", "AUTHORIZATION", "x-api-key", "Cookie"] {
        let mut request = get("/v1/x");
        request.headers.push((name.to_owned(), "something".to_owned()));
        let error = deepvue.build("bearer", &request).unwrap_err();
        assert_eq!(error, PolicyError::HeaderConflict { name: name.to_owned() });
    }
    let mut request = get("/v1/x");
    request.headers.push(("Host".to_owned(), "evil.example".to_owned()));
    let error = deepvue.build("bearer", &request).unwrap_err();
    assert!(matches!(error, PolicyError::ReservedHeader { .. }), "{error:?}");
}

#[test]
fn a_header_cannot_smuggle_another_one_in() {
    let deepvue = Setting::of("deepvue", "client_secret");
    for (name, value) in [("x-a", "b\r\nHost: evil"), ("x-a", "b\nc"), ("x-a", "\0")] {
        let mut request = get("/v1/x");
        request.headers.push((name.to_owned(), value.to_owned()));
        let error = deepvue.build("bearer", &request).unwrap_err();
        assert!(matches!(error, PolicyError::BadHeaderValue { .. }), "{error:?}");
    }
    for name in ["x a", "x:a", "x\r\na", ""] {
        let mut request = get("/v1/x");
        request.headers.push((name.to_owned(), "b".to_owned()));
        assert_eq!(deepvue.build("bearer", &request).unwrap_err(), PolicyError::BadHeaderName);
    }
}

#[test]
fn the_path_that_is_checked_is_the_path_that_is_sent() {
    let deepvue = Setting::of("deepvue", "client_secret");
    for path in ["/v10/x", "/", "/v1%2Fx"] {
        let error = deepvue.build("bearer", &get(path)).unwrap_err();
        assert!(matches!(error, PolicyError::PathNotCovered { .. }), "{path}: {error:?}");
    }
    for path in ["v1/x", "//127.0.0.1:8443/v1", "/v1?x=y", "/v1#x", "/v1\\x", "/v1\r\nx"] {
        assert_eq!(
            deepvue.build("bearer", &get(path)).unwrap_err(),
            PolicyError::BadPath,
            "{path}"
        );
    }
    let outgoing = deepvue.build("bearer", &get("/v1/%61%2Fb c%2D...")).unwrap();
    assert_eq!(outgoing.path, "/v1/a%2Fb%20c-...");
}

#[test]
fn de1_a_segment_that_some_server_reads_as_leading_upwards_is_refused_before_a_byte_leaves() {
    let deeply = Setting::of("deeply", "api_key");
    let deepvue = Setting::of("deepvue", "client_secret");
    for rest in [
        "/../events",
        "/./x",
        "/..%2f..%2fevents",
        "/..%5c..%5cevents",
        "/..;/..;/events",
        "/%2e%2e%2fevents",
        "/%2e%2e;a=b/events",
        "/..%252fevents",
        "/x%2F../events",
    ] {
        let issue = deeply.build("issue", &get(&format!("/api/v1/auth/reissue{rest}")));
        assert_eq!(issue.unwrap_err(), PolicyError::DotSegment, "{rest}");
        let bearer = deepvue.build("bearer", &get(&format!("/v1{rest}")));
        assert_eq!(bearer.unwrap_err(), PolicyError::DotSegment, "{rest}");
    }
    for path in ["/api/v1/auth/reissue//events", "/api/v1/auth/reissue/;a=b/events"] {
        let error = deeply.build("issue", &get(path)).unwrap_err();
        assert!(matches!(error, PolicyError::EmptySegment { .. }), "{path}: {error:?}");
    }
    let whole = "/v1/sites/https%3A%2F%2Facme.example%2F/";
    assert_eq!(deepvue.build("bearer", &get(whole)).unwrap().path, whole, "no dot segment");
}

#[test]
fn dc6_the_endpoint_that_reveals_the_key_is_never_called() {
    let deepcurrent = Setting::of("deepcurrent", "api_key");
    for path in ["/api/v1/users/me/api-key", "/api/v1/users/me/api%2dkey/regenerate-request"] {
        let error = deepcurrent.build("key", &get(path)).unwrap_err();
        assert!(matches!(error, PolicyError::NeverCalled { .. }), "{error:?}");
    }
    assert!(deepcurrent.build("key", &get("/api/v1/users/me")).is_ok());
}

#[test]
fn what_is_shown_of_a_request_has_no_secret() {
    let deepvue = Setting::of("deepvue", "client_secret");
    let outgoing = deepvue.build("bearer-and-key", &get("/v1/verification/panbasic")).unwrap();
    let sent = outgoing.described(&deepvue.endpoint);
    assert_eq!(sent.url, "https://127.0.0.1:8443/v1/verification/panbasic");
    let shown = format!("{sent:?} {outgoing:?}");
    assert!(!shown.contains(KEY) && !shown.contains(TOKEN), "{shown}");
    assert!(shown.contains("<redacted>"));
    assert!(values(&outgoing).iter().any(|(_, value)| value.contains(KEY)), "positive control");
}

#[test]
fn a_recipe_whose_secret_is_missing_is_refused() {
    let mut deepvue = Setting::of("deepvue", "client_id");
    let error = deepvue.build("key", &get("/v1/x")).unwrap_err();
    assert_eq!(error, PolicyError::NoField { field: "client_secret".parse().unwrap() });
    deepvue.token = Secret::new("x".to_owned());
    let recipe = deepvue.profile.recipe("bearer").unwrap();
    let (profile, endpoint) = (&deepvue.profile, &deepvue.endpoint);
    let error = build_request(profile, recipe, endpoint, None, &deepvue.secrets, &get("/v1/x"));
    assert_eq!(error.unwrap_err(), PolicyError::NoToken);
}

#[test]
fn a_get_has_no_body() {
    let deepvue = Setting::of("deepvue", "client_secret");
    let request = UserRequest { body: UserBody::Form(Vec::new()), ..get("/v1/x") };
    assert_eq!(deepvue.build("bearer", &request).unwrap_err(), PolicyError::BodyNotAllowed);
    let request = UserRequest { method: "BREW".to_owned(), ..get("/v1/x") };
    assert_eq!(deepvue.build("bearer", &request).unwrap_err(), PolicyError::BadMethod);
}

#[test]
fn what_no_body_can_be_is_refused() {
    let deepvue = Setting::of("deepvue", "client_secret");
    let post = |body| UserRequest { method: "POST".to_owned(), body, ..get("/v1/x") };
    let bytes = |content_type: &str, length: usize| {
        post(UserBody::Bytes { content_type: content_type.to_owned(), bytes: vec![0; length] })
    };
    let refused = |request: &UserRequest| deepvue.build("bearer", request).unwrap_err();
    assert_eq!(refused(&bytes("a/b", LARGEST_BODY + 1)), PolicyError::BodyTooLarge(LARGEST_BODY));
    assert!(deepvue.build("bearer", &bytes("a/b", LARGEST_BODY)).is_ok(), "the largest");
    assert_eq!(refused(&bytes("csv", 1)), PolicyError::BadMediaType);
    let smuggled = refused(&bytes("a/b\r\nx-b: c", 1));
    assert!(matches!(smuggled, PolicyError::BadHeaderValue { .. }), "{smuggled:?}");
    let mut multipart = post(UserBody::Multipart(Vec::new()));
    multipart.headers.push(("Content-Type".to_owned(), "multipart/form-data".to_owned()));
    assert_eq!(refused(&multipart), PolicyError::BoundaryByHand);
}

#[test]
fn what_is_shown_has_the_headers_that_belong_to_the_connection_and_the_body() {
    let deepvue = Setting::of("deepvue", "client_secret");
    let body = || UserBody::Bytes { content_type: "text/csv".to_owned(), bytes: b"1,2".to_vec() };
    let mut request = UserRequest { method: "PUT".to_owned(), body: body(), ..get("/v1/x") };
    let shown = |request: &UserRequest| {
        let sent = deepvue.build("bearer", request).unwrap().described(&deepvue.endpoint);
        let headers = sent.headers.into_iter().map(|(name, value)| format!("{name}: {value}"));
        (headers.skip(1).collect::<Vec<_>>(), sent.body_bytes)
    };
    let version = env!("CARGO_PKG_VERSION");
    let expected = [
        "Accept: */*".to_owned(),
        format!("User-Agent: keyturn/{version}"),
        "Host: 127.0.0.1:8443".to_owned(),
        "Content-Type: text/csv".to_owned(),
        "Content-Length: 3".to_owned(),
    ];
    assert_eq!(shown(&request), (expected.to_vec(), 3));
    request.headers.push(("content-type".to_owned(), "text/tab-separated-values".to_owned()));
    request.headers.push(("accept".to_owned(), "text/plain".to_owned()));
    let (headers, _) = shown(&request);
    assert_eq!(
        headers.iter().filter(|text| text.to_lowercase().starts_with("content-type")).count(),
        1
    );
    assert!(
        !headers.contains(&"Accept: */*".to_owned()),
        "what is said by hand counts: {headers:?}"
    );
}

#[tokio::test]
async fn de1_a_refused_request_leaves_not_a_byte() {
    let (server, endpoint) = crate::testing::Server::good(crate::testing::Reply::Silence).await;
    let deeply = Setting { endpoint, ..Setting::of("deeply", "api_key") };
    let mut by_hand = get("/api/v1/events");
    by_hand.headers.push(("Authorization".to_owned(), format!("Bearer {KEY}")));
    assert!(deeply.build("bearer", &by_hand).is_err());
    assert!(deeply.build("issue", &get("/api/v1/events")).is_err());
    assert_eq!(server.connections(), 0);
}

/// The API key in the query, under the name that the user gave.
fn key_in_query(parameter: &'static str) -> (Setting, Recipe) {
    let setting = Setting::of("generic-api-key-query", "api_key");
    let recipe = setting.profile.recipe("query").unwrap();
    let recipe = recipe.filled(&|_| Some(parameter.to_owned())).unwrap();
    (setting, recipe)
}

#[test]
fn a_secret_stands_in_an_address_only_where_the_recipe_puts_it_and_is_never_shown() {
    let (setting, recipe) = key_in_query("api_key");
    let (profile, endpoint) = (&setting.profile, &setting.endpoint);
    let build =
        |request| build_request(profile, &recipe, endpoint, None, &setting.secrets, &request);
    let with = |pair: (&str, &str)| UserRequest {
        query: vec![(pair.0.to_owned(), pair.1.to_owned())],
        ..get("/v1/things")
    };
    let outgoing = build(with(("page", "2"))).unwrap();
    assert!(outgoing.headers.is_empty());
    assert_eq!(outgoing.secret_query[0].1.expose(), KEY, "positive control: it is sent");
    let sent = outgoing.described(endpoint);
    assert_eq!(sent.query[1], ("api_key".to_owned(), "<redacted>".to_owned()));
    let shown = format!("{sent:?} {outgoing:?}");
    assert!(!shown.contains(KEY), "{shown}");

    assert_eq!(
        build(with(("api_key", "mine"))).unwrap_err(),
        PolicyError::QueryConflict { name: "api_key".to_owned() }
    );
    let by_hand = build(with(("other", KEY))).unwrap_err();
    assert_eq!(by_hand, PolicyError::SecretInUrl { field: "api_key".to_owned() });
}

#[test]
fn basic_is_made_of_the_filled_user_name_and_the_password() {
    let mut setting = Setting::of("generic-basic", "password");
    let password = ("password".parse().unwrap(), Secret::new("open sesame".to_owned()));
    setting.secrets = [password].into_iter().collect();
    let recipe = setting.profile.recipe("basic").unwrap();
    let recipe = recipe.filled(&|_| Some("Aladdin".to_owned())).unwrap();
    let (profile, endpoint) = (&setting.profile, &setting.endpoint);
    let outgoing =
        build_request(profile, &recipe, endpoint, None, &setting.secrets, &get("/")).unwrap();
    let header = ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(values(&outgoing), [header], "RFC 7617, section 2");
}

#[test]
fn a_header_that_is_always_the_same_is_sent_unless_the_user_says_otherwise() {
    let anthropic = Setting::of("anthropic", "api_key");
    let sent = anthropic.build("key", &get("/v1/models")).unwrap();
    assert_eq!(values(&sent), [("x-api-key", KEY), ("anthropic-version", "2023-06-01")]);
    let mut request = get("/v1/models");
    request.headers.push(("Anthropic-Version".to_owned(), "2030-01-01".to_owned()));
    let sent = anthropic.build("key", &request).unwrap();
    assert_eq!(values(&sent), [("x-api-key", KEY), ("Anthropic-Version", "2030-01-01")]);
}

#[test]
fn a_whole_address_of_another_host_is_refused_as_one() {
    let deepvue = Setting::of("deepvue", "client_secret");
    for (path, named) in [
        ("https://evil.example/v1/x", "evil.example"),
        ("//evil.example:8443/v1/x", "evil.example:8443"),
        ("https://127.0.0.1:1/v1/x", "127.0.0.1:1"),
        ("https://127.0.0.1:8443@evil.example/v1/x", "evil.example"),
        ("data:text/plain,x", "data"),
    ] {
        let error = deepvue.build("bearer", &get(path)).unwrap_err();
        let own = "127.0.0.1:8443".to_owned();
        assert_eq!(error, PolicyError::ForeignHost { host: named.to_owned(), own }, "{path}");
    }
    let clear = deepvue.build("bearer", &get("http://127.0.0.1:8443/v1/x")).unwrap_err();
    assert_eq!(clear, PolicyError::PlainHttp);
    let own = deepvue.build("bearer", &get("https://127.0.0.1:8443/v1/x")).unwrap_err();
    assert_eq!(own, PolicyError::BadPath, "its own address is asked for as a path");
}
