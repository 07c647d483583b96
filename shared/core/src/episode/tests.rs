use uuid::Uuid;

use super::*;
use crate::condition::tests::{healthy, minute, peer, seen};
use crate::condition::{AlertPer, Condition, PeerOffline};
use crate::ids::TenantId;
use crate::network::PeerStatus::{Offline, Online};
use crate::silence::{Matchers, Quiet, Silence};
use crate::testing;

/// A rule about servers and what it remembers, as an evaluation would.
struct Story {
    rule: Rule,
    silence: Option<Silence>,
    episodes: Vec<Episode>,
    alerts: u128,
}

/// What a look had to tell.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Fired(Vec<String>),
    Noted(Vec<String>),
    Grew(Vec<String>),
    Again,
    Anew,
    Muted,
    Over(Ending),
}

impl Story {
    fn new() -> Self {
        let config = PeerOffline {
            threshold: 1,
            duration: 5,
            peers: vec!["servers".to_owned()].into(),
            count_unconfirmed: false,
            alert_per: AlertPer::Peer,
        };
        let rule = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), minute(0));
        let rule = Rule { condition: Condition::PeerOffline(config), ..rule };
        Self { rule, silence: None, episodes: Vec::new(), alerts: 0 }
    }

    fn look(&mut self, peers: &[Peer], now: i64) -> Vec<Told> {
        let mut sync = healthy();
        sync.succeed(minute(now));
        let ids = |peers: &[Away<'_>]| peers.iter().map(|one| one.peer.id.clone()).collect::<Vec<_>>();
        let quiet = Quiet::at(self.silence.clone().into_iter().collect(), minute(now));
        let seen = Observation { quiet: Some(&quiet), ..seen(&sync, peers) };
        let steps = look(&self.rule, &self.episodes, seen, self.rule.watching_since, false, minute(now));
        let mut told = Vec::new();
        for step in steps {
            match step {
                Step::Begin { peers, is_news } => {
                    self.alerts += 1;
                    let muted = seen.mutes_peers(&self.rule, peers.iter().map(|one| one.peer));
                    let alert = AlertId::from_uuid(Uuid::from_u128(self.alerts));
                    let told_at = is_news.then_some(minute(now));
                    let episode = Episode::begin(&self.rule, sync.account, alert, &peers, told_at);
                    self.episodes.push(episode.muted(muted.filter(|_| is_news)));
                    told.push(match muted {
                        _ if !is_news => Told::Noted(ids(&peers)),
                        Some(_) => Told::Muted,
                        None => Told::Fired(ids(&peers)),
                    });
                }
                Step::Join { episode, joined, .. } => {
                    told.push(Told::Grew(ids(&joined)));
                    self.replace(episode);
                }
                Step::Continue { episode, tell, .. } => {
                    match tell {
                        Tell::Nothing => {}
                        Tell::Again => told.push(Told::Again),
                        Tell::Anew => told.push(Told::Anew),
                        Tell::Muted => told.push(Told::Muted),
                    }
                    self.replace(episode);
                }
                Step::End { episode, ending } => {
                    self.episodes.retain(|one| one.alert != episode.alert);
                    told.push(Told::Over(ending));
                }
            }
        }
        self.hold();
        told
    }

    fn replace(&mut self, episode: Episode) {
        let place = self.episodes.iter_mut().find(|one| one.alert == episode.alert).unwrap();
        *place = episode;
    }

    /// No peer is in two episodes, and none is empty.
    fn hold(&self) {
        let mut members = HashSet::new();
        for episode in &self.episodes {
            assert!(episode.members().next().is_some(), "an episode of nobody");
            for member in episode.members() {
                assert!(members.insert(member), "{member} is in two episodes");
            }
        }
    }
}

fn fired(names: &[&str]) -> Told {
    Told::Fired(names.iter().map(ToString::to_string).collect())
}

#[test]
fn one_that_is_off_for_good_hides_no_others() {
    let mut story = Story::new();
    let off = |name, since| peer(name, Offline, since);
    assert_eq!(story.look(&[off("a", 1), peer("b", Online, 0)], 5), []);
    assert_eq!(story.look(&[off("a", 1), peer("b", Online, 0)], 6), [fired(&["a"])]);
    assert_eq!(story.look(&[off("a", 1), peer("b", Online, 0)], 7), [], "told once");
    assert_eq!(story.look(&[off("a", 1), off("b", 10)], 15), [fired(&["b"])]);
    assert_eq!(story.look(&[off("a", 1), peer("b", Online, 16)], 16), [Told::Over(Ending::Recovered)]);
    assert_eq!(story.look(&[peer("a", Online, 17), peer("b", Online, 16)], 17), [Told::Over(Ending::Recovered)]);
    assert!(story.episodes.is_empty());
}

#[test]
fn what_goes_together_is_one_alert_until_the_last_is_back() {
    let mut story = Story::new();
    let three = |back: i64| ["a", "b", "c"].map(|name| peer(name, Offline, 1)).into_iter().skip(back as usize);
    assert_eq!(story.look(&three(0).collect::<Vec<_>>(), 6), [fired(&["a", "b", "c"])]);
    assert_eq!(story.look(&three(1).collect::<Vec<_>>(), 7), [], "fewer is no news");
    assert_eq!((story.episodes[0].away.len(), story.episodes[0].size), (2, 3));
    // One that returned and goes again begins another.
    let mut again = three(1).collect::<Vec<_>>();
    again.push(peer("a", Offline, 8));
    assert_eq!(story.look(&again, 13), [fired(&["a"])]);
    assert_eq!(story.look(&[], 14), [Told::Over(Ending::Recovered), Told::Over(Ending::Recovered)]);
}

#[test]
fn one_that_comes_and_goes_is_one_alert_where_the_rule_says_so() {
    let mut story = Story::new();
    story.rule.keep_firing_minutes = 10;
    assert_eq!(story.look(&[peer("a", Offline, 1)], 6), [fired(&["a"])]);
    assert_eq!(story.look(&[peer("a", Online, 7)], 7), []);
    assert_eq!(story.look(&[peer("a", Offline, 8)], 13), [], "the same alert");
    assert_eq!(story.look(&[peer("a", Online, 14)], 14), []);
    assert_eq!(story.look(&[peer("a", Online, 14)], 23), []);
    assert_eq!(story.look(&[peer("a", Online, 14)], 24), [Told::Over(Ending::Recovered)]);
}

#[test]
fn what_was_so_before_is_no_news() {
    let mut story = Story::new();
    story.rule.watching_since = minute(10);
    story.rule.for_minutes = 2;
    let noted = Told::Noted(vec!["a".into()]);
    let peers = [peer("a", Offline, 1), peer("b", Offline, 4)];
    // b was offline before, too, but not for as long as the rule asks for.
    assert_eq!(story.look(&peers, 10), [noted]);
    assert_eq!(story.look(&peers, 11), [fired(&["b"])]);
    // Nobody is reminded of what nobody was told.
    assert_eq!(story.look(&peers, 11 + 240), [Told::Again]);
    // Whoever was told is told again when the rule is another one; the others are as little news as before.
    story.rule.begin_anew(minute(300));
    let told = story.look(&peers, 300);
    let over = || Told::Over(Ending::RuleChanged);
    assert_eq!(told, [over(), over(), Told::Noted(vec!["a".into()]), fired(&["b"])]);
}

#[test]
fn it_is_told_again_until_somebody_wants_to_hear_nothing_of_it_for_a_while() {
    let mut story = Story::new();
    let off = [peer("a", Offline, 1)];
    assert_eq!(story.look(&off, 6), [fired(&["a"])]);
    assert_eq!(story.look(&off, 245), []);
    assert_eq!(story.look(&off, 246), [Told::Again]);
    story.episodes[0].suppressed_until = Some(minute(1_000));
    assert_eq!(story.look(&off, 999), []);
    assert_eq!(story.look(&off, 1_000), [Told::Anew]);
    assert_eq!(story.look(&off, 1_001), []);
    story.episodes[0].suppressed_until = Some(minute(2_000));
    assert_eq!(story.look(&[peer("a", Online, 1_500)], 1_500), [Told::Over(Ending::Recovered)]);
}

#[test]
fn what_goes_when_enough_are_open_joins_the_latest() {
    let mut story = Story::new();
    let off = |count: i64| (0..count).map(|n| peer(&format!("srv-{n:03}"), Offline, n)).collect::<Vec<_>>();
    let most = i64::try_from(MAX_OPEN).unwrap();
    for count in 1..=most {
        assert_eq!(story.look(&off(count), count + 4).len(), 1);
    }
    assert_eq!(story.episodes.len(), MAX_OPEN);
    let mut peers = off(most + 2);
    peers[0] = peer("srv-000", Online, most + 6);
    let told = story.look(&peers, most + 6);
    let late = vec![format!("srv-{most:03}"), format!("srv-{:03}", most + 1)];
    assert_eq!(told, [Told::Over(Ending::Recovered), Told::Grew(late)]);
    let latest = story.episodes.iter().max_by_key(|episode| episode.alert).unwrap();
    assert_eq!((latest.away.len(), latest.size), (3, 3));
}

#[test]
fn peers_beyond_what_an_alert_holds_are_another_one() {
    let mut story = Story::new();
    let off: Vec<Peer> = (0..MAX_PEERS + 1).map(|n| peer(&format!("{n:020}"), Offline, 0)).collect();
    let told = story.look(&off, 5);
    let sizes: Vec<usize> = told.iter().map(|told| if let Told::Fired(ids) = told { ids.len() } else { 0 }).collect();
    assert_eq!(sizes, [MAX_PEERS, 1]);
    // Ids may be long: what counts is what fits into an item.
    let long = "x".repeat(200);
    let off: Vec<Peer> = (0..2_000).map(|n| peer(&format!("{long}{n:020}"), Offline, 0)).collect();
    assert_eq!(Story::new().look(&off, 5).len(), 2);
}

#[test]
fn it_ends_with_its_rule_and_waits_for_its_account() {
    let off = [peer("a", Offline, 1)];
    let firing = || {
        let mut story = Story::new();
        assert_eq!(story.look(&off, 6), [fired(&["a"])]);
        story
    };
    let mut story = firing();
    story.rule.enabled = false;
    assert_eq!(story.look(&off, 7), [Told::Over(Ending::RuleSwitchedOff)]);
    let story = firing();
    let mut old = healthy();
    old.succeed(minute(0));
    // Nobody knows: it stays.
    assert!(look(&story.rule, &story.episodes, seen(&old, &[]), minute(0), false, minute(60)).is_empty());
    let mut sync = healthy();
    sync.succeed(minute(7));
    let blind = Observation { groups: &[], ..seen(&sync, &off) };
    let steps = look(&story.rule, &story.episodes, blind, minute(0), false, minute(7));
    assert!(matches!(steps.as_slice(), [Step::End { ending: Ending::GroupsGone, .. }]));
}

#[test]
fn a_changed_rule_does_not_leave_it_at_the_end_of_what_it_told() {
    let off = [peer("a", Offline, 1)];
    let mut story = Story::new();
    assert_eq!(story.look(&off, 6), [fired(&["a"])]);
    story.rule.begin_anew(minute(60));
    let mut old = healthy();
    old.succeed(minute(6));
    let steps = look(&story.rule, &story.episodes, seen(&old, &off), minute(60), false, minute(120));
    assert!(steps.is_empty(), "nobody knows how it is: it waits");
    assert_eq!(story.look(&off, 121), [Told::Over(Ending::RuleChanged), fired(&["a"])]);
    // One alert for all was told, and is over: each is told.
    let mut sync = healthy();
    sync.succeed(minute(121));
    let steps = look(&story.rule, &[], seen(&sync, &off), minute(100), true, minute(121));
    assert!(matches!(steps.as_slice(), [Step::Begin { is_news: true, .. }]));
}

#[test]
fn what_was_so_before_waits_where_enough_are_open() {
    let mut story = Story::new();
    let mut peers: Vec<Peer> = Vec::new();
    for n in 0..i64::try_from(MAX_OPEN).unwrap() {
        peers.push(peer(&format!("srv-{n:03}"), Offline, 100 + n));
        assert_eq!(story.look(&peers, 105 + n).len(), 1);
    }
    story.rule.watching_since = minute(50);
    peers.push(peer("old", Offline, 1));
    assert_eq!(story.look(&peers, 300), []);
    peers[0] = peer("srv-000", Online, 301);
    assert_eq!(story.look(&peers, 301), [Told::Over(Ending::Recovered)]);
    assert_eq!(story.look(&peers, 302), [Told::Noted(vec!["old".into()])]);
}

#[test]
fn an_alert_is_joined_only_so_often() {
    let mut story = Story::new();
    let mut peers: Vec<Peer> = Vec::new();
    let most = MAX_OPEN + MAX_JOINS as usize;
    for n in 0..most + 1 {
        peers.push(peer(&format!("srv-{n:03}"), Offline, n as i64));
        let told = story.look(&peers, n as i64 + 5);
        let name = vec![format!("srv-{n:03}")];
        assert_eq!(told, [if n < MAX_OPEN { Told::Fired(name) } else { Told::Grew(name) }], "{n}");
    }
    let joins: Vec<u32> = story.episodes.iter().map(|episode| episode.joins).filter(|joins| *joins > 0).collect();
    assert_eq!(joins, [1, MAX_JOINS], "the latest is full, and the one before it has room");
}

#[test]
fn muted_it_is_told_when_that_is_over_and_what_a_person_suppressed_stays_so() {
    let mut story = Story::new();
    let off = [peer("a", Offline, 1)];
    let silence = testing::silence(minute(0), minute(60));
    story.silence = Some(silence.clone());
    assert_eq!(story.look(&off, 6), [Told::Muted]);
    assert_eq!(story.look(&off, 59), []);
    // It is made longer, and then ends early.
    story.silence = Some(Silence { ends_at: minute(90), ..silence.clone() });
    assert_eq!(story.look(&off, 60), [Told::Muted]);
    assert_eq!(story.episodes[0].suppressed_until, Some(minute(90)));
    story.silence = Some(Silence { enabled: false, ..silence.clone() });
    assert_eq!(story.look(&off, 61), [Told::Anew]);
    assert_eq!(story.look(&off, 62), []);
    // Told before: no reminders while muted, and one afterwards.
    story.silence = Some(testing::silence(minute(63), minute(600)));
    assert_eq!(story.look(&off, 599), []);
    assert_eq!(story.look(&off, 600), [Told::Again]);
    // A person's time is over first, and the silence holds it on; the other way round it stays the person's.
    story.episodes[0].suppressed_until = Some(minute(650));
    story.silence = Some(testing::silence(minute(601), minute(700)));
    assert_eq!(story.look(&off, 649), []);
    assert_eq!(story.look(&off, 650), [Told::Muted]);
    (story.episodes[0].suppressed_until, story.episodes[0].silence) = (Some(minute(800)), None);
    assert_eq!(story.look(&off, 700), []);
    story.silence = None;
    assert_eq!(story.look(&off, 799), []);
    assert_eq!(story.look(&off, 800), [Told::Anew]);
}

#[test]
fn what_goes_while_muted_joins_nothing() {
    let mut story = Story::new();
    let off = |count: usize| (0..count).map(|n| peer(&format!("p{n:03}"), Offline, 1)).collect::<Vec<_>>();
    for count in 1..=MAX_OPEN {
        story.look(&off(count), 5 + i64::try_from(count).unwrap());
    }
    story.silence = Some(testing::silence(minute(0), minute(200)));
    assert_eq!(story.look(&off(MAX_OPEN + 1), 150), [Told::Muted]);
    assert_eq!(story.look(&off(MAX_OPEN + 1), 200), [Told::Anew]);
}

#[test]
fn peers_that_a_silence_names_are_held_and_the_others_told() {
    let mut story = Story::new();
    let account = healthy().account;
    let silenced = |peers: &[&str], end: i64| {
        let peers = peers.iter().map(|id| (*id).to_owned()).collect();
        let matchers = Matchers { accounts: [account].into(), peers, ..Matchers::default() };
        Silence { matchers, ..testing::silence(minute(0), minute(end)) }
    };
    story.silence = Some(silenced(&["a", "b"], 60));
    let off = ["a", "b", "c"].map(|name| peer(name, Offline, 1));
    assert_eq!(story.look(&off, 6), [Told::Fired(vec!["c".into()]), Told::Muted]);
    assert_eq!(story.look(&off, 7), []);
    // One of those that are held is named no longer: the alert is not only about what is muted.
    story.silence = Some(silenced(&["a"], 60));
    assert_eq!(story.look(&off, 8), [Told::Anew]);
    // Told before: no reminder while all that are still away are muted.
    story.silence = Some(silenced(&["a", "b", "c"], 900));
    assert_eq!(story.look(&off, 500), []);
    story.silence = Some(silenced(&["a", "b"], 900));
    assert_eq!(story.look(&off, 501), [Told::Again], "of c alone");
}

#[test]
fn what_is_told_joins_nothing_that_a_silence_holds() {
    let mut story = Story::new();
    let account = healthy().account;
    let mut peers: Vec<Peer> = Vec::new();
    for n in 0..MAX_OPEN {
        peers.push(peer(&format!("srv-{n:03}"), Offline, n as i64));
        story.look(&peers, n as i64 + 5);
    }
    let now = MAX_OPEN as i64;
    let matchers = Matchers { accounts: [account].into(), peers: ["held".to_owned()].into(), ..Matchers::default() };
    story.silence = Some(Silence { matchers, ..testing::silence(minute(0), minute(9_000)) });
    peers.push(peer("held", Offline, now));
    assert_eq!(story.look(&peers, now + 5), [Told::Muted], "the latest, and of its own");
    peers.push(peer("told", Offline, now + 1));
    assert_eq!(story.look(&peers, now + 6), [Told::Grew(vec!["told".into()])]);
    let held = story.episodes.iter().find(|episode| episode.away.contains("held")).unwrap();
    assert_eq!((held.size, held.joins), (1, 0));
}
