//! The log of peer status that the platform derives: what each sync found, in one compact item.
//!
//! A network whose peers all leave at once writes one item or a few, not one for each. They are written in the
//! transaction that turns the snapshot, so that each change is logged once, however often its sync is tried.

use jiff::Timestamp;
use platform_core::ids::{AccountId, TenantId};
use platform_core::peer_status::{Transition, TransitionKind};
use serde::{Deserialize, Serialize};

use crate::events::{day_of, end_of};
use crate::operations::Attributes;
use crate::snapshots::{Unreadable, pack, unpack};
use crate::{Page, Query, Result, Store, StoreError, Transaction, keys};

/// Layout of [`Entry`]. A log cannot be read from NetBird again, so whoever changes it goes on reading the layouts before.
const SCHEMA: u16 = 1;
/// Most bytes of an item's entries before they are packed: about 10,000 of common ones.
const PART_BYTES: usize = 300 << 10;
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

/// What one sync found, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transitions {
    /// When it was found.
    pub seen_at: Timestamp,
    /// What happened.
    pub entries: Vec<Transition>,
    /// How much more happened that found no room in the log.
    pub left_out: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    seen_at: Timestamp,
    #[serde(default, skip_serializing_if = "is_zero")]
    left_out: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Transaction<'_> {
    /// Logs what a sync found at a time; `left_out` says how much more there was. Of what has too many bytes the rest is
    /// left out, and counted as well. Returns how much is left out altogether.
    pub fn log_transitions(
        &mut self,
        tenant: TenantId,
        account: AccountId,
        seen_at: Timestamp,
        entries: &[Transition],
        mut left_out: u32,
    ) -> Result<u32> {
        let mut parts = parts(entries);
        for part in parts.drain(MOST_PARTS.min(parts.len())..) {
            left_out = left_out.saturating_add(u32::try_from(part.len()).unwrap_or(u32::MAX));
        }
        for (number, part) in parts.into_iter().enumerate() {
            let key = keys::transitions(tenant, account, seen_at, number);
            let plain = postcard::to_allocvec(&part)
                .map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?;
            let header = Header { seen_at, left_out: if number == 0 { left_out } else { 0 } };
            let item = pack(&key, &plain, SCHEMA)?.with(&key, &header)?;
            self.put(item.expiring(end_of(day_of(seen_at))));
        }
        Ok(left_out)
    }
}

/// Cuts entries into parts of so many bytes.
fn parts(entries: &[Transition]) -> Vec<Vec<Entry>> {
    let (mut parts, mut bytes): (Vec<Vec<Entry>>, usize) = (Vec::new(), usize::MAX);
    for Transition { peer, at, kind } in entries {
        let entry = Entry { peer: peer.clone(), at: at.as_millisecond(), kind: *kind };
        // A length, a time and a kind take no more than these beside the id.
        let size = entry.peer.len() + 16;
        if bytes.saturating_add(size) > PART_BYTES {
            parts.push(Vec::new());
            bytes = 0;
        }
        bytes += size;
        if let Some(part) = parts.last_mut() {
            part.push(entry);
        }
    }
    parts
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
}

fn read(item: Attributes) -> Result<Transitions> {
    let corrupt = |source| StoreError::Corrupt { what: "a log of peer status".into(), source };
    let (entries, _) = unpack::<Vec<Entry>>(&item, SCHEMA).map_err(|unreadable| match unreadable {
        Unreadable::Foreign => corrupt("it is of an unknown layout".into()),
        Unreadable::Broken(error) => corrupt(error),
    })?;
    let header: Header = serde_dynamo::from_item(item).map_err(|error| corrupt(error.into()))?;
    let entry = |Entry { peer, at, kind }| Some(Transition { peer, at: Timestamp::from_millisecond(at).ok()?, kind });
    let entries = entries.into_iter().filter_map(entry).collect();
    Ok(Transitions { seen_at: header.seen_at, entries, left_out: header.left_out })
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
