//! `GET /api/alerts/silences/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::SilenceId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::silence_input::find;
use crate::silence_things::Things;
use crate::silence_view::SilenceView;

/// A silence
///
/// With what its groups and peers are called now, and which of them the account has no more.
#[utoipa::path(get, path = "/api/alerts/silences/{id}", operation_id = "getSilence", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The silence", body = SilenceView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<SilenceView>, Problem> {
    let (tenant, id) = (reader.tenant, SilenceId::from_uuid(id));
    let (silence, names) = find(&platform, tenant, id).await?;
    let things = Things::of(&platform, tenant, &silence.matchers).await?;
    Ok(Json(SilenceView::new(&silence, &names, &things, platform.now())))
}
