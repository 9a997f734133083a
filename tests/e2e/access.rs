//! What the pages may ask of the shell, tried past the interface.

use serde_json::json;

use crate::support::{Machine, PASSPHRASE, Provider, wait};

#[test]
fn the_main_page_gets_no_secret_from_any_command_and_cannot_take_a_revealed_one() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();

    let wrong = json!({"passphrase": "wrong", "recovery_key": null});
    let refused = window.invoke("unlock_vault", &wrong);
    assert_eq!(refused["error"]["code"], "wrong_key", "{refused}");
    let right = json!({"passphrase": PASSPHRASE, "recovery_key": null});
    // After a wrong attempt the vault does not listen for a moment.
    wait::until("the vault to listen again", || {
        let opened = window.invoke("unlock_vault", &right);
        (opened == json!({"value": null})).then_some(())
    });

    let renewed = window.invoke("renew_token", &json!({"reference": "deepvue/main"}));
    assert_eq!(renewed["value"]["reused"], false, "{renewed}");
    let token = machine.sandbox().last_token(Provider::Deepvue).expect("a token was issued");
    assert!(!renewed.to_string().contains(&token));

    let copy = json!({"target": "deepvue/main/token", "format": "raw", "with_key": false});
    let copied = window.invoke("copy_secret", &copy);
    assert_eq!(copied["value"]["clears_in_s"], 20, "{copied}");
    assert!(!copied.to_string().contains(&token));
    assert_eq!(machine.clipboard(), token);

    let long = json!({"reference": format!("deepvue/{}", "x".repeat(500))});
    let refused = window.invoke("show_credential", &long);
    assert_eq!(refused["error"]["code"], "invalid_input", "{refused}");
    assert_eq!(refused["error"]["message"], "a name has at most 64 characters");

    let revealed = window.invoke(
        "open_reveal",
        &json!({"target": "deepvue/main/client_secret", "confirmed": false}),
    );
    assert_eq!(revealed, json!({"value": null}));
    let stolen = window.invoke("take_reveal", &json!({}));
    assert!(stolen.get("value").is_none(), "only the reveal window may take it: {stolen}");
}
