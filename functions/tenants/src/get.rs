//! `GET /api/tenant`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use crate::view::TenantView;

/// The present tenant
#[utoipa::path(get, path = "/api/tenant", operation_id = "getTenant", tag = "tenants",
    responses((status = 200, description = "The tenant", body = TenantView)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Json<TenantView>, Problem> {
    let store = &platform.store;
    let (tenant, members, sso) = tokio::try_join!(
        store.tenant(reader.tenant),
        store.members(reader.tenant),
        store.sso_settings(reader.tenant),
    )?;
    let tenant = tenant.ok_or_else(|| Problem::not_found("tenant"))?;
    Ok(Json(TenantView::new(tenant, &members, sso.as_ref())))
}
