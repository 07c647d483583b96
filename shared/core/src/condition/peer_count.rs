//! The number of peers stands in a relation to a threshold.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AlertPer, Fields, Observation, Operator, PeerFilter, Watch, affected, by_group, saturate};
use crate::finding::{Affected, Finding, Recovery};
use crate::named;
use crate::network::{Peer, PeerStatus};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// The number of peers stands in a relation to a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerCountConfig)]
pub struct PeerCount {
    /// The relation.
    pub operator: Operator,
    /// What the number is compared with.
    pub threshold: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// Which peers count.
    #[serde(default)]
    pub status: CountedStatus,
    /// `group`: each group is looked at by itself, and has an alert of its own. `rule`: their peers are looked at together; so it is
    /// unless it is given.
    #[serde(default = "AlertPer::rule")]
    pub alert_per: AlertPer,
}

named! {
    /// Which peers a [`PeerCount`] counts.
    #[derive(Default)]
    pub enum CountedStatus {
        /// All of them.
        #[default]
        Any = "any",
        /// Those online, unconfirmed ones too: the management server says they are.
        Online = "online",
        /// Those offline.
        Offline = "offline",
    }
}

impl CountedStatus {
    fn includes(self, status: PeerStatus) -> bool {
        match self {
            CountedStatus::Any => true,
            CountedStatus::Online => status != PeerStatus::Offline,
            CountedStatus::Offline => status == PeerStatus::Offline,
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            CountedStatus::Any => "peer",
            CountedStatus::Online => "online peer",
            CountedStatus::Offline => "offline peer",
        }
    }
}

impl PeerCount {
    /// The peers that count, and out of how many.
    fn count<'a>(&self, seen: Observation<'a>) -> (Vec<&'a Peer>, u32) {
        let (mut of, mut counted) = (0, Vec::new());
        let chosen = self.peers.chosen(seen);
        for peer in seen.peers.iter().filter(|peer| chosen.has(peer)) {
            of += 1;
            if self.status.includes(peer.status) {
                counted.push(peer);
            }
        }
        (counted, of)
    }

    /// `18 online peers of servers`
    fn title(&self, count: usize, seen: Observation<'_>) -> String {
        let account = if self.peers.groups.is_empty() { format!(" in {}", seen.account_name) } else { String::new() };
        format!("{}{}{account}", text::count(count, self.status.noun()), self.peers.of(seen))
    }
}

impl Watch for PeerCount {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let operator = fields.required("operator");
        let threshold = fields.required("threshold");
        let peers = PeerFilter::read(fields);
        let status = fields.optional("status", CountedStatus::default());
        let alert_per = fields.optional("alertPer", AlertPer::Rule);
        Some(Self { operator: operator?, threshold: threshold?, peers: peers?, status: status?, alert_per: alert_per? })
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
        let never = self.operator == Operator::LessThan && self.threshold == 0;
        problems.require(!never, "/conditionConfig/threshold", "less than 0 can never be true");
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
        let (counted, of) = self.count(seen);
        let value = saturate(counted.len());
        if !self.operator.holds(value, self.threshold) {
            return None;
        }
        let title = self.title(counted.len(), seen);
        let message = format!(
            "In {}: {}; the rule asks whether that {} {}.",
            seen.account_name,
            text::count(counted.len(), self.status.noun()),
            self.operator.words(),
            self.threshold
        );
        // A count names the peers that went missing from it, which is what one looks for when it is too low.
        let mut named: Vec<&Peer> = match self.status {
            CountedStatus::Online => {
                let chosen = self.peers.chosen(seen);
                let is_missing = |peer: &&Peer| peer.status == PeerStatus::Offline && chosen.has(peer);
                seen.peers.iter().filter(is_missing).collect()
            }
            CountedStatus::Offline => counted,
            CountedStatus::Any => Vec::new(),
        };
        named.sort_by(|a, b| (b.since, &a.name).cmp(&(a.since, &b.name)));
        let affected = Affected { total: value, ..affected(&named, of, &seen.names(&self.peers.groups)) };
        Some(Finding { title, message, affected, began_at: now })
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let (counted, of) = self.count(seen);
        Recovery {
            title: self.title(counted.len(), seen),
            message: format!(
                "In {} there {} {} now; the rule fires when that {} {}.",
                seen.account_name,
                if counted.len() == 1 { "is" } else { "are" },
                text::count(counted.len(), self.status.noun()),
                self.operator.words(),
                self.threshold
            ),
            total: saturate(counted.len()),
            of,
        }
    }

    fn sentence(&self) -> String {
        format!(
            "When the number of {}s{} {} {}{}",
            self.status.noun(),
            self.peers.place(),
            self.operator.words(),
            self.threshold,
            by_group(self.alert_per)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;

    fn few_online(groups: &[&str]) -> PeerCount {
        PeerCount {
            operator: Operator::LessThan,
            threshold: 3,
            peers: groups.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
            status: CountedStatus::Online,
            alert_per: AlertPer::Rule,
        }
    }

    fn peers(online: i64, offline: i64) -> Vec<Peer> {
        let up = (0..online).map(|n| peer(&format!("up-{n}"), PeerStatus::Online, n));
        up.chain((0..offline).map(|n| peer(&format!("down-{n}"), PeerStatus::Offline, n))).collect()
    }

    #[test]
    fn it_names_the_peers_that_are_missing_from_the_count() {
        let sync = healthy();
        let finding = few_online(&[]).find(seen(&sync, &peers(2, 2)), minute(9)).unwrap();
        assert_eq!(finding.title, "2 online peers in HQ");
        assert_eq!(finding.message, "In HQ: 2 online peers; the rule asks whether that is below 3.");
        assert_eq!((finding.affected.total, finding.affected.of, finding.began_at), (2, 4, minute(9)));
        let named: Vec<_> = finding.affected.peers.iter().map(|peer| peer.name.as_str()).collect();
        assert_eq!(named, ["down-1", "down-0"], "the latest to go first");
    }

    #[test]
    fn recovery_says_how_many_there_are_now() {
        let sync = healthy();
        assert_eq!(few_online(&[]).find(seen(&sync, &peers(3, 1)), minute(9)), None);
        let recovery = few_online(&["servers"]).recovery(&Affected::default(), seen(&sync, &peers(3, 1)), minute(9));
        assert_eq!(recovery.title, "3 online peers of servers");
        assert_eq!(recovery.message, "In HQ there are 3 online peers now; the rule fires when that is below 3.");
        assert_eq!((recovery.total, recovery.of), (3, 4));
    }

    #[test]
    fn ghosts_are_online() {
        let sync = healthy();
        let ghosts = [0, 1, 2].map(|n| peer(&format!("ghost-{n}"), PeerStatus::Unconfirmed, n));
        assert_eq!(few_online(&[]).find(seen(&sync, &ghosts), minute(9)), None);
    }

    #[test]
    fn what_can_never_be_true_is_named() {
        let mut problems = Problems::default();
        PeerCount { threshold: 0, ..few_online(&[]) }.check(&mut problems);
        assert_eq!(problems.finish().unwrap_err()[0].pointer, "/conditionConfig/threshold");
    }
}
