use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::ids::{AccountId, AlertId, TenantId};
use crate::rule::EmailChannel;
use crate::tenant_channel::Destination;

fn minute(n: i64) -> Timestamp {
    Timestamp::from_second(n * 60).unwrap()
}

fn channel(n: u128) -> ChannelId {
    ChannelId::from_uuid(Uuid::from_u128(n))
}

/// A rule that tells another channel after each of so many minutes.
fn rule(after: &[u32]) -> Rule {
    let step = |(n, after): (usize, &u32)| EscalationStep { after_minutes: *after, channels: vec![channel(n as u128)] };
    Rule {
        escalation: after.iter().enumerate().map(step).collect(),
        channels: vec![channel(1)],
        ..Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), minute(0))
    }
}

/// A rule's state whose alert was told at the first minute.
fn firing(rule: &Rule) -> RuleState {
    RuleState {
        phase: Phase::Firing,
        alert: Some(AlertId::from_uuid(Uuid::nil())),
        notified_at: Some(minute(0)),
        escalation: Escalation::begin(rule, minute(0)),
        ..RuleState::new(rule, AccountId::from_uuid(Uuid::nil()), minute(0))
    }
}

/// Looks once a minute; the minutes at which a step was taken, and its number.
fn taken(rule: &Rule, state: &mut RuleState, over: std::ops::Range<i64>) -> Vec<(i64, u32)> {
    let look = |now: i64| match rule.escalates(state, minute(now))? {
        Due::Wait(escalation) => {
            state.escalation = Some(escalation);
            None
        }
        Due::Take { number, taken, .. } => {
            state.escalation = Some(taken);
            Some((now, number))
        }
    };
    over.filter_map(look).collect()
}

#[test]
fn each_step_is_taken_once_at_its_time() {
    let rule = rule(&[15, 30, 60]);
    let mut state = firing(&rule);
    assert_eq!(taken(&rule, &mut state, 0..200), [(15, 1), (30, 2), (60, 3)]);
    assert_eq!(taken(&rule, &mut state, 200..1_000), []);
    assert_eq!(rule.channels_at(None), [channel(1)]);
    assert_eq!(rule.channels_at(state.escalation), [channel(1), channel(0), channel(2)], "each once");
}

#[test]
fn what_was_missed_is_made_up_for_one_step_after_the_other() {
    let rule = rule(&[1, 2, 3]);
    assert_eq!(taken(&rule, &mut firing(&rule), 100..110), [(100, 1), (101, 2), (102, 3)]);
}

#[test]
fn nobody_is_told_while_it_is_held_over_or_taken_on() {
    let rule = rule(&[15]);
    let state = firing(&rule);
    assert!(rule.escalates(&state, minute(15)).is_some());
    let holds = |state: &RuleState| assert_eq!(rule.escalates(state, minute(900)), None, "{state:?}");
    holds(&RuleState { suppressed_until: Some(minute(999)), ..state.clone() });
    holds(&RuleState { phase: Phase::Recovering, ..state.clone() });
    holds(&RuleState { alert: None, ..state.clone() });
    holds(&RuleState { rule_version: 7, ..state.clone() });
    let Some(Due::Take { stopped, .. }) = rule.escalates(&state, minute(15)) else { panic!("it is due") };
    holds(&RuleState { escalation: Some(stopped), ..state.clone() });
    // Open again, it has its time anew.
    let again = RuleState { escalation: Some(stopped.again(minute(100))), ..state };
    assert_eq!(rule.escalates(&again, minute(114)), None);
    assert!(rule.escalates(&again, minute(115)).is_some());
}

#[test]
fn a_state_from_before_there_were_steps_waits_from_now_on() {
    let rule = rule(&[15]);
    let mut stored = serde_json::to_value(firing(&rule)).unwrap();
    stored.as_object_mut().unwrap().remove("escalation");
    let mut state: RuleState = serde_json::from_value(stored).unwrap();
    assert_eq!(state.escalation, None);
    assert_eq!(taken(&rule, &mut state, 100..200), [(115, 1)]);
}

#[test]
fn a_rule_that_changes_goes_on_after_what_was_told() {
    let mut state = firing(&rule(&[15, 30]));
    assert_eq!(taken(&rule(&[15, 30]), &mut state, 0..20), [(15, 1)]);
    assert_eq!(taken(&rule(&[5, 15, 40]), &mut state, 20..100), [(40, 3)]);
    assert_eq!(taken(&rule(&[]), &mut state, 100..200), []);
}

#[test]
fn the_sentence_says_who_else_is_told() {
    let sentence = rule(&[15, 90]).sentence();
    let end = " If nobody acknowledges it within 15 min tell 1 more shared channel, \
               within 1 h 30 min tell 1 more shared channel.";
    assert!(sentence.ends_with(end), "{sentence}");
}

proptest! {
    /// Whenever one looks, steps come in order, none twice, and none before its time.
    #[test]
    fn steps_come_in_order(
        after in prop::collection::btree_set(1_u32..200, 0..MAX_STEPS),
        looks in prop::collection::btree_set(0_i64..400, 0..60),
    ) {
        let after: Vec<u32> = after.into_iter().collect();
        let rule = rule(&after);
        let mut state = firing(&rule);
        let mut numbers = Vec::new();
        for now in looks {
            for (at, number) in taken(&rule, &mut state, now..now + 1) {
                prop_assert!(at >= i64::from(after[number as usize - 1]));
                numbers.push(number);
            }
        }
        let expected: Vec<u32> = (1..).take(numbers.len()).collect();
        prop_assert_eq!(numbers, expected);
    }
}

#[test]
fn a_step_names_who_was_told_and_who_was_not() {
    let shared = |n: u128, name: &str, enabled| TenantChannel {
        id: channel(n),
        tenant: TenantId::from_uuid(Uuid::nil()),
        name: name.into(),
        enabled,
        severities: [].into(),
        quiet_hours: None,
        destination: Destination::Email(EmailChannel { enabled: true, recipients: Vec::new() }),
        off: None,
        created_at: minute(0),
        updated_at: minute(0),
        version: 1,
    };
    let channels = [shared(1, "day", true), shared(2, "night", false), shared(3, "boss", true)];
    let step = EscalationStep { after_minutes: 15, channels: channels.iter().map(|channel| channel.id).collect() };
    let told = |told: &[usize]| {
        let told: Vec<Addressee> = told.iter().map(|n| channels[*n].addressee()).collect();
        words(&step, &channels, &told, Severity::High)
    };
    assert_eq!(
        told(&[0, 2]),
        "Nobody acknowledged it within 15 min: told day, boss, but not night, which took no message."
    );
    assert_eq!(
        told(&[0]),
        "Nobody acknowledged it within 15 min: told day, but not night, which took no message. \
         Not told: boss, since an alert is told by at most 40 ways."
    );
    assert_eq!(
        words(&step, &[], &[], Severity::High),
        "Nobody acknowledged it within 15 min; the step's channels are gone, so that nobody else was told."
    );
}
