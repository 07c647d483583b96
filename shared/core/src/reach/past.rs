//! A network as it was: what is now, with the logged changes undone.

use super::compile::Inventory;
use crate::change::{Change, Configured, Lost, undo, undo_members};
use crate::network::{Group, Network, NetworkResource, NetworkRouter, Peer, Policy, PostureCheck, Route};

/// The lists of an account as they were. Peers are those that are there now, in the groups in which they were.
#[derive(Debug)]
pub struct Past {
    peers: Vec<Peer>,
    groups: Option<Vec<Group>>,
    policies: Option<Vec<Policy>>,
    posture_checks: Option<Vec<PostureCheck>>,
    networks: Option<Vec<Network>>,
    resources: Option<Vec<NetworkResource>>,
    routers: Option<Vec<NetworkRouter>>,
    routes: Option<Vec<Route>>,
}

impl Past {
    /// The lists before these changes, newest first, and what of them could not be undone.
    pub fn before(now: &Inventory<'_>, changes: &[&Change]) -> (Self, Vec<Lost>) {
        let mut lost = Vec::new();
        let mut peers = now.peers.to_vec();
        lost.extend(undo_members(&mut peers, changes.iter().copied()));
        let past = Self {
            peers,
            groups: list(now.groups, changes, &mut lost),
            policies: list(now.policies, changes, &mut lost),
            posture_checks: list(now.posture_checks, changes, &mut lost),
            networks: list(now.networks, changes, &mut lost),
            resources: list(now.resources, changes, &mut lost),
            routers: list(now.routers, changes, &mut lost),
            routes: list(now.routes, changes, &mut lost),
        };
        (past, lost)
    }

    /// They, for a model.
    pub fn inventory(&self) -> Inventory<'_> {
        Inventory {
            peers: &self.peers,
            groups: self.groups.as_deref(),
            policies: self.policies.as_deref(),
            posture_checks: self.posture_checks.as_deref(),
            networks: self.networks.as_deref(),
            resources: self.resources.as_deref(),
            routers: self.routers.as_deref(),
            routes: self.routes.as_deref(),
            users: None,
        }
    }
}

fn list<T: Configured>(now: Option<&[T]>, changes: &[&Change], lost: &mut Vec<Lost>) -> Option<Vec<T>> {
    let mut rows = now?.to_vec();
    lost.extend(undo(&mut rows, changes.iter().copied()));
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{compare, members};
    use crate::network::{PostureChecks, ResourceRef};
    use crate::reach::tests::{Lists, group, office, peer, policy};

    fn named(_: &str) -> Option<String> {
        Some("somebody".into())
    }

    /// What a sync that found both would have logged, newest first.
    fn logged(before: &Lists, after: &Lists) -> Vec<Change> {
        let mut changes = compare(&before.policies, &after.policies, &named);
        changes.extend(compare(&before.checks, &after.checks, &named));
        changes.extend(compare(&before.networks, &after.networks, &named));
        changes.extend(compare(&before.resources, &after.resources, &named));
        changes.extend(compare(&before.routers, &after.routers, &named));
        changes.extend(compare(&before.routes, &after.routes, &named));
        changes.extend(members(&before.peers, &after.peers));
        changes.reverse();
        changes
    }

    fn sorted(lists: &Lists) -> Lists {
        let mut lists = lists.clone();
        lists.peers.iter_mut().for_each(|peer| peer.groups.sort());
        lists.policies.sort_by(|a, b| a.id.cmp(&b.id));
        lists.policies.iter_mut().for_each(|policy| policy.rules.sort_by(|a, b| a.name.cmp(&b.name)));
        lists.resources.sort_by(|a, b| a.id.cmp(&b.id));
        lists
    }

    fn of(past: Past) -> Lists {
        Lists {
            peers: past.peers,
            policies: past.policies.unwrap(),
            checks: past.posture_checks.unwrap(),
            networks: past.networks.unwrap(),
            resources: past.resources.unwrap(),
            routers: past.routers.unwrap(),
            routes: past.routes.unwrap(),
        }
    }

    #[test]
    fn what_was_logged_leads_back() {
        let mut then = office(vec![
            policy("web: laptops > servers tcp 443,8000-8010"),
            policy("db: peer:laptop-1 > host:res-1 tcp 5432"),
            policy("gone: servers <> laptops udp 53"),
        ]);
        let second = policy("more: servers > laptops icmp").rules.remove(0);
        then.policies[0].rules.push(second);
        let checks = PostureChecks::default();
        then.checks = vec![PostureCheck { id: "c".into(), name: "client".into(), description: String::new(), checks }];
        then.peers.sort_by(|a, b| a.id.cmp(&b.id));
        let mut now = then.clone();
        now.policies.retain(|policy| policy.name != "gone");
        now.policies[0].enabled = false;
        now.policies[0].rules[0].ports = vec!["443".into()];
        now.policies[1].rules[0].destination_resource =
            Some(ResourceRef { id: "laptop-2".into(), kind: "peer".into() });
        now.policies.push(policy("new: laptops > servers tcp 22"));
        now.checks.clear();
        now.resources.clear();
        now.routers.iter_mut().for_each(|router| router.enabled = !router.enabled);
        now.peers[0].groups = vec![group("databases")];
        let changes = logged(&then, &now);
        let (past, lost) = Past::before(&now.inventory(), &changes.iter().collect::<Vec<_>>());
        assert_eq!(lost, []);
        assert_eq!(format!("{:?}", sorted(&of(past))), format!("{:?}", sorted(&then)));
    }

    #[test]
    fn what_cannot_be_undone_is_told() {
        let then = Lists { peers: vec![peer("a", &["x"]), peer("b", &["x"])], ..Lists::default() };
        let mut now = then.clone();
        now.peers[0].groups.clear();
        let mut changes = logged(&then, &now);
        // Somebody else has the name by now.
        now.peers[1].name = "a".into();
        let mut large = policy("large: x > x tcp 1");
        large.description = "d".repeat(20_000);
        changes.extend(compare(&[large], &[], &named));
        let (_, lost) = Past::before(&now.inventory(), &changes.iter().collect::<Vec<_>>());
        let told: Vec<_> = lost.iter().map(|one| (one.item_id.as_str(), one.why)).collect();
        assert_eq!(
            told,
            [
                ("x", "a peer that came or left is not known by its name any more"),
                ("id-large", "what it was is too large to be kept")
            ]
        );
    }
}
