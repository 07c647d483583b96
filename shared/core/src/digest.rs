//! Alerts that were not mailed one by one, since a limit was reached: what a recipient missed, told in one message.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::AlertEvent;
use crate::ids::{AlertId, TenantId};
use crate::tenancy::Email;

/// What one recipient is to be told in one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Digest {
    /// Whose alerts.
    pub tenant: TenantId,
    /// Who is told.
    pub to: Email,
    /// How many messages were held back.
    pub held: u32,
    /// The first of them.
    pub entries: Vec<DigestEntry>,
    /// Since when.
    pub since: Timestamp,
    /// When the sweeper looks whether it was sent.
    pub due: Timestamp,
    /// Not sent before this.
    pub ready_at: Timestamp,
    /// Tries so far.
    pub attempts: u32,
    /// Counts writes.
    pub version: u64,
}

/// A message that was held back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DigestEntry {
    /// The alert.
    pub alert: AlertId,
    /// Its title.
    pub title: String,
    /// The account it is about.
    pub account: String,
    /// What happened to it.
    pub event: AlertEvent,
    /// When.
    pub at: Timestamp,
}

impl Digest {
    /// Messages that are named one by one.
    pub const NAMED: usize = 20;
    /// Tries before it is given up; it says no more than the alerts' page.
    pub const TRIES: u32 = 12;
    const LEASE: SignedDuration = SignedDuration::from_mins(2);

    /// Nothing was held back yet; it is sent at `due`.
    pub fn new(tenant: TenantId, to: Email, now: Timestamp, due: Timestamp) -> Self {
        let entries = Vec::new();
        Self { tenant, to, held: 0, entries, since: now, due, ready_at: due, attempts: 0, version: 0 }
    }

    /// One more message was held back.
    pub fn add(&mut self, entry: DigestEntry) {
        self.held = self.held.saturating_add(1);
        if self.entries.len() < Self::NAMED {
            self.entries.push(entry);
        }
    }

    /// Whether it may be sent now.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.ready_at <= now
    }

    /// Takes it for one try, the next one later and later.
    pub fn claim(&mut self, now: Timestamp) {
        self.attempts += 1;
        self.due = now + Self::LEASE * (1 << self.attempts.min(5));
        self.ready_at = self.due;
    }
}
