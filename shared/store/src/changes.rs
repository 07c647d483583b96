//! The log of changes of a network's configuration: what one sync found, in one packed item or a few.
//!
//! They are written in the transaction that turns the snapshots, so that each change is told once, however often its sync
//! is tried and however many there are at a time. Nobody gives them again, so they are kept as JSON, which names its fields.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use platform_core::change::{Change, ChangeId, LoggedChange};
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::Event;
use platform_core::portions::portions;
use platform_core::tenancy::Retention;
use serde::{Deserialize, Serialize};

use crate::operations::Attributes;
use crate::packed_log::{self, Unpacked};
use crate::sift::Filter;
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Page, Query, Result, Store, StoreError, Transaction, keys};

/// Layout of what is packed: the JSON of changes.
const SCHEMA: u16 = 1;
/// Most bytes of an item's changes before they are packed.
const PART_BYTES: usize = 300 << 10;
/// Most items of one sync.
const MOST_PARTS: usize = 8;
/// Items read at once.
const AT_ONCE: usize = 16;
/// How long the sync that takes in an event looks back for what it tells of: a list may be read a little before its event.
const LATE: SignedDuration = SignedDuration::from_mins(15);

/// What one sync found, or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeBatch {
    header: Header,
    changes: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
    seen_at: Timestamp,
    part: usize,
    /// Seconds by which the server's clock was ahead.
    skew: i64,
    keep_until: Timestamp,
}

/// A stretch of an account's log, by when changes were seen.
#[derive(Debug, Clone, Default)]
pub struct ChangeRange {
    /// The first moment, itself included.
    pub from: Option<Timestamp>,
    /// The last moment, itself not included; to the millisecond.
    pub to: Option<Timestamp>,
    /// The place where the last page ended.
    pub after: Option<String>,
}

impl ChangeBatch {
    /// Cuts what a sync found into what fits an item each. What is too much is counted, list by list.
    pub fn cut(found: Vec<Change>, seen_at: Timestamp, skew: SignedDuration, kept: Retention) -> Vec<Self> {
        let size = |change: &Change| serde_json::to_string(change).map_or(PART_BYTES, |json| json.len() + 1);
        let mut parts = portions(found, usize::MAX, PART_BYTES, size);
        let mut omitted = BTreeMap::new();
        for change in parts.drain(MOST_PARTS.min(parts.len())..).flatten() {
            *omitted.entry(change.resource).or_insert(0) += 1;
        }
        if let Some(last) = parts.last_mut() {
            last.extend(omitted.into_iter().map(|(resource, more)| Change::omitted(resource, more)));
        }
        let header = |part| Header { seen_at, part, skew: skew.as_secs(), keep_until: kept.end(seen_at) };
        parts.into_iter().enumerate().map(|(part, changes)| Self { header: header(part), changes }).collect()
    }

    /// Finds out from later events who did what. Returns whether that says more than before.
    pub fn join(&mut self, events: &[Event]) -> bool {
        let (seen_at, skew) = (self.header.seen_at, SignedDuration::from_secs(self.header.skew));
        let mut is_more = false;
        for change in self.changes.iter_mut().filter(|change| change.by.is_none()) {
            change.join(events, seen_at, skew);
            is_more |= change.by.is_some();
        }
        is_more
    }

    /// Its changes, last first, as they stand in the log.
    fn logged(self, account: AccountId) -> impl Iterator<Item = LoggedChange> {
        let Self { header: Header { seen_at, part, skew, .. }, changes } = self;
        changes.into_iter().enumerate().rev().map(move |(number, change)| LoggedChange {
            id: ChangeId { account, seen_at, part, number },
            seen_at,
            skew: SignedDuration::from_secs(skew),
            change,
        })
    }
}

/// A change's place in the log, after which a page goes on.
pub fn place(id: &ChangeId) -> String {
    format!("{}#{:05}", keys::changes_sort(id.seen_at, id.part), id.number)
}

impl Transaction<'_> {
    /// Logs what a sync found, or what it found out of it since.
    pub fn put_changes(&mut self, tenant: TenantId, account: AccountId, batch: &ChangeBatch) -> Result<()> {
        let Header { seen_at, part, keep_until, .. } = batch.header;
        let key = keys::changes(tenant, account, seen_at, part);
        let json = serde_json::to_string(&batch.changes)
            .map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?;
        self.put(pack_kept(&key, &json, SCHEMA)?.with(&key, &batch.header)?.expiring(keep_until));
        Ok(())
    }
}

impl Store {
    /// What was logged so lately that an event that comes now may tell of it.
    pub async fn late_changes(&self, tenant: TenantId, account: AccountId) -> Result<Vec<ChangeBatch>> {
        let (first, last) = keys::changes_between(Some(self.clock.now() - LATE), None);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last).limit(AT_ONCE);
        self.query_raw(query).await?.items.into_iter().map(|item| Ok(read(item)?.0)).collect()
    }

    /// A page of what is wanted of a stretch of an account's log, last first. Looks at so much and no more: then the page
    /// may hold less than it could, and the next one goes on.
    pub async fn changes(
        &self,
        tenant: TenantId,
        account: AccountId,
        range: ChangeRange,
        filter: Filter<'_, LoggedChange>,
        limit: usize,
    ) -> Result<Page<LoggedChange>> {
        let (first, last) = keys::changes_between(range.from, range.to);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last);
        let unpack = |item| {
            let (batch, bytes) = read(item)?;
            let entries = batch.logged(account).map(|change| (place(&change.id), change)).collect();
            Ok(Unpacked { entries, bytes })
        };
        packed_log::page(self, query, range.after, unpack, filter, limit).await
    }

    /// One change.
    pub async fn change(&self, tenant: TenantId, id: ChangeId) -> Result<Option<LoggedChange>> {
        let key = keys::changes(tenant, id.account, id.seen_at, id.part);
        let Some(item) = self.get_many_raw(&[key]).await?.pop() else { return Ok(None) };
        Ok(read(item)?.0.logged(id.account).find(|change| change.id == id))
    }
}

/// What an item holds, and how many bytes that is.
fn read(item: Attributes) -> Result<(ChangeBatch, usize)> {
    const WHAT: &str = "a log of changes";
    let json: String = unpack_kept(&item, SCHEMA, WHAT)?;
    let corrupt = |source| StoreError::Corrupt { what: WHAT.into(), source };
    let header = serde_dynamo::from_item(item).map_err(|error| corrupt(error.into()))?;
    let changes = serde_json::from_str(&json).map_err(|error| corrupt(error.into()))?;
    Ok((ChangeBatch { header, changes }, json.len()))
}
