//! `GET /api/alerts/routes`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::route_input::RouteView;
use crate::silence_input::Nameable;

/// Routes of alerts
///
/// All of them, oldest first; a tenant has at most 50.
#[utoipa::path(get, path = "/api/alerts/routes", operation_id = "listAlertRoutes", tag = "alerts",
    responses((status = 200, description = "The routes", body = Vec<RouteView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (routes, names) = tokio::try_join!(
        async { platform.store.alert_routes(reader.tenant).await.map_err(Problem::from) },
        Nameable::of(&platform, reader.tenant),
    )?;
    Ok(whole(routes.iter().map(|route| RouteView::new(route, &names)).collect()))
}
