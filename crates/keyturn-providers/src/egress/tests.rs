use super::*;

const DEEPVUE: &str = include_str!("../../builtin/deepvue.toml");

fn egress(text: &str) -> Egress {
    Egress::of(&crate::check("mine.toml", text).unwrap_or_else(|found| panic!("{found:?}")))
}

fn changed(from: &str, to: &str) -> Egress {
    assert!(DEEPVUE.contains(from), "the profile has {from}");
    egress(&DEEPVUE.replacen(from, to, 1))
}

#[test]
fn each_value_is_told_with_what_carries_it_and_whereto() {
    let egress = egress(DEEPVUE);
    let origins: Vec<&str> = egress.origins.iter().map(String::as_str).collect();
    assert_eq!(origins, ["https://production.deepvue.tech (production)"]);
    let of = |name: &str| -> Vec<&str> {
        egress.ways.iter().filter(|way| way.what == name).map(|way| way.how.as_str()).collect()
    };
    assert_eq!(of("client_id"), ["in the body of POST /v1/authorize"]);
    assert_eq!(
        of("client_secret"),
        [
            "in the body of POST /v1/authorize",
            "in the header x-api-key, to paths below /v1",
            "in the header x-api-key, to paths below /v1/verification",
        ]
    );
    assert_eq!(of("token").len(), 2);
}

#[test]
fn words_for_people_change_nothing_of_where_a_value_goes() {
    let before = egress(DEEPVUE);
    assert_eq!(changed("label = \"Production\"", "label = \"Live\""), before);
    assert_eq!(changed("documented_lifetime = \"24h\"", "documented_lifetime = \"12h\""), before);
}

#[test]
fn whatever_leads_a_value_elsewhere_is_a_difference() {
    let before = egress(DEEPVUE);
    for (from, to) in [
        ("https://production.deepvue.tech", "https://production.deepvue.example"),
        ("\"/v1/authorize\"", "\"/v1/elsewhere\""),
        ("paths = [\"/v1/verification\"]", "paths = [\"/\"]"),
        ("name = \"x-api-key\"", "name = \"x-another\""),
        ("kind = \"secret\"", "kind = \"open\""),
        ("recipe = \"bearer\"", "recipe = \"bearer-and-key\""),
        ("access_token = \"/access_token\"", "access_token = \"/refresh_token\""),
    ] {
        assert_ne!(changed(from, to), before, "{from} → {to}");
    }
}
