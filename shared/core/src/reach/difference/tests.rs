use super::*;
use crate::network::{GroupRef, Peer, Policy};
use crate::reach::tests::{Lists, office, peer, policy};
use crate::reach::{Change, Protocol};

fn end(end: &End) -> String {
    format!("{}:{}", end.kind(), end.id())
}

/// `group:laptops > group:servers: TCP 443, 4 (web)`; with a question mark where it is not certain.
fn told(differences: &Differences) -> Vec<String> {
    let one = |one: &Difference| {
        let policies: Vec<&str> = one.policies.iter().map(|policy| policy.name.as_str()).collect();
        let doubt = if one.is_certain { "" } else { "?" };
        let (on, policies) = (one.services.words().join(" and "), policies.join(", "));
        format!("{} > {}: {on}, {}{doubt} ({policies})", end(&one.from), end(&one.to), one.pairs)
    };
    differences.told.iter().map(one).collect()
}

fn compared(lists: &Lists, changes: &[Change]) -> Comparison {
    let changed = lists.inventory().changed(changes, "").unwrap();
    Model::new(lists.inventory()).difference(&Model::new(changed.inventory()), Ask::ANYTHING).unwrap()
}

fn new(text: &str) -> Change {
    Change::PutPolicy(Policy { id: String::new(), ..policy(text) })
}

fn gone(id: &str) -> Change {
    Change::DeletePolicy { id: id.to_owned() }
}

#[test]
fn what_was_open_by_another_rule_is_no_difference() {
    let lists = office(vec![policy("web: laptops > servers tcp 443"), policy("one: peer:laptop-1 > servers tcp 22")]);
    let found = compared(&lists, &[new("more: laptops > servers tcp 22,443,8000-8010")]);
    assert_eq!(
        told(&found.opened),
        ["group:laptops > group:servers: TCP 8000-8010, 4 (more)", "peer:laptop-2 > group:servers: TCP 22, 2 (more)"]
    );
    assert_eq!((found.opened.pairs, found.closed), (4, Differences::default()));
    let back = compared(&lists, &[gone("id-web")]);
    assert_eq!(told(&back.closed), ["group:laptops > group:servers: TCP 443, 4 (web)"]);
    let same = Policy { id: "id-web".into(), ..policy("web: laptops > servers tcp 443") };
    assert_eq!(compared(&lists, &[Change::PutPolicy(same)]).opened, Differences::default());
}

#[test]
fn both_who_forbade_and_who_lets_are_named() {
    let mut no = policy("no: laptops > servers tcp 22");
    no.rules[0].action = "drop".into();
    let lists = office(vec![policy("ssh: laptops > servers tcp 20-30"), no]);
    assert_eq!(
        told(&compared(&lists, &[gone("id-no")]).opened),
        ["group:laptops > group:servers: TCP 22, 4 (no, ssh)"]
    );
    let mut other = policy("never: laptops > servers tcp");
    other.rules[0].action = "drop".into();
    let closed = compared(&lists, &[Change::PutPolicy(Policy { id: String::new(), ..other })]).closed;
    assert_eq!(told(&closed), ["group:laptops > group:servers: TCP 20-21, 23-30, 4 (never)"]);
}

#[test]
fn a_mesh_counts_nobody_with_themselves_and_large_groups_come_first() {
    let mut lists = office(vec![]);
    for peer in &mut lists.peers {
        peer.groups.push(GroupRef { id: "all".into(), name: "all".into() });
    }
    let found = compared(&lists, &[new("mesh: all,laptops <> all icmp")]);
    assert_eq!(told(&found.opened), ["group:all > group:all: ICMP, 20 (mesh)"]);
    assert_eq!(found.opened.pairs, 20);
    let lonely = compared(&lists, &[new("mine: peer:laptop-1 <> peer:laptop-1 all")]);
    assert_eq!(lonely.opened, Differences::default());
}

#[test]
fn resources_and_routes_are_reached_by_who_leads_there() {
    let lists = office(vec![policy("db: laptops > databases tcp 5432")]);
    let closed = |change| compared(&lists, &[change]).closed;
    let laptops = "group:laptops > resource:db: TCP 5432, 2 (db)".to_owned();
    for change in [Change::SwitchResource { id: "db".into(), enabled: false }, gone("id-db")] {
        let found = closed(change);
        assert_eq!((told(&found), found.pairs), (vec![laptops.clone()], 2));
    }
    // Whoever routes there reached it, perhaps, by routing.
    let off = closed(Change::SwitchRouter { id: "r".into(), enabled: false });
    assert_eq!(told(&off), [laptops, "peer:router-1 > resource:db: everything, 1? ()".to_owned()]);
    // What a router reaches itself is not NetBird's to decide, before and after.
    let joins = Change::GroupMembers { id: "laptops".into(), add: vec!["router-1".into()], remove: vec![] };
    assert_eq!(compared(&lists, &[joins]).opened, Differences::default());
    let one = Ask { protocol: Protocol::Udp, port: None };
    let changed = lists.inventory().changed(&[gone("id-db")], "").unwrap();
    let found = Model::new(lists.inventory()).difference(&Model::new(changed.inventory()), one).unwrap();
    assert_eq!(found.closed, Differences::default(), "it was not asked for");
}

#[test]
fn too_much_is_refused_and_too_many_are_counted() {
    let mut lists = office(vec![]);
    lists.peers = (0..300).map(|nth| peer(&format!("p{nth}"), &["all"])).collect();
    let pair = |nth: usize| policy(&format!("{nth}: peer:p{nth} > peer:p{} tcp 1", nth + 1));
    lists.policies = (0..250).map(pair).collect();
    let gone: Vec<Change> = (0..250).map(|nth| gone(&format!("id-{nth}"))).collect();
    let found = compared(&lists, &gone);
    assert_eq!((found.closed.pairs, found.closed.told.len(), found.closed.omitted), (250, 200, 50));
    let changed = lists.inventory().changed(&gone, "").unwrap();
    let (before, after) = (Model::new(lists.inventory()), Model::new(changed.inventory()));
    assert_eq!(before.difference_within(1_000, &after, Ask::ANYTHING), Err(TooLarge));
    let peers: Vec<Peer> = Vec::new();
    let nobody = Model::new(crate::reach::Inventory { peers: &peers, ..Default::default() });
    assert_eq!(nobody.difference(&nobody, Ask::ANYTHING).unwrap().opened, Differences::default());
}

#[test]
fn parts_are_within_the_budget_by_their_steps_and_by_what_is_kept_of_them() {
    const RULES: usize = 40;
    let mut lists = office(vec![]);
    let nested = |nth: usize| policy(&format!("{nth}: peer:laptop-1 <> peer:laptop-2 tcp {}-65535", nth + 1));
    lists.policies = (0..RULES).map(nested).collect();
    let gone: Vec<Change> = (0..RULES).map(|nth| gone(&format!("id-{nth}"))).collect();
    let changed = lists.inventory().changed(&gone, "").unwrap();
    let (before, after) = (Model::new(lists.inventory()), Model::new(changed.inventory()));
    let wanted = Ask::ANYTHING.services();
    let (was, is) = (before.to_everybody(&wanted), after.to_everybody(&wanted));
    let regions = regions(&was, &is);
    let made = |steps: usize, words: usize| {
        parts(&wanted, &was, &is, &regions, &mut Budget { steps, words }).map(|parts| parts.len())
    };
    assert_eq!(made(100_000, 10_000), Ok(RULES));
    // Each of the ports' parts looks at each region and each grant.
    assert_eq!(made(RULES * (regions.len() + was.grants.len()), 10_000), Err(TooLarge));
    assert_eq!(made(100_000, RULES * regions.len() / 2), Err(TooLarge));
}
