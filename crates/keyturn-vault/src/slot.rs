//! The places in which secrets of one credential stand beside each other while one set replaces another.

/// Which set of a credential's secrets: each is a record of its own, so that none is written over by
/// another one's change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretSlot {
    /// Those in use.
    Current,
    /// New ones that are not in use yet.
    Next,
    /// Those that were in use before, until they are retired.
    Previous,
}

impl SecretSlot {
    /// How the catalog calls it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Current => "",
            Self::Next => "next",
            Self::Previous => "previous",
        }
    }
}
