//! Keys of rules, alerts and whom they are told to.

use platform_core::ids::{AccountId, AlertId, RuleId, TenantId};
use platform_core::tenancy::Email;

use super::{Key, tenant_partition};

/// Prefix of a tenant's rules.
pub(crate) const RULE: &str = "RULE#";

/// A rule.
pub(crate) fn rule(tenant: TenantId, rule: RuleId) -> Key {
    Key::new(tenant_partition(tenant), format!("{RULE}{rule}"))
}

/// Prefix of the states of all rules for one account.
pub(crate) fn state_prefix(account: AccountId) -> String {
    format!("STATE#{account}#")
}

/// A rule's state for one account.
pub(crate) fn state(tenant: TenantId, account: AccountId, rule: RuleId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{rule}", state_prefix(account)))
}

/// Prefix of a tenant's alerts. Ids sort by time.
pub(crate) const ALERT: &str = "ALERT#";

/// An alert.
pub(crate) fn alert(tenant: TenantId, alert: AlertId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ALERT}{alert}"))
}

/// Index partition of a tenant's alerts that are not resolved.
pub(crate) fn active_alerts(tenant: TenantId) -> String {
    format!("TENANT#{tenant}#ACTIVE")
}

/// A row of an alert's history.
pub(crate) fn history(tenant: TenantId, alert: AlertId, number: u32) -> Key {
    Key::new(tenant_partition(tenant), format!("HISTORY#{alert}#{number:06}"))
}

/// How a receiver of webhooks that hangs does, by a digest of its address.
pub(crate) fn receiver(tenant: TenantId, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("RECEIVER#{hash}"))
}

/// Prefix of recipients who are not members.
pub(crate) const RECIPIENT: &str = "RECIPIENT#";

/// A recipient who is not a member.
pub(crate) fn recipient(tenant: TenantId, email: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("{RECIPIENT}{email}"))
}
