//! The peers that alerts were ever about, in compact parts: an alert itself names the first few.

use std::collections::HashSet;

use jiff::Timestamp;
use platform_core::alert::{Alert, AlertHistory};
use platform_core::finding::AffectedPeer;
use platform_core::ids::{AlertId, TenantId};
use platform_core::portions::portions;
use serde::{Deserialize, Serialize};

use crate::alerts::AlertFilter;
use crate::operations::Attributes;
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Page, Query, Result, Store, keys};

/// Layout of [`Entry`]. These cannot be read again, so whoever changes it goes on reading the layouts before.
const SCHEMA: u16 = 1;
/// Most bytes of a part before it is packed.
const PART_BYTES: usize = 300 << 10;
/// Most parts that one row of history brings. What has no room is in the numbers of the alert alone.
const MOST_PARTS: usize = 8;
/// Alerts that are looked at together, and at most for one page, for those that are about a peer. An entry in a list for
/// Parts of alerts' peers that are held at once, each of up to 300 KB.
const PARTS_AT_ONCE: usize = 20;
/// Parts that are looked at for a page of alerts, before it is told to go on from there.
const MOST_PARTS_LOOKED_AT: usize = 400;
/// each peer of each alert would find them at once; it would also be 5,000 more writes where a network is lost.
const AT_ONCE: usize = 250;
const MOST_LOOKED_AT: usize = 1_000;

/// A peer as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    id: String,
    name: String,
    /// In milliseconds.
    since: i64,
}

impl Store {
    /// Keeps the peers that a row of an alert's history is going to bring, before the transaction that writes the row: as a
    /// part of it they would cost twice as much. Should it not come about, nobody sees them, and they expire. They are kept
    /// as long as the row: an alert that stays open for longer names the first few.
    pub async fn keep_alert_peers(
        &self,
        alert: &Alert,
        row: &AlertHistory,
        peers: impl Iterator<Item = AffectedPeer>,
    ) -> Result<()> {
        for (part, entries) in parts(peers).into_iter().take(MOST_PARTS).enumerate() {
            let key = keys::alert_peers(alert.tenant, alert.id, row.number, part);
            self.put(pack_kept(&key, &entries, SCHEMA)?.expiring(alert.keep(row.at))).await?;
        }
        Ok(())
    }
}

fn parts(peers: impl Iterator<Item = AffectedPeer>) -> Vec<Vec<Entry>> {
    let entries = peers.map(|AffectedPeer { id, name, since }| Entry { id, name, since: since.as_millisecond() });
    // Two lengths and a time take no more than these.
    portions(entries, usize::MAX, PART_BYTES, |entry| entry.id.len() + entry.name.len() + 16)
}

impl Store {
    /// Every peer that an alert was ever about, in the order in which they came; none of an alert that is about no single
    /// peers, or whose list is forgotten.
    pub async fn alert_peers(&self, tenant: TenantId, alert: AlertId) -> Result<Vec<AffectedPeer>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::alert_peers_of(alert)).consistent();
        let parts = self.query_raw(query).await?.items;
        Ok(parts.iter().map(read).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
}

impl Store {
    /// A page of the alerts that are or were about a peer, newest first, of those that a filter shows. It may be short, or
    /// even empty, though there are more: then it says where to go on.
    pub async fn alerts_about(
        &self,
        tenant: TenantId,
        filter: &AlertFilter,
        peer: &str,
        mut after: Option<String>,
        limit: usize,
    ) -> Result<Page<Alert>> {
        let mut found: Vec<Alert> = Vec::new();
        let mut looked_at = 0;
        loop {
            let page = self.alerts(tenant, filter, after, AT_ONCE).await?;
            looked_at += AT_ONCE;
            let (about, looked_to) = self.about(tenant, &page.items, peer).await?;
            // Those after that were not looked at.
            let decided = page.items.into_iter().take_while(|alert| looked_to.is_none_or(|last| alert.id > last));
            let mut last = None;
            for alert in decided {
                last = Some(alert.id);
                if about.contains(&alert.id) {
                    found.push(alert);
                }
            }
            if found.len() > limit {
                found.truncate(limit);
                let next = found.last().map(|alert| alert.id.to_string());
                return Ok(Page { items: found, next });
            }
            if looked_to.is_some() {
                return Ok(Page { items: found, next: last.map(|alert| alert.to_string()) });
            }
            if page.next.is_none() || looked_at >= MOST_LOOKED_AT {
                return Ok(Page { items: found, next: page.next });
            }
            after = page.next;
        }
    }

    /// Which of some alerts, newest first, are or were about a peer. The parts of all of them are one stretch of keys, so
    /// that it is a call or a few, and not one for each. There may be very many of other alerts between them: then it says down to
    /// which alert it looked, that one excluded.
    async fn about(
        &self,
        tenant: TenantId,
        alerts: &[Alert],
        peer: &str,
    ) -> Result<(HashSet<AlertId>, Option<AlertId>)> {
        let names = |alert: &&Alert| alert.affected.peers.iter().any(|one| one.id == peer);
        let mut about: HashSet<AlertId> = alerts.iter().filter(names).map(|alert| alert.id).collect();
        let mut others: HashSet<AlertId> = alerts.iter().map(|alert| alert.id).collect();
        others.retain(|alert| !about.contains(alert));
        let (Some(newest), Some(oldest)) = (others.iter().max(), others.iter().min()) else { return Ok((about, None)) };
        let (first, last) = keys::alert_peers_between(*oldest, *newest);
        let (mut looked_at, mut after) = (0, None);
        loop {
            let query = Query::of(keys::tenant_partition(tenant), first.clone()).until(last.clone());
            let query = query.consistent().descending().after(after).limit(PARTS_AT_ONCE);
            let page = self.query_raw(query).await?;
            looked_at += page.items.len();
            let mut reached = None;
            for item in page.items {
                reached = item.get("sk").and_then(|sort| keys::alert_of_peers(sort.as_s().ok()?));
                let Some(alert) = reached.filter(|alert| others.contains(alert)) else { continue };
                if read(&item)?.iter().any(|one| one.id == peer) {
                    about.insert(alert);
                }
            }
            after = page.next;
            if after.is_none() {
                return Ok((about, None));
            }
            if looked_at >= MOST_PARTS_LOOKED_AT && reached.is_some_and(|reached| reached < *newest) {
                return Ok((about, reached));
            }
        }
    }
}

fn read(item: &Attributes) -> Result<Vec<AffectedPeer>> {
    let entries: Vec<Entry> = unpack_kept(item, SCHEMA, "the peers of an alert")?;
    let peer =
        |Entry { id, name, since }| Some(AffectedPeer { id, name, since: Timestamp::from_millisecond(since).ok()? });
    Ok(entries.into_iter().filter_map(peer).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peers(count: usize) -> impl Iterator<Item = AffectedPeer> {
        let since = Timestamp::from_second(1_800_000_000).unwrap();
        (0..count).map(move |n| AffectedPeer { id: format!("{n:020}"), name: format!("peer-{n:05}"), since })
    }

    /// What is stored under schema 1. It can only be read by those who know its layout, so that stays.
    #[test]
    fn the_layout_is_the_one_that_was_always_written() {
        let part = vec![Entry { id: "p".into(), name: "n".into(), since: 1_800_000_000_000 }];
        let bytes = postcard::to_allocvec(&part).unwrap();
        assert_eq!(bytes, [1, 1, b'p', 1, b'n', 0x80, 0xc0, 0xe2, 0x85, 0xe3, 0x68]);
    }

    #[test]
    fn parts_are_cut_by_bytes_and_lose_nothing() {
        let parts = parts(peers(10_000));
        assert_eq!((parts.len(), parts.iter().map(Vec::len).sum::<usize>()), (2, 10_000));
        for part in &parts {
            assert!(postcard::to_allocvec(part).unwrap().len() <= PART_BYTES);
        }
    }
}
