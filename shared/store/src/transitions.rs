//! The log of peer status that the platform derives: what each sync found, in one compact item.
//!
//! A network whose peers all leave at once writes one item or a few, not one for each. They are written in the
//! transaction that turns the snapshot, so that each change is logged once, however often its sync is tried.

use std::collections::HashMap;

use jiff::Timestamp;
use platform_core::ids::{AccountId, TenantId};
use platform_core::peer_history::{Gap, Logged};
use platform_core::peer_status::{ServerRestart, Transition, TransitionKind};
use platform_core::portions::portions;
use serde::{Deserialize, Serialize};

use crate::events::{day_of, end_of};
use crate::operations::Attributes;
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Page, Query, Result, Store, StoreError, Transaction, keys};

/// Layout of [`Entry`]. A log cannot be read from NetBird again, so whoever changes it goes on reading the layouts before.
const SCHEMA: u16 = 1;
/// Most bytes of an item's entries before they are packed: about 10,000 of common ones.
const PART_BYTES: usize = 300 << 10;
/// Most items that are read for one peer: a month of a network in which somebody comes or goes every other minute.
pub const MOST_READ: usize = 20_000;
/// Transitions that are read of it.
const MOST_ENTRIES: usize = 200_000;
/// Most bytes that are read for one peer, as they are stored.
pub const MOST_READ_BYTES: usize = 8 << 20;
/// What one call is to answer with. DynamoDB answers with a megabyte at most.
const CALL_BYTES: usize = 1 << 20;
/// Items of a page of the log.
const LOG_PAGE: usize = 250;
/// Most items of one sync: room for two changes of each of 30,000 peers, and for a transaction.
const MOST_PARTS: usize = 8;

/// A change as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    peer: String,
    /// In milliseconds.
    at: i64,
    kind: TransitionKind,
}

/// What the log has of one peer. Times as they were written: those of changes by the management server's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeerLog {
    /// Its changes, oldest first.
    pub changes: Vec<Logged>,
    /// When its account was not read, oldest first.
    pub gaps: Vec<Gap>,
    /// Syncs that found more than the log took, oldest first.
    pub overflows: Vec<Timestamp>,
    /// How far back it was read; `None` if to its beginning.
    pub read_from: Option<Timestamp>,
}

impl PeerLog {
    fn take_in(&mut self, found: Transitions, peer: &str) {
        let Transitions { seen_at, entries, left_out, unread_since, .. } = found;
        let of_peer = entries.into_iter().rev().filter(|entry| entry.peer == peer);
        self.changes.extend(of_peer.map(|Transition { at, kind, .. }| Logged { seen_at, at, kind }));
        self.gaps.extend(unread_since.map(|from| Gap { from, to: seen_at }));
        self.overflows.extend((left_out > 0).then_some(seen_at));
    }
}

/// What one sync found, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transitions {
    /// When it was found.
    pub seen_at: Timestamp,
    /// What happened.
    pub entries: Vec<Transition>,
    /// How much more happened that found no room in the log.
    pub left_out: u32,
    /// The answer before, if the account was not read for long until this one.
    pub unread_since: Option<Timestamp>,
    /// A restart of the management server that it showed.
    pub restart: Option<ServerRestart>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    seen_at: Timestamp,
    #[serde(default, skip_serializing_if = "is_zero")]
    left_out: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unread_since: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    restart: Option<ServerRestart>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Transaction<'_> {
    /// Logs what a sync found. Of what has too many bytes the rest is left out, and counted as well. Returns how much is left
    /// out altogether.
    pub fn log_transitions(&mut self, tenant: TenantId, account: AccountId, found: &Transitions) -> Result<u32> {
        let &Transitions { seen_at, ref entries, mut left_out, unread_since, restart } = found;
        let mut parts = parts(entries);
        if parts.is_empty() && (left_out > 0 || unread_since.is_some() || restart.is_some()) {
            parts.push(Vec::new());
        }
        for part in parts.drain(MOST_PARTS.min(parts.len())..) {
            left_out = left_out.saturating_add(u32::try_from(part.len()).unwrap_or(u32::MAX));
        }
        for (number, part) in parts.into_iter().enumerate() {
            let key = keys::transitions(tenant, account, seen_at, number);
            let is_first = number == 0;
            let left_out = if is_first { left_out } else { 0 };
            let unread_since = unread_since.filter(|_| is_first);
            let header = Header { seen_at, left_out, unread_since, restart: restart.filter(|_| is_first) };
            let item = pack_kept(&key, &part, SCHEMA)?.with(&key, &header)?;
            self.put(item.expiring(end_of(day_of(seen_at))));
        }
        Ok(left_out)
    }
}

/// Cuts entries into parts of so many bytes.
fn parts(entries: &[Transition]) -> Vec<Vec<Entry>> {
    let entry = |one: &Transition| Entry { peer: one.peer.clone(), at: one.at.as_millisecond(), kind: one.kind };
    // A length, a time and a kind take no more than these beside the id.
    portions(entries.iter().map(entry), usize::MAX, PART_BYTES, |entry| entry.peer.len() + 16)
}

impl Store {
    /// A page of what syncs found of an account's peers, newest first, after the place that an earlier page names.
    pub async fn transitions(
        &self,
        tenant: TenantId,
        account: AccountId,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Transitions>> {
        let query = Query::of(keys::account_partition(tenant, account), keys::TRANSITIONS).descending();
        let page = self.query_raw(query.after(after).limit(limit)).await?;
        Ok(Page { items: page.items.into_iter().map(read).collect::<Result<_>>()?, next: page.next })
    }

    /// What a sync found of an account's peers, or a part of it.
    pub async fn transitions_of(
        &self,
        tenant: TenantId,
        account: AccountId,
        seen_at: Timestamp,
        part: usize,
    ) -> Result<Option<Transitions>> {
        let found = self.get_raw(&keys::transitions(tenant, account, seen_at, part)).await?;
        found.map(read).transpose()
    }

    /// What the log has of one peer from a moment on, and before it the change that tells what the peer was then. Reads
    /// [`MOST_READ`] items or [`MOST_READ_BYTES`] and no more, newest first.
    pub async fn peer_log(
        &self,
        tenant: TenantId,
        account: AccountId,
        peer: &str,
        since: Timestamp,
    ) -> Result<PeerLog> {
        let (mut log, mut after) = (PeerLog::default(), None);
        let (mut items, mut bytes, mut limit) = (0, 0, 64);
        loop {
            let query = Query::of(keys::account_partition(tenant, account), keys::TRANSITIONS).descending();
            let page = self.query_raw(query.after(after).limit(limit)).await?;
            let mut oldest = None;
            for item in page.items {
                items += 1;
                bytes += size_of_item(&item);
                let found = read(item)?;
                oldest = Some(found.seen_at);
                log.take_in(found, peer);
            }
            let is_known = oldest.is_some_and(|oldest| oldest < since)
                && log.changes.last().is_some_and(|first| first.seen_at < since);
            if page.next.is_none() {
                break;
            }
            if is_known || items >= MOST_READ || bytes >= MOST_READ_BYTES {
                log.read_from = oldest;
                break;
            }
            // As many as a call may answer with, by the size of those so far.
            limit = (CALL_BYTES * items / bytes.max(1)).clamp(8, MOST_READ - items);
            after = page.next;
        }
        log.changes.reverse();
        log.gaps.reverse();
        log.overflows.reverse();
        Ok(log)
    }
}

/// What syncs found of an account's peers from a moment on.
#[derive(Debug, Clone, Default)]
pub struct StatusLog {
    /// Oldest first.
    pub found: Vec<Transitions>,
    /// Set if there was too much: how far back it was read.
    pub read_from: Option<Timestamp>,
}

impl StatusLog {
    /// What each peer did, oldest first.
    pub fn by_peer(self) -> HashMap<String, Vec<Logged>> {
        let mut of: HashMap<String, Vec<Logged>> = HashMap::new();
        for Transitions { seen_at, entries, .. } in self.found {
            for Transition { peer, at, kind } in entries {
                of.entry(peer).or_default().push(Logged { seen_at, at, kind });
            }
        }
        of
    }
}

impl Store {
    /// The log of peer status from a moment on, at most so many items of it, the newest ones.
    pub async fn status_log(
        &self,
        tenant: TenantId,
        account: AccountId,
        since: Timestamp,
        most: usize,
    ) -> Result<StatusLog> {
        let (mut log, mut after, mut bytes, mut entries) = (StatusLog::default(), None, 0, 0);
        loop {
            let query = Query::of(keys::account_partition(tenant, account), keys::TRANSITIONS).descending();
            let page = self.query_raw(query.after(after).limit(LOG_PAGE.min(most - log.found.len()))).await?;
            for item in page.items {
                bytes += size_of_item(&item);
                let found = read(item)?;
                if found.seen_at < since {
                    log.found.reverse();
                    return Ok(log);
                }
                entries += found.entries.len();
                log.found.push(found);
                // A few bytes each where peers go and come in turn: how many there are is bounded, too.
                if entries >= MOST_ENTRIES {
                    log.read_from = log.found.last().map(|oldest| oldest.seen_at);
                    log.found.reverse();
                    return Ok(log);
                }
            }
            after = page.next;
            if after.is_none() {
                break;
            }
            if log.found.len() >= most || bytes >= MOST_READ_BYTES {
                log.read_from = log.found.last().map(|oldest| oldest.seen_at);
                break;
            }
        }
        log.found.reverse();
        Ok(log)
    }
}

/// Bytes of an item's body, with what stands around it.
pub(crate) fn size_of_item(item: &Attributes) -> usize {
    160 + item.get("body").and_then(|body| body.as_b().ok()).map_or(0, |body| body.as_ref().len())
}

pub(crate) fn read(item: Attributes) -> Result<Transitions> {
    const WHAT: &str = "a log of peer status";
    let entries: Vec<Entry> = unpack_kept(&item, SCHEMA, WHAT)?;
    let header: Header = serde_dynamo::from_item(item)
        .map_err(|error| StoreError::Corrupt { what: WHAT.into(), source: error.into() })?;
    let entry = |Entry { peer, at, kind }| Some(Transition { peer, at: Timestamp::from_millisecond(at).ok()?, kind });
    let entries = entries.into_iter().filter_map(entry).collect();
    let Header { seen_at, left_out, unread_since, restart } = header;
    Ok(Transitions { seen_at, entries, left_out, unread_since, restart })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(peer: &str, kind: TransitionKind) -> Transition {
        Transition { peer: peer.into(), at: Timestamp::from_second(1_800_000_000).unwrap(), kind }
    }

    /// What is stored under schema 1. It can only be read by those who know its layout, so that stays.
    #[test]
    fn the_layout_is_the_one_that_was_always_written() {
        use TransitionKind::{Connected, Disconnected, Reconnected, Registered, Removed, Unconfirmed};
        let kinds = [Connected, Disconnected, Reconnected, Unconfirmed, Registered, Removed];
        let parts = parts(&kinds.map(|kind| entry("p", kind)));
        let expected: Vec<u8> = (0..6).flat_map(|kind| [1, b'p', 0x80, 0xc0, 0xe2, 0x85, 0xe3, 0x68, kind]).collect();
        assert_eq!(postcard::to_allocvec(&parts[0]).unwrap(), [vec![6], expected].concat());
    }

    #[test]
    fn parts_are_cut_by_bytes_and_lose_nothing() {
        let entries: Vec<_> = (0..25_000).map(|n| entry(&format!("{n:020}"), TransitionKind::Disconnected)).collect();
        let parts = parts(&entries);
        assert_eq!((parts.len(), parts.iter().map(Vec::len).sum::<usize>()), (3, 25_000));
        for part in &parts {
            assert!(postcard::to_allocvec(part).unwrap().len() <= PART_BYTES);
        }
    }
}
