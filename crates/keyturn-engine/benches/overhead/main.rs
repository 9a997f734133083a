//! What Keyturn needs beyond `curl` for the same, in one run and in turns: for the purchase of a token, and
//! for a request of the tester. Of `curl` that is `%{time_total}`, which leaves out its start as a process.
//! Not a test: nothing here fails, it prints.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "printing figures is what it is for")]

mod engine;
mod figures;
mod purchase;
mod request;

use keyturn_sandbox::{Sandbox, SandboxOptions};

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        SandboxOptions { directory: Some(folder.path().to_owned()), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        purchase::measure(&sandbox, folder.path()).await;
        request::measure(&sandbox, folder.path()).await;
    });
}
