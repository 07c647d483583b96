//! A rule over the past: what it would have told, had it been there.
//!
//! The evaluator is the one that runs each minute ([`evaluate`], [`look`](crate::episode::look)). It is fed with what was known at each
//! moment at which something may have changed, and what it decides is written down and not told. Nobody acknowledges, suppresses or
//! mutes anything in it.

mod network;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::by_group::parts;
use crate::condition::{Condition, Observation, saturate};
use crate::episode::{self, Episode, Step, Tell};
use crate::evaluate::{REPEAT_INTERVAL, RuleState, Transition, evaluate};
use crate::finding::Finding;
use crate::ids::{AccountId, AlertId};
use crate::rule::Rule;

pub use network::PastNetwork;

/// Most alerts that are kept of one replay; the others are counted.
pub const MOST_ALERTS: usize = 200;

/// An alert that a rule would have opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldBe {
    /// When.
    pub opened_at: Timestamp,
    /// When it would have ended; `None` if it would be open at the end.
    pub resolved_at: Option<Timestamp>,
    /// What it would have said first, in a sentence.
    pub title: String,
    /// How many it would have been about, altogether.
    pub peers: u32,
    /// Whether anybody would have been told: what was so before the rule watched is noted alone.
    pub told: bool,
}

/// Where a rule stands in the past of one account.
#[derive(Debug)]
pub struct Replay<'a> {
    rule: &'a Rule,
    account: AccountId,
    since: Timestamp,
    state: RuleState,
    /// Where it stands with each of its groups, if it looks at each by itself.
    by_group: Vec<RuleState>,
    episodes: Vec<Episode>,
    /// The alerts so far, by their number.
    pub alerts: Vec<WouldBe>,
    /// How often each channel would have been told something.
    pub messages: u32,
}

/// Which conditions have a past that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The log of peer status.
    Status,
    /// The minutes of numbers.
    Numbers,
    /// Events.
    Events,
    /// Changes of the configuration.
    Changes,
}

impl Condition {
    /// The past that it looks at, if that is kept.
    pub const fn kept(&self) -> Option<Kept> {
        match self {
            Self::PeerOffline(_)
            | Self::PeerCount(_)
            | Self::GroupHealth(_)
            | Self::PeerFlapping(_)
            | Self::PeerInactive(_) => Some(Kept::Status),
            Self::CustomMetric(_) => Some(Kept::Numbers),
            Self::NetworkEvent(_) => Some(Kept::Events),
            Self::ConfigurationChanged(_) => Some(Kept::Changes),
            _ => None,
        }
    }

    /// How long after a change of what it looks at it may begin to hold, or end.
    fn delay(&self) -> SignedDuration {
        match self {
            Self::PeerOffline(offline) => SignedDuration::from_mins(i64::from(offline.duration)),
            Self::PeerInactive(inactive) => SignedDuration::from_hours(24 * i64::from(inactive.days)),
            condition => condition.watch().looks_back(),
        }
    }
}

/// The moments to look at, of changes at some moments: at them, when the condition may hold by then, and when it may be told.
pub fn moments(rule: &Rule, changes: impl IntoIterator<Item = Timestamp>, until: Timestamp) -> BTreeSet<Timestamp> {
    let (delay, patience) = (rule.condition.delay(), SignedDuration::from_mins(i64::from(rule.for_minutes)));
    // What a rule looks back at is over once it is as old as that.
    let after = SignedDuration::from_millis(1);
    let all = changes.into_iter().flat_map(|at| [at, at + delay + after, at + delay + patience + after]);
    all.filter(|at| *at <= until).collect()
}

impl<'a> Replay<'a> {
    /// Before anything is looked at. The rule watches since `since`.
    pub fn new(rule: &'a Rule, account: AccountId, since: Timestamp) -> Self {
        let state = RuleState::new(rule, account, since);
        Self {
            rule,
            account,
            since,
            state,
            by_group: Vec::new(),
            episodes: Vec::new(),
            alerts: Vec::new(),
            messages: 0,
        }
    }

    /// Looks at what was known at a moment. The moments at which to look again, whatever happens.
    pub fn look(&mut self, seen: Observation<'_>, now: Timestamp) -> Vec<Timestamp> {
        self.state = self.step(&self.state.clone(), seen, now);
        let parts = parts(self.rule, seen.groups, &self.by_group);
        let states = std::mem::take(&mut self.by_group);
        for part in &parts {
            let before = part.state(self.rule, self.account, &states, now);
            let next = self.step(&before, part.seen(seen), now);
            self.by_group.push(next);
        }
        self.look_apart(seen, now);
        self.wakes(now)
    }

    /// Looks at what the rule is about as a whole, or at one of its groups. Where it stands then.
    fn step(&mut self, before: &RuleState, seen: Observation<'_>, now: Timestamp) -> RuleState {
        let (mut next, transition) = evaluate(self.rule, before, seen, now);
        match transition {
            Some(Transition::Fire(finding)) => {
                let size = finding.affected.total;
                next.alert = Some(self.open(finding, size, true, now));
            }
            Some(Transition::Repeat(_) | Transition::Grow(_) | Transition::Reopen(_)) => self.messages += 1,
            Some(Transition::Resolve(_)) => {
                next.alert = None;
                self.close(before.alert, now);
            }
            Some(Transition::Mute(_) | Transition::Note(_)) | None => {}
        }
        next
    }

    fn look_apart(&mut self, seen: Observation<'_>, now: Timestamp) {
        let Some(apart) = self.rule.condition.watch().apart() else { return };
        for step in episode::look(self.rule, &self.episodes, seen, self.since, false, now) {
            match step {
                Step::Begin { peers, is_news } => {
                    let size = saturate(peers.len());
                    let alert = self.open(apart.tell(&peers, size, seen, now), size, is_news, now);
                    self.episodes.push(Episode::begin(self.rule, self.account, alert, &peers, is_news.then_some(now)));
                }
                Step::Join { episode, .. } => {
                    self.messages += 1;
                    if let Some(alert) = self.alerts.get_mut(place(episode.alert)) {
                        (alert.peers, alert.told) = (episode.size, true);
                    }
                    self.replace(episode);
                }
                Step::Continue { episode, tell, .. } => {
                    self.messages += u32::from(matches!(tell, Tell::Again | Tell::Anew));
                    self.replace(episode);
                }
                Step::End { episode, .. } => {
                    self.episodes.retain(|one| one.alert != episode.alert);
                    self.close(Some(episode.alert), now);
                }
            }
        }
    }

    fn replace(&mut self, episode: Episode) {
        if let Some(one) = self.episodes.iter_mut().find(|one| one.alert == episode.alert) {
            *one = episode;
        }
    }

    fn open(&mut self, finding: Finding, peers: u32, told: bool, now: Timestamp) -> AlertId {
        let id = AlertId::from_uuid(Uuid::from_u128(self.alerts.len() as u128));
        let Finding { title, .. } = finding;
        self.alerts.push(WouldBe { opened_at: now, resolved_at: None, title, peers, told });
        self.messages += u32::from(told);
        id
    }

    fn close(&mut self, alert: Option<AlertId>, now: Timestamp) {
        let Some(alert) = alert.and_then(|id| self.alerts.get_mut(place(id))) else { return };
        alert.resolved_at = Some(now);
        self.messages += u32::from(alert.told);
    }

    /// When the rule does something though nothing changes: it fires, tells again, or is over.
    fn wakes(&self, now: Timestamp) -> Vec<Timestamp> {
        let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
        let kept = minutes(self.rule.keep_firing_minutes);
        let mut wakes = Vec::new();
        for state in std::iter::once(&self.state).chain(&self.by_group) {
            wakes.extend([state.since + minutes(self.rule.for_minutes), state.since + kept]);
            wakes.extend(state.notified_at.map(|told| told + REPEAT_INTERVAL));
        }
        for episode in &self.episodes {
            wakes.extend(episode.told_at.map(|told| told + REPEAT_INTERVAL));
            wakes.extend(episode.back.iter().map(|back| back.since + kept));
        }
        wakes.retain(|wake| *wake > now);
        wakes
    }
}

/// The number of an alert that a replay opened.
fn place(alert: AlertId) -> usize {
    usize::try_from(alert.uuid().as_u128()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
