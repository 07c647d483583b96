//! The log of deliveries: every intent, newest first.
//!
//! Intents lie under their alerts, which is where senders look for them; a reminder of an old alert lies among what is old.
//! So each has an entry in the order in which they were made, written with it and never again: how a delivery stands is
//! read from the intent. `docs/adr/0036-deliveries.md` says why.

use std::collections::HashMap;

use jiff::Timestamp;
use platform_core::alert::AlertEvent;
use platform_core::channel::{Channel, Route};
use platform_core::ids::{AlertId, ChannelId, RuleId, TenantId};
use platform_core::intent::{Intent, IntentStatus};
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Page, Query, Result, Store, Transaction, keys};

/// Which deliveries are wanted. What is empty or absent wants all.
#[derive(Debug, Clone, Default)]
pub struct DeliveryFilter {
    /// That stand so.
    pub statuses: Vec<IntentStatus>,
    /// On one of these channels.
    pub channels: Vec<Channel>,
    /// That tell of one of these steps.
    pub events: Vec<AlertEvent>,
    /// On this channel of the tenant.
    pub channel: Option<ChannelId>,
    /// Of this rule.
    pub rule: Option<RuleId>,
    /// Of this alert.
    pub alert: Option<AlertId>,
    /// Made then or later.
    pub from: Option<Timestamp>,
    /// Made before, to the millisecond.
    pub to: Option<Timestamp>,
}

/// What the log knows of an intent before it is read.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    intent: String,
    made: Timestamp,
    #[serde(rename = "channel")]
    route: Route,
    rule: RuleId,
}

impl DeliveryFilter {
    /// Whether every entry of its time is wanted.
    pub fn is_whole(&self) -> bool {
        self.statuses.is_empty()
            && self.channels.is_empty()
            && self.events.is_empty()
            && self.channel.is_none()
            && self.rule.is_none()
            && self.alert.is_none()
    }

    fn of_route_and_rule(&self, route: Route, rule: RuleId) -> bool {
        (self.channels.is_empty() || self.channels.contains(&route.channel))
            && self.channel.is_none_or(|wanted| route.of == Some(wanted))
            && self.rule.is_none_or(|wanted| wanted == rule)
    }

    fn wants(&self, intent: &Intent) -> bool {
        self.of_route_and_rule(intent.route, intent.rule)
            && (self.statuses.is_empty() || self.statuses.contains(&intent.status))
            && (self.events.is_empty() || self.events.contains(&intent.event))
    }

    /// The places that its time begins and ends at.
    fn span(&self) -> (String, String) {
        (self.from.map(keys::sortable).unwrap_or_default(), self.to.map_or("~".to_owned(), keys::sortable))
    }
}

/// Entries read at once where not all are wanted.
const ENTRIES: usize = 500;
/// How often a page reads on when too few of the entries are wanted. After that it is short, and says where it ended.
const ROUNDS: usize = 10;

impl Transaction<'_> {
    /// Enters an intent into the log. It is kept as long as the intent.
    pub(crate) fn log_delivery(&mut self, intent: &Intent) -> Result<()> {
        let made = intent.created_at;
        let entry = Entry { intent: intent.key.clone(), made, route: intent.route, rule: intent.rule };
        let item = Item::new(&keys::delivery(intent.tenant, made, &intent.key), &entry)?;
        self.put(match intent.expires_at {
            Some(at) => item.expiring(at),
            None => item,
        });
        Ok(())
    }
}

fn place(intent: &Intent) -> String {
    keys::delivery_place(intent.created_at, &intent.key)
}

impl Store {
    /// A page of a tenant's deliveries, newest first, after a place. It may be short, or even empty, though there are more:
    /// then it says where to go on.
    pub async fn deliveries(
        &self,
        tenant: TenantId,
        filter: &DeliveryFilter,
        mut after: Option<String>,
        limit: usize,
    ) -> Result<Page<Intent>> {
        if let Some(alert) = filter.alert {
            return self.deliveries_of(tenant, alert, filter, after, limit).await;
        }
        let (low, high) = filter.span();
        let mut items: Vec<Intent> = Vec::new();
        for _ in 0..ROUNDS {
            let query = Query::of(keys::tenant_partition(tenant), format!("{}{low}", keys::DELIVERY));
            let query = query.until(format!("{}{high}", keys::DELIVERY)).descending().consistent();
            let query = query.after(after.map(|place| format!("{}{place}", keys::DELIVERY)));
            let page: Page<Entry> = self.query(query.limit(if filter.is_whole() { limit } else { ENTRIES })).await?;
            let read = page.items.into_iter().filter(|entry| filter.of_route_and_rule(entry.route, entry.rule));
            for intent in self.intents_in(tenant, &read.collect::<Vec<_>>()).await? {
                if !filter.wants(&intent) {
                    continue;
                }
                if items.len() == limit {
                    let next = items.last().map(place);
                    return Ok(Page { items, next });
                }
                items.push(intent);
            }
            after = page.next.map(|sort| sort.trim_start_matches(keys::DELIVERY).to_owned());
            if after.is_none() || items.len() == limit {
                break;
            }
        }
        Ok(Page { items, next: after })
    }

    /// The intents of some entries, in their order.
    async fn intents_in(&self, tenant: TenantId, entries: &[Entry]) -> Result<Vec<Intent>> {
        let wanted: Vec<Key> = entries.iter().map(|entry| keys::intent(tenant, &entry.intent)).collect();
        let read = self.get_many_raw(&wanted).await?.into_iter().map(decode::<Intent>);
        let mut intents: HashMap<String, Intent> =
            read.map(|intent| intent.map(|intent| (intent.key.clone(), intent))).collect::<Result<_>>()?;
        Ok(entries.iter().filter_map(|entry| intents.remove(&entry.intent)).collect())
    }

    /// Those of one alert lie together.
    async fn deliveries_of(
        &self,
        tenant: TenantId,
        alert: AlertId,
        filter: &DeliveryFilter,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Intent>> {
        let (low, high) = filter.span();
        let is_between =
            |place: &str| *place >= *low && *place < *high && after.as_deref().is_none_or(|after| *place < *after);
        let mut items = self.intents_of(tenant, alert).await?;
        items.retain(|intent| filter.wants(intent) && is_between(&place(intent)));
        items.sort_by_cached_key(|intent| std::cmp::Reverse(place(intent)));
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().map(place).filter(|_| more);
        Ok(Page { items, next })
    }
}
