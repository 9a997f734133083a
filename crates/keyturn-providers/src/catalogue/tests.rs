//! What the built-in profiles say of the four providers, row by row of the acceptance list.

use crate::schema::Automatic;
use crate::{
    Auth, BodySource, Carried, Catalogue, Encoding, FieldProblem, Method, OldKey, PlainHttp,
    Profile, RevealPolicy, RotationKind, SampleBody, TestCall,
};
use chrono::{TimeDelta, Utc};
use keyturn_core::{
    Credential, CredentialId, EnvironmentName, Field, FieldName, FieldValue, RevealState,
};

fn profile(id: &str) -> Profile {
    Catalogue::builtin().get(&id.parse().unwrap()).unwrap().clone()
}

fn field(name: &str) -> FieldName {
    name.parse().unwrap()
}

/// A credential with these fields stored: secrets, or `name=value` for open ones.
fn credential(provider: &str, fields: &[&str]) -> Credential {
    let fields = fields.iter().map(|text| match text.split_once('=') {
        Some((name, value)) => {
            Field { name: field(name), value: FieldValue::Open(value.to_owned()) }
        }
        None => Field { name: field(text), value: FieldValue::Secret { last_four: None } },
    });
    let at = chrono::DateTime::<Utc>::UNIX_EPOCH;
    let reference = format!("{provider}/main").parse().unwrap();
    Credential {
        id: CredentialId::from_bytes([7; 16]),
        fields: fields.collect(),
        reveal: RevealState::NotApplicable,
        secret_version: 1,
        secrets_stored_at: None,
        ..Credential::new(reference, vec!["production".parse().unwrap()], at)
    }
}

#[test]
fn every_provider_says_what_it_was_made_from() {
    for profile in Catalogue::builtin().iter() {
        assert!(!profile.documentation.is_empty(), "{}", profile.id);
        assert!(!profile.client_side_warning.is_empty(), "X6: {}", profile.id);
        assert!(profile.rotation.suggested_interval.is_some(), "DV14: {}", profile.id);
    }
}

#[test]
fn dv1_the_form_says_where_the_pair_is_found() {
    let profile = profile("deepvue");
    for name in ["client_id", "client_secret"] {
        let field = profile.field(&field(name)).unwrap();
        assert_eq!(field.where_to_find.as_deref(), Some("Dashboard → Credentials"));
        assert!(field.required);
    }
    assert!(!profile.field(&field("client_id")).unwrap().is_secret());
    assert!(profile.field(&field("client_secret")).unwrap().is_secret());
}

#[test]
fn dv2_the_exchange_is_a_multipart_form_of_both_fields_without_auth_or_grant_type() {
    let profile = profile("deepvue");
    let exchange = profile.exchange("authorize").unwrap();
    assert_eq!((exchange.method.as_str(), exchange.path.as_str()), ("POST", "/v1/authorize"));
    assert_eq!((exchange.encoding, &exchange.auth), (Encoding::Multipart, &Auth::None));
    let keys: Vec<&str> = exchange.body.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["client_id", "client_secret"]);
    assert!(exchange.body.iter().all(|entry| matches!(entry.source, BodySource::Field { .. })));
    assert_eq!(profile.environments[0].base_url, "https://production.deepvue.tech");
}

#[test]
fn dv4_a_token_lives_for_24_hours() {
    let profile = profile("deepvue");
    let life = profile.exchanges[0].documented_lifetime.as_ref().unwrap();
    assert_eq!(life.length(), TimeDelta::hours(24));
}

#[test]
fn dv5_there_are_three_recipes_and_the_usual_one_is_the_bearer_alone() {
    let profile = profile("deepvue");
    assert_eq!(profile.recipes.len(), 3);
    let credential = credential("deepvue", &["client_id=abc", "client_secret"]);
    let recipe = profile.default_recipe(&credential);
    assert_eq!(recipe.name, "bearer");
    assert_eq!(recipe.fields().count(), 0, "no long-lived secret comes along");
    let sample = profile.recipe("bearer-and-key").unwrap();
    assert!(sample.needs_token() && sample.fields().count() == 1);
    assert!(!profile.recipe("key").unwrap().needs_token());
}

#[test]
fn dv6_the_sample_with_the_pan_is_marked_as_personal() {
    let profile = profile("deepvue");
    let sample = profile.sample("panbasic").unwrap();
    assert_eq!(sample.path, "/v1/verification/panbasic");
    assert!(sample.personal_data && sample.query[0].key == "pan_number");
}

#[test]
fn dv6_x8_the_personal_sample_is_known_however_its_path_is_written_and_a_test_call_is_vouched_for()
{
    let deepvue = profile("deepvue");
    for path in
        ["/v1/verification/panbasic", "/v1/verification/pan%62asic/", "/v1/verification%2Fpanbasic"]
    {
        for method in ["GET", "head"] {
            assert!(deepvue.held_back(method, path).unwrap().contains("personal data"), "{path}");
        }
    }
    assert!(profile("deepidv").creates_by("POST", "/v1/sessions/"));
    let deepcurrent = profile("deepcurrent");
    assert!(deepcurrent.sample("me").unwrap().personal_data);
    assert_eq!(deepcurrent.held_back("GET", "/api/v1/users/me"), None, "its own test call");
}

#[test]
fn x8_what_is_not_known_to_be_harmless_is_held_back_though_its_method_reads() {
    let held = |id: &str, method: &str, path: &str| profile(id).held_back(method, path).is_some();
    for path in ["/v1/verification/aadhaar", "/v1/Verification/gst", "//v1/%76erification"] {
        assert!(held("deepvue", "GET", path), "{path}");
    }
    assert!(!held("deepvue", "GET", "/v1/balance") && !held("deepvue", "GET", "/v1/verifications"));
    assert!(held("slack", "GET", "/api/chat.postMessage"));
    assert!(!held("slack", "POST", "/api/auth.test"), "its own test call");
    assert!(held("slack", "GET", "/api/auth.test"), "which is a POST");
    assert!(!held("github", "GET", "/repos/a/b"));
}

#[test]
fn dv9_dv12_the_ip_list_and_the_eight_items_are_there() {
    let profile = profile("deepvue");
    let list = profile.ip_allow_list.as_ref().unwrap();
    assert!(list.message.contains("{addresses}") && list.support == "support@deepvue.tech");
    assert_eq!(list.tests.len(), 2);
    assert_eq!(profile.checklist.len(), 8);
    let automatic: Vec<Automatic> =
        profile.checklist.iter().filter_map(|item| item.automatic).collect();
    assert_eq!(automatic.len(), 5);
    assert!(profile.checklist.iter().any(|item| item.repeat_every.is_some()), "DV14: monitoring");
}

#[test]
fn dv11_x9_the_environment_variables_are_the_documented_ones() {
    let profile = profile("deepvue");
    let names: Vec<&str> = profile.fields.iter().filter_map(|f| f.env_var.as_deref()).collect();
    assert_eq!(names, ["DEEPVUE_CLIENT_ID", "DEEPVUE_CLIENT_SECRET"]);
    assert_eq!(profile.token_env_var.as_deref(), Some("DEEPVUE_ACCESS_TOKEN"));
}

#[test]
fn dv13_de7_limits_from_other_pages_are_marked_so() {
    let deepvue = profile("deepvue");
    let plans: Vec<_> = deepvue
        .limits
        .iter()
        .map(|limit| {
            (limit.plan.as_deref().unwrap(), limit.per_second, limit.per_minute, limit.per_day)
        })
        .collect();
    assert_eq!(plans[0], ("Starter", Some(1), Some(30), Some(1_000)));
    assert_eq!(plans[3], ("Enterprise", Some(17), Some(1_000), Some(50_000)));
    let deeply = profile("deeply");
    assert!(deepvue.limits.iter().chain(&deeply.limits).all(|limit| !limit.verified));
}

#[test]
fn x8_no_test_call_does_harm() {
    assert!(matches!(profile("deepvue").test_call, TestCall::Exchange { .. }));
    assert!(matches!(profile("deepidv").test_call, TestCall::None { .. }));
}

#[test]
fn di1_di3_deepidv_sends_its_key_itself_and_has_no_exchange() {
    let profile = profile("deepidv");
    let credential = credential("deepidv", &["api_key"]);
    assert_eq!(profile.method_for(&credential), Method::Key(&field("api_key")));
    assert_eq!(profile.primary_for(&credential), Carried::Field(field("api_key")));
    assert!(!profile.has_tokens());
    let header = &profile.default_recipe(&credential).headers[0];
    assert_eq!((header.name.as_str(), header.scheme.as_deref()), ("x-api-key", None));
    assert!(profile.field(&field("organization")).is_some());
}

#[test]
fn di2_the_old_key_ends_at_once_and_that_is_our_reading() {
    let rotation = profile("deepidv").rotation;
    assert_eq!((rotation.kind, rotation.old_key), (RotationKind::SelfService, OldKey::EndsAtOnce));
    assert!(!rotation.old_key_verified);
    assert_eq!(profile("deepidv").reveal.policy, RevealPolicy::Repeatable);
}

#[test]
fn di4_the_sample_creates_something_and_says_so() {
    let profile = profile("deepidv");
    let sample = profile.sample("create-session").unwrap();
    assert!(sample.creates_something && sample.personal_data);
    let SampleBody { content_type, text } = sample.body.as_ref().unwrap();
    assert_eq!(content_type, "application/json");
    for key in ["firstName", "lastName", "email", "phone", "workflowId"] {
        assert!(text.contains(key), "{key}");
    }
}

#[test]
fn di6_the_limits_are_the_documented_ones() {
    let limit = &profile("deepidv").limits[0];
    assert_eq!((limit.per_second, limit.burst, limit.per_day), (Some(25), Some(35), Some(10_000)));
    assert!(limit.verified);
}

#[test]
fn de1_only_one_recipe_carries_the_api_key_and_only_to_where_tokens_are_issued() {
    let profile = profile("deeply");
    let carrying: Vec<_> =
        profile.recipes.iter().filter(|recipe| recipe.fields().count() > 0).collect();
    assert_eq!(carrying.len(), 1);
    assert!(carrying[0].covers("/api/v1/auth/reissue") && !carrying[0].covers("/api/v1/events"));
    assert!(profile.field(&field("api_key")).unwrap().only_for.is_some());
}

#[test]
fn de2_the_exchange_is_a_get_with_the_key_as_bearer_and_not_confirmed() {
    let profile = profile("deeply");
    let exchange = &profile.exchanges[0];
    assert_eq!((exchange.method.as_str(), exchange.encoding), ("GET", Encoding::None));
    assert_eq!(exchange.auth, Auth::Bearer { field: field("api_key") });
    assert!(!exchange.verified && exchange.documented_lifetime.is_none());
}

#[test]
fn de4_clear_text_is_for_the_edge_device_alone_and_the_consent_names_the_key() {
    for profile in Catalogue::builtin().iter() {
        for environment in &profile.environments {
            let edge = profile.id.as_str() == "deeply" && environment.name.as_str() == "edge";
            assert_eq!(environment.plain_http == PlainHttp::Private, edge);
        }
    }
    let profile = profile("deeply");
    let edge: EnvironmentName = "edge".parse().unwrap();
    let environment = profile.environment(&edge).unwrap();
    assert!(environment.plain_http_consent.as_ref().unwrap().contains("API key"));
    let missing = profile.missing_fields(&|name| name.as_str() == "api_key", &[edge]);
    assert_eq!(missing, [field("edge_ip")]);
}

#[test]
fn de6_the_archived_version_is_named() {
    let page = &profile("deeply").documentation[0];
    assert!(page.version.as_ref().unwrap().contains("v2025.08"));
}

#[test]
fn dc1_a_credential_uses_the_key_or_the_login_by_what_it_holds_or_says() {
    let profile = profile("deepcurrent");
    let method = |fields: &[&str]| {
        let credential = credential("deepcurrent", fields);
        profile.auth_method(&credential).name.clone()
    };
    let login = ["username=me@example.com", "password"];
    assert_eq!(method(&["api_key"]), "api_key");
    assert_eq!(method(&login), "login");
    assert_eq!(method(&["api_key", login[0], login[1]]), "api_key", "recommended");
    assert_eq!(
        method(&["api_key", login[0], login[1], "method=login"]),
        "login",
        "as the user says"
    );
    assert_eq!(method(&[]), "api_key", "the form leads there");
    assert!(profile.methods[0].recommended);
    assert_eq!(profile.missing_fields(&|_| false, &[]), [field("api_key")]);
    let with_login = |name: &FieldName| matches!(name.as_str(), "username" | "password");
    assert_eq!(profile.missing_fields(&with_login, &[]), []);
    let both = credential("deepcurrent", &login);
    assert_eq!(profile.default_recipe(&both).name, "bearer");
    assert_eq!(profile.primary_for(&both), Carried::Token);
}

#[test]
fn dc1_a_key_of_which_only_the_last_four_are_known_is_not_used() {
    let profile = profile("deepcurrent");
    let mut credential = credential("deepcurrent", &["api_key", "username=me", "password"]);
    credential.fields[0].value = FieldValue::Missing { last_four: Some("7x9z".to_owned()) };
    assert_eq!(profile.auth_method(&credential).name, "login");
}

#[test]
fn dc2_a_key_begins_with_dc_and_a_referral_code_is_none() {
    let profile = profile("deepcurrent");
    let check = |value| profile.validate_value(&field("api_key"), value);
    assert_eq!(check("dc_0123456789abcdef"), Ok(()));
    assert!(matches!(check("sk_0123456789abcdef"), Err(FieldProblem::Prefix { .. })));
    assert!(matches!(check("dc_your_api_key_here"), Err(FieldProblem::Lookalike { .. })));
    let pasted = "\"referral_code\": \"dc_FRIEND42\"";
    assert!(matches!(check(pasted), Err(FieldProblem::Lookalike { .. })));
    let referral = &profile.field(&field("api_key")).unwrap().lookalikes[1];
    assert!(!referral.verified);
    assert!(profile.field(&field("api_key")).unwrap().never_expires);
}

#[test]
fn a_value_with_a_line_break_is_refused_without_being_repeated() {
    let profile = profile("deepvue");
    let error = profile.validate_value(&field("client_secret"), "canary\r\nHost: x").unwrap_err();
    assert!(matches!(error, FieldProblem::ControlCharacter { .. }));
    assert!(!error.to_string().contains("canary"));
    let unknown = profile.validate_value(&field("client_secrt"), "x").unwrap_err();
    assert!(unknown.to_string().contains("did you mean 'client_secret'?"), "{unknown}");
}

#[test]
fn dc3_the_login_is_a_form_of_username_and_password() {
    let profile = profile("deepcurrent");
    let exchange = &profile.exchanges[0];
    assert_eq!(
        (exchange.encoding, exchange.path.as_str()),
        (Encoding::Form, "/api/v1/login/access-token")
    );
    assert!(exchange.documented_lifetime.is_none(), "DC4");
}

#[test]
fn dc5_the_sample_tells_the_last_four_of_the_key() {
    let profile = profile("deepcurrent");
    let last_four = profile.sample("me").unwrap().last_four.as_ref().unwrap();
    assert_eq!((last_four.pointer.as_str(), last_four.verified), ("/api_key_last_four", false));
}

#[test]
fn dc6_dc7_the_key_is_shown_once_and_support_makes_the_next() {
    let profile = profile("deepcurrent");
    assert_eq!(profile.reveal.policy, RevealPolicy::Once);
    assert_eq!(profile.rotation.kind, RotationKind::SupportRequest);
    assert_eq!(profile.rotation.old_key, OldKey::WorksUntilConfirmed);
    assert!(profile.rotation.nudge_after.is_some());
    for path in
        ["/api/v1/users/me/api-key", "/api/v1/users/me/api%2Dkey/x", "/api/v1/users/me%2Fapi-key"]
    {
        assert!(profile.never_calls(path).is_some(), "{path}");
    }
    assert!(profile.never_calls("/api/v1/users/me").is_none());
}

#[test]
fn a_rotation_replaces_the_secret_of_the_method_and_what_comes_with_it() {
    use keyturn_core::rotation::{OldKeyEnd, Route};

    let route = |id| profile(id).rotation.route();
    let (by_support, at_once) = (route("deepcurrent"), route("deepidv"));
    assert_eq!(
        by_support,
        Route { requested: true, confirmed: true, old_key: OldKeyEnd::OnConfirmation }
    );
    assert_eq!(at_once, Route { requested: false, confirmed: false, old_key: OldKeyEnd::AtOnce });
    let second_key = route("openai");
    assert!(!second_key.confirmed, "its user ends the old key, and tells nobody");
    for profile in Catalogue::builtin().iter() {
        let address = profile.rotation.support.address.as_deref();
        assert!(address.is_none_or(|text| text.contains('@') || text.starts_with("https://")));
    }
}
