use super::*;
use crate::condition::tests::{healthy, minute, peer, seen};
use crate::condition::{AlertPer, Condition, GroupHealth, PeerOffline};
use crate::evaluate::{Ending, Phase, Transition, evaluate};
use crate::ids::TenantId;
use crate::network::{Peer, PeerStatus};

fn rule(condition: Condition) -> Rule {
    Rule { condition, ..Rule::account_unreachable(TenantId::from_uuid(uuid::Uuid::nil()), Timestamp::UNIX_EPOCH) }
}

fn offline(groups: &[&str], threshold: u32) -> Rule {
    rule(Condition::PeerOffline(PeerOffline {
        threshold,
        duration: 0,
        peers: groups.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
        count_unconfirmed: false,
        alert_per: AlertPer::Group,
    }))
}

fn known(named: &str, id: &str, gone: bool) -> KnownGroup {
    KnownGroup { named: named.into(), id: Some(id.into()), name: named.into(), gone }
}

fn of(name: &str, group: &str, status: PeerStatus) -> Peer {
    let groups = vec![GroupRef { id: group.into(), name: group.into() }];
    Peer { groups, ..peer(name, status, 0) }
}

/// One tick: what each group that there is to look at tells, and the states then.
fn tick(
    rule: &Rule,
    known: &[KnownGroup],
    peers: &[Peer],
    states: &mut Vec<RuleState>,
    at: i64,
) -> Vec<(String, String)> {
    let sync = healthy();
    let seen = Observation { groups: known, ..seen(&sync, peers) };
    let mut told = Vec::new();
    let mut after = Vec::new();
    for part in parts(rule, known, states) {
        let before = part.state(rule, sync.account, states, minute(at));
        let (mut next, transition) = evaluate(rule, &before, part.seen(seen), minute(at));
        let what = match transition {
            Some(Transition::Fire(finding)) => {
                next.alert = Some(crate::ids::AlertId::from_uuid(uuid::Uuid::from_u128(at as u128)));
                format!("fired: {}", finding.title)
            }
            Some(Transition::Grow(finding)) => format!("grew: {}", finding.title),
            Some(Transition::Resolve(ending)) => {
                next.alert = None;
                format!("over: {ending:?}")
            }
            Some(Transition::Note(finding)) => format!("noted: {}", finding.title),
            Some(other) => format!("{other:?}"),
            None => String::new(),
        };
        if !what.is_empty() {
            told.push((part.group.name.clone(), what));
        }
        if part.is_there || !next.is_idle() {
            after.push(next);
        }
    }
    *states = after;
    told
}

fn told(told: &[(String, String)]) -> Vec<(&str, &str)> {
    told.iter().map(|(group, what)| (group.as_str(), what.as_str())).collect()
}

#[test]
fn each_group_has_an_alert_of_its_own_and_is_told_of_each_of_its_peers() {
    use PeerStatus::{Offline, Online};
    let (rule, mut states) = (offline(&["servers", "routers"], 1), Vec::new());
    let known = [known("servers", "s", false), known("routers", "r", false)];
    let with = |s1, s2, r1| [of("s1", "s", s1), of("s2", "s", s2), of("r1", "r", r1)];
    let mut tick = |peers: &[Peer], at| tick(&rule, &known, peers, &mut states, at);
    assert_eq!(tick(&with(Online, Online, Online), 1), []);
    assert_eq!(told(&tick(&with(Offline, Online, Online), 2)), [("servers", "fired: s1 is offline")]);
    assert_eq!(told(&tick(&with(Offline, Online, Offline), 3)), [("routers", "fired: r1 is offline")]);
    assert_eq!(tick(&with(Offline, Online, Offline), 4), []);
    assert_eq!(
        told(&tick(&with(Offline, Offline, Offline), 5)),
        [("servers", "grew: 2 of 2 peers of servers are offline")]
    );
    assert_eq!(told(&tick(&with(Offline, Offline, Online), 6)), [("routers", "over: Recovered")]);
    assert_eq!(told(&tick(&with(Online, Online, Online), 7)), [("servers", "over: Recovered")]);
}

#[test]
fn a_peer_in_two_groups_is_told_of_in_both_and_what_is_left_out_in_neither() {
    let mut rule = offline(&["servers", "routers"], 1);
    let Condition::PeerOffline(config) = &mut rule.condition else { panic!("it is") };
    config.peers.except_groups = vec!["lab".into()];
    let known = [known("servers", "s", false), known("routers", "r", false), known("lab", "l", false)];
    let both = ["s", "r"].map(|id| GroupRef { id: id.into(), name: id.into() });
    let lab = GroupRef { id: "l".into(), name: "lab".into() };
    let box_ = |groups: Vec<GroupRef>| [Peer { groups, ..of("gate", "s", PeerStatus::Offline) }];
    let fired = tick(&rule, &known, &box_(both.to_vec()), &mut Vec::new(), 1);
    assert_eq!(told(&fired), [("servers", "fired: gate is offline"), ("routers", "fired: gate is offline")]);
    let with_lab = [both.to_vec(), vec![lab]].concat();
    assert_eq!(tick(&rule, &known, &box_(with_lab), &mut Vec::new(), 1), []);
}

#[test]
fn a_threshold_and_a_share_are_of_each_group() {
    use PeerStatus::{Offline, Online};
    let known = [known("servers", "s", false), known("routers", "r", false)];
    let peers = [of("s1", "s", Offline), of("r1", "r", Offline), of("r2", "r", Offline), of("s2", "s", Online)];
    let fired = tick(&offline(&["servers", "routers"], 2), &known, &peers, &mut Vec::new(), 1);
    assert_eq!(told(&fired), [("routers", "fired: 2 of 2 peers of routers are offline")]);
    let groups = vec!["servers".to_owned(), "routers".to_owned()];
    let health = GroupHealth { percent: 50, peers: groups.into(), alert_per: AlertPer::Group };
    let fired = tick(&rule(Condition::GroupHealth(health)), &known, &peers, &mut Vec::new(), 1);
    assert_eq!(told(&fired), [("routers", "fired: 0 % of the peers of routers are online (0 of 2)")]);
}

#[test]
fn a_group_that_is_gone_or_not_looked_at_any_more_ends_its_alert() {
    let peers = [of("s1", "s", PeerStatus::Offline), of("r1", "r", PeerStatus::Offline)];
    let (rule, mut states) = (offline(&["servers", "routers"], 1), Vec::new());
    let both = [known("servers", "s", false), known("routers", "r", false)];
    tick(&rule, &both, &peers, &mut states, 1);
    assert_eq!(states.iter().filter(|state| state.phase == Phase::Firing).count(), 2);
    let gone = [known("servers", "s", false), known("routers", "r", true)];
    assert_eq!(told(&tick(&rule, &gone, &peers, &mut states, 2)), [("routers", "over: GroupsGone")]);
    assert_eq!(states.len(), 1);
    let mut changed = Rule { edition: 2, ..rule.clone() };
    let Condition::PeerOffline(config) = &mut changed.condition else { panic!("it is") };
    config.alert_per = AlertPer::Rule;
    let over = format!("over: {:?}", Ending::RuleChanged);
    assert_eq!(told(&tick(&changed, &both, &peers, &mut states, 3)), [("servers", over.as_str())]);
    assert_eq!(states, []);
}

#[test]
fn a_renamed_group_is_the_same_and_says_its_name() {
    let peers = [of("s1", "s", PeerStatus::Offline), of("s2", "s", PeerStatus::Offline)];
    let (rule, mut states) = (offline(&["servers"], 1), Vec::new());
    tick(&rule, &[known("servers", "s", false)], &peers, &mut states, 1);
    let renamed = KnownGroup { name: "machines".into(), ..known("servers", "s", false) };
    let noted = tick(&rule, &[renamed], &peers, &mut states, 2);
    assert_eq!(told(&noted), [("machines", "noted: 2 of 2 peers of machines are offline")]);
    assert_eq!(states[0].group.as_ref().map(|group| group.name.as_str()), Some("machines"));
}
