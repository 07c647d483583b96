//! Rules that open alerts for single peers: which peers went together, which of them are still away, and what there is to
//! do about it.
//!
//! What one look finds gone is one episode, and an episode has one alert: a server that is off for good hides no other's
//! loss, and a site that is cut off is one alert and not five hundred. A peer is in one episode of a rule at most.

use std::collections::{BTreeSet, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::condition::{Observation, saturate};
use crate::escalation::Escalation;
use crate::evaluate::{Ending, REPEAT_INTERVAL};
use crate::ids::{AccountId, AlertId, RuleId, SilenceId};
use crate::network::Peer;
use crate::portions::portions;
use crate::rule::Rule;
use crate::silence::{Hold, Muted, hold};

/// Most peers of one episode; of more that go at once there are several.
pub const MAX_PEERS: usize = 10_000;
/// Most bytes of the ids of an episode's peers, so that it fits into an item.
pub const MAX_BYTES: usize = 256 << 10;
/// Most episodes of one rule and account at a time. What goes then joins the latest of them that has room; what was so before
/// the rule watched waits.
pub const MAX_OPEN: usize = 100;
/// How often others may join an episode: its alert keeps the names of all.
pub const MAX_JOINS: u32 = 8;
/// Most episodes where no other has room. What goes then waits until one ends.
const MOST_OPEN: usize = 2 * MAX_OPEN;

/// What went so shortly before a rule watched is told all the same: clocks differ by seconds, and nobody was told before.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// Peers that went together, and what was told of them. Stored while one of them is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Episode {
    /// The rule.
    pub rule: RuleId,
    /// The account.
    pub account: AccountId,
    /// The alert that tells of it.
    pub alert: AlertId,
    /// The rule's edition that it belongs to.
    pub edition: u64,
    /// How many peers it had altogether.
    pub size: u32,
    /// How often others joined it.
    #[serde(default)]
    pub joins: u32,
    /// Ids of those that are away, in order.
    pub away: BTreeSet<String>,
    /// Those that are back, but not for long enough yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub back: Vec<Back>,
    /// When it was last told that they are away, or would have been but for a silence; never, if they were before the rule
    /// looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<Timestamp>,
    /// Nothing is told of it before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed_until: Option<Timestamp>,
    /// Since this silence mutes it; absent if a person suppressed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<SilenceId>,
    /// Who else was told of it since nobody acknowledged it, if its rule has steps for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// Counts writes.
    pub version: u64,
}

/// Peers that came back at one look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// When that was.
    pub since: Timestamp,
    /// Their ids, in order.
    pub peers: BTreeSet<String>,
}

/// A peer that is as a rule watches for.
#[derive(Debug, Clone, Copy)]
pub struct Away<'a> {
    /// The peer.
    pub peer: &'a Peer,
    /// Since when it counts, by our clock.
    pub began_at: Timestamp,
}

/// What there is to do about an episode, or about peers that are in none.
#[derive(Debug)]
pub enum Step<'a> {
    /// Begin one.
    Begin {
        /// With these peers.
        peers: Vec<Away<'a>>,
        /// Whether they went while the rule looked; else it is noted, and nobody told.
        is_news: bool,
    },
    /// Tell that more went, in an episode that there is: there are enough of them.
    Join {
        /// It, with them.
        episode: Episode,
        /// Those that are away now, they among them.
        away: Vec<Away<'a>>,
        /// They.
        joined: Vec<Away<'a>>,
    },
    /// Go on.
    Continue {
        /// As it is now.
        episode: Episode,
        /// Those that are away.
        away: Vec<Away<'a>>,
        /// What is told.
        tell: Tell,
    },
    /// End it.
    End {
        /// As it was.
        episode: Episode,
        /// Why.
        ending: Ending,
    },
}

/// What is told of an episode that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// Nothing: only the alert says how it is now.
    Nothing,
    /// That they are still away, unless somebody is on it.
    Again,
    /// That they are still away, now that the time is over in which nobody wanted to hear of it.
    Anew,
    /// Nothing, since the rule is muted: only the alert says what holds it back now.
    Muted,
}

impl Episode {
    /// One that begins now.
    pub fn begin(
        rule: &Rule,
        account: AccountId,
        alert: AlertId,
        peers: &[Away<'_>],
        told_at: Option<Timestamp>,
    ) -> Self {
        Self {
            rule: rule.id,
            account,
            alert,
            edition: rule.edition,
            size: saturate(peers.len()),
            joins: 0,
            away: peers.iter().map(|away| away.peer.id.clone()).collect(),
            back: Vec::new(),
            told_at,
            suppressed_until: None,
            silence: None,
            escalation: told_at.and_then(|told| Escalation::begin(rule, told)),
            version: 0,
        }
    }

    /// The same, if nobody is told of it since the rule is muted.
    #[must_use]
    pub fn muted(self, muted: Option<Muted<'_>>) -> Self {
        match muted {
            Some(muted) => Self { suppressed_until: Some(muted.until), silence: Some(muted.silence.id), ..self },
            None => self,
        }
    }

    /// Everybody who has not left it.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.away.iter().chain(self.back.iter().flat_map(|back| &back.peers)).map(String::as_str)
    }

    fn has_room_for(&self, peers: &[Away<'_>]) -> bool {
        let ids = || self.members().chain(peers.iter().map(|away| away.peer.id.as_str()));
        self.joins < MAX_JOINS && ids().count() <= MAX_PEERS && ids().map(str::len).sum::<usize>() <= MAX_BYTES
    }

    /// Those of it who are away.
    fn still_away<'a>(&self, away: &[Away<'a>]) -> Vec<Away<'a>> {
        away.iter().filter(|one| self.away.contains(&one.peer.id)).copied().collect()
    }

    /// As it is when these peers are away. It is muted while all of its own are that are.
    fn seen<'a>(&self, rule: &Rule, away: &[Away<'a>], seen: Observation<'_>, now: Timestamp) -> Step<'a> {
        let mut next = self.clone();
        let is_away = |id: &str| away.binary_search_by(|one| one.peer.id.as_str().cmp(id)).is_ok();
        let patience = SignedDuration::from_mins(i64::from(rule.keep_firing_minutes));
        for back in &mut next.back {
            let gone_again: Vec<String> = back.peers.iter().filter(|id| is_away(id)).cloned().collect();
            for id in gone_again {
                back.peers.remove(&id);
                next.away.insert(id);
            }
        }
        let returned: BTreeSet<String> = next.away.iter().filter(|id| !is_away(id)).cloned().collect();
        if !returned.is_empty() {
            next.away.retain(|id| !returned.contains(id));
            next.back.push(Back { since: now, peers: returned });
        }
        next.back.retain(|back| !back.peers.is_empty() && now.duration_since(back.since) < patience);
        if next.away.is_empty() && next.back.is_empty() {
            return Step::End { episode: self.clone(), ending: Ending::Recovered };
        }
        let muted = seen.mutes_peers(rule, next.still_away(away).iter().map(|one| one.peer));
        let is_due = |told: Timestamp| now.duration_since(told) >= REPEAT_INTERVAL;
        let tell = match hold(self.suppressed_until, self.silence, muted, now) {
            // Those who are all back for the moment need nobody's attention.
            _ if next.away.is_empty() => Tell::Nothing,
            Hold::Over => Tell::Anew,
            Hold::By(silence, until) => {
                (next.suppressed_until, next.silence) = (Some(until), Some(silence));
                Tell::Muted
            }
            Hold::AsItWas if self.suppressed_until.is_some() || muted.is_some() => Tell::Nothing,
            Hold::AsItWas if self.told_at.is_some_and(is_due) => Tell::Again,
            Hold::AsItWas => Tell::Nothing,
        };
        if matches!(tell, Tell::Anew | Tell::Again) {
            (next.told_at, next.suppressed_until, next.silence) = (Some(now), None, None);
        }
        if tell == Tell::Anew {
            next.escalation = self.escalation.map(|escalation| escalation.again(now));
        }
        Step::Continue { away: next.still_away(away), episode: next, tell }
    }
}

/// What there is to do about a rule's episodes in one account. Nothing is done about one that is as it was.
///
/// `rule` opens alerts for single peers, or did so before it was changed. What was so before `watching_since` is no news.
/// `was_told` says that the rule told of all of them, in one alert that is over since the rule is another one.
/// While the account cannot be read, peers neither go nor return.
pub fn look<'a>(
    rule: &Rule,
    episodes: &[Episode],
    seen: Observation<'a>,
    watching_since: Timestamp,
    was_told: bool,
    now: Timestamp,
) -> Vec<Step<'a>> {
    let watch = rule.condition.watch();
    let seen = Observation { since: watching_since, ..seen };
    let blind = seen.lacks_all(watch.groups());
    let ending = |episode: &Episode| match episode {
        _ if !rule.enabled => Some(Ending::RuleSwitchedOff),
        // Those that are still away are told again in the same look, so that their end is not the last word.
        episode if episode.edition != rule.edition => {
            (watch.apart().is_none() || seen.sync.is_current(now)).then_some(Ending::RuleChanged)
        }
        _ if seen.sync.is_current(now) && blind => Some(Ending::GroupsGone),
        _ => None,
    };
    let over = episodes.iter().filter_map(|episode| Some((episode, ending(episode)?)));
    let mut steps: Vec<Step<'a>> =
        over.map(|(episode, ending)| Step::End { episode: episode.clone(), ending }).collect();
    let Some(apart) = watch.apart().filter(|_| rule.enabled && seen.sync.is_current(now) && !blind) else {
        return steps;
    };
    let open: Vec<&Episode> = episodes.iter().filter(|episode| ending(episode).is_none()).collect();
    let members: HashSet<&str> = open.iter().flat_map(|episode| episode.members()).collect();
    let mut away = apart.away(seen, now);
    // Whoever is as the rule says comes first, and stays where both are.
    away.extend(apart.lingering(&members, seen, now));
    away.sort_by(|a, b| a.peer.id.cmp(&b.peer.id));
    away.dedup_by(|a, b| a.peer.id == b.peer.id);
    let room = MAX_OPEN.saturating_sub(open.len());
    for episode in &open {
        match episode.seen(rule, &away, seen, now) {
            Step::Continue { episode: next, tell: Tell::Nothing, .. } if next == **episode => {}
            step => steps.push(step),
        }
    }
    let patience = SignedDuration::from_mins(i64::from(rule.for_minutes));
    let fresh = away.iter().filter(|one| !members.contains(one.peer.id.as_str()) && one.began_at + patience <= now);
    // Whoever was told of them is told just now that it is over, since the rule is another one.
    let told = episodes.iter().filter(|episode| episode.edition != rule.edition && episode.told_at.is_some());
    let told: HashSet<&str> = told.flat_map(Episode::members).collect();
    let is_old = |one: &Away<'_>| {
        !was_told && one.began_at + patience + LEEWAY < watching_since && !told.contains(one.peer.id.as_str())
    };
    let (old, news): (Vec<Away<'a>>, Vec<Away<'a>>) = fresh.copied().partition(is_old);
    steps.extend(of_one(old).into_iter().take(room).map(|peers| Step::Begin { peers, is_news: false }));
    // What is muted when it goes joins nothing, and nothing joins what a silence holds: what was told stays as it was told.
    let mut latest: Vec<&Episode> = if room == 0 { open.clone() } else { Vec::new() };
    latest.retain(|episode| episode.silence.is_none());
    latest.sort_by_key(|episode| episode.alert);
    let parts = seen.part_by_silence(rule, news, |one| one.peer).into_iter();
    let portions = parts.flat_map(|(by, part)| of_one(part).into_iter().map(move |peers| (by, peers)));
    for (nth, (by, peers)) in portions.enumerate() {
        let place = latest.iter().rposition(|episode| by.is_none() && episode.has_room_for(&peers));
        let joined = place.map(|place| latest.remove(place)).and_then(|episode| as_it_goes_on(episode, &mut steps));
        match joined {
            Some(episode) => steps.push(join(episode, &away, peers, now)),
            None if open.len() + nth < MOST_OPEN => steps.push(Step::Begin { peers, is_news: true }),
            None => {}
        }
    }
    steps
}

impl Step<'_> {
    fn is_about(&self, one: &Episode) -> bool {
        match self {
            Step::Begin { .. } => false,
            Step::Join { episode, .. } | Step::Continue { episode, .. } | Step::End { episode, .. } => {
                episode.alert == one.alert
            }
        }
    }
}

/// An episode with what else is done about it in this look, which is taken out of the steps. None if it ends.
fn as_it_goes_on(episode: &Episode, steps: &mut Vec<Step<'_>>) -> Option<Episode> {
    let Some(place) = steps.iter().position(|step| step.is_about(episode)) else { return Some(episode.clone()) };
    match steps.remove(place) {
        Step::Continue { episode, .. } => Some(episode),
        other => {
            steps.push(other);
            None
        }
    }
}

fn join<'a>(mut next: Episode, away: &[Away<'a>], joined: Vec<Away<'a>>, now: Timestamp) -> Step<'a> {
    next.joins += 1;
    next.size = next.size.saturating_add(saturate(joined.len()));
    next.away.extend(joined.iter().map(|away| away.peer.id.clone()));
    (next.told_at, next.suppressed_until, next.silence) = (Some(now), None, None);
    Step::Join { away: next.still_away(away), episode: next, joined }
}

/// Cuts peers into as many as an episode holds.
fn of_one(peers: Vec<Away<'_>>) -> Vec<Vec<Away<'_>>> {
    portions(peers, MAX_PEERS, MAX_BYTES, |away| away.peer.id.len())
}

#[cfg(test)]
mod tests;
