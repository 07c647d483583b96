//! Peer status over successive answers of a management server, exact to the second whatever the interval.
//!
//! NetBird tells two things of a peer: `connected`, and `last_seen`, which is the start of the session while
//! connected and its end afterwards. Comparing two answers therefore dates every change exactly, and shows a
//! reconnect between them: still connected, with a later `last_seen`.
//!
//! One thing looks like a mass of reconnects and is none: a restart of the management server. It keeps `connected`
//! over the restart, so that nobody shows offline; every live peer comes back within seconds, and a peer that left
//! meanwhile stays connected in name only, a *ghost*. [`derive`] recognises the restart by nearly all connected peers
//! coming back together, tells no reconnects then, and calls who did not come back [`PeerStatus::Unconfirmed`].
//!
//! An answer may catch a restart half-way, so reconnects are held back until it is clear that no more follow
//! ([`RestartWatch::Suspected`]). Changes to offline and to online are never held back.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::network::{Peer, PeerStatus};

mod plausibility;

pub use plausibility::{BELIEVED_AFTER, Plausibility};

/// How long after a restart a peer may take to come back before it counts as a ghost. By the platform's clock, from
/// the answer that showed the restart: the server's clock may be off.
pub const GHOST_AFTER: SignedDuration = SignedDuration::from_secs(120);
/// The longest time in which the peers come back after a restart.
const WAVE: SignedDuration = SignedDuration::from_secs(120);
/// Two peers further apart than this did not come back from the same restart, unless many others lie between.
const WAVE_GAP: SignedDuration = SignedDuration::from_secs(10);
/// Reconnects are held back until no other followed for this long.
const SETTLE: SignedDuration = SignedDuration::from_secs(45);
/// Fewer connected peers than this tell nothing about their server.
const FEWEST: usize = 3;

/// What is remembered between answers while a restart is suspected or waited out; `None` nearly always.
///
/// While it is there, an answer must be compared even if it is byte for byte the last one: time alone may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "camelCase")]
pub enum RestartWatch {
    /// Some peers reconnected; whether the rest follows is open, and so their reconnects are not told yet. Those are
    /// the online peers with `since < last_seen` and `last_seen >= from`.
    Suspected {
        /// The earliest of the reconnects, by the server's clock.
        from: Timestamp,
        /// When the latest was noticed, by the platform's clock.
        grown: Timestamp,
    },
    /// The server restarted; connected peers with `last_seen < at` have not come back yet.
    Waiting {
        /// The first reconnect after the restart, by the server's clock.
        at: Timestamp,
        /// When it was noticed, by the platform's clock.
        seen: Timestamp,
    },
}

/// Something that happened to one peer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transition {
    /// NetBird's id of the peer.
    pub peer: String,
    /// When it happened, by the management server's clock; for a removal the time it was noticed.
    pub at: Timestamp,
    /// What happened.
    pub kind: TransitionKind,
}

/// What happened to a peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TransitionKind {
    /// It came online: it was offline or unconfirmed before, or is new.
    Connected,
    /// It went offline. An offline peer can do so again: it was online for a while between two answers.
    Disconnected,
    /// It went offline and came back between two answers: a flap. Only the return is dated.
    Reconnected,
    /// It did not come back after a restart of its server, which still calls it connected.
    Unconfirmed,
    /// It is new in the network.
    Registered,
    /// It is gone from the network.
    Removed,
}

/// The management server restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerRestart {
    /// The first reconnect after it.
    pub at: Timestamp,
    /// Peers that are back.
    pub reconnected: usize,
    /// Peers that are not back so far. Those that stay away are told as [`TransitionKind::Unconfirmed`].
    pub missing: usize,
}

/// What [`derive`] found, besides the peers' status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Derived {
    /// What happened to peers, in the order of the list, removals last.
    pub transitions: Vec<Transition>,
    /// Set in the answer that shows a restart.
    pub restart: Option<ServerRestart>,
    /// To be passed to the next call.
    pub watch: Option<RestartWatch>,
}

impl Derived {
    fn tell(&mut self, peer: &Peer, at: Timestamp, kind: TransitionKind) {
        self.transitions.push(Transition { peer: peer.id.clone(), at, kind });
    }
}

/// Corrects `status` and `since` of freshly polled peers by what was known before, and tells what happened.
///
/// `polled` come in as one answer tells them: online or offline, since `last_seen`. `previous` are the peers as the
/// last call left them, `None` for the first answer of an account, which is taken as it is.
pub fn derive(previous: Option<&[Peer]>, watch: Option<RestartWatch>, polled: &mut [Peer], now: Timestamp) -> Derived {
    let mut derived = Derived::default();
    let Some(previous) = previous else { return derived };
    let mut known: HashMap<&str, &Peer> = previous.iter().map(|peer| (peer.id.as_str(), peer)).collect();
    let mut reconnects = Reconnects { watch, ..Reconnects::default() };

    for (index, peer) in polled.iter_mut().enumerate() {
        match known.remove(peer.id.as_str()) {
            Some(before) => reconnects.compare(index, before, peer, &mut derived),
            None => {
                derived.tell(peer, peer.created_at.unwrap_or(peer.last_seen), TransitionKind::Registered);
                derived.transitions.extend(first_sight(std::slice::from_ref(peer)));
            }
        }
    }
    reconnects.settle(polled, now, &mut derived);
    settle_ghosts(polled, now, &mut derived);

    // Removals are rare: the map is empty when there are none.
    if !known.is_empty() {
        for gone in previous.iter().filter(|peer| known.contains_key(peer.id.as_str())) {
            derived.tell(gone, now, TransitionKind::Removed);
        }
    }
    derived
}

/// What the log of peer status begins with: each peer's status, as its first answer dates it.
pub fn first_sight(peers: &[Peer]) -> Vec<Transition> {
    let sight = |peer: &Peer| {
        let is_offline = peer.status == PeerStatus::Offline;
        let kind = if is_offline { TransitionKind::Disconnected } else { TransitionKind::Connected };
        Transition { peer: peer.id.clone(), at: peer.since, kind }
    };
    peers.iter().map(sight).collect()
}

/// A reconnect of a peer that both answers call connected.
struct Reconnect {
    /// Index of the peer in the list.
    peer: usize,
    at: Timestamp,
    /// The peer was already back from the restart that is being waited out.
    was_back: bool,
}

/// The peers that both answers call connected: what they tell of their server.
#[derive(Default)]
struct Reconnects {
    watch: Option<RestartWatch>,
    connected: usize,
    /// The latest of each peer that is not told yet, old and new.
    open: Vec<Reconnect>,
    /// What was held back of peers that now reconnected again.
    overtaken: Vec<Reconnect>,
    /// Whether this answer shows one that the last did not.
    grew: bool,
}

impl Reconnects {
    /// Compares one peer with what it was. Everything but a reconnect is told at once.
    fn compare(&mut self, index: usize, before: &Peer, peer: &mut Peer, derived: &mut Derived) {
        let moved = peer.last_seen > before.last_seen;
        // Periods follow each other even if the server's clock was set back.
        let at = peer.last_seen.max(before.since);
        match (before.status, peer.status == PeerStatus::Online) {
            (PeerStatus::Online, true) => {
                peer.since = before.since;
                self.connected += 1;
                self.note(index, before, peer.last_seen, moved);
            }
            (PeerStatus::Unconfirmed, true) if !moved => {
                peer.status = PeerStatus::Unconfirmed;
                peer.since = before.since;
            }
            (PeerStatus::Offline, false) if !moved => peer.since = before.since,
            (_, connected) => {
                // Whoever leaves while it is open whether they came back from a restart, did so for themselves.
                if before.status == PeerStatus::Online && self.holds_back(before) {
                    derived.tell(peer, before.last_seen, TransitionKind::Reconnected);
                }
                peer.since = at;
                let kind = if connected { TransitionKind::Connected } else { TransitionKind::Disconnected };
                derived.tell(peer, at, kind);
            }
        }
    }

    /// Whether a reconnect of an online peer was seen and not told yet.
    fn holds_back(&self, before: &Peer) -> bool {
        matches!(self.watch, Some(RestartWatch::Suspected { from, .. })
            if before.since < before.last_seen && before.last_seen >= from)
    }

    fn note(&mut self, peer: usize, before: &Peer, last_seen: Timestamp, moved: bool) {
        if self.holds_back(before) {
            let list = if moved { &mut self.overtaken } else { &mut self.open };
            list.push(Reconnect { peer, at: before.last_seen, was_back: true });
        }
        if moved {
            self.grew = true;
            let was_back = !matches!(self.watch, Some(RestartWatch::Waiting { at, .. }) if before.last_seen < at);
            self.open.push(Reconnect { peer, at: last_seen, was_back });
        }
    }

    /// Decides what the reconnects are: a restart, flaps, or not clear yet.
    fn settle(self, polled: &mut [Peer], now: Timestamp, derived: &mut Derived) {
        let mut tell = |list: &[Reconnect], is_flap: &dyn Fn(&Reconnect) -> bool| {
            for one in list.iter().filter(|one| is_flap(one)) {
                let peer = &mut polled[one.peer];
                peer.since = one.at;
                derived.tell(peer, one.at, TransitionKind::Reconnected);
            }
        };
        if let Some(at) = self.restart() {
            tell(&self.overtaken, &|one| one.at < at);
            tell(&self.open, &|one| one.at < at);
            let online = || polled.iter().filter(|peer| peer.status == PeerStatus::Online);
            let reconnected = online().filter(|peer| peer.last_seen >= at).count();
            derived.restart = Some(ServerRestart { at, reconnected, missing: online().count() - reconnected });
            derived.watch = Some(RestartWatch::Waiting { at, seen: now });
            return;
        }
        tell(&self.overtaken, &|_| true);
        match self.watch {
            Some(RestartWatch::Waiting { .. }) => {
                // Many at once are the restart's aftermath: a server that comes and goes.
                let many = self.open.len() >= FEWEST && self.open.len() * 8 >= self.connected;
                tell(&self.open, &|one| one.was_back && !many);
                derived.watch = self.watch;
            }
            Some(RestartWatch::Suspected { grown, .. }) if !self.grew && now.duration_since(grown) >= SETTLE => {
                tell(&self.open, &|_| true);
            }
            suspected => {
                let latest = self.open.iter().map(|one| one.at).max();
                let is_over = |one: &Reconnect| {
                    self.connected < FEWEST || latest.is_some_and(|latest| latest.duration_since(one.at) > WAVE)
                };
                tell(&self.open, &is_over);
                let earliest = self.open.iter().filter(|one| !is_over(one)).map(|one| one.at).min();
                let grown = match suspected {
                    Some(RestartWatch::Suspected { grown, .. }) if !self.grew => grown,
                    _ => now,
                };
                derived.watch = earliest.map(|from| RestartWatch::Suspected { from, grown });
            }
        }
    }

    /// When the server came back, if the reconnects show a restart: of the connected peers at least seven in eight,
    /// of fewer than eight all, within [`WAVE`].
    fn restart(&self) -> Option<Timestamp> {
        let quorum = self.connected - self.connected / 8;
        if self.connected < FEWEST || self.open.len() < quorum {
            return None;
        }
        let mut times: Vec<Timestamp> = self.open.iter().map(|one| one.at).collect();
        times.sort_unstable();
        let span = |first: usize| times[first + quorum - 1].duration_since(times[first]);
        let densest = (0..=times.len() - quorum).min_by_key(|&first| span(first))?;
        let is_gap = |&i: &usize| times[i].duration_since(times[i - 1]) > WAVE_GAP;
        let first = (1..=densest).rev().find(is_gap).unwrap_or(0);
        (span(densest) <= WAVE).then(|| times[first])
    }
}

/// Ends the wait after a restart, when everybody is back or when who is not counts as a ghost.
fn settle_ghosts(polled: &mut [Peer], now: Timestamp, derived: &mut Derived) {
    let Some(RestartWatch::Waiting { at, seen }) = derived.watch else { return };
    let is_missing = |peer: &Peer| peer.status == PeerStatus::Online && peer.last_seen < at;
    if !polled.iter().any(is_missing) {
        derived.watch = None;
    } else if now.duration_since(seen) >= GHOST_AFTER {
        derived.watch = None;
        for peer in polled.iter_mut().filter(|peer| is_missing(peer)) {
            peer.status = PeerStatus::Unconfirmed;
            peer.since = at;
            derived.tell(peer, at, TransitionKind::Unconfirmed);
        }
    }
}

#[cfg(test)]
mod tests;
