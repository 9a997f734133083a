use proptest::prelude::*;

use super::*;

const MILLISECOND: i64 = SECOND / 1_000;

fn bucket() -> Pace {
    Pace::new(Rules { per_second: Some(25), burst: Some(35), per_minute: None })
}

/// Sends as many as asked for, each as soon as it may go; answers come after `latency`.
fn send(pace: &mut Pace, count: usize, latency: i64) -> Vec<i64> {
    let mut now = 0;
    let mut under_way: VecDeque<(i64, u64)> = VecDeque::new();
    let mut sent = Vec::new();
    while sent.len() < count {
        let ready = pace.ready(now);
        let answered = under_way.front().map(|(at, _)| *at);
        if let Some(at) = answered.filter(|at| *at <= ready) {
            now = now.max(at);
            let (_, number) = under_way.pop_front().unwrap();
            pace.settle(number, now);
        } else {
            now = ready;
            under_way.push_back((now + latency, pace.take(now)));
            sent.push(now);
        }
    }
    sent
}

/// DI6
#[test]
fn a_hundred_at_deepidvs_limits_take_the_ideal_time() {
    let sent = send(&mut bucket(), 100, 0);
    assert!(sent[..35].iter().all(|at| *at == 0), "the burst goes at once");
    assert_eq!(sent[99], 2_600 * MILLISECOND, "(100 − 35) / 25 seconds");
}

#[test]
fn a_slow_network_costs_its_latency_once() {
    let sent = send(&mut bucket(), 100, 80 * MILLISECOND);
    assert!(sent[99] <= 2_730 * MILLISECOND, "within 5 %: {}", sent[99]);
}

#[test]
fn a_window_lets_the_next_one_go_when_the_oldest_leaves() {
    let rules = Rules { per_second: Some(2), burst: None, per_minute: Some(3) };
    let sent = send(&mut Pace::new(rules), 5, 0);
    assert_eq!(sent, [0, 0, SECOND, 60 * SECOND, 60 * SECOND]);
}

#[test]
fn a_request_that_hangs_counts_after_its_grace_and_holds_nothing_up_for_longer() {
    let mut pace = Pace::new(Rules { per_second: Some(1), burst: None, per_minute: None });
    let hanging = pace.take(0);
    assert_eq!(pace.ready(0), 2 * SECOND);
    pace.settle(hanging, 100 * MILLISECOND);
    assert_eq!(pace.ready(100 * MILLISECOND), SECOND + 100 * MILLISECOND, "an answer frees it");
}

#[test]
fn what_the_provider_asked_for_holds_everybody() {
    let mut pace = bucket();
    pace.hold(30 * SECOND);
    assert_eq!(pace.ready(0), 30 * SECOND);
    pace.hold(SECOND);
    assert_eq!(pace.ready(0), 30 * SECOND, "a shorter word does not shorten a longer one");
}

#[test]
fn what_left_its_window_is_forgotten() {
    let mut pace = bucket();
    send(&mut pace, 35, 0);
    assert_eq!(pace.used(0, SECOND), (35, Some(SECOND)));
    assert!(!pace.is_idle(0));
    assert!(pace.is_idle(2 * SECOND));
}

proptest! {
    /// The provider's own count, wherever between sending and answer each request arrives.
    #[test]
    fn no_order_of_arrivals_breaks_a_limit(
        arrivals in proptest::collection::vec((0..400_i64, 0..400_i64), 1..120),
        bursty in any::<bool>(),
    ) {
        let (rate, burst) = (10_i64, 12_i64);
        let mut pace = Pace::new(Rules {
            per_second: Some(10),
            burst: bursty.then_some(12),
            per_minute: None,
        });
        let (mut now, mut under_way, mut arrived) = (0, Vec::<(i64, u64)>::new(), Vec::new());
        for (there, back) in arrivals {
            loop {
                let ready = pace.ready(now);
                under_way.sort_unstable();
                let answered = under_way.first().copied().filter(|(at, _)| *at <= ready);
                let Some((at, number)) = answered else {
                    now = ready;
                    break;
                };
                under_way.remove(0);
                now = now.max(at);
                pace.settle(number, now);
            }
            arrived.push(now + there * MILLISECOND);
            under_way.push((now + (there + back) * MILLISECOND, pace.take(now)));
        }
        arrived.sort_unstable();
        for (from, first) in arrived.iter().enumerate() {
            for (to, last) in arrived.iter().enumerate().skip(from) {
                let count = i64::try_from(to - from).unwrap() + 1;
                if bursty {
                    let room = burst * SECOND + rate * (last - first);
                    prop_assert!(count * SECOND <= room, "{count} in {} ns", last - first);
                } else {
                    prop_assert!(count <= rate || last - first >= SECOND, "{count} within a second");
                }
            }
        }
    }
}

#[test]
fn a_bucket_matters_until_it_is_full_again() {
    let mut pace = bucket();
    for _ in 0..35 {
        let number = pace.take(0);
        pace.settle(number, 0);
    }
    assert!(!pace.is_idle(1_200 * MILLISECOND), "30 of 35 are back");
    assert!(!pace.is_idle(1_399 * MILLISECOND));
    assert!(pace.is_idle(1_400 * MILLISECOND), "35 at 25 a second");
}
