//! The fake's network: what is in it, and what can happen to it.
//!
//! A pure model: time comes in with every call, and nothing is random but by the seed.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::generate;
use super::inventory::{Event, Furnishing, Group, Initiator, Peer, Policy, SetupKey, User, meta_of, whole_second};

/// The activity log keeps this many, as NetBird answers at most this many.
const MOST_EVENTS: usize = 10_000;
/// How long a management server takes to notice that a peer's link was cut.
const LINK_LOSS_NOTICED: SignedDuration = SignedDuration::from_secs(150);

/// A network, from the account down to its activity log.
#[derive(Debug, Clone)]
pub struct Network {
    pub(super) dice: Dice,
    pub(super) account_id: String,
    pub(super) created_at: Timestamp,
    /// Peers, in the order of the list.
    pub(super) peers: Vec<Peer>,
    /// Groups; the first is `All`.
    pub(super) groups: Vec<Group>,
    /// Users; the first is the owner.
    pub(super) users: Vec<User>,
    pub(super) policies: Vec<Policy>,
    pub(super) setup_keys: Vec<SetupKey>,
    pub(super) furnishing: Furnishing,
    pub(super) logins_expire: bool,
    /// Newest last.
    pub(super) events: Vec<Event>,
    pub(super) last_event: u64,
    /// Peers that ever registered: each gets an address of its own.
    pub(super) registered: usize,
    /// What will happen by itself, soonest first.
    due: BTreeMap<(Timestamp, usize), Due>,
    planned: usize,
}

#[derive(Debug, Clone)]
struct Due {
    peer: String,
    connected: bool,
}

impl Network {
    /// A network of so many peers, the same for the same seed and time.
    pub fn generate(peers: usize, seed: u64, now: Timestamp) -> Self {
        generate::network(peers, seed, now)
    }

    pub(super) fn empty(dice: Dice, account_id: String, furnishing: Furnishing, created_at: Timestamp) -> Self {
        Self {
            dice,
            account_id,
            created_at,
            peers: Vec::new(),
            groups: Vec::new(),
            users: Vec::new(),
            policies: Vec::new(),
            setup_keys: Vec::new(),
            furnishing,
            logins_expire: true,
            events: Vec::new(),
            last_event: 0,
            registered: 0,
            due: BTreeMap::new(),
            planned: 0,
        }
    }

    /// All peers.
    pub fn peers(&self) -> &[Peer] {
        &self.peers
    }

    /// The peer of this name.
    pub fn peer(&self, name: &str) -> Option<&Peer> {
        self.peers.iter().find(|peer| peer.name == name)
    }

    /// Names of the peers of a group.
    pub fn members(&self, group: &str) -> Vec<String> {
        let Some(group) = self.group(group) else { return Vec::new() };
        self.peers.iter().filter(|peer| peer.groups.contains(&group)).map(|peer| peer.name.clone()).collect()
    }

    /// Lets happen what is due. Returns whether anything did.
    pub fn advance(&mut self, now: Timestamp) -> bool {
        let later = self.due.split_off(&(now, usize::MAX));
        let due = std::mem::replace(&mut self.due, later);
        if due.is_empty() {
            return false;
        }
        let mut peers: HashMap<&str, &mut (bool, Timestamp)> = HashMap::new();
        let mut links: Vec<(bool, Timestamp)> =
            self.peers.iter().map(|peer| (peer.connected, peer.last_seen)).collect();
        for (peer, link) in self.peers.iter().zip(&mut links) {
            peers.insert(&peer.id, link);
        }
        for ((at, _), Due { peer, connected }) in &due {
            if let Some(link) = peers.get_mut(peer.as_str()) {
                **link = (*connected, whole_second(*at));
            }
        }
        for (peer, link) in self.peers.iter_mut().zip(links) {
            (peer.connected, peer.last_seen) = link;
        }
        true
    }

    /// The peers' machines connect.
    pub fn connect(&mut self, names: &[impl AsRef<str>], now: Timestamp) {
        self.change(names, |peer| {
            peer.alive = true;
            peer.connected = true;
            peer.last_seen = whole_second(now);
        });
    }

    /// The peers' clients say goodbye. Of a ghost the server hears nothing.
    pub fn disconnect(&mut self, names: &[impl AsRef<str>], now: Timestamp) {
        self.change(names, |peer| {
            if std::mem::take(&mut peer.alive) {
                peer.connected = false;
                peer.last_seen = whole_second(now);
            }
        });
    }

    /// The peers' links are cut: the server notices 150 s later.
    pub fn cut_link(&mut self, names: &[impl AsRef<str>], now: Timestamp) {
        let mut cut = Vec::new();
        self.change(names, |peer| {
            if std::mem::take(&mut peer.alive) {
                cut.push(peer.id.clone());
            }
        });
        for peer in cut {
            self.plan(now + LINK_LOSS_NOTICED, peer, false);
        }
    }

    /// Changes peers by name, and forgets what was planned for them.
    fn change(&mut self, names: &[impl AsRef<str>], mut how: impl FnMut(&mut Peer)) {
        let names: HashSet<&str> = names.iter().map(AsRef::as_ref).collect();
        let mut changed = HashSet::new();
        for peer in self.peers.iter_mut().filter(|peer| names.contains(peer.name.as_str())) {
            how(peer);
            changed.insert(peer.id.as_str());
        }
        self.due.retain(|_, due| !changed.contains(due.peer.as_str()));
    }

    /// The management server restarts. Who is alive comes back within `spread` seconds; who is `away` by then stays
    /// connected in the server's books.
    pub fn restart(&mut self, away: &[impl AsRef<str>], spread: i64, now: Timestamp) {
        self.change(away, |peer| peer.alive = false);
        self.due.clear();
        let back: Vec<String> =
            self.peers.iter().filter(|peer| peer.alive && peer.connected).map(|peer| peer.id.clone()).collect();
        for peer in back {
            let delay = self.dice.within(0..spread.max(0) + 1);
            self.plan(now + SignedDuration::from_secs(delay), peer, true);
        }
        self.advance(now);
    }

    fn plan(&mut self, at: Timestamp, peer: String, connected: bool) {
        self.planned += 1;
        self.due.insert((at, self.planned), Due { peer, connected });
    }

    /// A peer registers with the setup key of a group and connects. A name that is taken, or a group that is not
    /// there, changes nothing.
    pub fn add_peer(&mut self, name: &str, group: &str, now: Timestamp) -> bool {
        let (Some(group), None) = (self.group(group), self.peer(name)) else { return false };
        let peer = generate::registered(self, name, group, now);
        let meta = meta_of(&peer);
        let id = peer.id.clone();
        self.peers.push(peer);
        let key = self.setup_keys.iter().position(|key| key.group == group).unwrap_or(0);
        if let Some(key) = self.setup_keys.get_mut(key) {
            key.used_times += 1;
            key.last_used = Some(now);
        }
        self.log(Initiator::SetupKey(key), "Peer added", "peer.setupkey.add", &id, meta, now);
        true
    }

    /// A user deletes a peer, which the activity log tells.
    pub fn remove_peer(&mut self, name: &str, user: usize, now: Timestamp) {
        if let Some(index) = self.peers.iter().position(|peer| peer.name == name) {
            let peer = self.peers.remove(index);
            self.log(Initiator::User(user), "Peer deleted", "user.peer.delete", &peer.id, meta_of(&peer), now);
        }
    }

    /// Puts a peer into a group, or takes it out.
    pub fn toggle_group(&mut self, name: &str, group: usize, user: usize, now: Timestamp) {
        let Some(peer) = self.peers.iter_mut().find(|peer| peer.name == name) else { return };
        let joins = !peer.groups.contains(&group);
        if joins {
            peer.groups.push(group);
        } else {
            peer.groups.retain(|&one| one != group);
        }
        let (id, mut meta) = (peer.id.clone(), meta_of(peer));
        meta.insert("group".to_owned(), self.groups[group].name.clone());
        meta.insert("group_id".to_owned(), self.groups[group].id.clone());
        meta.insert("peer_ip".to_owned(), meta.get("ip").cloned().unwrap_or_default());
        if joins {
            self.log(Initiator::User(user), "Group added to peer", "peer.group.add", &id, meta, now);
        } else {
            self.log(Initiator::User(user), "Group removed from peer", "peer.group.delete", &id, meta, now);
        }
    }

    /// Somebody logs in on a peer.
    pub(super) fn log_in(&mut self, name: &str, now: Timestamp) {
        self.sign_in(&[name], now);
    }

    /// Logins expire from now on, or no more.
    pub fn set_logins_expire(&mut self, expire: bool) {
        self.logins_expire = expire;
    }

    /// Users sign in on peers.
    pub fn sign_in(&mut self, names: &[impl AsRef<str>], now: Timestamp) {
        self.change(names, |peer| {
            peer.last_login = now;
            peer.login_expired = false;
        });
    }

    /// Peers wait for approval from now on, or no more.
    pub fn set_waiting(&mut self, names: &[impl AsRef<str>], is_waiting: bool) {
        self.change(names, |peer| peer.approval_required = is_waiting);
    }

    /// Peers' logins expire.
    pub fn expire_logins(&mut self, names: &[impl AsRef<str>]) {
        self.change(names, |peer| peer.login_expired = true);
    }

    /// Peers run another client.
    pub fn set_version(&mut self, names: &[impl AsRef<str>], version: &'static str) {
        self.change(names, |peer| peer.version = version);
    }

    /// A user opens NetBird's dashboard.
    pub(super) fn open_dashboard(&mut self, user: usize, now: Timestamp) {
        let Some(one) = self.users.get_mut(user) else { return };
        one.last_login = Some(now);
        let id = one.id.clone();
        self.log(Initiator::User(user), "Dashboard login", "dashboard.login", &id, BTreeMap::new(), now);
    }

    /// A user switches a policy on or off.
    pub fn toggle_policy(&mut self, name: &str, user: usize, now: Timestamp) {
        let Some(policy) = self.policies.iter_mut().find(|policy| policy.name == name) else { return };
        policy.enabled = !policy.enabled;
        let (id, meta) = (policy.id.clone(), [("name".to_owned(), name.to_owned())].into());
        self.log(Initiator::User(user), "Policy updated", "policy.update", &id, meta, now);
    }

    /// A user deletes a policy.
    pub fn delete_policy(&mut self, name: &str, user: usize, now: Timestamp) {
        let Some(index) = self.policies.iter().position(|policy| policy.name == name) else { return };
        let policy = self.policies.remove(index);
        let meta = [("name".to_owned(), name.to_owned())].into();
        self.log(Initiator::User(user), "Policy deleted", "policy.delete", &policy.id, meta, now);
    }

    /// The newest entries of the activity log get lost.
    pub fn forget_events(&mut self, newest: usize) {
        self.events.truncate(self.events.len().saturating_sub(newest));
    }

    /// The names of the policies.
    pub fn policies(&self) -> impl Iterator<Item = &'static str> {
        self.policies.iter().map(|policy| policy.name)
    }

    /// Writes into the activity log.
    pub fn log(
        &mut self,
        initiator: Initiator,
        activity: &str,
        code: &str,
        target: &str,
        meta: BTreeMap<String, String>,
        now: Timestamp,
    ) {
        let (id, name, email) = match initiator {
            Initiator::User(index) => self
                .users
                .get(index)
                .map(|user| (user.id.clone(), user.name.clone(), user.email.clone()))
                .unwrap_or_default(),
            Initiator::SetupKey(index) => {
                let id = self.setup_keys.get(index).map(|key| key.id.clone()).unwrap_or_default();
                (id, String::new(), String::new())
            }
        };
        self.last_event += 1;
        if self.events.len() >= 2 * MOST_EVENTS {
            self.events.drain(..MOST_EVENTS);
        }
        self.events.push(Event {
            activity: activity.to_owned(),
            activity_code: code.to_owned(),
            id: self.last_event.to_string(),
            initiator_email: email,
            initiator_id: id,
            initiator_name: name,
            meta,
            target_id: target.to_owned(),
            timestamp: now,
        });
    }

    /// The newest entries of the activity log, newest first.
    pub(super) fn newest_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().rev().take(MOST_EVENTS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn state(network: &Network, name: &str) -> (bool, i64) {
        let peer = network.peer(name).unwrap();
        (peer.connected, peer.last_seen.as_second() - 1_800_000_000)
    }

    #[test]
    fn last_seen_is_the_start_of_the_session_and_then_its_end() {
        let mut network = Network::generate(10, 1, second(0));
        let name = network.peers()[0].name.clone();
        network.connect(&[&name], second(5));
        assert_eq!(state(&network, &name), (true, 5));
        network.disconnect(&[&name], second(9));
        assert_eq!(state(&network, &name), (false, 9));
    }

    #[test]
    fn a_cut_link_shows_after_150_seconds_with_that_time() {
        let mut network = Network::generate(10, 1, second(0));
        let name = network.peers()[0].name.clone();
        network.connect(&[&name], second(5));
        network.cut_link(&[&name], second(10));
        network.advance(second(159));
        assert_eq!(state(&network, &name), (true, 5));
        assert!(network.advance(second(170)));
        assert_eq!(state(&network, &name), (false, 160));
    }

    #[test]
    fn a_restart_moves_the_living_and_leaves_a_ghost() {
        let mut network = Network::generate(10, 1, second(0));
        let names: Vec<String> = network.peers().iter().map(|peer| peer.name.clone()).collect();
        network.connect(&names, second(1));
        network.restart(&names[..1], 5, second(100));
        network.advance(second(106));
        assert_eq!(state(&network, &names[0]), (true, 1));
        assert!(names[1..].iter().all(|name| (100..=105).contains(&state(&network, name).1)));
        network.disconnect(&names[..1], second(110));
        assert_eq!(state(&network, &names[0]), (true, 1), "nobody tells the server");
        network.connect(&names[..1], second(120));
        assert_eq!(state(&network, &names[0]), (true, 120));
    }
}
