//! `POST /api/auth/invitation/accept`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::UserId;
use platform_core::invitation::Invitation;
use platform_core::tenancy::{Membership, PASSWORD_MAX, Tenant, User};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_identity::guesses::Guess;
use platform_identity::refusals::{self, Refused};
use platform_identity::second_factor::{self, CodeRefused};
use platform_identity::{account, password};
use platform_runtime::Platform;
use platform_store::StoreError;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::show_invitation::open;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptInvitationRequest {
    /// From the link in the mail.
    token: String,
    /// The name of a new account.
    #[schema(max_length = 100)]
    name: Option<String>,
    /// The password of the account, or the one that a new account gets.
    password: String,
    /// The code of an account with a second factor.
    code: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AcceptedInvitation {
    tenant_id: Uuid,
    tenant_name: String,
    /// To sign in with.
    email: String,
}

/// Accept an invitation
///
/// By the link in the mail. Makes an account if the address has none; else its password is asked for, and the code of a
/// second factor. Works once.
#[utoipa::path(post, path = "/api/auth/invitation/accept", operation_id = "acceptInvitation", tag = "auth",
    request_body = AcceptInvitationRequest,
    responses((status = 201, description = "Sign in to the tenant", body = AcceptedInvitation),
    (status = 401, description = "The account's password or code is wrong, or a code is needed"),
    (status = 410, description = "It was accepted or revoked, has expired, or was sent again")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<AcceptInvitationRequest>,
) -> Result<(StatusCode, Json<AcceptedInvitation>), Problem> {
    if request.password.len() > PASSWORD_MAX * 4 {
        return Err(Problem::field("/password", format!("must have at most {PASSWORD_MAX} characters")));
    }
    let (link, invitation) = open(&platform, &client, &request.token).await?;
    let tenant = platform.store.tenant(invitation.tenant).await?;
    let tenant = tenant.filter(|tenant| tenant.deleted_at.is_none()).ok_or_else(Problem::link_expired)?;
    let accepted = AcceptedInvitation {
        tenant_id: tenant.id.uuid(),
        tenant_name: tenant.name.clone(),
        email: invitation.email.to_string(),
    };
    let known = platform.store.user_by_email(&invitation.email).await?;
    let who = match known {
        Some(user) => Who::Known(check(&platform, &client, user, request).await?),
        None => Who::New(make(&platform, &tenant, &invitation, request).await?),
    };
    let joined = join(&platform, &client, &link, &invitation, &tenant, &who).await;
    joined.map_err(|error| match error {
        StoreError::Conflict => Problem::link_expired(),
        other => other.into(),
    })?;
    Ok((StatusCode::CREATED, Json(accepted)))
}

/// Who accepts.
enum Who {
    New(User),
    /// With the code used up.
    Known(User),
}

async fn check(
    platform: &Platform,
    client: &Client,
    user: User,
    request: AcceptInvitationRequest,
) -> Result<User, Problem> {
    let guess = Guess::at_email(platform, &user.email, Some(&user), client).await?;
    if !password::verify(request.password, user.password_hash.clone()).await {
        refusals::of_sign_in(platform, &user.email, Some(&user), client, Refused::Password).await;
        return Err(Problem::unauthenticated("the password is wrong"));
    }
    let user = match second_factor::check(platform, &user, request.code.as_deref())? {
        Ok(user) => user,
        Err(CodeRefused::Missing) => {
            guess.was_right_so_far(&platform.store).await?;
            return Err(Problem::second_factor_required());
        }
        Err(CodeRefused::Wrong) => {
            refusals::of_sign_in(platform, &user.email, Some(&user), client, Refused::Code).await;
            return Err(Problem::unauthenticated("the code is wrong"));
        }
    };
    guess.was_right(&platform.store).await?;
    Ok(user)
}

async fn make(
    platform: &Platform,
    tenant: &Tenant,
    invitation: &Invitation,
    request: AcceptInvitationRequest,
) -> Result<User, Problem> {
    let name = request.name.unwrap_or_default();
    let mut problems = Problems::default();
    problems.text("/name", &name, 1, 100);
    let known = [invitation.email.as_str(), &name, &tenant.name];
    if let Err(wrong) = platform_core::password::check(&request.password, false, &known) {
        problems.push("/password", wrong);
    }
    problems.finish().map_err(Problem::validation)?;
    let (now, entropy) = (platform.now(), platform.entropy.as_ref());
    let hash = password::hash(request.password, entropy).await;
    let id = UserId::new(now, entropy);
    Ok(User::new(id, invitation.email.clone(), name.trim().to_owned(), Some(hash), now))
}

async fn join(
    platform: &Platform,
    client: &Client,
    link: &str,
    invitation: &Invitation,
    tenant: &Tenant,
    who: &Who,
) -> Result<(), StoreError> {
    let now = platform.now();
    let mut transaction = platform.store.transaction();
    transaction.take_link(link);
    transaction.take_invitation(invitation);
    let (Who::New(user) | Who::Known(user)) = who;
    let membership = Membership::new(tenant, user, invitation.role, now);
    let joins = match who {
        Who::New(user) => {
            transaction.create_member(user, &membership)?;
            true
        }
        Who::Known(user) => {
            // What the code used up.
            transaction.replace_user(&mut user.clone())?;
            let is_member = platform.store.membership(tenant.id, user.id).await?.is_some();
            if !is_member {
                transaction.create_membership(&membership)?;
            }
            !is_member
        }
    };
    transaction.require_tenant(tenant.id);
    if joins {
        let new = json!({ "member": user.id, "email": user.email, "role": invitation.role });
        let actor = account::actor(user, client);
        let entry = platform.audit_entry(tenant.id, actor, "invitation.accept", invitation.id, (None, Some(new)));
        transaction.audit(&entry)?;
    }
    transaction.commit().await
}
