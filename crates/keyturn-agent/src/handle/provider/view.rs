//! A profile as it is shown.

use keyturn_protocol::calls::{
    EnvironmentView, FieldGuide, LifetimeView, LinkView, MethodGuide, OwnProfileState,
    ProviderView, RecipeView, SampleBodyView, SampleView,
};
use keyturn_providers::{
    AuthMethod, Encoding, Exchange, Field, Limit, Method, Profile, Recipe, Rotation, RotationKind,
    TestCall,
};

pub(super) fn of(
    profile: &Profile,
    state: Option<OwnProfileState>,
    environments: Vec<EnvironmentView>,
) -> ProviderView {
    let fields = profile.fields.iter().map(|field| guide(profile, field));
    let methods = profile.methods.iter().map(|method| MethodGuide {
        name: method.name.clone(),
        label: method.label.clone(),
        advice: method.advice.clone(),
        recommended: method.recommended,
        recipe: method.recipe.clone(),
        lifetime: lifetime(profile, method),
    });
    let notes = profile.notices.iter().filter(|notice| notice.verified);
    let docs = profile.documentation.iter().map(|page| LinkView {
        title: page.title.clone(),
        url: page.url.clone(),
        dated: page.version.clone().or_else(|| Some(format!("read on {}", page.read_on))),
    });
    let samples = profile.samples.iter().map(|sample| SampleView {
        id: sample.id.clone(),
        title: sample.label.clone(),
        method: sample.method.clone(),
        path: sample.path.clone(),
        creates: sample.may_change_something(),
        recipe: sample.recipe.clone(),
        query: sample.query.iter().map(|one| (one.key.clone(), one.value.clone())).collect(),
        body: sample.body.as_ref().map(|body| SampleBodyView {
            content_type: body.content_type.clone(),
            text: body.text.clone(),
        }),
        note: sample.note.clone(),
    });
    let recipes = profile.recipes.iter().map(|recipe| RecipeView {
        name: recipe.name.clone(),
        label: recipe.label.clone(),
        note: recipe.note.clone(),
        paths: recipe.paths.clone(),
        sends: profile.ways_of(recipe),
        carries: carried(recipe),
    });
    let rotation = match profile.rotation.kind {
        RotationKind::SelfService => format!("You replace it yourself: {}", profile.rotation.place),
        RotationKind::SupportRequest => {
            format!("The provider's support replaces it: {}", profile.rotation.place)
        }
    };
    ProviderView {
        id: profile.id.clone(),
        name: profile.name.clone(),
        summary: profile.summary.clone(),
        own: state.is_some(),
        state,
        notes: notes.map(|notice| notice.text.clone()).collect(),
        docs: docs.collect(),
        environments,
        fields: fields.collect(),
        methods: methods.collect(),
        sent_as: profile.sent_as(),
        recipes: recipes.collect(),
        exchanges: profile.exchanges.iter().map(exchange_in_words).collect(),
        limits: profile.limits.iter().map(limit_in_words).collect(),
        rotation: Some(rotation),
        rotation_notes: rotation_notes(&profile.rotation),
        test_call: test_call_in_words(&profile.test_call),
        tests_keys: !matches!(profile.test_call, TestCall::None { .. }),
        reveal_once: !profile.shown_once().is_empty(),
        checklist: profile.checklist.iter().map(|item| item.text.clone()).collect(),
        ip_allow_list: profile.ip_allow_list.is_some(),
        samples: samples.collect(),
        unconfirmed: unconfirmed(profile),
    }
}

/// What a recipe carries, each once.
fn carried(recipe: &Recipe) -> Vec<String> {
    let headers = recipe.headers.iter().map(|header| &header.carries);
    let all = headers.chain(recipe.query.iter().map(|one| &one.carries));
    let mut carried: Vec<String> = all.map(ToString::to_string).collect();
    carried.dedup();
    carried
}

/// How long what a method sends lives, as documented.
fn lifetime(profile: &Profile, method: &AuthMethod) -> LifetimeView {
    let Method::Exchange(exchange) = profile.means_of(method) else { return LifetimeView::Key };
    let documented = exchange.documented_lifetime.as_ref();
    match documented.and_then(|span| u64::try_from(span.length().num_seconds()).ok()) {
        Some(seconds) => LifetimeView::Documented { seconds },
        None if exchange.response.expiry.is_empty() => LifetimeView::Undocumented,
        None => LifetimeView::Answered,
    }
}

/// What becomes of the old key, how often to replace it, and what to do in which order.
fn rotation_notes(rotation: &Rotation) -> Vec<String> {
    let old_key = rotation.old_key_note.as_ref().map(|note| {
        let doubt = if rotation.old_key_verified { "" } else { " (not confirmed)" };
        format!("The old key: {note}{doubt}")
    });
    let interval = rotation.suggested_interval.as_ref().map(|interval| {
        let note = rotation.interval_note.as_ref().map(|note| format!(": {note}"));
        format!("Every {interval}{}", note.unwrap_or_default())
    });
    let steps = rotation.steps.iter().zip(1..).map(|(step, number)| format!("{number}. {step}"));
    old_key.into_iter().chain(interval).chain(steps).collect()
}

fn test_call_in_words(test_call: &TestCall) -> String {
    match test_call {
        TestCall::None { reason } => format!("None. {reason}"),
        TestCall::Exchange { reason } => format!("Buying a token. {reason}"),
        TestCall::Sample { sample } => format!("The sample {sample}"),
    }
}

fn guide(profile: &Profile, field: &Field) -> FieldGuide {
    let uses = |method: &&AuthMethod| {
        profile.fields_of(method).contains(&&field.name)
            || profile
                .recipe(&method.recipe)
                .is_some_and(|recipe| recipe.fields().any(|name| *name == field.name))
    };
    FieldGuide {
        name: field.name.clone(),
        label: field.label.clone(),
        secret: field.is_secret(),
        required: field.required,
        where_to_find: field.where_to_find.clone(),
        env_var: field.env_var.clone(),
        format: field.pattern_hint.clone(),
        note: field.note.clone(),
        choices: field.choices.clone(),
        default: field.default.clone(),
        for_environments: field.for_environments.clone(),
        methods: profile.methods.iter().filter(uses).map(|method| method.name.clone()).collect(),
    }
}

fn exchange_in_words(exchange: &Exchange) -> String {
    let encoding = match exchange.encoding {
        Encoding::Multipart => ", multipart form",
        Encoding::Form => ", urlencoded form",
        Encoding::Json => ", JSON",
        Encoding::None => "",
    };
    let lifetime = exchange
        .documented_lifetime
        .as_ref()
        .map(|lifetime| format!(", lives {lifetime}"))
        .unwrap_or_default();
    format!("{} {}{encoding}{lifetime}", exchange.method, exchange.path)
}

fn limit_in_words(limit: &Limit) -> String {
    format!("{}: {}", limit.label, limit.in_words())
}

/// Everything that the provider's main documentation does not confirm.
fn unconfirmed(profile: &Profile) -> Vec<String> {
    let exchanges = profile.exchanges.iter().filter(|exchange| !exchange.verified);
    let limits = profile.limits.iter().filter(|limit| !limit.verified);
    let answers = profile.answers.iter().filter(|answer| !answer.verified);
    let samples = profile.samples.iter().filter(|sample| !sample.verified);
    let notices = profile.notices.iter().filter(|notice| !notice.verified);
    exchanges
        .map(|exchange| format!("The exchange {} {}", exchange.method, exchange.path))
        .chain(limits.map(|limit| format!("The limits: {}", limit.label)))
        .chain(answers.map(|answer| format!("Status {}: {}", answer.status, answer.meaning)))
        .chain(samples.map(|sample| format!("The request {} {}", sample.method, sample.path)))
        .chain((!profile.rotation.old_key_verified).then(|| {
            let note = profile.rotation.old_key_note.as_deref();
            format!("The old key: {}", note.unwrap_or("what becomes of it"))
        }))
        .chain(notices.map(|notice| notice.text.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use keyturn_providers::Catalogue;

    use super::*;

    #[test]
    fn each_recipe_says_what_it_sends_and_a_sample_all_of_its_parts() {
        let catalogue = Catalogue::builtin();
        let view = of(catalogue.get(&"deepvue".parse().unwrap()).unwrap(), None, Vec::new());
        let named = |name: &str| view.recipes.iter().find(|recipe| recipe.name == name).unwrap();
        let both = named("bearer-and-key");
        assert_eq!(both.sends, ["Authorization: Bearer …", "x-api-key: …"]);
        assert_eq!(both.carries, ["token", "client_secret"]);
        assert_eq!(named("key").carries, ["client_secret"]);
        assert_eq!(view.methods.first().unwrap().recipe, "bearer");
        let sample = view.samples.first().unwrap();
        assert_eq!(sample.recipe.as_deref(), Some("bearer-and-key"));
        assert_eq!(sample.query, [("pan_number".to_owned(), "AAAPT0002F".to_owned())]);
        let view = of(catalogue.get(&"deepidv".parse().unwrap()).unwrap(), None, Vec::new());
        let body = view.samples.first().unwrap().body.as_ref().unwrap();
        assert_eq!(body.content_type, "application/json");
        assert!(body.text.contains("firstName"), "{}", body.text);
    }
}
