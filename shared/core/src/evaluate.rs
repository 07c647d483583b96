//! The evaluator: a pure function from a rule, its state and what is known, to the next state and what happened.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::{AccountStatus, StatusReason, SyncState};
use crate::alert::{Affected, AffectedPeer};
use crate::ids::{AccountId, AlertId, RuleId};
use crate::network::{Peer, PeerStatus};
use crate::rule::{Condition, CountedStatus, PeerCount, PeerOffline, Rule, in_groups};
use crate::text;

/// While an alert stays open, its channels are told again this often.
pub const REPEAT_INTERVAL: SignedDuration = SignedDuration::from_hours(4);

/// What is known of an account at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: &'a str,
    /// How reading it goes.
    pub sync: &'a SyncState,
    /// Its peers as last seen.
    pub peers: &'a [Peer],
}

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
    /// The rule's version this state belongs to; an edited rule starts over.
    pub rule_version: u64,
    /// The account.
    pub account: AccountId,
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
    /// Counts writes.
    pub version: u64,
}

/// What an evaluation found to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// Open an alert.
    Fire(Finding),
    /// The alert ends, for this reason.
    Resolve {
        /// In a sentence.
        reason: String,
    },
    /// The alert is still there, as it is now: tell again unless somebody is on it.
    Repeat(Finding),
}

/// What was found, in numbers and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// In a sentence.
    pub title: String,
    /// In a paragraph.
    pub message: String,
    /// Which peers.
    pub affected: Affected,
    /// When the condition began to hold, as exactly as NetBird tells.
    pub began_at: Timestamp,
}

impl RuleState {
    /// The state of a rule that has not been evaluated for this account.
    pub fn new(rule: &Rule, account: AccountId, now: Timestamp) -> Self {
        Self {
            rule: rule.id,
            rule_version: rule.version,
            account,
            phase: Phase::Ok,
            since: now,
            alert: None,
            notified_at: None,
            version: 0,
        }
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
    let is_idle = state.phase == Phase::Ok && state.alert.is_none();
    if !rule.enabled && is_idle {
        return (next, None);
    }
    if !rule.enabled || state.rule_version != rule.version {
        let reason = if rule.enabled { "The rule was changed." } else { "The rule was switched off." };
        let transition = state.alert.map(|_| Transition::Resolve { reason: reason.to_owned() });
        next = RuleState { version: state.version, ..RuleState::new(rule, state.account, now) };
        return (next, transition);
    }
    let finding = check(rule, seen, now);
    // Nothing is known: neither do peers go or return, nor is an account reachable before it was read again.
    let is_about_account = rule.condition == Condition::AccountUnreachable;
    if !seen.sync.is_current(now) && (!is_about_account || finding.is_none()) {
        return (next, None);
    }
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
            let waited = now.duration_since(since) >= SignedDuration::from_mins(i64::from(rule.for_minutes));
            if waited {
                enter(&mut next, Phase::Firing, now);
                next.notified_at = Some(now);
                Some(Transition::Fire(finding))
            } else {
                enter(&mut next, Phase::Pending, since);
                None
            }
        }
        (Phase::Firing, Some(finding))
            if state.notified_at.is_some_and(|told| now.duration_since(told) >= REPEAT_INTERVAL) =>
        {
            next.notified_at = Some(now);
            Some(Transition::Repeat(finding))
        }
        (Phase::Firing, Some(_)) => None,
        (Phase::Recovering, Some(_)) => {
            enter(&mut next, Phase::Firing, now);
            None
        }
        (Phase::Firing, None) if rule.keep_firing_minutes > 0 => {
            enter(&mut next, Phase::Recovering, now);
            None
        }
        (Phase::Recovering, None) if !lasted(rule.keep_firing_minutes) => None,
        (Phase::Firing | Phase::Recovering, None) => {
            enter(&mut next, Phase::Ok, now);
            next.notified_at = None;
            Some(Transition::Resolve { reason: recovery(rule) })
        }
    };
    (next, transition)
}

fn enter(state: &mut RuleState, phase: Phase, since: Timestamp) {
    if state.phase != phase {
        state.phase = phase;
        state.since = since;
    }
}

/// Whether the condition holds, and what of it.
pub fn check(rule: &Rule, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
    match &rule.condition {
        Condition::PeerOffline(config) => peer_offline(config, seen, now),
        Condition::PeerCount(config) => peer_count(config, seen, now),
        Condition::AccountUnreachable => account_unreachable(seen, now),
    }
}

fn peer_offline(config: &PeerOffline, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
    let long = SignedDuration::from_mins(i64::from(config.duration));
    let mut of = 0;
    let mut offline: Vec<&Peer> = Vec::new();
    for peer in seen.peers.iter().filter(|peer| in_groups(peer, &config.groups)) {
        of += 1;
        let down =
            peer.status == PeerStatus::Offline || (config.count_unconfirmed && peer.status == PeerStatus::Unconfirmed);
        if down && now.duration_since(peer.since) >= long {
            offline.push(peer);
        }
    }
    let needed = config.threshold.max(1) as usize;
    if offline.len() < needed {
        return None;
    }
    offline.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
    let began_at = offline[needed - 1].since + long;
    let title = match offline.as_slice() {
        [peer] => format!("{} is offline", peer.name),
        peers => format!("{} of {of} peers{} are offline", peers.len(), of_groups(&config.groups)),
    };
    // Messages list the peers beside this, so the sentence need not.
    let longest = text::duration(now.duration_since(offline[0].since));
    let message = match offline.as_slice() {
        [peer] => {
            format!("{} of {} has been offline since {}.", peer.name, seen.account_name, text::moment(peer.since))
        }
        [first, ..] => format!("In {}, the longest is {}, for {longest}.", seen.account_name, first.name),
        [] => String::new(),
    };
    Some(Finding { title, message, affected: affected(&offline, of, &config.groups), began_at })
}

fn peer_count(config: &PeerCount, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
    let mut of = 0;
    let mut counted: Vec<&Peer> = Vec::new();
    for peer in seen.peers.iter().filter(|peer| in_groups(peer, &config.groups)) {
        of += 1;
        if config.status.includes(peer.status) {
            counted.push(peer);
        }
    }
    let value = u32::try_from(counted.len()).unwrap_or(u32::MAX);
    if !config.operator.holds(value, config.threshold) {
        return None;
    }
    let noun = match config.status {
        CountedStatus::Any => "peer",
        CountedStatus::Online => "online peer",
        CountedStatus::Offline => "offline peer",
    };
    let title = format!(
        "{}{}",
        text::count(counted.len(), noun),
        if config.groups.is_empty() { format!(" in {}", seen.account_name) } else { of_groups(&config.groups) }
    );
    let message = format!(
        "In {}: {}; the rule asks whether that {} {}.",
        seen.account_name,
        text::count(counted.len(), noun),
        config.operator.words(),
        config.threshold
    );
    // A count names the peers that went missing from it, which is what one looks for when it is too low.
    let mut named: Vec<&Peer> = match config.status {
        CountedStatus::Online => seen
            .peers
            .iter()
            .filter(|peer| in_groups(peer, &config.groups) && peer.status == PeerStatus::Offline)
            .collect(),
        CountedStatus::Offline => counted,
        CountedStatus::Any => Vec::new(),
    };
    named.sort_by(|a, b| (b.since, &a.name).cmp(&(a.since, &b.name)));
    let mut affected = affected(&named, of, &config.groups);
    affected.total = value;
    Some(Finding { title, message, affected, began_at: now })
}

fn account_unreachable(seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
    let told = matches!(seen.sync.status(), AccountStatus::Paused | AccountStatus::Unreachable);
    let silence = seen.sync.is_silent(now).then(|| StatusReason {
        code: "silent".to_owned(),
        detail: "It has not been synced for more than ten minutes, and no failure was told.".to_owned(),
        since: seen.sync.last_sync.unwrap_or(now),
    });
    let failure = seen.sync.reason.clone().filter(|_| told);
    let reason = failure.or(silence.filter(|_| seen.sync.reason.is_none()))?;
    let paused = if seen.sync.paused { " Syncing is paused until somebody acts." } else { "" };
    Some(Finding {
        title: format!("{} cannot be read", seen.account_name),
        message: format!("{}{paused} Alerts about its peers are held back meanwhile.", reason.detail),
        affected: Affected { of: seen.sync.counts.peers, ..Affected::default() },
        began_at: reason.since,
    })
}

fn recovery(rule: &Rule) -> String {
    match rule.condition {
        Condition::PeerOffline(_) => "The peers are back, or no longer in the network.",
        Condition::PeerCount(_) => "The number of peers is back to normal.",
        Condition::AccountUnreachable => "The account can be read again.",
    }
    .to_owned()
}

fn of_groups(groups: &[String]) -> String {
    if groups.is_empty() { String::new() } else { format!(" of {}", groups.join(", ")) }
}

fn affected(peers: &[&Peer], of: u32, groups: &[String]) -> Affected {
    let named = |peer: &&Peer| AffectedPeer { id: peer.id.clone(), name: peer.name.clone(), since: peer.since };
    Affected {
        total: u32::try_from(peers.len()).unwrap_or(u32::MAX),
        of,
        groups: groups.to_vec(),
        peers: peers.iter().take(Affected::NAMED).map(named).collect(),
    }
}

#[cfg(test)]
mod tests;
