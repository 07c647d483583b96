//! What the platform saw, as an event of its own: what became of a peer, a restart of the management server, a time in which
//! nothing was read, a change of the configuration that NetBird's activity log does not tell.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use platform_core::account::SyncState;
use platform_core::change::{ChangeKind, LoggedChange};
use platform_core::ids::AccountId;
use platform_core::named;
use platform_core::network::{Peer, PeerStatus};
use platform_core::peer_history::gap_after;
use platform_core::peer_status::TransitionKind;
use platform_core::text;
use platform_store::seen::{Seen, SeenTransition};
use serde::Serialize;
use utoipa::ToSchema;

use crate::event_view::{EventSource, EventView};

named! {
    /// What the platform saw.
    pub enum SeenKind {
        /// A peer went offline.
        PeerOffline = "peer_offline",
        /// A peer came online.
        PeerOnline = "peer_online",
        /// A peer left and came back between two syncs.
        PeerFlap = "peer_flap",
        /// A peer did not come back after a restart of its server.
        PeerUnconfirmed = "peer_unconfirmed",
        /// The management server restarted.
        ServerRestarted = "server_restarted",
        /// The account was not read.
        AccountUnread = "account_unread",
    }
}

/// What the platform saw, in parts.
#[derive(Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SeenEvent)]
pub struct SeenView {
    pub(crate) kind: SeenKind,
    /// When it happened, as exactly as is known; `timestamp` is when it was seen, by which events are sorted.
    pub(crate) at: Timestamp,
    /// Of a peer that came back: since when it was away, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<Timestamp>,
    /// Of a peer that went, when it was back; of an account that was not read, when it was read again. Absent if nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Timestamp>,
    /// Of a peer that went: it has been away ever since.
    pub(crate) is_ongoing: bool,
    /// Of a restart: how many peers were back when it was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    reconnected: Option<usize>,
    /// Of a restart: how many were not.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<usize>,
}

/// How the code of every event begins that is the platform's own.
const CODE: &str = "platform";

/// What peers are called, and what they are now.
pub(crate) struct Peers<'a> {
    pub(crate) account: AccountId,
    pub(crate) sync: &'a SyncState,
    /// How often the account is to be read.
    pub(crate) interval: SignedDuration,
    pub(crate) known: HashMap<&'a str, &'a Peer>,
}

impl Peers<'_> {
    /// Whether something is worth an event: NetBird tells who is new and who was removed, and what the platform found when it
    /// came is no news.
    pub(crate) fn tells(&self, seen: &SeenTransition, watched_from: Timestamp) -> bool {
        let is_old = |before: Timestamp| self.sync.our_time(before) <= watched_from;
        match &seen.what {
            Seen::Restart(_) => true,
            Seen::Unread(since) => {
                *since >= watched_from && seen.seen_at.duration_since(*since) > gap_after(self.interval)
            }
            Seen::Peer(transition) => {
                !matches!(transition.kind, TransitionKind::Registered | TransitionKind::Removed)
                    && !is_old(transition.at)
            }
        }
    }

    /// The event of something that was seen.
    pub(crate) fn event(&self, seen: &SeenTransition) -> EventView {
        let (code, view) = match &seen.what {
            Seen::Unread(since) => {
                let view = SeenView { until: Some(seen.seen_at), ..SeenView::new(SeenKind::AccountUnread, *since) };
                ("account.unread", view)
            }
            Seen::Restart(restart) => {
                let view = SeenView::new(SeenKind::ServerRestarted, self.sync.our_time(restart.at));
                let (reconnected, missing) = (Some(restart.reconnected), Some(restart.missing));
                ("server.restart", SeenView { reconnected, missing, ..view })
            }
            Seen::Peer(transition) => {
                let (kind, code) = match transition.kind {
                    TransitionKind::Connected => (SeenKind::PeerOnline, "peer.online"),
                    TransitionKind::Reconnected => (SeenKind::PeerFlap, "peer.flap"),
                    TransitionKind::Unconfirmed => (SeenKind::PeerUnconfirmed, "peer.unconfirmed"),
                    // The other two are no events.
                    TransitionKind::Disconnected | TransitionKind::Registered | TransitionKind::Removed => {
                        (SeenKind::PeerOffline, "peer.offline")
                    }
                };
                let mut view = SeenView::new(kind, self.sync.our_time(transition.at));
                let status = match kind {
                    SeenKind::PeerOffline => Some(PeerStatus::Offline),
                    SeenKind::PeerUnconfirmed => Some(PeerStatus::Unconfirmed),
                    _ => None,
                };
                let peer = self.known.get(transition.peer.as_str());
                view.is_ongoing = peer.is_some_and(|peer| Some(peer.status) == status && peer.since == transition.at);
                (code, view)
            }
        };
        let mut event = EventView::seen(self.account, seen.id(), seen.seen_at, format!("{CODE}.{code}"));
        if let Seen::Peer(transition) = &seen.what {
            event.set_target(&transition.peer, self.called(&transition.peer));
        }
        view.tell(&mut event);
        event
    }

    fn called<'a>(&'a self, id: &'a str) -> &'a str {
        self.known.get(id).map_or(id, |peer| &peer.name)
    }
}

impl SeenView {
    fn new(kind: SeenKind, at: Timestamp) -> Self {
        Self { kind, at, since: None, until: None, is_ongoing: false, reconnected: None, missing: None }
    }

    /// Puts it into its event, in words.
    pub(crate) fn tell(self, event: &mut EventView) {
        let name = event.meta.get("name").unwrap_or(&event.target_id);
        let lasted = |from: Timestamp, to: Timestamp| text::duration(to.duration_since(from));
        let away = match (self.until, self.is_ongoing) {
            (Some(until), _) => format!(", for {}", lasted(self.at, until)),
            (None, true) => ", and has not come back".to_owned(),
            (None, false) => String::new(),
        };
        (event.activity, event.text) = match self.kind {
            SeenKind::PeerOffline => ("Peer went offline".into(), format!("“{name}” went offline{away}")),
            SeenKind::PeerOnline => {
                let after = self.since.map(|since| format!(" after {}", lasted(since, self.at)));
                let words = if after.is_some() { "came back" } else { "came online" };
                ("Peer came online".into(), format!("“{name}” {words}{}", after.unwrap_or_default()))
            }
            SeenKind::PeerFlap => {
                ("Peer reconnected".into(), format!("“{name}” went offline and came back between two syncs"))
            }
            SeenKind::PeerUnconfirmed => (
                "Peer did not come back after a restart".into(),
                format!("“{name}” did not come back after the management server restarted"),
            ),
            SeenKind::ServerRestarted => {
                let (back, missing) = (self.reconnected.unwrap_or_default(), self.missing.unwrap_or_default());
                let missing = if missing == 0 { String::new() } else { format!(", {missing} not yet") };
                let words = "The management server restarted";
                (words.into(), format!("{words}: {} came back{missing}", text::count(back, "peer")))
            }
            SeenKind::AccountUnread => (
                "The account was not read".into(),
                format!("The account was not read{away}: what happened then is seen late"),
            ),
        };
        event.seen = Some(self);
    }
}

/// Whether a change is worth an event: NetBird's own tells of the others.
pub(crate) fn is_untold(change: &LoggedChange) -> bool {
    change.change.by.is_none() && !matches!(change.change.kind, ChangeKind::Omitted | ChangeKind::Uncompared)
}

/// The event of a change that nobody else tells of.
pub(crate) fn event_of_change(account: AccountId, logged: LoggedChange) -> EventView {
    let change = &logged.change;
    let code = format!("{CODE}.{}.{}", change.resource.name(), change.kind.name());
    let mut event = EventView::seen(account, logged.id.to_string(), logged.seen_at, code);
    event.activity = format!("Configuration {}", change.kind.name());
    event.set_target(&change.item_id, &change.item_name);
    event.tell(logged);
    event
}

impl EventView {
    fn seen(account: AccountId, id: String, seen_at: Timestamp, activity_code: String) -> Self {
        Self {
            id,
            account_id: account.uuid(),
            timestamp: seen_at,
            source: EventSource::Platform,
            text: String::new(),
            activity: String::new(),
            activity_code,
            initiator_id: String::new(),
            initiator_name: String::new(),
            initiator_email: String::new(),
            target_id: String::new(),
            meta: BTreeMap::new(),
            changes: Vec::new(),
            seen: None,
        }
    }

    fn set_target(&mut self, id: &str, name: &str) {
        id.clone_into(&mut self.target_id);
        if !name.is_empty() {
            self.meta.insert("name".to_owned(), name.to_owned());
        }
    }
}
