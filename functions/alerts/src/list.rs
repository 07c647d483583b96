//! `GET /api/alerts`

use axum::extract::State;
use axum::response::Response;
use platform_core::alert::{Alert, AlertStatus};
use platform_core::rule::Severity;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::alert_view::{AlertView, views};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AlertsQuery {
    /// One or more of `open`, `acknowledged`, `suppressed`, `resolved`, with commas between.
    #[param(example = "open,acknowledged")]
    status: Option<String>,
    /// One or more of `low`, `medium`, `high`, `critical`, with commas between.
    severity: Option<String>,
    /// Only of this rule.
    rule_id: Option<Uuid>,
    /// Only of this account.
    account_id: Option<Uuid>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

struct Filter {
    statuses: Vec<AlertStatus>,
    severities: Vec<Severity>,
    rule: Option<Uuid>,
    account: Option<Uuid>,
}

impl Filter {
    fn parse(query: &AlertsQuery) -> Result<Self, Problem> {
        Ok(Self {
            statuses: one_of(query.status.as_deref(), "/status")?,
            severities: one_of(query.severity.as_deref(), "/severity")?,
            rule: query.rule_id,
            account: query.account_id,
        })
    }

    fn is_empty(&self) -> bool {
        self.statuses.is_empty() && self.severities.is_empty() && self.rule.is_none() && self.account.is_none()
    }

    fn only_active(&self) -> bool {
        !self.statuses.is_empty() && self.statuses.iter().all(|status| status.is_active())
    }

    fn wants(&self, alert: &Alert) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&alert.status))
            && (self.severities.is_empty() || self.severities.contains(&alert.severity))
            && self.rule.is_none_or(|rule| rule == alert.rule.uuid())
            && self.account.is_none_or(|account| account == alert.account.uuid())
    }
}

/// Alerts
///
/// Newest first. Alerts that are not resolved are found at the same cost however many are.
#[utoipa::path(get, path = "/api/alerts", operation_id = "listAlerts", tag = "alerts", params(AlertsQuery),
    responses((status = 200, description = "A page of alerts", body = Vec<AlertView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<AlertsQuery>,
) -> Result<Response, Problem> {
    let filter = Filter::parse(&query)?;
    let limit = limit(query.limit)?;
    let filters = [
        ("status", query.status.clone()),
        ("severity", query.severity.clone()),
        ("ruleId", query.rule_id.map(|id| id.to_string())),
        ("accountId", query.account_id.map(|id| id.to_string())),
    ];
    let list = Paged::new(reader.tenant, "/api/alerts", &filters);
    let after = list.open(query.cursor.as_deref())?;
    let (alerts, next, total) = if filter.is_empty() {
        let (page, total) = tokio::join!(
            platform.store.alerts(reader.tenant, after, limit),
            platform.store.count_alerts(reader.tenant),
        );
        let page = page?;
        (page.items, page.next, total?)
    } else {
        let all = match filter.only_active() {
            true => platform.store.active_alerts(reader.tenant).await?,
            false => platform.store.alerts(reader.tenant, None, usize::MAX).await?.items,
        };
        let found: Vec<Alert> = all.into_iter().filter(|alert| filter.wants(alert)).collect();
        let total = found.len();
        let place = |alert: &Alert| alert.id.to_string();
        let begin = after.map_or(0, |after| found.partition_point(|alert| place(alert) >= after));
        let page: Vec<Alert> = found.into_iter().skip(begin).take(limit).collect();
        let more = begin + page.len() < total;
        let next = page.last().filter(|_| more).map(place);
        (page, next, total)
    };
    let views = views(&platform.store, reader.tenant, alerts).await?;
    Ok(list.answer(views, next.as_deref(), total, limit))
}
