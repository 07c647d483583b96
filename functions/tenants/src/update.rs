//! `PUT /api/tenant`

use axum::Json;
use axum::extract::State;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde_json::json;

use crate::create::TenantName;
use crate::view::TenantView;

/// Rename the tenant
#[utoipa::path(put, path = "/api/tenant", operation_id = "updateTenant", tag = "tenants", request_body = TenantName,
    responses((status = 200, description = "Renamed", body = TenantView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<TenantName>,
) -> Result<Json<TenantView>, Problem> {
    let name = request.parse()?;
    let (id, store) = (caller.tenant, &platform.store);
    let mut tenant = store.tenant(id).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    if tenant.name != name {
        let old = json!({ "name": tenant.name });
        tenant.name.clone_from(&name);
        let change = (Some(old), Some(json!({ "name": name })));
        let mut transaction = store.transaction();
        transaction.replace_tenant(&mut tenant)?;
        transaction.audit(&platform.audit_entry(id, caller.actor(), "tenant.update", id, change))?;
        transaction.commit().await?;
    }
    // Also when it is called so already: an earlier renaming may have died before all knew.
    store.spread_tenant_name(id, &name).await?;
    let (members, sso) = tokio::try_join!(store.members(id), store.sso_settings(id))?;
    Ok(Json(TenantView::new(tenant, &members, sso.as_ref())))
}
