//! Keys of NetBird accounts and of what is known of their networks.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{MOST_SPAN, date_of, day_of, minute_of, start_of};
use platform_core::own_metrics::BLOCK;
use platform_core::resource::Resource;

use super::aggregate::{last, pair};
use super::{Aggregate, Key, sortable, tenant_partition};

/// Partition of what is known of one account.
pub(crate) fn account_partition(tenant: TenantId, account: AccountId) -> String {
    format!("TENANT#{tenant}#ACCOUNT#{account}")
}

/// Prefix of a tenant's accounts.
pub(crate) const ACCOUNT: &str = "ACCOUNT#";

/// A connected account.
pub(crate) fn account(tenant: TenantId, account: AccountId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ACCOUNT}{account}"))
}

/// How syncing it goes. In the tenant's partition, so that an overview of all accounts is one query.
pub(crate) fn sync(tenant: TenantId, account: AccountId) -> Key {
    Key::new(tenant_partition(tenant), format!("SYNC#{account}"))
}

/// Prefix of how syncing goes and of what syncs keep for the overview: one query finds both, and the first before the second.
pub(crate) const SYNCS: &str = "SYNC";

/// What syncs keep of an account for the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// The newest events.
    Events,
    /// How many peers there were, by the hour.
    Hours,
}

/// What syncs keep of an account for the overview. In the tenant's partition, as the sync state is.
pub(crate) fn kept(tenant: TenantId, account: AccountId, kept: Kept) -> Key {
    let kind = match kept {
        Kept::Events => "EVENTS",
        Kept::Hours => "HOURS",
    };
    Key::new(tenant_partition(tenant), format!("{}{kind}", kept_prefix(account)))
}

/// How the sort keys of what syncs keep of an account begin.
pub(crate) fn kept_prefix(account: AccountId) -> String {
    format!("SYNCED#{account}#")
}

/// What of which account lies under a sort key.
pub(crate) fn kept_under(sort: &str) -> Option<(AccountId, Kept)> {
    let (account, kind) = sort.strip_prefix("SYNCED#")?.split_once('#')?;
    let kept = match kind {
        "EVENTS" => Kept::Events,
        "HOURS" => Kept::Hours,
        _ => return None,
    };
    Some((account.parse().ok()?, kept))
}

/// The list of a snapshot's chunks.
pub(crate) fn manifest(tenant: TenantId, account: AccountId, resource: Resource) -> Key {
    Key::new(account_partition(tenant, account), format!("SNAP#{}", resource.name()))
}

/// One chunk of a snapshot. `revision` is unique to the write that made it: chunks are never overwritten.
pub(crate) fn chunk(tenant: TenantId, account: AccountId, resource: Resource, index: usize, revision: &str) -> Key {
    Key::new(account_partition(tenant, account), format!("{}{index:04}#{revision}", chunks_of(resource)))
}

/// Prefix of a snapshot's chunks.
pub(crate) fn chunks_of(resource: Resource) -> String {
    format!("CHUNK#{}#", resource.name())
}

/// Prefix of an account's events.
pub(crate) const EVENT: &str = "EVENT#";

/// An event of NetBird's activity log.
pub(crate) fn event(tenant: TenantId, account: AccountId, at: Timestamp, id: u64) -> Key {
    Key::new(account_partition(tenant, account), format!("{EVENT}{}#{id:020}", sortable(at)))
}

/// The first and the last sort key of events of a stretch of time.
pub(crate) fn events_between(from: Option<Timestamp>, to: Option<Timestamp>) -> (String, String) {
    between(EVENT, from, to)
}

/// How many of an account's events are kept, by day. Not among those that begin as events do.
pub(crate) fn event_counts(tenant: TenantId, account: AccountId) -> Key {
    Key::new(account_partition(tenant, account), "EVENTCOUNTS")
}

/// Prefix of the changes of peer status that syncs found.
pub(crate) const TRANSITIONS: &str = "TRANSITIONS#";

/// What one sync found of changes of peer status, or a part of it.
pub(crate) fn transitions(tenant: TenantId, account: AccountId, seen_at: Timestamp, part: usize) -> Key {
    Key::new(account_partition(tenant, account), transitions_sort(seen_at, part))
}

/// The sort key of what one sync found of changes of peer status.
pub(crate) fn transitions_sort(seen_at: Timestamp, part: usize) -> String {
    format!("{TRANSITIONS}{}#{part:02}", sortable(seen_at))
}

/// Which part lies under a sort key of them.
pub(crate) fn part_of_transitions(sort: &str) -> Option<usize> {
    sort.rsplit_once('#')?.1.parse().ok()
}

/// The first and the last sort key of changes of peer status that were seen in a stretch of time.
pub(crate) fn transitions_between(from: Option<Timestamp>, to: Option<Timestamp>) -> (String, String) {
    between(TRANSITIONS, from, to)
}

fn between(prefix: &str, from: Option<Timestamp>, to: Option<Timestamp>) -> (String, String) {
    let first = from.map(sortable).unwrap_or_default();
    let last = to.map_or_else(|| "\u{10FFFF}".to_owned(), sortable);
    (format!("{prefix}{first}"), format!("{prefix}{last}"))
}

/// Prefix of the changes of an account's configuration.
const CHANGES: &str = "CHANGES#";

/// What one sync found of changes of the configuration, or a part of it.
pub(crate) fn changes(tenant: TenantId, account: AccountId, seen_at: Timestamp, part: usize) -> Key {
    Key::new(account_partition(tenant, account), changes_sort(seen_at, part))
}

/// The sort key of what one sync found.
pub(crate) fn changes_sort(seen_at: Timestamp, part: usize) -> String {
    format!("{CHANGES}{}#{part:02}", sortable(seen_at))
}

/// The first and the last sort key of changes that were seen in a stretch of time.
pub(crate) fn changes_between(from: Option<Timestamp>, to: Option<Timestamp>) -> (String, String) {
    between(CHANGES, from, to)
}

/// Prefix of the log of an account's syncs.
pub(crate) const LOGGED_SYNCS: &str = "SYNCS#";

/// A sync in the log.
pub(crate) fn logged_sync(tenant: TenantId, account: AccountId, started_at: Timestamp) -> Key {
    Key::new(account_partition(tenant, account), format!("{LOGGED_SYNCS}{}", sortable(started_at)))
}

/// Prefixes of what is recorded of an account in numbers.
const MINUTES: &str = "METRIC#1m#";
const HOURS: &str = "METRIC#1h#";
const DAYS: &str = "METRIC#1d#";

/// Minutes that were written away together, by the first of them.
pub(crate) fn metric_minutes(tenant: TenantId, account: AccountId, first: i64) -> Key {
    Key::new(account_partition(tenant, account), format!("{MINUTES}{}", sortable(start_of(first))))
}

/// The hours of a day.
pub(crate) fn metric_hours(tenant: TenantId, account: AccountId, day: i64) -> Key {
    Key::new(account_partition(tenant, account), format!("{HOURS}{}", date_of(day)))
}

/// The days of a month, by the first of them.
pub(crate) fn metric_days(tenant: TenantId, account: AccountId, first: Date) -> Key {
    Key::new(account_partition(tenant, account), format!("{DAYS}{}", first.strftime("%Y-%m")))
}

/// The first and the last sort key of what minutes of a range were written away with.
pub(crate) fn metric_minutes_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{MINUTES}{}", sortable(start_of(minute)));
    (text(range.start - MOST_SPAN), text(range.end))
}

/// The first and the last sort key of the days of a range of minutes.
pub(crate) fn metric_hours_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{HOURS}{}", date_of(day_of(minute)));
    (text(range.start), text(range.end))
}

/// The first and the last sort key of the months of a range of minutes.
pub(crate) fn metric_days_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{DAYS}{}", date_of(day_of(minute)).strftime("%Y-%m"));
    (text(range.start), text(range.end))
}

/// The day whose hours lie under a sort key.
pub(crate) fn metric_day(sort: &str) -> Option<i64> {
    day_under(sort.strip_prefix(HOURS)?)
}

/// The first of the month whose days lie under a sort key.
pub(crate) fn metric_month(sort: &str) -> Option<Date> {
    month_under(sort.strip_prefix(DAYS)?)
}

/// Prefixes of what an account's network was made up of.
const MAKEUP_HOURS: &str = "METRICBY#1h#";
const MAKEUP_DAYS: &str = "METRICBY#1d#";

/// What a network was made up of in an hour, by its first minute.
pub(crate) fn makeup_hour(tenant: TenantId, account: AccountId, hour: i64) -> Key {
    Key::new(account_partition(tenant, account), format!("{MAKEUP_HOURS}{}", sortable(start_of(hour))))
}

/// What it was made up of on a day.
pub(crate) fn makeup_day(tenant: TenantId, account: AccountId, day: i64) -> Key {
    Key::new(account_partition(tenant, account), format!("{MAKEUP_DAYS}{}", date_of(day)))
}

/// The first and the last sort key of the hours of a range of minutes. The last is not of it.
pub(crate) fn makeup_hours_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{MAKEUP_HOURS}{}", sortable(start_of(minute)));
    (text(range.start), text(range.end))
}

/// The first and the last sort key of the days of a range of minutes.
pub(crate) fn makeup_days_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{MAKEUP_DAYS}{}", date_of(day_of(minute)));
    (text(range.start), text(range.end))
}

/// The first minute of the hour that lies under a sort key.
pub(crate) fn makeup_hour_under(sort: &str) -> Option<i64> {
    Some(minute_of(sort.strip_prefix(MAKEUP_HOURS)?.parse().ok()?))
}

/// The day that lies under a sort key.
pub(crate) fn makeup_day_under(sort: &str) -> Option<i64> {
    day_under(sort.strip_prefix(MAKEUP_DAYS)?)
}

/// Which series of its own an account has.
pub(crate) fn own_book(tenant: TenantId, account: AccountId) -> Key {
    Key::new(account_partition(tenant, account), "OWNMETRICS")
}

/// Prefixes of what is kept of them.
const OWN_MINUTES: &str = "OWNMETRIC#1m#";
const OWN_HOURS: &str = "OWNMETRIC#1h#";
const OWN_DAYS: &str = "OWNMETRIC#1d#";

/// A block of minutes of an account's own series, by the first of them.
pub(crate) fn own_minutes(tenant: TenantId, account: AccountId, block: i64) -> Key {
    Key::new(account_partition(tenant, account), format!("{OWN_MINUTES}{}", sortable(start_of(block))))
}

/// The hours of a day of an account's own series.
pub(crate) fn own_hours(tenant: TenantId, account: AccountId, day: i64) -> Key {
    Key::new(account_partition(tenant, account), format!("{OWN_HOURS}{}", date_of(day)))
}

/// The days of a month of an account's own series, by the first of them.
pub(crate) fn own_days(tenant: TenantId, account: AccountId, first: Date) -> Key {
    Key::new(account_partition(tenant, account), format!("{OWN_DAYS}{}", first.strftime("%Y-%m")))
}

/// The first and the last sort key of the blocks of a range of minutes.
pub(crate) fn own_minutes_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{OWN_MINUTES}{}", sortable(start_of(minute)));
    (text(range.start - BLOCK), text(range.end))
}

/// The first and the last sort key of the days of a range of minutes.
pub(crate) fn own_hours_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{OWN_HOURS}{}", date_of(day_of(minute)));
    (text(range.start), text(range.end))
}

/// The first and the last sort key of the months of a range of minutes.
pub(crate) fn own_days_between(range: &Range<i64>) -> (String, String) {
    let text = |minute| format!("{OWN_DAYS}{}", date_of(day_of(minute)).strftime("%Y-%m"));
    (text(range.start), text(range.end))
}

/// The first minute of the block that lies under a sort key.
pub(crate) fn own_block(sort: &str) -> Option<i64> {
    Some(minute_of(sort.strip_prefix(OWN_MINUTES)?.parse().ok()?))
}

/// The day whose hours lie under a sort key.
pub(crate) fn own_day(sort: &str) -> Option<i64> {
    day_under(sort.strip_prefix(OWN_HOURS)?)
}

/// The first of the month whose days lie under a sort key.
pub(crate) fn own_month(sort: &str) -> Option<Date> {
    month_under(sort.strip_prefix(OWN_DAYS)?)
}

fn day_under(date: &str) -> Option<i64> {
    let midnight = date.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(day_of(minute_of(midnight.timestamp())))
}

fn month_under(month: &str) -> Option<Date> {
    format!("{month}-01").parse().ok()
}

/// Shards of the registry of active accounts: dispatch reads them all, writes spread over them.
pub(crate) const REGISTRY_SHARDS: u32 = 4;

/// Partition of one shard of the registry.
pub(crate) fn registry_partition(shard: u32) -> String {
    format!("REGISTRY#{shard:02}")
}

/// An account's entry in the registry.
pub(crate) fn registry(account: AccountId) -> Key {
    // The last byte of a UUIDv7 is random, so accounts spread evenly.
    let shard = u32::from(account.uuid().as_bytes()[15]) % REGISTRY_SHARDS;
    Key::new(registry_partition(shard), format!("ACCOUNT#{account}"))
}

/// What lies under a sort key of a tenant's partition, if it is spelled here.
pub(super) fn of_tenant(sort: &str) -> Option<Aggregate> {
    match sort.split_once('#')? {
        ("ACCOUNT", account) => account.parse().ok().map(Aggregate::Account),
        ("SYNC", account) => account.parse().ok().map(Aggregate::Sync),
        ("SYNCED", _) => kept_under(sort).map(|(account, _)| Aggregate::Synced(account)),
        _ => None,
    }
}

/// What lies under a sort key of an account's partition.
pub(super) fn of_account(account: AccountId, sort: &str) -> Option<Aggregate> {
    let resource = |name: &str| Resource::ALL.iter().copied().find(|resource| resource.name() == name);
    let (kind, rest) = sort.split_once('#').unwrap_or((sort, ""));
    Some(match kind {
        "SNAP" => Aggregate::Snapshot(account, resource(rest)?),
        "CHUNK" => Aggregate::SnapshotChunk(account, resource(rest.split_once('#')?.0)?),
        "EVENT" => Aggregate::Event(account, last(rest)?),
        "EVENTCOUNTS" => Aggregate::EventCounts(account),
        "TRANSITIONS" => pair(rest).map(|(seen_at, part)| Aggregate::Transitions(account, seen_at, part))?,
        "CHANGES" => Aggregate::Changes(account),
        "SYNCS" => Aggregate::LoggedSync(account),
        "METRIC" | "METRICBY" => Aggregate::Metrics(account),
        "OWNMETRICS" | "OWNMETRIC" => Aggregate::OwnMetrics(account),
        _ => return None,
    })
}

/// What lies under a sort key of the registry.
pub(super) fn registered(sort: &str) -> Option<Aggregate> {
    sort.strip_prefix(ACCOUNT)?.parse().ok().map(Aggregate::Registry)
}
