//! Going where an answer leads: without the credential, one step far, and by a ticket alone.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use keyturn_core::CredentialRef;
use keyturn_engine::{AddCredential, AddEnvironment, EngineError, Sent, TokenRequest};
use keyturn_http::LeadError;

use crate::world::{KEY, Said, World, credential, deepvue, reading, sold};

const FIRST: &str = "/v1/sessions";

fn main() -> CredentialRef {
    "deepidv/main".parse().unwrap()
}

fn world() -> World {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    world
}

fn leads_to(world: &World, location: &str) {
    world.provider_answers([Said::new(302, &[("location", location)], "")]);
}

async fn asked(world: &World, location: &str) -> Sent {
    leads_to(world, location);
    world.engine.send(reading("deepidv/main", FIRST), "test").await.unwrap()
}

#[tokio::test]
async fn a_followed_address_is_asked_once_and_its_answer_says_where_it_leads_in_turn() {
    let world = world();
    let sent = asked(&world, "https://files.example/a?sig=1%2B").await;
    let ticket = sent.lead.unwrap().unwrap();
    leads_to(&world, "/b");
    let followed = world.engine.follow(&main(), ticket, "test").await.unwrap();
    assert_eq!(world.asked(), 2, "one step, and no more");
    assert_eq!(world.provider.paths.lock().unwrap()[1], "/a?sig=1%2B");
    assert_eq!(world.provider.forms.lock().unwrap()[1], "files.example:443");
    assert_eq!(followed.request.url, "https://files.example/a");
    let names: Vec<_> = followed.request.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Accept", "User-Agent", "Host"]);
    let next = followed.lead.unwrap().unwrap();
    assert_ne!(next, ticket);
    let again = world.engine.follow(&main(), next, "test").await.unwrap();
    assert_eq!(again.request.url, "https://files.example/b");
}

#[tokio::test]
async fn a_ticket_tells_the_origin_that_it_leads_to_and_one_that_is_not_known_tells_none() {
    let world = world();
    let sent = asked(&world, "https://files.example:8443/a?sig=secret").await;
    let ticket = sent.lead.unwrap().unwrap();
    let told = world.engine.leads_to(&main(), ticket);
    assert_eq!(told.as_deref(), Some("https://files.example:8443"));
    assert_eq!(world.engine.leads_to(&main(), ticket + 1), None);
}

#[tokio::test]
async fn hostile_addresses_get_no_ticket_and_are_told_why() {
    let world = world();
    for (location, error) in [
        ("http://production.example/", LeadError::ClearText),
        ("javascript:alert(1)", LeadError::OtherScheme),
        ("https://api.example@evil.example/", LeadError::UserInfo),
        ("https:\\\\evil.example", LeadError::Unreadable),
    ] {
        assert_eq!(asked(&world, location).await.lead, Some(Err(error)), "{location}");
    }
    let repeated = asked(&world, &format!("https://evil.example/?key={KEY}")).await;
    assert_eq!(repeated.lead, Some(Err(LeadError::Secret)));
    world.provider_answers([Said::new(200, &[("location", "/x")], "")]);
    let none = world.engine.send(reading("deepidv/main", FIRST), "test").await.unwrap();
    assert_eq!(none.lead, None, "positive control: only a redirect leads anywhere");
}

#[tokio::test]
async fn a_ticket_is_its_credentials_and_goes_with_the_lock_and_with_age() {
    let world = world();
    world.add_deepvue();
    let ticket = asked(&world, "/a").await.lead.unwrap().unwrap();
    let gone = |result: Result<Sent, EngineError>| matches!(result, Err(EngineError::NoLead));
    let other = "deepvue/main".parse().unwrap();
    assert!(gone(world.engine.follow(&other, ticket, "test").await));
    assert!(gone(world.engine.follow(&main(), ticket + 1, "test").await));
    for _ in 0..31 {
        asked(&world, "/a").await;
    }
    assert!(!gone(world.engine.follow(&main(), ticket, "test").await), "the 32 newest stay");
    assert!(
        gone(world.engine.follow(&main(), ticket, "test").await),
        "its own answer took its place"
    );
    let newest = asked(&world, "/a").await.lead.unwrap().unwrap();
    world.engine.lock().unwrap();
    world.unlock().unwrap();
    assert!(gone(world.engine.follow(&main(), newest, "test").await));
}

#[tokio::test]
async fn what_came_back_shows_no_stored_secret_and_is_in_the_history_without_its_query() {
    let world = world();
    let ticket = asked(&world, "https://files.example/a?name=canary").await.lead.unwrap().unwrap();
    world.provider_answers([Said::new(200, &[("x-echo", KEY)], &format!("{KEY} shown"))]);
    let followed = world.engine.follow(&main(), ticket, "test").await.unwrap();
    let (answer, diagnosis) = followed.answer.unwrap();
    assert_eq!(answer.header("x-echo"), Some("<redacted>"));
    assert_eq!(String::from_utf8(answer.body).unwrap(), "<redacted> shown");
    assert_eq!(diagnosis.row, None, "whoever answered is not the provider");
    let history = world.engine.exchanges(&main()).unwrap();
    let newest = format!("{:?}", history.iter().map(|one| &one.noted.path).collect::<Vec<_>>());
    assert!(newest.contains("https://files.example/a") && !newest.contains("canary"), "{newest}");
    let journal = world.journal();
    let last = journal.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.host.as_deref()),
        ("follow redirect", Some("files.example:443"))
    );
    assert!(!format!("{journal:?}").contains("canary"));
}

/// A credential that is bound to the provider's own address and to one of the user's own.
fn in_two_environments(world: &World, add: AddCredential) {
    let own = AddEnvironment {
        provider: add.provider.clone(),
        name: "own".parse().unwrap(),
        base_url: "https://own.example:8443".to_owned(),
        token_origin: None,
        ca_pem: None,
        allow_plain_http: false,
    };
    world.engine.add_environment(own, "test").unwrap();
    let environments = vec!["production".parse().unwrap(), "own".parse().unwrap()];
    world.engine.add(AddCredential { environments, ..add }, "test").unwrap();
}

#[tokio::test]
async fn what_the_credential_is_bound_to_is_told_from_every_other_origin() {
    let world = World::new();
    in_two_environments(&world, credential("deepidv", &[], &[("api_key", KEY)]));
    for (location, bound) in [
        ("/v2", true),
        ("https://api.deepidv.com/v2", true),
        ("https://own.example:8443/", true),
        ("https://own.example/", false),
        ("https://api.deepidv.com:8443/", false),
        ("https://files.example/", false),
    ] {
        let ticket = asked(&world, location).await.lead.unwrap().unwrap();
        let said = world.engine.leads_where_bound(&main(), ticket).unwrap();
        assert_eq!(said, bound, "{location}");
    }
    let ticket = asked(&world, "https://files.example/a").await.lead.unwrap().unwrap();
    leads_to(&world, "/b");
    let next = world.engine.follow(&main(), ticket, "test").await.unwrap().lead.unwrap().unwrap();
    assert!(
        !world.engine.leads_where_bound(&main(), next).unwrap(),
        "its own origin is no bound one"
    );
}

#[tokio::test(start_paused = true)]
async fn a_follow_whose_caller_leaves_is_in_the_journal_all_the_same() {
    let world = World::on_paused_time();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let ticket = asked(&world, "https://files.example/a").await.lead.unwrap().unwrap();
    world.provider.gate.forget_permits(usize::MAX);
    let engine = Arc::clone(&world.engine);
    let following = tokio::spawn(async move { engine.follow(&main(), ticket, "test").await });
    while world.asked() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    following.abort();
    assert!(following.await.unwrap_err().is_cancelled());
    let journal = world.journal();
    let last = journal.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.host.as_deref(), last.status),
        ("follow redirect", Some("files.example:443"), None)
    );
}

#[tokio::test]
async fn an_answer_that_comes_after_the_lock_leaves_no_address_behind() {
    let world = world();
    let engine = Arc::clone(&world.engine);
    world.provider_judges(move || {
        engine.lock().unwrap();
        Some(Said::new(302, &[("location", "/a")], ""))
    });
    let sent = world.engine.send(reading("deepidv/main", FIRST), "test").await.unwrap();
    assert!(sent.redirect.is_some(), "positive control: it led somewhere");
    assert_eq!(sent.lead, None);
}

#[tokio::test]
async fn a_token_of_another_environment_is_shown_by_no_strangers_answer() {
    let world = World::new();
    in_two_environments(&world, deepvue());
    let end = world.now() + TimeDelta::hours(24);
    let reference: CredentialRef = "deepvue/main".parse().unwrap();
    for (environment, token) in
        [("own", "token-of-own-7x9z"), ("production", "token-of-production-7x9z")]
    {
        world.provider_says(&[sold(token, end)]);
        let wanted = TokenRequest::usable(reference.clone(), Some(environment.parse().unwrap()));
        world.engine.token(&wanted, "test").await.unwrap();
    }
    leads_to(&world, "https://files.example/a");
    let sent = world.engine.send(reading("deepvue/main", "/v1/verification/panbasic"), "test");
    let ticket = sent.await.unwrap().lead.unwrap().unwrap();
    world.provider_says(&[(200, "token-of-own-7x9z token-of-production-7x9z shown".to_owned())]);
    let followed = world.engine.follow(&reference, ticket, "test").await.unwrap();
    let body = String::from_utf8(followed.answer.unwrap().0.body).unwrap();
    assert_eq!(body, "<redacted> <redacted> shown");
}
