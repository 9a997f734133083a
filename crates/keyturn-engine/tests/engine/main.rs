//! The engine with a vault in a temporary folder, a clock that stands still, and a provider that
//! says what the test tells it to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod allow_list;
mod back_off;
mod bad_answers;
mod calendar;
mod capture;
mod checklist;
mod checks;
mod clocks;
mod consumers;
mod credentials;
mod drafts;
mod exchanges;
mod explain;
mod favourites;
mod find;
mod flights;
mod health;
mod history;
mod journal;
mod keep_fresh;
mod kept;
mod learned;
mod limits;
mod paste;
mod profiles;
mod redirects;
mod refresh;
mod remind;
mod requests;
mod revoke;
mod rotation;
mod saved;
mod settings;
mod stored_values;
mod timeline;
mod tokens;
mod trash;
mod usage;
mod versions;
mod world;
