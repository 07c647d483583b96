//! `POST /api/alerts/rotas`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::RotaId;
use platform_core::rota::MAX_ROTAS;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::crew::Crew;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;

use crate::rota_input::{RotaInput, asks, audited, blank, refuse_name};
use crate::rota_view::RotaView;

/// Make an on-call rota
///
/// A channel of the type `on_call` names it, and leads to whoever is on call when a message is sent. Members whom the tenant's
/// identity provider brought are asked by mail whether they want alerts; everybody else proved their address.
#[utoipa::path(post, path = "/api/alerts/rotas", operation_id = "createRota", tag = "alerts",
    request_body = RotaInput, responses((status = 201, description = "Made", body = RotaView),
    (status = 409, description = "There are as many rotas as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<RotaInput>,
) -> Result<(StatusCode, Json<RotaView>), Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let id = RotaId::new(now, platform.entropy.as_ref());
    let members = platform.store.members(tenant).await?;
    let rota = request.write(&platform, &blank(id, tenant, now), &members)?;
    let crew = Crew::of(&platform, tenant, std::slice::from_ref(&rota)).await?;
    let entry = platform.audit_entry(tenant, caller.actor(), "rota.create", id, (None, Some(audited(&rota))));
    let mut tries = Tries::new(&platform, tenant, Quota::Rotas);
    while let Some(pass) = tries.next().await? {
        let rotas = platform.store.rotas(tenant).await?;
        refuse_name(&rotas, &rota)?;
        if rotas.len() >= MAX_ROTAS {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_ROTAS} rotas")));
        }
        let asks = asks(&platform, &rota, &crew).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_rota(&rota)?;
        if let Some(asks) = &asks {
            asks.write(&platform, tenant, &mut transaction)?;
        }
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok((StatusCode::CREATED, Json(RotaView::new(&rota, &crew, now))))
}
