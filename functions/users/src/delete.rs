//! `DELETE /api/users/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::access::Role;
use platform_core::ids::{TenantId, UserId};
use platform_core::invitation::Invitation;
use platform_core::tenancy::{Membership, Session, User};
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_store::StoreError;
use serde_json::json;
use uuid::Uuid;

use crate::rules::{find, keep_an_owner, may_touch, require_caller, spend};
use crate::view::Entry;

/// API tokens that one transaction takes, at two writes each: DynamoDB carries out at most 100.
const TOKENS_AT_ONCE: usize = 40;

/// Remove a member
///
/// Or revoke an invitation. A member's sessions in the tenant end with the next request, their API tokens are revoked;
/// their places in other tenants stay. Whoever has no other is deleted: nobody could sign in or take the account away.
#[utoipa::path(delete, path = "/api/users/{id}", operation_id = "deleteUser", tag = "users",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Removed"),
    (status = 409, description = "They are the last active owner")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let tenant = caller.tenant;
    match find(&platform.store, tenant, id).await? {
        Some(Entry::Member(member)) => {
            may_touch(&caller, member.role, member.role)?;
            remove(&platform, &caller, member, Farewell { action: "member.remove", confirmed: None, session: None })
                .await?;
        }
        Some(Entry::Invited(invitation)) => {
            may_touch(&caller, invitation.role, invitation.role)?;
            return revoke(&platform, &caller, invitation).await;
        }
        None => {
            // An earlier removal may have died before its last tokens were gone. What is not ours has none here.
            revoke_tokens(&platform, tenant, UserId::from_uuid(id)).await?;
            return Err(Problem::not_found("user"));
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// What goes with a place that is taken away.
pub(crate) struct Farewell {
    /// What the audit trail calls it.
    pub(crate) action: &'static str,
    /// The caller with a code used up, if one was asked for.
    pub(crate) confirmed: Option<User>,
    /// The caller's session as it goes on elsewhere.
    pub(crate) session: Option<Session>,
}

/// Takes a member's place in the tenant away.
pub(crate) async fn remove(
    platform: &Platform,
    caller: &Caller,
    member: Membership,
    Farewell { action, confirmed, session }: Farewell,
) -> Result<(), Problem> {
    let (tenant, user) = (member.tenant, member.user);
    let tokens = platform.store.api_tokens(tenant, Some(user)).await?;
    let mut transaction = platform.store.transaction();
    if member.active && member.role == Role::Owner {
        keep_an_owner(platform, &mut transaction, &member).await?;
    }
    require_caller(&mut transaction, caller, Some(&member))?;
    transaction.remove_member(&member);
    transaction.create_leaver(tenant, user)?;
    spend(&mut transaction, confirmed)?;
    if let Some(mut session) = session {
        transaction.replace_session(&mut session)?;
    }
    for token in tokens.iter().take(TOKENS_AT_ONCE) {
        transaction.revoke_api_token(token);
    }
    let old = json!({
        "email": member.email, "role": member.role, "active": member.active,
        "apiTokens": tokens.iter().map(|token| &token.name).collect::<Vec<_>>(),
    });
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), action, user, (Some(old), None)))?;
    transaction.commit().await?;
    // No token works without its maker's place. What is left, or was made meanwhile, must not work again should they ever
    // come back.
    revoke_tokens(platform, tenant, user).await
}

async fn revoke_tokens(platform: &Platform, tenant: TenantId, user: UserId) -> Result<(), Problem> {
    for token in platform.store.api_tokens(tenant, Some(user)).await? {
        let mut transaction = platform.store.transaction();
        transaction.revoke_api_token(&token);
        match transaction.commit().await {
            // Somebody else revoked it just now.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn revoke(platform: &Platform, caller: &Caller, invitation: Invitation) -> Result<StatusCode, Problem> {
    let mut transaction = platform.store.transaction();
    require_caller(&mut transaction, caller, None)?;
    transaction.take_invitation(&invitation);
    transaction.forget_invitation_link(&invitation);
    let old = json!({ "email": invitation.email, "role": invitation.role });
    let entry =
        platform.audit_entry(caller.tenant, caller.actor(), "invitation.revoke", invitation.id, (Some(old), None));
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
