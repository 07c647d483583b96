//! Seals of the audit trail: what its entries were when they were written.

use jiff::Timestamp;
use jiff::civil::Date;
use platform_core::audit::{AuditEntry, Seal};
use platform_core::ids::{AuditId, TenantId};

use crate::audit::month_of;
use crate::{Item, Page, Query, Result, Store, keys};

impl Store {
    /// An entry of a tenant's trail. Its time counts to the millisecond.
    pub async fn audit_entry(&self, tenant: TenantId, at: Timestamp, id: AuditId) -> Result<Option<AuditEntry>> {
        self.get(&keys::audit(tenant, at, id)).await
    }

    /// The newest seal of a month.
    pub async fn last_seal(&self, tenant: TenantId, month: Date) -> Result<Option<Seal>> {
        let query = Query::of(keys::audit_partition(tenant, month), keys::SEAL).descending().limit(1).consistent();
        Ok(self.query(query).await?.items.pop())
    }

    /// Adds a seal to the chain of its entry's month. It is a conflict if there is one with its number: then another was
    /// added since, and this one is to be made anew.
    pub async fn add_seal(&self, seal: &Seal) -> Result<()> {
        let key = keys::seal(seal.tenant, month_of(seal.entry_at), seal.number);
        self.create(Item::new(&key, seal)?).await
    }

    /// A page of a month's seals, in their order.
    pub async fn seals(
        &self,
        tenant: TenantId,
        month: Date,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Seal>> {
        let query = Query::of(keys::audit_partition(tenant, month), keys::SEAL).after(after).limit(limit).consistent();
        self.query(query).await
    }
}
