//! JSON Web Tokens signed with HS256 (RFC 7515, RFC 7519).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::draw::hmac_sha256;

/// What a token says of itself.
pub(crate) struct Claims<'a> {
    pub(crate) subject: &'a str,
    /// Keeps two tokens of the same second apart.
    pub(crate) id: &'a str,
    pub(crate) issued_at: DateTime<Utc>,
    pub(crate) expires_at: Option<DateTime<Utc>>,
}

/// Signs the claims.
pub(crate) fn sign(key: &[u8], claims: &Claims<'_>) -> String {
    let mut payload =
        json!({"sub": claims.subject, "jti": claims.id, "iat": claims.issued_at.timestamp()});
    if let Some(end) = claims.expires_at {
        payload["exp"] = end.timestamp().into();
    }
    let header = json!({"alg": "HS256", "typ": "JWT"});
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(payload.to_string())
    );
    let signature = URL_SAFE_NO_PAD.encode(hmac_sha256(key, signed.as_bytes()));
    format!("{signed}.{signature}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7515, appendix A.1, signs another payload with line breaks, so its parts are checked:
    /// its signing input under its key gives its signature.
    #[test]
    fn hs256_is_the_one_of_rfc_7515() {
        let key = URL_SAFE_NO_PAD
            .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
            .unwrap();
        let input = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        assert_eq!(
            URL_SAFE_NO_PAD.encode(hmac_sha256(&key, input.as_bytes())),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }
}
