//! `DELETE /api/alerts/rotas/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::RotaId;
use platform_core::text;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use uuid::Uuid;

use crate::rota_input::{audited, rota_of};

/// Delete an on-call rota
///
/// Refused while channels name it.
#[utoipa::path(delete, path = "/api/alerts/rotas/{id}", operation_id = "deleteRota", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted"),
    (status = 409, description = "Channels name it")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, RotaId::from_uuid(id));
    // Before the channels are read: whoever lets one lead to it meanwhile, or this, is told to look again.
    let pass = platform.store.pass(tenant, Quota::Channels).await?;
    let (rota, channels) = tokio::try_join!(platform.store.rota(tenant, id), platform.store.channels(tenant))?;
    let rota = rota.ok_or_else(|| Problem::not_found("rota"))?;
    let using = channels.iter().filter(|channel| rota_of(channel) == Some(id));
    let using: Vec<&str> = using.map(|channel| channel.name.as_str()).collect();
    if !using.is_empty() {
        let named = text::names(using.iter().copied(), 10);
        return Err(Problem::conflict(format!(
            "{} of the tenant use it: {named}",
            text::count(using.len(), "channel")
        )));
    }
    let mut transaction = platform.store.transaction();
    transaction.hand_in(&pass)?;
    transaction.remove_rota(&rota);
    let change = (Some(audited(&rota)), None);
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "rota.delete", id, change))?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
