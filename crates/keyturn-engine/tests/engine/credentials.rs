//! Adding, changing and removing credentials; what is refused, and that refusals repeat no value.

use chrono::NaiveDate;
use keyturn_core::{Secret, SecretFormat};
use keyturn_engine::{
    AddCredential, AddEnvironment, AskSupport, DateError, EditCredential, EngineError, ListFilter,
    StoreNext,
};

use crate::world::{KEY, World, credential, deepvue, unchanged};

#[tokio::test]
async fn a_secret_given_openly_is_refused_and_not_repeated() {
    let world = World::new();
    let open = credential("deepvue", &[("client_id", "id-1"), ("client_secret", KEY)], &[]);
    let error = world.engine.add(open, "test").unwrap_err();
    assert!(matches!(error, EngineError::SecretGivenOpenly { .. }), "{error}");
    assert!(!format!("{error} {error:?}").contains(KEY));
}

#[tokio::test]
async fn a_credential_that_could_not_be_used_is_refused_with_what_is_missing() {
    let world = World::new();
    let half = credential("deepvue", &[("client_id", "id-1")], &[]);
    let error = world.engine.add(half, "test").unwrap_err();
    assert!(error.to_string().contains("client_secret"), "{error}");
}

#[tokio::test]
async fn unknown_fields_and_providers_are_refused_with_what_is_known() {
    let world = World::new();
    let unknown = credential("deepvue", &[("client_idd", "x")], &[]);
    let Err(EngineError::NoField { known, .. }) = world.engine.add(unknown, "test") else {
        panic!("the field is not known");
    };
    assert!(known.contains(&"client_id".to_owned()));
    let Err(EngineError::NoProvider { known, .. }) =
        world.engine.add(credential("deepview", &[], &[]), "test")
    else {
        panic!("the provider is not known");
    };
    assert!(known.contains(&"deepvue".to_owned()));
}

#[tokio::test]
async fn a_name_is_taken_until_its_credential_is_removed() {
    let world = World::new();
    let reference = world.add_deepvue();
    let again = world.engine.add(deepvue(), "test").unwrap_err();
    assert!(matches!(again, EngineError::CredentialExists { .. }), "{again}");
    world.engine.remove(&reference, "test").unwrap();
    assert!(world.engine.list(&ListFilter::default()).unwrap().is_empty());
    world.engine.add(deepvue(), "test").unwrap();
}

#[tokio::test]
async fn dv11_a_pair_is_handed_out_as_environment_variables() {
    let world = World::new();
    world.add_deepvue();
    let target = "deepvue/main".parse().unwrap();
    let text = world.engine.get(&target, SecretFormat::Env, "get", "test").unwrap();
    assert_eq!(
        *text.expose(),
        format!("export DEEPVUE_CLIENT_ID='id-1'\nexport DEEPVUE_CLIENT_SECRET='{KEY}'")
    );
}

fn own_host(provider: &str, base_url: &str, allow_plain_http: bool) -> AddEnvironment {
    AddEnvironment {
        provider: provider.parse().unwrap(),
        name: "own".parse().unwrap(),
        base_url: base_url.to_owned(),
        token_origin: None,
        ca_pem: None,
        allow_plain_http,
    }
}

#[tokio::test]
async fn dv8_an_own_host_in_clear_text_is_refused_even_with_consent() {
    let world = World::new();
    let plain = own_host("deepvue", "http://127.0.0.1:8100", true);
    let error = world.engine.add_environment(plain, "test").unwrap_err();
    assert!(matches!(error, EngineError::PlainHttpNever { .. }), "{error}");
}

#[tokio::test]
async fn de4_clear_text_needs_a_yes_where_the_provider_speaks_it() {
    let world = World::new();
    let silent = own_host("deeply", "http://127.0.0.1:8100", false);
    let error = world.engine.add_environment(silent, "test").unwrap_err();
    assert!(matches!(error, EngineError::PlainHttpConsent { .. }), "{error}");
    world
        .engine
        .add_environment(own_host("deeply", "http://127.0.0.1:8100", true), "test")
        .unwrap();
    let mut edge = credential("deeply", &[("edge_ip", "192.168.1.20")], &[("api_key", KEY)]);
    edge.environments = vec!["edge".parse().unwrap()];
    let Err(EngineError::PlainHttpConsent { consent: Some(consent), .. }) =
        world.engine.add(edge, "test")
    else {
        panic!("the provider's own clear text needs a yes as well");
    };
    assert!(consent.contains("API key"), "it names what would be readable: {consent}");
}

#[tokio::test]
async fn a_ca_file_without_a_certificate_is_refused_when_it_is_added() {
    let world = World::new();
    let ca_pem = Some("root:x:0:0:root:/root:/bin/bash\n".to_owned());
    let own = AddEnvironment { ca_pem, ..own_host("deepvue", "https://a.example", false) };
    let error = world.engine.add_environment(own, "test").unwrap_err();
    assert!(matches!(error, EngineError::Policy(_)), "{error}");
}

#[tokio::test]
async fn an_environment_is_never_changed_silently() {
    let world = World::new();
    world.engine.add_environment(own_host("deepvue", "https://a.example", false), "test").unwrap();
    let again = own_host("deepvue", "https://b.example", false);
    let error = world.engine.add_environment(again, "test").unwrap_err();
    assert!(matches!(error, EngineError::EnvironmentExists { .. }), "{error}");
}

#[tokio::test]
async fn a_locked_vault_answers_nothing_but_that_it_is_locked() {
    let world = World::new();
    let reference = world.add_deepvue();
    world.engine.lock().unwrap();
    assert!(matches!(world.engine.show(&reference), Err(EngineError::VaultLocked)));
    let target = "deepvue/main/client_secret".parse().unwrap();
    let refused = world.engine.get(&target, SecretFormat::Raw, "get", "test");
    assert!(matches!(refused, Err(EngineError::VaultLocked)));
    world.unlock().unwrap();
    assert!(world.engine.show(&reference).is_ok());
}

#[tokio::test]
async fn stored_secrets_go_to_another_host_only_after_a_yes_and_the_journal_says_where() {
    let world = World::new();
    let open = [
        ("client_id", "id-1"),
        ("host", "api.example"),
        ("token_host", "login.example"),
        ("token_path", "/token"),
    ];
    let oauth = credential("oauth2-client-credentials", &open, &[("client_secret", KEY)]);
    let reference = world.engine.add(oauth, "test").unwrap().credential.reference();
    let change = |fields: &[(&str, &str)], confirmed| {
        let fields = fields.iter().map(|(name, value)| (name.parse().unwrap(), (*value).into()));
        EditCredential { fields: fields.collect(), confirmed, ..unchanged(reference.clone()) }
    };
    for (fields, moves) in [
        (("host", "evil.example"), "https://api.example → https://evil.example"),
        (("token_host", "evil.example"), "https://login.example → https://evil.example"),
    ] {
        let error = world.engine.edit(change(&[fields], false), "test").unwrap_err();
        assert!(matches!(error, EngineError::GoesElsewhere { .. }), "{error}");
        assert!(error.to_string().contains(moves), "{error}");
    }
    world
        .engine
        .edit(change(&[("client_id", "id-2"), ("host", "api.example")], false), "test")
        .unwrap();
    let secrets =
        std::iter::once(("client_secret".parse().unwrap(), Secret::new("new".to_owned())));
    let anew = EditCredential {
        secrets: secrets.collect(),
        ..change(&[("host", "third.example")], false)
    };
    world.engine.edit(anew, "test").unwrap();
    let confirmed = change(&[("host", "second.example")], true);
    world.engine.edit(confirmed, "test").unwrap();
    let journal = world.journal();
    let hosts: Vec<_> = journal
        .iter()
        .filter(|entry| entry.action == "edit")
        .map(|entry| entry.host.as_deref().unwrap_or_default())
        .collect();
    let [same, third, second] = hosts[..] else { panic!("refusals leave nothing: {hosts:?}") };
    assert_eq!(same, "");
    assert!(third.ends_with("https://api.example → https://third.example"), "{third}");
    assert!(second.ends_with("https://third.example → https://second.example"), "{second}");
}

#[tokio::test]
async fn the_journal_says_of_an_own_host_where_its_tokens_are_bought() {
    let world = World::new();
    let own = AddEnvironment {
        token_origin: Some("https://login.example/".to_owned()),
        ..own_host("deepvue", "https://gateway.example", false)
    };
    world.engine.add_environment(own, "test").unwrap();
    let journal = world.journal();
    let added = journal.iter().find(|entry| entry.action == "environment add").unwrap();
    let host = added.host.as_deref();
    assert_eq!(host, Some("https://gateway.example, tokens at https://login.example"));
}

#[test]
fn a_credential_without_tokens_cannot_be_kept_fresh() {
    let world = World::new();
    let key = || credential("deepidv", &[], &[("api_key", KEY)]);
    let error = world.engine.add(AddCredential { keep_fresh: true, ..key() }, "test").unwrap_err();
    assert!(matches!(error, EngineError::NoTokensToKeepFresh { .. }), "{error}");
    let added = world.engine.add(key(), "test").unwrap().credential;
    let on = EditCredential { keep_fresh: Some(true), ..unchanged(added.reference()) };
    let error = world.engine.edit(on, "test").unwrap_err();
    assert!(matches!(error, EngineError::NoTokensToKeepFresh { .. }), "{error}");
    let off = EditCredential { keep_fresh: Some(false), ..unchanged(added.reference()) };
    world.engine.edit(off, "test").unwrap();
}

/// What is shown openly holds no value, neither of the key in use nor of the next one.
#[tokio::test]
async fn no_stored_secret_comes_in_with_an_owner_a_note_or_a_ticket() {
    const NEXT: &str = "canary-next-key-k2p4";
    let world = World::new();
    let told = |value: &str| Some(format!("leaked: \"{value}\"!"));
    let refused = |result: Result<(), EngineError>| {
        let error = result.unwrap_err();
        assert!(matches!(error, EngineError::SecretInText { .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    };
    for (owner, note) in [(told(KEY), None), (None, told(KEY))] {
        let with = AddCredential { owner, note, ..deepvue() };
        refused(world.engine.add(with, "test").map(drop));
    }
    let reference = world.add_deepvue();
    world.engine.start_rotation(&reference, "test").unwrap();
    let value = ("client_secret".parse().unwrap(), Secret::new(NEXT.to_owned()));
    let values = std::iter::once(value).collect();
    let next = StoreNext { reference: reference.clone(), values, replace: false };
    world.engine.store_next(next, "test").unwrap();
    for value in [KEY, NEXT] {
        for (owner, note) in [(told(value), None), (None, told(value))] {
            let edit = EditCredential { owner, note, ..unchanged(reference.clone()) };
            refused(world.engine.edit(edit, "test").map(drop));
        }
        for (ticket, note) in [(told(value), None), (None, told(value))] {
            let asked = AskSupport { ticket, note, ..AskSupport::default() };
            refused(world.engine.note_support_request(&reference, asked, "test").map(drop));
        }
        let declared = world.engine.declare_compromised(&reference, told(value), "test").await;
        refused(declared.map(drop));
    }
    let mut short = credential("deepcurrent", &[("username", "ann")], &[("password", "hunter2")]);
    short.note = Some("not the hunter2 of the song".to_owned());
    world.engine.add(short, "test").unwrap();
}

#[tokio::test]
async fn dates_and_rules_that_cannot_both_be_so_are_refused() {
    let world = World::new();
    let reference = world.add_deepvue();
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    let refused = |result: Result<_, EngineError>| match result.map(drop).unwrap_err() {
        EngineError::Dates(error) => error,
        other => panic!("{other}"),
    };
    let plain = || unchanged(reference.clone());
    let edited = |edit| world.engine.edit(edit, "test");
    let added = |issued: &str, expires: &str| {
        let mut one = deepvue();
        one.name = "other".parse().unwrap();
        (one.rotation.issued_on, one.rotation.expires_on) = (day(issued), day(expires));
        world.engine.add(one, "test")
    };
    let both =
        EditCredential { issued_on: day("2026-01-01"), expires_on: day("2025-12-31"), ..plain() };
    let before = refused(edited(both));
    assert!(matches!(before, DateError::EndsBeforeIssue { .. }), "{before}");
    assert_eq!(refused(added("2026-01-01", "2025-12-31")), before);
    edited(EditCredential { issued_on: day("2026-06-15"), ..plain() }).unwrap();
    let late = edited(EditCredential { expires_on: day("2026-06-14"), ..plain() });
    assert!(matches!(refused(late), DateError::EndsBeforeIssue { .. }), "with what is known");
    for (rotate_every_days, replace_on) in [(Some(30), None), (None, day("2026-07-01"))] {
        let edit =
            EditCredential { age_only: Some(true), rotate_every_days, replace_on, ..plain() };
        assert_eq!(refused(edited(edit)), DateError::AgeOnlyWithRule);
        let mut one = deepvue();
        one.name = "other".parse().unwrap();
        one.rotation.age_only = true;
        one.rotation.rotate_every_days = rotate_every_days;
        one.rotation.replace_on = replace_on;
        assert_eq!(refused(world.engine.add(one, "test")), DateError::AgeOnlyWithRule);
    }
    let never = EditCredential { age_only: Some(true), rotate_every_days: Some(0), ..plain() };
    edited(never).unwrap();
}
