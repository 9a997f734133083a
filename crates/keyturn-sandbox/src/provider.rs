//! The four providers, and the places one of them can be reached at.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One of the four providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// Deepvue: client credentials in a multipart form, a token for 24 hours.
    Deepvue,
    /// deepidv: one API key in a header, no token.
    Deepidv,
    /// Deeply: an API key that only issues tokens; a cloud and an edge device.
    Deeply,
    /// DeepCurrent: an API key, or a login for a JWT.
    Deepcurrent,
}

impl Provider {
    /// All of them, in the order of their ports.
    pub const ALL: [Self; 4] = [Self::Deepvue, Self::Deepidv, Self::Deeply, Self::Deepcurrent];

    /// Its id in lower case, as Keyturn's profiles name it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Deepvue => "deepvue",
            Self::Deepidv => "deepidv",
            Self::Deeply => "deeply",
            Self::Deepcurrent => "deepcurrent",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl FromStr for Provider {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|provider| provider.id() == text).ok_or(())
    }
}

/// Where a request came in: only Deeply has two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The public host, over TLS.
    Cloud,
    /// The device in the customer's own network, over plain HTTP.
    Edge,
}
