//! `GET /api/alerts/rotas/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::RotaId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_runtime::crew::Crew;
use uuid::Uuid;

use crate::rota_view::RotaView;

/// An on-call rota
#[utoipa::path(get, path = "/api/alerts/rotas/{id}", operation_id = "getRota", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The rota", body = RotaView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<RotaView>, Problem> {
    let rota = platform.store.rota(reader.tenant, RotaId::from_uuid(id)).await?;
    let rota = rota.ok_or_else(|| Problem::not_found("rota"))?;
    let crew = Crew::of(&platform, reader.tenant, std::slice::from_ref(&rota)).await?;
    Ok(Json(RotaView::new(&rota, &crew, platform.now())))
}
