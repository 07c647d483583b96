//! `GET /api/alerts/rotas`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;
use platform_runtime::crew::Crew;

use crate::rota_view::RotaView;

/// On-call rotas
///
/// All of them, oldest first, each with who is on call now and within the next 28 days; a tenant has at most 20.
#[utoipa::path(get, path = "/api/alerts/rotas", operation_id = "listRotas", tag = "alerts",
    responses((status = 200, description = "The rotas", body = Vec<RotaView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let rotas = platform.store.rotas(reader.tenant).await?;
    let crew = Crew::of(&platform, reader.tenant, &rotas).await?;
    let now = platform.now();
    Ok(whole(rotas.iter().map(|rota| RotaView::new(rota, &crew, now)).collect()))
}
