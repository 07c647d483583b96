//! Keys of sockets, and of what is told over them.

use platform_core::ids::{TenantId, UserId};
use platform_core::live::ConnectionId;

use super::{Aggregate, Key, tenant_partition};

/// An open connection, as its host names it.
pub(crate) fn connection(connection: &ConnectionId) -> Key {
    Key::new(format!("CONNECTION#{connection}"), "CONNECTION")
}

/// Where a tenant's messages are: what the last one was, and who sends them.
pub(crate) fn live(tenant: TenantId) -> Key {
    Key::new(tenant_partition(tenant), "LIVE")
}

/// Prefix of a tenant's sockets.
pub(crate) const SOCKET: &str = "SOCKET#";

/// Prefix of a user's sockets in a tenant.
pub(crate) fn sockets_of(user: UserId) -> String {
    format!("{SOCKET}{user}#")
}

/// A socket of a tenant.
pub(crate) fn socket(tenant: TenantId, user: UserId, connection: &ConnectionId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{connection}", sockets_of(user)))
}

/// Prefix of what a tenant's sockets were told.
const TOLD: &str = "TOLD#";

/// What a tenant's sockets were told, by its sequence.
pub(crate) fn told(tenant: TenantId, sequence: u64) -> Key {
    Key::new(tenant_partition(tenant), told_sort(sequence))
}

/// The sort key of what was told.
pub(crate) fn told_sort(sequence: u64) -> String {
    format!("{TOLD}{sequence:016}")
}

/// Partition of tenants of whom somebody watches.
pub(crate) const WATCHED: &str = "WATCHED";

/// A tenant of whom somebody watches.
pub(crate) fn watched(tenant: TenantId) -> Key {
    Key::new(WATCHED, format!("TENANT#{tenant}"))
}

/// What lies under a sort key of a tenant's partition, if it is spelled here.
pub(super) fn of_tenant(sort: &str) -> Option<Aggregate> {
    match sort.split_once('#').unwrap_or((sort, "")) {
        ("LIVE", "") => Some(Aggregate::Live),
        ("SOCKET", rest) => rest.split_once('#')?.0.parse().ok().map(Aggregate::Socket),
        ("TOLD", sequence) => sequence.parse().ok().map(Aggregate::Told),
        _ => None,
    }
}

/// What lies under a sort key of those of whom somebody watches.
pub(super) fn of_watched(sort: &str) -> Option<Aggregate> {
    sort.strip_prefix("TENANT#")?.parse().ok().map(Aggregate::Watched)
}
