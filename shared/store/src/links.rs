//! Links in mails, and the sign-ups that wait for theirs.

use platform_core::ids::{SignUpId, TenantId};
use platform_core::link::Link;
use platform_core::sign_up::SignUp;
use serde::Serialize;

use crate::{Item, Result, Store, Transaction, keys};

/// That a link is one of a message about an alert.
#[derive(Serialize)]
struct AlertLink<'h> {
    /// The SHA-256 of its token.
    link: &'h str,
}

impl Transaction<'_> {
    /// Uses a link up. Conflicts if it was used before.
    pub fn take_link(&mut self, hash: &str) {
        self.take(&keys::link(hash));
    }

    /// Makes a link, by the SHA-256 of its token.
    pub fn create_link(&mut self, hash: &str, link: &Link) -> Result<()> {
        self.create(Item::new(&keys::link(hash), link)?.expiring(link.expires_at));
        Ok(())
    }

    /// Makes a link of a message about an alert. The tenant knows of it, since it is to go with the tenant.
    pub fn create_alert_link(&mut self, tenant: TenantId, hash: &str, link: &Link) -> Result<()> {
        self.create_link(hash, link)?;
        let known = AlertLink { link: hash };
        self.create(Item::new(&keys::alert_link(tenant, hash), &known)?.expiring(link.expires_at));
        Ok(())
    }

    /// A sign-up that waits for its link.
    pub fn create_sign_up(&mut self, sign_up: &SignUp) -> Result<()> {
        self.create(Item::new(&keys::sign_up(sign_up.id), sign_up)?.expiring(sign_up.expires_at));
        Ok(())
    }

    /// Takes a sign-up. Conflicts if somebody did.
    pub fn take_sign_up(&mut self, id: SignUpId) {
        self.take(&keys::sign_up(id));
    }
}

impl Store {
    /// What a link is good for, by the SHA-256 of its token.
    pub async fn link(&self, hash: &str) -> Result<Option<Link>> {
        self.get(&keys::link(hash)).await
    }

    /// A sign-up that waits for its link.
    pub async fn sign_up(&self, id: SignUpId) -> Result<Option<SignUp>> {
        self.get(&keys::sign_up(id)).await
    }

    /// Forgets a sign-up.
    pub async fn forget_sign_up(&self, id: SignUpId) -> Result<()> {
        self.delete(&keys::sign_up(id)).await
    }
}
