//! Silences. They lie behind the rules, since whoever evaluates these needs both.

use platform_core::ids::{SilenceId, TenantId};
use platform_core::rule::Rule;
use platform_core::silence::Silence;

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// One that is over is seen for a while, and then forgotten.
fn item(silence: &Silence) -> Result<Item> {
    Ok(Item::new(&keys::silence(silence.tenant, silence.id), silence)?.expiring(silence.expires_at()))
}

impl Transaction<'_> {
    /// Makes a silence.
    pub fn create_silence(&mut self, silence: &Silence) -> Result<()> {
        self.create(item(silence)?);
        Ok(())
    }

    /// Replaces a silence that must be as it was read.
    pub fn replace_silence(&mut self, silence: &mut Silence) -> Result<()> {
        self.replace(silence, item)
    }

    /// Removes a silence, which must be as it was read.
    pub fn remove_silence(&mut self, silence: &Silence) {
        self.take_at(&keys::silence(silence.tenant, silence.id), silence.version);
    }
}

impl Store {
    /// A tenant's silences, oldest first, those that were over lately among them.
    pub async fn silences(&self, tenant: TenantId) -> Result<Vec<Silence>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::SILENCE).consistent()).await?.items)
    }

    /// A silence.
    pub async fn silence(&self, tenant: TenantId, silence: SilenceId) -> Result<Option<Silence>> {
        self.get(&keys::silence(tenant, silence)).await
    }

    /// A tenant's rules, also those that were deleted lately, and its silences: both by one read.
    pub async fn rules_and_silences(&self, tenant: TenantId) -> Result<(Vec<Rule>, Vec<Silence>)> {
        let query = Query::of(keys::tenant_partition(tenant), keys::RULES_AND_SILENCES).consistent();
        let is_silence = |key: Key| key.sk.starts_with(keys::SILENCE);
        let (mut rules, mut silences) = (Vec::new(), Vec::new());
        for item in self.query_raw(query).await?.items {
            match Key::of(&item).is_some_and(is_silence) {
                true => silences.push(decode(item)?),
                false => rules.push(decode(item)?),
            }
        }
        Ok((rules, silences))
    }
}
