//! `PUT /api/tenant`

use axum::Json;
use axum::extract::State;
use platform_core::tenancy::{Retention, Tenant};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::create::check_name;
use crate::view::TenantView;

/// A tenant's settings.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TenantChange {
    #[schema(example = "Acme Networks", max_length = 100)]
    name: String,
    /// How many days alerts are kept that are over, and what was told of them; as it is if absent. It is so for alerts that
    /// fire from then on.
    #[schema(minimum = 30, maximum = 1825)]
    alert_retention_days: Option<u32>,
}

/// Change the tenant's settings
#[utoipa::path(put, path = "/api/tenant", operation_id = "updateTenant", tag = "tenants", request_body = TenantChange,
    responses((status = 200, description = "Changed", body = TenantView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<TenantChange>,
) -> Result<Json<TenantView>, Problem> {
    let mut problems = Problems::default();
    check_name(&request.name, &mut problems);
    let wanted = request.alert_retention_days.map(Retention::of_days);
    let range = format!("must be {} to {} days", Retention::LEAST, Retention::MOST);
    problems.require(wanted != Some(None), "/alertRetentionDays", range);
    problems.finish().map_err(Problem::validation)?;
    let name = request.name.trim().to_owned();
    let (id, store) = (caller.tenant, &platform.store);
    let mut tenant = store.tenant(id).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    let retention = wanted.flatten().unwrap_or(tenant.alert_retention);
    if tenant.name != name || tenant.alert_retention != retention {
        let before = tenant.clone();
        tenant.name.clone_from(&name);
        tenant.alert_retention = retention;
        let change = (Some(changed(&before, &tenant)), Some(changed(&tenant, &before)));
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

/// The settings of a tenant that are other than they were.
fn changed(tenant: &Tenant, other: &Tenant) -> Value {
    let mut shown = serde_json::Map::new();
    if tenant.name != other.name {
        shown.insert("name".into(), json!(tenant.name));
    }
    if tenant.alert_retention != other.alert_retention {
        shown.insert("alertRetentionDays".into(), json!(tenant.alert_retention));
    }
    Value::Object(shown)
}
