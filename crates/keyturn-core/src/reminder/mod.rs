//! What is reminded of, and when: a pure plan over names and dates.
//!
//! A [`ReminderBook`] knows what may have to be told ([`Subject`], [`Carried`]), what was told
//! ([`Memory`], [`Told`]) and how the user wants it ([`ReminderSettings`]). Asked at some time by some
//! clock, it says what is to be told then, and when to ask again. It holds no secret and no value, so
//! that it may stay in memory while the vault is locked.
//!
//! Two rules carry everything. A series counts through days of the user's calendar, and what was told
//! is a day that only ever grows: no clock that is set back, no change of zone and no restart tells a
//! day twice. And what was missed is told once: the newest step of a series stands for those before it.
//!
//! It tells nobody anything and writes nothing: the engine keeps it, the agent tells.

mod answer;
mod book;
mod carried;
mod entry;
mod id;
mod list;
mod log;
mod memory;
mod plan;
mod settings;
mod subject;
mod tell;
mod words;

pub use book::ReminderBook;
pub use carried::{Carried, CarriedHow};
pub use entry::{Headline, Reminder, ReminderEntry};
pub use id::{ReminderId, ReminderIdError, ReminderKind, SeriesId, Step};
pub use log::{ReminderLog, Schedule};
pub use memory::{Mark, Memory, Told};
pub use plan::leads;
pub use settings::{ProviderPolicy, ReminderSettings, ReminderSettingsError, check_interval};
pub use subject::{About, Subject, SupportFacts};

#[cfg(test)]
mod tests;
