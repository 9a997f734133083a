//! Texts that would be code if a page took them for such, wherever a text of others comes to a page: as
//! names, notes and owners, as a provider's words, in answers, in a question of consent, as a revealed value.
//!
//! Each would set `window.__executed` or leave an element marked `data-injected`. The same texts in a page
//! without our policy do both, so that the search for it can find something.

use std::fs;

use keyturn_protocol::SecretOnWire;
use keyturn_protocol::prompt::{PromptOrder, RevealOrder};
use serde_json::{Value, json};

use crate::matrix::question;
use crate::support::{Machine, Provider, wait};

/// HTML, SVG, scripts in attributes and addresses, templates of several kinds, styles, and signs that steer
/// a terminal or the reading direction.
pub(crate) const PAYLOADS: [&str; 25] = [
    "<script data-injected>window.__executed=1</script>",
    "<img src=x onerror=window.__executed=1 data-injected>",
    "<svg onload=window.__executed=1 data-injected></svg>",
    "<svg data-injected><script>window.__executed=1</script></svg>",
    "<iframe srcdoc='<script>parent.__executed=1</script>' data-injected></iframe>",
    "<a href='javascript:window.__executed=1' data-injected>click</a>",
    "<details open ontoggle=window.__executed=1 data-injected><summary>more</summary></details>",
    "<input autofocus onfocus=window.__executed=1 data-injected>",
    "\"><img src=x onerror=window.__executed=1 data-injected>",
    "' onmouseover='window.__executed=1' data-injected='",
    "{{constructor.constructor('window.__executed=1')()}}",
    "${window.__executed=1}",
    "{@html '<img src=x onerror=window.__executed=1 data-injected>'}",
    "<template shadowrootmode=open data-injected><img src=x onerror=window.__executed=1></template>",
    "<math><mtext><img src=x onerror=window.__executed=1 data-injected></mtext></math>",
    "</title><script data-injected>window.__executed=1</script>",
    "</textarea><img src=x onerror=window.__executed=1 data-injected>",
    "]]><img src=x onerror=window.__executed=1 data-injected>",
    "<style data-injected>body{display:none}</style>",
    "<link rel=stylesheet href='data:text/css,body{display:none}' data-injected>",
    "<meta http-equiv=refresh content='0;url=javascript:window.__executed=1' data-injected>",
    "<object data='javascript:window.__executed=1' data-injected></object>",
    "javascript:window.__executed=1//",
    "\u{1b}[31m\u{1b}]8;;https://evil.example\u{7}red",
    "\u{202e}<img src=x onerror=window.__executed=1 data-injected>",
];
/// The last two hold signs that no stored text may have.
const STORABLE: usize = 23;

/// What happened in a page: code that ran, elements that came to be, and whether the page is still seen.
pub(crate) const LOOK: &str = "[window.__executed ?? 0, document.querySelectorAll('[data-injected]').length, \
                    getComputedStyle(document.body).display === 'none' ? 1 : 0]";

#[track_caller]
pub(crate) fn nothing_happened(page: &Value) {
    assert_eq!(*page, json!([0, 0, 0]), "[executed, elements, hidden]");
}

#[test]
fn no_text_of_others_is_taken_for_code_in_the_main_page() {
    let machine = Machine::new().with_vault();
    for (number, payload) in PAYLOADS[..STORABLE].iter().enumerate() {
        let name = format!("payload-{number:02}");
        machine.add(Provider::Deepidv, &name, &["--owner", payload, "--note", payload]);
    }
    fs::write(machine.folder().join("words.toml"), profile()).expect("a profile can be written");
    machine.keyturn(&["provider", "add", "words.toml", "--yes"], "");
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();

    // Owners and notes, where a credential is looked at.
    for (number, payload) in PAYLOADS[..STORABLE].iter().enumerate() {
        let search = window.find("textbox", "Search credentials");
        window.replace_text(&search, &format!("payload-{number:02}"));
        window.select(&format!("payload-{number:02}"));
        let shown = "return document.body.textContent.includes(arguments[0])";
        wait::until(payload, || {
            (window.script(shown, &[json!(payload)]) == json!(true)).then_some(())
        });
        nothing_happened(&window.script(&format!("return {LOOK}"), &[]));
    }

    // Signs that steer are refused, and the refusal repeats nothing of them.
    for payload in &PAYLOADS[STORABLE..] {
        let change = json!({"reference": "deepidv/payload-00", "owner": payload, "note": null});
        let refused = window.invoke("annotate_credential", &change);
        assert!(refused.get("error").is_some(), "{payload:?}: {refused}");
    }

    // All of them in one answer.
    let body = PAYLOADS.join("\n");
    let fault = json!({"do": "fault", "provider": "deepidv", "kind": "answer", "status": 418,
                       "headers": [["content-type", "text/html"]], "body": body});
    machine.sandbox().control(&fault);
    window.bring_into_view("button", "Send");
    window.click_on("button", "Send");
    window.find("dialog", "Send a request that creates something?");
    window.click_on("button", "Send it");
    window.says("418");
    nothing_happened(&window.script(&format!("return {LOOK}"), &[]));

    // A provider's own words, in the gallery and in the form.
    window.click_on("button", "Add credential");
    window.find("dialog", "Add a credential");
    window.says(PAYLOADS[2]);
    nothing_happened(&window.script(&format!("return {LOOK}"), &[]));
    window.click_on("button", PAYLOADS[2]);
    window.says(PAYLOADS[1]);
    nothing_happened(&window.script(&format!("return {LOOK}"), &[]));
}

/// A profile whose every word is one of the texts.
fn profile() -> String {
    let word = |number: usize| toml::Value::String(PAYLOADS[number].to_owned());
    format!(
        "schema = 1\nid = \"words\"\nname = {}\nsummary = {}\nclient_side_warning = {}\n\
         [[documentation]]\ntitle = {}\nread_on = \"2026-11-22\"\n\
         [[notices]]\nid = \"one\"\ntext = {}\n\
         [[environments]]\nname = \"production\"\nlabel = {}\nbase_url = \"https://api.words.example\"\n\
         [[fields]]\nname = \"api_key\"\nlabel = {}\nkind = \"secret\"\nrequired = true\n\
         env_var = \"WORDS_KEY\"\nwhere_to_find = {}\nnote = {}\n\
         [[methods]]\nname = \"api_key\"\nlabel = {}\nrecommended = true\nkey = \"api_key\"\nrecipe = \"key\"\n\
         [[recipes]]\nname = \"key\"\nlabel = {}\npaths = [\"/v1\"]\n\
         headers = [{{ name = \"x-api-key\", carries = \"api_key\" }}]\n\
         [rotation]\nkind = \"self_service\"\nwhere = {}\nold_key = \"unknown\"\nold_key_note = {}\n\
         old_key_verified = false\nsteps = [{}]\n\
         [reveal]\npolicy = \"repeatable\"\nwhere = {}\nnote = {}\n\
         [test_call]\nkind = \"none\"\nreason = {}\n",
        word(2),
        word(1),
        word(3),
        word(4),
        word(5),
        word(6),
        word(1),
        word(7),
        word(8),
        word(9),
        word(10),
        word(11),
        word(12),
        word(13),
        word(14),
        word(15),
        word(16),
    )
}

#[test]
fn no_text_of_others_is_taken_for_code_in_the_prompts_pages() {
    let machine = Machine::new();
    let everything = PAYLOADS.join("\n");
    let value = SecretOnWire::new(everything.clone());
    let reveal = RevealOrder { title: everything, value, seconds: 600, kit: None };
    let targets = PAYLOADS.map(str::to_owned);
    let orders = [PromptOrder::Reveal(reveal), PromptOrder::Consent(question(&targets))];
    for order in orders {
        let prompt = machine.prompt(&order);
        let mut page = prompt.page();
        let shown = format!("document.body.textContent.includes({})", json!(PAYLOADS[1]));
        wait::until("the texts on the page", || {
            (page.evaluate(&shown) == json!(true)).then_some(())
        });
        nothing_happened(&page.evaluate(LOOK));
    }
}

/// Positive control: a page without our policy, that takes them for HTML, runs them.
#[test]
fn the_search_for_executed_texts_finds_them_in_a_page_that_executes_them() {
    let machine = Machine::new();
    let window = machine.window_of("examples/bare-window");
    let put = "document.body.innerHTML = arguments[0]; return document.querySelectorAll('[data-injected]').length";
    let elements = PAYLOADS.map(|payload| window.script(put, &[json!(payload)]));
    let made = elements.iter().filter(|count| **count != json!(0)).count();
    assert!(made >= 18, "{elements:?}");
    for payload in [PAYLOADS[1], PAYLOADS[8], PAYLOADS[14], PAYLOADS[16]] {
        window.script(
            "window.__executed = 0; document.body.innerHTML = arguments[0]",
            &[json!(payload)],
        );
        wait::until(payload, || {
            (window.script("return window.__executed", &[]) == json!(1)).then_some(())
        });
    }
}
