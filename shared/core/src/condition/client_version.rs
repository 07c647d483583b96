//! A peer runs a client that is too old.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter};
use crate::episode::Away;
use crate::network::Peer;
use crate::validate::Problems;

/// Numbers of a version, and digits of each, that are compared.
const PARTS: usize = 4;

/// A peer runs a client older than a version. What is no release, such as `development`, is not judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClientVersionConfig)]
pub struct ClientVersion {
    /// The oldest version that will do.
    #[schema(example = "0.60.0", max_length = 40)]
    pub minimum: String,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `group`: one alert is open for each
    /// group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are so. `peer` unless it
    /// is given.
    #[serde(default = "AlertPer::rule")]
    pub alert_per: AlertPer,
}

/// The numbers of a release, such as `0.60.0` or `v0.60`; none of what is no release. What comes after a hyphen or a plus
/// is left out.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let release = version.trim().trim_start_matches('v');
    let release = release.split(['-', '+']).next().unwrap_or_default();
    let mut numbers: Vec<u64> = release.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    if numbers.len() > PARTS {
        return None;
    }
    numbers.resize(PARTS, 0);
    Some(numbers)
}

impl OfPeers for ClientVersion {
    fn read(fields: &mut Fields<'_>, peers: PeerFilter, alert_per: AlertPer) -> Option<Self> {
        Some(Self { minimum: fields.required("minimum")?, peers, alert_per })
    }

    fn filter(&self) -> &PeerFilter {
        &self.peers
    }

    fn filter_mut(&mut self) -> &mut PeerFilter {
        &mut self.peers
    }

    fn check(&self, problems: &mut Problems) {
        let is_version = self.minimum.len() <= 40 && numbers(&self.minimum).is_some();
        problems.require(is_version, "/conditionConfig/minimum", "must be a version such as 0.60.0");
    }

    fn alert_per(&self) -> AlertPer {
        self.alert_per
    }

    fn since(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp> {
        let (has, minimum) = (numbers(&peer.version)?, numbers(&self.minimum)?);
        // NetBird does not tell when it came to run it. Where each peer is told of it counts from its registration or from when
        // the rule began to look, and not from its last connection: one that comes and goes would never have waited for as long
        // as the rule asks.
        let registered = || peer.created_at.map_or(Timestamp::MIN, |at| seen.sync.our_time(at));
        (has < minimum).then(|| match self.alert_per {
            AlertPer::Peer | AlertPer::Group => registered().max(seen.since),
            AlertPer::Rule => now,
        })
    }

    fn what(&self, peers: usize) -> String {
        let verb = if peers == 1 { "runs" } else { "run" };
        format!("{verb} a client older than {}", self.minimum)
    }

    fn about(&self, only: Away<'_>, _: Observation<'_>) -> String {
        format!("it is version {}", only.peer.version)
    }

    fn no_more(&self) -> String {
        format!("runs client {} or later", self.minimum)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;
    use crate::condition::Watch;
    use crate::network::PeerStatus;

    fn client(minimum: &str, groups: Vec<String>) -> ClientVersion {
        ClientVersion { minimum: minimum.into(), peers: groups.into(), alert_per: AlertPer::Rule }
    }

    #[test]
    fn versions_are_compared_number_by_number() {
        let sync = healthy();
        let rule = client("0.60.0", vec![]);
        let old = |version: &str| {
            let peer = Peer { version: version.into(), ..peer("a", PeerStatus::Online, 0) };
            rule.find(seen(&sync, &[peer]), minute(1)).is_some()
        };
        for version in ["0.59.9", "0.9.0", "v0.59.0", "0.59.0-rc1", "0.5"] {
            assert!(old(version), "{version}");
        }
        for version in ["0.60.0", "0.60.1", "0.100.0", "1.0", "0.60", "development", "", "0.60.0-dev", "0.1.2.3.4"] {
            assert!(!old(version), "{version}");
        }
    }

    #[test]
    fn it_tells_how_many_and_what_became_of_them() {
        let sync = healthy();
        let rule = client("0.60.0", vec!["servers".into()]);
        let with = |version: &str, n: i64| -> Vec<Peer> {
            let one = |n| Peer { version: version.into(), ..peer(&format!("srv-{n:02}"), PeerStatus::Online, n) };
            (0..n).map(one).collect()
        };
        let finding = rule.find(seen(&sync, &with("0.50.0", 3)), minute(9)).unwrap();
        assert_eq!(finding.title, "3 of 3 peers of servers run a client older than 0.60.0");
        let recovery = rule.recovery(&finding.affected, seen(&sync, &with("0.60.0", 3)), minute(9));
        assert_eq!(recovery.title, "No peer of servers runs a client older than 0.60.0 any more");
        let one = rule.find(seen(&sync, &with("0.50.0", 1)), minute(9)).unwrap();
        assert_eq!(one.title, "srv-00 runs a client older than 0.60.0");
        let recovery = rule.recovery(&one.affected, seen(&sync, &with("0.61.0", 1)), minute(9));
        assert_eq!(recovery.title, "srv-00 runs client 0.60.0 or later");
        assert_eq!(
            rule.recovery(&one.affected, seen(&sync, &[]), minute(9)).title,
            "srv-00 is no longer in the network"
        );
        assert_eq!(rule.sentence(), "When one or more peers of servers run a client older than 0.60.0");
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for minimum in ["", "latest", "0.60.x", "1.2.3.4.5", &"1".repeat(50)] {
            let mut problems = Problems::default();
            Watch::check(&client(minimum, vec![]), &mut problems);
            assert_eq!(problems.finish().unwrap_err()[0].pointer, "/conditionConfig/minimum", "{minimum}");
        }
    }
}
