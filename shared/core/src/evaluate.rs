//! The evaluator: a pure function from a rule, its state and what is known, to the next state and what happened.

mod cases;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::condition::{Observation, saturate};
use crate::escalation::Escalation;
use crate::finding::Finding;
use crate::ids::{AccountId, AlertId, RuleId, SilenceId};
use crate::known_group::KnownGroup;
use crate::missing_group::Missing;
use crate::network::GroupRef;
use crate::rule::Rule;
use crate::silence::{Hold, hold};

pub use cases::{Cases, MAX_CASES};

/// While an alert stays open, its channels are told again this often.
pub const REPEAT_INTERVAL: SignedDuration = SignedDuration::from_hours(4);

/// Where a rule stands for one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The condition does not hold.
    Ok,
    /// It holds, but not for long enough yet.
    Pending,
    /// It held long enough: an alert was opened.
    Firing,
    /// It ended, but not for long enough yet.
    Recovering,
}

/// A rule's memory for one account. Stored, so that a restart forgets nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleState {
    /// The rule.
    pub rule: RuleId,
    /// The rule's edition this state belongs to; a rule that watches for something else starts over.
    pub rule_version: u64,
    /// The account.
    pub account: AccountId,
    /// The group that it is about, where the rule looks at each by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRef>,
    /// Where it stands.
    pub phase: Phase,
    /// Since when.
    pub since: Timestamp,
    /// The alert that was opened, while firing or recovering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<AlertId>,
    /// When its channels were last told that it fires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notified_at: Option<Timestamp>,
    /// Nothing is told of the alert before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed_until: Option<Timestamp>,
    /// Since this silence mutes it; absent if a person suppressed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<SilenceId>,
    /// Who else was told of it since nobody acknowledged it, if its rule has steps for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// How many peers the alert names as it is, out of how many, and a digest of which: should they be others, it is
    /// brought up to date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// Which cases of the condition were told, where each is news and all are one alert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases: Option<Cases>,
    /// The groups that the rule names, as the account knows them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<KnownGroup>,
    /// Which choice of the rule's groups these are.
    #[serde(default)]
    pub groups_edition: u64,
    /// What was told of groups that the account has no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// Counts writes.
    pub version: u64,
}

/// What an alert shows of peers, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    total: u32,
    of: u32,
    named: u32,
}

impl Shown {
    fn of(Finding { title, affected, .. }: &Finding) -> Self {
        // What is no peer is named in the title.
        let named = affected.peers.iter().flat_map(|peer| peer.id.bytes().chain([0])).chain(title.bytes());
        Self { total: affected.total, of: affected.of, named: cases::fnv(named) }
    }
}

/// What an evaluation found to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// Open an alert.
    Fire(Finding),
    /// The alert ends, for this reason.
    Resolve(Ending),
    /// The alert is still there, as it is now: tell again unless somebody is on it.
    Repeat(Finding),
    /// The alert is still there, and more belongs to it: tell, also whoever is on it.
    Grow(Finding),
    /// The alert is still there, and the time is over in which nobody wanted to hear of it.
    Reopen(Finding),
    /// The alert is still there, and held back by what mutes the rule now.
    Mute(Finding),
    /// The alert is about others by now, which is nothing to tell.
    Note(Finding),
}

/// Why an alert ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The condition holds no more.
    Recovered,
    /// The rule is another one now.
    RuleChanged,
    /// Nobody looks any more.
    RuleSwitchedOff,
    /// The rule is gone.
    RuleDeleted,
    /// The rule looks elsewhere.
    RuleMoved,
    /// There is nothing to look at: the account has none of the rule's groups any more.
    GroupsGone,
}

impl Ending {
    /// Why an alert ended, in a sentence; nothing of one that ended since its condition did.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Ending::Recovered => None,
            Ending::RuleChanged => Some("The rule was changed."),
            Ending::RuleSwitchedOff => Some("The rule was switched off."),
            Ending::RuleDeleted => Some("The rule was deleted."),
            Ending::RuleMoved => Some("The rule does not watch this account any more."),
            Ending::GroupsGone => Some("The account has none of the groups any more that the rule watches."),
        }
    }
}

impl RuleState {
    /// The state of a rule that has not been evaluated for this account.
    pub fn new(rule: &Rule, account: AccountId, now: Timestamp) -> Self {
        Self {
            rule: rule.id,
            rule_version: rule.edition,
            account,
            group: None,
            phase: Phase::Ok,
            since: now,
            alert: None,
            notified_at: None,
            suppressed_until: None,
            silence: None,
            escalation: None,
            shown: None,
            cases: None,
            groups: Vec::new(),
            groups_edition: 0,
            missing: None,
            version: 0,
        }
    }

    /// The state of a rule that begins anew. What is known of its groups stays known.
    #[must_use]
    pub fn restarted(&self, rule: &Rule, now: Timestamp) -> Self {
        Self {
            group: self.group.clone(),
            groups: self.groups.clone(),
            groups_edition: self.groups_edition,
            missing: self.missing.clone(),
            version: self.version,
            ..Self::new(rule, self.account, now)
        }
    }

    /// The state once somebody ended its alert: should the condition still hold at the next look, that is told anew.
    #[must_use]
    pub fn released(&self, now: Timestamp) -> Self {
        Self {
            phase: Phase::Ok,
            since: now,
            alert: None,
            notified_at: None,
            suppressed_until: None,
            silence: None,
            escalation: None,
            shown: None,
            cases: None,
            ..self.clone()
        }
    }

    /// This is told now.
    fn tell(&mut self, finding: &Finding, cases: &[&str], now: Timestamp) {
        self.notified_at = Some(now);
        self.shown = Some(Shown::of(finding));
        self.cases = (!cases.is_empty()).then(|| Cases::told(cases));
    }

    /// This is how it is now, if that is not what the alert shows.
    fn note(&mut self, finding: Finding) -> Option<Transition> {
        let shown = Shown::of(&finding);
        let differs = self.shown.is_some_and(|before| before != shown);
        differs.then(|| {
            self.shown = Some(shown);
            Transition::Note(finding)
        })
    }

    /// There is nothing to tell any more.
    fn forget_alert(&mut self) {
        (self.notified_at, self.shown, self.cases) = (None, None, None);
        (self.suppressed_until, self.silence, self.escalation) = (None, None, None);
    }

    /// Whether there is nothing to remember.
    pub fn is_idle(&self) -> bool {
        self.phase == Phase::Ok && self.alert.is_none()
    }

    /// Whether it is of what the rule watches for now.
    pub fn is_of(&self, rule: &Rule) -> bool {
        self.rule_version == rule.edition
    }
}

/// Evaluates one rule for one account.
///
/// Returns the next state, equal to `state` when nothing is to be written, and at most one transition. While the
/// account cannot be read, rules about its peers keep their state: an unreachable server neither fires nor resolves.
pub fn evaluate(
    rule: &Rule,
    state: &RuleState,
    seen: Observation<'_>,
    now: Timestamp,
) -> (RuleState, Option<Transition>) {
    let mut next = state.clone();
    if !rule.enabled && state.is_idle() {
        return (next, None);
    }
    if !rule.enabled || !state.is_of(rule) {
        let ending = if rule.enabled { Ending::RuleChanged } else { Ending::RuleSwitchedOff };
        let transition = state.alert.map(|_| Transition::Resolve(ending));
        return (state.restarted(rule, now), transition);
    }
    let watch = rule.condition.watch();
    // Single peers, and each group by itself, are looked at elsewhere.
    if watch.apart().is_some() || watch.is_by_group() && state.group.is_none() {
        return (next, None);
    }
    let seen = Observation { since: seen.since.max(rule.watching_since), ..seen };
    let is_blind = seen.lacks_all(watch.groups());
    let finding = if is_blind { None } else { watch.find(seen, now) };
    // Nothing is known: neither do peers go or return, nor is an account reachable before it was read again. That it cannot be
    // read is over once somebody pauses it.
    let is_known = watch.knows(seen, now) || (rule.condition.is_about_account() && seen.sync.is_paused_by_user());
    if !is_known && (!rule.condition.is_about_account() || finding.is_none()) {
        return (next, None);
    }
    let cases = if finding.is_some() { watch.cases(seen, now) } else { Vec::new() };
    let muted = finding.as_ref().and_then(|finding| seen.mutes(rule, finding));
    let patience = SignedDuration::from_mins(i64::from(rule.for_minutes));
    let lasted = |minutes: u32| now.duration_since(state.since) >= SignedDuration::from_mins(i64::from(minutes));
    let transition = match (state.phase, finding) {
        (Phase::Ok | Phase::Pending, None) => {
            enter(&mut next, Phase::Ok, now);
            None
        }
        (Phase::Ok | Phase::Pending, Some(finding)) => {
            let since = if state.phase == Phase::Pending {
                state.since
            } else {
                now.min(finding.began_at.max(rule.updated_at))
            };
            if now.duration_since(since) >= patience {
                enter(&mut next, Phase::Firing, now);
                // When it would be told, were it not muted: its reminders count from then.
                next.tell(&finding, &cases, now);
                next.escalation = Escalation::begin(rule, now);
                if let Some(muted) = muted {
                    (next.suppressed_until, next.silence) = (Some(muted.until), Some(muted.silence.id));
                }
                Some(Transition::Fire(finding))
            } else {
                enter(&mut next, Phase::Pending, since);
                None
            }
        }
        (Phase::Firing, Some(finding)) if state.suppressed_until.is_some() => {
            match hold(state.suppressed_until, state.silence, muted, now) {
                Hold::AsItWas => None,
                Hold::By(silence, until) => {
                    (next.suppressed_until, next.silence) = (Some(until), Some(silence));
                    Some(Transition::Mute(finding))
                }
                Hold::Over => {
                    (next.suppressed_until, next.silence) = (None, None);
                    next.tell(&finding, &cases, now);
                    next.escalation = state.escalation.map(|escalation| escalation.again(now));
                    Some(Transition::Reopen(finding))
                }
            }
        }
        // What was told before stays as it is. Reminders, and what grew, wait until that can be told.
        (Phase::Firing, Some(finding)) if muted.is_some() => next.note(finding),
        (Phase::Firing, Some(finding)) => {
            let is_due = state.notified_at.is_some_and(|told| now.duration_since(told) >= REPEAT_INTERVAL);
            // A state of before cases were remembered: what there is was told.
            if next.cases.is_none() && !cases.is_empty() {
                next.cases = Some(Cases::told(&cases));
            }
            // Before the reminder, of which whoever is on it hears nothing.
            let grew = next.cases.as_mut().is_some_and(|known| known.look(&cases, is_due, patience, now));
            if grew || is_due {
                next.notified_at = Some(now);
                next.shown = Some(Shown::of(&finding));
                Some(if grew { Transition::Grow(finding) } else { Transition::Repeat(finding) })
            } else {
                next.note(finding)
            }
        }
        (Phase::Recovering, Some(_)) => {
            enter(&mut next, Phase::Firing, now);
            None
        }
        (Phase::Firing | Phase::Recovering, None) if is_blind => {
            enter(&mut next, Phase::Ok, now);
            next.forget_alert();
            Some(Transition::Resolve(Ending::GroupsGone))
        }
        (Phase::Firing, None) if rule.keep_firing_minutes > 0 => {
            enter(&mut next, Phase::Recovering, now);
            None
        }
        (Phase::Recovering, None) if !lasted(rule.keep_firing_minutes) => None,
        (Phase::Firing | Phase::Recovering, None) => {
            enter(&mut next, Phase::Ok, now);
            next.forget_alert();
            Some(Transition::Resolve(Ending::Recovered))
        }
    };
    (next, transition)
}

/// What a rule would find if it were evaluated now and had been there all the while.
pub fn preview(rule: &Rule, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
    let watch = rule.condition.watch();
    if !watch.knows(seen, now) || seen.lacks_all(watch.groups()) {
        return None;
    }
    let patience = SignedDuration::from_mins(i64::from(rule.for_minutes));
    let Some(apart) = watch.apart() else {
        return watch.find(seen, now).filter(|finding| finding.began_at + patience <= now);
    };
    let mut away = apart.away(seen, now);
    away.retain(|one| one.began_at + patience <= now);
    let size = saturate(away.len());
    (size > 0).then(|| apart.tell(&away, size, seen, now))
}

fn enter(state: &mut RuleState, phase: Phase, since: Timestamp) {
    if state.phase != phase {
        state.phase = phase;
        state.since = since;
    }
}

#[cfg(test)]
mod tests;
