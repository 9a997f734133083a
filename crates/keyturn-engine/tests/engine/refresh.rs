//! Refresh tokens: followed when they rotate, left when they are spent, never lost on the way.

use keyturn_engine::{EngineError, ExplainAnswer, LiveToken, TestRequest, TokenRequest};

use crate::world::{World, credential, reading, unchanged, wanted};

const MAIN: &str = "oauth2-password/main";

fn world() -> World {
    let world = World::new();
    let open = [("host", "api.example"), ("username", "me"), ("client_id", "app")];
    let login = credential("oauth2-password", &open, &[("password", "a password")]);
    world.engine.add(login, "test").unwrap();
    world
}

fn answer(access: &str, refresh: Option<&str>, expires_in: i64) -> (u16, String) {
    let refresh = refresh.map(|token| format!(r#","refresh_token":"{token}""#));
    let refresh = refresh.unwrap_or_default();
    let body = format!(
        r#"{{"access_token":"{access}","token_type":"bearer","expires_in":{expires_in}{refresh}}}"#
    );
    (200, body)
}

fn refused(code: &str) -> (u16, String) {
    (400, format!(r#"{{"error":"{code}","error_description":"no"}}"#))
}

async fn renewed(world: &World) -> Result<LiveToken, EngineError> {
    let request = TokenRequest { reference: MAIN.parse().unwrap(), renew: true, ..wanted() };
    world.engine.token(&request, "test").await
}

/// What the requests sent, without where they went.
fn sent(world: &World) -> Vec<String> {
    let forms = world.provider.forms.lock().unwrap();
    forms.iter().map(|form| form.replace("api.example:443 ", "")).collect()
}

fn refresh(token: &str) -> String {
    format!("grant_type=refresh_token refresh_token={token} client_id=app")
}

#[tokio::test]
async fn a_rotated_refresh_token_outlives_the_engine_and_one_that_is_kept_stays() {
    let world = world();
    world.provider_says(&[
        answer("access-1", Some("refresh-1"), 3_600),
        answer("access-2", Some("refresh-2"), 3_600),
        answer("access-3", None, 3_600),
        answer("access-4", None, 3_600),
    ]);
    renewed(&world).await.unwrap();
    renewed(&world).await.unwrap();
    let world = world.restart();
    renewed(&world).await.unwrap();
    let last = renewed(&world).await.unwrap();
    assert_eq!(last.access_token.expose(), "access-4");
    let sent = sent(&world);
    assert!(sent[0].starts_with("grant_type=password username=me"), "{}", sent[0]);
    assert_eq!(sent[1..], [refresh("refresh-1"), refresh("refresh-2"), refresh("refresh-2")]);
}

#[tokio::test]
async fn a_spent_refresh_token_leads_to_the_first_grant_and_no_other_refusal_does() {
    let world = world();
    world.provider_says(&[
        answer("access-1", Some("refresh-1"), 3_600),
        refused("invalid_grant"),
        answer("access-2", Some("refresh-2"), 3_600),
        refused("invalid_client"),
    ]);
    renewed(&world).await.unwrap();
    assert_eq!(renewed(&world).await.unwrap().access_token.expose(), "access-2");
    let grants: Vec<_> = sent(&world).iter().map(|form| form.contains("password=")).collect();
    assert_eq!(grants, [true, false, true]);

    let error = renewed(&world).await.unwrap_err();
    assert!(error.to_string().contains("client"), "{error}");
    assert_eq!(world.asked(), 4, "a wrong client logs nobody in");
}

#[tokio::test]
async fn a_provider_that_is_down_costs_no_refresh_token() {
    let world = world();
    world.provider_says(&[answer("access-1", Some("refresh-1"), 3_600)]);
    renewed(&world).await.unwrap();
    world.provider_is_down();
    renewed(&world).await.unwrap_err();
    world.provider_says(&[answer("access-2", None, 3_600)]);
    renewed(&world).await.unwrap();
    assert_eq!(sent(&world)[1..], [refresh("refresh-1"), refresh("refresh-1")]);
}

#[tokio::test]
async fn a_new_refresh_token_is_kept_even_where_its_access_token_has_ended() {
    let world = world();
    world.provider_says(&[
        answer("access-1", Some("refresh-1"), 3_600),
        answer("access-2", Some("refresh-2"), -5),
        answer("access-3", Some("refresh-3"), 3_600),
    ]);
    renewed(&world).await.unwrap();
    let error = renewed(&world).await.unwrap_err();
    assert!(error.to_string().contains("ended"), "{error}");
    renewed(&world).await.unwrap();
    assert_eq!(sent(&world)[2], refresh("refresh-2"));
}

#[tokio::test]
async fn a_refresh_token_dies_with_the_secrets_that_bought_it() {
    let world = world();
    world.provider_says(&[answer("access-1", Some("refresh-1"), 3_600)]);
    renewed(&world).await.unwrap();
    let mut edit = unchanged(MAIN.parse().unwrap());
    edit.secrets.insert("password".parse().unwrap(), "another".to_owned().into());
    world.engine.edit(edit, "test").unwrap();
    renewed(&world).await.unwrap();
    assert!(sent(&world)[1].contains("password=another"), "{}", sent(&world)[1]);
}

#[tokio::test]
async fn no_refresh_token_is_shown_by_an_error() {
    let world = world();
    world.provider_says(&[
        answer("access-1", Some("canary-refresh-7x9z"), 3_600),
        (403, r#"{"error":"canary-refresh-7x9z is not welcome"}"#.to_owned()),
    ]);
    renewed(&world).await.unwrap();
    let error = renewed(&world).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("not welcome"), "positive control: the answer is in it: {shown}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[tokio::test]
async fn a_stored_refresh_token_is_shown_by_no_answer_and_sent_by_no_hand() {
    let world = world();
    world.provider_says(&[
        answer("access-canary-1", Some("refresh-canary-1"), 3_600),
        (200, r#"{"echo":"refresh-canary-1 access-canary-1","other":"text"}"#.to_owned()),
    ]);
    let sent = world.engine.send(reading(MAIN, "/api/things"), "test").await.unwrap();
    let body = String::from_utf8(sent.answer.unwrap().0.body).unwrap();
    assert_eq!(body, r#"{"echo":"<redacted> <redacted>","other":"text"}"#);
    let by_hand = TestRequest {
        query: vec![("q".to_owned(), "refresh-canary-1".to_owned())],
        ..reading(MAIN, "/api/things")
    };
    let error = world.engine.send(by_hand, "test").await.unwrap_err();
    assert!(error.to_string().contains("refresh-token"), "{error}");
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    let explained = world.engine.explain(&ExplainAnswer {
        reference: MAIN.parse().unwrap(),
        environment: None,
        status: 400,
        path: None,
        sent_token: None,
        sent_key: None,
        body: b"refresh-canary-1 access-canary-1 text".to_vec(),
    });
    assert_eq!(explained.unwrap().body, "<redacted> <redacted> text");
}
