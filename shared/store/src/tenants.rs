//! Tenants, users and their places in tenants.

use platform_core::access::Role;
use platform_core::ids::{TenantId, UserId};
use platform_core::tenancy::{Email, Membership, Tenant, User};
use serde::{Deserialize, Serialize};

use crate::operations::decode;
use crate::platform::SetupDone;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// Finds the user of an address, and keeps it unique.
#[derive(Debug, Serialize, Deserialize)]
struct EmailOwner {
    user: UserId,
}

impl Transaction<'_> {
    /// Makes a tenant with its first owner. Conflicts if the address is taken.
    pub fn create_tenant(&mut self, tenant: &Tenant, owner: &User, membership: &Membership) -> Result<()> {
        self.create(Item::new(&keys::tenant(tenant.id), tenant)?);
        self.create(Item::new(&keys::user(owner.id), owner)?);
        self.create(Item::new(&keys::email(&owner.email), &EmailOwner { user: owner.id })?);
        self.create(member_item(membership)?);
        Ok(())
    }

    /// Marks the platform as set up. Conflicts if it was.
    pub fn set_up(&mut self, done: &SetupDone) -> Result<()> {
        self.create(Item::new(&keys::setup(), done)?);
        Ok(())
    }

    /// Replaces a user.
    pub fn replace_user(&mut self, user: &User, expected: u64) -> Result<()> {
        self.replace(Item::new(&keys::user(user.id), user)?, expected);
        Ok(())
    }

    /// Makes a user with a place in an existing tenant. Conflicts if the address is taken.
    pub fn create_member(&mut self, user: &User, membership: &Membership) -> Result<()> {
        self.create(Item::new(&keys::user(user.id), user)?);
        self.create(Item::new(&keys::email(&user.email), &EmailOwner { user: user.id })?);
        self.create(member_item(membership)?);
        Ok(())
    }

    /// Makes a place for a user in a tenant.
    pub fn create_membership(&mut self, membership: &Membership) -> Result<()> {
        self.create(member_item(membership)?);
        Ok(())
    }

    /// Makes a tenant for a user who exists.
    pub fn create_tenant_of(&mut self, tenant: &Tenant, membership: &Membership) -> Result<()> {
        self.create(Item::new(&keys::tenant(tenant.id), tenant)?);
        self.create_membership(membership)
    }

    /// Replaces a tenant.
    pub fn replace_tenant(&mut self, tenant: &Tenant, expected: u64) -> Result<()> {
        self.replace(Item::new(&keys::tenant(tenant.id), tenant)?, expected);
        Ok(())
    }

    /// Gives a user another address, which must be free.
    pub fn move_email(&mut self, user: UserId, old: &Email, new: &Email) -> Result<()> {
        self.create(Item::new(&keys::email(new), &EmailOwner { user })?);
        self.delete(&keys::email(old));
        Ok(())
    }

    /// Replaces a user's place in a tenant.
    pub fn replace_member(&mut self, membership: &Membership, expected: u64) -> Result<()> {
        self.replace(member_item(membership)?, expected);
        Ok(())
    }
}

fn member_item(membership: &Membership) -> Result<Item> {
    let key = keys::member(membership.tenant, membership.user);
    let by_user = keys::user_partition(membership.user);
    Ok(Item::new(&key, membership)?.indexed(by_user, keys::tenant_partition(membership.tenant)))
}

impl Store {
    /// A tenant.
    pub async fn tenant(&self, tenant: TenantId) -> Result<Option<Tenant>> {
        self.get(&keys::tenant(tenant)).await
    }

    /// A user.
    pub async fn user(&self, user: UserId) -> Result<Option<User>> {
        self.get(&keys::user(user)).await
    }

    /// The user who signs in with an address.
    pub async fn user_by_email(&self, email: &Email) -> Result<Option<User>> {
        match self.get::<EmailOwner>(&keys::email(email)).await? {
            Some(owner) => self.user(owner.user).await,
            None => Ok(None),
        }
    }

    /// A user's places, in every tenant. May miss one that was made a moment ago.
    pub async fn memberships(&self, user: UserId) -> Result<Vec<Membership>> {
        Ok(self.query(Query::of(keys::user_partition(user), "TENANT#").index()).await?.items)
    }

    /// A user's place in a tenant.
    pub async fn membership(&self, tenant: TenantId, user: UserId) -> Result<Option<Membership>> {
        self.get(&keys::member(tenant, user)).await
    }

    /// A tenant's members, oldest first.
    pub async fn members(&self, tenant: TenantId) -> Result<Vec<Membership>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::MEMBER).consistent()).await?.items)
    }

    /// Several users, in no order.
    pub async fn users(&self, users: &[UserId]) -> Result<Vec<User>> {
        let keys: Vec<_> = users.iter().map(|user| keys::user(*user)).collect();
        self.get_many_raw(&keys).await?.into_iter().map(decode).collect()
    }

    /// The active owners of a tenant.
    pub async fn owners(&self, tenant: TenantId) -> Result<Vec<Membership>> {
        let members = self.members(tenant).await?;
        Ok(members.into_iter().filter(|member| member.active && member.role == Role::Owner).collect())
    }
}
