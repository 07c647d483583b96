//! Access tokens: JWTs signed with Ed25519, verified with public keys from the table.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use platform_core::access::Role;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_store::platform::TokenKey;
use platform_store::{Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::Problem;

/// How long an access token is good for.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
const ISSUER: &str = "netbird-platform";
const AUDIENCE: &str = "netbird-platform-api";
/// RFC 9068: tells an access token from any other JWT.
const TYPE: &str = "at+jwt";

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The user.
    pub sub: UserId,
    /// The session.
    pub sid: SessionId,
    /// The tenant.
    pub tid: TenantId,
    /// The role at the time of issue.
    pub role: Role,
    iat: i64,
    exp: i64,
}

impl Claims {
    /// Claims that begin now.
    pub fn new(user: UserId, session: SessionId, tenant: TenantId, role: Role, now: Timestamp) -> Self {
        Self {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: user,
            sid: session,
            tid: tenant,
            role,
            iat: now.as_second(),
            exp: (now + LIFETIME).as_second(),
        }
    }

    /// Signs them.
    pub fn sign(&self, kid: &str, key: &EncodingKey) -> Result<String, jsonwebtoken::errors::Error> {
        let header = Header { typ: Some(TYPE.into()), kid: Some(kid.into()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, self, key)
    }
}

/// Verifies access tokens. Keys are read from the table once, and again when a token names one that is not known.
pub struct Verifier {
    keys: RwLock<HashMap<String, DecodingKey>>,
}

impl Verifier {
    /// Knows no key yet.
    pub fn new() -> Self {
        Self { keys: RwLock::default() }
    }

    /// Reads the published keys. Hosts call it before the first request, where Lambda gives full CPU.
    pub async fn load(&self, store: &Store) -> Result<(), StoreError> {
        let known: HashMap<_, _> =
            store.token_keys().await?.into_iter().filter_map(|key| Some((key.kid.clone(), decoding(&key)?))).collect();
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// The claims of a token that is genuine, meant for this API, and not expired.
    pub async fn verify(&self, token: &str, store: &Store, now: Timestamp) -> Result<Claims, Problem> {
        let bad = || Problem::unauthenticated("the access token is not valid");
        let header = jsonwebtoken::decode_header(token).map_err(|_| bad())?;
        let kid = header
            .kid
            .filter(|_| header.alg == Algorithm::EdDSA && header.typ.as_deref() == Some(TYPE))
            .ok_or_else(bad)?;
        let mut key = self.key(&kid);
        // Key ids are public, so only ids that look like ours are worth a read.
        if key.is_none() && kid.len() == 16 {
            self.load(store).await?;
            key = self.key(&kid);
        }
        let key = key.ok_or_else(bad)?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Checked below against the platform's clock, to the second.
        rules.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules).map_err(|_| bad())?.claims;
        if claims.exp <= now.as_second() {
            return Err(Problem::token_expired());
        }
        Ok(claims)
    }

    fn key(&self, kid: &str) -> Option<DecodingKey> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).get(kid).cloned()
    }
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new()
    }
}

fn decoding(key: &TokenKey) -> Option<DecodingKey> {
    Some(DecodingKey::from_ed_der(&URL_SAFE_NO_PAD.decode(&key.public).ok()?))
}
