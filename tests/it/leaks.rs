//! A whole day, and no secret where none belongs.

use keyturn_sandbox::Provider;

use crate::support::World;

/// `Invocation::run` looks at what is printed; this looks at what is kept.
#[test]
fn a_day_s_work_leaves_no_secret_in_clear_on_the_disk() {
    let world = World::with_providers();
    for provider in Provider::ALL {
        world.add(provider);
        world.keyturn(&["token", &format!("{provider}/main")]).run();
    }
    world.add_login();
    world.keyturn(&["token", "deepcurrent/login"]).run().done();
    world.keyturn(&["request", "deepvue/main", "--sample", "panbasic"]).run().done();
    world.admin().revoke_key(Provider::Deepvue);
    world.keyturn(&["token", "deepvue/main", "--renew"]).run().exits(6);
    world.keyturn(&["lock"]).run().done();
    world.home_holds_no_secret();
}

#[test]
fn the_search_for_secrets_finds_one_that_is_there() {
    let world = World::with_providers();
    std::fs::write(world.home().join("planted"), world.sandbox().credentials().deeply.api_key)
        .unwrap();
    let found =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.home_holds_no_secret()));
    assert!(found.is_err());
}
