//! What the matrix of an account costs, and the difference that a change makes: compiling the models, and looking at them.

use anyhow::{Result, anyhow, bail};
use jiff::Timestamp;
use platform_core::network::{GroupRef, Network, NetworkResource, NetworkRouter, Peer, PeerStatus, Policy, PolicyRule};
use platform_core::reach::{Ask, Change, End, Inventory, Model, NoMatrix};
use platform_core::testing;

use crate::report::{Table, number};
use crate::usage;

pub(crate) const GROUPS: usize = 200;
pub(crate) const POLICIES: usize = 300;
const RESOURCES: usize = 100;
const ROUNDS: u32 = 5;

/// Measures one question, and compiling what answers it, with 100 resources behind routers.
pub(crate) fn measure_questions(sizes: &[usize]) -> Result<Table> {
    let mut table = Table::new(
        format!("One question, {GROUPS} groups, {POLICIES} policies and {RESOURCES} resources"),
        &["Peers", "Compile, ms", "Peer to peer, ms", "Group to group, ms", "All to all, ms", "All to a resource, ms"],
    );
    let policies: Vec<Policy> = (0..POLICIES).map(policy).collect();
    let (network, resources) = (network(), (0..RESOURCES).map(resource).collect::<Vec<_>>());
    for &size in sizes {
        let peers: Vec<Peer> = (0..size).map(peer).collect();
        let routers = [router()];
        let lists = Inventory {
            peers: &peers,
            policies: Some(&policies),
            networks: Some(std::slice::from_ref(&network)),
            resources: Some(&resources),
            routers: Some(&routers),
            ..Inventory::default()
        };
        let (model, compiled) = timed(|| Model::new(lists));
        let ask = |from: &End, to: &End| timed(|| model.question(from, to, Ask::ANYTHING)).1;
        let group = |nth: usize| End::Group(group(nth).id);
        let asked = [
            ask(&End::Peer("p1".into()), &End::Peer("p7".into())),
            ask(&group(3), &group(22)),
            ask(&group(0), &group(0)),
            ask(&group(0), &End::Resource("r1".into())),
        ];
        let row = [size.to_string(), number(compiled)];
        table.row(row.into_iter().chain(asked.map(number)).collect());
    }
    table.note("CPU of the one thread, the fastest of five rounds, with the reasons in words.");
    Ok(table)
}

/// Measures networks of 200 groups and 300 policies.
pub(crate) fn measure(sizes: &[usize]) -> Result<Table> {
    let mut table = Table::new(
        format!("The access matrix, {GROUPS} groups and {POLICIES} policies"),
        &["Peers", "Groups asked for", "Model, ms", "Matrix, ms", "Cells"],
    );
    let policies: Vec<Policy> = (0..POLICIES).map(policy).collect();
    for &size in sizes {
        let peers: Vec<Peer> = (0..size).map(peer).collect();
        let lists = Inventory { peers: &peers, policies: Some(&policies), ..Inventory::default() };
        let (model, compiled) = timed(|| Model::new(lists));
        for asked in [40, 60, GROUPS] {
            let (ids, _) = model.busiest_groups(asked);
            let (matrix, looked) = timed(|| model.matrix(&ids, Ask::ANYTHING));
            let cells = match matrix {
                Ok(matrix) => matrix.cells.len().to_string(),
                Err(NoMatrix::TooLarge) => "refused".to_owned(),
                Err(NoMatrix::NotThere) => bail!("a group of the model is not there"),
            };
            table.row(vec![size.to_string(), asked.to_string(), number(compiled), number(looked), cells]);
        }
    }
    table.note("CPU of the one thread, the fastest of five rounds. The endpoint refuses what takes too many steps.");
    Ok(table)
}

/// Measures what changes of such networks would do.
pub(crate) fn measure_differences(sizes: &[usize]) -> Result<Table> {
    let mut table = Table::new(
        format!("What a change would open and close, {GROUPS} groups and {POLICIES} policies"),
        &[
            "Peers",
            "Change",
            "Carried out, ms",
            "Second model, ms",
            "Difference, ms",
            "More memory at most, MB",
            "Opened",
            "Closed",
        ],
    );
    let policies: Vec<Policy> = (0..POLICIES).map(policy).collect();
    let switch = |id: usize| Change::SwitchPolicy { id: id.to_string(), enabled: false };
    for &size in sizes {
        let peers: Vec<Peer> = (0..size).map(peer).collect();
        let lists = Inventory { peers: &peers, policies: Some(&policies), ..Inventory::default() };
        let before = Model::new(lists);
        let add = (0..size / 10).map(|nth| format!("p{nth}")).collect();
        for (name, changes) in [
            ("one policy off", vec![switch(3)]),
            ("a policy about all off", vec![switch(10)]),
            ("50 policies off", (0..50).map(switch).collect()),
            ("all policies off", (0..POLICIES).map(switch).collect()),
            ("a tenth of the peers into a group", vec![Change::GroupMembers { id: "g7".into(), add, remove: vec![] }]),
        ] {
            let (changed, carried_out) = timed(|| lists.changed(&changes, ""));
            let changed = changed.map_err(|why| anyhow!("{name}: {why:?}"))?;
            let (after, compiled) = timed(|| Model::new(changed.inventory()));
            usage::forget_peak()?;
            let held = usage::peak_megabytes()?;
            let (found, compared) = timed(|| before.difference(&after, Ask::ANYTHING));
            let peak = usage::peak_megabytes()? - held;
            let pairs = found.map_or_else(
                |_| ["refused".to_owned(), String::new()],
                |found| [found.opened.pairs, found.closed.pairs].map(|pairs| pairs.to_string()),
            );
            let [opened, closed] = pairs;
            let times = [carried_out, compiled, compared, peak].map(number);
            let row = [size.to_string(), name.to_owned()].into_iter().chain(times);
            table.row(row.chain([opened, closed]).collect());
        }
    }
    table.note("CPU of the one thread, the fastest of five rounds. The endpoint refuses what takes too many steps.");
    Ok(table)
}

/// What is made, and in how many milliseconds of CPU: others may use the machine meanwhile.
fn timed<T>(make: impl Fn() -> T) -> (T, f64) {
    let one = || {
        let began = usage::thread_cpu();
        let made = make();
        (made, (usage::thread_cpu() - began).as_secs_f64() * 1e3)
    };
    let (made, first) = one();
    let fastest = (1..ROUNDS).map(|_| one().1).fold(first, f64::min);
    (made, fastest)
}

pub(crate) fn group(nth: usize) -> GroupRef {
    let nth = nth % GROUPS;
    GroupRef { id: format!("g{nth}"), name: format!("group {nth}") }
}

/// Each peer is in three groups and in that of all.
pub(crate) fn peer(nth: usize) -> Peer {
    let groups = vec![group(0), group(1 + nth), group(1 + nth / 7), group(1 + nth * 13)];
    Peer { groups, ..testing::peer(&format!("p{nth}"), PeerStatus::Online, Timestamp::UNIX_EPOCH) }
}

/// The one network, with all resources behind one router.
fn network() -> Network {
    Network {
        id: "n".into(),
        name: "network".into(),
        description: String::new(),
        resources: (0..RESOURCES).map(|nth| format!("r{nth}")).collect(),
        routers: vec!["router".into()],
        policies: Vec::new(),
    }
}

fn router() -> NetworkRouter {
    NetworkRouter {
        id: "router".into(),
        peer: "p0".into(),
        peer_groups: Vec::new(),
        metric: 100,
        masquerade: true,
        enabled: true,
    }
}

/// Each is in one of the groups that policies are about.
fn resource(nth: usize) -> NetworkResource {
    NetworkResource {
        id: format!("r{nth}"),
        name: format!("resource {nth}"),
        description: String::new(),
        kind: "host".into(),
        address: format!("10.0.{}.{}/32", nth / 250, nth % 250 + 1),
        enabled: true,
        groups: vec![group(nth * 7 + 1)],
    }
}

/// Each from one group to another; every tenth is about all peers, and every twentieth drops.
pub(crate) fn policy(nth: usize) -> Policy {
    let from = if nth.is_multiple_of(10) { group(0) } else { group(nth * 3) };
    let rule = PolicyRule {
        name: String::new(),
        description: String::new(),
        enabled: true,
        action: if nth % 20 == 1 { "drop" } else { "accept" }.into(),
        bidirectional: nth.is_multiple_of(4),
        protocol: ["tcp", "udp", "all"][nth % 3].into(),
        ports: if nth % 3 == 2 { vec![] } else { vec![(nth % 50 + 20).to_string(), "8000-8100".into()] },
        sources: vec![from],
        source_resource: None,
        destinations: vec![group(nth * 7 + 1)],
        destination_resource: None,
    };
    Policy {
        id: nth.to_string(),
        name: format!("policy {nth}"),
        description: String::new(),
        enabled: true,
        posture_checks: vec![],
        rules: vec![rule],
    }
}
