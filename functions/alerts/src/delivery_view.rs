//! A delivery as the API shows it: an intent, and what it is about.

use jiff::Timestamp;
use platform_core::alert::{Alert, AlertEvent};
use platform_core::channel::{Route, ShownChannel};
use platform_core::ids::ChannelId;
use platform_core::intent::{Intent, IntentStatus, PastTry};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Longer than the key of any intent.
const MOST_CHARACTERS: usize = 120;

/// Whether a delivery may be called so. What is spelled otherwise names none, and need not be a key that the database takes.
pub(crate) fn is_key(id: &str) -> bool {
    id.len() <= MOST_CHARACTERS && Route::of_key(id).is_some()
}

/// One message about an alert on one channel, and how sending it went.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Delivery)]
pub(crate) struct DeliveryView {
    /// What a receiver gets as `webhook-id`.
    #[schema(example = "0199e7a0-0000-7000-8000-0000000000a1_0_webhook")]
    id: String,
    alert_id: Uuid,
    /// What was told, in a sentence. Absent if the alert is not kept any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "web-fra-01 is offline")]
    alert_title: Option<String>,
    rule_id: Uuid,
    /// The rule's name when the alert fired. Absent if the alert is not kept any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_name: Option<String>,
    /// What was told.
    event: AlertEvent,
    channel: ShownChannel,
    /// The tenant's channel that it went by, if it was one of the tenant's.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_id: Option<Uuid>,
    /// What that was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Operations")]
    channel_name: Option<String>,
    /// Addresses, or a receiver's host.
    #[schema(example = "hooks.example.com")]
    target: String,
    status: IntentStatus,
    /// Tries so far; since somebody had it sent again, if somebody did.
    attempts: u32,
    /// How the last try failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
    /// The last tries, the newest last: 20 at most, also from before somebody had it sent again. Absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<Vec<DeliveryTryView>>,
    /// How many there were before those; absent if those are all.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_tries: Option<u32>,
    /// What there is to know of how it was sent, such as who was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    created_at: Timestamp,
    /// When it was delivered or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<Timestamp>,
    /// When it is tried next; absent while it is being tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_try_at: Option<Timestamp>,
    /// Quiet hours of its channel hold it until then; absent if they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<Timestamp>,
}

/// A try to send a message.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeliveryTry)]
pub(crate) struct DeliveryTryView {
    /// When it began.
    at: Timestamp,
    /// How long it took, in milliseconds.
    #[schema(example = 143)]
    took_ms: u32,
    /// The status that the receiver answered with; absent if it did not answer, and of mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 503)]
    status: Option<u16>,
    /// How its answer begins, 200 printable characters at most, for those who may write rules: a receiver may repeat what it was sent.
    /// Not told of an alert's notifications.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "upstream is busy")]
    answer: Option<String>,
    /// Why it failed; absent if it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "the receiver answered 503 Service Unavailable")]
    error: Option<String>,
    /// When it was to be tried next; absent if it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_try_at: Option<Timestamp>,
}

impl DeliveryTryView {
    /// All of them, if there are any.
    pub(crate) fn all(tries: Vec<PastTry>, may_see_answers: bool) -> Option<Vec<Self>> {
        let view = |PastTry { at, took_ms, status, answer, error, next_at }| Self {
            at,
            took_ms,
            status,
            answer: answer.filter(|_| may_see_answers),
            error,
            next_try_at: next_at,
        };
        (!tries.is_empty()).then(|| tries.into_iter().map(view).collect())
    }
}

impl DeliveryView {
    /// An intent, with its alert if that is kept.
    pub(crate) fn new(intent: Intent, alert: Option<&Alert>, may_see_answers: bool) -> Self {
        let title = |alert: &Alert| match intent.event {
            AlertEvent::Resolved => alert.title_now().to_owned(),
            _ => alert.title.clone(),
        };
        let waits = intent.status == IntentStatus::Pending && !intent.trying;
        Self {
            held_until: intent.held_until(),
            alert_id: intent.alert.uuid(),
            alert_title: alert.map(title),
            rule_id: intent.rule.uuid(),
            rule_name: alert.map(|alert| alert.rule_name.clone()),
            event: intent.event,
            channel: intent.channel().shown(),
            channel_id: intent.route.of.map(ChannelId::uuid),
            channel_name: intent.channel_name,
            status: intent.status,
            attempts: intent.attempts,
            created_at: intent.created_at,
            finished_at: intent.finished_at,
            next_try_at: waits.then(|| intent.ready_at.max(intent.created_at)),
            id: intent.key,
            target: intent.target,
            last_error: intent.last_error,
            tries: DeliveryTryView::all(intent.tries, may_see_answers),
            earlier_tries: (intent.earlier_tries > 0).then_some(intent.earlier_tries),
            note: intent.note,
        }
    }
}
