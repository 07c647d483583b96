use super::*;
use crate::ids::ChannelId;
use crate::testing;

fn to(route: impl Into<Route>) -> Addressee {
    Addressee { route: route.into(), target: "ops".into(), name: None }
}

#[test]
fn who_was_reminded_is_told_that_it_is_over_when_the_first_message_is_forgotten() {
    let (mut alert, now) = (testing::alert(), Timestamp::UNIX_EPOCH);
    let mut tell = |event, channel| {
        let row = alert.record(event, now, None, None);
        Intent::new(&alert, &row, to(channel), now)
    };
    let intents = [
        tell(AlertEvent::Fired, Channel::Email),
        tell(AlertEvent::Repeated, Channel::Email),
        tell(AlertEvent::Repeated, Channel::Webhook),
        tell(AlertEvent::Acknowledged, Channel::Owners),
    ];
    let channels = |intents: &[Intent]| told(intents).into_iter().map(|to| to.route.channel).collect::<Vec<_>>();
    assert_eq!(channels(&intents), [Channel::Email, Channel::Webhook]);
    assert_eq!(channels(&intents[1..2]), [Channel::Email]);
    assert_eq!(channels(&intents[3..]), []);
}

#[test]
fn only_what_was_given_up_and_still_is_so_is_sent_again() {
    let (mut alert, now) = (testing::alert(), Timestamp::UNIX_EPOCH);
    let row = alert.record(AlertEvent::Fired, now, None, None);
    let made = Intent::new(&alert, &row, to(Channel::Webhook), now);
    let again = |change: &dyn Fn(&mut Intent), alert: &Alert| {
        let mut intent = made.clone();
        change(&mut intent);
        intent.send_again(alert, &[], now + LEASE).map(|()| intent)
    };
    let give_up = |intent: &mut Intent| {
        intent.claim(now);
        intent.failed("500".into(), None, now);
    };
    let sent = again(&give_up, &alert).unwrap();
    assert_eq!((sent.status, sent.attempts, sent.finished_at), (IntentStatus::Pending, 0, None));
    assert_eq!((&sent.key, sent.tried_since()), (&made.key, now + LEASE));
    assert!(sent.is_ready(now + LEASE));

    let refused = |change: &dyn Fn(&mut Intent)| again(change, &alert).is_err();
    assert!(refused(&|_| {}), "it waits");
    assert!(refused(&|intent| intent.claim(now)), "it is being sent");
    assert!(refused(&|intent| intent.delivered(now)));
    assert!(refused(&|intent| intent.held(now)));
    assert!(refused(&|intent| intent.superseded("not sent: resolved meanwhile", now)));
    let over = Alert { status: AlertStatus::Resolved, ..alert.clone() };
    assert_eq!(again(&give_up, &over).unwrap_err(), "it was overtaken and is not sent: resolved meanwhile");
}

#[test]
fn an_intent_from_before_it_could_be_sent_again_is_read() {
    let (mut alert, now) = (testing::alert(), Timestamp::UNIX_EPOCH);
    let row = alert.record(AlertEvent::Fired, now, None, None);
    let made = Intent::new(&alert, &row, to(Channel::Slack), now);
    let stored = serde_json::to_value(&made).unwrap();
    assert_eq!((&stored["channel"], stored.get("channelName")), (&"slack".into(), None));
    assert!(stored.get("againAt").is_none(), "nothing is written of what did not happen");
    assert_eq!(serde_json::from_value::<Intent>(stored).unwrap(), made);
}

#[test]
fn an_acknowledgement_waits_until_there_is_something_to_acknowledge() {
    let (mut alert, now) = (testing::alert(), Timestamp::UNIX_EPOCH);
    let mut tell = |event| {
        let row = alert.record(event, now, None, None);
        Intent::new(&alert, &row, to(Channel::PagerDuty), now)
    };
    let (mut fired, acknowledged) = (tell(AlertEvent::Fired), tell(AlertEvent::Acknowledged));
    fired.claim(now);
    let retry = now + SignedDuration::from_secs(30);
    fired.failed("500".into(), Some(retry), now);
    assert_eq!(acknowledged.waits_for(std::slice::from_ref(&fired), now), Some(retry));
    // Should it be delivered first all the same, that does not make up for what it is about.
    let mut early = acknowledged.clone();
    early.delivered(now);
    assert_eq!(fired.overtaken(&alert, &[early]), None);
    fired.failed("500".into(), None, retry);
    assert_eq!(acknowledged.waits_for(&[fired], retry), None, "it was given up");
}

#[test]
fn several_channels_of_one_kind_are_several() {
    let (mut alert, now) = (testing::alert(), Timestamp::UNIX_EPOCH);
    let route = |id| Route { channel: Channel::Slack, of: Some(ChannelId::from_uuid(uuid::Uuid::from_u128(id))) };
    let mut tell = |event, route: Route| {
        let row = alert.record(event, now, None, None);
        Intent::new(&alert, &row, to(route), now)
    };
    let (first, mut again) = (tell(AlertEvent::Fired, route(1)), tell(AlertEvent::Repeated, route(2)));
    assert_eq!(told(&[first.clone(), again.clone()]).len(), 2);
    again.delivered(now);
    assert_eq!(first.overtaken(&alert, std::slice::from_ref(&again)), None, "another channel told it again");
    let stored = serde_json::to_value(&first).unwrap();
    assert_eq!(stored["channel"], "slack-00000000-0000-0000-0000-000000000001");
    assert_eq!(serde_json::from_value::<Intent>(stored).unwrap(), first);
    assert_eq!(Route::of_key(&first.key), Some(first.route));
}

/// Intents of one alert on one channel, and what quiet hours make of them.
struct Night {
    alert: Alert,
    now: Timestamp,
}

impl Night {
    fn tell(&mut self, event: AlertEvent) -> Intent {
        let row = self.alert.record(event, self.now, None, None);
        Intent::new(&self.alert, &row, to(Channel::Slack), self.now)
    }

    /// One that was taken and held for so many minutes.
    fn held(&mut self, event: AlertEvent, minutes: i64) -> Intent {
        let mut intent = self.tell(event);
        intent.claim(self.now);
        intent.hold(self.hold(minutes));
        intent
    }

    fn hold(&self, minutes: i64) -> QuietHold {
        let until = self.now + SignedDuration::from_mins(minutes);
        QuietHold { until, clock: "07:00".into(), why: "held until 07:00 by quiet hours of Ops".into(), untried: true }
    }
}

#[test]
fn what_quiet_hours_hold_waits_for_their_end_and_was_not_tried() {
    let mut night = Night { alert: testing::alert(), now: Timestamp::UNIX_EPOCH };
    let held = night.held(AlertEvent::Fired, 10);
    let end = night.now + SignedDuration::from_mins(10);
    assert_eq!((held.status, held.attempts, held.due, held.held_until()), (IntentStatus::Pending, 0, end, Some(end)));
    assert!(!held.is_ready(night.now) && held.is_ready(end));
    assert_eq!(held.tried_since(), end, "its time begins then");
    assert!(held.quiet.as_ref().unwrap().untried);
    // A try that failed before may have arrived all the same.
    let mut tried = night.tell(AlertEvent::Fired);
    tried.claim(night.now);
    tried.failed("500".into(), Some(night.now), night.now);
    tried.claim(night.now);
    tried.hold(night.hold(10));
    assert_eq!((tried.attempts, tried.quiet.unwrap().untried), (1, false));
    let stored = serde_json::to_value(night.tell(AlertEvent::Fired)).unwrap();
    assert!(stored.get("quiet").is_none(), "nothing is written of what did not happen");
}

#[test]
fn who_was_told_nothing_is_not_told_that_it_is_over() {
    let mut night = Night { alert: testing::alert(), now: Timestamp::UNIX_EPOCH };
    let (mut known, held) = (night.tell(AlertEvent::Fired), night.held(AlertEvent::Repeated, 10));
    known.claim(night.now);
    known.delivered(night.now);
    let end = night.tell(AlertEvent::Resolved);
    night.alert.status = AlertStatus::Resolved;
    assert_eq!(held.overtaken(&night.alert, &[]).as_deref(), Some("over before 07:00: not told"));
    let why = |others: &[Intent]| end.overtaken(&night.alert, others);
    assert!(why(std::slice::from_ref(&held)).is_some());
    assert_eq!(why(&[held.clone(), known]), None, "an earlier message told them");
    assert_eq!(why(&[]), None);
    let mut over = held.clone();
    over.claim(night.now);
    over.superseded("over before 07:00: not told", night.now);
    assert!(why(&[over]).is_some());
    let mut sent = held;
    sent.claim(night.now);
    assert_eq!(why(std::slice::from_ref(&sent)), None, "it may be on its way");
    sent.sending();
    sent.failed("500".into(), None, night.now);
    assert_eq!(why(&[sent]), None, "it may have arrived");
}

#[test]
fn the_first_message_after_quiet_hours_tells_for_the_others() {
    let mut night = Night { alert: testing::alert(), now: Timestamp::UNIX_EPOCH };
    let (first, second) = (night.held(AlertEvent::Fired, 10), night.held(AlertEvent::Repeated, 10));
    let longer = night.held(AlertEvent::Grew, 20);
    let all = [first.clone(), second.clone(), longer.clone()];
    assert_eq!(first.overtaken(&night.alert, &all), None);
    assert!(second.overtaken(&night.alert, &all).unwrap().contains("first message after quiet hours"));
    assert_eq!(longer.overtaken(&night.alert, &all), None, "it is about a later time");
    let mut gone = first.clone();
    gone.failed("400".into(), None, night.now);
    assert_eq!(second.overtaken(&night.alert, &[gone, second.clone()]), None, "nobody told it");
    let escalated = night.held(AlertEvent::Escalated, 10);
    let after = night.held(AlertEvent::Reopened, 10);
    night.alert.status = AlertStatus::Acknowledged;
    assert_eq!(after.overtaken(&night.alert, &[escalated]), None, "somebody is on it, so that the first is not sent");
}

#[test]
fn the_last_tries_are_kept_and_the_others_counted() {
    let (mut alert, minute) = (testing::alert(), |n: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(n));
    let row = alert.record(AlertEvent::Fired, minute(0), None, None);
    let mut intent = Intent::new(&alert, &row, to(Channel::Webhook), minute(0));
    for n in 0..25 {
        intent.failed("503".into(), Some(minute(n + 1)), minute(n));
        let (answer, error) = (Some("é\n\u{7}".repeat(500)), Some("x".repeat(500)));
        intent.remember(PastTry { at: minute(n), took_ms: 7, status: Some(503), answer, error, next_at: None });
    }
    intent.delivered(minute(25));
    let last = PastTry { at: minute(25), took_ms: 7, status: None, answer: None, error: None, next_at: None };
    intent.remember(last.clone());
    assert_eq!((intent.tries.len(), intent.earlier_tries), (MAX_TRIES, 6));
    let first = &intent.tries[0];
    assert_eq!((first.at, first.next_at), (minute(6), Some(minute(7))));
    assert_eq!(first.answer, Some("é".repeat(MAX_ANSWER)), "nothing that a terminal obeys");
    assert_eq!(first.error.as_ref().map(String::len), Some(MAX_ERROR));
    assert_eq!(intent.tries.last(), Some(&last));
    assert!(serde_json::to_string(&intent).unwrap().len() < 20_000);
}
