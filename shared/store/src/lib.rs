//! Storage: one DynamoDB table, typed keys, repositories, transactions, cursors.
//!
//! There is one code path, the AWS SDK against a DynamoDB endpoint. On a laptop and in tests the endpoint is
//! [`embedded`], in the same process; nothing above this crate knows the difference.
//!
//! Every repository call for tenant data takes a [`TenantId`](platform_core::ids::TenantId) first, and the keys of
//! tenant data cannot be built without one (`keys`), so that a foreign id finds nothing.
//!
//! What may change is [`Versioned`](platform_core::version::Versioned): a write counts the version, names the one it
//! replaces, and fails with [`StoreError::Conflict`] if somebody was faster; [`Store::retry`] makes such a step again from
//! its reading on. To add a kind of item: its key in `keys`, by aggregate, and a repository file beside the others. Keys,
//! items and plain writes stay in this crate.

pub mod access_reviews;
pub mod accounts;
mod alert_peers;
pub mod alerts;
pub mod api_tokens;
pub mod audit;
mod audit_exports;
pub mod changes;
pub mod channels;
pub mod cursor;
pub mod deliveries;
#[cfg(feature = "embedded")]
pub mod embedded;
pub mod events;
pub mod feed;
pub mod grants;
pub mod idempotency;
pub mod intents;
pub mod invitations;
mod keys;
pub mod links;
pub mod live;
pub mod mails;
pub mod makeups;
pub mod metrics;
pub mod observed;
mod operations;
pub mod overview;
pub mod own_metrics;
mod packed_log;
pub mod platform;
pub mod proposals;
pub mod purge;
pub mod quotas;
pub mod receivers;
pub mod recipients;
mod retry;
pub mod rotas;
pub mod routing;
pub mod rules;
pub mod seals;
pub mod seen;
pub mod sessions;
pub mod sift;
pub mod silences;
pub mod snapshots;
pub mod sso;
pub mod sync_log;
pub mod table;
mod tally;
pub mod tenants;
#[cfg(feature = "testing")]
pub mod testing;
pub mod throttle;
pub mod trail_limits;
mod transaction;
pub mod transitions;
pub mod watch;

use std::sync::Arc;

use platform_core::clock::Clock;

pub(crate) use operations::{Item, Query};

pub use keys::{Aggregate, DUE_SHARDS, Key, sortable};
pub use operations::Page;
pub use retry::{Contended, TRIES};
pub use tally::Tally;
pub use transaction::Transaction;

/// The table, and the clock by which expired items are left out of answers.
#[derive(Clone)]
pub struct Store {
    client: aws_sdk_dynamodb::Client,
    table: String,
    clock: Arc<dyn Clock>,
    decoded: snapshots::Decoded,
    watched: live::Watched,
}

impl Store {
    /// A store on `table`, which must exist with the schema of [`table`].
    pub fn new(client: aws_sdk_dynamodb::Client, table: impl Into<String>, clock: Arc<dyn Clock>) -> Self {
        let (decoded, watched) = (snapshots::Decoded::default(), live::Watched::default());
        Self { client, table: table.into(), clock, decoded, watched }
    }

    /// Forgets what it read before, as a new process does. For tests and measurements.
    #[cfg(feature = "testing")]
    pub fn forget_decoded(&self) {
        self.decoded.clear();
    }

    /// Begins a transaction: all of its writes or none.
    pub fn transaction(&self) -> Transaction<'_> {
        Transaction::new(self)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("table", &self.table).finish_non_exhaustive()
    }
}

/// Why a storage call failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A condition did not hold: the item exists already, or is not at the expected version.
    #[error("the item was changed or exists already")]
    Conflict,
    /// The item is not at the version that the request named.
    #[error("the item is at another version than the request wants to replace")]
    Precondition {
        /// The version that it is at.
        version: u64,
    },
    /// The database did not answer, or refused. Worth another try.
    #[error("the database did not carry out {operation}")]
    Unavailable {
        /// The operation.
        operation: &'static str,
        /// What the SDK said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database refuses this for good, such as an item that is too large: the same again is refused again. A fault of ours.
    #[error("the database refuses {operation} for good")]
    Refused {
        /// The operation.
        operation: &'static str,
        /// What the SDK said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An operation tried what it may not: on AWS its role refused it, elsewhere its row.
    #[error("{operation} is not granted to this operation")]
    NotGranted {
        /// The operation of the table.
        operation: &'static str,
        /// What refused it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What is to be stored does not fit into an item.
    #[error("{what} is too large to be stored")]
    TooLarge {
        /// What.
        what: String,
    },
    /// A stored item is not what this version of the code writes.
    #[error("a stored item cannot be read: {what}")]
    Corrupt {
        /// Which, without its contents.
        what: String,
        /// What is wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The result of a storage call.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
