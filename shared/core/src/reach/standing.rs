//! How changes stand to a network: what of it they touch, and whether it is so already.

use serde_json::json;

use super::change::{Change, asked_for};
use super::compile::{Inventory, groups};
use crate::change::Configuration;
use crate::network::{Policy, PolicyRule, PostureCheck};
use crate::resource::Resource;

/// A thing that changes are made on, or name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touched {
    /// The list it is in.
    pub list: Resource,
    /// NetBird's id.
    pub id: String,
    /// Its name; its id where it has none.
    pub name: String,
    /// What of it the changes are made on, as JSON; `None` of what they only name.
    pub content: Option<String>,
}

impl Inventory<'_> {
    /// What changes touch of this network: each thing once, in the order of the lists. What is not there is left out.
    pub fn touched(&self, changes: &[Change]) -> Vec<Touched> {
        let mut found = Vec::new();
        for change in changes {
            match change {
                Change::PutPolicy(policy) => {
                    if !policy.id.is_empty() {
                        found.extend(self.policy_touched(&policy.id));
                    }
                    self.named_by(policy, &mut found);
                }
                Change::DeletePolicy { id } | Change::SwitchPolicy { id, .. } => found.extend(self.policy_touched(id)),
                Change::GroupMembers { id, .. } => found.extend(self.group_touched(id, true)),
                Change::SwitchRouter { id, .. } => found.extend(self.router_touched(id)),
                Change::PutPosture { id, .. } => found.extend(self.check_touched(id)),
                Change::Undo(logged) => found.extend(match logged.resource {
                    Configuration::Policies => self.policy_touched(&logged.item_id),
                    Configuration::Groups => self.group_touched(&logged.item_id, true),
                    Configuration::NetworkRouters => self.router_touched(&logged.item_id),
                    Configuration::NetworkResources => self.resource_touched(&logged.item_id, true),
                    Configuration::PostureChecks => self.check_touched(&logged.item_id),
                    _ => None,
                }),
                Change::SwitchResource { id, .. } => {
                    found.extend(self.resource_touched(id, true));
                }
            }
        }
        // What is changed comes before the same as it is only named.
        found.sort_by(|a, b| (a.list, &a.id, a.content.is_none()).cmp(&(b.list, &b.id, b.content.is_none())));
        found.dedup_by(|later, first| (later.list, &later.id) == (first.list, &first.id));
        found
    }

    /// Whether a change alone would change nothing. What it names may be gone: that a policy is taken away is so then.
    pub fn is_so_already(&self, change: &Change) -> bool {
        match change {
            Change::PutPolicy(policy) => self.policies.is_some_and(|policies| {
                let wanted = plain(policy);
                let is_it = |one: &Policy| (policy.id.is_empty() || one.id == policy.id) && plain(one) == wanted;
                policies.iter().any(is_it)
            }),
            Change::DeletePolicy { id } => {
                self.policies.is_some_and(|policies| policies.iter().all(|policy| policy.id != *id))
            }
            Change::SwitchPolicy { id, enabled } => {
                self.policies.unwrap_or_default().iter().any(|one| one.id == *id && one.enabled == *enabled)
            }
            Change::PutPosture { id, client_version, os_version, keeps_others } => {
                let is_so = |check: &PostureCheck| {
                    asked_for(&check.checks, client_version, os_version, *keeps_others) == check.checks
                };
                self.posture_checks.unwrap_or_default().iter().any(|check| check.id == *id && is_so(check))
            }
            Change::Undo(_) => {
                self.changed(std::slice::from_ref(change), "").is_ok_and(|changed| changed.is_as_it_was())
            }
            Change::SwitchRouter { id, enabled } => {
                self.routers.unwrap_or_default().iter().any(|one| one.id == *id && one.enabled == *enabled)
            }
            Change::SwitchResource { id, enabled } => {
                self.resources.unwrap_or_default().iter().any(|one| one.id == *id && one.enabled == *enabled)
            }
            Change::GroupMembers { id, add, remove } => {
                let is_in = |peer: &String| {
                    let peer = self.peers.iter().find(|one| one.id == *peer);
                    peer.is_some_and(|peer| peer.groups.iter().any(|group| group.id == *id))
                };
                groups(self).contains_key(id.as_str()) && add.iter().all(is_in) && !remove.iter().any(is_in)
            }
        }
    }

    fn policy_touched(&self, id: &str) -> Option<Touched> {
        let policy = self.policies?.iter().find(|policy| policy.id == id)?;
        let content = serde_json::to_string(&plain(policy)).ok();
        Some(Touched { list: Resource::Policies, id: policy.id.clone(), name: policy.name.clone(), content })
    }

    fn router_touched(&self, id: &str) -> Option<Touched> {
        let router = self.routers?.iter().find(|router| router.id == id)?;
        let (content, id) = (serde_json::to_string(router).ok(), id.to_owned());
        Some(Touched { list: Resource::NetworkRouters, name: id.clone(), id, content })
    }

    fn check_touched(&self, id: &str) -> Option<Touched> {
        let check = self.posture_checks?.iter().find(|check| check.id == id)?;
        let content = serde_json::to_string(&check.checks).ok();
        Some(Touched { list: Resource::PostureChecks, id: id.to_owned(), name: check.name.clone(), content })
    }

    fn resource_touched(&self, id: &str, is_changed: bool) -> Option<Touched> {
        let one = self.resources?.iter().find(|one| one.id == id)?;
        let content = is_changed.then(|| serde_json::to_string(one).ok()).flatten();
        Some(Touched { list: Resource::NetworkResources, id: one.id.clone(), name: one.name.clone(), content })
    }

    fn group_touched(&self, id: &str, is_changed: bool) -> Option<Touched> {
        let all = groups(self);
        let name = all.get(id)?.name;
        let content = is_changed.then(|| {
            let is_in = |peer: &&crate::network::Peer| peer.groups.iter().any(|group| group.id == id);
            let mut members: Vec<&str> = self.peers.iter().filter(is_in).map(|peer| peer.id.as_str()).collect();
            members.sort_unstable();
            json!([name, members]).to_string()
        });
        Some(Touched { list: Resource::Groups, id: id.to_owned(), name: name.to_owned(), content })
    }

    /// What a policy names.
    fn named_by(&self, policy: &Policy, found: &mut Vec<Touched>) {
        let all = groups(self);
        let named =
            |list, id: &str, name: &str| Touched { list, id: id.to_owned(), name: name.to_owned(), content: None };
        for check in &policy.posture_checks {
            let check = self.posture_checks.unwrap_or_default().iter().find(|one| one.id == *check);
            found.extend(check.map(|one| named(Resource::PostureChecks, &one.id, &one.name)));
        }
        for rule in &policy.rules {
            for group in rule.sources.iter().chain(&rule.destinations) {
                found.extend(all.get(group.id.as_str()).map(|one| named(Resource::Groups, &group.id, one.name)));
            }
            for one in [&rule.source_resource, &rule.destination_resource].into_iter().flatten() {
                if one.kind == "peer" {
                    let peer = self.peers.iter().find(|peer| peer.id == one.id);
                    found.extend(peer.map(|peer| named(Resource::Peers, &peer.id, &peer.name)));
                } else {
                    found.extend(self.resource_touched(&one.id, false));
                }
            }
        }
    }
}

/// What of a policy decides: without its id, what is written about it, and what groups are called.
fn plain(policy: &Policy) -> Policy {
    let rule = |rule: &PolicyRule| {
        let mut rule = PolicyRule { description: String::new(), ..rule.clone() };
        for groups in [&mut rule.sources, &mut rule.destinations] {
            groups.iter_mut().for_each(|group| group.name.clear());
            groups.sort();
        }
        rule.ports.sort();
        rule
    };
    let mut posture_checks = policy.posture_checks.clone();
    posture_checks.sort();
    Policy {
        id: String::new(),
        name: policy.name.clone(),
        description: String::new(),
        enabled: policy.enabled,
        posture_checks,
        rules: policy.rules.iter().map(rule).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::tests::{office, policy};

    #[test]
    fn what_is_touched_is_told_once_and_by_what_decides() {
        let lists = office(vec![policy("web: laptops > servers tcp 443"), policy("ssh: laptops > servers tcp 22")]);
        let wider = Policy { id: "id-web".into(), ..policy("web: laptops > servers tcp 443") };
        let id = |id: &str| id.to_owned();
        let changes = [
            Change::PutPolicy(wider),
            Change::DeletePolicy { id: id("id-ssh") },
            Change::SwitchPolicy { id: id("gone"), enabled: true },
            Change::GroupMembers { id: id("servers"), add: vec![], remove: vec![] },
        ];
        let told: Vec<String> = lists
            .inventory()
            .touched(&changes)
            .into_iter()
            .map(|one| format!("{} {}{}", one.list.name(), one.id, if one.content.is_some() { "*" } else { "" }))
            .collect();
        assert_eq!(told, ["groups laptops", "groups servers*", "policies id-ssh*", "policies id-web*"]);
        let mut described =
            office(vec![policy("web: laptops > servers tcp 443"), policy("ssh: laptops > servers tcp 22")]);
        described.policies[0].description = "for the intranet".into();
        assert_eq!(lists.inventory().touched(&changes), described.inventory().touched(&changes));
        described.policies[0].enabled = false;
        assert_ne!(lists.inventory().touched(&changes), described.inventory().touched(&changes));
    }

    #[test]
    fn what_is_so_already_is_known() {
        let lists = office(vec![policy("web: laptops > servers tcp 443")]);
        let fresh = |text: &str| Change::PutPolicy(Policy { id: String::new(), ..policy(text) });
        let id = |id: &str| id.to_owned();
        let members = |add: &[&str], remove: &[&str]| {
            let ids = |ids: &[&str]| ids.iter().map(|one| id(one)).collect();
            Change::GroupMembers { id: id("laptops"), add: ids(add), remove: ids(remove) }
        };
        for (change, is_so) in [
            (fresh("web: laptops > servers tcp 443"), true),
            (fresh("web: laptops > servers tcp 80"), false),
            (Change::DeletePolicy { id: id("gone") }, true),
            (Change::DeletePolicy { id: id("id-web") }, false),
            (Change::SwitchPolicy { id: id("id-web"), enabled: true }, true),
            (Change::SwitchPolicy { id: id("id-web"), enabled: false }, false),
            (Change::SwitchPolicy { id: id("gone"), enabled: false }, false),
            (members(&["laptop-1"], &["gone"]), true),
            (members(&["gone"], &[]), false),
            (members(&[], &["laptop-1"]), false),
        ] {
            assert_eq!(lists.inventory().is_so_already(&change), is_so, "{change:?}");
        }
    }
}
