//! A channel of the tenant as people enter it, and as it is kept.

use std::collections::BTreeMap;

use platform_core::channel::ShownChannel;
use platform_core::chat::Messenger;
use platform_core::ids::{ChannelId, RotaId, TenantId};
use platform_core::quiet_hours::QuietHours;
use platform_core::rule::{EmailChannel, Rule, Severity};
use platform_core::service::Region;
use platform_core::tenancy::Email;
use platform_core::tenant_channel::{Destination, MAX_NAME, OnCall, TenantChannel};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::receiver::Secrets;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::notification_input::{WebhookChange, check_email, check_webhook};
use crate::quiet_hours_body::QuietHoursBody;
use crate::service_input::Reading;

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
    /// What is told in these hours waits until they end; never if absent.
    quiet_hours: Option<QuietHoursBody>,
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
    /// Incidents at PagerDuty, by its Events API. An alert that is acknowledged here is acknowledged there.
    PagerDuty {
        /// The routing key of an integration of a service, or of a ruleset.
        #[serde(rename = "routingKey")]
        #[schema(max_length = 200)]
        routing_key: Option<String>,
        /// Where the account is; `us` if absent.
        region: Option<Region>,
    },
    /// Alerts at Opsgenie. An alert that is acknowledged here is acknowledged there.
    Opsgenie {
        /// The key of an API integration.
        #[serde(rename = "apiKey")]
        #[schema(max_length = 200)]
        api_key: Option<String>,
        /// Where the account is; `us` if absent.
        region: Option<Region>,
    },
    /// Messages in Telegram.
    Telegram {
        /// The token of a bot, which BotFather tells.
        #[schema(max_length = 200)]
        token: Option<String>,
        /// The number of a chat, or the name of a public channel with an `@` before it. The bot must be in it.
        #[serde(rename = "chatId")]
        #[schema(example = "-1001234567890", max_length = 64)]
        chat_id: String,
    },
    /// Mail to whoever is on call when it is sent.
    #[serde(rename = "on_call")]
    OnCall {
        /// By this rota of the tenant.
        #[serde(rename = "rotaId")]
        rota_id: Uuid,
    },
    /// Messages by ntfy.
    Ntfy {
        /// The server; `https://ntfy.sh` if absent.
        #[schema(example = "https://ntfy.sh", max_length = 2000)]
        server: Option<String>,
        /// The topic: letters, digits, `-` and `_`.
        #[schema(example = "acme-alerts", max_length = 64)]
        topic: String,
        /// An access token, if the server wants one; empty takes it away. At another server it is to be entered again.
        #[schema(max_length = 200)]
        token: Option<String>,
    },
}

/// Where the fields of the configuration are in the input.
const AT: &str = "/config";

/// A channel as it is kept, and its webhook's signing secret to be shown this once, if it is new.
pub(crate) struct Checked {
    pub(crate) channel: TenantChannel,
    pub(crate) secret: Option<String>,
}

impl ChannelInput {
    /// A new channel, if nothing is wrong with what was entered.
    pub(crate) fn make(self, platform: &Platform, tenant: TenantId, id: ChannelId) -> Result<Checked, Problem> {
        let now = platform.now();
        let destination = Destination::Email(EmailChannel { enabled: true, recipients: Vec::new() });
        let channel = TenantChannel {
            id,
            tenant,
            name: String::new(),
            enabled: true,
            severities: [].into(),
            quiet_hours: None,
            destination,
            off: None,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        self.write(platform, &channel, false)
    }

    /// What a channel becomes by what was entered, if nothing is wrong with that.
    pub(crate) fn change(self, platform: &Platform, before: &TenantChannel) -> Result<Checked, Problem> {
        self.write(platform, before, true)
    }

    fn write(self, platform: &Platform, before: &TenantChannel, is_known: bool) -> Result<Checked, Problem> {
        let mut problems = Problems::default();
        problems.text("/name", &self.name, 1, MAX_NAME);
        let quiet_hours = self.quiet_hours.map(QuietHours::from);
        if let Some(hours) = &quiet_hours {
            hours.check(&mut problems);
        }
        let present = is_known.then_some(&before.destination);
        let secrets = Secrets::of_channel(platform, before);
        let read = self.config.read(platform, &secrets, present, &mut problems)?;
        problems.finish().map_err(Problem::validation)?;
        let Some((destination, secret)) = read else {
            return Err(Problem::internal("input without problems is incomplete"));
        };
        let enabled = self.enabled.unwrap_or(before.enabled);
        let channel = TenantChannel {
            name: self.name.trim().to_owned(),
            off: before.off.clone().filter(|_| !enabled),
            enabled,
            severities: self.severities.unwrap_or_default().into_iter().collect(),
            quiet_hours,
            destination,
            id: before.id,
            tenant: before.tenant,
            created_at: before.created_at,
            updated_at: platform.now(),
            version: before.version,
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
            Self::PagerDuty { .. } => ShownChannel::PagerDuty,
            Self::Opsgenie { .. } => ShownChannel::Opsgenie,
            Self::Telegram { .. } => ShownChannel::Telegram,
            Self::Ntfy { .. } => ShownChannel::Ntfy,
            Self::OnCall { .. } => ShownChannel::OnCall,
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
        let mut read = Reading { platform, secrets, at: AT, problems };
        let unsigned = |destination: Option<Destination>| Ok(destination.map(|destination| (destination, None)));
        match self {
            Self::OnCall { rota_id } => {
                unsigned(Some(Destination::OnCall(OnCall { rota: RotaId::from_uuid(rota_id) })))
            }
            Self::PagerDuty { routing_key, region } => unsigned(read.pagerduty(routing_key, region, present)?),
            Self::Opsgenie { api_key, region } => unsigned(read.opsgenie(api_key, region, present)?),
            Self::Telegram { token, chat_id } => unsigned(read.telegram(token, &chat_id, present)?),
            Self::Ntfy { server, topic, token } => unsigned(read.ntfy(server.as_deref(), topic, token, present)?),
            Self::Slack { webhook, channel } => unsigned(read.chat(Messenger::Slack, webhook, channel, present)?),
            Self::Teams { webhook } => unsigned(read.chat(Messenger::Teams, webhook, None, present)?),
            Self::Discord { webhook } => unsigned(read.chat(Messenger::Discord, webhook, None, present)?),
            Self::Email { recipients } => {
                Ok(Some((Destination::Email(check_email(AT, true, &recipients, read.problems)), None)))
            }
            Self::Webhook { url, headers, secret } => {
                let present = match present {
                    Some(Destination::Webhook(webhook)) => Some(webhook),
                    _ => None,
                };
                let entered = WebhookChange { enabled: true, url, headers, secret };
                let webhook = check_webhook(platform, secrets, AT, entered, present, read.problems)?;
                Ok(webhook.map(|(webhook, secret)| (Destination::Webhook(webhook), secret)))
            }
        }
    }
}

/// A channel as the audit trail tells of it.
pub(crate) fn audited(channel: &TenantChannel) -> Value {
    json!({
        "name": channel.name, "type": channel.destination.channel().shown(), "enabled": channel.enabled,
        "severities": channel.severities, "quietHours": channel.quiet_hours, "target": channel.destination.target(),
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
    rules.iter().filter(move |rule| rule.named_channels().contains(&channel))
}

/// Those who get mail by it.
pub(crate) const fn email_of(channel: &TenantChannel) -> &[Email] {
    match &channel.destination {
        Destination::Email(email) => email.recipients.as_slice(),
        _ => &[],
    }
}

/// Where its recipients are in the input.
pub(crate) const EMAIL: &str = AT;
