//! What issues tokens. `platform_identity` implements it; what is here is all that a host, and a function that signs
//! nobody in, knows of it.

use jiff::Timestamp;
use platform_core::access::Role;
use platform_core::tenancy::Session;
use platform_http::Problem;
use platform_store::platform::TokenKey;

/// Signs access tokens, and derives refresh tokens. Only functions that sign people in are given one.
pub trait Issuer: Send + Sync {
    /// The public keys, to be published for all who verify.
    fn public_keys(&self) -> Vec<TokenKey>;

    /// An access token.
    fn access_token(&self, session: &Session, role: Role, now: Timestamp) -> Result<String, Problem>;

    /// The session's present refresh token.
    fn refresh_token(&self, session: &Session) -> String;

    /// Whether a refresh token was issued for this session, now or before.
    fn is_genuine(&self, token: &str, session: &Session) -> bool;
}
