//! Connecting NetBird accounts, and how reading them goes.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod connection;
mod create;
mod delete;
mod get;
mod list;
mod sync_now;
mod test;
mod view;

use platform_core::access::Permission;
use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

pub use create::{NewAccount, connect};
pub use view::{StatusReasonView, api_status};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(get, Access::Permission(Permission::AccountsRead)),
        endpoint!(list, Access::Permission(Permission::AccountsRead)),
        endpoint!(create, Access::Permission(Permission::AccountsWrite)),
        endpoint!(test, Access::Permission(Permission::AccountsWrite)),
        endpoint!(delete, Access::Permission(Permission::AccountsWrite)),
        endpoint!(sync_now, Access::Permission(Permission::AccountsSync)),
    ]
}
