//! `keyturn-sandbox`: the four providers on loopback, for the demo and for trying things out by
//! hand. Prints one line of JSON when it is ready, then runs until it is killed.

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::Parser;
use keyturn_sandbox::{Plan, Provider, Sandbox, SandboxOptions};
use serde_json::{Map, json};

/// Runs imitations of Deepvue, deepidv, Deeply and DeepCurrent on loopback.
///
/// Prints one line of JSON when ready: their URLs, the certificate authority, the admin URL, and
/// credentials that they accept. Nothing of it opens anything elsewhere.
#[derive(Parser)]
#[command(name = "keyturn-sandbox", version)]
struct Arguments {
    /// Writes the certificate authority to DIR/ca.pem
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Makes the same credentials again at the next start
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Takes seven ports from P upwards instead of free ones
    #[arg(long, value_name = "P")]
    port_base: Option<u16>,
    /// Deepvue's plan: starter, business, growth or enterprise
    #[arg(long, value_name = "PLAN", default_value = "enterprise", value_parser = plan)]
    plan: Plan,
    /// Ends when standard input is closed, so that it dies with whoever started it
    #[arg(long)]
    until_stdin_closes: bool,
}

fn plan(text: &str) -> Result<Plan, String> {
    serde_json::from_value(json!(text))
        .map_err(|_| "the plans are starter, business, growth and enterprise".to_owned())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done about a closed stderr.
            drop(writeln!(io::stderr(), "keyturn-sandbox: {}", described(error.as_ref())));
            ExitCode::FAILURE
        }
    }
}

fn described(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", described(source)),
        None => error.to_string(),
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let ca_file = match &arguments.dir {
        Some(dir) => Some(std::path::absolute(dir)?.join("ca.pem")),
        None => None,
    };
    let sandbox = Sandbox::start(SandboxOptions {
        seed: arguments.seed,
        port_base: arguments.port_base,
        directory: arguments.dir,
        deepvue_plan: arguments.plan,
        ..SandboxOptions::default()
    })?;
    let urls: Map<_, _> = Provider::ALL
        .into_iter()
        .map(|provider| (provider.to_string(), sandbox.base_url(provider).into()))
        .collect();
    let ready = json!({
        "urls": urls,
        "deeply_edge_url": sandbox.deeply_edge_url(),
        "plain_url": sandbox.plain_url(),
        "admin_url": sandbox.admin_url(),
        "ca_file": ca_file,
        "ca_pem": sandbox.ca_pem(),
        "credentials": sandbox.credentials(),
    });
    writeln!(io::stdout(), "{ready}")?;
    io::stdout().flush()?;
    if arguments.until_stdin_closes {
        io::copy(&mut io::stdin().lock().by_ref(), &mut io::sink())?;
        return Ok(());
    }
    loop {
        thread::park();
    }
}
