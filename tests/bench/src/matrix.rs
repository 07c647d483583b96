//! What the matrix of an account costs, and the difference that a change makes: compiling the models, and looking at them.

use std::time::Instant;

use anyhow::{Result, anyhow, bail};
use jiff::Timestamp;
use platform_core::network::{GroupRef, Peer, PeerStatus, Policy, PolicyRule};
use platform_core::reach::{Ask, Change, Inventory, Model, NoMatrix};
use platform_core::testing;

use crate::report::{Table, number};

const GROUPS: usize = 200;
const POLICIES: usize = 300;
const ROUNDS: u32 = 5;

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
    table.note("By the wall clock, the fastest of five rounds. The endpoint takes 60 groups at most, and refuses what takes too many steps.");
    Ok(table)
}

/// Measures what changes of such networks would do.
pub(crate) fn measure_differences(sizes: &[usize]) -> Result<Table> {
    let mut table = Table::new(
        format!("What a change would open and close, {GROUPS} groups and {POLICIES} policies"),
        &["Peers", "Change", "Carried out, ms", "Second model, ms", "Difference, ms", "Opened", "Closed"],
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
            ("a tenth of the peers into a group", vec![Change::GroupMembers { id: "g7".into(), add, remove: vec![] }]),
        ] {
            let (changed, carried_out) = timed(|| lists.changed(&changes, ""));
            let changed = changed.map_err(|why| anyhow!("{name}: {why:?}"))?;
            let (after, compiled) = timed(|| Model::new(changed.inventory()));
            let (found, compared) = timed(|| before.difference(&after, Ask::ANYTHING));
            let pairs = found.map_or_else(
                |_| ["refused".to_owned(), String::new()],
                |found| [found.opened.pairs, found.closed.pairs].map(|pairs| pairs.to_string()),
            );
            let [opened, closed] = pairs;
            let row = [size.to_string(), name.to_owned(), number(carried_out), number(compiled), number(compared)];
            table.row(row.into_iter().chain([opened, closed]).collect());
        }
    }
    table.note("By the wall clock, the fastest of five rounds. The endpoint refuses what takes too many steps.");
    Ok(table)
}

/// What is made, and in how many milliseconds.
fn timed<T>(make: impl Fn() -> T) -> (T, f64) {
    let one = || {
        let began = Instant::now();
        let made = make();
        (made, began.elapsed().as_secs_f64() * 1e3)
    };
    let (made, first) = one();
    let fastest = (1..ROUNDS).map(|_| one().1).fold(first, f64::min);
    (made, fastest)
}

fn group(nth: usize) -> GroupRef {
    let nth = nth % GROUPS;
    GroupRef { id: format!("g{nth}"), name: format!("group {nth}") }
}

/// Each peer is in three groups and in that of all.
fn peer(nth: usize) -> Peer {
    let groups = vec![group(0), group(1 + nth), group(1 + nth / 7), group(1 + nth * 13)];
    Peer { groups, ..testing::peer(&format!("p{nth}"), PeerStatus::Online, Timestamp::UNIX_EPOCH) }
}

/// Each from one group to another; every tenth is about all peers, and every twentieth drops.
fn policy(nth: usize) -> Policy {
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
