//! A peer has not been connected for days.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter};
use crate::network::{Peer, PeerStatus};
use crate::text;
use crate::validate::Problems;

/// Most days that a peer may be away before it counts.
const MAX_DAYS: u32 = 730;

/// A peer has not been connected for days: a device that nobody uses any more still has its access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerInactiveConfig)]
pub struct PeerInactive {
    /// A peer counts once it has been away so many days.
    #[schema(minimum = 1, maximum = 730)]
    pub days: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `group`: one alert is open for each
    /// group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are so. `peer` unless it
    /// is given.
    #[serde(default = "AlertPer::rule")]
    pub alert_per: AlertPer,
}

impl OfPeers for PeerInactive {
    fn read(fields: &mut Fields<'_>, peers: PeerFilter, alert_per: AlertPer) -> Option<Self> {
        Some(Self { days: fields.required("days")?, peers, alert_per })
    }

    fn filter(&self) -> &PeerFilter {
        &self.peers
    }

    fn filter_mut(&mut self) -> &mut PeerFilter {
        &mut self.peers
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            (1..=MAX_DAYS).contains(&self.days),
            "/conditionConfig/days",
            format!("must be 1 to {MAX_DAYS} days"),
        );
    }

    fn alert_per(&self) -> AlertPer {
        self.alert_per
    }

    fn since(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp> {
        let away = seen.sync.server_time(now).duration_since(peer.last_seen);
        let counted = away - SignedDuration::from_hours(24 * i64::from(self.days));
        (peer.status == PeerStatus::Offline && !counted.is_negative()).then(|| now - counted)
    }

    fn what(&self, peers: usize) -> String {
        let verb = if peers == 1 { "has" } else { "have" };
        format!("{verb} been away for {} or more", text::count(self.days as usize, "day"))
    }

    fn no_more(&self) -> String {
        "was connected again".to_owned()
    }
}
