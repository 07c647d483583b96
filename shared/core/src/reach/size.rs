//! What a network would cost to judge. A list may be as large as a server likes, within its limits; what follows from several of
//! them together grows with their product.

use std::collections::HashSet;

use super::compile::Inventory;

/// Most bytes of sets of peers.
const MOST_SET_BYTES: u64 = 64 << 20;
/// Most steps of one loop over two lists.
const MOST_STEPS: u64 = 50_000_000;
/// Most words of sets that an answer may look at.
const MOST_WORDS: u64 = 50_000_000_000;

/// Steps that copying a rule, or something like it, takes.
pub(super) const STEPS_OF_A_COPY: usize = 50;

impl Inventory<'_> {
    /// What it takes to make a model of them once they are changed, with the copies of the lists for that.
    pub(super) fn steps_of_a_model(&self) -> usize {
        let rules = || self.policies.unwrap_or_default().iter().flat_map(|policy| &policy.rules);
        let (resources, networks) = (self.resources.unwrap_or_default(), self.networks.unwrap_or_default());
        let (routers, checks) = (self.routers.unwrap_or_default(), self.posture_checks.unwrap_or_default());
        let words = self.peers.len().div_ceil(64);
        let count = rules().count();
        let named: usize =
            rules().map(|rule| rule.sources.len() + rule.destinations.len() + rule.ports.len() + 1).sum();
        let groups: usize = self.peers.iter().map(|peer| peer.groups.len() + 1).sum();
        let behind: usize = resources.iter().map(|resource| resource.groups.len() + 1).sum();
        let asked: usize = self.policies.unwrap_or_default().iter().map(|policy| policy.posture_checks.len() + 1).sum();
        let routing: usize = networks.iter().map(|network| network.routers.len() + network.resources.len() + 1).sum();
        let rows = count + groups + behind + asked + routing + self.groups.unwrap_or_default().len();
        [
            rows.saturating_mul(STEPS_OF_A_COPY),
            named.saturating_mul(words + STEPS_OF_A_COPY),
            count.saturating_mul(4 * words),
            named.saturating_mul(behind),
            asked.saturating_mul(2 * words),
            checks.len().saturating_mul(self.peers.len()).saturating_mul(STEPS_OF_A_COPY),
            routing.saturating_mul(routers.len() + 1),
        ]
        .into_iter()
        .fold(0, usize::saturating_add)
    }

    /// Whether it can be judged within bounded time and memory. By arithmetic alone, on the safe side.
    pub fn is_judgeable(&self) -> bool {
        let count = |n: usize| n as u64;
        let total = |sizes: &mut dyn Iterator<Item = usize>| sizes.map(count).sum::<u64>();
        let rules = || self.policies.unwrap_or_default().iter().flat_map(|policy| &policy.rules);
        let networks = self.networks.unwrap_or_default();
        let (resources, routers) = (self.resources.unwrap_or_default(), self.routers.unwrap_or_default());
        let routes = self.routes.unwrap_or_default();

        let peers = count(self.peers.len());
        let groups: HashSet<&str> = (self.peers.iter().flat_map(|peer| &peer.groups).map(|group| group.id.as_str()))
            .chain(self.groups.unwrap_or_default().iter().map(|group| group.id.as_str()))
            .collect();
        let classes: HashSet<Vec<&str>> =
            self.peers.iter().map(|peer| peer.groups.iter().map(|group| group.id.as_str()).collect()).collect();
        let (groups, classes) = (count(groups.len()), count(classes.len()));
        let policies = count(rules().count());
        let ports = policies + total(&mut rules().map(|rule| rule.ports.len()));
        let ends = total(&mut rules().map(|rule| rule.sources.len() + rule.destinations.len() + 2));
        let behind = total(&mut resources.iter().map(|resource| resource.groups.len() + 1))
            + total(&mut routes.iter().map(|route| route.access_control_groups.len() + route.domains.len() + 1));
        let ways = total(&mut networks.iter().map(|network| network.routers.len() + network.resources.len()));
        let routing = total(&mut routers.iter().map(|router| router.peer_groups.len() + 1))
            + total(&mut routes.iter().map(|route| route.peer_groups.len() + route.groups.len() + 1));

        // Four sets a rule, one a group and one each who routes, of a bit a peer.
        let sets = (4 * policies + groups + routing).saturating_mul(peers.div_ceil(64) * 8);
        let loops = [
            ports.saturating_mul(policies),
            ends.saturating_mul(behind),
            ways.saturating_mul(routing),
            behind.saturating_mul(policies + behind),
            routing.saturating_mul(policies + count(networks.len())),
        ];
        let words = classes.saturating_mul(ports).saturating_mul(policies).saturating_mul(peers.div_ceil(64));
        sets <= MOST_SET_BYTES && loops.iter().all(|steps| *steps <= MOST_STEPS) && words <= MOST_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{GroupRef, Peer, PeerStatus, Policy, PolicyRule};
    use crate::testing;

    fn peers(n: usize, groups: usize) -> Vec<Peer> {
        let group = |id: usize| GroupRef { id: id.to_string(), name: id.to_string() };
        let peer = |nth: usize| Peer {
            groups: vec![group(nth % groups), group(nth % 7 % groups)],
            ..testing::peer(&nth.to_string(), PeerStatus::Online, jiff::Timestamp::UNIX_EPOCH)
        };
        (0..n).map(peer).collect()
    }

    fn policies(n: usize, ports: usize) -> Vec<Policy> {
        let rule = |nth: usize| PolicyRule {
            name: String::new(),
            description: String::new(),
            enabled: true,
            action: "accept".into(),
            bidirectional: false,
            protocol: "tcp".into(),
            ports: (0..ports).map(|port| format!("{}-65535", nth + port)).collect(),
            sources: vec![GroupRef { id: "0".into(), name: "0".into() }],
            source_resource: None,
            destinations: vec![GroupRef { id: "1".into(), name: "1".into() }],
            destination_resource: None,
        };
        let policy = |nth: usize| Policy {
            id: nth.to_string(),
            name: nth.to_string(),
            description: String::new(),
            enabled: true,
            posture_checks: vec![],
            rules: vec![rule(nth)],
        };
        (0..n).map(policy).collect()
    }

    #[test]
    fn a_large_network_is_judged_and_one_made_to_burst_is_not() {
        let judge = |peers: &[Peer], policies: &[Policy]| {
            Inventory { peers, policies: Some(policies), ..Inventory::default() }.is_judgeable()
        };
        assert!(judge(&peers(5_000, 200), &policies(300, 2)));
        assert!(judge(&peers(25_000, 50), &policies(150, 1)));
        assert!(!judge(&peers(2, 1), &policies(25_000, 1)), "every rule cuts the ports of every other");
        assert!(!judge(&peers(30_000, 30_000), &policies(1, 1)), "a set of peers for every peer");
    }
}
