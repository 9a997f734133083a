//! Trying again: 429 and 5xx where their meaning is to back off, and nothing else; on paused time.

use std::time::Duration;

use chrono::TimeDelta;
use keyturn_engine::{EngineError, Sent, TestRequest, TokenRequest};
use tokio::time::Instant;

use crate::world::{KEY, Said, World, credential, reading, sold, wanted};

/// A world in which `deepidv/main` gets these answers, and how long its request took.
async fn after(answers: &[Said], change: impl Fn(&mut TestRequest)) -> (Sent, Duration, usize) {
    let world = World::on_paused_time();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_answers(answers.iter().cloned());
    let mut request = reading("deepidv/main", "/v1/sessions");
    change(&mut request);
    let begun = Instant::now();
    let sent = world.engine.send(request, "test").await.unwrap();
    (sent, begun.elapsed(), world.asked())
}

fn said(status: u16, headers: &[(&str, &str)]) -> Said {
    Said::new(status, headers, "{}")
}

/// DI6
#[tokio::test(start_paused = true)]
async fn di6_retry_after_is_kept_in_seconds_and_as_a_date() {
    for (header, value) in [("retry-after", "7"), ("retry-after", "Mon, 15 Jun 2026 12:00:07 GMT")]
    {
        let answers = [said(429, &[(header, value)]), said(200, &[])];
        let (sent, took, asked) = after(&answers, |_| ()).await;
        assert_eq!(sent.answer.unwrap().0.status, 200);
        assert_eq!((sent.attempts, asked), (2, 2));
        let expected = Duration::from_secs(7)..=Duration::from_secs(8);
        assert!(expected.contains(&took), "{value}: {took:?}");
    }
}

/// DI6
#[tokio::test(start_paused = true)]
async fn di6_without_a_word_the_waits_grow_and_come_to_an_end() {
    let (sent, took, asked) = after(&[said(429, &[])], |_| ()).await;
    assert_eq!((sent.attempts, asked), (5, 5));
    let (answer, diagnosis) = sent.answer.unwrap();
    assert_eq!((answer.status, diagnosis.row.as_deref()), (429, Some("DI7.429")));
    assert_eq!(took, Duration::from_millis(250 + 500 + 1_000 + 2_000), "jitter is fixed at a half");
}

#[tokio::test(start_paused = true)]
async fn a_provider_in_trouble_is_asked_again_by_requests_that_read() {
    for status in [500, 502, 503, 504] {
        let (sent, _, asked) = after(&[said(status, &[]), said(200, &[])], |_| ()).await;
        assert_eq!((sent.answer.unwrap().0.status, asked), (200, 2), "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_else_is_sent_again() {
    for status in [200, 301, 400, 401, 402, 403, 404, 408, 409, 422] {
        let (sent, took, asked) = after(&[said(status, &[("retry-after", "1")])], |_| ()).await;
        assert_eq!((sent.attempts, asked, took), (1, 1, Duration::ZERO), "{status}");
    }
}

/// DI4
#[tokio::test(start_paused = true)]
async fn di4_what_creates_something_is_never_sent_again_by_itself() {
    for status in [429, 500, 503] {
        let answers = [said(status, &[("retry-after", "9")]), said(201, &[])];
        let creating = |request: &mut TestRequest| {
            request.method = Some("POST".to_owned());
            request.confirmed = true;
        };
        let (sent, took, asked) = after(&answers, creating).await;
        assert_eq!((sent.attempts, asked, took), (1, 1, Duration::ZERO));
        let (answer, diagnosis) = sent.answer.unwrap();
        assert_eq!(answer.status, status);
        let at = diagnosis.retry_at.unwrap().to_rfc3339();
        assert_eq!(at, "2026-06-15T12:00:09+00:00", "the user is told when");
    }
}

#[tokio::test(start_paused = true)]
async fn without_waiting_the_answer_comes_at_once_and_says_when() {
    let answers = [said(429, &[("retry-after", "30")]), said(200, &[])];
    let (sent, took, asked) = after(&answers, |request| request.no_wait = true).await;
    assert_eq!((asked, took), (1, Duration::ZERO));
    let (_, diagnosis) = sent.answer.unwrap();
    assert_eq!(diagnosis.retry_at.unwrap().to_rfc3339(), "2026-06-15T12:00:30+00:00");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_left_to_the_user() {
    let (sent, took, asked) = after(&[said(429, &[("retry-after", "600")])], |_| ()).await;
    assert_eq!((asked, took), (1, Duration::ZERO));
    let (_, diagnosis) = sent.answer.unwrap();
    assert_eq!(diagnosis.retry_at.unwrap().to_rfc3339(), "2026-06-15T12:10:00+00:00");
}

#[tokio::test(start_paused = true)]
async fn what_one_caller_is_told_holds_the_others_too() {
    let world = World::on_paused_time();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_answers([said(429, &[("retry-after", "20")]), said(200, &[])]);
    let refused = TestRequest { no_wait: true, ..reading("deepidv/main", "/v1/a") };
    world.engine.send(refused, "test").await.unwrap();
    let begun = Instant::now();
    world.engine.send(reading("deepidv/main", "/v1/b"), "test").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(20));
    assert_eq!(world.asked(), 2, "and so nobody is refused a second time");
}

/// DE7
#[tokio::test(start_paused = true)]
async fn de7_the_reset_in_the_body_is_waited_for() {
    let world = World::on_paused_time();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    let reset = (world.now() + TimeDelta::seconds(12)).timestamp();
    let limited = format!(
        r#"{{"detail":{{"message":"Rate limit exceeded","limit":10,"remaining":0,"reset":{reset}}}}}"#
    );
    world.provider_says(&[
        (200, r#"{"access_token":"t"}"#.to_owned()),
        (429, limited),
        (200, "[]".to_owned()),
    ]);
    let begun = Instant::now();
    let sent = world.engine.send(reading("deeply/main", "/api/v1/events"), "test").await.unwrap();
    assert_eq!((sent.answer.unwrap().0.status, sent.attempts), (200, 2));
    let expected = Duration::from_secs(12)..=Duration::from_secs(13);
    assert!(expected.contains(&begun.elapsed()), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn an_exchange_is_made_again_when_the_provider_is_in_trouble() {
    let world = World::on_paused_time();
    world.add_deepvue();
    world.provider_says(&[
        (503, String::new()),
        (429, String::new()),
        sold("token-1", world.now() + TimeDelta::hours(24)),
    ]);
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    assert_eq!(world.asked(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_exchange_that_was_refused_or_not_answered_is_not_made_again() {
    let world = World::on_paused_time();
    world.add_deepvue();
    for status in [400, 401, 403, 404] {
        world.provider_says(&[(status, "{}".to_owned())]);
        world.token().await.unwrap_err();
    }
    world.provider_is_down();
    world.token().await.unwrap_err();
    assert_eq!(world.asked(), 5);
}

#[tokio::test(start_paused = true)]
async fn without_waiting_for_an_exchange_one_is_told_when_and_it_goes_on() {
    let world = World::on_paused_time();
    world.add_deepvue();
    world.provider_answers([
        said(429, &[("retry-after", "30")]),
        Said::new(200, &[], &sold("token-1", world.now() + TimeDelta::hours(24)).1),
    ]);
    let impatient = TokenRequest { no_wait: true, ..wanted() };
    let error = world.engine.token(&impatient, "test").await.unwrap_err();
    let EngineError::NotYet { retry_at, .. } = &error else { panic!("{error}") };
    assert!(*retry_at >= world.now() + TimeDelta::seconds(30), "{retry_at}");
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    assert_eq!(world.asked(), 2, "the one that waits joined the exchange that waits");
}

/// DV10
#[tokio::test(start_paused = true)]
async fn dv10_who_has_a_token_that_lives_never_waits_for_a_provider_in_trouble() {
    let world = World::on_paused_time();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    world.clock.advance(TimeDelta::hours(23));
    world.provider_says(&[(503, String::new())]);
    let begun = Instant::now();
    for _ in 0..100 {
        assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    }
    assert_eq!(begun.elapsed(), Duration::ZERO);
    tokio::time::sleep(Duration::from_mins(5)).await;
    assert_eq!(world.asked(), 6, "one exchange of five attempts, however many ask");
    tokio::time::sleep(Duration::from_mins(20)).await;
    world.token().await.unwrap();
    assert_eq!(world.asked(), 7, "and another one later");
}

/// DE7
#[tokio::test(start_paused = true)]
async fn de7_a_reset_in_milliseconds_or_beyond_all_time_closes_no_limit_for_long() {
    for (reset, shortest, longest) in [
        ("1781524812000", 12, 13),
        ("99999999999", 0, 86_400),
        ("9223372036854775807", 0, 0),
        ("-9223372036854775808", 0, 0),
    ] {
        let world = World::on_paused_time();
        world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
        let limited = format!(r#"{{"detail":{{"message":"Rate limit","reset":{reset}}}}}"#);
        world.provider_says(&[
            (200, r#"{"access_token":"t"}"#.to_owned()),
            (429, limited),
            (200, "[]".to_owned()),
        ]);
        let events = || TestRequest { no_wait: true, ..reading("deeply/main", "/api/v1/events") };
        let sent = world.engine.send(events(), "test").await.unwrap();
        let (answer, diagnosis) = sent.answer.unwrap();
        assert_eq!((answer.status, diagnosis.row.as_deref()), (429, Some("DE7.429")));
        let wait = match world.engine.send(events(), "test").await {
            Ok(_) => 0,
            Err(EngineError::NotYet { retry_at, .. }) => (retry_at - world.now()).num_seconds(),
            Err(error) => panic!("{error}"),
        };
        assert!((shortest..=longest).contains(&wait), "{reset}: {wait} s");
    }
}

/// DE7
#[tokio::test(start_paused = true)]
async fn de7_an_exchange_whose_reset_is_beyond_all_time_fails_and_the_next_one_goes() {
    for reset in ["99999999999", "8210266876799000", "9223372036854775807"] {
        let world = World::on_paused_time();
        world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
        let request = TokenRequest { reference: "deeply/main".parse().unwrap(), ..wanted() };
        let limited = format!(r#"{{"detail":{{"message":"Rate limit","reset":{reset}}}}}"#);
        world.provider_says(&[(429, limited)]);
        let error = world.engine.token(&request, "test").await.unwrap_err();
        assert!(error.to_string().contains("429"), "{error}");
        world.provider_says(&[(200, r#"{"access_token":"t"}"#.to_owned())]);
        tokio::time::sleep(Duration::from_hours(25)).await;
        world.engine.token(&request, "test").await.unwrap();
    }
}
