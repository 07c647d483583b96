//! Silences. They lie behind the rules, since whoever evaluates these needs both.

use platform_core::ids::{SilenceId, TenantId};
use platform_core::rule::Rule;
use platform_core::silence::Silence;

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// What whoever evaluates rules needs of them.
#[derive(Debug, Default)]
pub struct RulesAndSilences {
    /// The rules, also those that were deleted lately.
    pub rules: Vec<Rule>,
    /// The silences.
    pub silences: Vec<Silence>,
    /// Whether alerts have routes.
    pub has_routes: bool,
}

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

    /// A tenant's rules, also those that were deleted lately, its silences, and whether there are routes: all by one read.
    pub async fn rules_and_silences(&self, tenant: TenantId) -> Result<RulesAndSilences> {
        let query = Query::of(keys::tenant_partition(tenant), keys::RULES_AND_SILENCES).consistent();
        let mut read = RulesAndSilences::default();
        for item in self.query_raw(query).await?.items {
            match Key::of(&item) {
                Some(key) if key.sk.starts_with(keys::SILENCE) => read.silences.push(decode(item)?),
                Some(key) if key.sk == keys::ROUTED => read.has_routes = true,
                _ => read.rules.push(decode(item)?),
            }
        }
        Ok(read)
    }
}
