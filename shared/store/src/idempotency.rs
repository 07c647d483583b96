//! Requests that are carried out once, however often they come: what is known of an `Idempotency-Key`.
//!
//! The key is claimed before the request is carried out, noted as done in the transaction that does it, and the answer is
//! kept after that. So a request that died before its transaction is carried out by the next one, and one that died after it
//! is not carried out again, even if its answer is lost.

use aws_lc_rs::digest;
use jiff::{SignedDuration, Timestamp};
use platform_core::ids::{TenantId, UserId};
use platform_core::versioned;
use serde::{Deserialize, Serialize};

use crate::keys::{self, Key};
use crate::{Item, Result, Store, StoreError};

/// How long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Longer than any request takes: one that was claimed earlier has died.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// What is asked for under a key.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Whose key it is.
    pub tenant: TenantId,
    /// Theirs alone.
    pub user: UserId,
    /// For this operation only.
    pub operation: &'a str,
    /// As the client named it.
    pub key: &'a str,
    /// What the request says: path and body.
    pub request: &'a [u8],
}

/// An answer, as it is given again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// The HTTP status.
    pub status: u16,
    /// Where what was made is found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Its entity tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// What the body is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body.
    pub body: String,
}

/// What is stored of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    /// SHA-256 of the request.
    request: String,
    state: State,
    /// Until when whoever claimed it has it.
    until: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Kept>,
    ends_at: Timestamp,
    version: u64,
}

versioned!(Record);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum State {
    UnderWay,
    Done,
    /// It was refused, and nothing was made.
    Free,
}

/// A key that this request has for itself.
#[derive(Debug, Clone)]
pub struct Claim {
    key: Key,
    record: Record,
}

impl Claim {
    /// The note that the request was carried out, and the version that it replaces.
    pub(crate) fn done(&self) -> (Key, Record, u64) {
        let done = Record { state: State::Done, version: self.record.version + 1, ..self.record.clone() };
        (self.key.clone(), done, self.record.version)
    }
}

/// What came of claiming a key.
#[derive(Debug)]
pub enum Claimed {
    /// Nobody has asked for this: it is to be carried out.
    First(Claim),
    /// It is being carried out.
    UnderWay,
    /// It was carried out; this was the answer.
    Answered(Kept),
    /// It was carried out, and the answer is not kept.
    Done,
    /// The key was used for another request.
    OtherRequest,
}

pub(crate) fn item(key: &Key, record: &Record) -> Result<Item> {
    Ok(Item::new(key, record)?.expiring(record.ends_at))
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(digest::digest(&digest::SHA256, bytes))
}

impl Store {
    /// Claims a key for a request, or says what is known of it.
    pub async fn claim(&self, asked: Asked<'_>) -> Result<Claimed> {
        let key = keys::idempotency(asked.tenant, asked.user, asked.operation, &hash(asked.key.as_bytes()));
        let request = hash(asked.request);
        let (key, request) = (&key, &request);
        self.retry(|| async move {
            let now = self.clock.now();
            let known: Option<Record> = self.get_raw(key).await?.map(crate::operations::decode).transpose()?;
            // What has expired may not be deleted yet.
            let version = known.as_ref().map_or(0, |known| known.version);
            match known.filter(|known| known.ends_at > now && known.state != State::Free) {
                Some(known) if known.request != *request => return Ok(Claimed::OtherRequest),
                Some(Record { state: State::Done, answer, .. }) => {
                    return Ok(answer.map_or(Claimed::Done, Claimed::Answered));
                }
                Some(Record { until, .. }) if until > now => return Ok(Claimed::UnderWay),
                _ => {}
            }
            let mut record = Record {
                request: request.clone(),
                state: State::UnderWay,
                until: now + LEASE,
                answer: None,
                ends_at: now + KEPT,
                version,
            };
            self.upsert(&mut record, |record| item(key, record)).await?;
            Ok::<_, StoreError>(Claimed::First(Claim { key: key.clone(), record }))
        })
        .await
    }

    /// Keeps the answer of a request that was carried out; `None` if it is not to rest here.
    pub async fn keep(&self, claim: Claim, is_marked: bool, answer: Option<Kept>) -> Result<()> {
        let version = claim.record.version + u64::from(is_marked);
        let mut record = Record { state: State::Done, answer, version, ..claim.record };
        self.replace(&mut record, |record| item(&claim.key, record)).await
    }

    /// Gives a key back whose request was refused.
    pub async fn release(&self, claim: Claim) -> Result<()> {
        let mut record = Record { state: State::Free, ..claim.record };
        self.replace(&mut record, |record| item(&claim.key, record)).await
    }
}
