//! The fake's network: what is in it, and what can happen to it.
//!
//! A pure model: time comes in with every call, and nothing is random but by the seed.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::dice::Dice;
use super::generate;

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
    /// Newest last.
    pub(super) events: Vec<Event>,
    pub(super) last_event: u64,
    /// Peers that ever registered: each gets an address of its own.
    pub(super) registered: usize,
    /// What will happen by itself, soonest first.
    due: BTreeMap<(Timestamp, usize), Due>,
    planned: usize,
}

/// A peer, and what is true of it.
#[derive(Debug, Clone)]
pub struct Peer {
    /// NetBird's id.
    pub id: String,
    /// Name and hostname.
    pub name: String,
    /// Whether the machine really runs and reaches the server.
    pub alive: bool,
    /// What the server says: a ghost is connected though not alive.
    pub connected: bool,
    /// Start of the session, or its end. Whole seconds.
    pub last_seen: Timestamp,
    /// Indexes of its groups.
    pub(super) groups: Vec<usize>,
    pub(super) number: usize,
    pub(super) created_at: Timestamp,
    pub(super) last_login: Timestamp,
    pub(super) os: &'static str,
    pub(super) kernel: &'static str,
    pub(super) version: &'static str,
    pub(super) ui_version: &'static str,
    pub(super) place: Place,
    pub(super) connection_ip: String,
    pub(super) user_id: String,
    pub(super) ephemeral: bool,
    pub(super) ssh_enabled: bool,
    pub(super) disable_dns: bool,
    pub(super) disable_firewall: bool,
    pub(super) login_expired: bool,
}

/// Where a peer connects from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) country_code: &'static str,
    pub(super) city_name: &'static str,
    pub(super) geoname_id: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) name: &'static str,
    /// Ids and types of network resources.
    pub(super) resources: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: &'static str,
    pub(super) is_service_user: bool,
    pub(super) is_blocked: bool,
    pub(super) invited: bool,
    pub(super) last_login: Option<Timestamp>,
    pub(super) auto_groups: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) enabled: bool,
    pub(super) protocol: &'static str,
    pub(super) ports: &'static [&'static str],
    pub(super) source: usize,
    pub(super) destination: Destination,
    pub(super) bidirectional: bool,
    pub(super) checked: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Destination {
    Group(usize),
    Resource(String, &'static str),
}

#[derive(Debug, Clone)]
pub(super) struct SetupKey {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) masked: String,
    pub(super) group: usize,
    pub(super) ephemeral: bool,
    pub(super) one_off: bool,
    pub(super) revoked: bool,
    pub(super) expires: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) last_used: Option<Timestamp>,
    pub(super) used_times: u32,
}

/// Ids of what never changes: networks, their resources and routers, routes, DNS.
#[derive(Debug, Clone)]
pub(super) struct Furnishing {
    pub(super) networks: [String; 2],
    pub(super) subnet: String,
    pub(super) domain: String,
    pub(super) host: String,
    pub(super) routers: [String; 2],
    pub(super) routes: [String; 2],
    pub(super) nameservers: String,
    pub(super) posture_check: String,
}

/// An entry of the activity log.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Words.
    pub activity: String,
    /// Code.
    pub activity_code: String,
    /// Decimal text.
    pub id: String,
    /// Email of who did it.
    pub initiator_email: String,
    /// Who did it.
    pub initiator_id: String,
    /// Name of who did it.
    pub initiator_name: String,
    /// Further facts.
    pub meta: BTreeMap<String, String>,
    /// What it was done to.
    pub target_id: String,
    /// When.
    pub timestamp: Timestamp,
}

/// Who is said to have done something.
#[derive(Debug, Clone, Copy)]
pub enum Initiator {
    /// A user, by index; the owner is 0.
    User(usize),
    /// A setup key, by index.
    SetupKey(usize),
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

    pub(super) fn group(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name == name)
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
    pub(super) fn toggle_group(&mut self, name: &str, group: usize, user: usize, now: Timestamp) {
        let Some(peer) = self.peers.iter_mut().find(|peer| peer.name == name) else { return };
        let joins = !peer.groups.contains(&group);
        if joins {
            peer.groups.push(group);
        } else {
            peer.groups.retain(|&one| one != group);
        }
        let (id, mut meta) = (peer.id.clone(), meta_of(peer));
        meta.insert("group".to_owned(), self.groups[group].name.to_owned());
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
        self.change(&[name], |peer| {
            peer.last_login = now;
            peer.login_expired = false;
        });
    }

    /// A user opens NetBird's dashboard.
    pub(super) fn open_dashboard(&mut self, user: usize, now: Timestamp) {
        let Some(one) = self.users.get_mut(user) else { return };
        one.last_login = Some(now);
        let id = one.id.clone();
        self.log(Initiator::User(user), "Dashboard login", "dashboard.login", &id, BTreeMap::new(), now);
    }

    /// A user switches a policy on or off.
    pub(super) fn toggle_policy(&mut self, name: &str, user: usize, now: Timestamp) {
        let Some(policy) = self.policies.iter_mut().find(|policy| policy.name == name) else { return };
        policy.enabled = !policy.enabled;
        let (id, meta) = (policy.id.clone(), [("name".to_owned(), name.to_owned())].into());
        self.log(Initiator::User(user), "Policy updated", "policy.update", &id, meta, now);
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

impl Peer {
    pub(super) fn ip(&self) -> String {
        format!("100.101.{}.{}", self.number >> 8 & 0xff, self.number & 0xff)
    }

    pub(super) fn ipv6(&self) -> String {
        format!("fd9c:61ed:afa7:977c::{:x}:{:x}", self.number >> 16, self.number & 0xffff)
    }

    pub(super) fn dns_label(&self) -> String {
        format!("{}.netbird.selfhosted", self.name.replace(' ', "-"))
    }
}

/// What the activity log tells of a peer.
pub(super) fn meta_of(peer: &Peer) -> BTreeMap<String, String> {
    [
        ("created_at", peer.created_at.to_string()),
        ("fqdn", peer.dns_label()),
        ("ip", peer.ip()),
        ("ipv6", peer.ipv6()),
        ("location_city_name", peer.place.city_name.to_owned()),
        ("location_connection_ip", peer.connection_ip.clone()),
        ("location_country_code", peer.place.country_code.to_owned()),
        ("location_geo_name_id", peer.place.geoname_id.to_string()),
        ("name", peer.name.clone()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into()
}

/// NetBird keeps `last_seen` in whole seconds.
pub(super) fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
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
