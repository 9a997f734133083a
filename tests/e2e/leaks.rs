//! Searches everything that a page holds and hears for secrets, with proof that the search finds.

use crate::support::{Machine, PASSPHRASE, Provider};

#[test]
fn no_secret_is_in_the_page_its_storage_or_an_answer_of_the_shell() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "main", &["--note", "remark-7x9z"]);
    machine.add(Provider::Deeply, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.record_answers();
    window.unlock();
    let mut pages = String::new();
    for provider in ["Deepvue", "Deeply"] {
        window.select(provider);
        window.click_on("button", "Renew");
        window.says(&format!("New token for {provider}"));
        window.click_on("button", "Copy token");
        window.says(&format!("Token of {provider}"));
        window.bring_into_view("button", "Send");
        window.click_on("button", "Send");
        window.find("status", "The answer");
        pages.push_str(&window.everything());
    }
    let answers = window.answers();

    let known = |provider, field: &str| machine.sandbox().credential(provider, field);
    let issued = |provider| machine.sandbox().last_token(provider).expect("a token was issued");
    for (what, secret) in [
        ("the passphrase", PASSPHRASE.to_owned()),
        ("the client secret", known(Provider::Deepvue, "client_secret")),
        ("Deepvue's token", issued(Provider::Deepvue)),
        ("the issuer's key", known(Provider::Deeply, "api_key")),
        ("Deeply's token", issued(Provider::Deeply)),
    ] {
        assert!(!pages.contains(&secret), "the page holds {what}");
        assert!(!answers.contains(&secret), "an answer of the shell holds {what}");
    }

    // Positive control: what may be shown is found by the same search in both places.
    for open in [known(Provider::Deepvue, "client_id"), "remark-7x9z".to_owned()] {
        assert!(pages.contains(&open), "the search reads the page");
        assert!(answers.contains(&open), "the search reads the answers");
    }
}
