use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::account::SyncState;
use crate::condition::tests::{healthy, minute, peer, servers};
use crate::condition::{AlertPer, Condition, CountedStatus, Operator, PeerCount, PeerFilter, PeerOffline};
use crate::ids::{TenantId, UserId};
use crate::network::{Peer, PeerStatus};
use crate::observed::Lists;
use crate::rule::{Notification, Severity};
use crate::silence::{Quiet, Silence};
use crate::testing;

fn rule(condition: Condition) -> Rule {
    Rule {
        id: RuleId::from_uuid(Uuid::nil()),
        condition,
        notification: Notification::default(),
        severity: Severity::High,
        created_by: UserId::from_uuid(Uuid::nil()),
        ..Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), Timestamp::UNIX_EPOCH)
    }
}

fn offline(threshold: u32, duration: u32) -> Rule {
    rule(Condition::PeerOffline(PeerOffline {
        threshold,
        duration,
        peers: vec!["servers".to_owned()].into(),
        count_unconfirmed: false,
        alert_per: AlertPer::Rule,
    }))
}

/// A rule that is evaluated again and again, as the job does.
struct Story {
    rule: Rule,
    silence: Option<Silence>,
    state: RuleState,
    sync: SyncState,
}

impl Story {
    fn new(rule: Rule) -> Self {
        let state = RuleState::new(&rule, AccountId::from_uuid(Uuid::nil()), minute(0));
        Self { rule, silence: None, state, sync: healthy() }
    }

    fn at(&mut self, now: i64, peers: &[Peer]) -> Option<Transition> {
        // Syncs go on while the story does not say otherwise.
        if self.sync.reason.is_none() {
            self.sync.succeed(minute(now));
        }
        let quiet = Quiet::at(self.silence.clone().into_iter().collect(), minute(now));
        let seen = Observation {
            account: self.state.account,
            account_name: "HQ",
            sync: &self.sync,
            peers,
            groups: servers(),
            lists: Lists::none(),
            since: Timestamp::MIN,
            access: None,
            quiet: Some(&quiet),
        };
        let (next, transition) = evaluate(&self.rule, &self.state, seen, minute(now));
        self.state = next;
        match &transition {
            Some(Transition::Fire(_)) => self.state.alert = Some(AlertId::from_uuid(Uuid::nil())),
            Some(Transition::Resolve(_)) => self.state.alert = None,
            _ => {}
        }
        transition
    }
}

#[test]
fn fires_once_the_peer_was_offline_long_enough_and_resolves_when_it_returns() {
    let mut story = Story::new(offline(1, 5));
    let (up, down) = ([peer("srv-01", PeerStatus::Online, 0)], [peer("srv-01", PeerStatus::Offline, 10)]);
    assert_eq!(story.at(9, &up), None);
    assert_eq!(story.at(14, &down), None);
    let Some(Transition::Fire(finding)) = story.at(15, &down) else { panic!("fires at five minutes") };
    assert_eq!(finding.title, "srv-01 is offline");
    assert_eq!(finding.message, "srv-01 of HQ has been offline since 1970-01-01 00:10 UTC.");
    assert_eq!(finding.began_at, minute(15));
    assert_eq!(story.at(16, &down), None, "an open alert is not opened again");
    assert_eq!(story.at(17, &up), Some(Transition::Resolve(Ending::Recovered)));
    assert_eq!(story.at(18, &up), None);
}

#[test]
fn a_missed_tick_does_not_reset_the_wait() {
    let mut story = Story::new(Rule {
        for_minutes: 10,
        ..rule(Condition::PeerCount(PeerCount {
            operator: Operator::LessThan,
            threshold: 2,
            peers: PeerFilter::default(),
            status: CountedStatus::Online,
            alert_per: AlertPer::Rule,
        }))
    });
    let down = [peer("a", PeerStatus::Online, 0), peer("b", PeerStatus::Offline, 1)];
    assert_eq!(story.at(1, &down), None);
    assert_eq!(story.state.phase, Phase::Pending);
    assert!(matches!(story.at(11, &down), Some(Transition::Fire(_))), "ten minutes passed, though only two ticks did");
}

#[test]
fn a_flapping_peer_is_one_alert_while_it_keeps_firing() {
    let mut story = Story::new(Rule { keep_firing_minutes: 5, ..offline(1, 0) });
    let (up, down) = ([peer("a", PeerStatus::Online, 0)], [peer("a", PeerStatus::Offline, 1)]);
    assert!(matches!(story.at(1, &down), Some(Transition::Fire(_))));
    for tick in 2..12 {
        assert_eq!(story.at(tick, if tick % 2 == 0 { &up } else { &down }), None);
    }
    assert_eq!(story.at(12, &up), None);
    assert_eq!(story.at(16, &up), None);
    assert!(matches!(story.at(17, &up), Some(Transition::Resolve(_))));
}

#[test]
fn nothing_fires_or_resolves_while_the_account_cannot_be_read() {
    let mut story = Story::new(offline(1, 0));
    let down = [peer("a", PeerStatus::Offline, 1)];
    assert!(matches!(story.at(1, &down), Some(Transition::Fire(_))));
    story.sync.fail(minute(2), "timeout", "It did not answer.", false, false, 0.0);
    assert_eq!(story.at(2, &[]), None);
    assert_eq!(story.state.phase, Phase::Firing);
    story.sync.succeed(minute(3));
    assert_eq!(story.at(3, &down), None, "the same alert goes on");
}

#[test]
fn an_unreachable_account_is_told_after_three_failures_and_a_dead_token_at_once() {
    let unreachable = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), minute(0));
    let mut story = Story::new(unreachable.clone());
    for tick in 1..=2 {
        story.sync.fail(minute(tick), "timeout", "It did not answer.", false, true, 0.0);
        assert_eq!(story.at(tick, &[]), None);
    }
    story.sync.fail(minute(3), "timeout", "It did not answer.", false, true, 0.0);
    let Some(Transition::Fire(finding)) = story.at(3, &[]) else { panic!("three failures") };
    assert_eq!((finding.title.as_str(), finding.began_at), ("HQ cannot be read", minute(1)));
    story.sync.succeed(minute(4));
    assert!(matches!(story.at(4, &[]), Some(Transition::Resolve(_))));

    let mut story = Story::new(unreachable);
    story.sync.fail(minute(1), "token_deleted", "The token was deleted.", true, false, 0.0);
    assert!(matches!(story.at(1, &[]), Some(Transition::Fire(_))));
}

#[test]
fn silence_is_told_though_nothing_failed() {
    let unreachable = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), minute(0));
    let state = RuleState::new(&unreachable, AccountId::from_uuid(Uuid::nil()), minute(0));
    let (sync, account) = (healthy(), state.account);
    let seen = Observation {
        account,
        account_name: "HQ",
        sync: &sync,
        peers: &[],
        groups: servers(),
        lists: Lists::none(),
        since: Timestamp::MIN,
        access: None,
        quiet: None,
    };
    assert_eq!(evaluate(&unreachable, &state, seen, minute(10)).1, None);
    assert!(matches!(evaluate(&unreachable, &state, seen, minute(11)).1, Some(Transition::Fire(_))));
    let down = [peer("a", PeerStatus::Offline, 0)];
    let state = RuleState::new(&offline(1, 0), account, minute(0));
    assert_eq!(evaluate(&offline(1, 0), &state, Observation { peers: &down, ..seen }, minute(11)).1, None);
}

#[test]
fn tells_again_every_four_hours() {
    let mut story = Story::new(offline(1, 0));
    let down = [peer("a", PeerStatus::Offline, 0)];
    let told: Vec<i64> = (0..600).filter(|tick| story.at(*tick, &down).is_some()).collect();
    assert_eq!(told, [0, 240, 480]);
}

#[test]
fn an_edited_or_disabled_rule_starts_over() {
    let mut story = Story::new(offline(1, 0));
    let down = [peer("a", PeerStatus::Offline, 0)];
    assert!(story.at(1, &down).is_some());
    story.rule.version += 1;
    assert_eq!(story.at(2, &down), None, "whom it tells is no part of what it watches for");
    story.rule.edition += 1;
    assert_eq!(story.at(2, &down), Some(Transition::Resolve(Ending::RuleChanged)));
    assert!(matches!(story.at(3, &down), Some(Transition::Fire(_))));
    story.rule.enabled = false;
    assert_eq!(story.at(4, &down), Some(Transition::Resolve(Ending::RuleSwitchedOff)));
    assert_eq!(story.at(5, &down), None);
}

#[test]
fn without_any_of_its_groups_there_is_nothing_to_look_at() {
    let sync = healthy();
    let down = [peer("a", PeerStatus::Offline, 0)];
    let mut state = RuleState::new(&offline(1, 0), AccountId::from_uuid(Uuid::nil()), minute(0));
    let seen = Observation {
        account: state.account,
        account_name: "HQ",
        sync: &sync,
        peers: &down,
        groups: servers(),
        lists: Lists::none(),
        since: Timestamp::MIN,
        access: None,
        quiet: None,
    };
    let gone = [KnownGroup { gone: true, ..servers()[0].clone() }];
    let blind = Observation { groups: &gone, ..seen };
    assert_eq!(evaluate(&offline(1, 0), &state, blind, minute(1)).1, None);
    assert_eq!(evaluate(&offline(1, 0), &state, Observation { groups: &[], ..seen }, minute(1)).1, None);
    let few = rule(Condition::PeerCount(PeerCount {
        operator: Operator::LessThan,
        threshold: 3,
        peers: vec!["servers".to_owned()].into(),
        status: CountedStatus::Any,
        alert_per: AlertPer::Rule,
    }));
    assert_eq!(evaluate(&few, &state, blind, minute(1)).1, None, "a group that is gone is not an empty one");
    let (firing, transition) = evaluate(&offline(1, 0), &state, seen, minute(1));
    assert!(matches!(transition, Some(Transition::Fire(_))));
    state = RuleState { alert: Some(AlertId::from_uuid(Uuid::nil())), ..firing };
    let ended = evaluate(&offline(1, 0), &state, blind, minute(2)).1;
    assert_eq!(ended, Some(Transition::Resolve(Ending::GroupsGone)));
}

#[test]
fn what_is_told_names_a_group_as_it_is_called_now() {
    let sync = healthy();
    let down = [peer("a", PeerStatus::Offline, 0), peer("b", PeerStatus::Offline, 0)];
    let state = RuleState::new(&offline(1, 0), AccountId::from_uuid(Uuid::nil()), minute(0));
    let renamed = [KnownGroup { name: "machines".into(), ..servers()[0].clone() }];
    let seen = Observation {
        account: state.account,
        account_name: "HQ",
        sync: &sync,
        peers: &down,
        groups: &renamed,
        lists: Lists::none(),
        since: Timestamp::MIN,
        access: None,
        quiet: None,
    };
    let (_, Some(Transition::Fire(finding))) = evaluate(&offline(1, 0), &state, seen, minute(1)) else { panic!() };
    assert_eq!(finding.title, "2 of 2 peers of machines are offline");
    assert_eq!(finding.affected.groups, ["machines"]);
}

proptest! {
    /// Whatever a peer does, fire and resolve alternate, and an alert is open exactly while the rule is firing.
    #[test]
    fn fire_and_resolve_alternate(ups in proptest::collection::vec(any::<(bool, bool)>(), 1..200), wait in 0u32..4, keep in 0u32..4) {
        let mut story = Story::new(Rule { for_minutes: wait, keep_firing_minutes: keep, ..offline(1, 0) });
        let mut open = false;
        for (tick, (up, readable)) in ups.into_iter().enumerate() {
            let now = tick as i64;
            if readable { story.sync.succeed(minute(now)) } else { story.sync.fail(minute(now), "timeout", "", false, false, 0.0) }
            let peers = [peer("a", if up { PeerStatus::Online } else { PeerStatus::Offline }, now)];
            match story.at(now, &peers) {
                Some(Transition::Note(_) | Transition::Reopen(_) | Transition::Grow(_)) => prop_assert!(open),
                Some(Transition::Fire(_)) => { prop_assert!(!open); open = true; }
                Some(Transition::Resolve(_)) => { prop_assert!(open); open = false; }
                Some(Transition::Repeat(_) | Transition::Mute(_)) => prop_assert!(open),
                None => {}
            }
            prop_assert_eq!(open, matches!(story.state.phase, Phase::Firing | Phase::Recovering));
        }
    }
}

#[test]
fn muted_it_is_told_when_that_is_over_if_it_still_holds() {
    let down = [peer("a", PeerStatus::Offline, 0), peer("b", PeerStatus::Offline, 0)];
    let up = [peer("a", PeerStatus::Online, 0), peer("b", PeerStatus::Online, 0)];
    let mut story = Story::new(offline(2, 0));
    story.silence = Some(testing::silence(minute(0), minute(60)));
    assert!(matches!(story.at(1, &down), Some(Transition::Fire(_))));
    assert_eq!((story.state.suppressed_until, story.state.silence.is_some()), (Some(minute(60)), true));
    assert_eq!(story.at(59, &down), None);
    assert!(matches!(story.at(60, &down), Some(Transition::Reopen(_))));
    assert_eq!(story.at(61, &down), None, "told once");

    // What was told: no reminder while muted, and one when that is over.
    story.silence = Some(testing::silence(minute(62), minute(400)));
    assert_eq!(story.at(399, &down), None);
    assert!(matches!(story.at(400, &down), Some(Transition::Repeat(_))));

    // A person's time is over, and the rule is muted still.
    story.state.suppressed_until = Some(minute(420));
    story.silence = Some(testing::silence(minute(400), minute(500)));
    assert_eq!(story.at(419, &down), None);
    assert!(matches!(story.at(420, &down), Some(Transition::Mute(_))));
    assert_eq!(story.state.suppressed_until, Some(minute(500)));
    assert!(matches!(story.at(430, &up), Some(Transition::Resolve(Ending::Recovered))));
    assert_eq!((story.state.suppressed_until, story.state.silence), (None, None));
}
