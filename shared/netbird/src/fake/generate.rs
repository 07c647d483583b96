//! Networks from a seed, with names that a company would give.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::inventory::{
    Destination, Furnishing, Group, Initiator, Peer, Place, Policy, SetupKey, User, meta_of, whole_second,
};
use super::network::Network;

/// A sort of peer, and how many of sixty are of it.
struct Sort {
    group: &'static str,
    share: usize,
    name: fn(usize) -> String,
    os: &'static [(&'static str, &'static str)],
    /// Registered by a user, not by a setup key.
    personal: bool,
    /// How many of a hundred are away.
    away: i64,
}

const SITES: [&str; 3] = ["fra", "ams", "nyc"];
const LINUX: &[(&str, &str)] = &[
    ("Ubuntu 24.04", "6.8.0-45-generic"),
    ("Ubuntu 22.04", "5.15.0-122-generic"),
    ("Debian GNU/Linux 12", "6.1.0-26-amd64"),
    ("Rocky Linux 9.4", "5.14.0-427.el9.x86_64"),
];
const DESKTOP: &[(&str, &str)] =
    &[("Darwin 15.1", "24.1.0"), ("Windows 11 23H2", "10.0.22631.4317"), ("Fedora Linux 41", "6.11.4-301.fc41.x86_64")];
const PHONE: &[(&str, &str)] = &[("iOS 18.1", "24.1.0"), ("Android 15", "6.1.75")];
const ROUTER: &[(&str, &str)] = &[("Debian GNU/Linux 12", "6.1.0-26-amd64"), ("Alpine Linux 3.20", "6.6.54-0-lts")];

const SORTS: [Sort; 7] = [
    Sort { group: "servers", share: 18, name: server, os: LINUX, personal: false, away: 0 },
    Sort { group: "laptops", share: 18, name: laptop, os: DESKTOP, personal: true, away: 25 },
    Sort { group: "databases", share: 6, name: database, os: LINUX, personal: false, away: 0 },
    Sort { group: "routers", share: 5, name: router, os: ROUTER, personal: false, away: 0 },
    Sort { group: "contractors", share: 5, name: contractor, os: DESKTOP, personal: true, away: 40 },
    Sort { group: "phones", share: 4, name: phone, os: PHONE, personal: true, away: 30 },
    Sort { group: "ci-runners", share: 4, name: runner, os: LINUX, personal: false, away: 0 },
];
/// Groups that no peer is in by its sort.
const FURTHER_GROUPS: [&str; 2] = ["maintenance", "wiki-readers"];

const PEOPLE: [&str; 24] = [
    "anna", "lukas", "sofia", "jonas", "marie", "felix", "elena", "david", "clara", "paul", "nina", "simon", "laura",
    "tobias", "julia", "martin", "eva", "stefan", "ines", "oliver", "petra", "rafael", "hanna", "viktor",
];

const PLACES: [Place; 4] = [
    Place { country_code: "DE", city_name: "Frankfurt am Main", geoname_id: 2_925_533 },
    Place { country_code: "NL", city_name: "Amsterdam", geoname_id: 2_759_794 },
    Place { country_code: "US", city_name: "New York", geoname_id: 5_128_581 },
    // What a server without GeoIP data says, and what it says of private addresses.
    Place { country_code: "", city_name: "", geoname_id: 0 },
];

fn server(nth: usize) -> String {
    const ROLES: [&str; 6] = ["web", "app", "api", "cache", "queue", "mail"];
    format!("{}-{}-{:02}", ROLES[nth % 6], SITES[nth / 6 % 3], nth / 18 + 1)
}

fn database(nth: usize) -> String {
    format!("db-{}-{:02}", SITES[nth / 2 % 3], nth / 6 * 2 + nth % 2 + 1)
}

fn router(nth: usize) -> String {
    const PLACES: [&str; 5] = ["hq", "warehouse", "fra", "ams", "nyc"];
    if nth < 5 { format!("router-{}", PLACES[nth]) } else { format!("router-branch-{:02}", nth - 4) }
}

fn runner(nth: usize) -> String {
    format!("ci-runner-{:02}", nth + 1)
}

fn laptop(nth: usize) -> String {
    personal("laptop", nth)
}

fn phone(nth: usize) -> String {
    personal("phone", nth * 5)
}

fn contractor(nth: usize) -> String {
    personal("contractor", nth * 7 + 18)
}

fn personal(device: &str, nth: usize) -> String {
    let person = PEOPLE[nth % PEOPLE.len()];
    match nth / PEOPLE.len() {
        0 => format!("{device}-{person}"),
        more => format!("{device}-{person}-{}", more + 1),
    }
}

pub(super) fn network(peers: usize, seed: u64, now: Timestamp) -> Network {
    // What was added later has dice of its own: what a seed makes otherwise stays as it was.
    let (mut dice, mut apart) = (Dice::new(seed), Dice::new(!seed));
    let created_at = now - SignedDuration::from_hours(24 * 200) + SignedDuration::from_nanos(79_707_114);
    let furnishing = Furnishing {
        networks: std::array::from_fn(|_| dice.id()),
        empty_network: apart.id(),
        spare_route: apart.id(),
        strict_check: apart.id(),
        primary_nameservers: apart.id(),
        subnet: dice.id(),
        domain: dice.id(),
        host: dice.id(),
        routers: std::array::from_fn(|_| dice.id()),
        routes: std::array::from_fn(|_| dice.id()),
        nameservers: dice.id(),
        posture_check: dice.id(),
    };
    let account_id = dice.id();
    let mut network = Network::empty(dice, account_id, furnishing, created_at);
    add_groups(&mut network);
    add_users(&mut network, peers, now);
    add_setup_keys(&mut network, now);
    add_policies(&mut network);
    add_peers(&mut network, peers, now);
    network
}

fn add_groups(network: &mut Network) {
    let names = ["All"].into_iter().chain(SORTS.iter().map(|sort| sort.group)).chain(FURTHER_GROUPS);
    for name in names {
        let resources = match name {
            "servers" => vec![(network.furnishing.subnet.clone(), "subnet")],
            "databases" => vec![(network.furnishing.host.clone(), "host")],
            _ => Vec::new(),
        };
        network.groups.push(Group { id: network.dice.id(), name: name.to_owned(), resources, gone: false });
    }
    let meta = [("name".to_owned(), "servers".to_owned())].into();
    let (at, account) = (network.created_at, network.account_id.clone());
    network.log(Initiator::User(0), "Account created", "account.create", &account, [].into(), at);
    let servers = network.groups[1].id.clone();
    network.log(Initiator::User(0), "Group created", "group.add", &servers, meta, at);
}

fn add_users(network: &mut Network, peers: usize, now: Timestamp) {
    let user = |dice: &mut Dice, person: &str, role, last_login: Option<Timestamp>| {
        let mut name = person.to_owned();
        name[..1].make_ascii_uppercase();
        User {
            id: format!("google-oauth2|{}", dice.id()),
            name,
            email: format!("{person}@example.com"),
            role,
            is_service_user: false,
            is_blocked: false,
            invited: false,
            last_login,
            auto_groups: Vec::new(),
        }
    };
    let people = (peers / 3).clamp(3, PEOPLE.len());
    for (nth, person) in PEOPLE.into_iter().take(people).enumerate() {
        let role = match nth {
            0 => "owner",
            1 => "admin",
            _ => "user",
        };
        let last_login = whole_second(now - SignedDuration::from_mins(network.dice.within(5..20_000)));
        let mut user = user(&mut network.dice, person, role, Some(last_login));
        user.is_blocked = nth == 9;
        user.invited = nth == 10;
        if user.invited {
            user.last_login = None;
        }
        user.auto_groups = network.group("laptops").filter(|_| nth > 1).into_iter().collect();
        network.users.push(user);
    }
    for (name, role) in [("monitoring", "auditor"), ("provisioning", "network_admin")] {
        let mut service = user(&mut network.dice, name, role, None);
        service.id = network.dice.id();
        service.name = name.to_owned();
        service.email = String::new();
        service.is_service_user = true;
        network.users.push(service);
    }
}

fn add_setup_keys(network: &mut Network, now: Timestamp) {
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    for (name, group, expires_in) in [
        ("servers", "servers", 90),
        ("databases", "databases", 90),
        ("routers", "routers", 300),
        ("ci", "ci-runners", 30),
        ("audit visit", "contractors", 5),
        ("old laptops", "laptops", -12),
    ] {
        let mut masked: String = network.dice.id().to_ascii_uppercase();
        masked.replace_range(5.., "****");
        let one_off = name == "audit visit";
        let key = SetupKey {
            id: network.dice.id(),
            name,
            masked,
            group: network.group(group).unwrap_or(0),
            ephemeral: name == "ci",
            one_off,
            revoked: name == "old laptops",
            expires: now + days(expires_in),
            updated_at: now - days(40),
            last_used: one_off.then(|| now - days(3)),
            used_times: u32::from(one_off),
        };
        network.setup_keys.push(key);
    }
}

fn add_policies(network: &mut Network) {
    let group = |network: &Network, name| Destination::Group(network.group(name).unwrap_or(0));
    let domain = Destination::Resource(network.furnishing.domain.clone(), "domain");
    for (name, description, protocol, ports, source, destination) in [
        ("Default", "Every peer reaches every other", "all", &[][..], "All", group(network, "All")),
        ("Laptops to servers", "ssh and web", "tcp", &["22", "443"][..], "laptops", group(network, "servers")),
        ("Servers to databases", "", "tcp", &["5432"][..], "servers", group(network, "databases")),
        ("Contractors to wiki", "", "tcp", &["443"][..], "contractors", domain),
        ("Ping", "", "icmp", &[][..], "All", group(network, "servers")),
        (
            "Maintenance window",
            "Opened while somebody works on it",
            "all",
            &[][..],
            "maintenance",
            group(network, "routers"),
        ),
    ] {
        let policy = Policy {
            id: network.dice.id(),
            name,
            description,
            enabled: !matches!(name, "Default" | "Maintenance window"),
            protocol,
            ports,
            source: network.group(source).unwrap_or(0),
            destination,
            bidirectional: protocol == "all",
            checked: source == "laptops",
        };
        network.policies.push(policy);
    }
}

fn add_peers(network: &mut Network, count: usize, now: Timestamp) {
    let mut numbers: Vec<usize> = SORTS.iter().map(|sort| count * sort.share / 60).collect();
    numbers[0] += count - numbers.iter().sum::<usize>();
    for (sort, number) in SORTS.iter().zip(numbers) {
        for nth in 0..number {
            let mut peer = peer(network, sort, (sort.name)(nth), now);
            let age = SignedDuration::from_secs(network.dice.within(86_400..170 * 86_400));
            peer.created_at = now - age + SignedDuration::from_nanos(network.dice.within(1_000..999_999_999));
            peer.last_login = peer.created_at;
            let away = network.dice.percent(sort.away);
            let since = if away { network.dice.within(600..3 * 86_400) } else { network.dice.within(300..40_000) };
            peer.last_seen = whole_second(now - SignedDuration::from_secs(since));
            peer.alive = !away;
            peer.connected = !away;
            peer.login_expired = away && sort.personal && nth % 5 == 0;
            tell_registration(network, &peer);
            network.peers.push(peer);
        }
    }
    network.events.sort_by_key(|event| event.timestamp);
    for (id, event) in (1_u64..).zip(&mut network.events) {
        event.id = id.to_string();
    }
    network.peers.sort_by(|a, b| a.name.cmp(&b.name));
}

fn tell_registration(network: &mut Network, peer: &Peer) {
    let mut meta = meta_of(peer);
    let (id, at) = (peer.id.clone(), peer.created_at);
    match network.users.iter().position(|user| user.id == peer.user_id) {
        Some(user) => network.log(Initiator::User(user), "Peer added", "peer.user.add", &id, meta, at),
        None => {
            let key = network.setup_keys.iter().position(|key| peer.groups.contains(&key.group)).unwrap_or(0);
            let key_used = &mut network.setup_keys[key];
            key_used.used_times += 1;
            key_used.last_used = key_used.last_used.max(Some(at));
            meta.insert("setup_key_name".to_owned(), key_used.name.to_owned());
            network.log(Initiator::SetupKey(key), "Peer added", "peer.setupkey.add", &id, meta, at);
        }
    }
}

/// A peer that just registered with the setup key of `group`.
pub(super) fn registered(network: &mut Network, name: &str, group: usize, now: Timestamp) -> Peer {
    let sort = SORTS.iter().find(|sort| sort.group == network.groups[group].name).unwrap_or(&SORTS[0]);
    let mut peer = peer(network, sort, name.to_owned(), now);
    peer.groups = vec![0, group];
    peer.user_id = String::new();
    peer
}

fn peer(network: &mut Network, sort: &Sort, name: String, now: Timestamp) -> Peer {
    network.registered += 1;
    let group = network.group(sort.group).unwrap_or(0);
    let owner = PEOPLE.iter().position(|person| name.split('-').nth(1) == Some(*person));
    let user_id =
        owner.filter(|_| sort.personal).and_then(|index| network.users.get(index)).map(|user| user.id.clone());
    let dice = &mut network.dice;
    let site = SITES.iter().position(|site| name.contains(site));
    let place = site.map_or_else(|| *dice.pick(&PLACES), |index| PLACES[index]);
    let &(os, kernel) = dice.pick(sort.os);
    let version = *dice.pick(&["0.76.3", "0.76.3", "0.76.1", "0.74.0", "0.59.12"]);
    Peer {
        id: dice.id(),
        alive: true,
        connected: true,
        last_seen: whole_second(now),
        groups: vec![0, group],
        number: network.registered + 9,
        created_at: now,
        last_login: now,
        os,
        kernel,
        version,
        ui_version: if sort.personal { version } else { "" },
        place,
        connection_ip: format!("203.0.113.{}", dice.within(1..255)),
        user_id: user_id.unwrap_or_default(),
        ephemeral: sort.group == "ci-runners",
        ssh_enabled: sort.group == "servers" && dice.percent(30),
        disable_dns: dice.percent(5),
        disable_firewall: dice.percent(3),
        login_expired: false,
        approval_required: false,
        name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn any_size_has_distinct_peers_and_the_same_seed_gives_the_same_network() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        for count in [0, 1, 5, 60, 1_000] {
            let network = Network::generate(count, 7, now);
            assert_eq!(network.peers().len(), count);
            let distinct = |of: fn(&Peer) -> String| network.peers().iter().map(of).collect::<HashSet<_>>().len();
            assert_eq!(distinct(|peer| peer.name.clone()), count);
            assert_eq!(distinct(|peer| peer.id.clone()), count);
            assert_eq!(distinct(Peer::ip), count);
            assert_eq!(format!("{:?}", Network::generate(count, 7, now)), format!("{network:?}"));
        }
    }
}
