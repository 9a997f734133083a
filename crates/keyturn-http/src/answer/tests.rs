use super::*;

#[test]
fn a_redirect_tells_host_and_path_and_never_a_query() {
    let endpoint =
        Endpoint::new("https://api.test:8443", None, keyturn_providers::PlainHttp::Never).unwrap();
    let cases = [
        ("/v2/x?token=secret#part", "https://api.test:8443/v2/x", false),
        ("y", "https://api.test:8443/v1/y", false),
        ("https://api.test:8443/", "https://api.test:8443/", false),
        ("https://other.test/x?a=b", "https://other.test/x", true),
        ("https://user:secret@other.test/", "https://other.test/", true),
        ("http://api.test:8443/v1", "http://api.test:8443/v1", true),
        ("mailto:somebody@other.test", "mailto:…", true),
    ];
    for (location, to, elsewhere) in cases {
        let redirect = Answer { status: 302, ..answer(&[("location", location)]) };
        let expected = Redirect { to: to.to_owned(), elsewhere };
        assert_eq!(redirect.redirect(&endpoint, "/v1/x"), Some(expected), "{location}");
        let other = Answer { status: 201, ..redirect };
        assert_eq!(other.redirect(&endpoint, "/v1/x"), None, "no redirect: {location}");
    }
    let nowhere = Answer { status: 302, ..answer(&[("location", "https://")]) };
    assert_eq!(nowhere.redirect(&endpoint, "/v1/x"), None);
}

fn answer(headers: &[(&str, &str)]) -> Answer {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Answer {
        status: 429,
        headers: headers.iter().map(pair).collect(),
        body: b"canary".to_vec(),
        timing: Timing::default(),
        tls: None,
        attempts: 1,
        size: BodySize::default(),
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-07T10:00:00Z".parse().unwrap()
}

#[test]
fn di6_retry_after_is_read_in_both_of_its_forms() {
    let wait = |value: &str| answer(&[("retry-after", value)]).retry_after(now());
    assert_eq!(wait("120"), Some(TimeDelta::seconds(120)));
    assert_eq!(wait("Sat, 07 Mar 2026 10:00:30 GMT"), Some(TimeDelta::seconds(30)));
    assert_eq!(wait("Saturday, 07-Mar-26 10:00:30 GMT"), Some(TimeDelta::seconds(30)));
    assert_eq!(wait("Sat Mar  7 10:00:30 2026"), Some(TimeDelta::seconds(30)));
    assert_eq!(wait("Sat, 07 Mar 2026 09:00:00 GMT"), Some(TimeDelta::zero()), "over already");
    for nothing in ["", "soon", "-5", "1.5"] {
        assert_eq!(wait(nothing), None, "{nothing}");
    }
    assert_eq!(wait("99999999999999999999"), Some(TimeDelta::days(1)));
}

#[test]
fn x5_a_date_of_retry_after_is_meant_in_the_providers_time() {
    let answer = answer(&[
        ("date", "Sat, 07 Mar 2026 12:00:00 GMT"),
        ("retry-after", "Sat, 07 Mar 2026 12:00:30 GMT"),
    ]);
    assert_eq!(answer.retry_after(now()), Some(TimeDelta::seconds(30)));
    assert_eq!(answer.skew(now()), Some(TimeDelta::hours(2)));
}

#[test]
fn x5_a_second_of_travel_is_no_skew() {
    let answer = answer(&[("date", "Sat, 07 Mar 2026 09:59:59 GMT")]);
    assert_eq!(answer.skew(now()), Some(TimeDelta::zero()));
    assert_eq!(super::tests::answer(&[]).skew(now()), None);
}

#[test]
fn debug_shows_neither_body_nor_header_values() {
    let shown = format!("{:?}", answer(&[("set-cookie", "canary")]));
    assert!(shown.contains("set-cookie") && !shown.contains("canary"), "{shown}");
}
