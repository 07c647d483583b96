use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::account::SyncState;
use crate::condition::tests::{healthy, minute, peer, seen};
use crate::condition::{AlertPer, Condition, Observation, PeerOffline};
use crate::finding::{Affected, Finding};
use crate::network::PeerStatus;
use crate::testing;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn weekly(days: &[Weekday], from: &str, minutes: u32, time_zone: &str) -> Weekly {
    Weekly { days: days.to_vec(), from: from.into(), minutes, time_zone: time_zone.into() }
}

fn recurring(weekly: Weekly, starts_at: &str, ends_at: &str) -> Silence {
    Silence { recurrence: Some(weekly), ..testing::silence(at(starts_at), at(ends_at)) }
}

fn windows(silence: &Silence, from: &str, most: usize) -> Vec<String> {
    let windows = silence.next_windows(at(from), most);
    windows.iter().map(|window| format!("{} {}", window.starts_at, window.ends_at)).collect()
}

fn complaints(silence: &Silence, now: Timestamp) -> Vec<String> {
    let mut problems = Problems::default();
    silence.check(now, &mut problems);
    problems.finish().err().unwrap_or_default().into_iter().map(|problem| problem.pointer).collect()
}

#[test]
fn all_matchers_must_match_and_none_match_nothing() {
    let rule = |n| RuleId::from_uuid(Uuid::from_u128(n));
    let account = |n| AccountId::from_uuid(Uuid::from_u128(n));
    let matchers = Matchers {
        rules: [rule(1), rule(2)].into(),
        severities: [Severity::High].into(),
        accounts: [account(7)].into(),
        everything: false,
        ..Matchers::default()
    };
    assert!(matchers.match_rule(rule(2), Severity::High, account(7)));
    assert!(!matchers.match_rule(rule(3), Severity::High, account(7)));
    assert!(!matchers.match_rule(rule(1), Severity::Low, account(7)));
    assert!(!matchers.match_rule(rule(1), Severity::High, account(8)));
    assert!(!Matchers::default().match_rule(rule(1), Severity::High, account(7)));
}

#[test]
fn whether_an_account_is_unreachable_is_muted_by_who_says_so() {
    let (tenant, account) = (TenantId::from_uuid(Uuid::nil()), AccountId::from_uuid(Uuid::from_u128(7)));
    let built_in = Rule::account_unreachable(tenant, minute(0));
    let mutes = |matchers: Matchers| {
        let silence = Silence { matchers, ..testing::silence(minute(0), minute(9)) };
        let quiet = Quiet::at(vec![silence], minute(1));
        let sync = SyncState::new(account);
        Observation { quiet: Some(&quiet), ..seen(&sync, &[]) }.mutes_rule(&built_in).is_some()
    };
    assert!(mutes(Matchers { everything: true, ..Matchers::default() }));
    assert!(mutes(Matchers { accounts: [account].into(), ..Matchers::default() }));
    assert!(mutes(Matchers { severities: [Severity::High].into(), ..Matchers::default() }));
    assert!(!mutes(Matchers { severities: [Severity::Low].into(), ..Matchers::default() }));
    let rules = [RuleId::from_uuid(Uuid::from_u128(1))].into();
    assert!(!mutes(Matchers { rules, accounts: [account].into(), ..Matchers::default() }));
}

#[test]
fn of_several_the_longest_counts() {
    let short = testing::silence(minute(0), minute(10));
    let long = Silence { id: SilenceId::from_uuid(Uuid::from_u128(9)), ends_at: minute(20), ..short.clone() };
    let off =
        Silence { id: SilenceId::from_uuid(Uuid::from_u128(8)), enabled: false, ends_at: minute(30), ..short.clone() };
    let quiet = Quiet::at(vec![short.clone(), long.clone(), off], minute(5));
    let rule = Rule::account_unreachable(short.tenant, minute(0));
    let sync = healthy();
    let muted = Observation { quiet: Some(&quiet), ..seen(&sync, &[]) }.mutes_rule(&rule).unwrap();
    assert_eq!((muted.silence.id, muted.until), (long.id, minute(20)));
}

#[test]
fn a_window_goes_over_midnight_and_keeps_to_the_clocks_of_its_place() {
    let silence = recurring(
        weekly(&[Weekday::Monday], "22:00", 240, "Europe/Berlin"),
        "2026-03-01T00:00:00Z",
        "2026-04-30T00:00:00Z",
    );
    assert_eq!(
        windows(&silence, "2026-03-23T21:30:00Z", 3),
        [
            "2026-03-23T21:00:00Z 2026-03-24T01:00:00Z",
            // Summer time began on the 29th.
            "2026-03-30T20:00:00Z 2026-03-31T00:00:00Z",
            "2026-04-06T20:00:00Z 2026-04-07T00:00:00Z",
        ]
    );
    for (moment, is_muted) in [
        ("2026-03-23T20:59:59Z", false),
        ("2026-03-23T21:00:00Z", true),
        ("2026-03-24T00:59:59Z", true),
        ("2026-03-24T01:00:00Z", false),
        ("2026-03-24T21:30:00Z", false),
    ] {
        assert_eq!(silence.window_at(at(moment)).is_some(), is_muted, "{moment}");
    }
    assert_eq!(silence.when(), "Every Monday from 22:00 for 4 h (Europe/Berlin), until 2026-04-30 02:00 CEST");
    let window = silence.next_windows(at("2026-03-23T21:30:00Z"), 1)[0];
    assert_eq!(silence.window_words(window), "Mon 2026-03-23 22:00 to Tue 2026-03-24 02:00 CET");
}

/// Summer time begins in Berlin on 29 March 2026 at 02:00, and ends on 25 October 2026 at 03:00.
#[test]
fn what_the_clocks_skip_begins_later_and_what_they_show_twice_begins_the_first_time() {
    let nightly = |from: &str| weekly(&[Weekday::Sunday], from, 60, "Europe/Berlin");
    let spring = |from| recurring(nightly(from), "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z");
    // 02:30 is not there: as long after midnight as ever, which is 03:30 by then.
    assert_eq!(windows(&spring("02:30"), "2026-03-28T00:00:00Z", 3), ["2026-03-29T01:30:00Z 2026-03-29T02:30:00Z"]);
    // One that begins before lasts as long as ever, until 03:30.
    assert_eq!(windows(&spring("01:30"), "2026-03-28T00:00:00Z", 3), ["2026-03-29T00:30:00Z 2026-03-29T01:30:00Z"]);
    let autumn = recurring(nightly("02:30"), "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z");
    assert_eq!(windows(&autumn, "2026-10-24T00:00:00Z", 3), ["2026-10-25T00:30:00Z 2026-10-25T01:30:00Z"]);
    assert_eq!(autumn.window_at(at("2026-10-25T01:30:00Z")), None, "the second 02:30 is not muted");
}

#[test]
fn windows_are_cut_by_start_and_end() {
    let every_day = weekly(Weekday::ALL, "00:00", 1_440, "UTC");
    let silence = recurring(every_day, "2026-03-02T09:00:00Z", "2026-03-04T08:00:00Z");
    assert_eq!(
        windows(&silence, "2026-03-01T00:00:00Z", 9),
        [
            "2026-03-02T09:00:00Z 2026-03-03T00:00:00Z",
            "2026-03-03T00:00:00Z 2026-03-04T00:00:00Z",
            "2026-03-04T00:00:00Z 2026-03-04T08:00:00Z",
        ]
    );
    assert_eq!(silence.status(at("2026-03-02T08:00:00Z")), SilenceStatus::Scheduled);
    assert_eq!(silence.status(at("2026-03-03T00:00:00Z")), SilenceStatus::Active);
    assert_eq!(silence.status(at("2026-03-04T08:00:00Z")), SilenceStatus::Ended);
    let off = Silence { enabled: false, ..silence };
    assert_eq!(off.status(at("2026-03-03T00:00:00Z")), SilenceStatus::Off);
}

#[test]
fn an_end_is_never_missing_nor_far() {
    let now = at("2026-03-02T09:00:00Z");
    let day = |n: i64| now + SignedDuration::from_hours(24 * n);
    assert_eq!(complaints(&testing::silence(now, day(90)), now), [""; 0]);
    assert_eq!(complaints(&testing::silence(now, day(91)), now), ["/endsAt"]);
    assert_eq!(complaints(&testing::silence(day(-1), now), now), ["/endsAt"]);
    assert_eq!(complaints(&testing::silence(day(2), day(1)), now), ["/endsAt"]);
    assert_eq!(complaints(&testing::silence(day(367), day(368)), now), ["/startsAt"]);
    let weekly = |days: &[Weekday], from: &str, minutes, zone: &str| Silence {
        recurrence: Some(weekly(days, from, minutes, zone)),
        ..testing::silence(now, day(366))
    };
    assert_eq!(complaints(&weekly(&[Weekday::Friday], "07:05", 1_440, "America/New_York"), now), [""; 0]);
    let pointers = ["/recurrence/days", "/recurrence/from", "/recurrence/minutes", "/recurrence/timeZone"];
    assert_eq!(complaints(&weekly(&[], "7:05", 0, "Mars/Olympus"), now), pointers);
    assert_eq!(complaints(&weekly(&[], "24:00", 1_441, ""), now), pointers);
    for matchers in
        [Matchers::default(), Matchers { everything: true, severities: [Severity::Low].into(), ..Matchers::default() }]
    {
        let silence = Silence { name: " ".into(), matchers, ..testing::silence(now, day(1)) };
        let told = complaints(&silence, now);
        assert!(told[0] == "/name" && told[1].starts_with("/matchers"), "{told:?}");
    }
}

#[test]
fn the_place_is_kept_as_it_is_spelled() {
    let tidied = weekly(&[Weekday::Friday, Weekday::Monday, Weekday::Friday], "22:00", 1, "europe/berlin").tidied();
    assert_eq!((tidied.days, tidied.time_zone.as_str()), (vec![Weekday::Monday, Weekday::Friday], "Europe/Berlin"));
}

/// A silence of so many minutes about some peers and groups.
fn about(id: u128, ends_at: i64, peers: &[&str], groups: &[&str]) -> Silence {
    let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    let account = AccountId::from_uuid(Uuid::nil());
    let matchers =
        Matchers { accounts: [account].into(), peers: own(peers), groups: own(groups), ..Matchers::default() };
    let id = SilenceId::from_uuid(Uuid::from_u128(id));
    Silence { id, matchers, ..testing::silence(minute(0), minute(ends_at)) }
}

/// A rule that tells of offline servers in one alert.
fn together() -> Rule {
    let config = PeerOffline {
        threshold: 1,
        duration: 5,
        peers: vec!["servers".to_owned()].into(),
        count_unconfirmed: false,
        alert_per: AlertPer::Rule,
    };
    let rule = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), minute(0));
    Rule { condition: Condition::PeerOffline(config), ..rule }
}

#[test]
fn an_alert_is_muted_if_all_that_it_is_about_is() {
    let rule = together();
    let peers: Vec<Peer> = ["a", "b"].map(|name| peer(name, PeerStatus::Offline, 1)).into();
    let sync = healthy();
    let until = |silences: Vec<Silence>| {
        let quiet = Quiet::at(silences, minute(10));
        let seen = Observation { quiet: Some(&quiet), ..seen(&sync, &peers) };
        let finding = rule.condition.watch().find(seen, minute(10)).unwrap();
        assert_eq!(seen.mutes_rule(&rule).map(|muted| muted.until), None, "other peers are told of");
        seen.mutes(&rule, &finding).map(|muted| muted.until)
    };
    assert_eq!(until(vec![about(1, 60, &["a"], &[])]), None, "b is told of");
    assert_eq!(until(vec![about(1, 60, &["a", "b"], &[])]), Some(minute(60)));
    assert_eq!(until(vec![about(1, 60, &["a"], &[]), about(2, 90, &["b"], &[])]), Some(minute(60)), "the first to end");
    assert_eq!(until(vec![about(1, 60, &["a", "b"], &[]), about(2, 90, &["b"], &["elsewhere"])]), Some(minute(60)));
    assert_eq!(until(vec![about(1, 60, &[], &["g"])]), Some(minute(60)), "the group that the rule looks at");
    assert_eq!(until(vec![about(1, 60, &[], &["elsewhere"])]), None);
    assert_eq!(until(vec![about(1, 60, &["a"], &["g"])]), Some(minute(60)), "peers, or those of the groups");
}

#[test]
fn an_alert_of_more_peers_than_it_names_is_muted_by_its_groups_alone() {
    let rule = together();
    let names: Vec<String> = (0..Affected::NAMED + 1).map(|n| format!("srv-{n:02}")).collect();
    let peers: Vec<Peer> = names.iter().map(|name| peer(name, PeerStatus::Offline, 1)).collect();
    let sync = healthy();
    let is_muted = |most: usize, silence: Silence| {
        let quiet = Quiet::at(vec![silence], minute(10));
        let seen = Observation { quiet: Some(&quiet), ..seen(&sync, &peers[..most]) };
        let finding = rule.condition.watch().find(seen, minute(10)).unwrap();
        seen.mutes(&rule, &finding).is_some()
    };
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    assert!(is_muted(Affected::NAMED - 1, about(1, 60, &all, &[])));
    assert!(!is_muted(Affected::NAMED + 1, about(1, 60, &all, &[])), "nobody knows of the last");
    assert!(is_muted(Affected::NAMED + 1, about(1, 60, &[], &["g"])));
}

#[test]
fn what_is_about_no_peer_is_muted_by_none() {
    let rule = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), minute(0));
    let finding = Finding {
        title: String::new(),
        message: String::new(),
        affected: Affected { total: 1, of: 1, ..Affected::default() },
        began_at: minute(1),
    };
    let sync = healthy();
    let quiet = Quiet::at(vec![about(1, 60, &["a"], &["g"])], minute(10));
    let seen = Observation { quiet: Some(&quiet), ..seen(&sync, &[]) };
    assert!(seen.mutes(&rule, &finding).is_none());
}

#[test]
fn groups_and_peers_go_with_one_account_and_are_so_many() {
    let with = |matchers: Matchers| Silence { matchers, ..about(1, 60, &[], &[]) };
    let many: BTreeSet<String> = (0..MAX_THINGS + 1).map(|n| n.to_string()).collect();
    let [one, other] = [1, 2].map(|n| AccountId::from_uuid(Uuid::from_u128(n)));
    let of =
        |accounts: BTreeSet<AccountId>, peers: BTreeSet<String>| Matchers { accounts, peers, ..Matchers::default() };
    assert_eq!(complaints(&with(of([one].into(), many.clone())), minute(1)), ["/matchers/peerIds"]);
    assert_eq!(complaints(&with(of([one, other].into(), ["a".to_owned()].into())), minute(1)), ["/matchers/peerIds"]);
    assert_eq!(complaints(&with(of([one].into(), ["a".to_owned()].into())), minute(1)), [""; 0]);
    let groups = Matchers { groups: many, accounts: [one].into(), ..Matchers::default() };
    assert_eq!(complaints(&with(groups), minute(1)), ["/matchers/groupIds"]);
    let long = Matchers { groups: ["x".repeat(65)].into(), accounts: [one].into(), ..Matchers::default() };
    assert_eq!(complaints(&with(long), minute(1)), ["/matchers/groupIds"]);
}

struct Names;

impl Named for Names {
    fn rule(&self, rule: RuleId) -> Option<&str> {
        (rule == RuleId::from_uuid(Uuid::nil())).then_some("Servers down")
    }

    fn account(&self, _: AccountId) -> Option<&str> {
        Some("HQ")
    }
}

#[test]
fn groups_and_peers_in_words() {
    let words = |peers: &[&str], groups: &[&str]| {
        let mut matchers = about(1, 60, peers, groups).matchers;
        for (id, name) in [("p1", "web-1"), ("p2", "db-1"), ("g1", "servers"), ("g2", "edge")] {
            matchers.called.insert(id.into(), name.into());
        }
        matchers.words(&Names)
    };
    assert_eq!(words(&["p1", "p2"], &[]), "Alerts in HQ, only about db-1, web-1");
    assert_eq!(words(&["p1"], &["g1"]), "Alerts in HQ, only about web-1 and the group servers");
    assert_eq!(words(&[], &["g1", "g2"]), "Alerts in HQ, only about the groups edge, servers");
    assert_eq!(words(&["p9"], &["g9"]), "Alerts in HQ, only about 1 peer and 1 group", "those of routes have no names");
}

#[test]
fn what_it_mutes_in_words() {
    let (rule, gone) = (RuleId::from_uuid(Uuid::nil()), RuleId::from_uuid(Uuid::from_u128(9)));
    let account = AccountId::from_uuid(Uuid::nil());
    let severities = [Severity::High, Severity::Critical].into();
    let all = Matchers { rules: [rule, gone].into(), severities, accounts: [account].into(), ..Matchers::default() };
    assert_eq!(all.words(&Names), "Critical and high alerts of Servers down, a deleted rule in HQ");
    assert_eq!(Matchers { accounts: [account].into(), ..Matchers::default() }.words(&Names), "Alerts in HQ");
    assert_eq!(Matchers { everything: true, ..Matchers::default() }.words(&Names), "All alerts");
}

proptest! {
    /// A moment is muted exactly if it lies in one of the windows that are shown, whatever the clocks do.
    #[test]
    fn what_is_shown_is_what_is_muted(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Pacific/Apia"]),
        day in 0_usize..7, other in 0_usize..7, hour in 0..24, minute in 0..60, minutes in 1_u32..=1_440,
        moments in prop::collection::vec(0_i64..400 * 24 * 60, 1..20),
    ) {
        let start = at("2026-01-01T00:00:00Z");
        let days = [Weekday::ALL[day], Weekday::ALL[other]];
        let weekly = weekly(&days, &format!("{hour:02}:{minute:02}"), minutes, zone).tidied();
        let silence = Silence { recurrence: Some(weekly), ..testing::silence(start, start + LONGEST_RECURRING) };
        let all = silence.next_windows(start, usize::MAX);
        prop_assert!(all.windows(2).all(|pair| pair[0].starts_at < pair[1].starts_at));
        prop_assert!(all.iter().all(|window| window.ends_at <= silence.ends_at));
        for moment in moments {
            let moment = start + SignedDuration::from_mins(moment);
            let shown = all.iter().rfind(|window| window.starts_at <= moment && moment < window.ends_at).copied();
            prop_assert_eq!(silence.window_at(moment), shown);
            prop_assert_eq!(silence.next_windows(moment, 1).first().is_some_and(|next| next.starts_at <= moment), shown.is_some());
        }
    }

    /// What a person suppressed is never told before its time, and what nobody holds is told.
    #[test]
    fn what_a_person_holds_is_never_shortened(until in 0_i64..100, end in 0_i64..100, now in 0_i64..100) {
        let silence = testing::silence(minute(0), minute(end));
        let quiet = Quiet::at(vec![silence.clone()], minute(now));
        let rule = Rule::account_unreachable(silence.tenant, minute(0));
        let sync = healthy();
        let muted = Observation { quiet: Some(&quiet), ..seen(&sync, &[]) }.mutes_rule(&rule);
        let held = hold(Some(minute(until)), None, muted, minute(now));
        prop_assert_eq!(held == Hold::AsItWas, now < until);
        prop_assert_eq!(held == Hold::Over, until <= now && end <= now);
        prop_assert_eq!(hold(None, None, muted, minute(now)), Hold::AsItWas);
    }
}
