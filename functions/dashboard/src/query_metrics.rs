//! `POST /api/dashboard/metrics`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::ids::AccountId;
use platform_core::metrics::Breakdown;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::breakdown::different;
use crate::history::{Asked, DashboardMetrics, WantedResolution, WantedSeries, answer};

/// Which series, of what, when.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct MetricsRequest {
    /// As in the query of the GET; all of the platform's own if absent.
    #[schema(max_items = 10)]
    series: Option<Vec<String>>,
    /// By what peers are told apart. Kept by the hour, so there are no minutes; without `series`, nothing else is told then.
    #[schema(max_items = 4)]
    by: Option<Vec<Breakdown>>,
    /// Only this account; all accounts together if absent.
    account_id: Option<Uuid>,
    /// Where the range begins; a day before its end if absent.
    from: Option<Timestamp>,
    /// Where the range ends; now if absent or later than that.
    to: Option<Timestamp>,
    /// How far apart the points are; `auto`, the finest that the range allows, if absent.
    resolution: Option<WantedResolution>,
}

/// History in numbers, asked for in a body
///
/// As the GET of the same path. Changes nothing.
#[utoipa::path(post, path = "/api/dashboard/metrics", operation_id = "queryMetrics", tag = "dashboard",
    request_body = MetricsRequest, responses((status = 200, description = "The series", body = DashboardMetrics),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<MetricsRequest>,
) -> Result<Json<DashboardMetrics>, Problem> {
    let asked = Asked {
        series: WantedSeries::of(request.series, different(request.by)?)?,
        account: request.account_id.map(AccountId::from_uuid),
        from: request.from,
        to: request.to,
        resolution: request.resolution.unwrap_or(WantedResolution::Auto),
    };
    Ok(Json(answer(&platform, caller.tenant, asked).await?))
}
