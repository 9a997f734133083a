//! Finding what a user finds: elements by their role and name, and what can be read.

use serde_json::{Value, json};

use super::driver::{Element, Key, Stale, Window};
use super::{PASSPHRASE, wait};

/// Finds the visible element of a role whose name contains a text; roles and names are told as far as
/// our pages need it.
const BY_ROLE: &str = r#"
const [role, name] = arguments;
const roleOf = (e) => {
  if (e.getAttribute("role")) return e.getAttribute("role");
  switch (e.tagName) {
    case "BUTTON": case "SUMMARY": return "button";
    case "A": return "link";
    case "SELECT": return "combobox";
    case "TEXTAREA": return "textbox";
    case "DIALOG": return "dialog";
    case "H1": case "H2": case "H3": return "heading";
    case "INPUT":
      return { checkbox: "checkbox", radio: "radio", search: "searchbox", submit: "button" }[e.type] ?? "textbox";
    default: return "";
  }
};
const nameOf = (e) => {
  const by = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const labels = [...(e.labels ?? [])].map((label) => label.textContent).join(" ");
  return (by || e.getAttribute("aria-label") || labels || e.textContent || e.title || "").replace(/\s+/g, " ").trim();
};
const open = [...document.querySelectorAll("dialog[open]")].pop() ?? document;
const all = [...(open === document ? [] : [open]), ...open.querySelectorAll("*")];
const found = all.filter((e) => roleOf(e) === role && e.checkVisibility({ checkVisibilityCSS: true }));
const wanted = name.toLowerCase();
return found.find((e) => nameOf(e).toLowerCase() === wanted)
  ?? found.find((e) => nameOf(e).toLowerCase().includes(wanted)) ?? null;
"#;

impl Window {
    /// Waits for an element of that role and name.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> Element {
        let found = wait::ask(|| self.look_for(role, name));
        found.unwrap_or_else(|| panic!("no {role} '{name}' on the page:\n{}", self.text()))
    }

    /// The element of that role and name, if it is there now.
    pub(crate) fn look_for(&self, role: &str, name: &str) -> Option<Element> {
        self.element(BY_ROLE, &[json!(role), json!(name)])
    }

    /// Clicks the element of that role and name, once it is there and can be used: a click on a button
    /// that still waits for something is lost. A click that something else got is made again.
    #[track_caller]
    pub(crate) fn click_on(&self, role: &str, name: &str) {
        let usable = format!(
            "const found = (function () {{ {BY_ROLE} }})(...arguments);
             return found?.matches(':disabled, [aria-disabled=true]') ? null : found;"
        );
        let look = || self.element(&usable, &[json!(role), json!(name)]);
        let what = format!("{role} '{name}' to be clicked");
        let click = |found: &Element| {
            self.click_lands(found).and_then(|landed| landed.then_some(()).ok_or(Stale))
        };
        self.do_with(&what, look, click);
    }

    #[track_caller]
    pub(crate) fn fill(&self, name: &str, text: &str) {
        let look = || self.look_for("textbox", name);
        let fill = |found: &Element| self.try_type_into(found, text);
        self.do_with(&format!("textbox '{name}' to be filled"), look, fill);
    }

    /// Waits for an element and does something with it; with the next one, where the page draws it anew
    /// in between.
    #[track_caller]
    fn do_with(
        &self,
        what: &str,
        look: impl Fn() -> Option<Element>,
        act: impl Fn(&Element) -> Result<(), Stale>,
    ) {
        let done = wait::ask(|| look().and_then(|found| act(&found).ok()));
        assert!(done.is_some(), "no {what} on the page:\n{}", self.text());
    }

    /// Types the passphrase on the lock screen and waits for the vault's content.
    #[track_caller]
    pub(crate) fn unlock(&self) {
        self.fill("Passphrase", PASSPHRASE);
        self.press_key(Key::Enter);
        self.find("textbox", "Search credentials");
    }

    /// Selects the first credential whose row says so, and waits for its details.
    #[track_caller]
    pub(crate) fn select(&self, name: &str) {
        self.click_on("option", name);
        self.find("heading", name);
    }

    /// Scrolls an element to the middle of its pane.
    #[track_caller]
    pub(crate) fn bring_into_view(&self, role: &str, name: &str) {
        let look = || self.look_for(role, name);
        let what = format!("{role} '{name}' to be scrolled to");
        self.do_with(&what, look, |found| self.try_scroll_to(found));
    }

    /// Opens the form for a credential of a provider.
    #[track_caller]
    pub(crate) fn begin_to_add(&self, provider: &str) {
        self.click_on("button", "Add credential");
        self.find("dialog", "Add a credential");
        self.bring_into_view("button", provider);
        self.click_on("button", provider);
        self.find("dialog", provider);
    }

    /// Replaces what a field holds.
    pub(crate) fn replace_text(&self, field: &Element, text: &str) {
        self.clear(field);
        self.type_into(field, text);
    }

    /// What a field holds.
    pub(crate) fn value(&self, field: &Element) -> String {
        let value = self.script("return arguments[0].value", &[field.reference()]);
        value.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn has_focus(&self, element: &Element) -> bool {
        let script = "return document.activeElement === arguments[0]";
        self.script(script, &[element.reference()]) == json!(true)
    }

    /// Waits until an attribute of an element has a value.
    #[track_caller]
    pub(crate) fn wait_for_attribute(&self, element: &Element, name: &str, value: &str) {
        let script = "return arguments[0].getAttribute(arguments[1])";
        wait::until(&format!("{name} = {value}"), || {
            (self.script(script, &[element.reference(), json!(name)]) == json!(value)).then_some(())
        });
    }

    /// Waits until the page no longer says something.
    #[track_caller]
    pub(crate) fn no_longer_says(&self, words: &str) {
        wait::until(&format!("no '{words}'"), || (!self.text().contains(words)).then_some(()));
    }

    /// What can be read on the page.
    pub(crate) fn text(&self) -> String {
        let text = self.script("return document.body.innerText", &[]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says something.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        let found = wait::ask(|| self.text().contains(words).then_some(()));
        assert!(found.is_some(), "the page does not say '{words}':\n{}", self.text());
    }

    /// Everything of the page that a program could read: its tree with all values typed, and its
    /// storage.
    pub(crate) fn everything(&self) -> String {
        let script = r#"
            const done = arguments[arguments.length - 1];
            const values = [...document.querySelectorAll("input, textarea, select")].map((e) => e.value);
            const stores = [localStorage, sessionStorage].map((s) => JSON.stringify({ ...s }));
            const finish = (bases) => done([document.documentElement.outerHTML, ...values, ...stores,
                document.cookie, JSON.stringify(bases), JSON.stringify(history.state), location.href].join("\n"));
            if (indexedDB.databases) indexedDB.databases().then(finish, () => finish([])); else finish([]);
        "#;
        let all = self.script_until_done(script, &[]);
        all.as_str().expect("the page is text").to_owned()
    }

    /// Begins to record each answer that the page gets from the shell.
    pub(crate) fn record_answers(&self) {
        self.script(
            r"
            const heard = (window.__heard = []);
            const real = window.fetch;
            window.fetch = async (...call) => {
              const answer = await real(...call);
              heard.push(String(call[0]) + ' ' + (await answer.clone().text()));
              return answer;
            };",
            &[],
        );
    }

    /// The answers since, one a line.
    pub(crate) fn answers(&self) -> String {
        let heard = self.script("return window.__heard.join('\\n')", &[]);
        heard.as_str().expect("the record is text").to_owned()
    }

    /// Calls a command of the shell as a page would, past the interface.
    pub(crate) fn invoke(&self, command: &str, arguments: &Value) -> Value {
        let script = "const [name, args, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(name, args)
              .then((value) => done({ value }), (error) => done({ error }));";
        self.script_until_done(script, &[json!(command), arguments.clone()])
    }
}
