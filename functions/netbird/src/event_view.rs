//! An event as the API shows it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::change::{ChangeKind, Configuration, LoggedChange};
use platform_core::ids::AccountId;
use platform_core::named;
use platform_core::network::Event;
use platform_store::overview::Synced;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::event_text::{by_whom, words};
use crate::seen_view::SeenView;

named! {
    /// Who tells of an event.
    pub enum EventSource {
        /// NetBird's activity log.
        Netbird = "netbird",
        /// The platform, which saw it.
        Platform = "platform",
    }
}

/// An entry of a network's activity log, or something that the platform saw.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Event)]
pub struct EventView {
    /// Unique in the account. NetBird's own, or one of the platform's, which stays the same.
    pub(crate) id: String,
    pub(crate) account_id: Uuid,
    /// When it happened, by NetBird; when the platform saw it, of what the platform tells.
    pub(crate) timestamp: Timestamp,
    pub(crate) source: EventSource,
    /// The event in a full sentence: what happened to what, field by field where the log of changes tells, and by whom.
    #[schema(example = "Policy “laptops to servers”: rule “ssh”: ports: 443 added, by Ada")]
    pub(crate) text: String,
    /// What happened, in words that are the same for all of a code.
    pub(crate) activity: String,
    /// What happened, as a code. NetBird adds codes; the platform's begin with `platform`.
    #[schema(example = "peer.add")]
    pub(crate) activity_code: String,
    /// Empty, like the other two, for what a peer or the system did.
    pub(crate) initiator_id: String,
    pub(crate) initiator_name: String,
    pub(crate) initiator_email: String,
    pub(crate) target_id: String,
    /// Further facts, which differ by code.
    pub(crate) meta: BTreeMap<String, String>,
    /// What changed in the configuration, where the log of changes tells.
    pub(crate) changes: Vec<EventChange>,
    /// What the platform saw of peers and their server, in parts; absent of everything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seen: Option<SeenView>,
}

/// What changed in the configuration.
#[derive(Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventChange {
    /// The change's id.
    id: String,
    resource: Configuration,
    kind: ChangeKind,
    /// NetBird's id of what changed, and its name.
    item_id: String,
    item_name: String,
    /// What changed, in words.
    pub(crate) sentences: Vec<String>,
}

impl From<LoggedChange> for EventChange {
    fn from(LoggedChange { id, change, .. }: LoggedChange) -> Self {
        Self {
            id: id.to_string(),
            resource: change.resource,
            kind: change.kind,
            item_id: change.item_id,
            item_name: change.item_name,
            sentences: change.sentences,
        }
    }
}

impl EventView {
    pub(crate) fn new(account: AccountId, event: Event) -> Self {
        Self {
            text: by_whom(words(&event.activity, &event.meta), &event.initiator_name, &event.initiator_email),
            id: event.id,
            account_id: account.uuid(),
            timestamp: event.timestamp,
            source: EventSource::Netbird,
            activity: event.activity,
            activity_code: event.activity_code,
            initiator_id: event.initiator_id,
            initiator_name: event.initiator_name,
            initiator_email: event.initiator_email,
            target_id: event.target_id,
            meta: event.meta,
            changes: Vec::new(),
            seen: None,
        }
    }
}

impl EventView {
    /// Takes in what changed by it.
    pub(crate) fn tell(&mut self, change: LoggedChange) {
        self.changes.push(change.into());
        let sentences: Vec<&str> =
            self.changes.iter().flat_map(|change| &change.sentences).map(String::as_str).collect();
        self.text = by_whom(sentences.join("; "), &self.initiator_name, &self.initiator_email);
    }
}

/// The newest of some accounts' events, newest first.
pub fn latest_events(synced: &Synced, accounts: &[AccountId], most: usize) -> Vec<EventView> {
    let of = |account: &AccountId| {
        let account = *account;
        synced.events(account).iter().cloned().map(move |event| EventView::new(account, event))
    };
    let mut events: Vec<EventView> = accounts.iter().flat_map(of).collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.timestamp));
    events.truncate(most);
    events
}
