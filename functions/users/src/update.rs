//! `PUT /api/users/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::access::Role;
use platform_core::invitation::Invitation;
use platform_core::tenancy::{Membership, User};
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rules::{confirm_new_owner, find, keep_an_owner, may_touch, require_caller, spend};
use crate::view::{Entry, PlatformUser, view};

/// What to change; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UserChange {
    /// Only an owner makes owners and changes them.
    #[schema(value_type = Option<Role>)]
    role: Option<String>,
    /// Whether they may act in the tenant. Not for an invitation. Who is switched off and on again signs in anew.
    active: Option<bool>,
    /// The caller's password, to make somebody an owner.
    password: Option<String>,
    /// A code, if the caller has a second factor.
    code: Option<String>,
}

/// Change a member
///
/// Another role, or switched off and on; for an invitation, another role. It takes effect on their next request, by a
/// session or an API token.
#[utoipa::path(put, path = "/api/users/{id}", operation_id = "updateUser", tag = "users", params(("id" = Uuid, Path)),
    request_body = UserChange, responses((status = 200, description = "Changed", body = PlatformUser),
    (status = 409, description = "They are the last active owner")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<UserChange>,
) -> Result<Json<PlatformUser>, Problem> {
    let role = request.role.as_deref().map(str::parse::<Role>).transpose();
    let role = role.map_err(|error| Problem::field("/role", error.to_string()))?;
    let entry = find(&platform.store, caller.tenant, id).await?.ok_or_else(|| Problem::not_found("user"))?;
    let is = entry.role();
    may_touch(&caller, is, role.unwrap_or(is))?;
    let confirmed = match role {
        Some(Role::Owner) if is != Role::Owner => {
            Some(confirm_new_owner(&platform, &caller, request.password, request.code.as_deref()).await?)
        }
        _ => None,
    };
    let wanted = Wanted { role, active: request.active, confirmed };
    let entry = match entry {
        Entry::Member(member) => Entry::Member(change(&platform, &caller, member, wanted).await?),
        Entry::Invited(_) if request.active.is_some() => {
            return Err(Problem::field("/active", "is not for an invitation; revoke it instead"));
        }
        Entry::Invited(invitation) => Entry::Invited(change_invitation(&platform, &caller, invitation, wanted).await?),
    };
    Ok(Json(view(&platform.store, caller.membership.user, entry).await?))
}

/// What is to become of somebody.
struct Wanted {
    role: Option<Role>,
    active: Option<bool>,
    /// The caller with a code used up, where they make an owner.
    confirmed: Option<User>,
}

async fn change(
    platform: &Platform,
    caller: &Caller,
    mut member: Membership,
    Wanted { role, active, confirmed }: Wanted,
) -> Result<Membership, Problem> {
    let before = member.clone();
    member.role = role.unwrap_or(before.role);
    member.active = active.unwrap_or(before.active);
    if member == before {
        return Ok(member);
    }
    if member.active && !before.active {
        member.active_since = Some(platform.now());
    }
    if member.role == Role::Owner && before.role != Role::Owner {
        let user = platform.store.user(member.user).await?;
        if user.is_none_or(|user| user.sso_tenant.is_some()) {
            let detail = "an owner needs a password, and this member only signs in by the identity provider";
            return Err(Problem::conflict(detail));
        }
    }
    let is_owner = |member: &Membership| member.active && member.role == Role::Owner;
    let values = |member: &Membership| -> Value {
        json!({ "email": member.email, "role": member.role, "active": member.active })
    };
    let mut transaction = platform.store.transaction();
    if is_owner(&before) && !is_owner(&member) {
        keep_an_owner(platform, &mut transaction, &before).await?;
    }
    require_caller(&mut transaction, caller, Some(&before))?;
    transaction.replace_member(&mut member)?;
    spend(&mut transaction, confirmed)?;
    let values = (Some(values(&before)), Some(values(&member)));
    transaction.audit(&platform.audit_entry(caller.tenant, caller.actor(), "member.update", member.user, values))?;
    transaction.commit().await?;
    Ok(member)
}

async fn change_invitation(
    platform: &Platform,
    caller: &Caller,
    mut invitation: Invitation,
    Wanted { role, confirmed, .. }: Wanted,
) -> Result<Invitation, Problem> {
    let before = invitation.role;
    invitation.role = role.unwrap_or(before);
    if invitation.role == before {
        return Ok(invitation);
    }
    let values = |role: Role| json!({ "email": invitation.email, "role": role });
    let values = (Some(values(before)), Some(values(invitation.role)));
    let entry = platform.audit_entry(caller.tenant, caller.actor(), "invitation.update", invitation.id, values);
    let mut transaction = platform.store.transaction();
    require_caller(&mut transaction, caller, None)?;
    transaction.replace_invitation(&mut invitation)?;
    spend(&mut transaction, confirmed)?;
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(invitation)
}
