//! `POST /api/tenant/owner`

use axum::extract::State;
use http::StatusCode;
use platform_core::access::Role;
use platform_core::ids::UserId;
use platform_http::gate::Person;
use platform_http::{Problem, extract};
use platform_identity::confirm::by_password_and_code;
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

/// Whom to hand the tenant to.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Transfer {
    /// An active member.
    user_id: Uuid,
    /// The caller's password.
    password: String,
    /// A code, if the caller has a second factor.
    code: Option<String>,
}

/// Hand the tenant over
///
/// The member becomes an owner, and the caller an admin.
#[utoipa::path(post, path = "/api/tenant/owner", operation_id = "transferOwnership", tag = "tenants",
    request_body = Transfer, responses((status = 204, description = "Handed over"),
    (status = 409, description = "The caller or the member has no password")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<Transfer>,
) -> Result<StatusCode, Problem> {
    let (caller, store) = (&person.caller, &platform.store);
    let (id, target) = (caller.tenant, UserId::from_uuid(request.user_id));
    if target == caller.membership.user {
        return Err(Problem::field("/userId", "must be somebody else"));
    }
    let (tenant, member, user) = tokio::try_join!(store.tenant(id), store.membership(id, target), store.user(target))?;
    let mut tenant = tenant.ok_or_else(|| Problem::not_found("tenant"))?;
    let member = member.filter(|member| member.active).zip(user);
    let Some((mut member, user)) = member else {
        return Err(Problem::field("/userId", "must be an active member"));
    };
    // Nobody could delete the tenant or hand it back: both ask for a password.
    if user.password_hash.is_none() {
        return Err(Problem::conflict("who comes from an identity provider cannot be the one to own the tenant"));
    }
    let mut confirmed =
        by_password_and_code(&platform, caller, "/password", request.password, request.code.as_deref()).await?;

    let mut former = caller.membership.clone();
    let values = |owner: &str, to: Role| json!({ "owner": owner, "role": to });
    let change = (Some(values(former.email.as_str(), member.role)), Some(values(member.email.as_str(), Role::Owner)));
    (former.role, member.role) = (Role::Admin, Role::Owner);
    let mut transaction = store.transaction();
    transaction.replace_tenant(&mut tenant)?;
    transaction.replace_member(&mut former)?;
    transaction.replace_member(&mut member)?;
    transaction.replace_user(&mut confirmed)?;
    transaction.audit(&platform.audit_entry(id, caller.actor(), "tenant.transfer", target, change))?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
