//! The peers of a network as they were, made of the peers as they are and of what changed since.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::network::{Peer, PeerStatus};
use crate::peer_history::Logged;
use crate::peer_status::{Transition, TransitionKind};

/// Since when a peer counts as it is that was so before anything is known: long enough that it is no news.
const LONG_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 365);

/// A network that is led through its past. Peers that were removed since are not in it: nothing is kept of them but that.
#[derive(Debug)]
pub struct PastNetwork {
    /// As it was at the moment to which it was led.
    peers: Vec<Peer>,
    places: HashMap<String, usize>,
    /// Peers that are not there yet.
    to_come: HashMap<String, Peer>,
    /// What is to come, oldest first.
    changes: std::vec::IntoIter<(String, Logged)>,
    /// How many peers of the log are not there any more.
    pub removed: usize,
}

impl PastNetwork {
    /// As it was before the changes, which are in the order in which they were seen.
    pub fn before(from: Timestamp, present: &[Peer], changes: Vec<(Timestamp, Transition)>) -> Self {
        let known: HashMap<&str, &Peer> = present.iter().map(|peer| (peer.id.as_str(), peer)).collect();
        let mut first: HashMap<&str, TransitionKind> = HashMap::new();
        let mut gone = std::collections::HashSet::new();
        for (_, change) in &changes {
            if !known.contains_key(change.peer.as_str()) {
                gone.insert(change.peer.as_str());
                continue;
            }
            first.entry(&change.peer).or_insert(change.kind);
        }
        let removed = gone.len();
        let (mut peers, mut to_come) = (Vec::new(), HashMap::new());
        for peer in present {
            let status = match first.get(peer.id.as_str()) {
                // As it is, since before.
                None => {
                    peers.push(peer.clone());
                    continue;
                }
                Some(TransitionKind::Registered) => {
                    to_come.insert(peer.id.clone(), peer.clone());
                    continue;
                }
                Some(TransitionKind::Connected) => PeerStatus::Offline,
                Some(_) => PeerStatus::Online,
            };
            let since = from.checked_sub(LONG_BEFORE).unwrap_or(Timestamp::MIN);
            // When it was last seen, if it was away, is not kept: it counts as away since then.
            peers.push(Peer { status, since, last_seen: from, ..peer.clone() });
        }
        let places = peers.iter().enumerate().map(|(place, peer)| (peer.id.clone(), place)).collect();
        let logged = |(seen_at, change): (Timestamp, Transition)| {
            (change.peer, Logged { seen_at, at: change.at, kind: change.kind })
        };
        let changes: Vec<_> = changes.into_iter().map(logged).collect();
        Self { peers, places, to_come, changes: changes.into_iter(), removed }
    }

    /// The peers at a moment, which is later than the one before.
    pub fn at(&mut self, now: Timestamp) -> &[Peer] {
        while let Some((_, change)) = self.changes.as_slice().first() {
            if change.seen_at > now {
                break;
            }
            if let Some((peer, change)) = self.changes.next() {
                self.take(&peer, change);
            }
        }
        &self.peers
    }

    fn take(&mut self, id: &str, change: Logged) {
        if let Some(peer) = self.to_come.remove(id) {
            // Its first status follows.
            self.places.insert(peer.id.clone(), self.peers.len());
            self.peers.push(Peer { status: PeerStatus::Online, since: change.at, last_seen: change.at, ..peer });
        }
        let Some(peer) = self.places.get(id).and_then(|place| self.peers.get_mut(*place)) else { return };
        let status = match change.kind {
            TransitionKind::Connected | TransitionKind::Reconnected => PeerStatus::Online,
            TransitionKind::Disconnected => PeerStatus::Offline,
            TransitionKind::Unconfirmed => PeerStatus::Unconfirmed,
            TransitionKind::Registered | TransitionKind::Removed => return,
        };
        (peer.status, peer.since, peer.last_seen) = (status, change.at, change.at);
    }
}
