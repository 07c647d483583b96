//! What users of the fake's network do to its groups.

use jiff::Timestamp;

use super::inventory::{Destination, Group, Initiator};
use super::network::Network;

impl Network {
    /// The place of a group in the list of all that ever were. It is gone when this finds it no more.
    pub fn group(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name == name && !group.gone)
    }

    /// A user creates a group. Returns its id.
    pub fn add_group(&mut self, name: &str, now: Timestamp) -> String {
        let id = self.dice.id();
        self.groups.push(Group { id: id.clone(), name: name.to_owned(), resources: Vec::new(), gone: false });
        self.log_group("Group created", "group.add", self.groups.len() - 1, now);
        id
    }

    /// A user gives a group another name. Returns whether there is such a group.
    pub fn rename_group(&mut self, name: &str, new: &str, now: Timestamp) -> bool {
        let Some(index) = self.group(name) else { return false };
        new.clone_into(&mut self.groups[index].name);
        self.log_group("Group updated", "group.update", index, now);
        true
    }

    /// A user deletes a group. NetBird refuses that while a policy or a setup key uses it.
    pub fn remove_group(&mut self, name: &str, now: Timestamp) -> bool {
        let Some(index) = self.group(name) else { return false };
        let in_policy = self.policies.iter().any(|policy| {
            policy.source == index || matches!(policy.destination, Destination::Group(group) if group == index)
        });
        if in_policy || self.setup_keys.iter().any(|key| key.group == index) {
            return false;
        }
        self.log_group("Group deleted", "group.delete", index, now);
        self.groups[index].gone = true;
        for peer in &mut self.peers {
            peer.groups.retain(|&group| group != index);
        }
        true
    }

    /// A user puts peers into a group. Returns whether there is such a group.
    pub fn put_into(&mut self, group: &str, names: &[impl AsRef<str>]) -> bool {
        let Some(index) = self.group(group) else { return false };
        let meant = |name: &str| names.iter().any(|one| one.as_ref() == name);
        for peer in self.peers.iter_mut().filter(|peer| meant(&peer.name) && !peer.groups.contains(&index)) {
            peer.groups.push(index);
        }
        true
    }

    fn log_group(&mut self, activity: &str, code: &str, index: usize, now: Timestamp) {
        let Group { id, name, .. } = &self.groups[index];
        let (id, meta) = (id.clone(), [("name".to_owned(), name.clone())].into());
        self.log(Initiator::User(0), activity, code, &id, meta, now);
    }
}
