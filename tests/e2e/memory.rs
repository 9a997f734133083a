//! Searches the memory of the window's own process and of its web processes for stored secrets.
//!
//! What a user types into a page stays in the web view's memory for a while, and nobody can wipe it from
//! here: how much of it is left is reported, and not promised.

use std::io::Write as _;

use serde_json::json;

use crate::support::memory::{Form, forms, found};
use crate::support::{Machine, PASSPHRASE, Provider, Window, processes, wait};

/// The window's processes with what lies in the memory of each.
fn look(window: &Window, wanted: &[Form]) -> Vec<String> {
    let processes = processes::descendants(window.process());
    assert!(processes.len() >= 3, "the window, its web process, its network process");
    let search = |pid: u32| {
        found(pid, wanted).into_iter().map(move |form| format!("{}: {form}", processes::name(pid)))
    };
    processes.into_iter().flat_map(search).collect()
}

#[test]
fn no_stored_secret_is_in_the_memory_of_the_window_or_its_web_processes() {
    let machine = Machine::new().with_vault();
    for provider in Provider::ALL {
        machine.add(provider, "main", &[]);
    }
    machine.keyturn(&["lock"], "");
    let known = |provider, field: &str| machine.sandbox().credential(provider, field);
    let window = machine.window();
    window.unlock();
    for provider in ["Deepvue", "DeepCurrent"] {
        window.select(provider);
        window.click_on("button", "Renew");
        window.says(&format!("New token for {provider}"));
        window.click_on("button", "Copy token");
        window.says("copied");
    }
    let issued = |provider| machine.sandbox().last_token(provider).expect("a token was issued");
    let sentinels = [
        ("Deepvue's client secret", known(Provider::Deepvue, "client_secret")),
        ("deepidv's key", known(Provider::Deepidv, "api_key")),
        ("Deeply's issuer's key", known(Provider::Deeply, "api_key")),
        ("DeepCurrent's password", known(Provider::Deepcurrent, "password")),
        ("Deepvue's token", issued(Provider::Deepvue)),
        ("DeepCurrent's token", issued(Provider::Deepcurrent)),
    ];
    let wanted: Vec<Form> =
        sentinels.iter().flat_map(|(name, secret)| forms(name, secret)).collect();
    assert_eq!(wanted.len(), 6 * 8);

    assert_eq!(look(&window, &wanted), Vec::<String>::new(), "unlocked and idle");
    machine.keyturn(&["lock"], "");
    window.find("heading", "Unlock Keyturn");
    assert_eq!(look(&window, &wanted), Vec::<String>::new(), "after the lock");

    let residue = look(&window, &forms("the passphrase", PASSPHRASE));
    drop(writeln!(std::io::stdout(), "residue of typed input after the lock: {residue:?}"));
}

/// Positive control: each of the eight forms is found where it lies, in the web process; and in the
/// window's own process something that lies there for sure.
#[test]
fn the_search_finds_each_form_in_the_web_process_and_what_the_window_holds() {
    let machine = Machine::new();
    let window = machine.window();
    window.find("button", "Make vault");
    let planted = forms("planted", "canary-4f81b2c7-planted");
    let bytes: Vec<&[u8]> = planted.iter().map(|form| form.bytes.as_slice()).collect();
    window.script(
        "window.__planted = arguments[0].map((bytes) => Uint8Array.from(bytes))",
        &[json!(bytes)],
    );
    let hits = wait::until("the planted forms", || {
        let hits = look(&window, &planted);
        (hits.len() >= planted.len()).then_some(hits)
    });
    for form in &planted {
        assert!(hits.iter().any(|hit| hit.ends_with(&form.what)), "{}: {hits:?}", form.what);
    }
    // Its environment names the machine's folder.
    let folder = machine.folder().to_string_lossy().into_owned();
    let hits = look(&window, &forms("folder", &folder));
    assert!(hits.iter().any(|hit| hit == "keyturn-desktop: folder as it is"), "{hits:?}");
}
