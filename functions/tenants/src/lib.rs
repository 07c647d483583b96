//! Tenants: making, changing, handing over and deleting them; roles.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod create;
mod delete;
mod get;
mod purge;
mod roles;
mod transfer;
mod update;
mod view;

use platform_core::access::Permission;
use platform_http::{Access, endpoint};
use platform_runtime::{Endpoint, Job};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(create, Access::Account),
        endpoint!(get, Access::Permission(Permission::TenantRead)),
        endpoint!(update, Access::Permission(Permission::TenantWrite)),
        endpoint!(delete, Access::AccountWith(Permission::TenantDelete)),
        endpoint!(transfer, Access::AccountWith(Permission::TenantTransfer)),
        endpoint!(roles, Access::Member),
    ]
}

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![Job::every_minute("purgeTenants", purge::run)]
}
