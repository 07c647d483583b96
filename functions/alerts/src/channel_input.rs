//! A channel of the tenant as people enter it, and as it is kept.

use std::collections::BTreeMap;

use platform_core::channel::ShownChannel;
use platform_core::chat::{ChatChannel, Messenger};
use platform_core::ids::{ChannelId, TenantId};
use platform_core::rule::{EmailChannel, Rule, Severity};
use platform_core::tenant_channel::{Destination, MAX_NAME, TenantChannel};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::receiver::Secrets;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::chat_input::{self, Entered};
use crate::notification_input::{WebhookChange, check_email, check_webhook};

/// A channel as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ChannelInput)]
pub(crate) struct ChannelInput {
    /// No other channel of the tenant is called so, in whatever case.
    #[schema(example = "Operations", max_length = 100)]
    name: String,
    /// True if absent, or as it was.
    enabled: Option<bool>,
    /// Tells only of alerts as bad as one of these; of all if absent or empty.
    severities: Option<Vec<Severity>>,
    config: ChannelConfigInput,
}

/// Where messages go. What is secret is encrypted at rest and never shown again; where a channel is changed it may be left
/// out, and stays. Its type stays in any case.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
#[schema(as = ChannelConfigInput)]
pub(crate) enum ChannelConfigInput {
    /// Mail.
    Email {
        /// 1 to 20 addresses.
        #[schema(min_items = 1, max_items = 20)]
        recipients: Vec<String>,
    },
    /// A signed POST to a receiver of your own.
    Webhook {
        /// The receiver's address.
        #[schema(example = "https://hooks.example.com/netbird", max_length = 2000)]
        url: Option<String>,
        /// All of them. One without a value keeps the one that it has. At another host they are to be entered again: what one
        /// receiver knows is not sent to another.
        headers: Option<BTreeMap<String, Option<String>>>,
        /// A signing secret of Standard Webhooks, `whsec_…`; one is made if absent, and shown in that answer.
        secret: Option<String>,
    },
    /// Messages in Slack, or in what speaks like it.
    Slack {
        /// The address of an incoming webhook.
        #[schema(example = "https://hooks.slack.com/services/T000/B000/XXXX", max_length = 2000)]
        webhook: Option<String>,
        /// The channel to ask for, which only older webhooks of Slack heed; its own if absent.
        #[schema(example = "#ops", max_length = 80)]
        channel: Option<String>,
    },
    /// Messages in Microsoft Teams.
    Teams {
        /// The address of a workflow that waits for a webhook.
        #[schema(max_length = 2000)]
        webhook: Option<String>,
    },
    /// Messages in Discord.
    Discord {
        /// The address of a webhook.
        #[schema(max_length = 2000)]
        webhook: Option<String>,
    },
}

/// Where the fields of the configuration are in the input.
const AT: &str = "/config";

/// A channel as it is kept, and its webhook's signing secret to be shown this once, if it is new.
pub(crate) struct Checked {
    pub(crate) channel: TenantChannel,
    pub(crate) secret: Option<String>,
}

/// What is known of a channel before it is read.
pub(crate) struct Blank {
    pub(crate) id: ChannelId,
    pub(crate) tenant: TenantId,
}

impl ChannelInput {
    /// A new channel, if nothing is wrong with what was entered.
    pub(crate) fn make(self, platform: &Platform, blank: Blank) -> Result<Checked, Problem> {
        let now = platform.now();
        let destination = Destination::Email(EmailChannel { enabled: true, recipients: Vec::new() });
        let channel = TenantChannel {
            id: blank.id,
            tenant: blank.tenant,
            name: String::new(),
            enabled: true,
            severities: [].into(),
            destination,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        self.write(platform, channel, false)
    }

    /// What a channel becomes by what was entered, if nothing is wrong with that.
    pub(crate) fn change(self, platform: &Platform, before: TenantChannel) -> Result<Checked, Problem> {
        self.write(platform, TenantChannel { updated_at: platform.now(), ..before }, true)
    }

    fn write(self, platform: &Platform, before: TenantChannel, is_known: bool) -> Result<Checked, Problem> {
        let mut problems = Problems::default();
        problems.text("/name", &self.name, 1, MAX_NAME);
        let present = is_known.then_some(&before.destination);
        let secrets = Secrets::of_channel(platform, &before);
        let read = self.config.read(platform, &secrets, present, &mut problems)?;
        problems.finish().map_err(Problem::validation)?;
        let Some((destination, secret)) = read else {
            return Err(Problem::internal("input without problems is incomplete"));
        };
        let channel = TenantChannel {
            name: self.name.trim().to_owned(),
            enabled: self.enabled.unwrap_or(before.enabled),
            severities: self.severities.unwrap_or_default().into_iter().collect(),
            destination,
            ..before
        };
        Ok(Checked { channel, secret })
    }
}

type Read = Result<Option<(Destination, Option<String>)>, Problem>;

impl ChannelConfigInput {
    const fn channel(&self) -> ShownChannel {
        match self {
            Self::Email { .. } => ShownChannel::Email,
            Self::Webhook { .. } => ShownChannel::Webhook,
            Self::Slack { .. } => ShownChannel::Slack,
            Self::Teams { .. } => ShownChannel::Teams,
            Self::Discord { .. } => ShownChannel::Discord,
        }
    }

    /// Checks it and seals what is secret; what is left out stays as it is at present. `None` if there are problems, which
    /// are recorded.
    fn read(
        self,
        platform: &Platform,
        secrets: &Secrets<'_>,
        present: Option<&Destination>,
        problems: &mut Problems,
    ) -> Read {
        if present.is_some_and(|present| present.channel().shown() != self.channel()) {
            problems.push(format!("{AT}/type"), "cannot be changed; make another channel");
            return Ok(None);
        }
        let mut chat = |messenger, webhook, channel: Option<String>| -> Read {
            let channel = channel.filter(|channel| !channel.is_empty());
            let entered = Entered { messenger, enabled: true, webhook, channel };
            let present = present.and_then(chat_of);
            let chat = chat_input::check(platform, secrets, AT, entered, present, problems)?;
            Ok(chat.map(|chat| (Destination::Chat(messenger, chat), None)))
        };
        match self {
            Self::Slack { webhook, channel } => chat(Messenger::Slack, webhook, channel),
            Self::Teams { webhook } => chat(Messenger::Teams, webhook, None),
            Self::Discord { webhook } => chat(Messenger::Discord, webhook, None),
            Self::Email { recipients } => {
                Ok(Some((Destination::Email(check_email(AT, true, &recipients, problems)), None)))
            }
            Self::Webhook { url, headers, secret } => {
                let present = match present {
                    Some(Destination::Webhook(webhook)) => Some(webhook),
                    _ => None,
                };
                let entered = WebhookChange { enabled: true, url, headers, secret };
                let webhook = check_webhook(platform, secrets, AT, entered, present, problems)?;
                Ok(webhook.map(|(webhook, secret)| (Destination::Webhook(webhook), secret)))
            }
        }
    }
}

const fn chat_of(destination: &Destination) -> Option<&ChatChannel> {
    match destination {
        Destination::Chat(_, chat) => Some(chat),
        Destination::Email(_) | Destination::Webhook(_) => None,
    }
}

/// A channel as the audit trail tells of it.
pub(crate) fn audited(channel: &TenantChannel) -> Value {
    json!({
        "name": channel.name, "type": channel.destination.channel().shown(), "enabled": channel.enabled,
        "severities": channel.severities, "target": channel.destination.target(),
    })
}

/// Refuses a name that another channel has.
pub(crate) fn refuse_name(channels: &[TenantChannel], channel: &TenantChannel) -> Result<(), Problem> {
    match channels.iter().any(|other| other.id != channel.id && other.is_called(&channel.name)) {
        true => Err(Problem::field("/name", "is the name of another channel")),
        false => Ok(()),
    }
}

/// The rules of a tenant that name a channel.
pub(crate) fn users(rules: &[Rule], channel: ChannelId) -> impl Iterator<Item = &Rule> {
    rules.iter().filter(move |rule| rule.channels.contains(&channel))
}

/// Those who get mail by it.
pub(crate) const fn email_of(channel: &TenantChannel) -> Option<&EmailChannel> {
    match &channel.destination {
        Destination::Email(email) => Some(email),
        _ => None,
    }
}

/// Where its recipients are in the input.
pub(crate) const EMAIL: &str = AT;
