//! `GET /api/metrics`

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::ids::AccountId;
use platform_core::own_metrics::{Book, Series};
use platform_core::rule::Rule;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{MOST_BYTES, fitting, whole};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OwnMetricsQuery {
    /// Only this account; all accounts if absent.
    account_id: Option<Uuid>,
}

/// A series of the tenant's own.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnMetric)]
struct OwnMetricView {
    id: Uuid,
    account_id: Uuid,
    account_name: String,
    #[schema(example = "backup.age")]
    name: String,
    /// What it is counted in; empty if nobody said so.
    #[schema(example = "h")]
    unit: String,
    tags: BTreeMap<String, String>,
    last_value: f64,
    last_at: Timestamp,
    /// How many rules watch it.
    rules: usize,
}

/// Whether a rule watches a series of an account.
pub(crate) fn watches(rule: &Rule, account: AccountId, series: &Series) -> bool {
    let watch = rule.condition.watch().measures().filter(|watch| watch.is_about(series));
    watch.is_some() && rule.covers(account)
}

/// Metrics of one's own
///
/// The series that were pushed, with the last value of each, by account and name. One of which nothing was pushed for 730 days
/// is there no more.
#[utoipa::path(get, path = "/api/metrics", operation_id = "listOwnMetrics", tag = "dashboard", params(OwnMetricsQuery),
    responses((status = 200, description = "The series", body = Vec<OwnMetricView>),
    (status = 404, description = "No such account"),
    (status = 422, description = "All accounts together have more than an answer holds")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<OwnMetricsQuery>,
) -> Result<Response, Problem> {
    let tenant = reader.tenant;
    let (mut accounts, rules) = tokio::try_join!(platform.store.accounts(tenant), platform.store.rules(tenant))?;
    if let Some(only) = query.account_id {
        accounts.retain(|account| account.id.uuid() == only);
        if accounts.is_empty() {
            return Err(Problem::not_found("account"));
        }
    }
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let books = platform.store.own_books(tenant, &ids).await?;
    let mut views = Vec::new();
    for account in &accounts {
        for series in books.get(&account.id).into_iter().flat_map(Book::series) {
            views.push(OwnMetricView {
                id: series.id.uuid(),
                account_id: account.id.uuid(),
                account_name: account.name.clone(),
                name: series.name.clone(),
                unit: series.unit.clone(),
                tags: series.tags.clone(),
                last_value: series.last,
                last_at: series.last_at(),
                rules: rules.iter().filter(|rule| watches(rule, account.id, series)).count(),
            });
        }
    }
    views.sort_by(|a, b| {
        (&a.account_name, a.account_id, &a.name, &a.tags).cmp(&(&b.account_name, b.account_id, &b.name, &b.tags))
    });
    if fitting(&views, MOST_BYTES).map_err(Problem::internal)? < views.len() {
        let detail = format!("must be given: {} series are more than an answer holds", views.len());
        return Err(Problem::field("/accountId", detail));
    }
    Ok(whole(views))
}
