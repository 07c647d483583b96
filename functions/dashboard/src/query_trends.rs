//! `POST /api/dashboard/trends`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_core::metrics::Breakdown;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::breakdown::different;
use crate::trend::{TrendData, TrendSeries, Wanted, answer};

/// Which trends, of what.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TrendsRequest {
    /// All that are recorded every minute if absent.
    #[schema(max_items = 10)]
    series: Option<Vec<TrendSeries>>,
    /// By what peers are told apart; without `series`, nothing else is told then.
    #[schema(max_items = 4)]
    by: Option<Vec<Breakdown>>,
    /// Only this account; all accounts together if absent.
    account_id: Option<Uuid>,
}

/// Trends, asked for in a body
///
/// As the GET of the same path. Changes nothing.
#[utoipa::path(post, path = "/api/dashboard/trends", operation_id = "queryTrends", tag = "dashboard",
    request_body = TrendsRequest, responses((status = 200, description = "The trends", body = Vec<TrendData>),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<TrendsRequest>,
) -> Result<Json<Vec<TrendData>>, Problem> {
    let by = different(request.by)?;
    let wanted = Wanted::of(request.series, by, request.account_id.map(AccountId::from_uuid))?;
    Ok(Json(answer(&platform, caller.tenant, wanted).await?))
}
