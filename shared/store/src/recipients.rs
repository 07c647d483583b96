//! Recipients of alerts who are not members, and what is to be told to recipients in one message.

use aws_lc_rs::digest;
use platform_core::digest::Digest;
use platform_core::ids::TenantId;
use platform_core::recipient::Recipient;
use platform_core::tenancy::Email;

use crate::{Item, Query, Result, Store, Transaction, keys};

/// What an address is called in paths and trails, which end up in other systems' logs.
pub fn recipient_id(email: &Email) -> String {
    hex::encode(&digest::digest(&digest::SHA256, email.as_str().as_bytes()).as_ref()[..16])
}

impl Transaction<'_> {
    /// Notes somebody who is asked. Conflicts if they were before.
    pub fn create_recipient(&mut self, recipient: &Recipient) -> Result<()> {
        self.create(Item::new(&keys::recipient(recipient.tenant, &recipient.email), recipient)?);
        Ok(())
    }

    /// Replaces somebody who must be as they were read.
    pub fn replace_recipient(&mut self, recipient: &mut Recipient) -> Result<()> {
        self.replace(recipient, |known| Item::new(&keys::recipient(known.tenant, &known.email), known))
    }

    /// Writes a summary that must be as it was read, or not exist yet.
    pub fn write_digest(&mut self, digest: &mut Digest) -> Result<()> {
        self.upsert(digest, digest_item)
    }

    /// A summary was sent as it was at this version.
    pub fn take_digest(&mut self, digest: &Digest) {
        self.take_at(&keys::digest(digest.tenant, &digest.to), digest.version);
    }
}

fn digest_item(digest: &Digest) -> Result<Item> {
    let key = keys::digest(digest.tenant, &digest.to);
    Ok(Item::new(&key, digest)?.indexed(keys::due_shard(digest.tenant), keys::due_at(digest.due, &key)))
}

impl Store {
    /// A tenant's recipients who are not members, or were not when they were asked.
    pub async fn recipients(&self, tenant: TenantId) -> Result<Vec<Recipient>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::RECIPIENT).consistent()).await?.items)
    }

    /// One of them.
    pub async fn recipient(&self, tenant: TenantId, email: &Email) -> Result<Option<Recipient>> {
        self.get(&keys::recipient(tenant, email)).await
    }

    /// What a recipient is to be told in one message.
    pub async fn digest(&self, tenant: TenantId, to: &Email) -> Result<Option<Digest>> {
        self.get(&keys::digest(tenant, to)).await
    }

    /// Replaces a summary that must be as it was read.
    pub async fn replace_digest(&self, digest: &mut Digest) -> Result<()> {
        self.replace(digest, digest_item).await
    }
}
