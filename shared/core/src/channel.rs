//! The ways by which people are told of alerts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::chat::{ChatChannel, Messenger};
use crate::ids::ChannelId;
use crate::named;
use crate::rule::{Notification, Rule, WebhookChannel};
use crate::service::Service;

/// How a notification travels. A rule's own channels are mail, a webhook and chats; the rest are channels of the tenant alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// To the rule's recipients.
    Email,
    /// To the rule's webhook.
    Webhook,
    /// To the tenant's owners.
    Owners,
    /// To Slack.
    Slack,
    /// To Microsoft Teams.
    Teams,
    /// To Discord.
    Discord,
    /// To PagerDuty.
    PagerDuty,
    /// To Opsgenie.
    Opsgenie,
    /// To Telegram.
    Telegram,
    /// To an ntfy server.
    Ntfy,
    /// To whoever is on call.
    OnCall,
}

named! {
    /// How a notification travels, as it is shown: mail to the owners is mail.
    pub enum ShownChannel {
        /// By mail.
        Email = "email",
        /// By webhook.
        Webhook = "webhook",
        /// In Slack.
        Slack = "slack",
        /// In Microsoft Teams.
        Teams = "teams",
        /// In Discord.
        Discord = "discord",
        /// At PagerDuty.
        PagerDuty = "pagerduty",
        /// At Opsgenie.
        Opsgenie = "opsgenie",
        /// In Telegram.
        Telegram = "telegram",
        /// By ntfy.
        Ntfy = "ntfy",
        /// By mail to whoever is on call.
        OnCall = "on_call",
    }
}

impl Channel {
    /// Every channel.
    pub const ALL: &[Channel] = &[
        Channel::Email,
        Channel::Webhook,
        Channel::Owners,
        Channel::Slack,
        Channel::Teams,
        Channel::Discord,
        Channel::PagerDuty,
        Channel::Opsgenie,
        Channel::Telegram,
        Channel::Ntfy,
        Channel::OnCall,
    ];

    /// As it is shown.
    pub const fn shown(self) -> ShownChannel {
        match self {
            Channel::Email | Channel::Owners => ShownChannel::Email,
            Channel::Webhook => ShownChannel::Webhook,
            Channel::Slack => ShownChannel::Slack,
            Channel::Teams => ShownChannel::Teams,
            Channel::Discord => ShownChannel::Discord,
            Channel::PagerDuty => ShownChannel::PagerDuty,
            Channel::Opsgenie => ShownChannel::Opsgenie,
            Channel::Telegram => ShownChannel::Telegram,
            Channel::Ntfy => ShownChannel::Ntfy,
            Channel::OnCall => ShownChannel::OnCall,
        }
    }

    /// The one that leads to a messenger.
    pub const fn of(messenger: Messenger) -> Self {
        match messenger {
            Messenger::Slack => Channel::Slack,
            Messenger::Teams => Channel::Teams,
            Messenger::Discord => Channel::Discord,
        }
    }

    /// The messenger that it leads to, if it does.
    pub const fn messenger(self) -> Option<Messenger> {
        match self {
            Channel::Slack => Some(Messenger::Slack),
            Channel::Teams => Some(Messenger::Teams),
            Channel::Discord => Some(Messenger::Discord),
            _ => None,
        }
    }

    /// Whether it keeps an incident of its own for each alert, and so is to know that somebody is on it.
    pub const fn keeps_incidents(self) -> bool {
        matches!(self, Channel::PagerDuty | Channel::Opsgenie)
    }

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        self.shown().name()
    }

    /// Whether it is a request to a receiver, which may hang, and not mail.
    pub const fn is_posted(self) -> bool {
        !matches!(self, Channel::Email | Channel::Owners | Channel::OnCall)
    }

    /// The end of an intent's key.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Channel::Owners => "owners",
            // Its name has a mark that parts of a key have between them.
            Channel::OnCall => "oncall",
            other => other.name(),
        }
    }
}

/// The way that an intent goes: on a channel of its rule's own, or on one of the tenant's, which several rules name.
///
/// As text it is the kind, with the channel's id behind it if it is the tenant's: `slack`, `slack-0199…`. So it ends an
/// intent's key, and what was stored before there were channels of tenants reads as it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Route {
    /// How it travels.
    pub channel: Channel,
    /// The tenant's channel, if it is one.
    pub of: Option<ChannelId>,
}

impl From<Channel> for Route {
    fn from(channel: Channel) -> Self {
        Self { channel, of: None }
    }
}

impl Route {
    /// That of an intent, by its key.
    pub fn of_key(key: &str) -> Option<Self> {
        let (_, tag) = key.rsplit_once('_')?;
        tag.parse().ok()
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.channel.tag())?;
        match self.of {
            Some(id) => write!(f, "-{id}"),
            None => Ok(()),
        }
    }
}

impl From<Route> for String {
    fn from(route: Route) -> Self {
        route.to_string()
    }
}

/// A text that is no route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no way that a message goes")]
pub struct NoRoute;

impl FromStr for Route {
    type Err = NoRoute;

    fn from_str(text: &str) -> Result<Self, NoRoute> {
        let (tag, id) = text.split_once('-').map_or((text, None), |(tag, id)| (tag, Some(id)));
        let channel = Channel::ALL.iter().copied().find(|channel| channel.tag() == tag).ok_or(NoRoute)?;
        let route = Self { channel, of: id.map(str::parse).transpose().map_err(|_| NoRoute)? };
        // One spelling each, as keys have it.
        if route.to_string() == text { Ok(route) } else { Err(NoRoute) }
    }
}

impl TryFrom<String> for Route {
    type Error = NoRoute;

    fn try_from(text: String) -> Result<Self, NoRoute> {
        text.parse()
    }
}

/// Where one message about an alert goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// By which way.
    pub route: Route,
    /// Whom that reaches, as it may be shown.
    pub target: String,
    /// What the tenant calls the channel, if it is one of the tenant's.
    pub name: Option<String>,
}

impl Addressee {
    /// Somebody whom a rule tells on a channel of its own.
    pub fn own(channel: Channel, target: String) -> Self {
        Self { route: channel.into(), target, name: None }
    }
}

/// What takes the messages of a channel that are requests.
#[derive(Debug, Clone, Copy)]
pub enum Receiver<'a> {
    /// A webhook of somebody's own.
    Webhook(&'a WebhookChannel),
    /// A chat.
    Chat(Messenger, &'a ChatChannel),
    /// A service that takes a key.
    Service(Service<'a>),
}

impl Notification {
    /// The receiver of a channel, if the rule has it.
    pub fn receiver(&self, channel: Channel) -> Option<Receiver<'_>> {
        match channel.messenger() {
            Some(messenger) => self.chats.get(&messenger).map(|chat| Receiver::Chat(messenger, chat)),
            None => self.webhook.as_ref().filter(|_| channel == Channel::Webhook).map(Receiver::Webhook),
        }
    }
}

/// The channels of its own that a rule tells. Those of the tenant that it names are looked up when there is something to tell.
pub fn channels_of(rule: &Rule) -> Vec<Addressee> {
    if rule.condition.is_about_account() {
        return vec![Addressee::own(Channel::Owners, "the owners".to_owned())];
    }
    let email = rule.notification.email.as_ref().filter(|email| email.enabled && !email.recipients.is_empty());
    let webhook = rule.notification.webhook.as_ref().filter(|webhook| webhook.enabled);
    let email = email.map(|email| Addressee::own(Channel::Email, email.target()));
    let webhook = webhook.map(|webhook| Addressee::own(Channel::Webhook, webhook.host().to_owned()));
    let chats = rule.notification.chats.iter().filter(|(_, chat)| chat.enabled);
    let chats = chats.map(|(messenger, chat)| Addressee::own(Channel::of(*messenger), chat.target()));
    email.into_iter().chain(webhook).chain(chats).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_its_text() {
        let id: ChannelId = "01980000-0000-7000-8000-000000000009".parse().unwrap();
        for channel in Channel::ALL {
            for of in [None, Some(id)] {
                let route = Route { channel: *channel, of };
                assert_eq!(Route::of_key(&format!("01980000-0000-7000-8000-000000000001_12_{route}")), Some(route));
            }
        }
        let stored: Route = serde_json::from_str("\"slack\"").unwrap();
        assert_eq!(stored, Channel::Slack.into(), "as it was stored before there were channels of tenants");
        for text in ["", "pigeon", "slack-", "slack-7", "slack-01980000000070008000000000000009", "slack-x-y"] {
            assert_eq!(text.parse::<Route>(), Err(NoRoute), "{text}");
        }
    }
}
