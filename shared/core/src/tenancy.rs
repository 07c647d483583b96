//! Tenants, the people in them, and their sign-ins.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::account::Sealed;
use crate::ids::{SessionId, TenantId, UserId};
use crate::named;

/// An email address: parsed at the edge, lower-cased, so that one person is one address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Longest address that SMTP carries.
    pub const MAX_LENGTH: usize = 254;

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that is not an email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an email address such as ops@example.com")]
pub struct NotAnEmail;

impl FromStr for Email {
    type Err = NotAnEmail;

    /// Accepts what mail servers accept in practice: one `@`, a local part of printable ASCII without quoting, and a
    /// domain of at least two labels.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(NotAnEmail)?;
        let local_ok = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
        if local_ok && domain_ok && text.len() <= Self::MAX_LENGTH {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotAnEmail)
        }
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// Id.
    pub id: TenantId,
    /// Display name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its owner deleted it. From then on nothing is sent for it, and what it owned goes piece by piece.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// How long alerts are kept that are over.
    #[serde(default)]
    pub alert_retention: Retention,
    /// Counts writes. Whatever takes an owner away counts it up too, so that two owners cannot remove each other at the
    /// same moment.
    pub version: u64,
}

/// How long something is kept, in days: whole ones, so that what is kept can be counted by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Retention(u32);

impl Retention {
    /// The shortest, in days.
    pub const LEAST: u32 = 30;
    /// The longest, in days: five years.
    pub const MOST: u32 = 1_825;

    /// So many days, if that is neither too short nor too long.
    pub fn of_days(days: u32) -> Option<Self> {
        (Self::LEAST..=Self::MOST).contains(&days).then_some(Self(days))
    }

    /// In days.
    pub const fn days(self) -> u32 {
        self.0
    }

    /// When what happened at a moment is forgotten: at the end of a day, by UTC.
    pub fn end(self, at: Timestamp) -> Timestamp {
        let day = at.to_zoned(TimeZone::UTC).date();
        let end = day.checked_add((i64::from(self.0) + 1).days()).and_then(|day| day.to_zoned(TimeZone::UTC));
        end.map_or(Timestamp::MAX, |end| end.timestamp())
    }
}

impl Default for Retention {
    /// A year.
    fn default() -> Self {
        Self(365)
    }
}

/// A person who can sign in, across tenants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Address they sign in with.
    pub email: Email,
    /// Display name.
    pub name: String,
    /// Argon2id, in PHC string format. None for somebody who only signs in by an identity provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<String>,
    /// When the password was last changed; links that reset it are good for the password of their time only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_changed_at: Option<Timestamp>,
    /// The second factor, once it was proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecondFactor>,
    /// A second factor that was shown and not proven yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending_second_factor: Option<Sealed>,
    /// Digests of the browsers they signed in with, the latest last: another one is told by mail.
    #[serde(default)]
    pub devices: Vec<String>,
    /// Digests of the cookies of browsers, and of the addresses, from which they proved their password: guesses of others
    /// do not keep these out. The latest last.
    #[serde(default)]
    pub known_sources: Vec<String>,
    /// The tenant whose identity provider this user comes from. Such a user has no address of their own to sign in
    /// with, and acts in that tenant only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sso_tenant: Option<TenantId>,
    /// When they were made.
    pub created_at: Timestamp,
    /// Last sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_login: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

/// Time-based one-time passwords (RFC 6238), and codes for when the phone is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactor {
    /// The shared secret.
    pub secret: Sealed,
    /// The last 30 s step whose code was taken: no code is good twice.
    pub last_step: u64,
    /// SHA-256 of the recovery codes that were not used yet.
    pub recovery: Vec<String>,
    /// Since when.
    pub enabled_at: Timestamp,
}

named! {
    /// How somebody signed in.
    #[derive(Default)]
    pub enum SignInMethod {
        /// By password.
        #[default]
        Password = "password",
        /// By the tenant's identity provider. Such a session stays in that tenant.
        Sso = "sso",
    }
}

/// A user's place in a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Membership {
    /// The tenant.
    pub tenant: TenantId,
    /// The tenant's name, kept here so that a user's tenants are one query.
    pub tenant_name: String,
    /// The user.
    pub user: UserId,
    /// The user's email, kept here so that a tenant's owners can be told without a second read.
    pub email: Email,
    /// The user's name.
    pub name: String,
    /// Role in this tenant.
    pub role: Role,
    /// Switched off members cannot act in this tenant.
    pub active: bool,
    /// When they were last switched on again: sessions from before stay ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_since: Option<Timestamp>,
    /// Since when.
    pub created_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// One sign-in. Its refresh tokens are derived from `nonce` and `generation` under a key that only the functions that
/// issue tokens hold, so that the table alone yields none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The tenant that it goes on in where none is asked for.
    pub tenant: TenantId,
    /// Other tenants that it was in, which their audit trails tell of once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visited: Vec<TenantId>,
    /// Whether it was put into its tenant when another one was gone, which the tenant's audit trail does not tell of yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub moved: bool,
    /// Random, fixed for the session's life.
    pub nonce: String,
    /// How often the refresh token was rotated.
    pub generation: u64,
    /// When it was last rotated.
    pub rotated_at: Timestamp,
    /// When the session ends whatever happens.
    pub expires_at: Timestamp,
    /// When it was ended before that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
    /// "Remember me".
    pub remember: bool,
    /// How it began.
    #[serde(default)]
    pub method: SignInMethod,
    /// Address of the sign-in, then of the latest refresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Browser or client of the sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

impl Tenant {
    /// A new tenant.
    pub fn new(id: TenantId, name: String, now: Timestamp) -> Self {
        let alert_retention = Retention::default();
        Self { id, name, created_at: now, deleted_at: None, alert_retention, version: 1 }
    }
}

impl User {
    /// A new user.
    pub fn new(id: UserId, email: Email, name: String, password_hash: Option<String>, now: Timestamp) -> Self {
        Self {
            id,
            email,
            name,
            password_hash,
            password_changed_at: None,
            second_factor: None,
            pending_second_factor: None,
            devices: Vec::new(),
            known_sources: Vec::new(),
            sso_tenant: None,
            created_at: now,
            last_login: None,
            version: 1,
        }
    }
}

impl Membership {
    /// A new place of a user in a tenant.
    pub fn new(tenant: &Tenant, user: &User, role: Role, now: Timestamp) -> Self {
        Self {
            tenant: tenant.id,
            tenant_name: tenant.name.clone(),
            user: user.id,
            email: user.email.clone(),
            name: user.name.clone(),
            role,
            active: true,
            active_since: None,
            created_at: now,
            version: 1,
        }
    }
}

impl Membership {
    /// Whether the member may act by this session: it was in use here since they were last switched on.
    pub fn admits(&self, session: &Session) -> bool {
        self.active && self.active_since.is_none_or(|since| session.rotated_at >= since)
    }
}

impl Session {
    /// Whether the session may still act.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// Notes that it is in use in the tenant of a place now. Whoever was switched on by a clock that is ahead is not kept out
    /// until this one has caught up.
    pub fn use_in(&mut self, place: &Membership, now: Timestamp) {
        self.rotated_at = place.active_since.map_or(now, |since| since.max(now));
    }

    /// Whether the session may act in a tenant that its user is a member of: those of people go on in each of their
    /// tenants, beside one another; a tenant's provider vouches for people in that tenant alone.
    pub fn acts_in(&self, tenant: TenantId) -> bool {
        self.method == SignInMethod::Password || self.tenant == tenant
    }

    /// Goes on in a tenant; whether for the first time.
    pub fn enter(&mut self, tenant: TenantId) -> bool {
        let left = std::mem::replace(&mut self.tenant, tenant);
        let was_moved = std::mem::take(&mut self.moved);
        let is_new = (left != tenant || was_moved) && !self.visited.contains(&tenant);
        if !self.visited.contains(&left) && left != tenant {
            self.visited.push(left);
        }
        is_new
    }

    /// Nothing of it tells of a tenant any more that is gone for its user; from there it goes on in another of theirs.
    /// Whether that changed anything.
    pub fn forget(&mut self, gone: TenantId, other: TenantId) -> bool {
        let (before, is_in) = (self.visited.len(), self.tenant == gone);
        self.visited.retain(|visited| *visited != gone);
        if is_in {
            (self.tenant, self.moved) = (other, true);
        }
        is_in || self.visited.len() != before
    }

    /// Whether whoever holds this session may see and end another one of the same user. A tenant chooses its identity
    /// provider, so a session that began there reaches only its own kind.
    pub fn reaches(&self, other: &Session) -> bool {
        let is_alike = other.method == SignInMethod::Sso && other.tenant == self.tenant;
        self.method == SignInMethod::Password || is_alike
    }
}

/// Most characters of a password; a bound on the work of hashing, well past any passphrase.
pub const PASSWORD_MAX: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_on_a_day_is_forgotten_at_once() {
        let month = Retention::of_days(30).unwrap();
        let end = |at: &str| month.end(at.parse().unwrap()).to_string();
        assert_eq!(end("2026-11-01T00:00:00Z"), "2026-12-02T00:00:00Z");
        assert_eq!(end("2026-11-01T23:59:59Z"), "2026-12-02T00:00:00Z");
        assert_eq!(Retention::default().days(), 365);
        assert!(Retention::of_days(29).is_none() && Retention::of_days(1_826).is_none());
    }

    #[test]
    fn email_addresses() {
        for good in ["a@b.co", "Ops+night@Example.COM", " x@y.example "] {
            assert!(good.parse::<Email>().is_ok(), "{good}");
        }
        assert_eq!("Ops@Example.COM".parse::<Email>().map(|e| e.to_string()), Ok("ops@example.com".into()));
        for bad in [
            "",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a@@b.co",
            "a b@c.de",
            "a@b..co",
            ".a@b.co",
            "a@b.co\r\nBcc: x@y.z",
            "a@-b.co",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
    }
}
