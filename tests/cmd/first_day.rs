//! A first day: from no vault to a token that is used again, against the imitated providers.

use keyturn_sandbox::{Provider, Sandbox, SandboxOptions};
use snapbox::{Assert, Redactions, file};

use crate::transcript::Transcript;

const PASSPHRASE: &str = "correct horse battery staple 7\n";

/// What differs between two days, and nothing else.
fn redactions(folder: &str, sandbox: &Sandbox, secrets: &[(&'static str, String)]) -> Redactions {
    let mut redactions = Redactions::new();
    let mut text = |name, text: String| {
        redactions.insert(name, text).expect("the placeholder is well-formed");
    };
    text("[FOLDER]", folder.to_owned());
    text("[URL]", sandbox.base_url(Provider::Deepvue));
    for (name, secret) in secrets {
        text(name, secret.clone());
    }
    let mut pattern = |name, pattern: &str| {
        let pattern = regex::Regex::new(pattern).expect("the pattern is well-formed");
        redactions.insert(name, pattern).expect("the placeholder is well-formed");
    };
    pattern("[TIME]", r"(?<redacted>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
    pattern("[MINUTE]", r"(?<redacted>\d{4}-\d\d-\d\d \d\d:\d\d UTC)");
    pattern("[LEFT]", r"(?<redacted>\d\d h \d\d m) left");
    pattern("[SECONDS]", r#""expires_in_s":(?<redacted>\d+)"#);
    pattern("[PID]", r#"(runs as process |"pid":)(?<redacted>\d+)"#);
    pattern("[TAIL]", r#"(ends in |"last_four":")(?<redacted>\w{4})"#);
    pattern("[DAY]", r"(?<redacted>20\d\d-\d\d-\d\d)");
    redactions
}

#[test]
fn a_first_day_reads_as_written() {
    let options = SandboxOptions { deepvue_expiry_at_midnight: false, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let credentials = sandbox.credentials().deepvue;
    let mut day = Transcript::new();
    std::fs::write(day.folder().join("ca.pem"), sandbox.ca_pem()).unwrap();
    let url = sandbox.base_url(Provider::Deepvue);

    day.run("list", "");
    day.run("init --passphrase-stdin", PASSPHRASE);
    day.run("init --protect passphrase --passphrase-stdin --recovery-file key.txt", PASSPHRASE);
    day.run("status", "");
    day.run(&format!("provider environment add deepvue sandbox --base-url {url} --ca ca.pem"), "");
    let client = &credentials.client_id;
    let secret = &credentials.client_secret;
    day.run(
        &format!("add deepvue --environment sandbox --field client_id={client} --secret client_secret --rotate-every 90d"),
        &format!("{secret}\n"),
    );
    let token = day.run("token deepvue/main", "");
    let again = day.run("token deepvue/main", "");
    assert_eq!(token, again, "the second token is the first one, used again");
    day.run("token deepvue/main --as env", "");
    day.run("list", "");
    day.run("--format json list", "");
    day.run("show deepvue/main", "");
    day.run("get deepvue/main/client_secret", "");
    day.run("due", "");
    day.run("show deepvue/other", "");
    day.run("--format json show deepvue/other", "");
    day.run("remove deepvue/main", "");
    day.run("remove deepvue/main --yes", "");
    day.run("lock", "");
    day.run("token deepvue/main", "");
    day.run("unlock --passphrase-stdin", "not this one\n");
    day.run("stop", "");

    let told = day.text();
    let shown: Vec<&str> = told.lines().filter(|line| line.contains(secret.as_str())).collect();
    assert_eq!(shown, [secret.as_str()], "the secret stands only where `get` printed it");
    let secrets = [
        ("[TOKEN]", token.trim().to_owned()),
        ("[CLIENT_SECRET]", secret.clone()),
        ("[CLIENT_ID]", client.clone()),
    ];
    let redactions = redactions(day.folder().to_str().unwrap(), &sandbox, &secrets);
    Assert::new().action_env("SNAPSHOTS").redact_with(redactions).eq(told, file!["first_day.txt"]);
}
