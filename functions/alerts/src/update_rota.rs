//! `PUT /api/alerts/rotas/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::RotaId;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::crew::Crew;
use platform_store::quotas::Quota;
use uuid::Uuid;

use crate::rota_input::{RotaInput, asks, audited, refuse_name};
use crate::rota_view::RotaView;

/// Change an on-call rota
///
/// All of it: overrides that are left out are gone. Messages that wait go to whoever is on call by it when they are sent.
#[utoipa::path(put, path = "/api/alerts/rotas/{id}", operation_id = "updateRota", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = RotaInput,
    responses((status = 200, description = "Changed", body = RotaView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<RotaInput>,
) -> Result<Json<RotaView>, Problem> {
    let (tenant, id) = (caller.tenant, RotaId::from_uuid(id));
    let store = &platform.store;
    let (pass, before, members) =
        tokio::try_join!(store.pass(tenant, Quota::Rotas), store.rota(tenant, id), store.members(tenant))?;
    let before = before.ok_or_else(|| Problem::not_found("rota"))?;
    let mut rota = request.write(&platform, &before, &members)?;
    let crew = Crew::of(&platform, tenant, std::slice::from_ref(&rota)).await?;
    let asks = asks(&platform, &rota, &crew).await?;
    let mut transaction = store.transaction();
    if rota.name != before.name {
        // After the pass was taken: of two who choose a name at once, one is told to look again.
        refuse_name(&store.rotas(tenant).await?, &rota)?;
        transaction.hand_in(&pass)?;
    }
    transaction.replace_rota(&mut rota)?;
    if let Some(asks) = &asks {
        asks.write(&platform, tenant, &mut transaction)?;
    }
    let change = (Some(audited(&before)), Some(audited(&rota)));
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "rota.update", id, change))?;
    transaction.commit().await?;
    Ok(Json(RotaView::new(&rota, &crew, platform.now())))
}
