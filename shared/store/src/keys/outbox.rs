//! Keys of what waits to be sent, and its index by the time it is due.

use jiff::Timestamp;
use platform_core::ids::{AlertId, MailId, TenantId};
use platform_core::tenancy::Email;

use super::{Aggregate, Key, sortable, tenant_partition};

/// Prefix of mails that wait.
pub(crate) const MAIL: &str = "MAIL#";

/// A mail that waits.
pub(crate) fn mail(id: MailId) -> Key {
    Key::new(format!("{MAIL}{id}"), format!("{MAIL}{id}"))
}

/// Index partition of a mail that waits, among the intents that do.
pub(crate) fn mail_due_shard(id: MailId) -> String {
    due_partition(u32::from(id.uuid().as_bytes()[15]) % DUE_SHARDS)
}

/// Prefix of notification intents.
pub(crate) const INTENT: &str = "INTENT#";

/// A notification intent.
pub(crate) fn intent(tenant: TenantId, key: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{INTENT}{key}"))
}

/// Prefix of an alert's intents.
pub(crate) fn intents_of(alert: AlertId) -> String {
    format!("{INTENT}{alert}_")
}

/// Prefix of the log of deliveries.
pub(crate) const DELIVERY: &str = "DELIVERY#";

/// A place in the log of deliveries, unlike any other's of the same moment.
pub(crate) fn delivery_place(made: Timestamp, intent: &str) -> String {
    format!("{}#{intent}", sortable(made))
}

/// An intent's entry in the log of deliveries, which is in the order in which they were made.
pub(crate) fn delivery(tenant: TenantId, made: Timestamp, intent: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{DELIVERY}{}", delivery_place(made, intent)))
}

/// Prefix of summaries that wait to be sent.
pub(crate) const DIGEST: &str = "DIGEST#";

/// What a recipient is to be told in one message.
pub(crate) fn digest(tenant: TenantId, to: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("{DIGEST}{to}"))
}

/// Shards of the index of intents that wait to be sent.
pub const DUE_SHARDS: u32 = 4;

/// Index partition of one shard of waiting intents.
pub(crate) fn due_partition(shard: u32) -> String {
    format!("DUE#{shard}")
}

/// Index partition of a waiting intent of this tenant.
pub(crate) fn due_shard(tenant: TenantId) -> String {
    due_partition(u32::from(tenant.uuid().as_bytes()[15]) % DUE_SHARDS)
}

/// Place in the index of what is due, unlike any other's at the same moment.
pub(crate) fn due_at(due: Timestamp, key: &Key) -> String {
    format!("{}#{}#{}", sortable(due), key.pk, key.sk)
}

/// Place in the index after everything that is due by then.
pub(crate) fn due_until(now: Timestamp) -> String {
    format!("{}~", sortable(now))
}

/// What lies under a sort key of a tenant's partition, if it is spelled here.
pub(super) fn of_tenant(sort: &str) -> Option<Aggregate> {
    if let Some(to) = sort.strip_prefix(DIGEST) {
        return to.parse().ok().map(Aggregate::Digest);
    }
    if let Some(place) = sort.strip_prefix(DELIVERY) {
        return place.split_once('#').map(|(_, intent)| Aggregate::Delivery(intent.to_owned()));
    }
    sort.strip_prefix(INTENT).map(|key| Aggregate::Intent(key.to_owned()))
}

/// The mail that lies under a sort key.
pub(super) fn named_mail(sort: &str) -> Option<Aggregate> {
    sort.strip_prefix(MAIL)?.parse().ok().map(Aggregate::Mail)
}
