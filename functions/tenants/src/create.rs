//! `POST /api/tenants`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::access::Role;
use platform_core::ids::TenantId;
use platform_core::tenancy::{Membership, Tenant};
use platform_core::validate::Problems;
use platform_http::gate::Person;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::limits::count_tenant;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::view::TenantView;

/// Tenants that one user may own.
const MAX_TENANTS: usize = 20;

/// A tenant to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TenantName {
    #[schema(example = "Acme Networks", max_length = 100)]
    name: String,
}

impl TenantName {
    pub(crate) fn parse(self) -> Result<String, Problem> {
        let mut problems = Problems::default();
        check_name(&self.name, &mut problems);
        problems.finish().map_err(Problem::validation)?;
        Ok(self.name.trim().to_owned())
    }
}

/// Records what is wrong with a tenant's name.
pub(crate) fn check_name(name: &str, problems: &mut Problems) {
    problems.text("/name", name, 1, 100);
    problems.require(!name.contains('\n'), "/name", "must be one line");
}

/// Make a further tenant
///
/// The caller owns it; the session stays where it is. Where sign-up is closed, only somebody who owns a tenant makes another.
#[utoipa::path(post, path = "/api/tenants", operation_id = "createTenant", tag = "tenants", request_body = TenantName,
    responses((status = 201, description = "Made", body = TenantView),
    (status = 403, description = "Sign-up is closed"),
    (status = 409, description = "They own as many as one may"),
    (status = 429, description = "They made as many today as one may, deleted ones included")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<TenantName>,
) -> Result<(StatusCode, Json<TenantView>), Problem> {
    let name = request.parse()?;
    let id = person.caller.membership.user;
    let (user, memberships) = tokio::try_join!(platform.store.user(id), platform.store.memberships(id))?;
    let mut user = user.ok_or_else(|| Problem::unauthenticated("the session has ended"))?;
    let owned = memberships.iter().filter(|place| place.active && place.role == Role::Owner).count();
    if owned == 0 && !platform.open_sign_up {
        return Err(Problem::sign_up_closed());
    }
    if owned >= MAX_TENANTS {
        return Err(Problem::conflict(format!("one may own at most {MAX_TENANTS} tenants")));
    }
    count_tenant(&platform, id).await?;
    let now = platform.now();
    let tenant = Tenant::new(TenantId::new(now, platform.entropy.as_ref()), name, now);
    let membership = Membership::new(&tenant, &user, Role::Owner, now);
    // Counted as a change of the user: of several at once one is made, and nobody deletes the user meanwhile.
    let new = json!({ "name": tenant.name, "owner": user.email });
    let entry = platform.audit_entry(tenant.id, person.caller.actor(), "tenant.create", tenant.id, (None, Some(new)));
    let mut transaction = platform.store.transaction();
    transaction.create_tenant_of(&tenant, &membership)?;
    transaction.replace_user(&mut user)?;
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(TenantView::new(tenant, &[membership], None))))
}
