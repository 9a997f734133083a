//! The rules over the manifests, as pure functions of what `cargo metadata` prints.

use serde_json::Value;

/// Each package of ours with those of ours that it may depend on. An arrow that is not here does not exist.
const EDGES: &[(&str, &[&str])] = &[
    ("keyturn-core", &[]),
    ("keyturn-crypto", &["keyturn-core"]),
    ("keyturn-vault", &["keyturn-core", "keyturn-crypto", "keyturn-request"]),
    ("keyturn-request", &["keyturn-core"]),
    ("keyturn-providers", &["keyturn-core", "keyturn-request"]),
    ("keyturn-http", &["keyturn-core", "keyturn-request", "keyturn-providers"]),
    (
        "keyturn-engine",
        &["keyturn-core", "keyturn-request", "keyturn-providers", "keyturn-http", "keyturn-vault"],
    ),
    ("keyturn-protocol", &["keyturn-core", "keyturn-request"]),
    (
        "keyturn-agent",
        &[
            "keyturn-core",
            "keyturn-request",
            "keyturn-providers",
            "keyturn-http",
            "keyturn-vault",
            "keyturn-engine",
            "keyturn-protocol",
        ],
    ),
    ("keyturn-session", &["keyturn-core", "keyturn-protocol"]),
    (
        "keyturn-cli",
        &[
            "keyturn-core",
            "keyturn-request",
            "keyturn-protocol",
            "keyturn-agent",
            "keyturn-session",
        ],
    ),
    ("keyturn-desktop", &["keyturn-core", "keyturn-request", "keyturn-protocol"]),
    // The sandbox imitates the providers from their own documents and knows nothing of the client
    // but its clock: a mistake in our profiles must not be repeated by what they are tested against.
    ("keyturn-sandbox", &["keyturn-core"]),
];

/// What any crate may add for its tests: the sandbox, and the pure crates at the bottom.
const FOR_TESTS: &[&str] = &["keyturn-sandbox", "keyturn-core", "keyturn-providers"];

/// A package that is kept to one place, and the only package of ours that may name it.
const OWNERS: &[(&str, &str)] = &[
    ("tauri", "keyturn-desktop"),
    ("tauri-build", "keyturn-desktop"),
    ("rusqlite", "keyturn-vault"),
    ("keyring-core", "keyturn-vault"),
    ("reqwest", "keyturn-http"),
    ("aes-gcm", "keyturn-crypto"),
    ("argon2", "keyturn-crypto"),
];

/// The sandbox's own tests send requests to it by another client than ours.
const TEST_EXCEPTIONS: &[(&str, &str)] = &[("keyturn-sandbox", "reqwest")];

/// The packages that the project was asked to be built on, under the names it was asked by.
pub(crate) const CARD: &[&str] =
    &["tauri", "tokio", "reqwest", "keyring", "serde", "rusqlite", "chrono", "aes-gcm"];

/// One line of a manifest.
struct Dependency<'a> {
    of: &'a str,
    name: &'a str,
    rename: Option<&'a str>,
    kind: &'a str,
}

impl Dependency<'_> {
    fn is_for_tests(&self) -> bool {
        self.kind == "dev"
    }
}

/// Finds the arrows between packages of ours that no table allows, and packages that no table knows.
pub(crate) fn edges(metadata: &Value) -> Vec<String> {
    let ours: Vec<&str> = packages(metadata).map(name).collect();
    let strangers = ours
        .iter()
        .filter(|name| allowed(name).is_none())
        .map(|name| format!("{name} has no place in the dependency rule: add it to graph.rs"));
    let arrows = dependencies(metadata)
        .filter(|dependency| ours.contains(&dependency.name))
        .filter(|dependency| {
            let below = allowed(dependency.of).unwrap_or_default();
            let for_tests = dependency.is_for_tests() && FOR_TESTS.contains(&dependency.name);
            !below.contains(&dependency.name) && !for_tests
        })
        .map(|Dependency { of, name, kind, .. }| {
            format!("{of} must not depend on {name} ({kind})")
        });
    strangers.chain(arrows).collect()
}

/// Finds the packages kept to one place that are named elsewhere, for whatever purpose.
pub(crate) fn owners(metadata: &Value) -> Vec<String> {
    dependencies(metadata)
        .filter_map(|dependency| {
            let (_, owner) = OWNERS.iter().find(|(name, _)| *name == dependency.name)?;
            let exception = dependency.is_for_tests()
                && TEST_EXCEPTIONS.contains(&(dependency.of, dependency.name));
            let Dependency { of, name, kind, .. } = dependency;
            (of != *owner && !exception)
                .then(|| format!("{of} must not name {name} ({kind}): only {owner} does"))
        })
        .collect()
}

/// Finds the packages of the card that no package of ours depends on for its work.
pub(crate) fn card(metadata: &Value) -> Vec<String> {
    CARD.iter()
        .filter(|wanted| {
            !dependencies(metadata).any(|dependency| {
                dependency.kind == "normal"
                    && dependency.rename.unwrap_or(dependency.name) == **wanted
            })
        })
        .map(|wanted| format!("{wanted} belongs to the project, but nothing depends on it"))
        .collect()
}

fn allowed(package: &str) -> Option<&'static [&'static str]> {
    EDGES.iter().find(|(name, _)| *name == package).map(|(_, below)| *below)
}

fn dependencies(metadata: &Value) -> impl Iterator<Item = Dependency<'_>> {
    packages(metadata).flat_map(|package| {
        list(&package["dependencies"]).map(move |dependency| Dependency {
            of: name(package),
            name: name(dependency),
            rename: dependency["rename"].as_str(),
            kind: dependency["kind"].as_str().unwrap_or("normal"),
        })
    })
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    list(&metadata["packages"])
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("cargo metadata has a list here").iter()
}

fn name(value: &Value) -> &str {
    value["name"].as_str().expect("cargo metadata names packages and dependencies")
}
