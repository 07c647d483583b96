//! Sign-in by a tenant's own identity provider (OpenID Connect): settings, and what follows from what the provider says
//! of somebody.
//!
//! Each tenant chooses its provider, so none is trusted beyond its tenant: whoever it vouches for acts in that tenant
//! only, whatever address it gives them.

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::access::Role;
use crate::account::Sealed;
use crate::ids::{TenantId, UserId};
use crate::tenancy::Email;

/// How long somebody may take at the provider.
pub const STATE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// How far the provider's clock may be off.
pub const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);
/// What the provider's addresses are trusted for before they are asked for again.
pub const PROVIDER_FRESH: SignedDuration = SignedDuration::from_hours(24);
/// Domains that a tenant may allow.
pub const MAX_DOMAINS: usize = 20;
/// Values that a tenant may map to roles.
pub const MAX_MAPPINGS: usize = 50;

/// A tenant's name in the address of its sign-in page: unique over the platform.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// A text that is no slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 3 to 40 of a-z, 0-9 and -, and begin and end with a letter or digit")]
pub struct NotASlug;

impl Slug {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let inside = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let edges = !text.starts_with('-') && !text.ends_with('-');
        // The page that takes people back lies beside those that send them off.
        let free = text != "callback";
        if (3..=40).contains(&text.len()) && inside && edges && free {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotASlug)
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A tenant's sign-in by its identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SsoSettings {
    /// Whose.
    pub tenant: TenantId,
    /// Where its people sign in.
    pub slug: Slug,
    /// The provider, to the letter as it names itself.
    pub issuer: String,
    /// What the provider calls this platform.
    pub client_id: String,
    /// The client's secret; none for a public client, which PKCE alone protects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Sealed>,
    /// Domains of addresses that are let in, lower-case; any if empty.
    pub domains: Vec<String>,
    /// The claim that tells somebody's groups or roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_claim: Option<String>,
    /// What its values mean here.
    pub role_mapping: Vec<RoleRule>,
    /// The role of somebody whose values mean nothing; without one they are not let in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_role: Option<Role>,
    /// Whether people may sign in this way.
    pub enabled: bool,
    /// Where the provider is to be asked.
    pub provider: Provider,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// A value of the role claim, and the role that it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRule {
    /// The value, to the letter.
    pub value: String,
    /// The role; never owner.
    pub role: Role,
}

/// What a provider publishes of itself, as far as it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// Where browsers are sent.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    /// Its public keys.
    pub jwks_uri: String,
    /// What it says of somebody beyond the ID token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    /// It takes the client's secret in the body, not in a header.
    pub secret_in_body: bool,
    /// It tells groups to those who ask for the scope of that name.
    pub has_groups_scope: bool,
    /// When it was asked.
    pub read_at: Timestamp,
}

/// A sign-in that somebody began. Kept under the SHA-256 of its state, taken once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SsoState {
    /// Into which tenant.
    pub tenant: TenantId,
    /// SHA-256 of the cookie of the browser that began it: no other may finish it.
    pub browser: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// Proves to the provider that who exchanges the code also asked for it (PKCE).
    pub verifier: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl fmt::Debug for SsoState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SsoState").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// Whom somebody at a provider is here. Kept in the tenant, under the SHA-256 of issuer and subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SsoIdentity {
    /// The user.
    pub user: UserId,
    /// Whether the provider said, when it was last asked for, that the address by which the user was found is proven.
    #[serde(default)]
    pub is_proven: bool,
}

impl SsoSettings {
    /// Whether somebody with this address is let in.
    pub fn allows(&self, email: &Email) -> bool {
        let domain = email.as_str().rsplit('@').next().unwrap_or_default();
        self.domains.is_empty() || self.domains.iter().any(|allowed| allowed == domain)
    }

    /// The role by what the provider says: the largest of those that the values are mapped to, else the default one.
    pub fn role_of(&self, claims: &Value) -> Option<Role> {
        let values = self.role_claim.as_deref().map(|name| texts(claims, name)).unwrap_or_default();
        let mapped = self.role_mapping.iter().filter(|rule| values.contains(&rule.value.as_str()));
        mapped.map(|rule| rule.role).max().or(self.default_role)
    }

    /// Whether the provider decides the roles of those who have one already.
    pub fn maps_roles(&self) -> bool {
        !self.role_mapping.is_empty()
    }
}

/// The texts of a claim that is a text or a list of them. A name with dots that is no claim itself leads into objects,
/// as in Keycloak's `realm_access.roles`.
pub fn texts<'a>(claims: &'a Value, name: &str) -> Vec<&'a str> {
    match claim(claims, name) {
        Some(Value::String(text)) => vec![text.as_str()],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A claim, if it is there.
pub fn claim<'a>(claims: &'a Value, name: &str) -> Option<&'a Value> {
    claims.get(name).or_else(|| name.split('.').try_fold(claims, |value, part| value.get(part)))
}

/// Whether a text is a domain name of at least two labels, lower-case.
pub fn is_domain(text: &str) -> bool {
    !text.bytes().any(|b| b.is_ascii_uppercase()) && format!("a@{text}").parse::<Email>().is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings() -> SsoSettings {
        let rule = |value: &str, role| RoleRule { value: value.into(), role };
        SsoSettings {
            tenant: TenantId::from_uuid(uuid::Uuid::nil()),
            slug: "acme".parse().unwrap(),
            issuer: "https://id.acme.example".into(),
            client_id: "platform".into(),
            client_secret: None,
            domains: vec!["acme.example".into()],
            role_claim: Some("realm_access.roles".into()),
            role_mapping: vec![rule("ops", Role::NetworkAdmin), rule("it", Role::Admin)],
            default_role: None,
            enabled: true,
            provider: Provider {
                authorization_endpoint: String::new(),
                token_endpoint: String::new(),
                jwks_uri: String::new(),
                userinfo_endpoint: None,
                secret_in_body: false,
                has_groups_scope: false,
                read_at: Timestamp::UNIX_EPOCH,
            },
            updated_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn slugs() {
        for good in ["acme", "a-1", "0ab", &"a".repeat(40)] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "ab", "-abc", "abc-", "Acme", "ac me", "äcme", "a/b", "a.b", "callback", &"a".repeat(41)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_whole_domains_are_let_in() {
        let allows = |email: &str| settings().allows(&email.parse().unwrap());
        assert!(allows("ada@acme.example") && allows("ADA@ACME.EXAMPLE"));
        for foreign in ["ada@evil-acme.example", "ada@sub.acme.example", "ada@acme.example.evil.example"] {
            assert!(!allows(foreign), "{foreign}");
        }
        assert!(SsoSettings { domains: vec![], ..settings() }.allows(&"ada@evil.example".parse().unwrap()));
        assert!(is_domain("acme.example"));
        for bad in ["", "acme", "ACME.example", "@acme.example", "acme.example/", "*.acme.example", "a b.example"] {
            assert!(!is_domain(bad), "{bad}");
        }
    }

    #[test]
    fn the_largest_mapped_role_counts() {
        let mut settings = settings();
        let role =
            |settings: &SsoSettings, roles: Value| settings.role_of(&json!({ "realm_access": { "roles": roles } }));
        assert_eq!(role(&settings, json!(["x", "ops"])), Some(Role::NetworkAdmin));
        assert_eq!(role(&settings, json!(["it", "ops"])), Some(Role::Admin));
        assert_eq!(role(&settings, json!("ops")), Some(Role::NetworkAdmin));
        for nothing in [json!([]), json!(["OPS"]), json!(7), json!({ "it": true }), json!(null), json!(["op"])] {
            assert_eq!(role(&settings, nothing.clone()), None, "{nothing}");
        }
        settings.default_role = Some(Role::Viewer);
        assert_eq!(role(&settings, json!([])), Some(Role::Viewer));
        settings.role_claim = Some("https://acme.example/roles".into());
        let flat = json!({ "https://acme.example/roles": ["it"] });
        assert_eq!(settings.role_of(&flat), Some(Role::Admin), "a name with dots is a claim first");
    }
}
