//! `GET /api/dashboard/metrics`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::one_of;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::history::{Asked, DashboardMetrics, WantedResolution, WantedSeries, answer};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MetricsQuery {
    /// Names of series with commas between, at most 10; all of the platform's own if absent: `peers_total`, `peers_online`,
    /// `peers_offline`, `peers_unconfirmed`, `sync_duration`, `sync_failures`, `uptime`; and by the hour `peer_flaps`,
    /// `peer_departures`, `alerts_open`, `alerts_triggered`. A metric that was pushed is named with
    /// `custom.` before its name, which is all series of that name, or before the id of one.
    series: Option<String>,
    /// By what peers are told apart, with commas between: `group`, `os`, `version`, `country`. Kept by the hour, so there are no
    /// minutes; without `series`, nothing else is told then.
    #[param(example = "os,version")]
    by: Option<String>,
    /// Only this account; all accounts together if absent.
    account_id: Option<Uuid>,
    /// Where the range begins; a day before its end if absent.
    from: Option<Timestamp>,
    /// Where the range ends; now if absent or later than that.
    to: Option<Timestamp>,
    /// How far apart the points are; `auto`, the finest that the range allows, if absent.
    resolution: Option<WantedResolution>,
}

/// History in numbers
///
/// Minutes are kept for 2 days, hours for 90, days (in UTC) for 730. A series has at most 1,500 points. Where nothing was
/// read, the value is null. Values of several accounts are added, durations averaged; each point says of how many accounts
/// it is.
#[utoipa::path(get, path = "/api/dashboard/metrics", operation_id = "getMetrics", tag = "dashboard", params(MetricsQuery),
    responses((status = 200, description = "The series", body = DashboardMetrics),
    (status = 404, description = "No such account"),
    (status = 422, description = "An unknown series, a range that is none, or a resolution that is too fine for it")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<MetricsQuery>,
) -> Result<Json<DashboardMetrics>, Problem> {
    let asked = Asked {
        series: WantedSeries::of_text(query.series.as_deref(), one_of(query.by.as_deref(), "/by")?)?,
        account: query.account_id.map(AccountId::from_uuid),
        from: query.from,
        to: query.to,
        resolution: query.resolution.unwrap_or(WantedResolution::Auto),
    };
    Ok(Json(answer(&platform, reader.tenant, asked).await?))
}
