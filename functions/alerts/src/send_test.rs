//! `POST /api/alerts/rules/{id}/send-test`

use axum::Json;
use axum::extract::State;
use platform_core::channel::Channel;
use platform_core::chat::Messenger;
use platform_core::ids::RuleId;
use platform_core::{named, text};
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_notify::trial::{Tested, Trial};
use platform_notify::webhook::{Attempt, Outcome};
use platform_runtime::Platform;
use platform_runtime::limits::count_trial;
use platform_runtime::receiver::{Message, Secrets};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

named! {
    /// A channel that a test can be sent on: one with a receiver that answers.
    pub(crate) enum TestedChannel {
        /// The rule's webhook.
        Webhook = "webhook",
        /// Its Slack.
        Slack = "slack",
        /// Its Microsoft Teams.
        Teams = "teams",
        /// Its Discord.
        Discord = "discord",
    }
}

impl TestedChannel {
    const fn channel(self) -> Channel {
        match self {
            TestedChannel::Webhook => Channel::Webhook,
            TestedChannel::Slack => Channel::of(Messenger::Slack),
            TestedChannel::Teams => Channel::of(Messenger::Teams),
            TestedChannel::Discord => Channel::of(Messenger::Discord),
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SendTest {
    channel: TestedChannel,
}

/// What came of a test.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChannelTest)]
pub(crate) struct ChannelTestView {
    /// Whether the receiver took it.
    delivered: bool,
    /// Where it went, as it may be shown.
    #[schema(example = "hooks.slack.com")]
    host: String,
    /// The answer's status; absent if there was no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 200)]
    status: Option<u16>,
    /// How the answer begins, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "ok")]
    answer: Option<String>,
    /// Why it was not delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "the receiver answered 404 Not Found")]
    reason: Option<String>,
    /// How long it took, in milliseconds.
    took_ms: u64,
}

/// Characters of an answer that are shown.
const SHOWN: usize = 300;

/// Send a test message
///
/// One message at once, on one of the rule's channels whether it is on or off, and says what the receiver answered. It says
/// that nothing has happened. A webhook gets it signed, as `{"type": "test", …}`.
#[utoipa::path(post, path = "/api/alerts/rules/{id}/send-test", operation_id = "sendTest", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = SendTest,
    responses((status = 200, description = "It was tried", body = ChannelTestView),
    (status = 429, description = "Too many tests in a short time")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<SendTest>,
) -> Result<Json<ChannelTestView>, Problem> {
    let (tenant, id) = (caller.tenant, RuleId::from_uuid(id));
    let rule = platform.store.rule(tenant, id).await?.ok_or_else(|| Problem::not_found("rule"))?;
    let secrets = Secrets::of_rule(&platform, &rule);
    let missing = || Problem::field("/channel", format!("the rule has no {}", request.channel.name()));
    let receiver = rule.notification.receiver(request.channel.channel()).ok_or_else(missing)?;
    let url = secrets.url(receiver).map_err(Problem::internal)?;
    count_trial(&platform, tenant).await?;
    let host = url.host_str().unwrap_or_default().to_owned();
    // Before it is sent: what left the platform is in the trail, whatever happens meanwhile.
    let said = json!({ "channel": request.channel, "host": host });
    let entry = platform.audit_entry(tenant, caller.actor(), "rule.send-test", id, (None, Some(said)));
    let mut transaction = platform.store.transaction();
    transaction.audit(&entry)?;
    transaction.commit().await?;

    let (of, name) = (Tested::Rule(id), rule.name.as_str());
    let trial = Trial { tenant, of, name, at: platform.now(), public_url: &platform.public_url };
    let message_id = format!("test_{}", entry.id);
    let attempt = secrets.send(receiver, &message_id, Message::Trial(trial)).await.map_err(Problem::internal)?;
    Ok(Json(ChannelTestView::new(attempt, host)))
}

impl ChannelTestView {
    /// What came of an attempt at a host.
    pub(crate) fn new(attempt: Attempt, host: String) -> Self {
        let reason = match attempt.outcome {
            Outcome::Delivered => None,
            Outcome::Retry { reason, .. } | Outcome::Failed { reason } => Some(reason.to_string()),
            Outcome::Gone => Some("the receiver answered 410 Gone: it wants no more messages".to_owned()),
        };
        Self {
            delivered: reason.is_none(),
            host,
            status: attempt.status,
            answer: Some(text::printable(&attempt.response, SHOWN)).filter(|answer| !answer.is_empty()),
            reason,
            took_ms: attempt.took.as_millis().try_into().unwrap_or(u64::MAX),
        }
    }
}
