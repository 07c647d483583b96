//! Channels of a tenant: set up once, and named by as many rules as wish to.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::channel::{Addressee, Channel, Receiver, Route};
use crate::chat::{ChatChannel, Messenger};
use crate::ids::{ChannelId, RotaId, RuleId, TenantId};
use crate::intent::QuietHold;
use crate::quiet_hours::QuietHours;
use crate::rule::{EmailChannel, Severity, WebhookChannel};
use crate::service::{Ntfy, Regional, Service, Telegram};

/// Channels that a tenant may have.
pub const MAX_CHANNELS: usize = 100;
/// Longest name of a channel, in characters.
pub const MAX_NAME: usize = 100;

/// A channel of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantChannel {
    /// Id.
    pub id: ChannelId,
    /// Whose.
    pub tenant: TenantId,
    /// Name, which no other channel of the tenant has.
    pub name: String,
    /// Switched on.
    pub enabled: bool,
    /// Only alerts as bad as one of these; all if empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub severities: BTreeSet<Severity>,
    /// When what is told by it waits, if it ever does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// Where its messages go.
    pub destination: Destination,
    /// Why and when the platform switched it off, if it did and nobody switched it on since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<SwitchedOff>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// That the platform switched a channel off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchedOff {
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// That every try to send by a channel failed since some time. There is none of one whose last message was taken.
///
/// It is kept beside the channel, whose version people's changes name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// Of which channel.
    pub channel: ChannelId,
    /// Since when.
    pub since: Timestamp,
    /// How the first try failed.
    pub reason: String,
}

/// That every try to send by a channel of a rule's own failed since some time, as [`Trouble`] says it of a tenant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnTrouble {
    /// Of which rule.
    pub rule: RuleId,
    /// By which of its channels.
    pub by: Route,
    /// Since when.
    pub since: Timestamp,
    /// How the first try failed.
    pub reason: String,
}

impl Trouble {
    /// A channel that failed with every try for so long is switched off.
    pub const MOST: SignedDuration = SignedDuration::from_hours(5 * 24);
    /// A channel by which nobody tells anything meanwhile is in trouble no longer than this.
    pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
}

/// Where the messages of a channel go. Whether it is switched on says the channel, and not what is in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Destination {
    /// Mailboxes.
    Email(EmailChannel),
    /// A webhook of somebody's own.
    Webhook(WebhookChannel),
    /// A chat.
    Chat(Messenger, ChatChannel),
    /// PagerDuty.
    PagerDuty(Regional),
    /// Opsgenie.
    Opsgenie(Regional),
    /// Telegram.
    Telegram(Telegram),
    /// ntfy.
    Ntfy(Ntfy),
    /// The mailbox of whoever is on call.
    OnCall(OnCall),
}

/// A channel that leads to whoever is on call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnCall {
    /// By this rota.
    pub rota: RotaId,
}

impl Destination {
    /// How messages travel there.
    pub const fn channel(&self) -> Channel {
        match self {
            Destination::Email(_) => Channel::Email,
            Destination::Webhook(_) => Channel::Webhook,
            Destination::Chat(messenger, _) => Channel::of(*messenger),
            Destination::PagerDuty(_) => Channel::PagerDuty,
            Destination::Opsgenie(_) => Channel::Opsgenie,
            Destination::Telegram(_) => Channel::Telegram,
            Destination::Ntfy(_) => Channel::Ntfy,
            Destination::OnCall(_) => Channel::OnCall,
        }
    }

    /// Whom they reach, as it may be shown.
    pub fn target(&self) -> String {
        match self {
            Destination::Email(email) => email.target(),
            Destination::Webhook(webhook) => webhook.host().to_owned(),
            Destination::Chat(_, chat) => chat.target(),
            Destination::PagerDuty(_) => "PagerDuty".to_owned(),
            Destination::Opsgenie(_) => "Opsgenie".to_owned(),
            Destination::Telegram(telegram) => format!("{} in Telegram", telegram.chat_id),
            Destination::Ntfy(ntfy) => format!("{} at {}", ntfy.topic, ntfy.server.host_str().unwrap_or_default()),
            Destination::OnCall(_) => "whoever is on call".to_owned(),
        }
    }

    /// What takes them, if they are requests.
    pub const fn receiver(&self) -> Option<Receiver<'_>> {
        match self {
            Destination::Email(_) | Destination::OnCall(_) => None,
            Destination::Webhook(webhook) => Some(Receiver::Webhook(webhook)),
            Destination::Chat(messenger, chat) => Some(Receiver::Chat(*messenger, chat)),
            Destination::PagerDuty(regional) => Some(Receiver::Service(Service::PagerDuty(regional))),
            Destination::Opsgenie(regional) => Some(Receiver::Service(Service::Opsgenie(regional))),
            Destination::Telegram(telegram) => Some(Receiver::Service(Service::Telegram(telegram))),
            Destination::Ntfy(ntfy) => Some(Receiver::Service(Service::Ntfy(ntfy))),
        }
    }
}

impl TenantChannel {
    /// Where a message on it goes.
    pub fn addressee(&self) -> Addressee {
        Addressee {
            route: Route { channel: self.destination.channel(), of: Some(self.id) },
            target: self.destination.target(),
            name: Some(self.name.clone()),
        }
    }

    /// Why nobody is told by it that something as bad as this is wrong, if that is so.
    pub fn refuses(&self, severity: Severity) -> Option<&'static str> {
        if !self.enabled {
            return Some("the channel is switched off");
        }
        let is_for_others = !self.severities.is_empty() && !self.severities.contains(&severity);
        is_for_others.then_some("the channel is not for alerts of this severity")
    }

    /// Until when quiet hours hold what is told by it of something as bad as this, and why, if they do.
    pub fn holds(&self, severity: Severity, now: Timestamp) -> Option<QuietHold> {
        let hours = self.quiet_hours.as_ref()?;
        let until = hours.until(severity, now)?;
        let clock = hours.clock(until, now);
        let why = format!("held until {clock} by quiet hours of {}", self.name);
        Some(QuietHold { until, clock, why, untried: true })
    }

    /// Switches it off for good reason. Whether it was on.
    pub fn switch_off(&mut self, reason: String, now: Timestamp) -> bool {
        if !self.enabled {
            return false;
        }
        (self.enabled, self.updated_at) = (false, now);
        self.off = Some(SwitchedOff { reason, at: now });
        true
    }

    /// Its trouble, if that is not from before it was last changed.
    pub fn in_trouble<'a>(&self, trouble: Option<&'a Trouble>) -> Option<&'a Trouble> {
        trouble.filter(|trouble| trouble.channel == self.id && trouble.since >= self.updated_at)
    }

    /// Whether another channel of this name would be taken for it.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }
}
