//! An alert as the API shows it.

use futures::future::try_join_all;
use jiff::Timestamp;
use platform_core::alert::{Alert, AlertEvent, AlertStatus, Person};
use platform_core::ids::TenantId;
use platform_core::intent::{Intent, IntentStatus, ShownChannel};
use platform_core::rule::Severity;
use platform_store::{Result, Store};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One episode of one rule's condition in one account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Alert)]
pub struct AlertView {
    id: Uuid,
    rule_id: Uuid,
    rule_name: String,
    account_id: Uuid,
    account_name: String,
    status: AlertStatus,
    severity: Severity,
    /// How things stand, in a sentence: what is wrong, or how it is since the condition ended.
    #[schema(example = "web-fra-01 is back online")]
    title: String,
    /// How things stand, in a paragraph.
    message: String,
    /// What was wrong when it was last told, in a sentence.
    #[schema(example = "web-fra-01 is offline")]
    problem: String,
    details: AlertDetails,
    triggered_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_by: Option<PersonView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_at: Option<Timestamp>,
    /// Absent when the condition ended by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_by: Option<PersonView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed_until: Option<Timestamp>,
    /// Whom it told, and how that went.
    notifications: Vec<NotificationView>,
    version: u64,
}

/// What an alert is about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AlertDetails {
    /// When the condition began to hold, as exactly as NetBird tells.
    began_at: Timestamp,
    /// The groups that the rule looks at; empty for the whole network.
    groups: Vec<String>,
    /// How many peers the rule looks at, now or when the alert ended.
    of: u32,
    affected: AffectedPeers,
}

/// The peers that the rule counts.
#[derive(Serialize, ToSchema)]
struct AffectedPeers {
    /// How many are as the rule counts them, now or when the alert ended.
    total: u32,
    /// The first 20 of those that it was about when it was last told.
    peers: Vec<AffectedPeerView>,
}

/// A peer that an alert names.
#[derive(Serialize, ToSchema)]
#[schema(as = AffectedPeer)]
struct AffectedPeerView {
    id: String,
    name: String,
    since: Timestamp,
}

/// Who did something.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
struct PersonView {
    id: Uuid,
    name: String,
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> Self {
        Self { id: person.id.uuid(), name: person.name.clone() }
    }
}

/// A notification of an alert.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
struct NotificationView {
    channel: ShownChannel,
    /// Addresses, or a webhook's host.
    target: String,
    /// What was told.
    event: AlertEvent,
    status: IntentStatus,
    /// Tries so far.
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
    /// What there is to know of how it was sent, such as who was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// When it was delivered or given up; else when it was made.
    at: Timestamp,
    /// When it is tried next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt: Option<Timestamp>,
}

impl From<Intent> for NotificationView {
    fn from(intent: Intent) -> Self {
        Self {
            channel: intent.channel.shown(),
            event: intent.event,
            status: intent.status,
            attempts: intent.attempts,
            at: intent.finished_at.unwrap_or(intent.created_at),
            next_attempt: intent.finished_at.is_none().then_some(intent.due),
            last_error: intent.last_error,
            note: intent.note,
            target: intent.target,
        }
    }
}

impl AlertView {
    pub(crate) fn new(alert: Alert, intents: Vec<Intent>) -> Self {
        let (title, message) = (alert.title_now().to_owned(), alert.message_now().to_owned());
        let (total, of) = alert.numbers_now();
        let affected = alert.affected.peers.into_iter();
        let peers = affected.map(|peer| AffectedPeerView { id: peer.id, name: peer.name, since: peer.since });
        Self {
            id: alert.id.uuid(),
            rule_id: alert.rule.uuid(),
            rule_name: alert.rule_name,
            account_id: alert.account.uuid(),
            account_name: alert.account_name,
            status: alert.status,
            severity: alert.severity,
            title,
            message,
            problem: alert.title,
            details: AlertDetails {
                began_at: alert.began_at,
                groups: alert.affected.groups,
                of,
                affected: AffectedPeers { total, peers: peers.collect() },
            },
            triggered_at: alert.triggered_at,
            acknowledged_at: alert.acknowledged_at,
            acknowledged_by: alert.acknowledged_by.as_ref().map(PersonView::from),
            acknowledged_message: alert.acknowledged_message,
            resolved_at: alert.resolved_at,
            resolved_by: alert.resolved_by.as_ref().map(PersonView::from),
            resolved_message: alert.resolved_message,
            suppressed_until: alert.suppressed_until,
            notifications: intents.into_iter().map(NotificationView::from).collect(),
            version: alert.version,
        }
    }
}

/// Alerts with their notifications, in the order given.
pub async fn views(store: &Store, tenant: TenantId, alerts: Vec<Alert>) -> Result<Vec<AlertView>> {
    let one = |alert: Alert| async {
        let intents = store.intents_of(tenant, alert.id).await?;
        Ok::<_, platform_store::StoreError>(AlertView::new(alert, intents))
    };
    try_join_all(alerts.into_iter().map(one)).await
}
