//! Access tokens: JWTs signed with Ed25519, verified with public keys from the table.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use platform_core::access::Role;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::tenancy::{Session, SignInMethod};
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
    /// How the session began.
    pub method: SignInMethod,
    iat: i64,
    exp: i64,
}

impl Claims {
    /// Claims that begin now.
    pub fn new(session: &Session, role: Role, now: Timestamp) -> Self {
        Self {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: session.user,
            sid: session.id,
            tid: session.tenant,
            role,
            method: session.method,
            iat: now.as_second(),
            exp: (now + LIFETIME).as_second(),
        }
    }

    /// From when on they are good for nothing.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp::from_second(self.exp).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Signs them.
    pub fn sign(&self, kid: &str, key: &EncodingKey) -> Result<String, jsonwebtoken::errors::Error> {
        let header = Header { typ: Some(TYPE.into()), kid: Some(kid.into()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, self, key)
    }
}

/// How long read keys are trusted: a key that was retired is refused after at most this.
const TRUSTED: SignedDuration = SignedDuration::from_mins(5);
/// Tokens that name unknown keys make the keys be read again at most this often.
const READ_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// Verifies access tokens. Keys are read from the table, and again when they are old or a token names one that is not
/// known: while signing keys are rotated, two of them are good at once.
pub struct Verifier {
    keys: RwLock<Keys>,
}

#[derive(Default)]
struct Keys {
    known: HashMap<String, DecodingKey>,
    read_at: Option<Timestamp>,
}

impl Verifier {
    /// Knows no key yet.
    pub fn new() -> Self {
        Self { keys: RwLock::default() }
    }

    /// Reads the published keys. Hosts call it before the first request, where Lambda gives full CPU.
    pub async fn load(&self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let known: HashMap<_, _> =
            store.token_keys().await?.into_iter().filter_map(|key| Some((key.kid.clone(), decoding(&key)?))).collect();
        let keys = Keys { known, read_at: Some(now) };
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
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
        let (mut key, age) = self.key(&kid, now);
        let patience = if key.is_some() { TRUSTED } else { READ_AT_MOST_EVERY };
        if age.is_none_or(|age| age >= patience) {
            self.load(store, now).await?;
            (key, _) = self.key(&kid, now);
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

    /// The key, and how long ago keys were read.
    fn key(&self, kid: &str, now: Timestamp) -> (Option<DecodingKey>, Option<SignedDuration>) {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        (keys.known.get(kid).cloned(), keys.read_at.map(|read_at| now.duration_since(read_at)))
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
