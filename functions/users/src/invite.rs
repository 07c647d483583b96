//! `POST /api/users`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::access::Role;
use platform_core::ids::{InvitationId, TenantId};
use platform_core::invitation::{Invitation, MAX_INVITATIONS, MAX_MEMBERS};
use platform_core::link::LinkPurpose;
use platform_core::mail::MailAbout;
use platform_core::tenancy::Email;
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::limits::count_invitation;
use platform_runtime::quota::Tries;
use platform_store::Store;
use platform_store::quotas::Quota;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::rules::{confirm_new_owner, may_touch, require_caller, spend};
use crate::view::{Entry, PlatformUser, view};

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    #[schema(example = "grace@example.com", format = "email", max_length = 254)]
    email: String,
    /// Only an owner makes owners.
    #[schema(value_type = Role)]
    role: String,
    /// The caller's password, to invite an owner.
    password: Option<String>,
    /// A code, if the caller has a second factor.
    code: Option<String>,
}

/// Invite somebody
///
/// A link goes to the address; it is good for 7 days, and once. Who has an account joins with it, who has none makes one.
#[utoipa::path(post, path = "/api/users", operation_id = "inviteUser", tag = "users", request_body = NewUser,
    responses((status = 201, description = "Invited", body = PlatformUser),
    (status = 409, description = "They are a member or invited already, or there are as many as a tenant may have"),
    (status = 429, description = "Too many invitations within an hour")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<NewUser>,
) -> Result<(StatusCode, Json<PlatformUser>), Problem> {
    let (email, role) = parse(&request)?;
    may_touch(&caller, role, role)?;
    let (tenant, store) = (caller.tenant, &platform.store);
    refuse_known_or_too_many(store, tenant, &email).await?;
    let confirmed = match role {
        Role::Owner => Some(confirm_new_owner(&platform, &caller, request.password, request.code.as_deref()).await?),
        _ => None,
    };
    count_invitation(&platform, tenant, &email).await?;

    let now = platform.now();
    let id = InvitationId::new(now, platform.entropy.as_ref());
    let invitation = Invitation {
        id,
        tenant,
        tenant_name: caller.membership.tenant_name.clone(),
        email: email.clone(),
        role,
        invited_by: caller.membership.user,
        invited_by_name: caller.membership.name.clone(),
        link: None,
        created_at: now,
        expires_at: now + LinkPurpose::Invitation { tenant, id }.life(),
        version: 1,
    };
    let mail = platform.mail_about(email.clone(), MailAbout::Invitation { tenant, id });
    let new = json!({ "email": email, "role": role });
    let entry = platform.audit_entry(tenant, caller.actor(), "invitation.create", id, (None, Some(new)));
    let mut tries = Tries::new(&platform, tenant, Quota::Members);
    while let Some(pass) = tries.next().await? {
        refuse_known_or_too_many(store, tenant, &email).await?;
        let mut transaction = store.transaction();
        transaction.hand_in(&pass)?;
        require_caller(&mut transaction, &caller, None)?;
        transaction.create_invitation(&invitation, now)?;
        spend(&mut transaction, confirmed.clone())?;
        transaction.create_mail(&mail)?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    let view = view(store, caller.membership.user, Entry::Invited(invitation)).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

async fn refuse_known_or_too_many(store: &Store, tenant: TenantId, email: &Email) -> Result<(), Problem> {
    let (members, invitations) = tokio::try_join!(store.members(tenant), store.invitations(tenant))?;
    if members.iter().any(|member| member.email == *email) {
        return Err(Problem::conflict("they are a member already"));
    }
    if invitations.iter().any(|invitation| invitation.email == *email) {
        return Err(Problem::conflict("they are invited already; the invitation can be sent again"));
    }
    if invitations.len() >= MAX_INVITATIONS {
        return Err(Problem::conflict(format!("a tenant may have at most {MAX_INVITATIONS} open invitations")));
    }
    if members.len() + invitations.len() >= MAX_MEMBERS {
        return Err(Problem::conflict(format!("a tenant may have at most {MAX_MEMBERS} members")));
    }
    Ok(())
}

fn parse(request: &NewUser) -> Result<(Email, Role), Problem> {
    let mut problems = Problems::default();
    let email = request.email.parse::<Email>().map_err(|error| problems.push("/email", error.to_string()));
    let role = request.role.parse::<Role>().map_err(|error| problems.push("/role", error.to_string()));
    match (email, role) {
        (Ok(email), Ok(role)) => Ok((email, role)),
        _ => Err(problems.finish().map_or_else(Problem::validation, |()| Problem::internal("nothing was wrong"))),
    }
}
