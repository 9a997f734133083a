//! The session against a real notification daemon, dunst on a private bus and a screen of its own;
//! its tray, and its shortcut.

mod desktop;
mod keys;
mod late;
mod process;
mod tray;

use keyturn_protocol::session::{Closing, NotificationAction, SessionCommand, SessionReport};

use crate::desktop::{Bus, Desktop};
use crate::late::LateService;
use crate::process::{ROLE, Session, notify};

/// Runs the session when the test binary was started as one; as a test of its own it does nothing.
#[test]
fn act_as_the_session() {
    if std::env::var_os(ROLE).is_some() {
        keyturn_session::run().unwrap();
    }
}

fn shown(id: u64) -> SessionReport {
    SessionReport::Shown { id }
}

#[test]
fn a_real_daemon_shows_what_the_agent_says() {
    let desktop = Desktop::start();
    let mut session = Session::start(&desktop.bus.address);
    session.say(&notify(7, "Rotate deepidv/main", "Its key is due today.", false));
    assert_eq!(session.hear(), shown(7));
    session.say(&notify(8, "Rotate <i>main</i>", "Overdue <b>since</b> 3 days & more.", true));
    assert_eq!(session.hear(), shown(8));

    desktop.dunstctl("close-all");
    let mut closed = [session.hear(), session.hear()];
    closed.sort_by_key(|report| matches!(report, SessionReport::Closed { id: 8, .. }));
    let dismissed = |id| SessionReport::Closed { id, how: Closing::Dismissed };
    assert_eq!(closed, [dismissed(7), dismissed(8)]);
    assert_eq!(session.end(), [], "each end is told once");

    let history = desktop.history();
    assert_eq!(history.len(), 2, "each was shown once: {history:?}");
    for item in &history {
        assert_eq!(item["appname"]["data"], "Keyturn");
    }
    let find = |title: &str| {
        history.iter().find(|item| item["summary"]["data"] == title).expect("it is in the history")
    };
    assert_eq!(find("Rotate deepidv/main")["body"]["data"], "Its key is due today.");
    let overdue = find("Rotate <i>main</i>");
    assert!(
        overdue["body"]["data"].as_str().unwrap().contains("&lt;b&gt;"),
        "markup in a name stays text: {overdue}"
    );
}

/// What the user chooses comes back to the agent, each by its own button.
#[test]
fn what_the_user_chooses_is_told() {
    let desktop = Desktop::start();
    let mut session = Session::start(&desktop.bus.address);
    let choices = [
        (1, "Snooze", NotificationAction::Snooze),
        (2, "requested", NotificationAction::MarkRequested),
        (3, "Open", NotificationAction::Open),
    ];
    for (id, word, action) in choices {
        session.say(&notify(id, "A key is due", "", true));
        assert_eq!(session.hear(), shown(id));
        desktop.choose(word);
        assert_eq!(session.hear(), SessionReport::Chosen { id, action });
    }
    assert_eq!(desktop.history().len(), 3, "each left the screen");
    session.say(&notify(4, "A key is due", "", true));
    assert_eq!(session.hear(), shown(4));
    desktop.dunstctl("action");
    let action = NotificationAction::Open;
    assert_eq!(session.hear(), SessionReport::Chosen { id: 4, action }, "a click on it opens");
    assert_eq!(session.end(), []);
}

#[test]
fn what_was_seen_to_elsewhere_is_taken_off_the_screen() {
    let desktop = Desktop::start();
    let mut session = Session::start(&desktop.bus.address);
    session.say(&notify(1, "A key is due", "", true));
    assert_eq!(session.hear(), shown(1));
    session.say(&SessionCommand::Withdraw { id: 1 });
    let withdrawn = SessionReport::Closed { id: 1, how: Closing::Withdrawn };
    assert_eq!(session.hear(), withdrawn);
    session.say(&SessionCommand::Withdraw { id: 1 });
    session.say(&SessionCommand::Withdraw { id: 99 });
    assert_eq!(session.end(), [], "what is not there cannot be withdrawn");
}

/// A daemon that dies takes its notifications along, and the next one shows new ones.
#[test]
fn a_daemon_that_dies_and_comes_back_is_used_again() {
    let mut desktop = Desktop::start();
    let mut session = Session::start(&desktop.bus.address);
    session.say(&notify(1, "a", "b", true));
    assert_eq!(session.hear(), shown(1));
    desktop.kill_dunst();
    assert_eq!(session.hear(), SessionReport::Closed { id: 1, how: Closing::Lost });
    session.say(&notify(2, "c", "d", true));
    assert!(matches!(session.hear(), SessionReport::Failed { id: 2, .. }));
    desktop.start_dunst();
    assert_eq!(session.hear(), SessionReport::DesktopBegan);
    session.say(&notify(3, "e", "f", true));
    assert_eq!(session.hear(), shown(3));
    assert_eq!(session.end(), []);
    desktop.dunstctl("close-all");
    assert_eq!(desktop.history().len(), 1, "what failed or was shown before is not shown again");
}

/// A daemon that answers late is waited for, so that nothing is shown twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daemon_that_answers_late_is_waited_for() {
    let bus = Bus::start();
    let mut service = LateService::start(&bus.address).await;
    let mut session = Session::start(&bus.address);
    session.say(&notify(1, "a", "b", true));
    assert_eq!(service.asked.recv().await.unwrap(), "a");
    assert!(matches!(session.hear(), SessionReport::Late { id: 1, .. }));
    service.answers.add_permits(1);
    assert_eq!(session.hear(), shown(1));
    service.tell_everybody("snooze").await;
    let action = NotificationAction::Snooze;
    assert_eq!(session.hear(), SessionReport::Chosen { id: 1, action });
    assert_eq!(session.end(), []);
    assert!(service.asked.try_recv().is_err(), "it was asked once");
}

#[test]
fn without_a_daemon_the_session_reports_a_failure_and_goes_on() {
    let bus = Bus::start();
    let mut session = Session::start(&bus.address);
    for expected in [1, 2] {
        session.say(&notify(expected, "a", "b", false));
        let SessionReport::Failed { id, reason } = session.hear() else {
            panic!("nobody shows notifications on an empty bus");
        };
        assert_eq!(id, expected);
        assert!(!reason.is_empty());
    }
    assert_eq!(session.end(), []);
}

#[test]
fn without_a_bus_the_session_reports_a_failure() {
    let mut session = Session::start("unix:path=/nonexistent/bus");
    session.say(&notify(3, "a", "b", false));
    assert!(matches!(session.hear(), SessionReport::Failed { id: 3, .. }));
    assert_eq!(session.end(), []);
}
