//! A channel of the tenant as the API shows it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::channel::ShownChannel;
use platform_core::chat::Messenger;
use platform_core::rota::Rota;
use platform_core::routing::AlertRoute;
use platform_core::rule::{Rule, Severity};
use platform_core::service::{Region, SealedKey};
use platform_core::tenant_channel::{Destination, SwitchedOff, TenantChannel, Trouble};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::channel_input::users;
use crate::quiet_hours_body::QuietHoursBody;
use crate::route_input::routes_by;
use crate::signing_secret::OldSecretView;

/// A channel of the tenant: set up once, and named by as many rules as wish to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Channel)]
pub(crate) struct ChannelView {
    id: Uuid,
    #[schema(example = "Operations")]
    name: String,
    r#type: ShownChannel,
    enabled: bool,
    /// Only alerts as bad as one of these; all if empty.
    severities: Vec<Severity>,
    /// What is told in these hours waits until they end.
    #[serde(skip_serializing_if = "Option::is_none")]
    quiet_hours: Option<QuietHoursBody>,
    config: ChannelConfigView,
    /// Why and when the platform switched it off; absent if it did not, or somebody switched it on since.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<ChannelOffView>,
    /// Since when every message fails; absent while they arrive. After five days the platform switches the channel off.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<ChannelTroubleView>,
    /// The rules that name it.
    used_by: Vec<RuleNameView>,
    /// The routes that name it.
    routed_by: Vec<RouteNameView>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// Counts changes: its `ETag`, and what a change may name by `If-Match`.
    version: u64,
}

/// That the platform switched a channel off.
#[derive(Serialize, ToSchema)]
#[schema(as = ChannelOff)]
pub(crate) struct ChannelOffView {
    #[schema(example = "the receiver answered 410 Gone: it wants no more messages")]
    reason: String,
    at: Timestamp,
}

impl From<&SwitchedOff> for ChannelOffView {
    fn from(off: &SwitchedOff) -> Self {
        Self { reason: off.reason.clone(), at: off.at }
    }
}

/// That messages by a channel fail.
#[derive(Serialize, ToSchema)]
#[schema(as = ChannelTrouble)]
pub(crate) struct ChannelTroubleView {
    pub(crate) since: Timestamp,
    /// How the first one failed.
    #[schema(example = "the receiver answered 404 Not Found")]
    pub(crate) reason: String,
}

/// A rule by its name.
#[derive(Serialize, ToSchema)]
#[schema(as = RuleName)]
struct RuleNameView {
    id: Uuid,
    name: String,
}

/// A route by its name.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertRouteName)]
struct RouteNameView {
    id: Uuid,
    name: String,
}

/// Where messages go, without what is secret. Of addresses those who may write rules see the host and the last characters.
#[derive(Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schema(as = ChannelConfig)]
enum ChannelConfigView {
    /// Mail.
    Email { recipients: Vec<String> },
    /// A signed POST.
    #[serde(rename_all = "camelCase")]
    Webhook {
        #[schema(example = "hooks.example.com")]
        host: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(example = "hooks.example.com…x3Yz")]
        url: Option<String>,
        /// Names of the custom headers; their values are not shown.
        headers: BTreeMap<String, String>,
        /// The signing secret: only in the answer that made it.
        #[serde(skip_serializing_if = "Option::is_none")]
        secret: Option<String>,
        /// Tells one secret from another.
        #[schema(example = "whsec_…abcd")]
        secret_hint: String,
        /// The secret that signs, too, since it was rotated; absent if none does.
        #[serde(skip_serializing_if = "Option::is_none")]
        old_secret: Option<OldSecretView>,
    },
    /// Messages in Slack.
    Slack {
        #[schema(example = "hooks.slack.com")]
        host: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(example = "hooks.slack.com…x3Yz")]
        webhook: Option<String>,
        /// The channel that is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(example = "#ops")]
        channel: Option<String>,
    },
    /// Messages in Microsoft Teams.
    Teams {
        host: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        webhook: Option<String>,
    },
    /// Messages in Discord.
    Discord {
        host: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        webhook: Option<String>,
    },
    /// Incidents at PagerDuty.
    #[serde(rename_all = "camelCase")]
    PagerDuty {
        /// Tells one key from another: its last characters.
        #[schema(example = "…abcd")]
        routing_key_hint: String,
        region: Region,
    },
    /// Alerts at Opsgenie.
    #[serde(rename_all = "camelCase")]
    Opsgenie {
        /// Tells one key from another: its last characters.
        #[schema(example = "…abcd")]
        api_key_hint: String,
        region: Region,
    },
    /// Messages in Telegram.
    #[serde(rename_all = "camelCase")]
    Telegram {
        /// Tells one bot from another: its token's last characters.
        #[schema(example = "…abcd")]
        token_hint: String,
        #[schema(example = "-1001234567890")]
        chat_id: String,
    },
    /// Mail to whoever is on call when it is sent.
    #[serde(rename = "on_call", rename_all = "camelCase")]
    OnCall {
        /// By this rota.
        rota_id: Uuid,
        #[schema(example = "Night shift")]
        rota_name: String,
    },
    /// Messages by ntfy.
    #[serde(rename_all = "camelCase")]
    Ntfy {
        #[schema(example = "https://ntfy.sh")]
        server: String,
        #[schema(example = "acme-alerts")]
        topic: String,
        /// Tells one access token from another: its last characters. Absent if there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(example = "…abcd")]
        token_hint: Option<String>,
    },
}

impl ChannelConfigView {
    fn new(destination: &Destination, rotas: &[Rota], may_write: bool, secret: Option<String>, now: Timestamp) -> Self {
        match destination {
            Destination::Email(email) => {
                Self::Email { recipients: email.recipients.iter().map(ToString::to_string).collect() }
            }
            Destination::Webhook(webhook) => Self::Webhook {
                host: webhook.host().to_owned(),
                url: may_write.then(|| webhook.shortened()),
                headers: webhook.header_names.iter().map(|name| (name.clone(), "••••".to_owned())).collect(),
                secret,
                secret_hint: format!("whsec_…{}", webhook.secret_hint),
                old_secret: OldSecretView::of(webhook, now),
            },
            Destination::Chat(messenger, chat) => {
                let (host, webhook) = (chat.host.clone(), may_write.then(|| chat.shortened()));
                match messenger {
                    Messenger::Slack => Self::Slack { host, webhook, channel: chat.channel.clone() },
                    Messenger::Teams => Self::Teams { host, webhook },
                    Messenger::Discord => Self::Discord { host, webhook },
                }
            }
            Destination::PagerDuty(there) => {
                Self::PagerDuty { routing_key_hint: hint(&there.key), region: there.region }
            }
            Destination::Opsgenie(there) => Self::Opsgenie { api_key_hint: hint(&there.key), region: there.region },
            Destination::Telegram(telegram) => {
                Self::Telegram { token_hint: hint(&telegram.token), chat_id: telegram.chat_id.clone() }
            }
            Destination::OnCall(on_call) => {
                let rota = rotas.iter().find(|rota| rota.id == on_call.rota);
                let name = rota.map_or("a deleted rota", |rota| &rota.name);
                Self::OnCall { rota_id: on_call.rota.uuid(), rota_name: name.to_owned() }
            }
            Destination::Ntfy(ntfy) => Self::Ntfy {
                server: ntfy.server.as_str().trim_end_matches('/').to_owned(),
                topic: ntfy.topic.clone(),
                token_hint: ntfy.token.as_ref().map(hint),
            },
        }
    }
}

fn hint(key: &SealedKey) -> String {
    format!("…{}", key.hint)
}

/// What names a channel, and what it names.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) rules: &'a [Rule],
    pub(crate) rotas: &'a [Rota],
    pub(crate) routes: &'a [AlertRoute],
}

impl ChannelView {
    /// A channel, as somebody sees it who may write rules or not; `secret` is its webhook's, in the answer that made it.
    pub(crate) fn new(
        channel: &TenantChannel,
        named: Named<'_>,
        may_write: bool,
        secret: Option<String>,
        now: Timestamp,
    ) -> Self {
        let used_by =
            users(named.rules, channel.id).map(|rule| RuleNameView { id: rule.id.uuid(), name: rule.name.clone() });
        let routed_by = routes_by(named.routes, channel.id);
        let routed_by = routed_by.map(|route| RouteNameView { id: route.id.uuid(), name: route.name.clone() });
        Self {
            id: channel.id.uuid(),
            name: channel.name.clone(),
            r#type: channel.destination.channel().shown(),
            enabled: channel.enabled,
            severities: channel.severities.iter().copied().collect(),
            quiet_hours: channel.quiet_hours.clone().map(QuietHoursBody::from),
            config: ChannelConfigView::new(&channel.destination, named.rotas, may_write, secret, now),
            off: channel.off.as_ref().map(ChannelOffView::from),
            trouble: None,
            used_by: used_by.collect(),
            routed_by: routed_by.collect(),
            created_at: channel.created_at,
            updated_at: channel.updated_at,
            version: channel.version,
        }
    }

    /// With the trouble that the channel is in, if it is among these.
    pub(crate) fn with_trouble(self, channel: &TenantChannel, troubles: &[Trouble]) -> Self {
        let trouble = troubles.iter().find_map(|trouble| channel.in_trouble(Some(trouble))).cloned();
        let view = |trouble: Trouble| ChannelTroubleView { since: trouble.since, reason: trouble.reason };
        Self { trouble: trouble.map(view), ..self }
    }
}
