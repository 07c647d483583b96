//! A peer's login has expired.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter};
use crate::network::Peer;

/// A peer's login has expired: it stays away until its user signs in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LoginExpiredConfig)]
pub struct LoginExpired {
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `group`: one alert is open for each
    /// group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are so. `peer` unless it
    /// is given.
    #[serde(default = "AlertPer::peer")]
    pub alert_per: AlertPer,
}

impl OfPeers for LoginExpired {
    fn read(_: &mut Fields<'_>, peers: PeerFilter, alert_per: AlertPer) -> Option<Self> {
        Some(Self { peers, alert_per })
    }

    fn filter(&self) -> &PeerFilter {
        &self.peers
    }

    fn filter_mut(&mut self) -> &mut PeerFilter {
        &mut self.peers
    }

    fn alert_per(&self) -> AlertPer {
        self.alert_per
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
