//! Which peers know of each other: those that a rule lets reach one another, or forbids it to; and whoever uses a router.

use super::compile::{Model, Rule};
use super::set::Set;

impl Model<'_> {
    /// Whether two peers are connected: for sure, and perhaps. `None` if one of them is not there.
    pub fn connects(&self, one: &str, other: &str) -> Option<(bool, bool)> {
        let (one, other) = (*self.places.get(one)?, *self.places.get(other)?);
        let (sure, may) = self.connected_to(one);
        Some((sure.contains(other), may.contains(other)))
    }

    /// The peers that one is connected to: for sure, and perhaps.
    pub(super) fn connected_to(&self, peer: usize) -> (Set, Set) {
        let mut sure = self.connected_by(peer, |rule| &rule.sure);
        let mut may = if self.lists.policies.is_some() {
            self.connected_by(peer, |rule| &rule.may)
        } else {
            Set::all(self.size())
        };
        if self.pending.contains(peer) {
            sure = Set::none(self.size());
        }
        sure.remove(&self.pending);
        let itself = Set::one(peer, self.size());
        sure.remove(&itself);
        may.remove(&itself);
        (sure, may)
    }

    fn connected_by(&self, peer: usize, sources: impl for<'r> Fn(&'r Rule<'_>) -> &'r Set) -> Set {
        let mut connected = Set::none(self.size());
        for rule in self.rules.iter().filter(|rule| rule.is_on()) {
            let from = sources(rule);
            if rule.to.contains(peer) {
                connected.add(from);
            }
            if from.contains(peer) {
                connected.add(&rule.to);
            }
        }
        for (nth, network) in self.networks.iter().enumerate() {
            let mut users = Set::none(self.size());
            let rules = self.rules.iter().filter(|rule| rule.is_on() && rule.networks.contains(&nth));
            rules.for_each(|rule| users.add(sources(rule)));
            let (live, uses) = (&network.live, users.contains(peer));
            if live.contains(peer) {
                connected.add(&users.without(live));
                // A router does not go through another one. But each is told of those who go through it, and two who are told
                // of each other are connected.
                if uses {
                    connected.add(&users.and(live));
                }
            } else if uses {
                connected.add(live);
            }
        }
        connected
    }
}
