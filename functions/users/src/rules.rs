//! Who may do what to whom, beyond what the rows ask for.

use platform_core::access::{Permission, Role};
use platform_core::ids::{InvitationId, TenantId, UserId};
use platform_core::tenancy::{Membership, User};
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_identity::confirm::by_password_and_code;
use platform_runtime::Platform;
use platform_store::{Result, Store, StoreError, Transaction};
use uuid::Uuid;

use crate::view::Entry;

/// The member or the invitation that an id names.
pub(crate) async fn find(store: &Store, tenant: TenantId, id: Uuid) -> Result<Option<Entry>> {
    let (member, invitation) = tokio::try_join!(
        store.membership(tenant, UserId::from_uuid(id)),
        store.invitation(tenant, InvitationId::from_uuid(id)),
    )?;
    Ok(member.map(Entry::Member).or(invitation.map(Entry::Invited)))
}

/// Only owners touch owners and make them. As every smaller role's largest is admin, nobody gives more than they have; an
/// API token, which has less than its maker, gives no role that may more than the token, and touches no owner.
pub(crate) fn may_touch(caller: &Caller, is: Role, becomes: Role) -> Result<(), Problem> {
    if is.max(becomes) == Role::Owner {
        caller.require(Permission::TenantTransfer)?;
        if caller.grant.scopes.is_some() {
            return Err(Problem::session_required());
        }
    }
    match caller.grant.scopes {
        Some(_) => becomes.permissions().try_for_each(|permission| caller.require(permission)),
        None => Ok(()),
    }
}

/// Somebody who makes an owner shows once more who they are: a session left open must not give a tenant away. Returns the
/// caller with their code used up, to be written with what it allows.
pub(crate) async fn confirm_new_owner(
    platform: &Platform,
    caller: &Caller,
    password: Option<String>,
    code: Option<&str>,
) -> Result<User, Problem> {
    let required = || Problem::field("/password", "is required to make somebody an owner");
    by_password_and_code(platform, caller, "/password", password.ok_or_else(required)?, code).await
}

/// Writes what a code used up.
pub(crate) fn spend(transaction: &mut Transaction<'_>, confirmed: Option<User>) -> Result<()> {
    let Some(mut confirmed) = confirmed else { return Ok(()) };
    transaction.replace_user(&mut confirmed)
}

/// Lets an active owner go only if another one stays. What took an owner away since the owners were counted makes the
/// transaction conflict.
pub(crate) async fn keep_an_owner(
    platform: &Platform,
    transaction: &mut Transaction<'_>,
    leaving: &Membership,
) -> Result<(), Problem> {
    let gone = || Problem::not_found("tenant");
    let mut tenant = platform.store.tenant(leaving.tenant).await?.ok_or_else(gone)?;
    let owners = platform.store.owners(leaving.tenant).await?;
    if owners.iter().all(|owner| owner.user == leaving.user) {
        return Err(Problem::conflict("a tenant keeps an active owner; make somebody else an owner first"));
    }
    Ok(transaction.replace_tenant(&mut tenant)?)
}

/// Requires that the caller still is what the gate saw: also where it is their own place that the transaction changes, or
/// somebody who is demoted just now could write back what they were.
pub(crate) fn require_caller(
    transaction: &mut Transaction<'_>,
    caller: &Caller,
    target: Option<&Membership>,
) -> Result<(), StoreError> {
    match target.filter(|target| target.user == caller.membership.user) {
        Some(own) if own.version != caller.membership.version => Err(StoreError::Conflict),
        Some(_) => Ok(()),
        None => {
            transaction.require_member(&caller.membership);
            Ok(())
        }
    }
}
