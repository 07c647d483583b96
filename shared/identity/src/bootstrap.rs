//! The first tenant and its owner: by the set-up page, or by a host that was given them at start.

use platform_core::access::Role;
use platform_core::audit::Actor;
use platform_core::ids::{TenantId, UserId};
use platform_core::tenancy::{Email, Membership, Tenant, User};
use platform_store::Result;
use platform_store::platform::SetupDone;
use serde_json::json;

use crate::password;
use platform_runtime::Platform;

/// Who begins.
pub struct FirstOwner {
    /// The tenant's name.
    pub tenant_name: String,
    /// The owner's name.
    pub name: String,
    /// The owner's address.
    pub email: Email,
    /// The owner's password.
    pub password: String,
}

/// Makes the first tenant. Conflicts if there is one.
pub async fn create_first_tenant(platform: &Platform, first: FirstOwner) -> Result<(User, Membership)> {
    let now = platform.now();
    let entropy = platform.entropy.as_ref();
    let tenant = Tenant::new(TenantId::new(now, entropy), first.tenant_name, now);
    let hash = password::hash(first.password, entropy).await;
    let user = User::new(UserId::new(now, entropy), first.email, first.name, Some(hash), now);
    let membership = Membership::new(&tenant, &user, Role::Owner, now);
    let actor = Actor::new(user.id, &user.name);
    let mut transaction = platform.store.transaction();
    transaction.set_up(&SetupDone { tenant: tenant.id, at: now })?;
    transaction.create_tenant(&tenant, &user, &membership)?;
    let new = json!({ "name": tenant.name, "owner": user.email });
    transaction.audit(&platform.audit_entry(tenant.id, actor, "tenant.create", tenant.id, (None, Some(new))))?;
    transaction.commit().await?;
    Ok((user, membership))
}
