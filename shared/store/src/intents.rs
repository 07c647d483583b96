//! The outbox: notification intents, waiting and done.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use platform_core::alert::Alert;
use platform_core::ids::{AlertId, TenantId};
use platform_core::intent::{Intent, IntentStatus};

use serde::Deserialize;

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Page, Query, Result, Store, Transaction, keys};

/// An item of the outbox that is due.
#[derive(Debug, Clone, Deserialize)]
pub struct Due {
    /// Which.
    #[serde(flatten)]
    pub key: Key,
    /// Its place in the index.
    #[serde(rename = "gsi1sk")]
    place: String,
}

impl Transaction<'_> {
    /// Replaces an intent that must be as it was read.
    pub fn replace_intent(&mut self, intent: &mut Intent) -> Result<()> {
        self.replace(intent, item)
    }

    /// Adds an intent to the outbox and enters it into the log of deliveries: two writes. Conflicts if the transition was
    /// already told on this channel.
    pub fn create_intent(&mut self, intent: &Intent) -> Result<()> {
        self.create(item(intent)?);
        self.log_delivery(intent)
    }
}

/// Intents that wait are in the index by the time they are due.
fn item(intent: &Intent) -> Result<Item> {
    let key = keys::intent(intent.tenant, &intent.key);
    let item = Item::new(&key, intent)?;
    let item = match intent.expires_at {
        Some(at) => item.expiring(at),
        None => item,
    };
    Ok(match intent.status {
        IntentStatus::Pending => item.indexed(keys::due_shard(intent.tenant), keys::due_at(intent.due, &key)),
        IntentStatus::Delivered | IntentStatus::Failed | IntentStatus::Held | IntentStatus::Superseded => item,
    })
}

impl Store {
    /// An intent.
    pub async fn intent(&self, tenant: TenantId, key: &str) -> Result<Option<Intent>> {
        self.get(&keys::intent(tenant, key)).await
    }

    /// Replaces an intent that must be as it was read.
    pub async fn replace_intent(&self, intent: &mut Intent) -> Result<()> {
        self.replace(intent, item).await
    }

    /// Every intent of an alert, in the order of what they tell.
    pub async fn intents_of(&self, tenant: TenantId, alert: AlertId) -> Result<Vec<Intent>> {
        let mut intents = self
            .query::<Intent>(Query::of(keys::tenant_partition(tenant), keys::intents_of(alert)).consistent())
            .await?
            .items;
        intents.sort_by_key(|intent| (intent.number, intent.route));
        Ok(intents)
    }

    /// The intents of a run of alerts that follow each other in age, of those from `oldest` to `newest`; `None` if there
    /// are more than so many.
    pub async fn intents_between(
        &self,
        tenant: TenantId,
        oldest: AlertId,
        newest: AlertId,
        most: usize,
    ) -> Result<Option<Vec<Intent>>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::intents_of(oldest));
        let query = query.until(format!("{}~", keys::intents_of(newest))).consistent().limit(most);
        let page = self.query::<Intent>(query).await?;
        let mut intents = page.items;
        intents.sort_by_key(|intent| (intent.alert, intent.number, intent.route));
        Ok(page.next.is_none().then_some(intents))
    }

    /// The intents of the latest rows of alerts' history, so many rows of each.
    pub async fn latest_intents(
        &self,
        tenant: TenantId,
        alerts: &[Alert],
        rows: impl Fn(&Alert) -> u32,
    ) -> Result<Vec<Intent>> {
        let of = |alert: &Alert| {
            let rows = alert.history.saturating_sub(rows(alert))..alert.history;
            rows.flat_map(|number| alert.told_on().map(move |route| (number, route))).collect::<Vec<_>>()
        };
        let keys = alerts.iter().flat_map(|alert| {
            of(alert).into_iter().map(|(number, route)| keys::intent(tenant, &Intent::key(alert.id, number, route)))
        });
        let items = self.get_many_raw(&keys.collect::<Vec<_>>()).await?;
        let mut intents = items.into_iter().map(decode).collect::<Result<Vec<Intent>>>()?;
        intents.sort_by_key(|intent| (intent.alert, intent.number, intent.route));
        Ok(intents)
    }

    /// A page of what is due in one shard of the outbox: intents, mails and summaries, longest due first.
    pub async fn due(&self, shard: u32, now: Timestamp, after: Option<String>, limit: usize) -> Result<Page<Due>> {
        let query = Query::of(keys::due_partition(shard), "").index().until(keys::due_until(now));
        self.query(query.after(after).limit(limit)).await
    }

    /// Drops items of the outbox for good.
    pub async fn drop_due(&self, found: Vec<Due>) -> Result<()> {
        self.write_many(Vec::new(), found.into_iter().map(|due| due.key).collect()).await
    }

    /// Notes that an item of the outbox is in a queue, so that the next sweeps leave it there. Whether it still was due as
    /// it was found; if not, somebody has it.
    pub async fn note_queued(&self, found: &Due, until: Timestamp) -> Result<bool> {
        let queued = self.update(&found.key, |request| {
            request
                .update_expression("SET due = :due, gsi1sk = :next ADD version :one")
                .condition_expression("gsi1sk = :found")
                .expression_attribute_values(":due", AttributeValue::S(until.to_string()))
                .expression_attribute_values(":next", AttributeValue::S(keys::due_at(until, &found.key)))
                .expression_attribute_values(":found", AttributeValue::S(found.place.clone()))
                .expression_attribute_values(":one", AttributeValue::N("1".into()))
        });
        Ok(queued.await?.is_ok())
    }
}
