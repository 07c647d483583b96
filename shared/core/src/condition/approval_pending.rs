//! A peer waits for somebody to approve it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation};
use crate::network::Peer;

/// A peer waits for somebody to approve it: until then it is in the network and reaches nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ApprovalPendingConfig)]
pub struct ApprovalPending {
    /// Only peers in one of these groups, by name; every peer if empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub groups: Vec<String>,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `rule`: one alert is open at a
    /// time, however many are so. `peer` unless it is given.
    #[serde(default = "AlertPer::peer")]
    pub alert_per: AlertPer,
}

impl OfPeers for ApprovalPending {
    fn read(_: &mut Fields<'_>, groups: Vec<String>, alert_per: AlertPer) -> Option<Self> {
        Some(Self { groups, alert_per })
    }

    fn groups(&self) -> &[String] {
        &self.groups
    }

    fn set_groups(&mut self, names: Vec<String>) {
        self.groups = names;
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
