//! The audit trail. Entries are written in the transaction of what they tell.

use platform_core::audit::AuditEntry;

use crate::{Item, Result, Transaction, keys};

impl Transaction<'_> {
    /// Writes an entry with the rest.
    pub fn audit(&mut self, entry: &AuditEntry) -> Result<()> {
        self.create(Item::new(&keys::audit(entry.tenant, entry.at, entry.id), entry)?);
        Ok(())
    }
}
