//! Profiles that were accepted while this process runs. A request that is on its way keeps the profile
//! it began with, so none is ever taken off again; each addition is a user's decision, and few.

use std::sync::OnceLock;

use keyturn_core::ProviderId;
use keyturn_providers::{Profile, check};

/// A list that only grows.
#[derive(Default)]
pub(super) struct Shelf(OnceLock<Box<Book>>);

struct Book {
    text: String,
    profile: Profile,
    next: Shelf,
}

impl Shelf {
    /// The profile of this text; `None` where the text is no sound profile of that identifier.
    pub(super) fn profile(&self, id: &ProviderId, text: &str) -> Option<&Profile> {
        let mut checked: Option<Profile> = None;
        let mut place = self;
        loop {
            if place.0.get().is_none() && checked.is_none() {
                checked = Some(check("", text).ok().filter(|profile| profile.id == *id)?);
            }
            // Another thread may put its own book here first; then the search goes on behind it.
            let book = place.0.get_or_init(|| {
                let profile = checked.clone().expect("checked where the place is empty");
                Box::new(Book { text: text.to_owned(), profile, next: Self::default() })
            });
            if book.text == text && book.profile.id == *id {
                return Some(&book.profile);
            }
            place = &book.next;
        }
    }
}
