//! For tests and measurements: what no endpoint or job may do.

use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::rule::Rule;

use crate::{Item, Key, Result, Store, keys};

/// The key of a public key that verifies access tokens.
pub fn token_key(kid: &str) -> Key {
    keys::token_key(kid)
}

/// The key of a session.
pub fn session(user: UserId, session: SessionId) -> Key {
    keys::session(user, session)
}

/// The key of a user's place in a tenant.
pub fn member(tenant: TenantId, user: UserId) -> Key {
    keys::member(tenant, user)
}

impl Store {
    /// Writes a rule over the one that is there, whatever its version.
    pub async fn overwrite_rule(&self, rule: &Rule) -> Result<()> {
        self.put(Item::new(&keys::rule(rule.tenant, rule.id), rule)?).await
    }
}
