//! `POST /api/alerts/routes`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::AlertRouteId;
use platform_core::routing::MAX_ROUTES;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;

use crate::route_input::{RouteInput, RouteView, audited, blank, refuse_name};
use crate::silence_input::Nameable;

/// Make a route of alerts
///
/// Every alert that fires from now on and matches is also told to its channels, each once, whatever the alert's rule tells.
/// They hear of reminders, of what grows, and of the end.
#[utoipa::path(post, path = "/api/alerts/routes", operation_id = "createAlertRoute", tag = "alerts",
    request_body = RouteInput, responses((status = 201, description = "Made", body = RouteView),
    (status = 409, description = "There are as many routes as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<RouteInput>,
) -> Result<(StatusCode, Json<RouteView>), Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let id = AlertRouteId::new(now, platform.entropy.as_ref());
    let names = Nameable::of(&platform, tenant).await?;
    let route = request.write(&platform, &blank(id, tenant, now), &names).await?;
    let entry = platform.audit_entry(tenant, caller.actor(), "route.create", id, (None, Some(audited(&route))));
    let mut tries = Tries::new(&platform, tenant, Quota::Routes);
    while let Some(pass) = tries.next().await? {
        let routes = platform.store.alert_routes(tenant).await?;
        refuse_name(&routes, &route)?;
        if routes.len() >= MAX_ROUTES {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_ROUTES} routes")));
        }
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_alert_route(&route)?;
        for channel in &route.channels {
            transaction.require_channel(tenant, *channel);
        }
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok((StatusCode::CREATED, Json(RouteView::new(&route, &names))))
}
