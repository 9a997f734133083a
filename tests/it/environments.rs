//! Several environments for one credential: a token for each, and no secret where it is not bound.

use keyturn_sandbox::{Provider, Sandbox, SandboxOptions};
use serde_json::{Value, json};

use crate::support::World;

const SEED: u64 = 2_026;
const REISSUE: &str = "/api/v1/auth/reissue";

/// Deeply in the environment `sandbox`, and a second one, which takes the same key, as `second`.
fn two_hosts() -> (World, Sandbox) {
    let options = SandboxOptions { seed: Some(SEED), ..SandboxOptions::default() };
    let world = World::with_vault().providers(&options);
    let folder = world.folder().join("second");
    std::fs::create_dir(&folder).unwrap();
    let second = Sandbox::start(SandboxOptions { directory: Some(folder), ..options }).unwrap();
    let address = second.base_url(Provider::Deeply);
    let flags = ["--base-url", &address, "--ca", "second/ca.pem"];
    world.add_environment(Provider::Deeply, "second", &flags);
    world.add(Provider::Deeply);
    (world, second)
}

fn token(world: &World, environment: &str) -> Value {
    let words = ["token", "deeply/main", "--as", "json", "--environment", environment];
    world.keyturn(&words).run().done().json()
}

/// DE4: switching the environment sends no secret to a host that the credential is not bound to.
#[test]
fn de4_switching_the_environment_sends_nothing_to_a_host_that_is_not_bound() {
    let (world, second) = two_hosts();
    token(&world, "sandbox");
    for words in [
        &["token", "deeply/main", "--environment", "second"][..],
        &["token", "deeply/main", "--environment", "second", "--renew"],
        &["request", "deeply/main", "--sample", "events", "--environment", "second"],
    ] {
        let refused = world.keyturn(&[words, &["--format", "json"]].concat()).run().exits(5);
        assert_eq!(refused.error()["code"], "refused_by_policy", "{words:?}");
    }
    assert_eq!(second.admin().total(Provider::Deeply), 0, "nothing reached the other host");

    // The other way round, and the proof that the second host does record what reaches it.
    world.keyturn(&["edit", "deeply/main", "--environment", "second"]).run().done();
    world.admin().forget_requests();
    assert_eq!(token(&world, "second")["reused"], false, "a token is never taken along");
    assert_eq!(second.admin().count(Provider::Deeply, REISSUE), 1);
    let sample = ["request", "deeply/main", "--sample", "events"];
    world.keyturn(&sample).run().done();
    let words = ["token", "deeply/main", "--environment", "sandbox"];
    world.keyturn(&words).run().exits(5);
    assert_eq!(world.admin().total(Provider::Deeply), 0, "nothing reached the first host");
}

/// DE4: a credential that is bound to both has a token for each, and each goes to its own host.
#[test]
fn de4_each_environment_gets_its_own_token_and_never_the_others() {
    let (world, second) = two_hosts();
    let both = ["edit", "deeply/main", "--environment", "sandbox", "--environment", "second"];
    world.keyturn(&both).run().done();
    let first = token(&world, "sandbox");
    // Both hosts draw the same tokens in turn: the second one's second is another than the first's.
    token(&world, "second");
    world.keyturn(&["token", "deeply/main", "--environment", "second", "--renew"]).run().done();
    let tokens = [first, token(&world, "second")];
    let tokens = tokens.map(|token| token["access_token"].as_str().unwrap().to_owned());
    assert_ne!(tokens[0], tokens[1]);
    for environment in ["sandbox", "second"] {
        let words = ["request", "deeply/main", "--sample", "events", "--environment", environment];
        world.keyturn(&words).run().done();
        assert_eq!(token(&world, environment)["reused"], json!(true));
    }
    for (host, own, others) in
        [(world.admin(), &tokens[0], &tokens[1]), (second.admin(), &tokens[1], &tokens[0])]
    {
        let seen = host.requests(Provider::Deeply);
        let carried: Vec<_> = seen.iter().filter_map(|seen| seen.header("authorization")).collect();
        assert!(carried.contains(&format!("Bearer {own}").as_str()), "its own token arrived");
        assert!(!carried.contains(&format!("Bearer {others}").as_str()), "and not the other's");
    }
}

/// DE4: an environment that is taken away ends its token with it.
#[test]
fn de4_an_environment_that_is_taken_away_takes_its_token_along() {
    let (world, second) = two_hosts();
    let both = ["edit", "deeply/main", "--environment", "sandbox", "--environment", "second"];
    world.keyturn(&both).run().done();
    token(&world, "second");
    world.keyturn(&["edit", "deeply/main", "--environment", "sandbox"]).run().done();
    world.keyturn(&both).run().done();
    assert_eq!(token(&world, "second")["reused"], false, "a new one was bought");
    assert_eq!(second.admin().count(Provider::Deeply, REISSUE), 2);
}
