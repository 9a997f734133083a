//! How a credential is used, as the window asks for it: code without a secret, and what to beware of.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{ShowUsage, SnippetForm, UsageView};
use keyturn_sandbox::Provider;

use crate::support::{World, client};

fn used(world: &World, provider: Provider) -> UsageView {
    let reference: CredentialRef = format!("{provider}/main").parse().unwrap();
    client(world).call(ShowUsage { reference }).unwrap()
}

/// DI8, X6: the window shows a form for browsers and mobile applications at every provider, warned of in the
/// provider's own words, for the key as for the token; no form holds one.
#[test]
fn di8_x6_the_windows_browser_form_is_warned_of_and_holds_nothing() {
    let world = World::with_providers();
    for (provider, word) in [
        (Provider::Deepidv, "frontend"),
        (Provider::Deepvue, "client-side"),
        (Provider::Deeply, "browser"),
        (Provider::Deepcurrent, "browser"),
    ] {
        world.add(provider);
        let usage = used(&world, provider);
        for form in [SnippetForm::Browser, SnippetForm::Javascript] {
            let snippet = usage.snippets.iter().find(|one| one.form == form).unwrap();
            let warning = snippet.warning.as_deref().unwrap_or_default();
            assert!(warning.contains(word), "{provider}, {form:?}: {warning}");
        }
        let python = usage.snippets.iter().find(|one| one.form == SnippetForm::Python).unwrap();
        assert_eq!(python.warning, None, "{provider}: Python runs on servers");
        world.holds_no_secret("the snippets", &format!("{usage:?}"));
        assert_eq!(world.admin().total(provider), 0, "{provider}: nothing was bought for it");
    }
}
