//! `GET /api/tenant/sso`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use crate::view::SsoSettingsView;

/// How the tenant signs in by its identity provider
#[utoipa::path(get, path = "/api/tenant/sso", operation_id = "getSso", tag = "tenant",
    responses((status = 200, description = "The settings, without the secret", body = SsoSettingsView),
    (status = 404, description = "It does not")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
) -> Result<Json<SsoSettingsView>, Problem> {
    let settings = platform.store.sso_settings(reader.tenant).await?;
    let settings = settings.ok_or_else(|| Problem::not_found("sign-in by an identity provider"))?;
    Ok(Json(SsoSettingsView::new(&platform, &settings)))
}
