//! The documents about profiles say what the profiles say.

mod page;

use std::fs;
use std::path::PathBuf;

use keyturn_providers::{Catalogue, Egress, check};

fn document(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

#[test]
fn the_page_of_the_providers_is_that_of_the_profiles() {
    let page = page::of(&Catalogue::builtin());
    if std::env::var_os("KEYTURN_WRITE_PROVIDERS").is_some() {
        fs::write(document("providers.md"), &page).unwrap();
    }
    assert!(
        fs::read_to_string(document("providers.md")).unwrap_or_default() == page,
        "run KEYTURN_WRITE_PROVIDERS=1 cargo test -p keyturn-providers --test documents"
    );
}

#[test]
fn the_page_has_every_provider_with_its_environments_and_limits() {
    let page = page::of(&Catalogue::builtin());
    for profile in Catalogue::builtin().iter() {
        let heading = format!("## {} (`{}`)\n", profile.name, profile.id);
        let section = page.split_once(&heading).map(|(_, rest)| rest).unwrap();
        let section = section.split("\n## ").next().unwrap();
        for environment in &profile.environments {
            assert!(section.contains(environment.name.as_str()), "{}", profile.id);
        }
        for limit in &profile.limits {
            assert!(section.contains(&limit.label), "{}: {}", profile.id, limit.label);
        }
        for page in &profile.documentation {
            assert!(section.contains(&page.title), "{}: {}", profile.id, page.title);
            assert!(section.contains(&page.read_on.to_string()), "{}", profile.id);
        }
    }
}

/// The pieces of the tutorial's file, in their order.
fn tutorial() -> String {
    let text = fs::read_to_string(document("provider-profiles.md")).expect("the tutorial is there");
    let blocks = text.split("```toml\n").skip(1).filter_map(|block| block.split("```").next());
    blocks.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_tutorial_s_pieces_make_a_sound_profile() {
    let profile = check("acme.toml", &tutorial()).unwrap_or_else(|found| panic!("{found:#?}"));
    assert_eq!(profile.id.as_str(), "acme");
    let egress = Egress::of(&profile);
    assert_eq!(egress.origins.len(), 1);
    let ways = |what: &str| egress.ways.iter().filter(|way| way.what == what).count();
    assert_eq!((ways("client_secret"), ways("token")), (1, 1), "{egress:?}");
}

#[test]
fn the_tutorial_names_the_schema_for_editors() {
    let line = tutorial().lines().next().unwrap_or_default().to_owned();
    assert!(
        line.starts_with("#:schema ") && line.ends_with("provider-profile.schema.json"),
        "{line}"
    );
}
