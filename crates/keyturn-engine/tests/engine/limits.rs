//! The provider's limits, kept for all callers together; on paused time.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use keyturn_engine::{AddCredential, EditCredential, EngineError, LimitWindow, Sent, TestRequest};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::world::{KEY, Said, World, credential, deepvue, reading, sold, unchanged};

fn deepidv(name: &str, organization: &str) -> AddCredential {
    let organization = [("organization", organization)];
    let open = if organization[0].1.is_empty() { &[][..] } else { &organization[..] };
    AddCredential {
        name: name.parse().unwrap(),
        ..credential("deepidv", open, &[("api_key", KEY)])
    }
}

fn world_with_deepidv() -> World {
    let world = World::on_paused_time();
    world.engine.add(deepidv("main", "Acme"), "test").unwrap();
    world.provider_says(&[(200, "{}".to_owned())]);
    world
}

fn start(world: &World, request: TestRequest) -> JoinHandle<Result<Sent, EngineError>> {
    let engine = Arc::clone(&world.engine);
    tokio::spawn(async move { engine.send(request, "test").await })
}

fn impatient(reference: &str, path: &str) -> TestRequest {
    TestRequest { no_wait: true, ..reading(reference, path) }
}

fn used(world: &World, reference: &str, window: LimitWindow) -> u32 {
    let shown = world.engine.show(&reference.parse().unwrap()).unwrap();
    let limits = world.engine.limits(&shown.credential);
    limits.iter().find(|limit| limit.window == window).unwrap().used
}

/// A bucket as deepidv describes its limits: it answers 429 to whoever comes too early.
fn bucket(rate: f64, burst: f64) -> impl FnMut() -> Option<Said> {
    let (mut level, mut filled_at) = (burst, None::<Instant>);
    move || {
        let now = Instant::now();
        let gone = filled_at.map_or(0.0, |at| (now - at).as_secs_f64());
        filled_at = Some(now);
        level = f64::min(level + gone * rate, burst);
        if level < 0.999_999 {
            return Some(Said::new(429, &[], r#"{"detail":"Rate limit exceeded"}"#));
        }
        level -= 1.0;
        None
    }
}

/// DI6
#[tokio::test(start_paused = true)]
async fn di6_a_burst_of_100_takes_the_ideal_time_and_is_never_refused() {
    for latency_ms in [0, 20, 60] {
        let world = world_with_deepidv();
        *world.provider.latency.lock().unwrap() = Duration::from_millis(latency_ms);
        world.provider_judges(bucket(25.0, 35.0));
        let begun = Instant::now();
        let callers: Vec<_> =
            (0..100).map(|_| start(&world, reading("deepidv/main", "/v1/sessions"))).collect();
        for caller in callers {
            let sent = caller.await.unwrap().unwrap();
            assert_eq!((sent.answer.unwrap().0.status, sent.attempts), (200, 1));
        }
        let ideal = Duration::from_millis(2_600 + 2 * latency_ms);
        let took = begun.elapsed();
        assert!(took >= Duration::from_millis(2_600), "{took:?}");
        assert!(took.as_secs_f64() <= ideal.as_secs_f64() * 1.05, "{took:?} with {latency_ms} ms");
        assert_eq!(world.asked(), 100, "nothing was sent twice");
    }
}

/// DI6
#[tokio::test(start_paused = true)]
async fn di6_the_same_burst_without_limits_would_be_refused() {
    let mut refused = 0;
    let mut judge = bucket(25.0, 35.0);
    for _ in 0..100 {
        refused += usize::from(judge().is_some());
    }
    assert_eq!(refused, 65, "the bucket of these tests does refuse");
}

#[tokio::test(start_paused = true)]
async fn callers_go_in_the_order_they_came() {
    let world = world_with_deepidv();
    let mut callers = Vec::new();
    for number in 0..60 {
        callers.push(start(&world, reading("deepidv/main", &format!("/v1/sessions/{number}"))));
        tokio::task::yield_now().await;
    }
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    let expected: Vec<String> = (0..60).map(|number| format!("/v1/sessions/{number}")).collect();
    assert_eq!(*world.provider.paths.lock().unwrap(), expected);
}

/// DI1, DI6
#[tokio::test(start_paused = true)]
async fn di1_credentials_of_one_organization_share_its_limits_and_others_do_not() {
    let world = world_with_deepidv();
    world.engine.add(deepidv("second", "Acme"), "test").unwrap();
    world.engine.add(deepidv("other", "Umbrella"), "test").unwrap();
    world.engine.add(deepidv("nameless", ""), "test").unwrap();
    for _ in 0..20 {
        world.engine.send(reading("deepidv/main", "/v1/a"), "test").await.unwrap();
    }
    for reference in ["deepidv/main", "deepidv/second"] {
        assert_eq!(used(&world, reference, LimitWindow::Day), 20, "{reference}");
        assert_eq!(used(&world, reference, LimitWindow::Second), 20, "{reference}");
    }
    for reference in ["deepidv/other", "deepidv/nameless"] {
        assert_eq!(used(&world, reference, LimitWindow::Day), 0, "{reference}");
    }
}

/// DI6
#[tokio::test(start_paused = true)]
async fn di6_without_waiting_one_is_told_when() {
    let world = world_with_deepidv();
    let begun = Instant::now();
    for _ in 0..35 {
        world.engine.send(impatient("deepidv/main", "/v1/a"), "test").await.unwrap();
    }
    let error = world.engine.send(impatient("deepidv/main", "/v1/a"), "test").await.unwrap_err();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    let EngineError::NotYet { retry_at, .. } = &error else { panic!("{error}") };
    let wait = *retry_at - world.now();
    assert!(wait > TimeDelta::zero() && wait <= TimeDelta::milliseconds(41), "{wait}");
    assert!(error.to_string().contains("may be sent again at 2026-06-15 12:00:00 UTC"), "{error}");
    assert_eq!(world.asked(), 35);
}

/// DI6
#[tokio::test(start_paused = true)]
async fn di6_the_days_count_survives_a_restart_and_ends_with_the_day() {
    let world = world_with_deepidv();
    for _ in 0..3 {
        world.engine.send(reading("deepidv/main", "/v1/a"), "test").await.unwrap();
    }
    let world = world.restart();
    assert_eq!(used(&world, "deepidv/main", LimitWindow::Day), 3);
    world.engine.send(reading("deepidv/main", "/v1/a"), "test").await.unwrap();
    assert_eq!(used(&world, "deepidv/main", LimitWindow::Day), 4);
    world.clock.advance(TimeDelta::hours(12));
    assert_eq!(used(&world, "deepidv/main", LimitWindow::Day), 0, "it is midnight in UTC");
}

/// DV13
#[tokio::test(start_paused = true)]
async fn dv13_the_chosen_plan_counts_the_exchange_too_and_its_day_has_an_end() {
    let world = World::on_paused_time();
    let starter = AddCredential { plan: Some("starter".to_owned()), ..deepvue() };
    world.engine.add(starter, "test").unwrap();
    world.provider_says(&[
        sold("token-1", world.now() + TimeDelta::hours(24)),
        (200, "{}".to_owned()),
    ]);
    let path = "/v1/verification";
    for _ in 0..999 {
        world.engine.send(reading("deepvue/main", path), "test").await.unwrap();
    }
    assert_eq!(world.asked(), 1_000, "one of them the exchange");
    let took = world.now() - "2026-06-15T12:00:00Z".parse::<chrono::DateTime<_>>().unwrap();
    assert!(took >= TimeDelta::minutes(32), "30 a minute: {took}");
    let error = world.engine.send(reading("deepvue/main", path), "test").await.unwrap_err();
    let EngineError::NotYet { retry_at, .. } = error else { panic!("{error}") };
    assert_eq!(retry_at.to_rfc3339(), "2026-06-16T00:00:00+00:00");
    assert_eq!(world.asked(), 1_000, "nothing was sent for the one too many");
}

/// DV13
#[tokio::test(start_paused = true)]
async fn dv13_without_a_plan_nothing_is_limited_and_an_unknown_plan_is_refused() {
    let world = World::on_paused_time();
    world.add_deepvue();
    let shown = world.engine.show(&"deepvue/main".parse().unwrap()).unwrap();
    assert!(world.engine.limits(&shown.credential).is_empty());
    let free =
        AddCredential { name: "free".parse().unwrap(), plan: Some("Free".to_owned()), ..deepvue() };
    let error = world.engine.add(free, "test").unwrap_err();
    let EngineError::NoPlan { known, .. } = error else { panic!("{error}") };
    assert_eq!(known, ["Starter", "Business", "Growth", "Enterprise"]);
}

/// DE7
#[tokio::test(start_paused = true)]
async fn de7_each_endpoint_has_limits_of_its_own() {
    let world = World::on_paused_time();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_says(&[(200, r#"{"access_token":"t"}"#.to_owned())]);
    let begun = Instant::now();
    for path in ["/api/v1/events", "/api/v1/devices"] {
        for _ in 0..10 {
            world.engine.send(reading("deeply/main", path), "test").await.unwrap();
        }
    }
    assert_eq!(begun.elapsed(), Duration::ZERO, "ten a second at each");
    world.engine.send(reading("deeply/main", "/api/v1/events"), "test").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_vault_that_locks_ends_a_request_that_waits_before_anything_is_sent() {
    let world = world_with_deepidv();
    let callers: Vec<_> =
        (0..40).map(|_| start(&world, reading("deepidv/main", "/v1/a"))).collect();
    while world.asked() < 35 {
        tokio::task::yield_now().await;
    }
    world.engine.lock().unwrap();
    let mut locked = 0;
    for caller in callers {
        match caller.await.unwrap() {
            Ok(_) => {}
            Err(EngineError::VaultLocked) => locked += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((locked, world.asked()), (5, 35));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_never_left_is_not_counted() {
    let world = world_with_deepidv();
    world.provider_is_unreachable();
    world.engine.send(reading("deepidv/main", "/v1/a"), "test").await.unwrap_err();
    assert_eq!(used(&world, "deepidv/main", LimitWindow::Day), 0);
    world.provider_is_down();
    world.engine.send(reading("deepidv/main", "/v1/a"), "test").await.unwrap_err();
    assert_eq!(used(&world, "deepidv/main", LimitWindow::Day), 1, "it may have arrived");
}

#[tokio::test(start_paused = true)]
async fn a_queue_that_a_provider_closes_for_longer_is_told_so_at_once() {
    let world = world_with_deepidv();
    world.provider_judges({
        let mut judge = bucket(25.0, 35.0);
        let mut count = 0;
        move || {
            count += 1;
            let closes = Said::new(429, &[("retry-after", "3600")], "{}");
            if count == 35 { Some(closes) } else { judge() }
        }
    });
    let begun = Instant::now();
    let callers: Vec<_> =
        (0..60).map(|_| start(&world, reading("deepidv/main", "/v1/sessions"))).collect();
    let mut told = 0;
    for caller in callers {
        match caller.await.unwrap() {
            Err(EngineError::NotYet { retry_at, .. }) => {
                assert!(retry_at - world.now() > TimeDelta::minutes(59), "{retry_at}");
                told += 1;
            }
            sent => drop(sent.unwrap()),
        }
    }
    assert_eq!(told, 25, "those that waited behind it");
    assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn who_does_not_want_to_wait_does_not_wait_behind_others_either() {
    let world = world_with_deepidv();
    let begun = Instant::now();
    let callers: Vec<_> =
        (0..80).map(|_| start(&world, impatient("deepidv/main", "/v1/a"))).collect();
    let mut went = 0;
    for caller in callers {
        match caller.await.unwrap() {
            Ok(_) => went += 1,
            Err(EngineError::NotYet { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert_eq!((went, world.asked()), (35, 35));
}

/// DE7
#[tokio::test(start_paused = true)]
async fn de7_an_endpoint_is_the_same_whichever_thing_is_asked_for_and_however_it_is_typed() {
    let world = World::on_paused_time();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_says(&[(200, r#"{"access_token":"t"}"#.to_owned())]);
    let begun = Instant::now();
    let paths =
        ["/api/v1/events/1", "/api/v1/events/2/", "/api/v1/%65vents/3", "/api/%761/events/a1b2"];
    for path in paths.iter().cycle().take(10) {
        world.engine.send(reading("deeply/main", path), "test").await.unwrap();
    }
    world.engine.send(reading("deeply/main", "/api/v1/devices/1"), "test").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::ZERO, "ten a second at each");
    world.engine.send(reading("deeply/main", "/api/v1/events/9"), "test").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
}

/// DV13: what an account has used of its day stays used, whatever its plan is called.
#[tokio::test(start_paused = true)]
async fn dv13_another_plan_does_not_give_the_day_back() {
    let world = World::on_paused_time();
    let starter = AddCredential { plan: Some("starter".to_owned()), ..deepvue() };
    let added = world.engine.add(starter, "test").unwrap().credential;
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end), (200, "{}".to_owned())]);
    for _ in 0..3 {
        world.engine.send(reading("deepvue/main", "/v1/verification"), "test").await.unwrap();
    }
    let before = used(&world, "deepvue/main", LimitWindow::Day);
    assert_eq!(before, 4, "one of them the exchange");
    let other = world.engine.edit(
        EditCredential { plan: Some("growth".to_owned()), ..unchanged(added.reference()) },
        "test",
    );
    assert_eq!(other.unwrap().credential.plan.as_deref(), Some("Growth"));
    assert_eq!(used(&world, "deepvue/main", LimitWindow::Day), before);
}
