//! Requests that are saved with a credential: each under its own name, and none with a secret in it.

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, Secret};
use keyturn_engine::{
    EngineError, LARGEST_SAVED, LARGEST_TOGETHER, MOST_SAVED, SavedRequestError, StoreNext,
};
use keyturn_request::{Body, Header, Param, Request, SavedRequest};

use crate::world::{KEY, World, credential, sold};

const OTHER_KEY: &str = "another-credentials-own-key-1";

fn main() -> CredentialRef {
    "deepidv/main".parse().unwrap()
}

fn world() -> World {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let other = credential(
        "generic-api-key-query",
        &[("host", "api.example.com")],
        &[("api_key", OTHER_KEY)],
    );
    world.engine.add(other, "test").unwrap();
    world
}

fn named(name: &str) -> SavedRequest {
    let (environment, recipe, sample) = (None, None, None);
    let request = Request::new("GET", "/v1/sessions/{id}");
    SavedRequest { name: name.to_owned(), request, environment, recipe, sample, checks: vec![] }
}

fn save(world: &World, saved: SavedRequest, replaces: Option<&str>) -> Result<(), EngineError> {
    world.engine.save_request(&main(), saved, replaces, "test")
}

fn names(world: &World) -> Vec<String> {
    let list = world.engine.saved(&main()).unwrap();
    list.into_iter().map(|one| one.saved.name).collect()
}

fn refusal(result: Result<(), EngineError>) -> SavedRequestError {
    match result.unwrap_err() {
        EngineError::Saved(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_saved_is_there_after_the_lock_and_its_name_is_its_own() {
    let world = world();
    let mut with_checks = named("two");
    with_checks.checks.push("status 2xx".parse().unwrap());
    save(&world, with_checks.clone(), None).unwrap();
    save(&world, named("one"), None).unwrap();
    assert_eq!(names(&world), ["one", "two"], "by name");
    let taken = refusal(save(&world, named("two"), None));
    assert!(matches!(taken, SavedRequestError::NameTaken { .. }), "{taken}");
    let taken = refusal(save(&world, named("two"), Some("one")));
    assert!(matches!(taken, SavedRequestError::NameTaken { .. }), "{taken}");
    save(&world, named("zero"), Some("one")).unwrap();
    let absent = refusal(save(&world, named("x"), Some("one")));
    assert!(matches!(absent, SavedRequestError::NotThere { .. }), "{absent}");
    let world = world.restart();
    assert_eq!(names(&world), ["two", "zero"]);
    assert_eq!(world.engine.saved(&main()).unwrap()[0].saved, with_checks);
    world.engine.remove_saved(&main(), "two", "test").unwrap();
    assert_eq!(names(&world), ["zero"]);
    let absent = refusal(world.engine.remove_saved(&main(), "two", "test"));
    assert!(matches!(absent, SavedRequestError::NotThere { .. }), "{absent}");
    let journal: Vec<_> = world.journal().into_iter().map(|entry| entry.action).collect();
    let has = |action: &str| journal.iter().any(|known| known == action);
    assert!(has("save request") && has("remove saved request"), "{journal:?}");
}

#[test]
fn a_request_that_holds_a_stored_secret_in_any_shape_is_refused_wherever_it_stands() {
    let world = world();
    let digits: Vec<String> = KEY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let encoded = digits.concat();
    for secret in [KEY, OTHER_KEY, encoded.as_str()] {
        let with = |change: &dyn Fn(&mut SavedRequest)| {
            let mut saved = named("one");
            change(&mut saved);
            refusal(save(&world, saved, None))
        };
        let said = [
            with(&|saved| saved.name = secret.to_owned()),
            with(&|saved| saved.request.url = format!("/v1/{secret}")),
            with(&|saved| saved.request.query.push(Param::new("q", secret))),
            with(&|saved| saved.request.query.push(Param::new(secret, "1"))),
            with(&|saved| saved.request.headers.push(Header::new("x-note", secret))),
            with(&|saved| {
                saved.request.body = Body::Json { text: format!("{{\"a\":\"{secret}\"}}") };
            }),
            with(&|saved| {
                saved.request.variables.insert("id".to_owned(), secret.to_owned());
            }),
            with(&|saved| {
                saved.checks.push(format!("json $.a = {secret}").parse().unwrap());
            }),
        ];
        let places = ["name", "url", "query", "query", "headers", "body", "variables", "checks"];
        for (error, expected) in said.iter().zip(places) {
            let SavedRequestError::Secret { place } = error else { panic!("{error}") };
            assert_eq!(*place, expected);
            assert!(!format!("{error} {error:?}").contains(secret), "{error}");
        }
    }
    assert!(names(&world).is_empty());
    save(&world, named("no secret"), None).unwrap();
}

#[test]
fn of_several_at_once_each_that_cannot_be_saved_is_told_and_the_others_are() {
    let world = world();
    save(&world, named("taken"), None).unwrap();
    let with = |name: &str, url: &str| {
        let mut saved = named(name);
        url.clone_into(&mut saved.request.url);
        saved
    };
    let given = vec![
        named("first"),
        with("own key", &format!("/v1/{KEY}")),
        with("another's key", &format!("/v1/{OTHER_KEY}")),
        named("taken"),
        named("first"),
        with("of a host", "https://elsewhere.example/"),
        named("last"),
    ];
    let refused = world.engine.save_requests(&main(), given, "test").unwrap();
    assert_eq!(names(&world), ["first", "last", "taken"]);
    let told: Vec<_> = refused.into_iter().map(|one| (one.at, refusal(Err(one.why)))).collect();
    assert_eq!(told.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    for (_, error) in &told[..2] {
        assert!(matches!(error, SavedRequestError::Secret { place: "url" }), "{error}");
    }
    for (_, error) in &told[2..4] {
        assert!(matches!(error, SavedRequestError::NameTaken { .. }), "{error}");
    }
    let journal = world.journal();
    let written = journal.iter().filter(|entry| entry.action.starts_with("save request"));
    assert_eq!(written.count(), 2, "the one before, and the several as one");
    world.unlock().unwrap();

    let many = (0..=MOST_SAVED).map(|number| named(&number.to_string())).collect();
    let refused = world.engine.save_requests(&main(), many, "test").unwrap();
    assert_eq!(
        refused.iter().map(|one| one.at).collect::<Vec<_>>(),
        (197..=200).collect::<Vec<_>>()
    );
    assert!(matches!(refused[0].why, EngineError::Saved(SavedRequestError::TooMany)));
    assert_eq!(names(&world).len(), MOST_SAVED);
    let before = world.journal().len();
    world.unlock().unwrap();
    let none = world.engine.save_requests(&main(), vec![named("more")], "test").unwrap();
    assert_eq!((none.len(), world.journal().len()), (1, before), "nothing was written");
}

#[tokio::test]
async fn another_credentials_next_key_and_its_token_are_secrets_too() {
    const NEXT: &str = "another-credentials-next-key-2";
    const TOKEN: &str = "another-credentials-token-3";
    let world = world();
    let other = world.add_deepvue();
    world.provider_says(&[sold(TOKEN, world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    world.engine.start_rotation(&other, "test").unwrap();
    let values = [("client_secret".parse().unwrap(), Secret::new(NEXT.to_owned()))];
    let next = StoreNext { reference: other, values: values.into_iter().collect(), replace: false };
    world.engine.store_next(next, "test").unwrap();
    for secret in [NEXT, TOKEN] {
        let mut saved = named("one");
        saved.request.headers.push(Header::new("x-note", secret));
        let error = refusal(save(&world, saved, None));
        assert!(matches!(error, SavedRequestError::Secret { place: "headers" }), "{error}");
    }
    save(&world, named("one"), None).unwrap();
}

#[test]
fn a_header_that_authenticates_and_an_address_with_a_host_are_refused() {
    let world = world();
    for name in ["Authorization", "X-API-Key", "cookie"] {
        let mut saved = named("one");
        saved.request.headers.push(Header::new(name, "{{mine}}"));
        let error = refusal(save(&world, saved, None));
        assert!(matches!(error, SavedRequestError::Authenticates { .. }), "{error}");
    }
    let mut saved = named("one");
    saved.request.url = "https://elsewhere.example/v1".to_owned();
    let error = refusal(save(&world, saved, None));
    assert!(matches!(error, SavedRequestError::Invalid(_)), "{error}");
    let nowhere = SavedRequest { environment: Some("nowhere".to_owned()), ..named("one") };
    let error = refusal(save(&world, nowhere, None));
    assert!(matches!(error, SavedRequestError::NoEnvironment { .. }), "{error}");
    let recipe = SavedRequest { recipe: Some("nothing".to_owned()), ..named("one") };
    let error = save(&world, recipe, None).unwrap_err();
    assert!(matches!(error, EngineError::NoRecipe { .. }), "{error}");
}

#[test]
fn two_hundred_are_saved_and_none_larger_than_its_limit() {
    let world = world();
    let mut large = named("large");
    large.request.body = Body::Json { text: "x".repeat(LARGEST_SAVED) };
    let error = refusal(save(&world, large, None));
    assert!(matches!(error, SavedRequestError::TooLarge), "{error}");
    for number in 0..MOST_SAVED {
        save(&world, named(&number.to_string()), None).unwrap();
    }
    let error = refusal(save(&world, named("one more"), None));
    assert!(matches!(error, SavedRequestError::TooMany), "{error}");
    save(&world, named("renamed"), Some("0")).unwrap();
}

#[test]
fn all_of_them_together_fit_into_one_answer() {
    let world = world();
    let sized = |name: &str, bytes: usize| {
        let mut saved = named(name);
        saved.request.body = Body::Json { text: "x".repeat(bytes) };
        saved
    };
    let most = LARGEST_SAVED - 1_024;
    let fit = LARGEST_TOGETHER / most;
    for number in 0..fit {
        save(&world, sized(&number.to_string(), most), None).unwrap();
    }
    let error = refusal(save(&world, sized("one more", most), None));
    assert!(matches!(error, SavedRequestError::TooLargeTogether), "{error}");
    assert!(error.to_string().contains("4 MiB"), "{error}");
    assert_eq!(names(&world).len(), fit, "nothing was lost");
    save(&world, sized("smaller", 10), Some("0")).unwrap();
    save(&world, sized("one more", most), None).unwrap();
}

#[test]
fn what_creates_something_is_not_harmless_and_variables_without_a_value_are_told() {
    let world = world();
    save(&world, named("reads"), None).unwrap();
    let mut creates = named("creates");
    creates.request = Request::new("POST", "/v1/sessions");
    save(&world, creates, None).unwrap();
    let mut by_variable = named("by variable");
    by_variable.request = Request::new("POST", "/v1/{what}");
    by_variable.request.variables.insert("what".to_owned(), "sessions".to_owned());
    save(&world, by_variable, None).unwrap();
    let list = world.engine.saved(&main()).unwrap();
    let told: Vec<_> = list
        .iter()
        .map(|one| (one.saved.name.as_str(), one.harmless, one.variables.join(",")))
        .collect();
    assert_eq!(
        told,
        [
            ("by variable", false, String::new()),
            ("creates", false, String::new()),
            ("reads", true, "id".to_owned()),
        ]
    );
}

#[test]
fn they_lie_in_the_trash_with_their_credential_and_a_quarantined_vault_takes_none() {
    let world = world();
    save(&world, named("one"), None).unwrap();
    world.engine.remove(&main(), "test").unwrap();
    assert!(world.engine.saved(&main()).is_err(), "nothing is shown of it");
    let choice = keyturn_engine::TrashChoice { reference: Some(main()), id: None };
    world.engine.restore(&choice, None, "test").unwrap();
    assert_eq!(names(&world), ["one"]);
    world.engine.lock().unwrap();
    let older = std::fs::read(world.vault_file()).unwrap();
    world.unlock().unwrap();
    save(&world, named("two"), None).unwrap();
    world.engine.lock().unwrap();
    std::fs::write(world.vault_file(), older).unwrap();
    world.unlock().unwrap();
    assert!(save(&world, named("three"), None).is_err());
    assert!(world.engine.remove_saved(&main(), "one", "test").is_err());
}
