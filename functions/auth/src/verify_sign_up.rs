//! `POST /api/auth/sign-up/verify`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::access::Role;
use platform_core::ids::{TenantId, UserId};
use platform_core::link::LinkPurpose;
use platform_core::tenancy::{Membership, PASSWORD_MAX, Tenant, User};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_identity::guesses::Guess;
use platform_identity::{account, links, password};
use platform_runtime::Platform;
use platform_store::StoreError;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkToken {
    /// From the link in the mail.
    pub(crate) token: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifySignUp {
    /// From the link in the mail.
    token: String,
    /// The password that was chosen at the sign-up. The link proves the mailbox only: somebody else may have signed up
    /// with the address, and must not get an account with it because its owner follows the link.
    password: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignedUp {
    tenant_name: String,
    /// To sign in with.
    email: String,
}

/// Complete a sign-up
///
/// By the link in the mail and the password of the sign-up; makes the tenant and its owner, who may sign in then. Works
/// once.
#[utoipa::path(post, path = "/api/auth/sign-up/verify", operation_id = "verifySignUp", tag = "auth",
    request_body = VerifySignUp, responses((status = 201, description = "The tenant is there", body = SignedUp),
    (status = 401, description = "The password is not that of this sign-up"),
    (status = 410, description = "The link was used, has expired or never was")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<VerifySignUp>,
) -> Result<(StatusCode, Json<SignedUp>), Problem> {
    let (hash, LinkPurpose::SignUp { id }) = links::open(&platform, &client, &request.token).await? else {
        return Err(Problem::link_expired());
    };
    let sign_up = platform.store.sign_up(id).await?.ok_or_else(Problem::link_expired)?;
    if request.password.len() > PASSWORD_MAX * 4 {
        return Err(Problem::field("/password", format!("must have at most {PASSWORD_MAX} characters")));
    }
    let guess = Guess::at_email(&platform, &sign_up.email, None, &client).await?;
    if !password::verify(request.password, Some(sign_up.password_hash.clone())).await {
        let detail = "the password is not the one of this sign-up; if somebody else signed up, sign up yourself";
        return Err(Problem::unauthenticated(detail));
    }
    guess.was_right(&platform.store).await?;
    let (now, entropy) = (platform.now(), platform.entropy.as_ref());
    let tenant = Tenant::new(TenantId::new(now, entropy), sign_up.tenant_name, now);
    let user = User::new(UserId::new(now, entropy), sign_up.email, sign_up.name, Some(sign_up.password_hash), now);
    let membership = Membership::new(&tenant, &user, Role::Owner, now);
    let mut transaction = platform.store.transaction();
    transaction.take_link(&hash);
    transaction.take_sign_up(id);
    transaction.create_tenant(&tenant, &user, &membership)?;
    let new = json!({ "name": tenant.name, "owner": user.email });
    let actor = account::actor(&user, &client);
    transaction.audit(&platform.audit_entry(tenant.id, actor, "tenant.create", tenant.id, (None, Some(new))))?;
    transaction.commit().await.map_err(|error| match error {
        // Used in this moment, or the address got an account meanwhile.
        StoreError::Conflict => Problem::link_expired(),
        other => other.into(),
    })?;
    Ok((StatusCode::CREATED, Json(SignedUp { tenant_name: tenant.name, email: user.email.to_string() })))
}
