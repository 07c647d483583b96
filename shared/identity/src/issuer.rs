//! Issues tokens, by the secrets of a host.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use aws_lc_rs::{constant_time, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::EncodingKey;
use platform_core::access::Role;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::tenancy::{Session, SignInMethod};
use platform_http::Problem;
use platform_http::token::Claims;
use platform_runtime::issuer::Issuer;
use platform_runtime::secrets::SecretText;
use platform_store::platform::TokenKey;

/// Life of a session with "remember me".
pub const LIFE_REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Life of a session without.
pub const LIFE: SignedDuration = SignedDuration::from_hours(12);
/// How long the answer to a refresh can be asked for again, for clients whose answer got lost.
pub const REPLAY_GRACE: SignedDuration = SignedDuration::from_secs(10);
/// What a refresh token begins with, for secret scanners.
const REFRESH_PREFIX: &str = "nbr_";

/// Signs access tokens and derives refresh tokens: with the current secret, and, while secrets are rotated, takes what
/// was derived from the previous one too.
pub struct TokenIssuer {
    current: Keys,
    previous: Vec<Keys>,
}

/// The keys of one secret.
struct Keys {
    kid: String,
    public: String,
    signing: EncodingKey,
    refresh: hmac::Key,
}

/// What a refresh token says of itself: who it belongs to and how old it is. [`Issuer::is_genuine`] tells whether to
/// believe it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshClaim {
    /// The user.
    pub user: UserId,
    /// The session.
    pub session: SessionId,
    /// Which of the session's tokens it is.
    pub generation: u64,
}

impl RefreshClaim {
    /// Reads a token, if it is written like one.
    pub fn read(token: &str) -> Option<Self> {
        let mut parts = token.strip_prefix(REFRESH_PREFIX)?.split('.');
        let user = UserId::from_uuid(parts.next()?.parse().ok()?);
        let session = SessionId::from_uuid(parts.next()?.parse().ok()?);
        let generation = parts.next()?.parse().ok()?;
        (parts.next().is_some() && parts.next().is_none()).then_some(Self { user, session, generation })
    }
}

impl Keys {
    fn new(secret: &SecretText) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&secret.derive("access-token")).expect("a seed has 32 bytes");
        let public = pair.public_key().as_ref();
        let private = pair.to_pkcs8v1().expect("the key pair encodes");
        Self {
            kid: hex::encode(&digest::digest(&digest::SHA256, public).as_ref()[..8]),
            public: URL_SAFE_NO_PAD.encode(public),
            signing: EncodingKey::from_ed_der(private.as_ref()),
            refresh: hmac::Key::new(hmac::HMAC_SHA256, &secret.derive("refresh-token")),
        }
    }

    fn mac(&self, claim: &RefreshClaim, nonce: &str) -> hmac::Tag {
        hmac::sign(&self.refresh, format!("{}.{}.{}.{nonce}", claim.user, claim.session, claim.generation).as_bytes())
    }
}

impl TokenIssuer {
    /// An issuer by these secrets, the current one first.
    ///
    /// # Panics
    ///
    /// Without a secret.
    pub fn new(secrets: &[SecretText]) -> Self {
        let (current, previous) = secrets.split_first().expect("an issuer has a secret");
        Self { current: Keys::new(current), previous: previous.iter().map(Keys::new).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

impl Issuer for TokenIssuer {
    fn public_keys(&self) -> Vec<TokenKey> {
        self.all().map(|keys| TokenKey { kid: keys.kid.clone(), public: keys.public.clone() }).collect()
    }

    fn access_token(&self, session: &Session, role: Role, now: Timestamp) -> Result<String, Problem> {
        Claims::new(session, role, now).sign(&self.current.kid, &self.current.signing).map_err(Problem::internal)
    }

    fn refresh_token(&self, session: &Session) -> String {
        let claim = RefreshClaim { user: session.user, session: session.id, generation: session.generation };
        let mac = self.current.mac(&claim, &session.nonce);
        format!(
            "{REFRESH_PREFIX}{}.{}.{}.{}",
            claim.user.uuid().simple(),
            claim.session.uuid().simple(),
            claim.generation,
            URL_SAFE_NO_PAD.encode(mac.as_ref())
        )
    }

    fn is_genuine(&self, token: &str, session: &Session) -> bool {
        let Some(claim) = RefreshClaim::read(token) else { return false };
        let given = token.rsplit('.').next().and_then(|mac| URL_SAFE_NO_PAD.decode(mac).ok()).unwrap_or_default();
        let is_ours = |keys: &Keys| {
            let mac = keys.mac(&claim, &session.nonce);
            constant_time::verify_slices_are_equal(mac.as_ref(), &given).is_ok()
        };
        claim.user == session.user && claim.session == session.id && self.all().any(is_ours)
    }
}

/// Begins a session.
pub fn begin_session(
    id: SessionId,
    user: UserId,
    tenant: TenantId,
    nonce: [u8; 16],
    remember: bool,
    now: Timestamp,
) -> Session {
    Session {
        id,
        user,
        tenant,
        visited: Vec::new(),
        moved: false,
        nonce: hex::encode(nonce),
        generation: 0,
        rotated_at: now,
        expires_at: now + if remember { LIFE_REMEMBERED } else { LIFE },
        revoked_at: None,
        remember,
        method: SignInMethod::Password,
        ip: None,
        user_agent: None,
        created_at: now,
        version: 1,
    }
}
