//! `POST /api/auth/tenant`

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use platform_core::ids::TenantId;
use platform_http::Problem;
use platform_http::extract::Json;
use platform_http::gate::Person;
use platform_identity::sign_in::{AuthResponse, UserProfile, signed_in};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SwitchTenant {
    /// One of the user's tenants.
    tenant_id: Uuid,
}

/// Switch to another tenant
///
/// The session goes on in another tenant of the user by the tokens of this answer. Its refresh token from before stops
/// working; access tokens from before are of the tenant before, until they expire. Refreshing can do the same.
#[utoipa::path(post, path = "/api/auth/tenant", operation_id = "switchTenant", tag = "auth",
    request_body = SwitchTenant, responses((status = 200, description = "Switched", body = AuthResponse),
    (status = 404, description = "The user is not an active member of such a tenant")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    Person { caller, mut session }: Person,
    Json(request): Json<SwitchTenant>,
) -> Result<Response, Problem> {
    let (user_id, wanted) = (caller.membership.user, TenantId::from_uuid(request.tenant_id));
    let (membership, user, memberships) = tokio::join!(
        platform.store.membership(wanted, user_id),
        platform.store.user(user_id),
        platform.store.memberships(user_id),
    );
    let missing = || Problem::not_found("tenant of yours");
    let membership = membership?.filter(|membership| membership.active).ok_or_else(missing)?;
    let user = user?.ok_or_else(missing)?;

    let left = session.tenant;
    session.enter(wanted);
    // The refresh tokens of the other tenant end with this one.
    session.generation += 1;
    session.use_in(&membership, platform.now());
    let mut transaction = platform.store.transaction();
    transaction.replace_session(&mut session)?;
    // Neither trail names the other tenant: who else a member works for is not their tenants' business.
    for (tenant, action) in [(left, "session.leave"), (wanted, "session.enter")] {
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), action, session.id, (None, None)))?;
    }
    transaction.commit().await?;
    let profile = UserProfile::new(&user, &membership, &memberships?, Some(session.method), None);
    signed_in(&platform, StatusCode::OK, caller.client(), &session, &membership, profile)
}
