//! What the log of peer status tells, one by one: what became of peers, restarts of their server, and when the account was
//! not read.

use jiff::Timestamp;
use platform_core::ids::{AccountId, TenantId};
use platform_core::peer_status::{ServerRestart, Transition};

use crate::operations::Attributes;
use crate::packed_log::{self, Unpacked};
use crate::sift::Filter;
use crate::transitions::{Transitions, read, size_of_item};
use crate::{Page, Query, Result, Store, keys};

/// Items of a page of a walk.
const WALK_PAGE: usize = 100;
/// Most items and bytes of a walk, as they are stored.
const WALK_ITEMS: usize = 500;
const WALK_BYTES: usize = 1 << 20;

/// Something that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenTransition {
    /// When it was seen.
    pub seen_at: Timestamp,
    part: usize,
    number: usize,
    /// The answer before, if the account was not read for long until that in which it was found.
    pub unread_since: Option<Timestamp>,
    /// What happened.
    pub what: Seen,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Nothing that is known: the account was not read since.
    Unread(Timestamp),
    /// Something to the management server.
    Restart(ServerRestart),
    /// Something to a peer.
    Peer(Transition),
}

impl SeenTransition {
    /// Its id among those of the account, which stays.
    pub fn id(&self) -> String {
        format!("p_{}_{}_{}", self.seen_at.as_millisecond(), self.part, self.number)
    }

    /// Its place in the log, after which a page goes on.
    pub fn place(&self) -> String {
        format!("{}#{:05}", keys::transitions_sort(self.seen_at, self.part), self.number)
    }
}

/// A stretch of the log, by when things were seen.
#[derive(Debug, Clone, Default)]
pub struct SeenRange {
    /// The first moment, itself included.
    pub from: Option<Timestamp>,
    /// The last moment, itself not included; to the millisecond.
    pub to: Option<Timestamp>,
    /// The place where the last page ended.
    pub after: Option<String>,
}

impl Transitions {
    /// What was seen one by one, last first. That nobody looked comes before what was seen then, and a restart before what it
    /// explains.
    fn one_by_one(self, part: usize) -> Vec<(String, SeenTransition)> {
        let Self { seen_at, entries, unread_since, restart, .. } = self;
        let peers = entries.into_iter().map(Seen::Peer).enumerate().map(|(index, what)| (what, index + 2)).rev();
        let restart = restart.map(|restart| (Seen::Restart(restart), 1));
        let all = peers.chain(restart).chain(unread_since.map(|since| (Seen::Unread(since), 0)));
        let seen = all.map(|(what, number)| SeenTransition { seen_at, part, number, unread_since, what });
        seen.map(|seen| (seen.place(), seen)).collect()
    }
}

impl Store {
    /// A page of what is wanted of a stretch of the log, last first. Looks at so much and no more: then the page may hold less
    /// than it could, and the next one goes on.
    pub async fn seen_transitions(
        &self,
        tenant: TenantId,
        account: AccountId,
        range: SeenRange,
        wanted: &(dyn Fn(&SeenTransition) -> bool + Sync),
        limit: usize,
    ) -> Result<Page<SeenTransition>> {
        let (first, last) = keys::transitions_between(range.from, range.to);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last);
        let filter: Filter<'_, SeenTransition> = Some(wanted);
        packed_log::page(self, query, range.after, unpack, filter, limit).await
    }

    /// Goes through the log from a moment on, or back from before it, until `is_enough` of what it comes by, or until it has read
    /// a megabyte.
    pub async fn walk_transitions(
        &self,
        tenant: TenantId,
        account: AccountId,
        direction: Walk,
        is_enough: &mut (dyn FnMut(&SeenTransition) -> bool + Send),
    ) -> Result<()> {
        let (range, is_back) = match direction {
            Walk::OnFrom(moment) => (keys::transitions_between(Some(moment), None), false),
            Walk::BackFrom(moment) => (keys::transitions_between(None, Some(moment)), true),
        };
        let query = Query::of(keys::account_partition(tenant, account), range.0).until(range.1).limit(WALK_PAGE);
        let query = if is_back { query.descending() } else { query };
        let (mut after, mut items, mut bytes) = (None, 0, 0);
        loop {
            let page = self.query_raw(query.clone().after(after)).await?;
            items += page.items.len();
            for item in page.items {
                let mut unpacked = unpack(item)?;
                bytes += unpacked.bytes;
                if !is_back {
                    unpacked.entries.reverse();
                }
                if unpacked.entries.iter().any(|(_, seen)| is_enough(seen)) {
                    return Ok(());
                }
            }
            after = page.next;
            if after.is_none() || items >= WALK_ITEMS || bytes >= WALK_BYTES {
                return Ok(());
            }
        }
    }
}

/// Which way to go through the log.
#[derive(Debug, Clone, Copy)]
pub enum Walk {
    /// Towards the present, from what was seen at a moment on.
    OnFrom(Timestamp),
    /// Towards the past, from what was seen before a moment on.
    BackFrom(Timestamp),
}

fn unpack(item: Attributes) -> Result<Unpacked<SeenTransition>> {
    let bytes = size_of_item(&item);
    let part = item.get("sk").and_then(|sort| keys::part_of_transitions(sort.as_s().ok()?));
    Ok(Unpacked { entries: read(item)?.one_by_one(part.unwrap_or_default()), bytes })
}
