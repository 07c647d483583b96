//! `GET /api/alerts/routes/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AlertRouteId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::route_input::RouteView;
use crate::silence_input::Nameable;

/// A route of alerts
#[utoipa::path(get, path = "/api/alerts/routes/{id}", operation_id = "getAlertRoute", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The route", body = RouteView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<RouteView>, Problem> {
    let (route, names) = tokio::try_join!(
        async { platform.store.alert_route(reader.tenant, AlertRouteId::from_uuid(id)).await.map_err(Problem::from) },
        Nameable::of(&platform, reader.tenant),
    )?;
    let route = route.ok_or_else(|| Problem::not_found("route"))?;
    Ok(Json(RouteView::new(&route, &names)))
}
