//! `GET /api/alerts/deliveries`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::channel::{Channel, ShownChannel};
use platform_core::ids::{AlertId, ChannelId, RuleId};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use platform_store::deliveries::DeliveryFilter;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::delivery_view::DeliveryView;
use crate::rule_view::may_write;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeliveriesQuery {
    /// One or more of `pending`, `delivered`, `failed`, `held`, `superseded`, with commas between.
    #[param(example = "pending,failed")]
    status: Option<String>,
    /// One or more of `email`, `on_call`, `webhook`, `slack`, `teams`, `discord`, `pagerduty`, `opsgenie`, `telegram`, `ntfy`,
    /// with commas between.
    #[param(example = "webhook")]
    channel: Option<String>,
    /// What is told of: one or more of `fired`, `repeated`, `escalated`, `grew`, `reopened`, `resolved`, with commas between.
    #[param(example = "fired,resolved")]
    event: Option<String>,
    /// Only on this channel of the tenant.
    channel_id: Option<Uuid>,
    /// Only of this rule.
    rule_id: Option<Uuid>,
    /// Only of this alert.
    alert_id: Option<Uuid>,
    /// Only what was to be told at this time or later.
    from: Option<Timestamp>,
    /// Only what was to be told before this time, to the millisecond.
    to: Option<Timestamp>,
    /// Deliveries of an answer, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last answer ended, its `nextCursor`.
    cursor: Option<String>,
}

impl DeliveriesQuery {
    fn filter(&self) -> Result<DeliveryFilter, Problem> {
        let shown: Vec<ShownChannel> = one_of(self.channel.as_deref(), "/channel")?;
        Ok(DeliveryFilter {
            statuses: one_of(self.status.as_deref(), "/status")?,
            channels: Channel::ALL.iter().copied().filter(|channel| shown.contains(&channel.shown())).collect(),
            events: one_of(self.event.as_deref(), "/event")?,
            channel: self.channel_id.map(ChannelId::from_uuid),
            rule: self.rule_id.map(RuleId::from_uuid),
            alert: self.alert_id.map(AlertId::from_uuid),
            from: self.from,
            to: self.to,
        })
    }
}

/// A page of the log of deliveries.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Deliveries {
    /// Newest first.
    deliveries: Vec<DeliveryView>,
    /// Where to go on; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// Deliveries
///
/// Every message about an alert, newest first: on which channel, how often it was tried, what went wrong, when it is tried
/// next. Kept as long as its alert. With filters 5,000 messages are looked at for an answer: it may hold fewer than `limit`,
/// or none, and the next one goes on.
#[utoipa::path(get, path = "/api/alerts/deliveries", operation_id = "listDeliveries", tag = "alerts",
    params(DeliveriesQuery), responses((status = 200, description = "A page of deliveries", body = Deliveries)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<DeliveriesQuery>,
) -> Result<Json<Deliveries>, Problem> {
    let (filter, limit) = (query.filter()?, limit(query.limit)?);
    let list = Paged::of(reader.tenant, "/api/alerts/deliveries", &query);
    let after = list.open(query.cursor.as_deref())?;
    // Thousands may be looked at for a page.
    let _turn = if filter.is_whole() { None } else { Some(platform.list_turn(reader.tenant).await?) };
    let page = platform.store.deliveries(reader.tenant, &filter, after, limit).await?;
    let may_see_answers = may_write(&platform, &reader).await?;
    let about = page.items.iter().map(|intent| intent.alert).collect();
    let alerts = platform.store.alerts_by_id(reader.tenant, &about).await?;
    let view = |intent: platform_core::intent::Intent| {
        let alert = alerts.get(&intent.alert);
        DeliveryView::new(intent, alert, may_see_answers)
    };
    Ok(Json(Deliveries {
        deliveries: page.items.into_iter().map(view).collect(),
        next_cursor: page.next.map(|place| list.cursor(&place)),
    }))
}
