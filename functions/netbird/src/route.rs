//! `GET /api/netbird/routes/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::Route;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::one::{One, OneQuery, find};
use crate::routes::{RouteNames, RouteView};

/// A route in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RouteDetail)]
pub(crate) struct RouteDetailView {
    #[serde(flatten)]
    route: RouteView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A route
///
/// As of the last time that routes were read. Routes of the older kind; newer ones are networks.
#[utoipa::path(get, path = "/api/netbird/routes/{id}", operation_id = "getRoute", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The route", body = RouteDetailView),
    (status = 404, description = "No such route or account"),
    (status = 503, description = "The routes are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<RouteDetailView>, Problem> {
    let found: One<Route> = find(&platform, reader.tenant, query.account_id, ("route", &id)).await?;
    let beside = RouteNames::read(&platform.store, reader.tenant, &found.sync).await?;
    Ok(Json(RouteDetailView {
        route: RouteView::new(&found.account, &beside, &found.row),
        as_of: found.sync.last_sync,
    }))
}
