//! Numbers of alerts, kept by the transactions that write them: of the tenant, of each account and of each rule.
//!
//! Alerts that are not over are counted in one item of each, by status and severity. Those that are over expire, all of
//! one day at the same moment; they are counted by that day, in items that expire with them. So the numbers tell at any
//! moment what the lists hold, and nobody corrects them.

use std::collections::BTreeMap;

use platform_core::alert::{Alert, AlertStatus};
use platform_core::ids::{AccountId, TenantId};
use platform_core::rule::Severity;
use serde_json::Value;

use crate::alerts::AlertFilter;
use crate::keys::TallyOf;
use crate::{Query, Result, Store, Transaction, keys};

/// How many alerts there are, by status and severity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(AlertStatus, Severity), u64>);

impl Tally {
    /// How many there are of one of these, and of one of those; of all where there are none.
    pub fn count(&self, statuses: &[AlertStatus], severities: &[Severity]) -> usize {
        let wanted = self.0.iter().filter(|((status, severity), _)| {
            (statuses.is_empty() || statuses.contains(status))
                && (severities.is_empty() || severities.contains(severity))
        });
        usize::try_from(wanted.map(|(_, count)| count).sum::<u64>()).unwrap_or(usize::MAX)
    }

    fn add(&mut self, item: &BTreeMap<String, Value>, statuses: &[AlertStatus]) {
        for status in statuses {
            for severity in Severity::ALL {
                let count = item.get(&name(*status, *severity)).and_then(Value::as_u64).unwrap_or(0);
                *self.0.entry((*status, *severity)).or_default() += count;
            }
        }
    }
}

/// The attribute that counts them.
fn name(status: AlertStatus, severity: Severity) -> String {
    format!("{}_{}", status.name(), severity.name())
}

impl Transaction<'_> {
    /// Counts an alert that was made, or that had another status before.
    pub(crate) fn tally(&mut self, alert: &Alert, before: Option<AlertStatus>) {
        for of in [TallyOf::Tenant, TallyOf::Account(alert.account), TallyOf::Rule(alert.rule)] {
            let active = keys::tally_active(alert.tenant, of);
            let mut changes = Vec::new();
            if let Some(before) = before.filter(|before| before.is_active()) {
                changes.push((name(before, alert.severity), -1));
            }
            match alert.expires_at {
                None => changes.push((name(alert.status, alert.severity), 1)),
                Some(at) => {
                    let day = keys::tally_day(alert.tenant, of, at);
                    self.add(&day, &[(name(alert.status, alert.severity), 1)], Some(at));
                }
            }
            if !changes.is_empty() {
                self.add(&active, &changes, None);
            }
        }
    }
}

impl Store {
    /// How many alerts a list shows in all, if that is known without reading them.
    pub async fn count_alerts(&self, tenant: TenantId, filter: &AlertFilter) -> Result<Option<usize>> {
        let of = match (filter.rule, filter.account) {
            (None, None) => TallyOf::Tenant,
            (Some(rule), None) => TallyOf::Rule(rule),
            (None, Some(account)) => TallyOf::Account(account),
            (Some(_), Some(_)) => return Ok(None),
        };
        let wants_over = filter.statuses.is_empty() || filter.statuses.contains(&AlertStatus::Resolved);
        let key = keys::tally_active(tenant, of);
        let active = self.get::<BTreeMap<String, Value>>(&key);
        let over = async {
            let days = Query::of(keys::tenant_partition(tenant), keys::tally_days(of)).consistent();
            if wants_over {
                self.query::<BTreeMap<String, Value>>(days).await.map(|page| page.items)
            } else {
                Ok(Vec::new())
            }
        };
        let (active, over) = futures::future::try_join(active, over).await?;
        let mut tally = Tally::default();
        if let Some(item) = &active {
            tally.add(item, AlertStatus::ACTIVE);
        }
        for item in &over {
            tally.add(item, &[AlertStatus::Resolved]);
        }
        Ok(Some(tally.count(&filter.statuses, &filter.severities)))
    }

    /// How many alerts are not over: of the tenant, and of each account that had any.
    pub async fn active_tallies(&self, tenant: TenantId) -> Result<(Tally, BTreeMap<AccountId, Tally>)> {
        let query = Query::of(keys::tenant_partition(tenant), keys::TALLY_ACTIVE);
        let (mut all, mut accounts) = (Tally::default(), BTreeMap::new());
        for item in self.query::<BTreeMap<String, Value>>(query).await?.items {
            let Some(sort) = item.get("sk").and_then(Value::as_str) else { continue };
            match keys::tally_of(sort) {
                Some(TallyOf::Tenant) => all.add(&item, AlertStatus::ACTIVE),
                Some(TallyOf::Account(account)) => {
                    accounts.entry(account).or_insert_with(Tally::default).add(&item, AlertStatus::ACTIVE);
                }
                Some(TallyOf::Rule(_)) | None => {}
            }
        }
        Ok((all, accounts))
    }
}
