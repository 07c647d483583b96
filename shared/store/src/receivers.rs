//! Receivers of webhooks that did not answer.

use aws_lc_rs::digest;
use platform_core::ids::TenantId;
use platform_core::receiver::Silence;

use crate::{Item, Result, Store, StoreError, keys};

/// What a receiver is known by: a digest, since the address may be a secret.
pub fn receiver_hash(url: &str) -> String {
    hex::encode(&digest::digest(&digest::SHA256, url.as_bytes()).as_ref()[..16])
}

impl Store {
    /// What is known of a receiver that did not answer.
    pub async fn receiver_silence(&self, tenant: TenantId, receiver: &str) -> Result<Option<Silence>> {
        self.get(&keys::receiver(tenant, receiver)).await
    }

    /// Notes that a receiver did not answer, or that somebody tries it again. Whether nobody else was faster.
    pub async fn note_silence(&self, tenant: TenantId, receiver: &str, silence: &mut Silence) -> Result<bool> {
        let key = keys::receiver(tenant, receiver);
        let item = |silence: &Silence| Ok(Item::new(&key, silence)?.expiring(silence.until + Silence::KEPT));
        let written = match silence.version {
            // Also over one that has expired and is not swept yet.
            0 => {
                silence.version = 1;
                self.put(item(silence)?).await
            }
            _ => self.replace(silence, item).await,
        };
        match written {
            Err(StoreError::Conflict) => Ok(false),
            written => written.map(|()| true),
        }
    }

    /// The receiver answers.
    pub async fn forget_silence(&self, tenant: TenantId, receiver: &str) -> Result<()> {
        self.delete(&keys::receiver(tenant, receiver)).await
    }
}
