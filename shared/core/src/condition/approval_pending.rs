//! A peer waits for somebody to approve it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter};
use crate::network::Peer;

/// A peer waits for somebody to approve it: until then it is in the network and reaches nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApprovalPendingConfig)]
pub struct ApprovalPending {
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `group`: one alert is open for each
    /// group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are so. `peer` unless it
    /// is given.
    #[serde(default = "AlertPer::peer")]
    pub alert_per: AlertPer,
}

impl OfPeers for ApprovalPending {
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
        // NetBird does not tell when it began to wait: since it was registered, or since an approval was taken back.
        peer.approval_required.then(|| seen.sync.our_time(peer.created_at.unwrap_or(peer.since)).max(seen.since))
    }

    fn what(&self, peers: usize) -> String {
        if peers == 1 { "awaits approval" } else { "await approval" }.to_owned()
    }

    fn no_more(&self) -> String {
        "no longer awaits approval".to_owned()
    }
}
