//! The forms a token and a credential's fields are handed out in.

use keyturn_sandbox::Provider;

use crate::support::World;

fn form(world: &World, flags: &[&str]) -> String {
    world.keyturn(&[&["token", "deepvue/main", "--as"], flags].concat()).run().done().stdout
}

#[test]
fn dv5_header_and_curl_carry_the_bearer_alone_unless_the_key_is_asked_for() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let header = form(&world, &["header"]);
    let token = world.admin().last_token(Provider::Deepvue).unwrap();
    let secret = world.sandbox().credentials().deepvue.client_secret;
    assert_eq!(header, format!("Authorization: Bearer {token}\n"));
    let curl = form(&world, &["curl"]);
    assert!(curl.contains(&token) && !curl.contains(&secret), "{curl}");
    let with_key = form(&world, &["curl", "--with-key"]);
    assert!(with_key.contains(&token) && with_key.contains(&secret), "{with_key}");
    assert!(with_key.contains("x-api-key"), "{with_key}");
}

#[test]
fn dv11_x9_code_reads_the_environment_and_holds_no_secret() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.keyturn(&["token", "deepvue/main"]).run().done();
    for name in ["python", "javascript", "httpie"] {
        let code = form(&world, &[name]);
        world.holds_no_secret(name, &code);
        assert!(!code.contains(&world.sandbox().credentials().deepvue.client_id), "{code}");
        assert!(code.contains("DEEPVUE_ACCESS_TOKEN"), "{code}");
    }
}

#[test]
fn x6_browser_code_comes_with_a_warning() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let words = ["token", "deepvue/main", "--as", "javascript"];
    let outcome = world.keyturn(&words).run().done();
    assert!(outcome.stderr.to_lowercase().contains("browser") || outcome.stderr.contains("server"));
}

#[test]
fn dv11_shell_and_dotenv_forms_are_understood_by_a_shell() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let script = r#"
        eval "$(keyturn get deepvue/main --as env)"
        eval "$(keyturn token deepvue/main --as env)"
        printf '%s %s %s' "$DEEPVUE_CLIENT_ID" "$DEEPVUE_CLIENT_SECRET" "$DEEPVUE_ACCESS_TOKEN" >seen
    "#;
    world.program(&["sh", "-c", script]).run().done();
    let seen = std::fs::read_to_string(world.folder().join("seen")).unwrap();
    let known = world.sandbox().credentials().deepvue;
    let token = world.admin().last_token(Provider::Deepvue).unwrap();
    assert_eq!(seen, format!("{} {} {token}", known.client_id, known.client_secret));
    let dotenv = world.keyturn(&["get", "deepvue/main", "--as", "dotenv"]).run().done().stdout;
    assert!(
        dotenv.contains(&format!("DEEPVUE_CLIENT_SECRET=\"{}\"", known.client_secret)),
        "{dotenv}"
    );
    let powershell = form(&world, &["powershell"]);
    assert!(powershell.starts_with("$env:DEEPVUE_ACCESS_TOKEN = '"), "{powershell}");
}

#[test]
fn a_token_as_header_opens_the_provider_to_curl() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let path = "/v1/verification/panbasic?pan_number=AAAPT0002F";
    let address = format!("{}{path}", world.sandbox().base_url(Provider::Deepvue));
    let script =
        r#"curl --silent --cacert ca.pem -H "$(keyturn token deepvue/main --as header)" "$1""#;
    let answer = world.program(&["sh", "-c", script, "sh", &address]).run().done();
    assert_eq!(answer.json()["data"]["pan_number"], "AAAPT0002F");
}

#[test]
fn dv11_the_pair_is_given_for_powershell_and_python_reads_it() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let known = world.sandbox().credentials().deepvue;
    let words = ["get", "deepvue/main", "--as", "powershell"];
    let powershell = world.keyturn(&words).run().done().stdout;
    assert_eq!(
        powershell,
        format!(
            "$env:DEEPVUE_CLIENT_ID = '{}'\n$env:DEEPVUE_CLIENT_SECRET = '{}'\n",
            known.client_id, known.client_secret
        )
    );
    let python = form(&world, &["python"]);
    assert!(python.contains("os.environ[\"DEEPVUE_ACCESS_TOKEN\"]"), "{python}");
}

/// X6: what is copied for a browser is warned of like what is printed.
#[test]
fn x6_copied_browser_code_comes_with_a_warning() {
    let world =
        World::empty().screen().vault().providers(&keyturn_sandbox::SandboxOptions::default());
    world.add(Provider::Deepidv);
    let copied = |form: &str| {
        let words = ["copy", "deepidv/main/token", "--as", form, "--format", "json"];
        world.keyturn(&words).run().done().json()["warnings"].to_string()
    };
    assert!(copied("javascript").contains("frontend"), "{}", copied("javascript"));
    assert!(!copied("python").contains("frontend"), "{}", copied("python"));
}
