//! Who uses a credential: seen in the journal, or written down.

use chrono::TimeDelta;
use keyturn_core::{ConsumerNameError, Secret, SecretFormat};
use keyturn_engine::{
    ConsumerEdit, ConsumerError, EditCredential, EngineError, SeenConsumer, ShownConsumers,
    StoreNext,
};

use crate::world::{KEY, World, unchanged};

const MAKE: &str = "keyturn (4711) < make (4000) < zsh (1)";
const ZSH: &str = "keyturn (4712) < zsh (4001) < foot (1)";

fn edit(world: &World, edit: &ConsumerEdit) -> Result<ShownConsumers, EngineError> {
    world.engine.edit_consumers(&"deepvue/main".parse().unwrap(), edit, "test")
}

fn add(world: &World, name: &str) -> Result<ShownConsumers, EngineError> {
    edit(world, &ConsumerEdit::Add { name: name.to_owned() })
}

fn shown(world: &World) -> ShownConsumers {
    world.engine.consumers(&"deepvue/main".parse().unwrap()).unwrap()
}

fn names(shown: &ShownConsumers) -> Vec<(u32, &str)> {
    shown.written_down.iter().map(|one| (one.id, one.name.as_str())).collect()
}

fn get(world: &World, action: &str, caller: &str) {
    let target = "deepvue/main/client_secret".parse().unwrap();
    world.engine.get(&target, SecretFormat::Raw, action, caller).unwrap();
}

fn replace_key(world: &World) {
    let secret = ("client_secret".parse().unwrap(), Secret::new("second-key-k2p4".to_owned()));
    let secrets = std::iter::once(secret).collect();
    let edit = EditCredential { secrets, ..unchanged("deepvue/main".parse().unwrap()) };
    world.engine.edit(edit, ZSH).unwrap();
}

#[tokio::test]
async fn programs_are_seen_with_their_last_action_version_and_time() {
    let world = World::new();
    world.add_deepvue();
    get(&world, "get", MAKE);
    world.clock.advance(TimeDelta::minutes(5));
    get(&world, "get", ZSH);
    replace_key(&world);
    world.clock.advance(TimeDelta::minutes(5));
    get(&world, "copy", MAKE);
    let shown = shown(&world);
    let told = |one: &SeenConsumer| {
        (one.program.clone(), one.action.clone(), one.version, one.last_used_at, one.uses)
    };
    let seen: Vec<_> = shown.seen.iter().map(told).collect();
    let now = world.now();
    assert_eq!(
        seen,
        [
            ("make".to_owned(), "copy".to_owned(), Some(2), now, 2),
            ("zsh".to_owned(), "get".to_owned(), Some(1), now - TimeDelta::minutes(5), 1),
        ],
        "an edit is no use"
    );
    assert_eq!(shown.behind.len(), 1, "{:?}", shown.behind);
    assert!(shown.behind[0].starts_with("zsh (used version 1 last, on 15 Jun 2026"));
}

#[tokio::test]
async fn a_use_is_seen_before_its_entry_is_written() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[crate::world::sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.engine.token(&crate::world::wanted(), MAKE).await.unwrap();
    assert_eq!(shown(&world).seen.len(), 1);
}

#[tokio::test]
async fn who_only_had_a_request_sent_has_nothing_of_an_old_version() {
    let world = World::new();
    world.add_deepvue();
    let sold = crate::world::sold("token-1", world.now() + TimeDelta::hours(24));
    world.provider_says(&[sold, (200, "{}".to_owned())]);
    let request = crate::world::reading("deepvue/main", "/v1/verification/panbasic");
    world.engine.send(request, MAKE).await.unwrap();
    replace_key(&world);
    let shown = shown(&world);
    assert_eq!(shown.seen[0].version, Some(1), "positive control: {shown:?}");
    assert!(shown.behind.is_empty(), "{shown:?}");
}

#[tokio::test]
async fn who_used_an_older_version_counts_for_thirty_days() {
    let world = World::new();
    world.add_deepvue();
    get(&world, "get", MAKE);
    replace_key(&world);
    world.clock.advance(TimeDelta::days(30));
    assert_eq!(shown(&world).behind.len(), 1);
    world.clock.advance(TimeDelta::seconds(1));
    assert!(shown(&world).behind.is_empty());
    assert_eq!(shown(&world).seen.len(), 1, "it was seen all the same");
}

#[tokio::test]
async fn a_consumer_has_the_version_in_use_when_it_is_written_down_and_lags_after_a_change() {
    let world = World::new();
    world.add_deepvue();
    let first = add(&world, "GitHub Actions of repo X").unwrap();
    assert_eq!(first.written_down[0].version, Some(1));
    assert!(first.behind.is_empty());
    replace_key(&world);
    let after = shown(&world);
    assert_eq!((after.version, after.wanted_version), (2, 2));
    assert_eq!(after.behind, ["GitHub Actions of repo X (has version 1)"]);
    let ready = edit(&world, &ConsumerEdit::HasNew { id: 1, ready: true }).unwrap();
    assert!(ready.behind.is_empty());
    let not = edit(&world, &ConsumerEdit::HasNew { id: 1, ready: false }).unwrap();
    assert_eq!(not.written_down[0].version, Some(1), "the one before");
    assert_eq!(not.behind.len(), 1);
}

#[tokio::test]
async fn a_number_is_never_used_again() {
    let world = World::new();
    world.add_deepvue();
    add(&world, "b").unwrap();
    assert_eq!(names(&add(&world, "a").unwrap()), [(2, "a"), (1, "b")], "by name");
    edit(&world, &ConsumerEdit::Remove { id: 2 }).unwrap();
    let world = world.restart();
    assert_eq!(names(&add(&world, "c").unwrap()), [(1, "b"), (3, "c")]);
    let gone = edit(&world, &ConsumerEdit::HasNew { id: 2, ready: true }).unwrap_err();
    let EngineError::Consumer(ConsumerError::NoConsumer { id: 2, .. }) = gone else {
        panic!("it is gone: {gone}");
    };
    assert!(edit(&world, &ConsumerEdit::Remove { id: 2 }).is_err());
}

#[tokio::test]
async fn a_name_that_nobody_could_read_or_tell_apart_is_refused() {
    let world = World::new();
    world.add_deepvue();
    add(&world, " Make ").unwrap();
    let refused = |name: &str| match add(&world, name).unwrap_err() {
        EngineError::Consumer(error) => error,
        other => panic!("{other}"),
    };
    assert!(matches!(refused("mAKE"), ConsumerError::Exists { .. }));
    assert_eq!(refused(" "), ConsumerError::Name(ConsumerNameError::Empty));
    assert_eq!(refused(&"a".repeat(201)), ConsumerError::Name(ConsumerNameError::TooLong));
    assert_eq!(refused("a\nb"), ConsumerError::Name(ConsumerNameError::ControlCharacter));
    let secret = refused(KEY);
    assert_eq!(secret, ConsumerError::IsSecret);
    assert!(!format!("{secret} {secret:?}").contains(KEY));
    assert_eq!(names(&shown(&world)), [(1, "Make")], "nothing was added");
    for number in 0..199 {
        add(&world, &format!("consumer {number}")).unwrap();
    }
    assert_eq!(refused("one more"), ConsumerError::TooMany);
}

#[tokio::test]
async fn a_change_is_in_the_journal_without_the_name() {
    let world = World::new();
    world.add_deepvue();
    add(&world, "server-of-acme").unwrap();
    let journal = world.journal();
    let entry = journal.last().unwrap();
    assert_eq!((entry.action.as_str(), entry.version), ("consumers", Some(1)));
    assert!(!format!("{journal:?}").contains("server-of-acme"));
}

/// During a rotation the next key is what consumers are to have; programs get it by themselves once it
/// is in use.
#[tokio::test]
async fn while_a_next_key_is_stored_who_is_written_down_is_to_have_that_one() {
    let world = World::new();
    let reference = world.add_deepvue();
    get(&world, "get", MAKE);
    add(&world, "server Y").unwrap();
    world.engine.start_rotation(&reference, "test").unwrap();
    let value = ("client_secret".parse().unwrap(), Secret::new("next-key-of-deepvue-k2p4".into()));
    let values = std::iter::once(value).collect();
    let next = StoreNext { reference: reference.clone(), values, replace: false };
    world.engine.store_next(next, "test").unwrap();
    let while_next = shown(&world);
    assert_eq!((while_next.version, while_next.wanted_version), (1, 2));
    assert_eq!(while_next.behind, ["server Y (has version 1)"], "make gets it by itself");
    let ready = edit(&world, &ConsumerEdit::HasNew { id: 1, ready: true }).unwrap();
    assert_eq!((ready.written_down[0].version, ready.behind.len()), (Some(2), 0));
    let not = edit(&world, &ConsumerEdit::HasNew { id: 1, ready: false }).unwrap();
    assert_eq!(not.written_down[0].version, Some(1), "the one in use");
    edit(&world, &ConsumerEdit::HasNew { id: 1, ready: true }).unwrap();
    world.engine.promote_next(&reference, true, "test").unwrap();
    let promoted = shown(&world);
    assert_eq!((promoted.version, promoted.wanted_version), (2, 2));
    assert_eq!(promoted.behind.len(), 1, "{:?}", promoted.behind);
    assert!(promoted.behind[0].starts_with("make (used version 1 last"));
}

#[tokio::test]
async fn a_name_in_which_a_stored_secret_stands_is_refused_without_it() {
    let world = World::new();
    world.add_deepvue();
    let refused = add(&world, &format!("svc {KEY}")).unwrap_err();
    assert!(matches!(refused, EngineError::SecretInText { .. }), "{refused}");
    assert!(!format!("{refused} {refused:?}").contains(KEY));
    assert!(names(&shown(&world)).is_empty());
}
