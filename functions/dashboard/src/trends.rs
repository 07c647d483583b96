//! `GET /api/dashboard/trends`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::one_of;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::history::series_named;
use crate::trend::{TrendData, Wanted, answer};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrendsQuery {
    /// Names of series with commas between, at most 10; all that are recorded every minute if absent: `peers_total`,
    /// `peers_online`, `peers_offline`, `peers_unconfirmed`, `sync_duration`, `sync_failures`, `uptime`; and by the hour
    /// `peer_flaps`, `peer_departures`, `alerts_open`, `alerts_triggered`.
    series: Option<String>,
    /// By what peers are told apart, with commas between: `group`, `os`, `version`, `country`. Of each the ten greatest now, and the
    /// others as one; without `series`, nothing else is told then.
    #[param(example = "os,version")]
    by: Option<String>,
    /// Only this account; all accounts together if absent.
    account_id: Option<Uuid>,
}

/// Trends
///
/// Now, a day ago, a week ago, 30 days ago and 90 days ago, and by how much it changed since. Numbers of peers and open alerts are
/// those of the last minute or hour, and the means of an hour then; what is counted is of the 24 hours that end then. 30 and 90 days ago
/// are whole days, by UTC. Null where nothing is known.
#[utoipa::path(get, path = "/api/dashboard/trends", operation_id = "getTrends", tag = "dashboard", params(TrendsQuery),
    responses((status = 200, description = "The trends", body = Vec<TrendData>),
    (status = 404, description = "No such account"), (status = 422, description = "An unknown series")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<TrendsQuery>,
) -> Result<Json<Vec<TrendData>>, Problem> {
    let named = |text: &str| text.split(',').map(|name| series_named(name, "/series", &[])).collect::<Result<_, _>>();
    let series = query.series.as_deref().map(named).transpose()?;
    let by = one_of(query.by.as_deref(), "/by")?;
    let wanted = Wanted::of(series, by, query.account_id.map(AccountId::from_uuid))?;
    Ok(Json(answer(&platform, reader.tenant, wanted).await?))
}
