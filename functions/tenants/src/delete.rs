//! `POST /api/tenant/delete`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_http::gate::Person;
use platform_http::router::chain;
use platform_http::{Problem, extract};
use platform_identity::confirm::by_password_and_code;
use platform_runtime::Platform;
use platform_store::purge::DeletedTenant;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// What proves that it is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deletion {
    /// The caller's password.
    password: String,
    /// A code, if the caller has a second factor.
    code: Option<String>,
    /// The tenant's name, to the letter.
    #[schema(example = "Acme Networks")]
    name: String,
}

/// Nothing more to say.
#[derive(Serialize, ToSchema)]
pub(crate) struct Accepted {}

/// Delete the tenant
///
/// With everything in it: accounts, peers, events, rules, alerts, invitations, API tokens, single sign-on, the audit trail,
/// and members who have no other tenant. At once nobody acts in it, nothing is synced and nothing is sent; within the
/// hour nothing of it is left. Export the audit trail before.
#[utoipa::path(post, path = "/api/tenant/delete", operation_id = "deleteTenant", tag = "tenants",
    request_body = Deletion, responses((status = 202, description = "It is being deleted", body = Accepted)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<Deletion>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (id, store) = (person.caller.tenant, &platform.store);
    let mut tenant = store.tenant(id).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    if request.name.trim() != tenant.name {
        return Err(Problem::field("/name", "is not the tenant's name"));
    }
    let code = request.code.as_deref();
    let mut user = by_password_and_code(&platform, &person.caller, "/password", request.password, code).await?;

    let (members, accounts) = tokio::try_join!(store.members(id), store.accounts(id))?;
    let members = members.iter().map(|member| member.user).collect();
    let accounts = accounts.iter().map(|account| account.id).collect();
    let mut deleted = DeletedTenant::new(&tenant, members, accounts, platform.now());
    let old = json!({ "name": tenant.name });
    tenant.deleted_at = Some(deleted.deleted_at);
    let mut transaction = store.transaction();
    transaction.require_member(&person.caller.membership);
    transaction.replace_tenant(&mut tenant)?;
    transaction.replace_user(&mut user)?;
    transaction.create_deleted_tenant(&deleted)?;
    let entry = platform.audit_entry(id, person.caller.actor(), "tenant.delete", id, (Some(old), None));
    transaction.audit(&entry)?;
    transaction.commit().await?;
    tracing::info!(tenant.id = %id, "tenant deleted");
    // It is deleted; should this fail, the job does it within a minute.
    if let Err(error) = store.stop_tenant(&mut deleted).await {
        tracing::warn!(tenant.id = %id, error = chain(&error), "the deleted tenant is stopped by the job");
    }
    Ok((StatusCode::ACCEPTED, Json(Accepted {})))
}
