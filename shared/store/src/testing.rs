//! For tests and measurements: what no endpoint or job may do.

use platform_core::audit::{AuditEntry, Seal};
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::rule::Rule;

use crate::audit::month_of;
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

    /// Writes an entry of the audit trail over the one that is there.
    pub async fn overwrite_audit_entry(&self, entry: &AuditEntry) -> Result<()> {
        self.put(Item::new(&keys::audit(entry.tenant, entry.at, entry.id), entry)?).await
    }

    /// Removes an entry of the audit trail.
    pub async fn remove_audit_entry(&self, entry: &AuditEntry) -> Result<()> {
        self.delete(&keys::audit(entry.tenant, entry.at, entry.id)).await
    }

    /// Writes a seal over the one that is there.
    pub async fn overwrite_seal(&self, seal: &Seal) -> Result<()> {
        self.put(Item::new(&keys::seal(seal.tenant, month_of(seal.entry_at), seal.number), seal)?).await
    }

    /// Removes a seal.
    pub async fn remove_seal(&self, seal: &Seal) -> Result<()> {
        self.delete(&keys::seal(seal.tenant, month_of(seal.entry_at), seal.number)).await
    }
}
