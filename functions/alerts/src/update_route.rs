//! `PUT /api/alerts/routes/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AlertRouteId;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use uuid::Uuid;

use crate::route_input::{RouteInput, RouteView, audited, refuse_name};
use crate::silence_input::Nameable;

/// Change a route of alerts
///
/// Alerts that it told go on being told to the channels of that time.
#[utoipa::path(put, path = "/api/alerts/routes/{id}", operation_id = "updateAlertRoute", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = RouteInput,
    responses((status = 200, description = "Changed", body = RouteView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<RouteInput>,
) -> Result<Json<RouteView>, Problem> {
    let (tenant, id) = (caller.tenant, AlertRouteId::from_uuid(id));
    let (pass, before, names) = tokio::try_join!(
        async { platform.store.pass(tenant, Quota::Routes).await.map_err(Problem::from) },
        async { platform.store.alert_route(tenant, id).await.map_err(Problem::from) },
        Nameable::of(&platform, tenant),
    )?;
    let before = before.ok_or_else(|| Problem::not_found("route"))?;
    let mut route = request.write(&platform, &before, &names).await?;
    let mut transaction = platform.store.transaction();
    if route.name != before.name {
        // After the pass was taken: of two who choose a name at once, one is told to look again.
        refuse_name(&platform.store.alert_routes(tenant).await?, &route)?;
        transaction.hand_in(&pass)?;
    }
    transaction.replace_alert_route(&mut route)?;
    for channel in &route.channels {
        transaction.require_channel(tenant, *channel);
    }
    let change = (Some(audited(&before)), Some(audited(&route)));
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "route.update", id, change))?;
    transaction.commit().await?;
    Ok(Json(RouteView::new(&route, &names)))
}
