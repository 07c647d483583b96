//! What happened in a network: NetBird's activity log, and the log of peer status that the platform derives.

use jiff::{SignedDuration, Timestamp};
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::Event;
use serde::{Deserialize, Serialize};

use crate::{Item, Page, Query, Result, Store, keys};

/// How long events and peer status changes are kept.
pub const RETENTION: SignedDuration = SignedDuration::from_hours(24 * 90);

/// An entry of a peer's status log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerLog {
    /// NetBird's id of the peer.
    pub peer: String,
    /// What happened, such as `disconnected`.
    pub what: String,
    /// When, as NetBird tells.
    pub at: Timestamp,
    /// When it was seen.
    pub seen_at: Timestamp,
}

/// A server may date an event as it likes, the end of time included.
fn kept_until(at: Timestamp) -> Timestamp {
    at.checked_add(RETENTION).unwrap_or(Timestamp::MAX)
}

impl Store {
    /// Stores events, but for those that are too old to be kept. Storing one again changes nothing.
    pub async fn put_events(&self, tenant: TenantId, account: AccountId, events: &[(u64, Event)]) -> Result<()> {
        let now = self.clock.now();
        let kept = events.iter().filter(|(_, event)| kept_until(event.timestamp) > now);
        let items = kept.map(|(id, event)| {
            let key = keys::event(tenant, account, event.timestamp, *id);
            Ok(Item::new(&key, event)?.expiring(kept_until(event.timestamp)))
        });
        self.write_many(items.collect::<Result<_>>()?, Vec::new()).await
    }

    /// A page of an account's events, newest first, after the event that `after` names.
    pub async fn events(
        &self,
        tenant: TenantId,
        account: AccountId,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Event>> {
        let query = Query::of(keys::account_partition(tenant, account), keys::EVENT).descending();
        self.query(query.after(after).limit(limit)).await
    }

    /// How many events of an account are kept.
    pub async fn count_events(&self, tenant: TenantId, account: AccountId) -> Result<usize> {
        self.count(Query::of(keys::account_partition(tenant, account), keys::EVENT)).await
    }

    /// Adds to the log of peer status. Adding an entry again changes nothing.
    pub async fn put_peer_log(&self, tenant: TenantId, account: AccountId, entries: &[PeerLog]) -> Result<()> {
        let items = entries.iter().map(|entry| {
            let key = keys::peer_log(tenant, account, &entry.peer, entry.at, &entry.what);
            Ok(Item::new(&key, entry)?.expiring(kept_until(entry.seen_at)))
        });
        self.write_many(items.collect::<Result<_>>()?, Vec::new()).await
    }
}
