//! Notification intents: the outbox. One per alert transition and channel, written with the transition itself, so
//! that nothing that happened goes untold and nothing is told that did not happen.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::{Alert, AlertEvent, AlertHistory, AlertStatus};
use crate::channel::{Addressee, Channel, Route};
use crate::ids::{AlertId, RuleId, TenantId, UserId};
use crate::{named, text};

named! {
    /// Where an intent stands.
    pub enum IntentStatus {
        /// To be sent, at once or later.
        Pending = "pending",
        /// Taken by the receiving side.
        Delivered = "delivered",
        /// Given up, visibly.
        Failed = "failed",
        /// Not sent since a limit of messages was reached; the recipients' next summary tells of it.
        Held = "held",
        /// Not sent since something newer was told, or is about to be: it would be wrong by now.
        Superseded = "superseded",
    }
}

/// One notification to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    /// `<alert>_<history row>_<route>`: unique, and the `webhook-id` that lets a receiver drop a repeat.
    pub key: String,
    /// Whose.
    pub tenant: TenantId,
    /// The alert.
    pub alert: AlertId,
    /// The row of its history that is told.
    pub number: u32,
    /// What happened.
    pub event: AlertEvent,
    /// The rule that tells it.
    pub rule: RuleId,
    /// On which of its channels.
    #[serde(rename = "channel")]
    pub route: Route,
    /// What the tenant called the channel when this was made, if it is one of the tenant's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_name: Option<String>,
    /// Whom it goes to, as it may be shown: addresses, or a webhook's host.
    pub target: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Where it stands.
    pub status: IntentStatus,
    /// When the sweeper looks whether anybody took it.
    pub due: Timestamp,
    /// Not tried before this: it is being tried, or waits for the next try.
    #[serde(default)]
    pub ready_at: Timestamp,
    /// Tries so far.
    pub attempts: u32,
    /// It is being tried, until `ready_at` at most.
    #[serde(default)]
    pub trying: bool,
    /// How the last try failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error: Option<String>,
    /// The last tries, the newest last; also those from before somebody had it sent again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tries: Vec<PastTry>,
    /// How many there were before those.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub earlier_tries: u32,
    /// What the tenant should know of how it was sent, such as who was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whom it reached, of a message to whoever was on call: they are told that it is over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reached: Vec<UserId>,
    /// What quiet hours of its channel had to do with it, if they held it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<QuietHold>,
    /// When it was delivered or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// When somebody last had it sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_at: Option<Timestamp>,
    /// When it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

/// Tries of an intent that are kept.
pub const MAX_TRIES: usize = 20;
/// Characters that are kept of what a receiver answered.
const MAX_ANSWER: usize = 200;
/// Characters that are kept of why a try failed.
const MAX_ERROR: usize = 300;

/// A try to send an intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PastTry {
    /// When it began.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub took_ms: u32,
    /// The status that the receiver answered with, if it answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// How its answer begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Why it failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When it was to be tried next, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// That quiet hours of a channel held an intent, the last time that they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuietHold {
    /// Until then.
    pub until: Timestamp,
    /// What the clocks of the channel show then.
    pub clock: String,
    /// Why, as the tenant is told.
    pub why: String,
    /// Nobody tried to send it, neither before nor since.
    pub untried: bool,
}

/// How long one sender has an intent to itself. Longer than the longest try (15 s for a webhook, 30 s for mail).
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long an acknowledgement lets a message have its turn that is due before it.
const A_MOMENT: SignedDuration = SignedDuration::from_secs(1);

impl Intent {
    /// The intent to tell a row of an alert's history to somebody, at once.
    pub fn new(alert: &Alert, row: &AlertHistory, to: Addressee, now: Timestamp) -> Self {
        Self {
            key: Self::key(alert.id, row.number, to.route),
            tenant: alert.tenant,
            alert: alert.id,
            number: row.number,
            event: row.event,
            rule: alert.rule,
            route: to.route,
            channel_name: to.name,
            target: to.target,
            created_at: now,
            status: IntentStatus::Pending,
            due: now,
            ready_at: now,
            attempts: 0,
            trying: false,
            last_error: None,
            tries: Vec::new(),
            earlier_tries: 0,
            note: None,
            reached: Vec::new(),
            quiet: None,
            finished_at: None,
            again_at: None,
            expires_at: Some(alert.keep(now)),
            version: 1,
        }
    }

    /// How it travels.
    pub const fn channel(&self) -> Channel {
        self.route.channel
    }

    /// The key of the intent that tells a row of an alert's history by one way.
    pub fn key(alert: AlertId, number: u32, route: Route) -> String {
        format!("{alert}_{number}_{route}")
    }

    /// Whether it waits to be sent now.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.status == IntentStatus::Pending && self.ready_at <= now
    }

    /// Since when it is tried: since it was made, somebody had it sent again, or quiet hours let it go.
    pub fn tried_since(&self) -> Timestamp {
        let since = self.again_at.unwrap_or(self.created_at);
        self.quiet.as_ref().map_or(since, |quiet| quiet.until.max(since))
    }

    /// Until when quiet hours hold it, if they do.
    pub fn held_until(&self) -> Option<Timestamp> {
        let held =
            self.quiet.as_ref().filter(|quiet| self.status == IntentStatus::Pending && quiet.until == self.ready_at);
        held.map(|quiet| quiet.until)
    }

    /// Has it tried again from the beginning, under the same key. Refused, with the reason, unless it was given up and what
    /// it tells still is so. `others` are the alert's intents.
    pub fn send_again(&mut self, alert: &Alert, others: &[Intent], now: Timestamp) -> Result<(), String> {
        match self.status {
            IntentStatus::Failed => {}
            IntentStatus::Delivered => return Err("it was delivered".to_owned()),
            IntentStatus::Pending if self.held_until().is_some() => {
                return Err("quiet hours of its channel hold it: it is sent when they end".to_owned());
            }
            IntentStatus::Pending if self.trying => return Err("it is being sent just now".to_owned()),
            IntentStatus::Pending => return Err("it is under way: it waits for its next try".to_owned()),
            IntentStatus::Held => {
                return Err("a limit of mail held it back; its recipients are told in one message".to_owned());
            }
            IntentStatus::Superseded => return Err("it was overtaken: what it tells is not so any more".to_owned()),
        }
        if let Some(why) = self.overtaken(alert, others) {
            return Err(format!("it was overtaken and is {why}"));
        }
        self.status = IntentStatus::Pending;
        (self.attempts, self.note, self.finished_at, self.again_at) = (0, None, None, Some(now));
        self.wait_until(now);
        Ok(())
    }

    /// Takes it for one try: nobody else finds it due until the lease is over. A sender that dies leaves it due then.
    pub fn claim(&mut self, now: Timestamp) {
        if self.attempts > 0 {
            // Whoever tried it before may have sent it, and died.
            self.sending();
        }
        self.attempts += 1;
        self.wait_until(now + LEASE);
        self.trying = true;
    }

    /// It is about to be sent.
    pub fn sending(&mut self) {
        if let Some(quiet) = &mut self.quiet {
            quiet.untried = false;
        }
    }

    /// Quiet hours hold what was claimed: that was no try.
    pub fn hold(&mut self, hold: QuietHold) {
        self.attempts = self.attempts.saturating_sub(1);
        let untried = self.attempts == 0 && self.quiet.as_ref().is_none_or(|before| before.untried);
        self.wait_until(hold.until);
        self.note = Some(hold.why.clone());
        self.quiet = Some(QuietHold { untried, ..hold });
    }

    /// It was not even tried, and is not to be before `until`.
    pub fn postpone(&mut self, until: Timestamp, reason: String) {
        self.last_error = Some(reason);
        self.wait_until(until);
    }

    fn wait_until(&mut self, until: Timestamp) {
        (self.due, self.ready_at, self.trying) = (until, until, false);
    }

    /// Keeps how the last try went among the others. Its next one, if there is one, is when the intent is ready again.
    pub fn remember(&mut self, mut tried: PastTry) {
        let printable = |text: String, most| text::printable(&text, most);
        tried.answer = tried.answer.map(|text| printable(text, MAX_ANSWER)).filter(|text| !text.is_empty());
        tried.error = tried.error.map(|text| printable(text, MAX_ERROR));
        tried.next_at = (self.status == IntentStatus::Pending).then_some(self.ready_at);
        let past = (self.tries.len() + 1).saturating_sub(MAX_TRIES);
        self.tries.drain(..past);
        self.earlier_tries = self.earlier_tries.saturating_add(u32::try_from(past).unwrap_or(u32::MAX));
        self.tries.push(tried);
    }

    /// The try went well.
    pub fn delivered(&mut self, now: Timestamp) {
        self.finish(IntentStatus::Delivered, now);
        self.last_error = None;
    }

    /// The try failed; again at `next`, or never.
    pub fn failed(&mut self, error: String, next: Option<Timestamp>, now: Timestamp) {
        self.last_error = Some(error);
        match next {
            Some(next) => self.wait_until(next),
            None => self.finish(IntentStatus::Failed, now),
        }
    }

    /// It is summed up later instead.
    pub fn held(&mut self, now: Timestamp) {
        self.finish(IntentStatus::Held, now);
        self.last_error = None;
    }

    /// It would be wrong by now, and is not sent.
    pub fn superseded(&mut self, why: &str, now: Timestamp) {
        self.finish(IntentStatus::Superseded, now);
        self.note = Some(why.to_owned());
    }

    /// Why it is not to be sent any more, if it is not: what it tells was overtaken by what happened to the alert, or by
    /// what was told of it on the same channel since. `others` are the alert's intents.
    pub fn overtaken(&self, alert: &Alert, others: &[Intent]) -> Option<String> {
        let same_way = || others.iter().filter(|other| other.route == self.route);
        let why = match self.event {
            event if event.is_bad_news() && !alert.status.is_active() => match &self.quiet {
                Some(quiet) if quiet.untried => return Some(format!("over before {}: not told", quiet.clock)),
                _ => "not sent: resolved meanwhile",
            },
            event if event.is_bad_news() && alert.status == AlertStatus::Suppressed => "not sent: suppressed meanwhile",
            AlertEvent::Acknowledged if !alert.status.is_active() => "not sent: resolved meanwhile",
            AlertEvent::Repeated | AlertEvent::Escalated if alert.status == AlertStatus::Acknowledged => {
                "not sent: acknowledged meanwhile"
            }
            event if event.is_bad_news() => {
                // That somebody acknowledged it is no news of what there is to acknowledge.
                let has_told = |other: &Intent| other.status == IntentStatus::Delivered && other.event.is_bad_news();
                if same_way().any(|other| other.number > self.number && has_told(other)) {
                    "not sent: told again meanwhile"
                } else if same_way().any(|other| other.tells_for(self, alert, others)) {
                    "not sent: told by the first message after quiet hours"
                } else {
                    return None;
                }
            }
            AlertEvent::Resolved => {
                let bad_news = || same_way().filter(|other| other.number < self.number && other.event.is_bad_news());
                let is_quiet = self.quiet.is_some() || bad_news().any(|other| other.quiet.is_some());
                if !is_quiet || bad_news().next().is_none() || !bad_news().all(Intent::is_untold) {
                    return None;
                }
                "not sent: quiet hours held what was wrong, so that nobody was told of it"
            }
            _ => return None,
        };
        Some(why.to_owned())
    }

    /// Whether it tells what a later intent tells that quiet hours held as well: one message says how it is when they end.
    fn tells_for(&self, later: &Intent, alert: &Alert, others: &[Intent]) -> bool {
        let (Some(quiet), Some(its)) = (&self.quiet, &later.quiet) else { return false };
        // It says how things are after `until`, and so what was so when the other was held.
        let is_earlier = self.number < later.number && quiet.until >= its.until && self.event.is_bad_news();
        is_earlier
            && match self.status {
                IntentStatus::Delivered | IntentStatus::Held => true,
                IntentStatus::Pending => self.overtaken(alert, others).is_none(),
                IntentStatus::Failed | IntentStatus::Superseded => false,
            }
    }

    /// Whether certainly nobody heard of it, nor will: it is of an alert that is over.
    fn is_untold(&self) -> bool {
        let is_first = self.again_at.is_none() && self.quiet.as_ref().is_none_or(|quiet| quiet.untried);
        match self.status {
            IntentStatus::Pending => is_first && self.attempts == 0,
            // Whoever found that took it, too, which was no try.
            IntentStatus::Superseded => is_first && self.attempts <= 1,
            IntentStatus::Failed => self.quiet.as_ref().is_some_and(|quiet| quiet.untried),
            IntentStatus::Delivered | IntentStatus::Held => false,
        }
    }

    /// Until when it waits for an earlier message on the same channel that is being sent just now: should that arrive
    /// later, the last word would be wrong. What is to be acknowledged must have arrived, however often that is tried.
    pub fn waits_for(&self, others: &[Intent], now: Timestamp) -> Option<Timestamp> {
        let earlier = others.iter().filter(|other| other.route == self.route && other.number < self.number);
        let is_to_come = |other: &&Intent| {
            let is_tried_again = self.event == AlertEvent::Acknowledged && other.event.is_bad_news();
            other.status == IntentStatus::Pending && (is_tried_again || other.trying && !other.is_ready(now))
        };
        earlier.filter(is_to_come).map(|other| other.ready_at.max(now + A_MOMENT)).max()
    }

    fn finish(&mut self, status: IntentStatus, now: Timestamp) {
        self.trying = false;
        self.status = status;
        self.finished_at = Some(now);
    }
}

/// The channels that were told that an alert fired, and so are told that it is over. A reminder tells it, too: it may be
/// kept when the first message is not any more.
pub fn told(intents: &[Intent]) -> Vec<Addressee> {
    let mut told = Vec::<Addressee>::new();
    for intent in intents.iter().filter(|intent| intent.event.is_bad_news()) {
        if !told.iter().any(|known| known.route == intent.route) {
            let (target, name) = (intent.target.clone(), intent.channel_name.clone());
            told.push(Addressee { route: intent.route, target, name });
        }
    }
    told
}

#[cfg(test)]
mod tests;
