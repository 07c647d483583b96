//! Exports of audit trails. While one is open it is in the outbox's index of what is due, where the sweeper finds it if
//! whoever wrote it died.

use platform_core::audit_export::AuditExport;
use platform_core::ids::{AuditExportId, TenantId};

use crate::{Item, Query, Result, Store, Transaction, keys};

fn item(export: &AuditExport) -> Result<Item> {
    let key = keys::audit_export(export.tenant, export.id);
    let item = Item::new(&key, export)?.expiring(export.created_at + AuditExport::REMEMBERED);
    Ok(match export.is_open() {
        true => item.indexed(keys::due_shard(export.tenant), keys::due_at(export.due, &key)),
        false => item,
    })
}

impl Transaction<'_> {
    /// Makes an export.
    pub fn create_audit_export(&mut self, export: &AuditExport) -> Result<()> {
        self.create(item(export)?);
        Ok(())
    }

    /// Removes an export.
    pub fn remove_audit_export(&mut self, export: &AuditExport) {
        self.take_at(&keys::audit_export(export.tenant, export.id), export.version);
    }
}

impl Store {
    /// A tenant's exports, oldest first.
    pub async fn audit_exports(&self, tenant: TenantId) -> Result<Vec<AuditExport>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::AUDIT_EXPORT).consistent()).await?.items)
    }

    /// An export.
    pub async fn audit_export(&self, tenant: TenantId, id: AuditExportId) -> Result<Option<AuditExport>> {
        self.get(&keys::audit_export(tenant, id)).await
    }

    /// Replaces an export that must be as it was read.
    pub async fn replace_audit_export(&self, export: &mut AuditExport) -> Result<()> {
        self.replace(export, item).await
    }
}
