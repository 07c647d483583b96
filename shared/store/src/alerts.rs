//! Alerts and their history.
//!
//! Beside an alert lie entries by which lists find it: by status, by severity, by rule and by account. They and the
//! numbers of alerts ([`tally`](crate::tally)) are written by the transaction that writes the alert, so that a list reads
//! the alerts of its page and no others, and counts none. `docs/adr/0022-lists-of-alerts.md` says why.

use std::collections::{BTreeMap, BTreeSet};

use platform_core::alert::{Alert, AlertHistory, AlertStatus};
use platform_core::ids::{AccountId, AlertId, RuleId, TenantId};
use platform_core::rule::Severity;
use serde::{Deserialize, Serialize};

use crate::keys::{AlertList, Key};
use crate::operations::{Attributes, decode};
use crate::{Item, Page, Query, Result, Store, Transaction, keys};

/// Which alerts a list shows. What is empty or absent shows all.
#[derive(Debug, Clone, Default)]
pub struct AlertFilter {
    /// Of one of these.
    pub statuses: Vec<AlertStatus>,
    /// Of one of these.
    pub severities: Vec<Severity>,
    /// Of this rule.
    pub rule: Option<RuleId>,
    /// Of this account.
    pub account: Option<AccountId>,
}

/// What a list knows of an alert before it is read.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    alert: AlertId,
    status: AlertStatus,
    severity: Severity,
    rule: RuleId,
    account: AccountId,
}

impl AlertFilter {
    /// Whether it shows all.
    pub fn is_empty(&self) -> bool {
        self.statuses.is_empty() && self.severities.is_empty() && self.rule.is_none() && self.account.is_none()
    }

    /// Whether its [`lists`](Self::lists) hold nothing else.
    fn is_exact(&self) -> bool {
        let asked =
            [!self.statuses.is_empty(), !self.severities.is_empty(), self.rule.is_some(), self.account.is_some()];
        asked.into_iter().filter(|is_asked| *is_asked).count() == 1
    }

    fn wants(&self, entry: &Entry) -> bool {
        (self.statuses.is_empty() || self.statuses.contains(&entry.status))
            && (self.severities.is_empty() || self.severities.contains(&entry.severity))
            && self.rule.is_none_or(|rule| rule == entry.rule)
            && self.account.is_none_or(|account| account == entry.account)
    }

    /// The lists that together hold every alert that is wanted, and as few others as can be told beforehand.
    fn lists(&self) -> Vec<AlertList> {
        // Alerts that are not over are few, whatever else is asked for.
        let only_active = !self.statuses.is_empty() && self.statuses.iter().all(|status| status.is_active());
        let by_status = || self.statuses.iter().map(|status| AlertList::Status(*status)).collect();
        match (self.rule, self.account) {
            _ if only_active => by_status(),
            (Some(rule), _) => vec![AlertList::Rule(rule)],
            (None, Some(account)) => vec![AlertList::Account(account)],
            (None, None) if !self.severities.is_empty() => {
                self.severities.iter().map(|severity| AlertList::Severity(*severity)).collect()
            }
            (None, None) => by_status(),
        }
    }
}

/// Entries read of each list at once.
const ENTRIES: usize = 500;
/// How often a page reads on when too few of the entries are wanted. After that it is short, and says where it ended.
const ROUNDS: usize = 4;
/// How often it reads on when none is: who asks for critical alerts must not see an empty page in the outage that made
/// thousands of others.
const EMPTY_ROUNDS: usize = 40;

impl Transaction<'_> {
    /// Opens an alert with its first row of history.
    pub fn create_alert(&mut self, alert: &Alert, first: &AlertHistory) -> Result<()> {
        self.create(item(alert)?);
        self.list(alert)?;
        self.tally(alert, None);
        self.history(alert, first)
    }

    /// Replaces an alert and adds the row of history that says why.
    pub fn replace_alert(&mut self, alert: &mut Alert, row: &AlertHistory) -> Result<()> {
        self.replace(alert, item)?;
        let before = row.before.unwrap_or(alert.status);
        if before == alert.status {
            self.list_whole(alert)?;
        } else {
            self.delete(&keys::alert_entry(alert.tenant, AlertList::Status(before), alert.id));
            if !alert.status.is_active() {
                self.delete(&worst_entry(alert));
            }
            self.list(alert)?;
            self.tally(alert, Some(before));
        }
        self.history(alert, row)
    }

    /// Writes how an alert is now, of which nothing happened that its history tells.
    pub fn update_alert(&mut self, alert: &mut Alert) -> Result<()> {
        self.replace(alert, item)?;
        self.list_whole(alert)
    }

    /// Enters an alert into the lists that it belongs to.
    fn list(&mut self, alert: &Alert) -> Result<()> {
        let lists = [AlertList::Status(alert.status), AlertList::Severity(alert.severity), AlertList::Rule(alert.rule)];
        for list in lists {
            let item = Item::new(&keys::alert_entry(alert.tenant, list, alert.id), &Entry::of(alert))?;
            self.put(expiring(item, alert));
        }
        self.list_whole(alert)
    }

    /// Enters an alert into the lists of its account, whole: the overview of one account reads them without asking again.
    fn list_whole(&mut self, alert: &Alert) -> Result<()> {
        let mut places = vec![keys::alert_entry(alert.tenant, AlertList::Account(alert.account), alert.id)];
        if alert.status.is_active() {
            places.push(worst_entry(alert));
        }
        for key in places {
            let item = Item::new(&key, &Entry::of(alert))?.with(&key, alert)?;
            self.put(expiring(item, alert));
        }
        Ok(())
    }

    fn history(&mut self, alert: &Alert, row: &AlertHistory) -> Result<()> {
        let item = Item::new(&keys::history(alert.tenant, row.alert, row.number), row)?;
        self.create(item.expiring(alert.keep(row.at)));
        Ok(())
    }
}

impl Entry {
    fn of(alert: &Alert) -> Self {
        let Alert { id, status, severity, rule, account, .. } = alert;
        Self { alert: *id, status: *status, severity: *severity, rule: *rule, account: *account }
    }
}

/// It is forgotten with its alert.
fn expiring(item: Item, alert: &Alert) -> Item {
    match alert.expires_at {
        Some(at) => item.expiring(at),
        None => item,
    }
}

fn worst_entry(alert: &Alert) -> Key {
    keys::alert_entry_by_rank(alert.tenant, alert.account, alert.severity, alert.id)
}

/// Alerts that are not over are in the sparse index too, the worst first.
fn item(alert: &Alert) -> Result<Item> {
    let item = Item::new(&keys::alert(alert.tenant, alert.id), alert)?;
    Ok(match alert.expires_at {
        None => item.indexed(keys::active_alerts(alert.tenant), keys::alert_rank(alert.severity, alert.id)),
        Some(at) => item.expiring(at),
    })
}

impl Store {
    /// An alert.
    pub async fn alert(&self, tenant: TenantId, alert: AlertId) -> Result<Option<Alert>> {
        self.get(&keys::alert(tenant, alert)).await
    }

    /// Those of some alerts that are kept, by their ids.
    pub async fn alerts_by_id(&self, tenant: TenantId, ids: &BTreeSet<AlertId>) -> Result<BTreeMap<AlertId, Alert>> {
        let wanted: Vec<Key> = ids.iter().map(|id| keys::alert(tenant, *id)).collect();
        let alerts = self.get_many_raw(&wanted).await?.into_iter().map(decode::<Alert>);
        alerts.map(|alert| alert.map(|alert| (alert.id, alert))).collect()
    }

    /// A page of a tenant's alerts, newest first, after the alert that `after` names. It may be short, or even empty, though
    /// there are more: then it says where to go on.
    pub async fn alerts(
        &self,
        tenant: TenantId,
        filter: &AlertFilter,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Alert>> {
        let partition = keys::tenant_partition(tenant);
        if filter.is_empty() {
            let after = after.map(|id| format!("{}{id}", keys::ALERT));
            let query = Query::of(partition, keys::ALERT).descending().consistent().after(after).limit(limit);
            let page: Page<Alert> = self.query(query).await?;
            let next = page.next.map(|sort| sort.trim_start_matches(keys::ALERT).to_owned());
            return Ok(Page { items: page.items, next });
        }
        let (found, next) = self.entries(tenant, filter, after, limit).await?;
        let wanted: Vec<Key> = found.iter().map(|entry| keys::alert(tenant, entry.alert)).collect();
        let items = self.get_many_raw(&wanted).await?;
        let mut items = items.into_iter().map(decode).collect::<Result<Vec<Alert>>>()?;
        items.sort_by_key(|alert| std::cmp::Reverse(alert.id));
        Ok(Page { items, next })
    }

    /// The wanted entries after a place, newest first, at most so many, and where the next ones are.
    async fn entries(
        &self,
        tenant: TenantId,
        filter: &AlertFilter,
        mut after: Option<String>,
        limit: usize,
    ) -> Result<(Vec<Entry>, Option<String>)> {
        let lists = filter.lists();
        // What the lists hold beside what is wanted may be much.
        let enough = if filter.is_exact() { limit.saturating_add(1).clamp(1, ENTRIES) } else { ENTRIES };
        let mut found: Vec<Entry> = Vec::new();
        for round in 0..EMPTY_ROUNDS {
            if round >= ROUNDS && !found.is_empty() {
                break;
            }
            let reads = lists.iter().map(|list| {
                let prefix = keys::alert_list(*list);
                let after = after.as_ref().map(|id| format!("{prefix}{id}"));
                let query = Query::of(keys::tenant_partition(tenant), prefix).descending().consistent();
                self.query::<Entry>(query.after(after).limit(enough))
            });
            let pages = futures::future::try_join_all(reads).await?;
            // Beyond the newest place where one of the lists was left, that list's entries are not known yet.
            let left = pages.iter().filter(|page| page.next.is_some());
            let known_to = left.filter_map(|page| page.items.last().map(|entry| entry.alert)).max();
            let mut read: Vec<Entry> = pages.into_iter().flat_map(|page| page.items).collect();
            read.retain(|entry| known_to.is_none_or(|known| entry.alert >= known));
            read.sort_by_key(|entry| std::cmp::Reverse(entry.alert));
            // An alert may go from one list to another between two reads.
            read.dedup_by_key(|entry| entry.alert);
            found.extend(read.into_iter().filter(|entry| filter.wants(entry)));
            if found.len() > limit {
                found.truncate(limit);
                let last = found.last().map(|entry| entry.alert.to_string());
                return Ok((found, last));
            }
            after = known_to.map(|alert| alert.to_string());
            if after.is_none() {
                return Ok((found, None));
            }
        }
        Ok((found, after))
    }

    /// Every alert of a tenant that is not over, the worst first, and the oldest of those. May lag by a moment.
    pub async fn active_alerts(&self, tenant: TenantId) -> Result<Vec<Alert>> {
        Ok(self.query(Query::of(keys::active_alerts(tenant), "").index()).await?.items)
    }

    /// The worst of a tenant's alerts that are not over, and the oldest of those, at most so many; of one account, or of
    /// all. May lag by a moment.
    pub async fn worst_alerts(&self, tenant: TenantId, account: Option<AccountId>, limit: usize) -> Result<Vec<Alert>> {
        let Some(account) = account else {
            return Ok(self.query(Query::of(keys::active_alerts(tenant), "").index().limit(limit)).await?.items);
        };
        let query = Query::of(keys::tenant_partition(tenant), keys::alert_list(AlertList::Worst(account)));
        self.listed_whole(tenant, query.consistent().limit(limit)).await
    }

    /// The newest of a tenant's alerts, over or not, at most so many; of one account, or of all.
    pub async fn newest_alerts(
        &self,
        tenant: TenantId,
        account: Option<AccountId>,
        limit: usize,
    ) -> Result<Vec<Alert>> {
        let Some(account) = account else {
            return Ok(self.alerts(tenant, &AlertFilter::default(), None, limit).await?.items);
        };
        let query = Query::of(keys::tenant_partition(tenant), keys::alert_list(AlertList::Account(account)));
        self.listed_whole(tenant, query.descending().consistent().limit(limit)).await
    }

    /// The alerts of a list of an account, in its order. Entries from before they were whole are looked up.
    async fn listed_whole(&self, tenant: TenantId, query: Query) -> Result<Vec<Alert>> {
        let items = self.query_raw(query).await?.items;
        let is_whole = |item: &Attributes| item.contains_key("id");
        let bare = items.iter().filter(|item| !is_whole(item)).cloned().map(decode::<Entry>);
        let bare = bare.map(|entry| entry.map(|entry| entry.alert)).collect::<Result<BTreeSet<_>>>()?;
        let mut looked_up = match bare.is_empty() {
            true => BTreeMap::new(),
            false => self.alerts_by_id(tenant, &bare).await?,
        };
        let mut alerts = Vec::with_capacity(items.len());
        for item in items {
            if is_whole(&item) {
                alerts.push(decode(item)?);
            } else {
                let entry: Entry = decode(item)?;
                alerts.extend(looked_up.remove(&entry.alert));
            }
        }
        Ok(alerts)
    }

    /// The alerts of an account that are not over.
    pub async fn active_alerts_of(&self, tenant: TenantId, account: AccountId) -> Result<Vec<Alert>> {
        self.worst_alerts(tenant, Some(account), usize::MAX).await
    }

    /// An alert's history, from its beginning.
    pub async fn alert_history(&self, tenant: TenantId, alert: AlertId) -> Result<Vec<AlertHistory>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::history_of(alert)).consistent();
        Ok(self.query(query).await?.items)
    }

    /// A row of an alert's history.
    pub async fn alert_history_row(
        &self,
        tenant: TenantId,
        alert: AlertId,
        number: u32,
    ) -> Result<Option<AlertHistory>> {
        self.get(&keys::history(tenant, alert, number)).await
    }
}
