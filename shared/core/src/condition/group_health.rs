//! Too small a share of some peers is online.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AlertPer, Fields, Observation, PeerFilter, Watch, affected, by_group, saturate};
use crate::finding::{Affected, Finding, Recovery};
use crate::network::{Peer, PeerStatus};
use crate::resource::Resource;
use crate::validate::Problems;

/// Too small a share of some peers is online, however many they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupHealthConfig)]
pub struct GroupHealth {
    /// Fires when less than this share is online, in percent.
    #[schema(minimum = 1, maximum = 100)]
    pub percent: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `group`: each group is looked at by itself, and has an alert of its own. `rule`: their peers are looked at together; so it is
    /// unless it is given.
    #[serde(default = "AlertPer::rule")]
    pub alert_per: AlertPer,
}

impl GroupHealth {
    /// The peers that are not online, and out of how many. Unconfirmed ones are: the management server says so.
    fn offline<'a>(&self, seen: Observation<'a>) -> (Vec<&'a Peer>, usize) {
        let (mut of, mut offline) = (0, Vec::new());
        let chosen = self.peers.chosen(seen);
        for peer in seen.peers.iter().filter(|peer| chosen.has(peer)) {
            of += 1;
            if peer.status == PeerStatus::Offline {
                offline.push(peer);
            }
        }
        offline.sort_by(|a, b| (b.since, &a.name).cmp(&(a.since, &b.name)));
        (offline, of)
    }

    /// `45 % (9 of 20) of the peers of servers are online`
    fn title(&self, online: usize, of: usize, seen: Observation<'_>) -> String {
        let percent = (online * 100).checked_div(of).unwrap_or(0);
        let verb = if online == 1 { "is" } else { "are" };
        format!("{percent} % of the peers{} {verb} online ({online} of {of})", self.peers.of(seen))
    }
}

impl Watch for GroupHealth {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let percent = fields.required("percent");
        let peers = PeerFilter::read(fields);
        let alert_per = fields.optional("alertPer", AlertPer::Rule);
        Some(Self { percent: percent?, peers: peers?, alert_per: alert_per? })
    }

    fn needs(&self) -> &'static [Resource] {
        self.peers.needs()
    }

    fn peer_filter(&self) -> Option<&PeerFilter> {
        Some(&self.peers)
    }

    fn peer_filter_mut(&mut self) -> Option<&mut PeerFilter> {
        Some(&mut self.peers)
    }

    fn check(&self, problems: &mut Problems) {
        problems.require((1..=100).contains(&self.percent), "/conditionConfig/percent", "must be 1 to 100 percent");
        problems.require(
            self.alert_per != AlertPer::Peer,
            "/conditionConfig/alertPer",
            "must be \"group\" or \"rule\"",
        );
    }

    fn is_by_group(&self) -> bool {
        self.alert_per == AlertPer::Group
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let (offline, of) = self.offline(seen);
        let online = of - offline.len();
        // Of nobody, nobody is missing.
        if of == 0 || online * 100 >= of * self.percent as usize {
            return None;
        }
        Some(Finding {
            title: self.title(online, of, seen),
            message: format!("In {}; the rule asks for {} %.", seen.account_name, self.percent),
            affected: affected(&offline, saturate(of), &seen.names(&self.peers.groups)),
            began_at: now,
        })
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let (offline, of) = self.offline(seen);
        let title = match of {
            0 => format!("No peers{} are left", self.peers.of(seen)),
            of => self.title(of - offline.len(), of, seen),
        };
        Recovery {
            title,
            message: format!("In {}; the rule asks for {} %.", seen.account_name, self.percent),
            total: saturate(offline.len()),
            of: saturate(of),
        }
    }

    fn sentence(&self) -> String {
        let (percent, place) = (self.percent, self.peers.place());
        format!("When less than {percent} % of the peers{place} are online{}", by_group(self.alert_per))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;

    #[test]
    fn a_share_is_exact_and_of_nobody_nobody_is_missing() {
        let sync = healthy();
        let rule = GroupHealth { percent: 90, peers: vec!["servers".to_owned()].into(), alert_per: AlertPer::Rule };
        let with = |down: i64, of: i64| -> Vec<Peer> {
            let status = |n| if n < down { PeerStatus::Offline } else { PeerStatus::Online };
            (0..of).map(|n| peer(&format!("srv-{n:02}"), status(n), n)).collect()
        };
        assert_eq!(rule.find(seen(&sync, &with(1, 10)), minute(1)), None, "nine of ten are 90 %");
        assert_eq!(rule.find(seen(&sync, &[]), minute(1)), None);
        let finding = rule.find(seen(&sync, &with(2, 10)), minute(1)).unwrap();
        assert_eq!(finding.title, "80 % of the peers of servers are online (8 of 10)");
        assert_eq!((finding.affected.total, finding.affected.of), (2, 10));
        let back = rule.recovery(&finding.affected, seen(&sync, &with(1, 10)), minute(2));
        assert_eq!(back.title, "90 % of the peers of servers are online (9 of 10)");
        assert_eq!(rule.recovery(&finding.affected, seen(&sync, &[]), minute(2)).title, "No peers of servers are left");
        assert_eq!(rule.sentence(), "When less than 90 % of the peers of servers are online");
    }
}
