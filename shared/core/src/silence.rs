//! Silences: what is told of nobody's pager for a while, such as during maintenance.
//!
//! A silence names what it mutes, and always has an end. What fires meanwhile is suppressed until then, and told if it still
//! holds; what was told before is told to be over as ever. `docs/adr/0032-silences.md` says why.

mod quiet;
mod window;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::Person;
use crate::ids::{AccountId, RuleId, SilenceId, TenantId};
use crate::named;
use crate::network::Peer;
use crate::rule::{Rule, Severity};
use crate::validate::Problems;

pub use quiet::{HeldBy, Muted, Quiet, named_peers};
pub use window::{Weekday, Weekly, Window, time_of_day, zone};
pub use words::Named;

/// Silences that a tenant may have at a time, those that are over not counted.
pub const MAX_SILENCES: usize = 200;
/// Silences that are kept, those that are over among them: every look at an account reads them.
pub const MAX_KEPT: usize = 400;
/// Rules, or accounts, that one silence may name.
pub const MAX_NAMED: usize = 50;
/// Groups, or peers, that one silence may name: their names lie with it, and every look at an account reads all silences.
pub const MAX_THINGS: usize = 20;
/// Longest id of a group or a peer, in bytes.
const MAX_ID: usize = 64;
/// Of the name of one, so many characters are kept.
pub const MAX_THING_NAME: usize = 80;
/// Longest name, in characters.
pub const MAX_NAME: usize = 100;
/// Longest comment, in characters.
pub const MAX_COMMENT: usize = 1_000;
/// Longest time that a silence lasts without a break.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Longest time over which one recurs.
pub const LONGEST_RECURRING: SignedDuration = SignedDuration::from_hours(366 * 24);
/// How far ahead one may be made.
pub const FARTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);
/// How long one that is over can still be seen.
pub const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a silence mutes: everything, or what all of these say together. An empty one says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matchers {
    /// Only these rules.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rules: BTreeSet<RuleId>,
    /// Only rules of these severities.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub severities: BTreeSet<Severity>,
    /// Only in these accounts.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub accounts: BTreeSet<AccountId>,
    /// Only about these groups of the one account that is named, by NetBird's ids.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub groups: BTreeSet<String>,
    /// Only about these peers of the one account that is named, or those of the groups, by NetBird's ids. Routes name none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub peers: BTreeSet<String>,
    /// What the groups and peers of a silence were called when they were chosen, by their ids. Ids count, and names are shown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub called: BTreeMap<String, String>,
    /// Every rule in every account. Nothing else is named then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everything: bool,
}

impl Matchers {
    /// Whether a rule of this severity is muted in an account. The built-in rule is no exception: only who names the account
    /// or the severity, or says everything, mutes it, since it is none of the rules that can be named.
    pub fn match_rule(&self, rule: RuleId, severity: Severity, account: AccountId) -> bool {
        self.everything
            || self.names_any()
                && (self.rules.is_empty() || self.rules.contains(&rule))
                && (self.severities.is_empty() || self.severities.contains(&severity))
                && self.reach(account)
    }

    /// Whether an alert of a rule in an account matches that is about these groups: those that the rule looks at, and those of its
    /// peers.
    pub fn match_alert(&self, rule: &Rule, account: AccountId, about: &BTreeSet<String>) -> bool {
        self.match_rule(rule.id, rule.severity, account) && (self.groups.is_empty() || !self.groups.is_disjoint(about))
    }

    /// Whether it is only about some groups and peers.
    pub fn names_things(&self) -> bool {
        !(self.groups.is_empty() && self.peers.is_empty())
    }

    /// Whether a peer is one of those that are named, or in one of the groups; each is, if none is named.
    pub fn match_peer(&self, peer: &Peer) -> bool {
        !self.names_things()
            || self.peers.contains(&peer.id)
            || peer.groups.iter().any(|group| self.groups.contains(&group.id))
    }

    /// Whether all of some groups are named. Of none it says nothing.
    pub fn match_groups<'a>(&self, groups: impl IntoIterator<Item = &'a str>) -> bool {
        let mut groups = groups.into_iter().peekable();
        groups.peek().is_some() && groups.all(|id| self.groups.contains(id))
    }

    /// Whether something may be muted in an account.
    pub fn reach(&self, account: AccountId) -> bool {
        self.accounts.is_empty() || self.accounts.contains(&account)
    }

    fn names_any(&self) -> bool {
        !(self.rules.is_empty() && self.severities.is_empty() && self.accounts.is_empty())
    }

    /// Checks what was entered, but for what may be named.
    pub(crate) fn check(&self, problems: &mut Problems) {
        let names_any = self.names_any();
        let all = "must be absent beside other matchers: everything leaves nothing to name";
        problems.require(!(self.everything && names_any), "/matchers/everything", all);
        let none = "must name a rule, a severity or an account, or say everything";
        problems.require(self.everything || names_any, "/matchers", none);
        let most = || format!("must be at most {MAX_NAMED}");
        problems.require(self.rules.len() <= MAX_NAMED, "/matchers/ruleIds", most());
        problems.require(self.accounts.len() <= MAX_NAMED, "/matchers/accountIds", most());
        problems.require(self.groups.len() <= MAX_NAMED, "/matchers/groupIds", most());
        for (ids, at, what) in
            [(&self.groups, "/matchers/groupIds", "groups"), (&self.peers, "/matchers/peerIds", "peers")]
        {
            let is_of_one = ids.is_empty() || self.accounts.len() == 1;
            problems.require(is_of_one, at, format!("must go with one account, whose {what} they are"));
            let are_ids = ids.iter().all(|id| (1..=MAX_ID).contains(&id.len()));
            problems.require(are_ids, at, format!("must be ids of {what}"));
        }
    }
}

named! {
    /// Where a silence stands.
    pub enum SilenceStatus {
        /// It mutes now.
        Active = "active",
        /// It will mute.
        Scheduled = "scheduled",
        /// It would, but is switched off.
        Off = "off",
        /// It will not mute any more.
        Ended = "ended",
    }
}

/// A silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Silence {
    /// Id.
    pub id: SilenceId,
    /// Whose.
    pub tenant: TenantId,
    /// Name.
    pub name: String,
    /// What for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What it mutes.
    pub matchers: Matchers,
    /// Not before this.
    pub starts_at: Timestamp,
    /// Not from this on.
    pub ends_at: Timestamp,
    /// Between them only in these windows; all the time if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Weekly>,
    /// Switched on.
    pub enabled: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Person,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

impl Silence {
    /// Checks it as it is about to be written.
    pub fn check(&self, now: Timestamp, problems: &mut Problems) {
        problems.text("/name", &self.name, 1, MAX_NAME);
        problems.text("/comment", &self.comment, 0, MAX_COMMENT);
        self.check_what_and_when(now, problems);
    }

    /// Checks what it mutes, and when.
    pub fn check_what_and_when(&self, now: Timestamp, problems: &mut Problems) {
        self.matchers.check(problems);
        let most = || format!("must be at most {MAX_THINGS}");
        problems.require(self.matchers.groups.len() <= MAX_THINGS, "/matchers/groupIds", most());
        problems.require(self.matchers.peers.len() <= MAX_THINGS, "/matchers/peerIds", most());
        problems.require(self.starts_at <= now + FARTHEST, "/startsAt", "must be at most 366 days from now");
        let (longest, days) = if self.recurrence.is_some() { (LONGEST_RECURRING, 366) } else { (LONGEST, 90) };
        if self.ends_at <= now {
            problems.push("/endsAt", "must be in the future");
        } else if self.ends_at <= self.starts_at {
            problems.push("/endsAt", "must be after the start");
        } else if self.ends_at.duration_since(self.starts_at) > longest {
            problems.push("/endsAt", format!("must be at most {days} days after the start"));
        }
        if let Some(weekly) = &self.recurrence {
            weekly.check(problems);
        }
    }

    /// When it can be forgotten.
    pub fn expires_at(&self) -> Timestamp {
        self.ends_at + KEPT_AFTER_END
    }

    /// Whether it will not mute any more, whatever is switched on.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at <= now
    }

    /// Where it stands.
    pub fn status(&self, now: Timestamp) -> SilenceStatus {
        match self.next_windows(now, 1).first() {
            None => SilenceStatus::Ended,
            Some(_) if !self.enabled => SilenceStatus::Off,
            Some(window) if window.starts_at <= now => SilenceStatus::Active,
            Some(_) => SilenceStatus::Scheduled,
        }
    }

    /// Ends it now.
    pub fn end(&mut self, now: Timestamp) {
        self.starts_at = self.starts_at.min(now);
        self.ends_at = self.ends_at.min(now);
    }

    /// The window in which it mutes at a moment.
    pub fn window_at(&self, at: Timestamp) -> Option<Window> {
        if !self.enabled || at < self.starts_at || self.ends_at <= at {
            return None;
        }
        match &self.recurrence {
            None => Some(Window { starts_at: self.starts_at, ends_at: self.ends_at }),
            Some(weekly) => weekly.window_at(at).and_then(|window| self.within(window)),
        }
    }

    /// The window at a moment, if it lies in one, and those after it; at most so many. Whether it is switched on does not
    /// matter.
    pub fn next_windows(&self, from: Timestamp, most: usize) -> Vec<Window> {
        let whole = Window { starts_at: self.starts_at, ends_at: self.ends_at };
        let Some(weekly) = &self.recurrence else {
            return if from < whole.ends_at && whole.starts_at < whole.ends_at { vec![whole] } else { Vec::new() };
        };
        let windows = weekly.windows(from.max(self.starts_at), self.ends_at);
        windows.filter_map(|window| self.within(window)).filter(|window| from < window.ends_at).take(most).collect()
    }

    fn within(&self, window: Window) -> Option<Window> {
        let cut = Window { starts_at: window.starts_at.max(self.starts_at), ends_at: window.ends_at.min(self.ends_at) };
        (cut.starts_at < cut.ends_at).then_some(cut)
    }
}

/// How a silence changes what is held back of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Nothing is held back, or it is by who or what did before.
    AsItWas,
    /// From now on this silence holds it until then.
    By(SilenceId, Timestamp),
    /// Nobody holds it any more.
    Over,
}

/// What becomes of what is held back until `until`, by a silence if `by` says so and else by a person, under what mutes its
/// rule now. What a person holds stays theirs until its time is over, and a silence never shortens it.
pub fn hold(until: Option<Timestamp>, by: Option<SilenceId>, muted: Option<Muted<'_>>, now: Timestamp) -> Hold {
    let Some(until) = until else { return Hold::AsItWas };
    match muted {
        _ if by.is_none() && now < until => Hold::AsItWas,
        Some(muted) if by == Some(muted.silence.id) && until == muted.until => Hold::AsItWas,
        Some(muted) => Hold::By(muted.silence.id, muted.until),
        None => Hold::Over,
    }
}

#[cfg(test)]
mod tests;
