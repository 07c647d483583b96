//! Members of a tenant and invitations.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod delete;
mod invite;
mod leave;
mod list;
mod resend;
mod rules;
mod update;
mod view;

use platform_core::access::Permission;
use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list, Access::Permission(Permission::UsersRead)),
        endpoint!(invite, Access::Permission(Permission::UsersWrite)),
        endpoint!(update, Access::Permission(Permission::UsersWrite)),
        endpoint!(delete, Access::Permission(Permission::UsersWrite)),
        endpoint!(leave, Access::Session),
        endpoint!(resend, Access::Permission(Permission::UsersWrite)),
    ]
}
