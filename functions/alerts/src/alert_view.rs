//! An alert as the API shows it.

use std::collections::HashMap;

use jiff::Timestamp;
use platform_core::alert::{Alert, AlertEvent, AlertHistory, AlertStatus, Person};
use platform_core::channel::ShownChannel;
use platform_core::condition::ConditionType;
use platform_core::finding::AffectedPeer;
use platform_core::ids::{AlertId, TenantId};
use platform_core::intent::{Intent, IntentStatus};
use platform_core::rule::Severity;
use platform_store::{Result, Store};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::delivery_view::DeliveryTryView;

/// One episode of one rule's condition in one account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Alert)]
pub struct AlertView {
    id: Uuid,
    rule_id: Uuid,
    rule_name: String,
    /// What the rule's author wrote about it, such as what to do.
    #[serde(skip_serializing_if = "String::is_empty")]
    rule_description: String,
    /// What the rule watches for. Absent if that is whether the account can be read, and of alerts from before it was noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition_type: Option<ConditionType>,
    account_id: Uuid,
    account_name: String,
    /// The group that it is about, where the rule has an alert for each.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<AlertGroupView>,
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
    /// The silence that holds it back until then; absent if a person does.
    #[serde(skip_serializing_if = "Option::is_none")]
    silence: Option<HeldByView>,
    /// The routes of the tenant that it went by, beside its rule's own channels.
    routed_by: Vec<RoutedByView>,
    /// Whom it was told to: addresses, or the hosts of webhooks and chats; the first ten.
    told_to: Vec<String>,
    /// Whom it told, and how that went; none in the overview.
    notifications: Vec<NotificationView>,
    /// What happened to it, from the beginning; only where one alert is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryView>>,
    version: u64,
}

/// A group that an alert is about.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertGroup)]
struct AlertGroupView {
    /// NetBird's id.
    id: String,
    /// Its name when the alert fired.
    #[schema(example = "servers")]
    name: String,
}

/// The silence that holds an alert back.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertSilence)]
struct HeldByView {
    id: Uuid,
    /// Its name at that time.
    name: String,
}

/// A route that an alert went by.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertRoutedBy)]
struct RoutedByView {
    id: Uuid,
    /// Its name at that time.
    name: String,
}

/// What an alert is about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AlertDetails {
    /// When the condition began to hold, as exactly as NetBird tells.
    began_at: Timestamp,
    /// The groups that the rule looks at; empty for the whole network.
    groups: Vec<String>,
    /// How many the rule looks at, now or when the alert ended: peers, unless `conditionType` is about something else.
    of: u32,
    affected: AffectedPeers,
}

/// What the rule counts: peers, networks, setup keys or events.
#[derive(Serialize, ToSchema)]
struct AffectedPeers {
    /// How many are as the rule counts them, now or when the alert ended.
    total: u32,
    /// The first 20 peers that it was about when it was last told.
    peers: Vec<AffectedPeerView>,
}

/// A peer that an alert names.
#[derive(Serialize, ToSchema)]
#[schema(as = AffectedPeer)]
pub(crate) struct AffectedPeerView {
    id: String,
    name: String,
    since: Timestamp,
}

impl From<AffectedPeer> for AffectedPeerView {
    fn from(peer: AffectedPeer) -> Self {
        Self { id: peer.id, name: peer.name, since: peer.since }
    }
}

/// Who did something.
#[derive(Serialize, ToSchema)]
#[schema(as = Person)]
pub(crate) struct PersonView {
    id: Uuid,
    name: String,
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> Self {
        Self { id: person.id.uuid(), name: person.name.clone() }
    }
}

/// A step in an alert's life.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertStep)]
pub(crate) struct HistoryView {
    event: AlertEvent,
    at: Timestamp,
    /// Absent for what happened by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<PersonView>,
    /// How things stood, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// What was said, or why.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl From<AlertHistory> for HistoryView {
    fn from(row: AlertHistory) -> Self {
        Self {
            event: row.event,
            at: row.at,
            by: row.by.as_ref().map(PersonView::from),
            title: row.title,
            message: row.message,
        }
    }
}

/// A notification of an alert.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Notification)]
struct NotificationView {
    channel: ShownChannel,
    /// What the tenant called the channel, if it is one of the tenant's.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_name: Option<String>,
    /// Addresses, or a webhook's host.
    target: String,
    /// What was told.
    event: AlertEvent,
    status: IntentStatus,
    /// Tries so far.
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
    /// The last tries, the newest last: 20 at most. Absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<Vec<DeliveryTryView>>,
    /// How many there were before those; absent if those are all.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_tries: Option<u32>,
    /// What there is to know of how it was sent, such as who was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// When it was delivered or given up; else when it was made.
    at: Timestamp,
    /// When it is tried next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt: Option<Timestamp>,
    /// Quiet hours of its channel hold it until then; absent if they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<Timestamp>,
}

impl From<Intent> for NotificationView {
    fn from(intent: Intent) -> Self {
        Self {
            channel: intent.channel().shown(),
            held_until: intent.held_until(),
            channel_name: intent.channel_name,
            event: intent.event,
            status: intent.status,
            attempts: intent.attempts,
            at: intent.finished_at.unwrap_or(intent.created_at),
            next_attempt: intent.finished_at.is_none().then_some(intent.due),
            last_error: intent.last_error,
            tries: DeliveryTryView::all(intent.tries, false),
            earlier_tries: (intent.earlier_tries > 0).then_some(intent.earlier_tries),
            note: intent.note,
            target: intent.target,
        }
    }
}

impl AlertView {
    /// Without its notifications, which are items of their own.
    pub fn without_notifications(alert: Alert) -> Self {
        Self::new(alert, Vec::new())
    }

    pub(crate) fn new(alert: Alert, intents: Vec<Intent>) -> Self {
        let (title, message) = (alert.title_now().to_owned(), alert.message_now().to_owned());
        let (total, of) = alert.numbers_now();
        let peers = alert.affected.peers.into_iter().map(AffectedPeerView::from);
        Self {
            id: alert.id.uuid(),
            rule_id: alert.rule.uuid(),
            rule_name: alert.rule_name,
            rule_description: alert.rule_description,
            condition_type: alert.condition,
            account_id: alert.account.uuid(),
            account_name: alert.account_name,
            group: alert.group.map(|group| AlertGroupView { id: group.id, name: group.name }),
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
            silence: alert.silence.map(|silence| HeldByView { id: silence.id.uuid(), name: silence.name }),
            routed_by: alert.routed.into_iter().map(|by| RoutedByView { id: by.id.uuid(), name: by.name }).collect(),
            told_to: alert.told_to,
            notifications: intents.into_iter().map(NotificationView::from).collect(),
            history: None,
            version: alert.version,
        }
    }

    /// With what happened to the alert.
    pub(crate) fn with_history(self, rows: Vec<AlertHistory>) -> Self {
        Self { history: Some(rows.into_iter().map(HistoryView::from).collect()), ..self }
    }
}

/// Steps of an alert whose notifications a list shows.
const STEPS: u32 = 8;
/// Comments that are no such steps; of more, the messages before them are on the alert's page alone.
const COMMENTS: u32 = 2 * STEPS;
/// Notifications that an alert of a run has at most: of more, each is asked for by its key. Few rules tell on every channel.
const PER_ALERT: usize = STEPS as usize * 6;

/// Alerts with their latest notifications, in the order given: newest first. `is_run` if none between them is left out:
/// their notifications lie together then. What lies between others may be a year of the outbox, which is not read.
pub async fn views(store: &Store, tenant: TenantId, alerts: Vec<Alert>, is_run: bool) -> Result<Vec<AlertView>> {
    let (Some(newest), Some(oldest)) =
        (alerts.iter().map(|alert| alert.id).max(), alerts.iter().map(|alert| alert.id).min())
    else {
        return Ok(Vec::new());
    };
    let steps = |alert: &Alert| STEPS + alert.comments.min(COMMENTS);
    let run = match is_run {
        true => store.intents_between(tenant, oldest, newest, alerts.len() * PER_ALERT).await?,
        false => None,
    };
    let intents = match run {
        Some(intents) => intents,
        None => store.latest_intents(tenant, &alerts, steps).await?,
    };
    let mut of_alert = HashMap::<AlertId, Vec<Intent>>::new();
    for intent in intents {
        of_alert.entry(intent.alert).or_default().push(intent);
    }
    let view = |alert: Alert| {
        let mut intents = of_alert.remove(&alert.id).unwrap_or_default();
        intents.retain(|intent| intent.number + steps(&alert) >= alert.history);
        AlertView::new(alert, intents)
    };
    Ok(alerts.into_iter().map(view).collect())
}
