//! What is understood of logind's signals; a fake logind on a bus is in `tests/it/settings.rs`.

use std::collections::HashMap;

use super::*;

const OF_SESSION: &str = "/org/freedesktop/login1/session/_32";

fn signal<B: serde::Serialize + zbus::zvariant::DynamicType>(
    path: &str,
    interface: &str,
    member: &str,
    body: &B,
) -> Message {
    Message::signal(path, interface, member).unwrap().build(body).unwrap()
}

#[test]
fn the_beginning_and_the_end_of_a_sleep_are_told_apart() {
    assert_eq!(meaning(&signal(PLACE, MANAGER, "PrepareForSleep", &true)), Some(Told::Sleeping));
    assert_eq!(meaning(&signal(PLACE, MANAGER, "PrepareForSleep", &false)), Some(Told::Awake));
    assert_eq!(meaning(&signal(PLACE, MANAGER, "PrepareForShutdown", &true)), None);
}

#[test]
fn a_screen_is_locked_by_logind_or_says_so_afterwards() {
    let locked = Some(Told::Locked(OF_SESSION.to_owned()));
    assert_eq!(meaning(&signal(OF_SESSION, SESSION, "Lock", &())), locked);
    assert_eq!(meaning(&signal(OF_SESSION, SESSION, "Unlock", &())), None);
    let hint = |locked: bool| {
        let changed = HashMap::from([("LockedHint", Value::from(locked))]);
        let body = (SESSION, changed, Vec::<String>::new());
        meaning(&signal(OF_SESSION, PROPERTIES, "PropertiesChanged", &body))
    };
    assert_eq!(hint(true), locked);
    assert_eq!(hint(false), None, "it was unlocked");
}
