//! An agent of a test's own: it welcomes, is asked, and does then what the test says.

use std::fs::create_dir_all;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use keyturn_protocol::{Home, PROTOCOL_VERSION, Reply, Welcome, encode, frame};

use crate::agent::Agent;

/// An agent that tells `asked` and `left`, and does in between what it is told to.
pub(super) fn agent(
    folder: &Path,
    asked: impl Fn(&mut UnixStream) + Send + 'static,
) -> (Agent, Receiver<&'static str>) {
    let home = Home::resolve(Some(folder.to_owned()), 1, |_| None).unwrap();
    create_dir_all(home.socket().parent().unwrap()).unwrap();
    let listener = UnixListener::bind(home.socket()).unwrap();
    let (told, heard) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            frame::read(&mut stream).unwrap();
            let version = "1.0.0".to_owned();
            let welcome = Welcome { protocol: PROTOCOL_VERSION, version, pid: 1 };
            // Who hung up at once hears nothing of it.
            let heard = frame::write(&mut stream, &encode(&Reply::Ok(welcome)));
            if heard.is_ok() && frame::read(&mut stream).is_ok() {
                // The test may be over.
                told.send("asked").ok();
                asked(&mut stream);
            }
            told.send("left").ok();
        }
    });
    (Agent::new(Ok(home), folder.join("keyturn")), heard)
}

/// An agent that never answers.
pub(super) fn silent(folder: &Path) -> (Agent, Receiver<&'static str>) {
    agent(folder, |stream| drop(frame::read(stream)))
}

/// What the agent tells next.
pub(super) fn next(heard: &Receiver<&'static str>) -> &'static str {
    heard.recv_timeout(Duration::from_secs(20)).unwrap()
}
