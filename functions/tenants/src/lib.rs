//! Tenants: making, changing, handing over and deleting them; roles.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod create;
mod delete;
mod get;
mod purge;
mod roles;
mod transfer;
mod update;
mod view;

use platform_core::access::Permission;
use platform_http::needs::{API_TIMEOUT, CHECK, DELETE, GET, GET_MANY, PUT, QUERY, UPDATE, WRITE_MANY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::{Endpoint, Job};
use platform_store::watch::Resource;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(create, Access::Account, needs().tenant(PUT).user(GET | PUT).throttle(UPDATE).index()).creates(),
        endpoint!(get, Access::Permission(Permission::TenantRead), needs().tenant(GET | QUERY)).of(Resource::Tenant),
        endpoint!(update, Access::Permission(Permission::TenantWrite), needs().tenant(GET | QUERY | PUT | UPDATE))
            .of(Resource::Tenant),
        endpoint!(
            delete,
            Access::AccountWith(Permission::TenantDelete),
            needs()
                .tenant(GET | QUERY | PUT | CHECK | WRITE_MANY | DELETE)
                .user(GET | PUT)
                .link(WRITE_MANY)
                .mail(PUT)
                .guesses()
                .slug(DELETE)
                .registry(WRITE_MANY)
                .deleted(PUT)
                .second_factors()
                .memory(1024)
                .timeout(API_TIMEOUT)
        ),
        endpoint!(
            transfer,
            Access::AccountWith(Permission::TenantTransfer),
            needs().tenant(GET | PUT).user(GET | PUT).mail(PUT).guesses().second_factors().memory(1024)
        ),
        endpoint!(roles, Access::Member, needs()),
    ]
}

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![Job::every_minute(
        "purgeTenants",
        purge::run,
        needs()
            .tenant(GET | GET_MANY | QUERY | PUT | UPDATE | WRITE_MANY | DELETE)
            .erases_trails()
            .user(GET | QUERY | PUT | WRITE_MANY | DELETE)
            .email(GET | QUERY | DELETE)
            .token(WRITE_MANY)
            .link(WRITE_MANY)
            .slug(DELETE)
            .registry(WRITE_MANY)
            .deleted(QUERY | PUT | DELETE)
            .index()
            .clears_files()
            .timeout(300),
    )]
}
