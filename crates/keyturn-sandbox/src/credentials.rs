//! The credentials that the four providers accept, made up at the start.

use serde::Serialize;

use crate::Provider;
use crate::draw::Draw;

/// The credentials that are valid at the moment, under the names of the documents' fields.
///
/// They open nothing but this sandbox, so they may be printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credentials {
    /// Deepvue's pair.
    pub deepvue: DeepvueCredentials,
    /// deepidv's key.
    pub deepidv: ApiKey,
    /// Deeply's key, valid at the cloud and at the edge device.
    pub deeply: ApiKey,
    /// DeepCurrent's key and login.
    pub deepcurrent: DeepcurrentCredentials,
}

/// Deepvue's pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeepvueCredentials {
    /// Names the account.
    pub client_id: String,
    /// Proves it; also sent as `x-api-key`.
    pub client_secret: String,
}

/// One API key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKey {
    /// The key.
    pub api_key: String,
}

/// DeepCurrent's key and login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeepcurrentCredentials {
    /// The key; it starts with `dc_`.
    pub api_key: String,
    /// The account's e-mail address; the login's field `username`.
    pub email: String,
    /// The account's password.
    pub password: String,
}

impl Credentials {
    pub(crate) fn make(draw: &mut Draw) -> Self {
        let key = |draw: &mut Draw, provider| make_key(provider, draw);
        Self {
            deepvue: DeepvueCredentials {
                client_id: draw.hexadecimal(24),
                client_secret: key(draw, Provider::Deepvue),
            },
            deepidv: ApiKey { api_key: key(draw, Provider::Deepidv) },
            deeply: ApiKey { api_key: key(draw, Provider::Deeply) },
            deepcurrent: DeepcurrentCredentials {
                api_key: key(draw, Provider::Deepcurrent),
                email: format!("user-{}@example.com", draw.hexadecimal(6)),
                // `&`, `=`, `+` and a space: a login that is not encoded properly fails.
                password: format!("{}&p=+ {}", draw.alphanumeric(8), draw.alphanumeric(8)),
            },
        }
    }

    /// The long-lived key of a provider.
    #[must_use]
    pub fn key(&self, provider: Provider) -> &str {
        match provider {
            Provider::Deepvue => &self.deepvue.client_secret,
            Provider::Deepidv => &self.deepidv.api_key,
            Provider::Deeply => &self.deeply.api_key,
            Provider::Deepcurrent => &self.deepcurrent.api_key,
        }
    }

    pub(crate) fn set_key(&mut self, provider: Provider, key: String) {
        match provider {
            Provider::Deepvue => self.deepvue.client_secret = key,
            Provider::Deepidv => self.deepidv.api_key = key,
            Provider::Deeply => self.deeply.api_key = key,
            Provider::Deepcurrent => self.deepcurrent.api_key = key,
        }
    }
}

/// Makes a new long-lived key in the provider's shape. Only DeepCurrent documents one: "Your key
/// starts with `dc_`".
pub(crate) fn make_key(provider: Provider, draw: &mut Draw) -> String {
    match provider {
        Provider::Deepvue => draw.hexadecimal(32),
        Provider::Deepidv => draw.alphanumeric(40),
        Provider::Deeply => draw.alphanumeric(48),
        Provider::Deepcurrent => format!("dc_{}", draw.alphanumeric(40)),
    }
}
