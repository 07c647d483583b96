//! `POST /api/users/leave`

use axum::Json;
use axum::extract::State;
use platform_core::tenancy::SignInMethod;
use platform_http::gate::Person;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::confirm::by_password_and_code;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::delete::remove;

/// Who leaves shows once more who they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leave {
    /// The caller's password; not asked for in a session that an identity provider began.
    password: Option<String>,
    /// A code, if the caller has a second factor.
    code: Option<String>,
}

/// What leaving leads to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Left {
    /// It was the caller's last tenant, so their account is deleted too, within minutes.
    account_deleted: bool,
}

/// Leave the tenant
///
/// The caller's sessions in it end with the next request, and their API tokens there are revoked. Whoever has no other
/// tenant is deleted.
#[utoipa::path(post, path = "/api/users/leave", operation_id = "leaveTenant", tag = "users", request_body = Leave,
    responses((status = 200, description = "Left", body = Left),
    (status = 409, description = "The caller is the last active owner")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<Leave>,
) -> Result<Json<Left>, Problem> {
    let caller = &person.caller;
    let confirmed = match caller.method {
        // It reaches this tenant only, and so does leaving it; the account's password is none of its business.
        Some(SignInMethod::Sso) => None,
        _ => {
            let given = request.password.ok_or_else(|| Problem::field("/password", "is required"))?;
            Some(by_password_and_code(&platform, caller, "/password", given, request.code.as_deref()).await?)
        }
    };
    let (user, places) = tokio::try_join!(
        platform.store.user(caller.membership.user),
        platform.store.memberships(caller.membership.user)
    )?;
    let comes_from_here = user.is_some_and(|user| user.sso_tenant == Some(caller.tenant));
    let account_deleted = !comes_from_here && places.iter().all(|place| place.tenant == caller.tenant);
    remove(&platform, caller, caller.membership.clone(), "member.leave", confirmed).await?;
    Ok(Json(Left { account_deleted }))
}
