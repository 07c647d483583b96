//! `GET /api/alerts`

use axum::extract::State;
use axum::response::Response;
use platform_core::ids::{AccountId, RuleId};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use platform_store::alerts::AlertFilter;
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
    /// Only those that are or were about this peer, by NetBird's id; `accountId` says whose peer that is.
    peer_id: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

fn filter(query: &AlertsQuery) -> Result<AlertFilter, Problem> {
    if query.peer_id.is_some() && query.account_id.is_none() {
        return Err(Problem::field("/accountId", "must be given with peerId: ids of peers are their account's own"));
    }
    Ok(AlertFilter {
        statuses: one_of(query.status.as_deref(), "/status")?,
        severities: one_of(query.severity.as_deref(), "/severity")?,
        rule: query.rule_id.map(RuleId::from_uuid),
        account: query.account_id.map(AccountId::from_uuid),
    })
}

/// Alerts
///
/// Newest first. Those that are resolved are kept as long as the tenant wishes. A page costs the same however many alerts
/// there are; one with several filters may hold fewer than asked for, or none, and yet have a next page. Of each alert the
/// latest notifications are shown, those of its last eight steps; the alert itself has them all. `X-Total-Count` is left
/// out where both a rule and an account are asked for, or a peer. Of a peer there is every alert that was ever about it where
/// the rule tells of each peer, and of others those that name it; a thousand alerts of its account are looked at for a page,
/// which may be short and yet have a next one.
#[utoipa::path(get, path = "/api/alerts", operation_id = "listAlerts", tag = "alerts", params(AlertsQuery),
    responses((status = 200, description = "A page of alerts", body = Vec<AlertView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<AlertsQuery>,
) -> Result<Response, Problem> {
    let filter = filter(&query)?;
    let limit = limit(query.limit)?;
    let filters = [
        ("status", query.status.clone()),
        ("severity", query.severity.clone()),
        ("ruleId", query.rule_id.map(|id| id.to_string())),
        ("accountId", query.account_id.map(|id| id.to_string())),
        ("peerId", query.peer_id.clone()),
    ];
    let list = Paged::new(reader.tenant, "/api/alerts", &filters);
    let after = list.open(query.cursor.as_deref())?;
    if let Some(peer) = &query.peer_id {
        // A thousand alerts may be looked at for a page.
        let _turn = platform.list_turn(reader.tenant).await?;
        let page = platform.store.alerts_about(reader.tenant, &filter, peer, after, limit).await?;
        let views = views(&platform.store, reader.tenant, page.items, false).await?;
        return Ok(list.uncounted(views, page.next.as_deref(), limit));
    }
    let (page, total) = tokio::try_join!(
        platform.store.alerts(reader.tenant, &filter, after, limit),
        platform.store.count_alerts(reader.tenant, &filter),
    )?;
    let views = views(&platform.store, reader.tenant, page.items, filter.is_empty()).await?;
    Ok(match total {
        Some(total) => list.answer(views, page.next.as_deref(), total, limit),
        None => list.uncounted(views, page.next.as_deref(), limit),
    })
}
