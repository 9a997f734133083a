//! Renewing in the background; on paused time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use keyturn_engine::AddCredential;
use tokio::sync::Notify;

use crate::world::{World, deepvue, sold};

/// What the background task told, and the bell that wakes it.
#[derive(Clone, Default)]
struct Background {
    renewed: Arc<Mutex<Vec<String>>>,
    changed: Arc<Notify>,
}

impl Background {
    fn of(world: &World) -> Self {
        let background = Self::default();
        let (engine, renewed) = (Arc::clone(&world.engine), Arc::clone(&background.renewed));
        let told = move |reference: &keyturn_core::CredentialRef| {
            renewed.lock().unwrap().push(reference.to_string());
        };
        tokio::spawn(engine.keep_fresh(Arc::clone(&background.changed), told));
        background
    }

    fn renewed(&self) -> Vec<String> {
        self.renewed.lock().unwrap().clone()
    }
}

/// A world with `deepvue/main` kept fresh, and tokens of a day each.
fn world() -> World {
    let world = World::on_paused_time();
    world.engine.add(AddCredential { keep_fresh: true, ..deepvue() }, "test").unwrap();
    let day = |number: i32| TimeDelta::hours(24) * number;
    world.provider_says(&[
        sold("token-1", world.now() + day(1)),
        sold("token-2", world.now() + day(2)),
        sold("token-3", world.now() + day(3)),
        sold("token-4", world.now() + day(9)),
    ]);
    world
}

async fn hours(count: u64) {
    tokio::time::sleep(Duration::from_hours(count)).await;
}

/// DV10
#[tokio::test(start_paused = true)]
async fn dv10_a_token_is_bought_at_once_and_renewed_at_90_percent_of_its_life() {
    let world = world();
    let background = Background::of(&world);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!((world.asked(), background.renewed().len()), (1, 1));
    hours(21).await;
    assert_eq!(world.asked(), 1, "not before");
    hours(1).await;
    assert_eq!(world.asked(), 2);
    assert_eq!(background.renewed(), ["deepvue/main", "deepvue/main"]);
    let token = world.token().await.unwrap();
    assert_eq!((token.access_token.expose().as_str(), token.reused), ("token-2", true));
    assert_eq!(world.asked(), 2, "whoever asks finds it there");
}

#[tokio::test(start_paused = true)]
async fn a_machine_that_slept_renews_within_30_seconds_of_waking() {
    let world = world();
    let _background = Background::of(&world);
    tokio::time::sleep(Duration::from_secs(1)).await;
    // Timers stood still, the wall clock did not.
    world.clock.advance(TimeDelta::hours(23));
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(world.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_kept_fresh_is_left_alone_and_switching_it_on_counts_at_once() {
    let world = World::on_paused_time();
    let reference = world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    let background = Background::of(&world);
    hours(48).await;
    assert_eq!(world.asked(), 0);
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    let mut edit = crate::world::unchanged(reference);
    edit.keep_fresh = Some(true);
    world.engine.edit(edit, "test").unwrap();
    background.changed.notify_one();
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert_eq!(world.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_renewed_while_the_vault_is_locked() {
    let world = world();
    let _background = Background::of(&world);
    tokio::time::sleep(Duration::from_secs(1)).await;
    world.engine.lock().unwrap();
    hours(72).await;
    assert_eq!(world.asked(), 1);
    world.unlock().unwrap();
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(world.asked(), 2, "and it goes on when it is open again");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_is_down_keeps_the_old_token_and_is_asked_less_and_less() {
    let world = world();
    let background = Background::of(&world);
    hours(21).await;
    world.provider_is_down();
    tokio::time::sleep(Duration::from_mins(90)).await;
    let asked = world.asked() - 1;
    assert!((5..=15).contains(&asked), "in the 54 minutes since it was due: {asked}");
    let kept = world.engine.show(&"deepvue/main".parse().unwrap()).unwrap().credential;
    assert!(world.engine.renewal_problem(&kept).is_some(), "it is told why it may alarm");
    assert!(background.renewed().len() > 1, "and that there is something new to show");
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    world.provider_says(&[sold("token-2", world.now() + TimeDelta::hours(24))]);
    tokio::time::sleep(Duration::from_mins(11)).await;
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-2");
    assert_eq!(world.engine.renewal_problem(&kept), None, "a success ends it");
}

#[tokio::test(start_paused = true)]
async fn a_caller_and_the_background_share_one_exchange() {
    let world = world();
    world.provider.gate.forget_permits(usize::MAX);
    let _background = Background::of(&world);
    let engine = Arc::clone(&world.engine);
    let caller = tokio::spawn(async move { engine.token(&crate::world::wanted(), "test").await });
    while world.asked() == 0 {
        tokio::task::yield_now().await;
    }
    world.provider.gate.add_permits(10);
    assert_eq!(caller.await.unwrap().unwrap().access_token.expose(), "token-1");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(world.asked(), 1);
}

/// DC8
#[tokio::test(start_paused = true)]
async fn dc8_a_refused_login_is_not_tried_again_in_the_background_until_it_is_changed() {
    let world = world();
    let _background = Background::of(&world);
    hours(21).await;
    let refusal = r#"{"detail":"Incorrect client_id or client_secret"}"#;
    world.provider_says(&[(401, refusal.to_owned())]);
    hours(48).await;
    assert_eq!(world.asked(), 2, "one token, one refusal: repeated attempts may lock an account");
    let mut edit = crate::world::unchanged("deepvue/main".parse().unwrap());
    let secret = keyturn_core::Secret::new("another-client-secret".to_owned());
    edit.secrets = [("client_secret".parse().unwrap(), secret)].into_iter().collect();
    world.engine.edit(edit, "test").unwrap();
    world.provider_says(&[sold("token-2", world.now() + TimeDelta::hours(24))]);
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-2");
}
