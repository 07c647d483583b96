//! A peer's login has expired.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation};
use crate::network::Peer;

/// A peer's login has expired: it stays away until its user signs in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = LoginExpiredConfig)]
pub struct LoginExpired {
    /// Only peers in one of these groups, by name; every peer if empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub groups: Vec<String>,
}

impl OfPeers for LoginExpired {
    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self { groups: Vec::new() })
    }

    fn groups(&self) -> &[String] {
        &self.groups
    }

    fn set_groups(&mut self, names: Vec<String>) {
        self.groups = names;
    }

    fn alert_per(&self) -> AlertPer {
        AlertPer::Peer
    }

    fn since(&self, peer: &Peer, seen: Observation<'_>, _: Timestamp) -> Option<Timestamp> {
        // NetBird does not tell when it expired: a peer that is away may have been for long before. It counts from when the
        // rule began to look, or from its disconnection, which is then the expiry's doing.
        peer.login_expired.then(|| seen.sync.our_time(peer.since).max(seen.since))
    }

    fn what(&self, peers: usize) -> String {
        if peers == 1 { "needs to sign in again" } else { "need to sign in again" }.to_owned()
    }

    fn no_more(&self) -> String {
        "is signed in again".to_owned()
    }
}
