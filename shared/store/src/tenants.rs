//! Tenants, users and their places in tenants.

use aws_sdk_dynamodb::types::AttributeValue;
use futures::future::try_join_all;
use platform_core::access::Role;
use platform_core::ids::{TenantId, UserId};
use platform_core::tenancy::{Email, Membership, Tenant, User};
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::operations::decode;
use crate::platform::SetupDone;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// Finds the user of an address, and keeps it unique.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EmailOwner {
    pub(crate) user: UserId,
}

/// An id that no user has.
const NOBODY: UserId = UserId::from_uuid(uuid::Uuid::nil());

/// Items that get a tenant's new name at once.
const RENAMED_AT_ONCE: usize = 25;

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
    pub fn replace_user(&mut self, user: &mut User) -> Result<()> {
        self.replace(user, |user| Item::new(&keys::user(user.id), user))
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
    pub fn replace_tenant(&mut self, tenant: &mut Tenant) -> Result<()> {
        self.replace(tenant, |tenant| Item::new(&keys::tenant(tenant.id), tenant))
    }

    /// Requires that a tenant exists for the rest to happen.
    pub fn require_tenant(&mut self, tenant: TenantId) {
        self.require(&keys::tenant(tenant));
    }

    /// Gives a user another address, which must be free.
    pub fn move_email(&mut self, user: UserId, old: &Email, new: &Email) -> Result<()> {
        self.create(Item::new(&keys::email(new), &EmailOwner { user })?);
        self.delete(&keys::email(old));
        Ok(())
    }

    /// Requires that a user's place in a tenant is as it was read for the rest to happen.
    pub fn require_member(&mut self, membership: &Membership) {
        self.require_at(&keys::member(membership.tenant, membership.user), membership.version);
    }

    /// Takes a user's place in a tenant away, if it is at this version.
    pub fn remove_member(&mut self, membership: &Membership) {
        self.take_at(&keys::member(membership.tenant, membership.user), membership.version);
    }

    /// Replaces a user's place in a tenant.
    pub fn replace_member(&mut self, membership: &mut Membership) -> Result<()> {
        self.replace(membership, member_item)
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

    /// The user who signs in with an address. Reads as much for an address that nobody has: how long it takes must not
    /// tell.
    pub async fn user_by_email(&self, email: &Email) -> Result<Option<User>> {
        let owner = self.get::<EmailOwner>(&keys::email(email)).await?;
        self.user(owner.map_or(NOBODY, |owner| owner.user)).await
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

    /// Writes a tenant's name to where its members and those who are invited read it. Each is a write of its own: should
    /// one fail, somebody sees the old name until the tenant is named again.
    pub async fn spread_tenant_name(&self, tenant: TenantId, name: &str) -> Result<()> {
        let (members, invitations) = tokio::try_join!(self.members(tenant), self.invitations(tenant))?;
        let members = members.iter().map(|member| keys::member(tenant, member.user));
        let invitations = invitations.iter().map(|invitation| keys::invitation(tenant, invitation.id));
        let places: Vec<Key> = members.chain(invitations).collect();
        for some in places.chunks(RENAMED_AT_ONCE) {
            try_join_all(some.iter().map(|place| self.name_tenant_in(place, name))).await?;
        }
        Ok(())
    }

    async fn name_tenant_in(&self, place: &Key, name: &str) -> Result<()> {
        // Counted as a write, so that a change that read the old name does not bring it back.
        let named = self.update(place, |request| {
            request
                .update_expression("SET tenantName = :name ADD version :one")
                .condition_expression("attribute_exists(pk) AND tenantName <> :name")
                .expression_attribute_values(":name", AttributeValue::S(name.to_owned()))
                .expression_attribute_values(":one", AttributeValue::N("1".into()))
        });
        // Unless it is gone meanwhile, or named so already.
        named.await.map(|_| ())
    }

    /// The active owners of a tenant.
    pub async fn owners(&self, tenant: TenantId) -> Result<Vec<Membership>> {
        let members = self.members(tenant).await?;
        Ok(members.into_iter().filter(|member| member.active && member.role == Role::Owner).collect())
    }
}
