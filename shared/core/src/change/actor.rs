//! Who changed something: the event of NetBird's activity log that tells of it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Change, ChangeKind};
use crate::network::Event;
use crate::text;

/// How far an event may lie outside of the time in which something changed: clocks differ, and an event may be written
/// after what it tells of.
pub const SLACK: SignedDuration = SignedDuration::from_mins(2);

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// NetBird's id; empty for what a peer or the system did.
    pub id: String,
    /// Name.
    pub name: String,
    /// Email.
    pub email: String,
    /// NetBird's id of the event.
    pub event: String,
    /// When, by the server's clock.
    pub at: Timestamp,
}

impl Actor {
    fn of(event: &Event) -> Self {
        Self {
            id: event.initiator_id.clone(),
            name: event.initiator_name.clone(),
            email: event.initiator_email.clone(),
            event: event.id.clone(),
            at: event.timestamp,
        }
    }
}

impl Change {
    /// Whether an event may tell of it, if its time fits.
    pub fn is_told_by(&self, event: &Event) -> bool {
        let is_about = self.resource.is_single()
            || event.target_id == self.item_id
            || event.meta.values().any(|value| *value == self.item_id);
        is_about && self.resource.codes().iter().any(|code| text::is_under(&event.activity_code, code))
    }

    /// Finds out who did it, from events of any order. `seen_at` is when it was seen, `skew` by how much the server's clock
    /// is ahead.
    pub fn join<'a>(&mut self, events: impl IntoIterator<Item = &'a Event>, seen_at: Timestamp, skew: SignedDuration) {
        if self.by.is_some() || self.item_id.is_empty() {
            return;
        }
        let (from, to) = self.span(seen_at, skew);
        let fits = |event: &&Event| (from..=to).contains(&event.timestamp) && self.is_told_by(event);
        // The one of the kind, and of several the last.
        let best = events.into_iter().filter(fits).max_by_key(|event| {
            (self.kind == kind_of(&event.activity_code), event.timestamp, event.id.len(), event.id.clone())
        });
        self.by = best.map(Actor::of);
    }

    /// The time in which an event must lie that tells of it, by the server's clock.
    pub fn span(&self, seen_at: Timestamp, skew: SignedDuration) -> (Timestamp, Timestamp) {
        let dated = |at: Timestamp| at.checked_add(skew).unwrap_or(at);
        (dated(self.since.unwrap_or(seen_at)) - SLACK, dated(seen_at) + SLACK)
    }
}

/// What an event says became of its target. What is added to a group, a user or a key updates it.
fn kind_of(code: &str) -> ChangeKind {
    if code.contains(".group.") && !code.starts_with("nameserver") {
        return ChangeKind::Updated;
    }
    match code.rsplit('.').next() {
        Some("add" | "create" | "invite" | "join") => ChangeKind::Created,
        Some("delete") => ChangeKind::Deleted,
        _ => ChangeKind::Updated,
    }
}
