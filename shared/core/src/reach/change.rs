//! What somebody would change in a network, carried out on a copy of its lists.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::compile::{Inventory, groups};
use crate::change::{Change as Logged, Configuration, undo, undo_members};
use crate::network::{
    Group, GroupRef, Network, NetworkResource, NetworkRouter, OsVersionCheck, Peer, Policy, PostureCheck,
    PostureChecks, ResourceRef, Route,
};
use crate::resource::Resource;
use crate::validate::{FieldError, Problems};

/// A change of the configuration. What is there already is named by NetBird's id.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A policy is as this one; without an id it is a new one. Groups of its rules are named by their ids alone.
    PutPolicy(Policy),
    /// A policy is taken away.
    DeletePolicy {
        /// The policy.
        id: String,
    },
    /// A policy is switched on or off.
    SwitchPolicy {
        /// The policy.
        id: String,
        /// Whether it is on.
        enabled: bool,
    },
    /// Peers come to a group or leave it.
    GroupMembers {
        /// The group.
        id: String,
        /// Peers that come.
        add: Vec<String>,
        /// Peers that leave.
        remove: Vec<String>,
    },
    /// A posture check asks for something else.
    PutPosture {
        /// The check.
        id: String,
        /// The lowest version of the client.
        client_version: Option<String>,
        /// The lowest versions of operating systems.
        os_version: Option<OsVersionCheck>,
        /// What it asks for of places, addresses and processes stays; else it asks for nothing of that.
        keeps_others: bool,
    },
    /// A change that was made, and is in the log, is undone.
    Undo(Box<Logged>),
    /// A router of a network is switched on or off.
    SwitchRouter {
        /// The router.
        id: String,
        /// Whether it is on.
        enabled: bool,
    },
    /// A resource of a network is switched on or off.
    SwitchResource {
        /// The resource.
        id: String,
        /// Whether it is on.
        enabled: bool,
    },
}

/// The lists of an account as they would be. What is not changed is not copied.
#[derive(Debug)]
pub struct Changed<'a> {
    lists: Inventory<'a>,
    peers: Cow<'a, [Peer]>,
    groups: Option<Cow<'a, [Group]>>,
    policies: Option<Cow<'a, [Policy]>>,
    posture_checks: Option<Cow<'a, [PostureCheck]>>,
    networks: Option<Cow<'a, [Network]>>,
    routes: Option<Cow<'a, [Route]>>,
    resources: Option<Cow<'a, [NetworkResource]>>,
    routers: Option<Cow<'a, [NetworkRouter]>>,
}

/// Why nothing can be said of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoChange {
    /// What is to be changed could not be read.
    Unread(Resource),
    /// What is named is not there: pointers into the list of changes.
    NotThere(Vec<FieldError>),
}

impl<'a> Inventory<'a> {
    /// The lists as they would be after these changes, one after the other. Pointers of problems begin with `at`.
    pub fn changed(self, changes: &[Change], at: &str) -> Result<Changed<'a>, NoChange> {
        self.changed_but(changes, at, &BTreeSet::new())
    }

    /// The same, without some of the changes, by their places.
    pub fn changed_but(
        self,
        changes: &[Change],
        at: &str,
        left_out: &BTreeSet<usize>,
    ) -> Result<Changed<'a>, NoChange> {
        let known = Known::of(&self);
        let mut changed = Changed {
            peers: Cow::Borrowed(self.peers),
            groups: self.groups.map(Cow::Borrowed),
            posture_checks: self.posture_checks.map(Cow::Borrowed),
            networks: self.networks.map(Cow::Borrowed),
            routes: self.routes.map(Cow::Borrowed),
            policies: self.policies.map(Cow::Borrowed),
            resources: self.resources.map(Cow::Borrowed),
            routers: self.routers.map(Cow::Borrowed),
            lists: self,
        };
        let mut problems = Problems::default();
        for (nth, change) in changes.iter().enumerate().filter(|(nth, _)| !left_out.contains(nth)) {
            changed.carry_out(change, nth, &known, &format!("{at}/{nth}"), &mut problems)?;
        }
        problems.finish().map_err(NoChange::NotThere)?;
        Ok(changed)
    }
}

impl Changed<'_> {
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
            users: self.lists.users,
        }
    }

    /// Whether nothing is another thing than it was.
    pub(super) fn is_as_it_was(&self) -> bool {
        let (was, is) = (&self.lists, self.inventory());
        was.peers == is.peers
            && was.groups == is.groups
            && was.policies == is.policies
            && was.posture_checks == is.posture_checks
            && was.networks == is.networks
            && was.resources == is.resources
            && was.routers == is.routers
            && was.routes == is.routes
    }

    /// Undoes what was logged. Returns why it cannot be undone, if it cannot.
    fn undo(&mut self, logged: &Logged) -> Result<Option<&'static str>, NoChange> {
        let lost = match logged.resource {
            Configuration::Groups => {
                let mut lost = undo_members(self.peers.to_mut(), [logged]);
                lost.extend(undo(rows(&mut self.groups, Resource::Groups)?, [logged]));
                lost
            }
            Configuration::Policies => undo(rows(&mut self.policies, Resource::Policies)?, [logged]),
            Configuration::PostureChecks => undo(rows(&mut self.posture_checks, Resource::PostureChecks)?, [logged]),
            Configuration::Networks => undo(rows(&mut self.networks, Resource::Networks)?, [logged]),
            Configuration::NetworkResources => undo(rows(&mut self.resources, Resource::NetworkResources)?, [logged]),
            Configuration::NetworkRouters => undo(rows(&mut self.routers, Resource::NetworkRouters)?, [logged]),
            Configuration::Routes => undo(rows(&mut self.routes, Resource::Routes)?, [logged]),
            Configuration::Users
            | Configuration::NameserverGroups
            | Configuration::DnsSettings
            | Configuration::SetupKeys
            | Configuration::Settings => return Ok(Some("it says nothing of who can reach what")),
        };
        Ok(lost.first().map(|lost| lost.why))
    }

    fn carry_out(
        &mut self,
        change: &Change,
        nth: usize,
        known: &Known<'_>,
        at: &str,
        problems: &mut Problems,
    ) -> Result<(), NoChange> {
        let is_there = match change {
            Change::PutPolicy(policy) => {
                let at = format!("{at}/policy");
                let policy = known.completed(policy, &at, problems)?;
                let policies = rows(&mut self.policies, Resource::Policies)?;
                if policy.id.is_empty() {
                    policies.push(Policy { id: format!("new-{nth}"), ..policy });
                } else if let Some(one) = policies.iter_mut().find(|one| one.id == policy.id) {
                    *one = policy;
                } else {
                    problems.push(format!("{at}/id"), "is not the id of a policy of this account");
                }
                true
            }
            Change::DeletePolicy { id } => {
                let policies = rows(&mut self.policies, Resource::Policies)?;
                let before = policies.len();
                policies.retain(|policy| policy.id != *id);
                policies.len() < before
            }
            Change::SwitchPolicy { id, enabled } => {
                let policies = rows(&mut self.policies, Resource::Policies)?;
                set(policies.iter_mut().find(|policy| policy.id == *id).map(|policy| &mut policy.enabled), *enabled)
            }
            Change::SwitchRouter { id, enabled } => {
                let routers = rows(&mut self.routers, Resource::NetworkRouters)?;
                set(routers.iter_mut().find(|router| router.id == *id).map(|router| &mut router.enabled), *enabled)
            }
            Change::SwitchResource { id, enabled } => {
                let resources = rows(&mut self.resources, Resource::NetworkResources)?;
                set(resources.iter_mut().find(|one| one.id == *id).map(|one| &mut one.enabled), *enabled)
            }
            Change::PutPosture { id, client_version, os_version, keeps_others } => {
                let checks = rows(&mut self.posture_checks, Resource::PostureChecks)?;
                let check = checks.iter_mut().find(|check| check.id == *id).map(|check| &mut check.checks);
                check.map(|asked| *asked = asked_for(asked, client_version, os_version, *keeps_others)).is_some()
            }
            Change::Undo(logged) => {
                if let Some(why) = self.undo(logged)? {
                    problems.push(format!("{at}/id"), format!("cannot be undone: {why}"));
                }
                true
            }
            Change::GroupMembers { id, add, remove } => {
                self.move_peers(known.groups.get(id.as_str()).copied(), id, (add, remove), at, problems)
            }
        };
        if !is_there {
            problems.push(format!("{at}/id"), "is not the id of anything in this account that this change applies to");
        }
        Ok(())
    }

    /// Puts peers into a group and takes others out. `false` if there is no such group.
    fn move_peers(
        &mut self,
        name: Option<&str>,
        group: &str,
        (add, remove): (&[String], &[String]),
        at: &str,
        problems: &mut Problems,
    ) -> bool {
        let Some(name) = name else { return false };
        let peers = self.peers.to_mut();
        let places: BTreeMap<String, usize> =
            peers.iter().enumerate().map(|(place, peer)| (peer.id.clone(), place)).collect();
        for (what, ids, is_added) in [("add", add, true), ("remove", remove, false)] {
            for (nth, id) in ids.iter().enumerate() {
                let Some(place) = places.get(id) else {
                    problems.push(format!("{at}/{what}/{nth}"), "is not the id of a peer of this account");
                    continue;
                };
                let groups = &mut peers[*place].groups;
                let is_in = groups.iter().any(|one| one.id == group);
                if is_added && !is_in {
                    groups.push(GroupRef { id: group.to_owned(), name: name.to_owned() });
                } else if !is_added {
                    groups.retain(|one| one.id != group);
                }
            }
        }
        true
    }
}

/// What a posture check asks for once it is changed.
pub(super) fn asked_for(
    now: &PostureChecks,
    client_version: &Option<String>,
    os_version: &Option<OsVersionCheck>,
    keeps_others: bool,
) -> PostureChecks {
    let others = if keeps_others { now.clone() } else { PostureChecks::default() };
    PostureChecks { client_version: client_version.clone(), os_version: os_version.clone(), ..others }
}

fn rows<'r, T: Clone>(list: &'r mut Option<Cow<'_, [T]>>, of: Resource) -> Result<&'r mut Vec<T>, NoChange> {
    list.as_mut().map(Cow::to_mut).ok_or(NoChange::Unread(of))
}

fn set(field: Option<&mut bool>, to: bool) -> bool {
    field.map(|field| *field = to).is_some()
}

/// What policies may name.
struct Known<'a> {
    /// Names of groups by their ids.
    groups: BTreeMap<&'a str, &'a str>,
    peers: BTreeSet<&'a str>,
    resources: Option<BTreeSet<&'a str>>,
    /// `None` if they could not be read: whether peers pass is unknown then.
    checks: Option<BTreeSet<&'a str>>,
}

impl<'a> Known<'a> {
    fn of(lists: &Inventory<'a>) -> Self {
        Self {
            groups: groups(lists).into_iter().map(|(id, group)| (id, group.name)).collect(),
            peers: lists.peers.iter().map(|peer| peer.id.as_str()).collect(),
            resources: lists.resources.map(|rows| rows.iter().map(|one| one.id.as_str()).collect()),
            checks: lists.posture_checks.map(|rows| rows.iter().map(|one| one.id.as_str()).collect()),
        }
    }

    /// A policy with the names of its groups. What it names and is not there is a problem.
    fn completed(&self, policy: &Policy, at: &str, problems: &mut Problems) -> Result<Policy, NoChange> {
        let mut policy = policy.clone();
        for (nth, check) in policy.posture_checks.iter().enumerate() {
            let is_known = self.checks.as_ref().is_none_or(|checks| checks.contains(check.as_str()));
            problems.require(is_known, &format!("{at}/postureChecks/{nth}"), "is not a posture check of this account");
        }
        for (nth, rule) in policy.rules.iter_mut().enumerate() {
            let at = format!("{at}/rules/{nth}");
            for (side, groups) in [("sources", &mut rule.sources), ("destinations", &mut rule.destinations)] {
                for (place, group) in groups.iter_mut().enumerate() {
                    match self.groups.get(group.id.as_str()) {
                        Some(name) => (*name).clone_into(&mut group.name),
                        None => problems.push(format!("{at}/{side}/{place}"), "is not a group of this account"),
                    }
                }
            }
            let named =
                [("sourceResource", &rule.source_resource), ("destinationResource", &rule.destination_resource)];
            for (side, one) in named {
                let is_there = one.as_ref().map_or(Ok(true), |one| self.has(one))?;
                problems.require(is_there, &format!("{at}/{side}/id"), "is not a peer or resource of this account");
            }
        }
        Ok(policy)
    }

    fn has(&self, one: &ResourceRef) -> Result<bool, NoChange> {
        if one.kind == "peer" {
            return Ok(self.peers.contains(one.id.as_str()));
        }
        let resources = self.resources.as_ref().ok_or(NoChange::Unread(Resource::NetworkResources))?;
        Ok(resources.contains(one.id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::tests::{Lists, office, policy};

    fn changed(lists: &Lists, changes: &[Change]) -> Result<Vec<String>, Vec<String>> {
        let changed = lists.inventory().changed(changes, "/changes");
        match changed {
            Ok(changed) => Ok(changed.inventory().policies.unwrap().iter().map(|one| one.id.clone()).collect()),
            Err(NoChange::NotThere(problems)) => Err(problems.into_iter().map(|one| one.pointer).collect()),
            Err(NoChange::Unread(list)) => Err(vec![list.words()]),
        }
    }

    #[test]
    fn changes_follow_one_another_and_new_policies_have_ids_by_their_place() {
        let lists = office(vec![policy("web: laptops > servers tcp 443"), policy("ssh: laptops > servers tcp 22")]);
        let fresh = Policy { id: String::new(), ..policy("db: laptops > databases tcp 5432") };
        let again = Policy { id: "id-ssh".into(), ..policy("SSH: servers > laptops tcp 22") };
        let changes = [
            Change::PutPolicy(fresh),
            Change::PutPolicy(again),
            Change::DeletePolicy { id: "id-web".into() },
            Change::SwitchPolicy { id: "new-0".into(), enabled: false },
        ];
        assert_eq!(changed(&lists, &changes), Ok(vec!["id-ssh".into(), "new-0".into()]));
        assert_eq!(changed(&lists, &[]), Ok(vec!["id-web".into(), "id-ssh".into()]), "the lists are as they were");
        let twice = [Change::DeletePolicy { id: "id-web".into() }, Change::DeletePolicy { id: "id-web".into() }];
        assert_eq!(changed(&lists, &twice), Err(vec!["/changes/1/id".into()]));
    }

    #[test]
    fn what_is_not_there_is_named_and_what_was_not_read_cannot_be_changed() {
        let mut lists = office(vec![policy("web: laptops > servers tcp 443")]);
        let mut wrong = policy("odd: laptops,nobody > peer:gone tcp 1");
        wrong.posture_checks = vec!["gone".into()];
        let named = |text: &str| text.to_owned();
        let changes = [
            Change::PutPolicy(wrong),
            Change::SwitchRouter { id: named("gone"), enabled: false },
            Change::SwitchResource { id: named("gone"), enabled: false },
            Change::GroupMembers { id: named("gone"), add: vec![], remove: vec![] },
            Change::GroupMembers { id: named("laptops"), add: vec![named("gone")], remove: vec![named("laptop-1")] },
        ];
        let pointers = [
            "0/policy/postureChecks/0",
            "0/policy/rules/0/sources/1",
            "0/policy/rules/0/destinationResource/id",
            "0/policy/id",
            "1/id",
            "2/id",
            "3/id",
            "4/add/0",
        ];
        assert_eq!(changed(&lists, &changes), Err(pointers.map(|one| format!("/changes/{one}")).to_vec()));
        lists.policies.clear();
        let unread = Inventory { policies: None, routers: None, ..lists.inventory() };
        let refused = |change| unread.changed(&[change], "").map(|_| ());
        assert_eq!(refused(Change::DeletePolicy { id: named("x") }), Err(NoChange::Unread(Resource::Policies)));
        let router = Change::SwitchRouter { id: named("r"), enabled: false };
        assert_eq!(refused(router), Err(NoChange::Unread(Resource::NetworkRouters)));
    }

    #[test]
    fn a_posture_check_asks_for_something_else_and_a_logged_change_is_undone() {
        let mut guarded = policy("web: laptops > servers tcp 443");
        guarded.posture_checks = vec!["c".into()];
        let mut lists = office(vec![guarded]);
        let checks = PostureChecks { client_version: Some("0.70.0".into()), ..PostureChecks::default() };
        lists.checks = vec![PostureCheck { id: "c".into(), name: "client".into(), description: String::new(), checks }];
        let older = |id: &str| Change::PutPosture {
            id: id.into(),
            client_version: Some("0.1.0".into()),
            os_version: None,
            keeps_others: true,
        };
        let inventory = lists.inventory();
        let changed = inventory.changed(&[older("c")], "").unwrap();
        let asked = changed.inventory().posture_checks.unwrap()[0].checks.client_version.clone();
        assert_eq!(asked.as_deref(), Some("0.1.0"));
        assert!(!inventory.is_so_already(&older("c")));
        assert!(changed.inventory().is_so_already(&older("c")));
        assert!(inventory.changed(&[older("gone")], "").is_err());
        let mut before = lists.clone();
        before.policies[0].rules[0].ports = vec!["80".into()];
        let logged = crate::change::compare(&before.policies, &lists.policies, &|_| None).remove(0);
        let undone = Change::Undo(Box::new(logged.clone()));
        let changed = inventory.changed(std::slice::from_ref(&undone), "").unwrap();
        assert_eq!(changed.inventory().policies, Some(before.policies.as_slice()));
        assert!(!inventory.is_so_already(&undone) && changed.inventory().is_so_already(&undone));
        let cut = Change::Undo(Box::new(Logged { before: None, ..logged }));
        let Err(NoChange::NotThere(problems)) = inventory.changed(&[cut], "/changes") else { panic!("it is cut") };
        assert_eq!(problems[0].pointer, "/changes/0/id");
    }
}
