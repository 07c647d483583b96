//! A rule as the API shows it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::access::{Grant, Permission};
use platform_core::channel::{Channel, Route};
use platform_core::chat::Messenger;
use platform_core::condition::{ConditionConfig, ConditionType};
use platform_core::ids::AccountId;
use platform_core::rule::{Rule, Severity};
use platform_core::tenant_channel::OwnTrouble;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::channel_view::{ChannelOffView, ChannelTroubleView};
use crate::chat_input::ChatView;
use crate::rule_escalation::EscalationStepView;
use crate::rule_groups::{Known, RuleGroupView, shown_names, views};
use crate::rule_waits::RuleWaitView;
use crate::signing_secret::OldSecretView;

/// An alert rule.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AlertRule)]
pub(crate) struct RuleView {
    id: Uuid,
    name: String,
    description: String,
    condition_type: ConditionType,
    condition_config: ConditionConfig,
    severity: Severity,
    enabled: bool,
    /// Only this account; every account if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<Uuid>,
    for_minutes: u32,
    keep_firing_minutes: u32,
    notification_config: NotificationView,
    /// Channels of the tenant that it tells, too.
    channel_ids: Vec<Uuid>,
    /// Who else is told while nobody acknowledges, the earliest first.
    escalation: Vec<EscalationStepView>,
    /// The rule in a sentence.
    sentence: String,
    /// The groups that it names, as each account knows them; only where one rule is asked for. There `conditionConfig` and
    /// `sentence` name them as they are called now.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<RuleGroupView>>,
    /// Accounts in which it neither fires nor ends for now, since lists that it needs are not known there, or no values of its
    /// metric; only where one rule is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits: Option<Vec<RuleWaitView>>,
    created_at: Timestamp,
    updated_at: Timestamp,
    created_by: Uuid,
    /// Counts changes: its `ETag`, and what a change may name by `If-Match`.
    version: u64,
}

/// Whom the rule tells.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertRuleNotification)]
struct NotificationView {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<EmailView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<WebhookView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slack: Option<ChatView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    teams: Option<ChatView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discord: Option<ChatView>,
}

/// By email.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertRuleEmail)]
struct EmailView {
    enabled: bool,
    recipients: Vec<String>,
}

/// By webhook.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AlertRuleWebhook)]
struct WebhookView {
    enabled: bool,
    #[schema(example = "hooks.slack.com")]
    host: String,
    /// The address in part, for those who may write rules: many are secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "hooks.slack.com…x3Yz")]
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
    /// Why and when the platform switched it off; absent if it did not, or somebody switched it on since.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<ChannelOffView>,
    /// Since when every message fails; only where one rule is asked for, and absent while they arrive.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<ChannelTroubleView>,
}

impl RuleView {
    /// A rule, as somebody sees it who may write rules or not; `secret` is the webhook's, in the answer that made it.
    pub(crate) fn new(rule: &Rule, may_write: bool, secret: Option<String>, now: Timestamp) -> Result<Self, Problem> {
        let made = rule.condition.made();
        let (condition_type, condition_config) =
            made.ok_or_else(|| Problem::internal("a rule that is built in is not shown"))?;
        let email = rule.notification.email.as_ref().map(|email| EmailView {
            enabled: email.enabled,
            recipients: email.recipients.iter().map(ToString::to_string).collect(),
        });
        let off = |channel: Channel| rule.notification.off.get(&Route::from(channel));
        let webhook = rule.notification.webhook.as_ref().map(|webhook| WebhookView {
            enabled: webhook.enabled,
            host: webhook.host().to_owned(),
            url: may_write.then(|| webhook.shortened()),
            headers: webhook.header_names.iter().map(|name| (name.clone(), "••••".to_owned())).collect(),
            secret,
            secret_hint: format!("whsec_…{}", webhook.secret_hint),
            old_secret: OldSecretView::of(webhook, now),
            off: off(Channel::Webhook).map(ChannelOffView::from),
            trouble: None,
        });
        let chat = |messenger| {
            let chat = rule.notification.chats.get(&messenger)?;
            Some(ChatView::new(chat, off(Channel::of(messenger)), may_write))
        };
        Ok(Self {
            id: rule.id.uuid(),
            name: rule.name.clone(),
            description: rule.description.clone(),
            condition_type,
            condition_config,
            severity: rule.severity,
            enabled: rule.enabled,
            account_id: rule.account.map(AccountId::uuid),
            for_minutes: rule.for_minutes,
            keep_firing_minutes: rule.keep_firing_minutes,
            notification_config: NotificationView {
                email,
                webhook,
                slack: chat(Messenger::Slack),
                teams: chat(Messenger::Teams),
                discord: chat(Messenger::Discord),
            },
            channel_ids: rule.channels.iter().map(|channel| channel.uuid()).collect(),
            escalation: rule.escalation.iter().map(EscalationStepView::from).collect(),
            sentence: rule.sentence(),
            groups: None,
            waits: None,
            created_at: rule.created_at,
            updated_at: rule.updated_at,
            created_by: rule.created_by.uuid(),
            version: rule.version,
        })
    }

    /// With its channels that fail.
    pub(crate) fn with_troubles(mut self, rule: &Rule, troubles: Vec<OwnTrouble>) -> Self {
        let told = &mut self.notification_config;
        // What was noted before somebody changed it does not count.
        for trouble in troubles.into_iter().filter(|trouble| trouble.since >= rule.updated_at) {
            let place = match trouble.by.channel {
                Channel::Webhook => told.webhook.as_mut().map(|webhook| &mut webhook.trouble),
                Channel::Slack => told.slack.as_mut().map(|chat| &mut chat.trouble),
                Channel::Teams => told.teams.as_mut().map(|chat| &mut chat.trouble),
                Channel::Discord => told.discord.as_mut().map(|chat| &mut chat.trouble),
                _ => None,
            };
            if let Some(place) = place.filter(|_| !rule.notification.off.contains_key(&trouble.by)) {
                *place = Some(ChannelTroubleView { since: trouble.since, reason: trouble.reason });
            }
        }
        self
    }

    /// With the accounts in which the rule waits.
    pub(crate) fn with_waits(self, waits: Vec<RuleWaitView>) -> Self {
        Self { waits: Some(waits), ..self }
    }

    /// With the groups that the rule names, as they are called now.
    pub(crate) fn with_groups(self, rule: &Rule, known: &Known<'_>) -> Self {
        let names = shown_names(rule, known);
        let shown = Rule { condition: rule.condition.clone().with_names(names), ..rule.clone() };
        Self {
            condition_config: shown.condition.made().map_or(self.condition_config, |(_, config)| config),
            sentence: shown.sentence(),
            groups: Some(views(rule, known)),
            ..self
        }
    }
}

/// Whether somebody may write rules, as it is now: what the token says of the role may be ten minutes old.
pub(crate) async fn may_write(platform: &Platform, reader: &Reader) -> Result<bool, Problem> {
    let membership = platform.store.membership(reader.tenant, reader.user).await?;
    let grant = membership.map(|membership| Grant { role: membership.role, scopes: reader.scopes.clone() });
    Ok(grant.is_some_and(|grant| grant.may(Permission::RulesWrite)))
}
