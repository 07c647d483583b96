//! `GET /api/dashboard/trends`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::history::{series_of, wanted_series};
use crate::trend::{TrendData, answer};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrendsQuery {
    /// Names of series with commas between, at most 10; all if absent: `peers_total`, `peers_online`, `peers_offline`,
    /// `peers_unconfirmed`, `sync_duration`, `sync_failures`, `uptime`.
    series: Option<String>,
    /// Only this account; all accounts together if absent.
    account_id: Option<Uuid>,
}

/// Trends
///
/// Now, a day ago and a week ago, and by how much it changed since. Numbers of peers are those of the last minute, and the
/// means of an hour then; what is counted of syncs is of the 24 hours that end then. Null where nothing is known.
#[utoipa::path(get, path = "/api/dashboard/trends", operation_id = "getTrends", tag = "dashboard", params(TrendsQuery),
    responses((status = 200, description = "The trends", body = Vec<TrendData>),
    (status = 404, description = "No such account"), (status = 422, description = "An unknown series")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<TrendsQuery>,
) -> Result<Json<Vec<TrendData>>, Problem> {
    let series = wanted_series(series_of(query.series.as_deref())?)?;
    let account = query.account_id.map(AccountId::from_uuid);
    Ok(Json(answer(&platform, reader.tenant, series, account).await?))
}
