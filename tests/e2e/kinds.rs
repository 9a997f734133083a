//! Adding a credential of each kind by hand, and the whole way from nothing to the first copied token.

use crate::support::{Machine, PASSPHRASE, Provider, Window, wait};

/// What each of the four providers asks for: its name in the gallery, and its fields.
fn form(machine: &Machine, provider: Provider) -> (&'static str, Vec<(&'static str, String)>) {
    let known = |field: &str| machine.sandbox().credential(provider, field);
    match provider {
        Provider::Deepvue => (
            "Deepvue",
            vec![("Client id", known("client_id")), ("Client secret", known("client_secret"))],
        ),
        Provider::Deepidv => ("deepidv", vec![("API key", known("api_key"))]),
        Provider::Deeply => ("Deeply", vec![("API key", known("api_key"))]),
        Provider::Deepcurrent => (
            "DeepCurrent",
            vec![("E-mail address", known("email")), ("Password", known("password"))],
        ),
    }
}

fn fill(window: &Window, fields: &[(&str, String)]) {
    for (label, value) in fields {
        window.fill(label, value);
    }
}

#[test]
fn a_credential_of_each_kind_is_added_by_hand_and_works() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    for provider in Provider::ALL {
        let (name, fields) = form(&machine, provider);
        window.begin_to_add(name);
        let field = window.find("textbox", "Name");
        window.replace_text(&field, "by-hand");
        fill(&window, &fields);
        // Deeply's is called otherwise; a key that may go to both is no harm here.
        let known: &[&str] =
            if name == "Deeply" { &["sandbox"] } else { &["sandbox", "production"] };
        for environment in known {
            window.bring_into_view("checkbox", environment);
            window.click_on("checkbox", environment);
        }
        window.click_on("button", "Add credential");
        wait::until("the form's end", || window.look_for("dialog", name).is_none().then_some(()));
        window.find("heading", "by-hand");
        let is_open = |label: &str| ["Client id", "E-mail address"].contains(&label);
        let (open, secret): (Vec<_>, Vec<_>) = fields.iter().partition(|(label, _)| is_open(label));
        for (_, value) in open {
            window.says(value);
        }
        let page = window.everything();
        for (label, value) in secret {
            assert!(!page.contains(value), "{name}: {label}");
        }
    }
    machine.unlock();
    for provider in Provider::ALL {
        let reference = format!("{}/by-hand", provider.id());
        // deepidv has no token: its key is what is used.
        match provider {
            Provider::Deepidv => machine.keyturn(&["show", &reference], ""),
            _ => machine.keyturn(&["token", &reference, "--environment", "sandbox"], ""),
        };
    }
}

/// Bar 3: from nothing to the first copied token, counted as a user's clicks and fields.
#[test]
fn the_first_token_is_copied_after_at_most_twelve_interactions() {
    let mut machine = Machine::new();
    let window = machine.window();
    let mut interactions = 0;
    let mut step = |what: &str, act: &mut dyn FnMut()| {
        interactions += 1;
        assert!(interactions <= 12, "{what} is interaction {interactions}");
        act();
    };
    step("how it is kept", &mut || window.click_on("radio", "Passphrase alone"));
    step("the passphrase", &mut || window.fill("Passphrase", PASSPHRASE));
    step("the vault", &mut || window.click_on("button", "Make vault"));
    step("the recovery key", &mut || window.click_on("button", "Finish later"));
    window.find("heading", "Add your first credential");
    // The machine of a test knows no real provider; this is no part of a user's way.
    machine.unlock();
    machine.imitate_providers();

    step("the provider", &mut || window.click_on("button", "Deepvue"));
    let (_, fields) = form(&machine, Provider::Deepvue);
    for (label, value) in fields {
        step(label, &mut || window.fill(label, &value));
    }
    for environment in ["sandbox", "production"] {
        step(environment, &mut || window.click_on("checkbox", environment));
    }
    step("the credential", &mut || window.click_on("button", "Add credential"));
    window.find("heading", "Deepvue");
    step("the copy", &mut || window.click_on("button", "Copy token"));
    window.says("copied");
    let token = machine.sandbox().last_token(Provider::Deepvue).expect("a token was issued");
    assert_eq!(machine.clipboard(), token);
}
