//! `POST /api/users/leave`

use axum::Json;
use axum::extract::State;
use platform_core::tenancy::{Session, SignInMethod};
use platform_http::gate::Person;
use platform_http::{Problem, extract};
use platform_identity::confirm::by_password_and_code;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::delete::{Farewell, remove};

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
/// The caller's other sessions in it end with the next request, and their API tokens there are revoked. This session goes
/// on in another tenant of theirs: refresh it. Whoever has no other tenant is deleted.
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
    let (user, places, present) = tokio::try_join!(
        platform.store.user(caller.membership.user),
        platform.store.memberships(caller.membership.user),
        // Proving takes a while, in which an open page may have renewed the session.
        platform.store.session(caller.membership.user, person.session.id)
    )?;
    let present = present.unwrap_or(person.session);
    let comes_from_here = user.is_some_and(|user| user.sso_tenant == Some(caller.tenant));
    let account_deleted = !comes_from_here && places.iter().all(|place| place.tenant == caller.tenant);
    // Whoever has another tenant goes on there, as after switching to it; a provider's session has nowhere to go.
    let elsewhere = places.iter().filter(|place| place.active && place.tenant != caller.tenant);
    let elsewhere = elsewhere.min_by_key(|place| place.created_at).filter(|_| confirmed.is_some());
    let session = elsewhere.map(|place| {
        let mut session = Session { tenant: place.tenant, ..present.clone() };
        session.use_in(place, platform.now());
        session
    });
    let farewell = Farewell { action: "member.leave", confirmed, session };
    remove(&platform, caller, caller.membership.clone(), farewell).await?;
    Ok(Json(Left { account_deleted }))
}
