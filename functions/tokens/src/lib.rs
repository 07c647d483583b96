//! API tokens: for scripts and other programs.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod create;
mod list;
mod revoke;
mod view;

use platform_core::access::Permission;
use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

/// The endpoints of this area. For people only: a token must not make another, or outlive itself.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list, Access::PersonWith(Permission::TokensWrite)),
        endpoint!(create, Access::PersonWith(Permission::TokensWrite)),
        endpoint!(revoke, Access::PersonWith(Permission::TokensWrite)),
    ]
}
