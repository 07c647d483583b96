//! The outbox: notification intents, waiting and done.

use jiff::Timestamp;
use platform_core::ids::{AlertId, TenantId};
use platform_core::intent::{Intent, IntentStatus};

use crate::keys::Key;
use crate::{Item, Query, Result, Store, Transaction, keys};

impl Transaction<'_> {
    /// Adds an intent to the outbox. Conflicts if the transition was already told on this channel.
    pub fn create_intent(&mut self, intent: &Intent) -> Result<()> {
        self.create(item(intent)?);
        Ok(())
    }
}

/// Intents that wait are in the index by the time they are due.
fn item(intent: &Intent) -> Result<Item> {
    let item = Item::new(&keys::intent(intent.tenant, &intent.key), intent)?;
    Ok(match intent.status {
        IntentStatus::Pending => item.indexed(keys::due_shard(intent.tenant), keys::sortable(intent.due)),
        IntentStatus::Delivered | IntentStatus::Failed => item,
    })
}

impl Store {
    /// An intent.
    pub async fn intent(&self, tenant: TenantId, key: &str) -> Result<Option<Intent>> {
        self.get(&keys::intent(tenant, key)).await
    }

    /// Replaces an intent that must be at this version.
    pub async fn replace_intent(&self, intent: &Intent, expected: u64) -> Result<()> {
        self.replace(item(intent)?, expected).await
    }

    /// Every intent of an alert, in the order of what they tell.
    pub async fn intents_of(&self, tenant: TenantId, alert: AlertId) -> Result<Vec<Intent>> {
        let mut intents = self
            .query::<Intent>(Query::of(keys::tenant_partition(tenant), keys::intents_of(alert)).consistent())
            .await?
            .items;
        intents.sort_by_key(|intent| (intent.number, intent.channel));
        Ok(intents)
    }

    /// Keys of what is due in one shard of the outbox, intents and mails, longest due first.
    pub async fn due(&self, shard: u32, now: Timestamp, limit: usize) -> Result<Vec<Key>> {
        let query = Query::of(keys::due_partition(shard), "").index().until(keys::sortable(now)).limit(limit);
        Ok(self.query(query).await?.items)
    }
}
