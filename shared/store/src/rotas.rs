//! Rotas of who is on call.

use platform_core::ids::{RotaId, TenantId};
use platform_core::rota::Rota;

use crate::{Item, Query, Result, Store, Transaction, keys};

fn item(rota: &Rota) -> Result<Item> {
    Item::new(&keys::rota(rota.tenant, rota.id), rota)
}

impl Transaction<'_> {
    /// Makes a rota.
    pub fn create_rota(&mut self, rota: &Rota) -> Result<()> {
        self.create(item(rota)?);
        Ok(())
    }

    /// Replaces a rota that must be as it was read.
    pub fn replace_rota(&mut self, rota: &mut Rota) -> Result<()> {
        self.replace(rota, item)
    }

    /// Removes a rota, which must be as it was read.
    pub fn remove_rota(&mut self, rota: &Rota) {
        self.take_at(&keys::rota(rota.tenant, rota.id), rota.version);
    }

    /// The rota must be there.
    pub fn require_rota(&mut self, tenant: TenantId, rota: RotaId) {
        self.require(&keys::rota(tenant, rota));
    }
}

impl Store {
    /// A tenant's rotas, oldest first.
    pub async fn rotas(&self, tenant: TenantId) -> Result<Vec<Rota>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::ROTA).consistent()).await?.items)
    }

    /// A rota.
    pub async fn rota(&self, tenant: TenantId, rota: RotaId) -> Result<Option<Rota>> {
        self.get(&keys::rota(tenant, rota)).await
    }
}
