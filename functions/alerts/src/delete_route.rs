//! `DELETE /api/alerts/routes/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::AlertRouteId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;
use uuid::Uuid;

use crate::route_input::audited;

/// Delete a route of alerts
///
/// Channels that it told of an alert hear of its end all the same.
#[utoipa::path(delete, path = "/api/alerts/routes/{id}", operation_id = "deleteAlertRoute", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, AlertRouteId::from_uuid(id));
    let mut tries = Tries::new(&platform, tenant, Quota::Routes);
    while let Some(pass) = tries.next().await? {
        let routes = platform.store.alert_routes(tenant).await?;
        let Some(route) = routes.iter().find(|route| route.id == id) else {
            return Err(Problem::not_found("route"));
        };
        let change = (Some(audited(route)), None);
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.remove_alert_route(route, routes.len() == 1);
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), "route.delete", id, change))?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
