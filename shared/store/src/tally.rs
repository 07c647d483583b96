//! Numbers of alerts, kept by the transactions that write them: of the tenant, of each account and of each rule.
//!
//! Alerts that are not over are counted by account, and by rule and account, by status and severity: when a hundred
//! accounts of a tenant go down together, none waits for another's item, and the tenant's number is the sum of few. Those
//! that are over expire, all of one day at the same moment; they are counted by that day, in items that expire with them.
//! So the numbers tell at any moment what the lists hold, and nobody corrects them.

use std::collections::BTreeMap;

use platform_core::alert::{Alert, AlertStatus};
use platform_core::ids::{AccountId, TenantId};
use platform_core::rule::Severity;
use serde_json::Value;

use crate::alerts::AlertFilter;
use crate::keys::{Key, TallyOf};
use crate::{Query, Result, Store, Transaction, keys};

/// An item that counts, as it is stored.
type Numbers = BTreeMap<String, Value>;

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

    fn add(&mut self, item: &Numbers, statuses: &[AlertStatus]) {
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
        let mut active = Vec::new();
        if let Some(before) = before.filter(|before| before.is_active()) {
            active.push((name(before, alert.severity), -1));
        }
        let one = (name(alert.status, alert.severity), 1);
        match alert.expires_at {
            None => active.push(one),
            Some(at) => {
                for of in [TallyOf::Tenant, TallyOf::Account(alert.account), TallyOf::Rule(alert.rule)] {
                    self.add(&keys::tally_day(alert.tenant, of, at), std::slice::from_ref(&one), Some(at));
                }
            }
        }
        if !active.is_empty() {
            self.add(&keys::active_of_account(alert.tenant, alert.account), &active, None);
            self.add(&keys::active_of_rule(alert.tenant, alert.rule, alert.account), &active, None);
        }
    }
}

impl Store {
    /// How many alerts a list shows in all, if that is known without reading them.
    pub async fn count_alerts(&self, tenant: TenantId, filter: &AlertFilter) -> Result<Option<usize>> {
        let over = match (filter.rule, filter.account) {
            _ if !filter.statuses.is_empty() && !filter.statuses.contains(&AlertStatus::Resolved) => None,
            (None, None) => Some(TallyOf::Tenant),
            (Some(rule), None) => Some(TallyOf::Rule(rule)),
            (None, Some(account)) => Some(TallyOf::Account(account)),
            (Some(_), Some(_)) => return Ok(None),
        };
        let over = async {
            match over {
                Some(of) => self.tallies(tenant, keys::tally_days(of)).await,
                None => Ok(Vec::new()),
            }
        };
        let active = async {
            match (filter.rule, filter.account) {
                (None, None) => self.tallies(tenant, keys::ACTIVE_BY_ACCOUNT.to_owned()).await,
                (Some(rule), None) => self.tallies(tenant, keys::active_by_rule(rule)).await,
                (None, Some(account)) => self.tally_at(keys::active_of_account(tenant, account)).await,
                (Some(rule), Some(account)) => self.tally_at(keys::active_of_rule(tenant, rule, account)).await,
            }
        };
        let (active, over) = futures::future::try_join(active, over).await?;
        let mut tally = Tally::default();
        for item in &active {
            tally.add(item, AlertStatus::ACTIVE);
        }
        for item in &over {
            tally.add(item, &[AlertStatus::Resolved]);
        }
        Ok(Some(tally.count(&filter.statuses, &filter.severities)))
    }

    /// How many alerts are not over: of the tenant, and of each account that had any.
    pub async fn active_tallies(&self, tenant: TenantId) -> Result<(Tally, BTreeMap<AccountId, Tally>)> {
        let (mut all, mut accounts) = (Tally::default(), BTreeMap::new());
        for item in self.tallies(tenant, keys::ACTIVE_BY_ACCOUNT.to_owned()).await? {
            all.add(&item, AlertStatus::ACTIVE);
            let account = item.get("sk").and_then(Value::as_str).and_then(keys::account_of_active);
            if let Some(account) = account {
                accounts.entry(account).or_insert_with(Tally::default).add(&item, AlertStatus::ACTIVE);
            }
        }
        Ok((all, accounts))
    }

    /// How many of an account's alerts are not over.
    pub(crate) async fn active_tally(&self, tenant: TenantId, account: AccountId) -> Result<Tally> {
        let mut tally = Tally::default();
        for item in self.tally_at(keys::active_of_account(tenant, account)).await? {
            tally.add(&item, AlertStatus::ACTIVE);
        }
        Ok(tally)
    }

    async fn tallies(&self, tenant: TenantId, prefix: String) -> Result<Vec<Numbers>> {
        let query = Query::of(keys::tenant_partition(tenant), prefix).consistent();
        Ok(self.query::<Numbers>(query).await?.items)
    }

    async fn tally_at(&self, key: Key) -> Result<Vec<Numbers>> {
        Ok(self.get::<Numbers>(&key).await?.into_iter().collect())
    }
}
