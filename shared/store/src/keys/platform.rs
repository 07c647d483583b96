//! Keys of the whole platform.

use platform_core::ids::{AccountId, TenantId, UserId};

use super::aggregate::pair;
use super::{Aggregate, Key};

/// Partition of tenants that are being deleted.
pub(crate) const DELETED_TENANTS: &str = "DELETED";

/// A tenant whose things are being deleted.
pub(crate) fn deleted_tenant(tenant: TenantId) -> Key {
    Key::new(DELETED_TENANTS, format!("TENANT#{tenant}"))
}

/// Prefix of accounts that were disconnected, among the tenants that are being deleted.
pub(crate) const DELETED_ACCOUNT: &str = "ACCOUNT#";

/// An account whose things are being deleted.
pub(crate) fn deleted_account(tenant: TenantId, account: AccountId) -> Key {
    Key::new(DELETED_TENANTS, format!("{DELETED_ACCOUNT}{tenant}#{account}"))
}

/// Prefix of people who lost a place in a tenant, among the tenants that are being deleted.
pub(crate) const LEAVER: &str = "LEAVER#";

/// Somebody who lost a place in a tenant, and perhaps their last one.
pub(crate) fn leaver(tenant: TenantId, user: UserId) -> Key {
    Key::new(DELETED_TENANTS, format!("{LEAVER}{tenant}#{user}"))
}

/// That the first tenant was made.
pub(crate) fn setup() -> Key {
    Key::new("PLATFORM", "SETUP")
}

/// A public key that verifies access tokens.
pub(crate) fn token_key(kid: &str) -> Key {
    Key::new("PLATFORM", format!("TOKENKEY#{kid}"))
}

/// What lies under a sort key of what is being deleted.
pub(super) fn deleted(sort: &str) -> Option<Aggregate> {
    match sort.split_once('#')? {
        ("TENANT", tenant) => tenant.parse().ok().map(Aggregate::DeletedTenant),
        ("ACCOUNT", rest) => pair(rest).map(|(tenant, account)| Aggregate::DeletedAccount(tenant, account)),
        ("LEAVER", rest) => pair(rest).map(|(tenant, user)| Aggregate::Leaver(tenant, user)),
        _ => None,
    }
}

/// What lies under a sort key of the platform's own partition.
pub(super) fn of_platform(sort: &str) -> Option<Aggregate> {
    match sort.split_once('#').map_or(sort, |(kind, _)| kind) {
        "SETUP" => Some(Aggregate::Setup),
        "TOKENKEY" => Some(Aggregate::TokenKey),
        _ => None,
    }
}
