//! Alerts and their history.

use platform_core::alert::{Alert, AlertHistory};
use platform_core::ids::{AlertId, TenantId};

use crate::{Item, Page, Query, Result, Store, Transaction, keys};

impl Transaction<'_> {
    /// Opens an alert with its first row of history.
    pub fn create_alert(&mut self, alert: &Alert, first: &AlertHistory) -> Result<()> {
        self.create(item(alert)?);
        self.history(alert.tenant, first)
    }

    /// Replaces an alert and adds the row of history that says why.
    pub fn replace_alert(&mut self, alert: &mut Alert, row: &AlertHistory) -> Result<()> {
        self.replace(alert, item)?;
        self.history(alert.tenant, row)
    }

    fn history(&mut self, tenant: TenantId, row: &AlertHistory) -> Result<()> {
        self.create(Item::new(&keys::history(tenant, row.alert, row.number), row)?);
        Ok(())
    }
}

/// Alerts that are not over are in the sparse index too.
fn item(alert: &Alert) -> Result<Item> {
    let key = keys::alert(alert.tenant, alert.id);
    let item = Item::new(&key, alert)?;
    Ok(if alert.status.is_active() { item.indexed(keys::active_alerts(alert.tenant), key.sk) } else { item })
}

impl Store {
    /// An alert.
    pub async fn alert(&self, tenant: TenantId, alert: AlertId) -> Result<Option<Alert>> {
        self.get(&keys::alert(tenant, alert)).await
    }

    /// A page of a tenant's alerts, newest first, after the alert that `after` names.
    pub async fn alerts(&self, tenant: TenantId, after: Option<String>, limit: usize) -> Result<Page<Alert>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::ALERT).descending().consistent();
        self.query(query.after(after).limit(limit)).await
    }

    /// How many alerts a tenant has.
    pub async fn count_alerts(&self, tenant: TenantId) -> Result<usize> {
        self.count(Query::of(keys::tenant_partition(tenant), keys::ALERT)).await
    }

    /// Every alert of a tenant that is not over, newest first. May lag by a moment.
    pub async fn active_alerts(&self, tenant: TenantId) -> Result<Vec<Alert>> {
        Ok(self.query(Query::of(keys::active_alerts(tenant), keys::ALERT).index().descending()).await?.items)
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
