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

/// Delete a channel
///
/// Refused while rules name it. Messages that wait to go by it are given up, and say so.
#[utoipa::path(delete, path = "/api/alerts/channels/{id}", operation_id = "deleteChannel", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted"),
    (status = 409, description = "Rules name it")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, ChannelId::from_uuid(id));
    let (channel, rules) = tokio::try_join!(platform.store.channel(tenant, id), platform.store.rules(tenant))?;
    let channel = channel.ok_or_else(|| Problem::not_found("channel"))?;
    let using: Vec<&str> = users(&rules, id).map(|rule| rule.name.as_str()).collect();
    if !using.is_empty() {
        let named = text::names(using.iter().copied(), 10);
        return Err(Problem::conflict(format!("{} of the tenant use it: {named}", text::count(using.len(), "rule"))));
    }
    let mut transaction = platform.store.transaction();
    transaction.remove_channel(&channel);
    let change = (Some(audited(&channel)), None);
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "channel.delete", id, change))?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
