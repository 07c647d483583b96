//! Alerts and the transitions they may make.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::channel::{Addressee, Channel, Route};
use crate::condition::ConditionType;
use crate::finding::{Affected, Finding, Recovery};
use crate::ids::{AccountId, AlertId, RuleId, TenantId, UserId};
use crate::network::GroupRef;
use crate::routing::RoutedBy;
use crate::rule::{Rule, Severity};
use crate::silence::{HeldBy, Muted};
use crate::tenancy::Retention;
use crate::{named, text};

named! {
    /// Where an alert stands.
    pub enum AlertStatus {
        /// Nobody is on it.
        Open = "open",
        /// Somebody is on it.
        Acknowledged = "acknowledged",
        /// Over.
        Resolved = "resolved",
        /// Held back until a time.
        Suppressed = "suppressed",
    }
}

impl AlertStatus {
    /// Every status of an alert that is not over.
    pub const ACTIVE: &[AlertStatus] = &[Self::Open, Self::Acknowledged, Self::Suppressed];

    /// Whether it still asks for attention or work.
    pub fn is_active(self) -> bool {
        self != Self::Resolved
    }
}

/// Who did something to an alert: a person, with id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Id.
    pub id: UserId,
    /// Name at that time.
    pub name: String,
}

/// An alert: one episode of one rule's condition in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alert {
    /// Id.
    pub id: AlertId,
    /// Whose.
    pub tenant: TenantId,
    /// The rule that fired.
    pub rule: RuleId,
    /// Its name at that time.
    pub rule_name: String,
    /// What the rule's author wrote about it, such as what to do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule_description: String,
    /// What the rule watches for; absent if that is built in, and of alerts from before it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<ConditionType>,
    /// The account it fired for.
    pub account: AccountId,
    /// Its name at that time.
    pub account_name: String,
    /// The group that it is about, where the rule looks at each by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupRef>,
    /// Where it stands.
    pub status: AlertStatus,
    /// How bad it is.
    pub severity: Severity,
    /// In a sentence.
    pub title: String,
    /// In a paragraph.
    pub message: String,
    /// What it is about.
    pub affected: Affected,
    /// When the condition began to hold, as exactly as NetBird tells.
    pub began_at: Timestamp,
    /// When it fired.
    pub triggered_at: Timestamp,
    /// When somebody took it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<Timestamp>,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_by: Option<Person>,
    /// What they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_message: Option<String>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_at: Option<Timestamp>,
    /// Who ended it; nobody if the condition ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_by: Option<Person>,
    /// Why it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved_message: Option<String>,
    /// How it was when the condition ended; absent if it ended otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
    /// Held back until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressed_until: Option<Timestamp>,
    /// By this silence; absent if a person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<HeldBy>,
    /// Rows of history so far; the next row's number.
    pub history: u32,
    /// How many of them are comments.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub comments: u32,
    /// The channels that were ever told of it, so that nobody looks for messages on others.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub channels: BTreeSet<Route>,
    /// Whom it was told to, as it may be shown: addresses, hosts, the first of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told_to: Vec<String>,
    /// The routes that matched when it fired, as they were then: their channels hear of what follows, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routed: Vec<RoutedBy>,
    /// How long it is kept when it is over, and what was told of it after that was told: as the tenant wished when it
    /// fired.
    #[serde(default)]
    pub retention: Retention,
    /// When it is forgotten. Never while it is not over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

named! {
    /// A step in an alert's life, as history keeps it.
    pub enum AlertEvent {
        /// The condition held long enough.
        Fired = "fired",
        /// Still open after the repeat interval.
        Repeated = "repeated",
        /// Somebody took it on.
        Acknowledged = "acknowledged",
        /// Nobody took it on in time, and others were told.
        Escalated = "escalated",
        /// More went, and belong to it.
        Grew = "grew",
        /// Somebody wants to hear nothing of it for a while.
        Suppressed = "suppressed",
        /// The while is over, or somebody wants to hear of it again.
        Reopened = "reopened",
        /// It ended.
        Resolved = "resolved",
        /// Somebody said something of it. Nobody is told.
        Commented = "commented",
    }
}

impl AlertEvent {
    /// Whether it tells that something is wrong. Who was told so is told when it is over.
    pub const fn is_bad_news(self) -> bool {
        matches!(self, Self::Fired | Self::Repeated | Self::Escalated | Self::Grew | Self::Reopened)
    }
}

/// A row of an alert's history. Rows are numbered without gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertHistory {
    /// The alert.
    pub alert: AlertId,
    /// 0, 1, 2, …
    pub number: u32,
    /// What happened.
    pub event: AlertEvent,
    /// When.
    pub at: Timestamp,
    /// Who, if a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Person>,
    /// What was said, or why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How things stood, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The status before, but for the first row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<AlertStatus>,
    /// Which step of its rule's escalation, if it escalated: the first is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

/// Ways by which one alert is told, those of routes included: each hears of its end, all in one transaction. A rule has fifteen, and
/// twenty by its steps.
pub const MOST_ROUTES: usize = 40;

/// Whom an alert was told to is kept of so many, each in so many characters: the rest is among its deliveries.
const MOST_TOLD_TO: usize = 10;
const MOST_TARGET: usize = 100;

/// Longest message of an acknowledgement or resolution, in characters.
pub const MAX_MESSAGE: usize = 2_000;
/// Longest comment, in characters.
pub const MAX_COMMENT: usize = 1_000;
/// Comments that an alert may have.
pub const MAX_COMMENTS: u32 = 100;

/// A transition that the alert's status does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the alert is {} and cannot be {}", .status.name(), .wanted.name())]
pub struct IllegalTransition {
    /// Where it stands.
    pub status: AlertStatus,
    /// Where it was to go.
    pub wanted: AlertStatus,
}

impl Alert {
    /// Opens an alert, with its first row of history.
    pub fn open(
        id: AlertId,
        rule: &Rule,
        account: &Account,
        finding: Finding,
        retention: Retention,
        now: Timestamp,
    ) -> (Self, AlertHistory) {
        let mut alert = Self {
            id,
            tenant: rule.tenant,
            rule: rule.id,
            rule_name: rule.name.clone(),
            rule_description: rule.description.clone(),
            condition: rule.condition.made().map(|(kind, _)| kind),
            account: account.id,
            account_name: account.name.clone(),
            group: None,
            status: AlertStatus::Open,
            severity: rule.severity,
            title: finding.title,
            message: finding.message,
            affected: finding.affected,
            began_at: finding.began_at,
            triggered_at: now,
            acknowledged_at: None,
            acknowledged_by: None,
            acknowledged_message: None,
            resolved_at: None,
            resolved_by: None,
            resolved_message: None,
            recovery: None,
            suppressed_until: None,
            silence: None,
            history: 0,
            comments: 0,
            channels: BTreeSet::new(),
            told_to: Vec::new(),
            routed: Vec::new(),
            retention,
            expires_at: None,
            version: 1,
        };
        let row = alert.record(AlertEvent::Fired, now, None, None);
        (alert, row)
    }

    /// The channels on which something of it may have been told. Alerts from before they were noted know mail and webhooks.
    pub fn told_on(&self) -> impl Iterator<Item = Route> {
        let before =
            [Channel::Email, Channel::Webhook, Channel::Owners].into_iter().filter(|_| self.channels.is_empty());
        self.channels.iter().copied().chain(before.map(Route::from))
    }

    /// Notes that it is told to these, and leaves out who would be one too many: rules change while it is open.
    pub fn note_told(&mut self, told: &mut Vec<Addressee>) {
        if self.channels.is_empty() && self.history > 1 {
            // From before they were noted: those that it may have been told on stay known.
            self.channels = self.told_on().collect();
        }
        told.retain(|to| {
            let is_known = self.channels.contains(&to.route);
            is_known || self.channels.len() < MOST_ROUTES && self.channels.insert(to.route)
        });
        for to in told.iter() {
            let target = text::printable(&to.target, MOST_TARGET);
            if self.told_to.len() < MOST_TOLD_TO && !self.told_to.contains(&target) {
                self.told_to.push(target);
            }
        }
    }

    /// This is how it is now. Nothing that happened to the alert, so that its history says nothing.
    pub fn note(&mut self, finding: Finding) {
        self.title = finding.title;
        self.message = finding.message;
        self.affected = finding.affected;
    }

    /// It is told again, as it is now.
    pub fn repeat(&mut self, finding: Finding, now: Timestamp) -> AlertHistory {
        self.note(finding);
        self.record(AlertEvent::Repeated, now, None, None)
    }

    /// More belongs to it. Whoever is on it is not on that: it is open again.
    pub fn grow(&mut self, finding: Finding, now: Timestamp) -> Result<AlertHistory, IllegalTransition> {
        self.note(finding);
        self.open_again(AlertEvent::Grew, None, None, now)
    }

    /// Nobody took it on in time, and others are told. Legal while it is open.
    pub fn escalate(&mut self, step: u32, now: Timestamp) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Open, self.status == AlertStatus::Open)?;
        Ok(AlertHistory { step: Some(step), ..self.record(AlertEvent::Escalated, now, None, None) })
    }

    /// Nothing is told of it before `until`. Legal until it has ended.
    pub fn suppress(
        &mut self,
        until: Timestamp,
        by: Person,
        message: Option<String>,
        now: Timestamp,
    ) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Suppressed, self.status.is_active())?;
        let before = std::mem::replace(&mut self.status, AlertStatus::Suppressed);
        (self.suppressed_until, self.silence) = (Some(until), None);
        Ok(AlertHistory { before: Some(before), ..self.record(AlertEvent::Suppressed, now, Some(by), message) })
    }

    /// It fires while its rule is muted: nobody is told before that is over. `first` is its first row of history.
    pub fn begin_muted(&mut self, first: &mut AlertHistory, muted: Muted<'_>) {
        self.be_muted(muted);
        first.message = Some(muted.reason());
    }

    /// From now on a silence holds it back, and not who or what did before. Legal until it has ended.
    pub fn mute(&mut self, muted: Muted<'_>, now: Timestamp) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Suppressed, self.status.is_active())?;
        let before = self.status;
        self.be_muted(muted);
        let reason = Some(muted.reason());
        Ok(AlertHistory { before: Some(before), ..self.record(AlertEvent::Suppressed, now, None, reason) })
    }

    fn be_muted(&mut self, muted: Muted<'_>) {
        self.status = AlertStatus::Suppressed;
        (self.suppressed_until, self.silence) = (Some(muted.until), Some(muted.held()));
    }

    /// The time is over in which nobody wanted to hear of it, or somebody wants to again. Legal while it is suppressed.
    pub fn reopen(
        &mut self,
        by: Option<Person>,
        message: Option<String>,
        now: Timestamp,
    ) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Open, self.status == AlertStatus::Suppressed)?;
        self.open_again(AlertEvent::Reopened, by, message, now)
    }

    fn open_again(
        &mut self,
        event: AlertEvent,
        by: Option<Person>,
        message: Option<String>,
        now: Timestamp,
    ) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Open, self.status.is_active())?;
        let before = std::mem::replace(&mut self.status, AlertStatus::Open);
        (self.suppressed_until, self.silence) = (None, None);
        Ok(AlertHistory { before: Some(before), ..self.record(event, now, by, message) })
    }

    /// Somebody takes it on. Legal while it is open.
    pub fn acknowledge(
        &mut self,
        by: Person,
        message: Option<String>,
        now: Timestamp,
    ) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Acknowledged, self.status == AlertStatus::Open)?;
        let before = std::mem::replace(&mut self.status, AlertStatus::Acknowledged);
        self.acknowledged_at = Some(now);
        self.acknowledged_by = Some(by.clone());
        self.acknowledged_message.clone_from(&message);
        Ok(AlertHistory { before: Some(before), ..self.record(AlertEvent::Acknowledged, now, Some(by), message) })
    }

    /// The condition ended, and this is how it is now. Legal until the alert has ended.
    pub fn recover(&mut self, recovery: Recovery, now: Timestamp) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Resolved, self.status.is_active())?;
        let message = recovery.message.clone();
        self.recovery = Some(recovery);
        self.resolve(None, Some(message), now)
    }

    /// How things stand, in a sentence: what is wrong, or how it is since the condition ended.
    pub fn title_now(&self) -> &str {
        self.recovery.as_ref().map_or(&self.title, |recovery| &recovery.title)
    }

    /// How things stand, in a paragraph.
    pub fn message_now(&self) -> &str {
        self.recovery.as_ref().map_or(&self.message, |recovery| &recovery.message)
    }

    /// How many peers are as the rule counts them, and out of how many.
    pub fn numbers_now(&self) -> (u32, u32) {
        let was = (self.affected.total, self.affected.of);
        self.recovery.as_ref().map_or(was, |recovery| (recovery.total, recovery.of))
    }

    /// It ends, by hand or because nobody looks any more. Legal until it has ended.
    pub fn resolve(
        &mut self,
        by: Option<Person>,
        message: Option<String>,
        now: Timestamp,
    ) -> Result<AlertHistory, IllegalTransition> {
        self.guard(AlertStatus::Resolved, self.status.is_active())?;
        let before = std::mem::replace(&mut self.status, AlertStatus::Resolved);
        self.resolved_at = Some(now);
        (self.suppressed_until, self.silence) = (None, None);
        self.expires_at = Some(self.keep(now));
        self.resolved_by.clone_from(&by);
        self.resolved_message.clone_from(&message);
        Ok(AlertHistory { before: Some(before), ..self.record(AlertEvent::Resolved, now, by, message) })
    }

    /// Somebody says something of it, whether it has ended or not. Nothing else changes.
    pub fn comment(&mut self, by: Person, message: String, now: Timestamp) -> AlertHistory {
        self.comments += 1;
        self.record(AlertEvent::Commented, now, Some(by), Some(message))
    }

    /// Until when what happened to it at a moment is kept.
    pub fn keep(&self, at: Timestamp) -> Timestamp {
        self.retention.end(at)
    }

    /// Adds a row of history.
    pub fn record(
        &mut self,
        event: AlertEvent,
        at: Timestamp,
        by: Option<Person>,
        message: Option<String>,
    ) -> AlertHistory {
        let number = self.history;
        self.history += 1;
        let title = Some(self.title_now().to_owned());
        AlertHistory { alert: self.id, number, event, at, by, message, title, before: None, step: None }
    }

    fn guard(&self, wanted: AlertStatus, legal: bool) -> Result<(), IllegalTransition> {
        if legal { Ok(()) } else { Err(IllegalTransition { status: self.status, wanted }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Entropy;
    use crate::testing;

    struct Zeros;
    impl Entropy for Zeros {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }

    fn alert(status: AlertStatus) -> Alert {
        Alert { status, title: "t".into(), message: "m".into(), history: 1, ..testing::alert() }
    }

    #[test]
    fn only_legal_transitions() {
        let now = Timestamp::UNIX_EPOCH;
        let person = || Person { id: UserId::new(now, &Zeros), name: "Ada".into() };
        for status in AlertStatus::ALL {
            let acknowledged = alert(*status).acknowledge(person(), None, now);
            assert_eq!(acknowledged.is_ok(), *status == AlertStatus::Open, "acknowledge from {status:?}");
            let resolved = alert(*status).resolve(None, None, now);
            assert_eq!(resolved.is_ok(), *status != AlertStatus::Resolved, "resolve from {status:?}");
        }
    }

    #[test]
    fn what_ended_says_how_it_is_now() {
        let now = Timestamp::UNIX_EPOCH;
        let mut alert = alert(AlertStatus::Open);
        let recovery = Recovery { title: "t is over".into(), message: "All is well.".into(), total: 18, of: 20 };
        let row = alert.recover(recovery, now).unwrap();
        assert_eq!((row.title.as_deref(), row.message.as_deref()), (Some("t is over"), Some("All is well.")));
        assert_eq!((alert.title_now(), alert.message_now()), ("t is over", "All is well."));
        assert_eq!((alert.numbers_now(), alert.title.as_str()), ((18, 20), "t"));
        assert_eq!(alert.status, AlertStatus::Resolved);
    }

    #[test]
    fn no_more_are_told_than_can_be_told_of_the_end() {
        let mut alert = alert(AlertStatus::Open);
        let to = |n: usize| {
            let of = Some(crate::ids::ChannelId::from_uuid(uuid::Uuid::from_u128(n as u128)));
            Addressee { route: Route { channel: Channel::Slack, of }, target: "ops".into(), name: None }
        };
        let mut first: Vec<Addressee> = (0..30).map(to).collect();
        alert.note_told(&mut first);
        let mut more: Vec<Addressee> = (20..60).map(to).collect();
        alert.note_told(&mut more);
        assert_eq!((first.len(), more.len(), alert.channels.len()), (30, 20, MOST_ROUTES));
        assert_eq!(alert.told_to, ["ops"], "each once");
    }

    #[test]
    fn history_has_no_gaps() {
        let now = Timestamp::UNIX_EPOCH;
        let mut alert = alert(AlertStatus::Open);
        let first = alert
            .acknowledge(Person { id: UserId::new(now, &Zeros), name: "Ada".into() }, Some("on it".into()), now)
            .unwrap();
        let second = alert.resolve(None, None, now).unwrap();
        assert_eq!((first.number, second.number, alert.history), (1, 2, 3));
    }
}
