//! `DELETE /api/alerts/channels/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::ChannelId;
use platform_core::text;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::channel_input::{audited, users};
use crate::route_input::routes_by;

/// Delete a channel
///
/// Refused while rules or routes name it. Messages that wait to go by it are given up, and say so.
#[utoipa::path(delete, path = "/api/alerts/channels/{id}", operation_id = "deleteChannel", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted"),
    (status = 409, description = "Rules or routes name it")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, ChannelId::from_uuid(id));
    let (channel, rules, routes) = tokio::try_join!(
        platform.store.channel(tenant, id),
        platform.store.rules(tenant),
        platform.store.alert_routes(tenant)
    )?;
    let channel = channel.ok_or_else(|| Problem::not_found("channel"))?;
    let rules: Vec<&str> = users(&rules, id).map(|rule| rule.name.as_str()).collect();
    let routes: Vec<&str> = routes_by(&routes, id).map(|route| route.name.as_str()).collect();
    let using = [(rules, "rule"), (routes, "route")].into_iter().filter(|(names, _)| !names.is_empty());
    let using = using.map(|(names, what)| {
        let named = text::names(names.iter().copied(), 10);
        let use_it = if names.len() == 1 { "uses it" } else { "use it" };
        format!("{} of the tenant {use_it}: {named}", text::count(names.len(), what))
    });
    let using: Vec<String> = using.collect();
    if !using.is_empty() {
        return Err(Problem::conflict(using.join("; ")));
    }
    let mut transaction = platform.store.transaction();
    transaction.remove_channel(&channel);
    let change = (Some(audited(&channel)), None);
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "channel.delete", id, change))?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
