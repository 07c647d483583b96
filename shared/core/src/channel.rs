//! The ways by which people are told of alerts.

use serde::{Deserialize, Serialize};

use crate::chat::Messenger;
use crate::named;
use crate::rule::Rule;
use crate::tenancy::Email;
use crate::text;

/// How a notification travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    }
}

impl Channel {
    /// Every channel.
    pub const ALL: &[Channel] =
        &[Channel::Email, Channel::Webhook, Channel::Owners, Channel::Slack, Channel::Teams, Channel::Discord];

    /// As it is shown.
    pub const fn shown(self) -> ShownChannel {
        match self {
            Channel::Email | Channel::Owners => ShownChannel::Email,
            Channel::Webhook => ShownChannel::Webhook,
            Channel::Slack => ShownChannel::Slack,
            Channel::Teams => ShownChannel::Teams,
            Channel::Discord => ShownChannel::Discord,
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
            Channel::Email | Channel::Webhook | Channel::Owners => None,
            Channel::Slack => Some(Messenger::Slack),
            Channel::Teams => Some(Messenger::Teams),
            Channel::Discord => Some(Messenger::Discord),
        }
    }

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        self.shown().name()
    }

    /// Whether it is a request to a receiver, which may hang, and not mail.
    pub const fn is_posted(self) -> bool {
        !matches!(self, Channel::Email | Channel::Owners)
    }

    /// The end of an intent's key.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Channel::Owners => "owners",
            other => other.name(),
        }
    }

    /// The channel of an intent, by its key.
    pub fn of_key(key: &str) -> Option<Self> {
        let (_, tag) = key.rsplit_once('_')?;
        Channel::ALL.iter().copied().find(|channel| channel.tag() == tag)
    }
}

/// The channels that a rule tells, each with its target as it may be shown.
pub fn channels_of(rule: &Rule) -> Vec<(Channel, String)> {
    if rule.condition.is_about_account() {
        return vec![(Channel::Owners, "the owners".to_owned())];
    }
    let email = rule.notification.email.as_ref().filter(|email| email.enabled && !email.recipients.is_empty());
    let webhook = rule.notification.webhook.as_ref().filter(|webhook| webhook.enabled);
    let email = email.map(|email| (Channel::Email, text::names(email.recipients.iter().map(Email::as_str), 3)));
    let webhook = webhook.map(|webhook| (Channel::Webhook, webhook.host().to_owned()));
    let chats = rule.notification.chats.iter().filter(|(_, chat)| chat.enabled);
    let chats = chats.map(|(messenger, chat)| (Channel::of(*messenger), chat.target()));
    email.into_iter().chain(webhook).chain(chats).collect()
}
