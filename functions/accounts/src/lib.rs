//! Connecting NetBird accounts, and how reading them goes.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod connection;
mod create;
mod delete;
mod get;
mod hold;
mod list;
mod pause;
mod resume;
mod sync_now;
mod syncs;
mod test;
mod update;
mod view;

use platform_core::access::Permission;
use platform_http::needs::{API_TIMEOUT, DELETE, GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_runtime::queue::Queue;
use platform_store::watch::Resource;

pub use create::{NewAccount, connect};
pub use view::{StatusReasonView, api_status};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(get, Access::Permission(Permission::AccountsRead), needs().tenant(QUERY)).of(Resource::Account),
        endpoint!(list, Access::Permission(Permission::AccountsRead), needs().tenant(QUERY)),
        endpoint!(syncs, Access::Permission(Permission::AccountsRead), needs().tenant(GET | QUERY)),
        endpoint!(
            create,
            Access::Permission(Permission::AccountsWrite),
            needs().tenant(QUERY | PUT).registry(PUT).vault().queue(Queue::Sync).timeout(API_TIMEOUT)
        )
        .creates(),
        endpoint!(test, Access::Permission(Permission::AccountsWrite), needs().timeout(API_TIMEOUT)),
        endpoint!(
            update,
            Access::Permission(Permission::AccountsWrite),
            needs().tenant(GET | PUT).registry(PUT).vault().queue(Queue::Sync).timeout(API_TIMEOUT)
        )
        .of(Resource::Account),
        endpoint!(
            delete,
            Access::Permission(Permission::AccountsWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT | UPDATE | DELETE).registry(DELETE).deleted(PUT).index()
        )
        .of(Resource::Account),
        endpoint!(
            pause,
            Access::Permission(Permission::AccountsWrite),
            needs().tenant(GET | PUT).registry(PUT).queue(Queue::Evaluate)
        ),
        endpoint!(
            resume,
            Access::Permission(Permission::AccountsWrite),
            needs().tenant(GET | PUT).throttle(UPDATE).registry(PUT).queue(Queue::Sync)
        ),
        endpoint!(
            sync_now,
            Access::Permission(Permission::AccountsSync),
            needs().tenant(GET | PUT).throttle(UPDATE).registry(PUT).queue(Queue::Sync)
        ),
    ]
}
