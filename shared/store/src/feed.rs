//! The change feed: what was committed, typed, with its tenant and a sequence.
//!
//! There are two sources and one [`Change`]. On AWS the table's stream starts a function with [`Record`]s, filtered by what
//! its job is interested in, so that nothing runs for writes that nobody waits for. On the local host, and in tests, the
//! embedded database tells [`Changes`] of every write. Both make a change of a key and an image by [`Change::of`].
//!
//! What a change says is what its key says: an image is not told. Whoever wants to know more reads the item, and finds it as
//! it is then.

use std::cmp::Ordering;
use std::fmt;

use platform_core::ids::TenantId;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::keys::{self, Aggregate, Key};

/// A write that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place among the source's changes.
    pub sequence: Sequence,
    /// In whose partitions it was written. None for what is a person's or the platform's, whichever tenant that is about.
    pub tenant: Option<TenantId>,
    /// What was written.
    pub what: Aggregate,
    /// How.
    pub how: How,
    /// The version that it is at now, where it counts its versions and was not deleted.
    pub version: Option<u64>,
}

/// How an item changed. Expiry deletes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Created,
    /// There is another in its place.
    Replaced,
    /// It is gone.
    Deleted,
}

impl How {
    /// What DynamoDB's stream calls it.
    fn event_name(self) -> &'static str {
        match self {
            How::Created => "INSERT",
            How::Replaced => "MODIFY",
            How::Deleted => "REMOVE",
        }
    }
}

/// A change's place among those of its source: a shard of DynamoDB's stream, where all changes of one item are; or the
/// embedded database from when it was opened. Those of two sources say nothing about each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sequence(String);

impl Sequence {
    /// Reads a number as DynamoDB writes it: up to forty digits, more than a `u128` holds.
    pub fn parse(text: &str) -> Option<Self> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let digits = text.trim_start_matches('0');
        is_number.then(|| Self(if digits.is_empty() { "0" } else { digits }.to_owned()))
    }
}

impl From<u64> for Sequence {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl Ord for Sequence {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Sequence {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Something was written under a key that this version does not spell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a key that this version does not know was written: {pk} {sk}")]
pub struct UnknownKey {
    pk: String,
    sk: String,
}

impl Change {
    /// A change of what lies under a key; `image` is the item as it is now, in DynamoDB's JSON, if it is still there.
    pub fn of(key: &Key, how: How, image: Option<&Value>, sequence: Sequence) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey { pk: key.pk.clone(), sk: key.sk.clone() };
        let (tenant, what) = key.names().ok_or_else(unknown)?;
        let version = image.and_then(|image| image["version"]["N"].as_str()?.parse().ok());
        Ok(Self { sequence, tenant, what, how, version: version.filter(|_| how != How::Deleted) })
    }
}

/// Records of DynamoDB's stream, as a function is given them.
#[derive(Debug, Clone, Deserialize)]
pub struct Records {
    /// In the order of the writes.
    #[serde(rename = "Records")]
    pub records: Vec<Record>,
}

/// One record of DynamoDB's stream.
#[derive(Debug, Clone, Deserialize)]
pub struct Record {
    #[serde(rename = "eventName")]
    event_name: String,
    dynamodb: Written,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Written {
    keys: Value,
    new_image: Option<Value>,
    sequence_number: String,
}

/// A record that tells of no change that this version knows.
#[derive(Debug, thiserror::Error)]
pub enum BadRecord {
    /// It is not written as DynamoDB writes them.
    #[error("a record of the stream lacks its {0}")]
    Lacks(&'static str),
    /// Its key is unknown.
    #[error(transparent)]
    Unknown(#[from] UnknownKey),
}

impl Record {
    /// What names it when it is to be tried again.
    pub fn sequence_number(&self) -> &str {
        &self.dynamodb.sequence_number
    }

    /// The change that it tells of.
    pub fn change(&self) -> Result<Change, BadRecord> {
        let text = |name| self.dynamodb.keys[name]["S"].as_str().map(str::to_owned).ok_or(BadRecord::Lacks("keys"));
        let key = Key { pk: text("pk")?, sk: text("sk")? };
        let all = [How::Created, How::Replaced, How::Deleted];
        let how = all.into_iter().find(|how| how.event_name() == self.event_name);
        let how = how.ok_or(BadRecord::Lacks("event name"))?;
        let sequence = Sequence::parse(self.sequence_number()).ok_or(BadRecord::Lacks("sequence number"))?;
        Ok(Change::of(&key, how, self.dynamodb.new_image.as_ref(), sequence)?)
    }
}

/// A kind of item that a job may wait for.
#[derive(Debug, Clone, Copy)]
pub struct Topic {
    /// How its sort keys begin, and no other's do.
    sort: &'static str,
    holds: fn(&Aggregate) -> bool,
}

impl Topic {
    /// Notification intents.
    pub const INTENTS: Topic = Topic { sort: keys::INTENT, holds: |what| matches!(what, Aggregate::Intent(_)) };
    /// Entries of audit trails: their sort keys begin with a time of this millennium, all others with a name.
    pub const AUDIT: Topic = Topic { sort: "2", holds: |what| matches!(what, Aggregate::Audit(..)) };
    /// Alerts.
    pub const ALERTS: Topic = Topic { sort: keys::ALERT, holds: |what| matches!(what, Aggregate::Alert(_)) };
    /// Changes of peer status, as syncs find them.
    pub const TRANSITIONS: Topic =
        Topic { sort: keys::TRANSITIONS, holds: |what| matches!(what, Aggregate::Transitions(..)) };
    /// Mails about accounts of people.
    pub const MAILS: Topic = Topic { sort: keys::MAIL, holds: |what| matches!(what, Aggregate::Mail(_)) };
    /// Exports of audit trails.
    pub const AUDIT_EXPORTS: Topic =
        Topic { sort: keys::AUDIT_EXPORT, holds: |what| matches!(what, Aggregate::AuditExport(_)) };
}

/// What a job waits for. It is data and no function, since AWS filters by it before anything runs.
#[derive(Debug, Clone, Copy)]
pub struct Interest {
    new: &'static [Topic],
    written: &'static [Topic],
}

impl Interest {
    /// In what is new of these.
    pub const fn in_new(topics: &'static [Topic]) -> Self {
        Self { new: topics, written: &[] }
    }

    /// And in whatever is written of these, new or not.
    #[must_use]
    pub const fn or_written(self, topics: &'static [Topic]) -> Self {
        Self { written: topics, ..self }
    }

    fn parts(&self) -> [(&'static [How], &'static [Topic]); 2] {
        [(&[How::Created], self.new), (&[How::Created, How::Replaced], self.written)]
    }

    /// Whether a change is of interest.
    pub fn covers(&self, change: &Change) -> bool {
        self.parts()
            .into_iter()
            .any(|(how, topics)| how.contains(&change.how) && topics.iter().any(|topic| (topic.holds)(&change.what)))
    }

    /// The same as filters of an event source: the records that start the function pass one of them.
    pub fn patterns(&self) -> Vec<Value> {
        let pattern = |(how, topics): (&[How], &[Topic])| {
            let names: Vec<_> = how.iter().map(|how| how.event_name()).collect();
            let prefixes: Vec<_> = topics.iter().map(|topic| json!({ "prefix": topic.sort })).collect();
            json!({ "eventName": names, "dynamodb": { "Keys": { "sk": { "S": prefixes } } } })
        };
        self.parts().into_iter().filter(|(_, topics)| !topics.is_empty()).map(pattern).collect()
    }
}

/// Changes that a subscriber may be behind: beyond them it misses the oldest. A sync of a large account writes hundreds.
pub const ROOM: usize = 4096;

/// A subscriber was too slow: so many changes are lost to it, and it goes on behind them. What it made of the changes so
/// far is to be made anew from the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} changes were missed")]
pub struct Missed(pub u64);

/// What one subscriber is told.
#[derive(Debug)]
pub struct Changes(broadcast::Receiver<Change>);

impl Changes {
    /// The next change, when there is one; `None` once the database is closed.
    pub async fn next(&mut self) -> Option<Result<Change, Missed>> {
        match self.0.recv().await {
            Ok(change) => Some(Ok(change)),
            Err(RecvError::Lagged(missed)) => Some(Err(Missed(missed))),
            Err(RecvError::Closed) => None,
        }
    }

    /// The next change, if there is one now.
    pub fn try_next(&mut self) -> Option<Result<Change, Missed>> {
        match self.0.try_recv() {
            Ok(change) => Some(Ok(change)),
            Err(TryRecvError::Lagged(missed)) => Some(Err(Missed(missed))),
            Err(TryRecvError::Empty | TryRecvError::Closed) => None,
        }
    }
}

/// Tells subscribers of changes. It never waits for one.
#[cfg(feature = "embedded")]
#[derive(Debug)]
pub(crate) struct Feed(broadcast::Sender<Change>);

#[cfg(feature = "embedded")]
impl Feed {
    pub(crate) fn new(room: usize) -> Self {
        Self(broadcast::Sender::new(room))
    }

    pub(crate) fn subscribe(&self) -> Changes {
        Changes(self.0.subscribe())
    }

    pub(crate) fn is_heard(&self) -> bool {
        self.0.receiver_count() > 0
    }

    pub(crate) fn tell(&self, change: Change) {
        // Nobody listens any more: as well.
        let _ = self.0.send(change);
    }
}

#[cfg(test)]
mod tests;
