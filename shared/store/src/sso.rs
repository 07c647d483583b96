//! Sign-in by a tenant's identity provider: settings, what is under way, who is who.

use platform_core::ids::TenantId;
use platform_core::sso::{Slug, SsoIdentity, SsoSettings, SsoState};
use platform_core::tenancy::{Membership, User};
use serde::{Deserialize, Serialize};

use crate::{Item, Result, Store, StoreError, Transaction, keys};

/// Finds the tenant of a slug, and keeps it unique.
#[derive(Debug, Serialize, Deserialize)]
struct SlugOwner {
    tenant: TenantId,
}

impl Transaction<'_> {
    /// Writes settings over those that were there, whose version they have, and moves the slug. Conflicts if the slug is
    /// somebody else's, or the settings have changed.
    pub fn put_sso(&mut self, settings: &mut SsoSettings, old: Option<&SsoSettings>) -> Result<()> {
        self.upsert(settings, |settings| Item::new(&keys::sso(settings.tenant), settings))?;
        if old.is_none_or(|old| old.slug != settings.slug) {
            self.create(Item::new(&keys::slug(&settings.slug), &SlugOwner { tenant: settings.tenant })?);
            if let Some(old) = old {
                self.delete(&keys::slug(&old.slug));
            }
        }
        Ok(())
    }

    /// Deletes settings and frees the slug. Conflicts if they have changed.
    pub fn delete_sso(&mut self, settings: &SsoSettings) {
        self.take_at(&keys::sso(settings.tenant), settings.version);
        self.delete(&keys::slug(&settings.slug));
    }

    /// Says whom somebody at the provider is here.
    pub fn put_sso_identity(&mut self, tenant: TenantId, hash: &str, identity: SsoIdentity) -> Result<()> {
        self.put(Item::new(&keys::sso_identity(tenant, hash), &identity)?);
        Ok(())
    }

    /// Makes a user who only signs in by the tenant's provider: no address finds them, whatever the provider says theirs
    /// is.
    pub fn create_sso_member(&mut self, user: &User, membership: &Membership) -> Result<()> {
        self.create(Item::new(&keys::user(user.id), user)?);
        self.create_membership(membership)
    }
}

impl Store {
    /// A tenant's sign-in by its identity provider.
    pub async fn sso_settings(&self, tenant: TenantId) -> Result<Option<SsoSettings>> {
        self.get(&keys::sso(tenant)).await
    }

    /// The settings that a slug leads to.
    pub async fn sso_by_slug(&self, slug: &Slug) -> Result<Option<SsoSettings>> {
        match self.get::<SlugOwner>(&keys::slug(slug)).await? {
            Some(owner) => Ok(self.sso_settings(owner.tenant).await?.filter(|settings| settings.slug == *slug)),
            None => Ok(None),
        }
    }

    /// The tenant that has a slug.
    pub async fn slug_owner(&self, slug: &Slug) -> Result<Option<TenantId>> {
        Ok(self.get::<SlugOwner>(&keys::slug(slug)).await?.map(|owner| owner.tenant))
    }

    /// Deletes a deleted tenant's settings with their slug, which others may take from then on. Conflicts if they change
    /// just then.
    pub(crate) async fn purge_sso(&self, tenant: TenantId) -> Result<()> {
        let Some(settings) = self.sso_settings(tenant).await? else { return Ok(()) };
        let mut transaction = self.transaction();
        transaction.delete_sso(&settings);
        transaction.commit().await
    }

    /// Replaces settings that must be as they were read; the slug stays.
    pub async fn replace_sso(&self, settings: &mut SsoSettings) -> Result<()> {
        self.replace(settings, |settings| Item::new(&keys::sso(settings.tenant), settings)).await
    }

    /// Notes a sign-in that somebody begins, by the SHA-256 of its state.
    pub async fn begin_sso(&self, hash: &str, state: &SsoState) -> Result<()> {
        self.create(Item::new(&keys::sso_state(hash), state)?.expiring(state.expires_at)).await
    }

    /// Takes a sign-in that somebody began: of several who come with the same state, one gets it.
    pub async fn take_sso(&self, hash: &str) -> Result<Option<SsoState>> {
        let key = keys::sso_state(hash);
        let Some(state) = self.get(&key).await? else { return Ok(None) };
        let mut transaction = self.transaction();
        transaction.take(&key);
        match transaction.commit().await {
            Ok(()) => Ok(Some(state)),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whom somebody at the provider is here.
    pub async fn sso_identity(&self, tenant: TenantId, hash: &str) -> Result<Option<SsoIdentity>> {
        self.get(&keys::sso_identity(tenant, hash)).await
    }
}
