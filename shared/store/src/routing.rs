//! Routes of alerts. That there are any is noted among the rules, so that whoever evaluates these reads nothing more where there
//! are none, and nothing but that where nobody is told.

use platform_core::ids::{AlertRouteId, TenantId};
use platform_core::routing::AlertRoute;
use serde::{Deserialize, Serialize};

use crate::{Item, Query, Result, Store, Transaction, keys};

/// That a tenant has routes.
#[derive(Debug, Serialize, Deserialize)]
struct Routed {}

fn item(route: &AlertRoute) -> Result<Item> {
    Item::new(&keys::alert_route(route.tenant, route.id), route)
}

impl Transaction<'_> {
    /// Makes a route. Whoever does must have counted the others with a pass.
    pub fn create_alert_route(&mut self, route: &AlertRoute) -> Result<()> {
        self.create(item(route)?);
        self.put(Item::new(&keys::routed(route.tenant), &Routed {})?);
        Ok(())
    }

    /// Replaces a route that must be as it was read.
    pub fn replace_alert_route(&mut self, route: &mut AlertRoute) -> Result<()> {
        self.replace(route, item)
    }

    /// Removes a route, which must be as it was read; `is_last` if there is no other, which must have been counted with a pass.
    pub fn remove_alert_route(&mut self, route: &AlertRoute, is_last: bool) {
        self.take_at(&keys::alert_route(route.tenant, route.id), route.version);
        if is_last {
            self.delete(&keys::routed(route.tenant));
        }
    }
}

impl Store {
    /// A tenant's routes, oldest first.
    pub async fn alert_routes(&self, tenant: TenantId) -> Result<Vec<AlertRoute>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::ALERT_ROUTE).consistent()).await?.items)
    }

    /// A route.
    pub async fn alert_route(&self, tenant: TenantId, route: AlertRouteId) -> Result<Option<AlertRoute>> {
        self.get(&keys::alert_route(tenant, route)).await
    }
}
