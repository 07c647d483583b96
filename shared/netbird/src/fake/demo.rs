//! A network that lives: peers go and come back, one flaps, people do things and the activity log tells of them.
//!
//! What happens when is decided by a seed. The first outage of a server begins [`FIRST_OUTAGE`] after the start and
//! lasts [`FIRST_OUTAGE_LENGTH`], so that a newcomer sees an alert fire and resolve.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use super::dice::Dice;
use super::inventory::{Initiator, meta_of};
use super::network::Network;
use super::server::Handle;

/// Peers of a demo network.
pub const PEERS: usize = 60;
/// From the start to the first outage of a server.
pub const FIRST_OUTAGE: Duration = Duration::from_secs(20);
/// How long that lasts.
pub const FIRST_OUTAGE_LENGTH: Duration = Duration::from_secs(150);

/// Plays for ever. Time passes as tokio's does; the moments written down are the fake's.
pub async fn play(handle: Handle, seed: u64) {
    let mut script = Script::new(seed);
    let mut played = Duration::ZERO;
    loop {
        let (at, scene) = script.next();
        tokio::time::sleep(at.saturating_sub(played)).await;
        played = at;
        handle.change(|network, now| script.perform(scene, network, now));
    }
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scene {
    /// A server fails.
    Outage,
    /// The router at the warehouse loses its line for a few seconds.
    Flap,
    /// Somebody closes or opens a laptop or phone.
    PersonalDevice,
    /// Somebody does something that the activity log tells.
    Activity,
    /// The management server restarts while a peer leaves: a ghost.
    Restart,
    /// Peers return.
    Return(Vec<String>),
}

/// Scenes in the order of their times.
struct Script {
    dice: Dice,
    now: Duration,
    planned: BTreeMap<(Duration, usize), Scene>,
    count: usize,
}

const FLAPPING: &str = "router-warehouse";
const FIRST_TO_FAIL: &str = "web-fra-01";

impl Script {
    fn new(seed: u64) -> Self {
        let mut script = Self { dice: Dice::new(seed), now: Duration::ZERO, planned: BTreeMap::new(), count: 0 };
        script.plan(FIRST_OUTAGE, Scene::Outage);
        script.plan(Duration::from_secs(35), Scene::Flap);
        script.plan(Duration::from_secs(8), Scene::PersonalDevice);
        script.plan(Duration::from_secs(5), Scene::Activity);
        script.plan(Duration::from_secs(15 * 60), Scene::Restart);
        script
    }

    fn plan(&mut self, after: Duration, scene: Scene) {
        self.count += 1;
        self.planned.insert((self.now + after, self.count), scene);
    }

    fn plan_within(&mut self, seconds: std::ops::Range<i64>, scene: Scene) {
        let after = self.dice.within(seconds).unsigned_abs();
        self.plan(Duration::from_secs(after), scene);
    }

    fn next(&mut self) -> (Duration, Scene) {
        let ((at, _), scene) = self.planned.pop_first().expect("every scene but a return plans its next one");
        self.now = at;
        (at, scene)
    }

    fn perform(&mut self, scene: Scene, network: &mut Network, now: Timestamp) {
        match scene {
            Scene::Outage => self.outage(network, now),
            Scene::Flap => {
                network.disconnect(&[FLAPPING], now);
                self.plan_within(2..6, Scene::Return(vec![FLAPPING.to_owned()]));
                self.plan_within(40..100, Scene::Flap);
            }
            Scene::PersonalDevice => {
                self.personal_device(network, now);
                self.plan_within(10..45, Scene::PersonalDevice);
            }
            Scene::Activity => {
                self.activity(network, now);
                self.plan_within(12..40, Scene::Activity);
            }
            Scene::Restart => {
                let ghost = self.connected(network, &["contractors", "ci-runners"]);
                network.restart(&ghost, 8, now);
                self.plan_within(240..400, Scene::Return(ghost));
                self.plan_within(1_800..3_600, Scene::Restart);
            }
            Scene::Return(names) => network.connect(&names, now),
        }
    }

    fn outage(&mut self, network: &mut Network, now: Timestamp) {
        let first = self.now == FIRST_OUTAGE;
        let victims = match network.peer(FIRST_TO_FAIL) {
            Some(peer) if first && peer.connected => vec![FIRST_TO_FAIL.to_owned()],
            _ => self.connected(network, &["servers", "databases"]),
        };
        network.disconnect(&victims, now);
        if first {
            self.plan(FIRST_OUTAGE_LENGTH, Scene::Return(victims));
        } else {
            self.plan_within(120..300, Scene::Return(victims));
        }
        self.plan_within(360..600, Scene::Outage);
    }

    fn personal_device(&mut self, network: &mut Network, now: Timestamp) {
        let names: Vec<String> =
            ["laptops", "phones", "contractors"].iter().flat_map(|group| network.members(group)).collect();
        let Some(name) = self.one_of(&names) else { return };
        let Some(peer) = network.peer(&name) else { return };
        if peer.connected {
            network.disconnect(&[&name], now);
            self.plan_within(60..900, Scene::Return(vec![name]));
        } else {
            let (id, meta) = (peer.id.clone(), meta_of(peer));
            let user = network.users.iter().position(|user| user.id == peer.user_id).unwrap_or(0);
            network.connect(&[&name], now);
            network.log_in(&name, now);
            network.log(Initiator::User(user), "User logged in peer", "user.peer.login", &id, meta, now);
        }
    }

    /// Every entry tells of something that really changed.
    fn activity(&mut self, network: &mut Network, now: Timestamp) {
        let admin = usize::from(self.dice.percent(50));
        match self.dice.within(0..6) {
            0 | 1 => network.open_dashboard(admin, now),
            2 => network.toggle_policy("Maintenance window", admin, now),
            3 => {
                let members = network.members("servers");
                if let (Some(name), Some(group)) = (self.one_of(&members), network.group("maintenance")) {
                    network.toggle_group(&name, group, admin, now);
                }
            }
            4 => {
                let runner = format!("ci-runner-{}", self.dice.within(100..1_000));
                network.add_peer(&runner, "ci-runners", now);
            }
            _ => {
                let passing: Vec<String> = network
                    .members("ci-runners")
                    .into_iter()
                    .filter(|name| name.len() == "ci-runner-100".len())
                    .collect();
                if let Some(name) = self.one_of(&passing) {
                    network.remove_peer(&name, admin, now);
                }
            }
        }
    }

    /// One connected peer of these groups, if there is one.
    fn connected(&mut self, network: &Network, groups: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = groups.iter().flat_map(|group| network.members(group)).collect();
        names.retain(|name| network.peer(name).is_some_and(|peer| peer.connected));
        self.one_of(&names).into_iter().collect()
    }

    fn one_of(&mut self, names: &[String]) -> Option<String> {
        (!names.is_empty()).then(|| self.dice.pick(names).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Performs the scenes of so many seconds, and notes who was disconnected when.
    fn perform(seed: u64, seconds: u64) -> (Network, Vec<(u64, String, bool)>) {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let mut network = Network::generate(PEERS, seed, start);
        let mut script = Script::new(seed);
        let mut noted = Vec::new();
        loop {
            let (at, scene) = script.next();
            if at.as_secs() > seconds {
                return (network, noted);
            }
            let now = start + jiff::SignedDuration::try_from(at).unwrap();
            let before: BTreeMap<String, bool> =
                network.peers().iter().map(|peer| (peer.name.clone(), peer.connected)).collect();
            network.advance(now);
            script.perform(scene, &mut network, now);
            for peer in network.peers() {
                if before.get(&peer.name).is_some_and(|&connected| connected != peer.connected) {
                    noted.push((at.as_secs(), peer.name.clone(), peer.connected));
                }
            }
        }
    }

    #[test]
    fn a_server_fails_after_twenty_seconds_and_comes_back() {
        for seed in 0..20 {
            let (network, noted) = perform(seed, 600);
            let servers = network.members("servers");
            let of_servers: Vec<_> = noted.iter().filter(|(_, name, _)| servers.contains(name)).collect();
            assert_eq!(of_servers[0], &(20, FIRST_TO_FAIL.to_owned(), false), "seed {seed}");
            assert_eq!(of_servers[1], &(170, FIRST_TO_FAIL.to_owned(), true), "seed {seed}");
        }
    }

    #[test]
    fn one_peer_flaps_and_events_stream_in() {
        let (network, noted) = perform(1, 1_200);
        let flaps = noted.iter().filter(|(_, name, connected)| name == FLAPPING && !connected).count();
        assert!((8..40).contains(&flaps), "{flaps}");
        let since_start = |event: &&super::super::Event| event.timestamp.as_second() >= 1_800_000_000;
        let codes: std::collections::BTreeSet<_> =
            network.events.iter().filter(since_start).map(|event| event.activity_code.as_str()).collect();
        assert!(network.events.iter().filter(since_start).count() > 30);
        assert!(codes.len() >= 6, "{codes:?}");
    }

    #[test]
    fn the_same_seed_plays_the_same() {
        assert_eq!(perform(3, 900).1, perform(3, 900).1);
    }

    #[test]
    fn nobody_stays_away_for_good() {
        let (network, _) = perform(5, 4 * 3_600);
        let connected = network.peers().iter().filter(|peer| peer.connected).count();
        assert!(connected * 10 >= network.peers().len() * 7, "{connected} of {}", network.peers().len());
        assert!(network.peers().len() < PEERS + 30, "{}", network.peers().len());
    }
}
