//! Signing in and out, and the first set-up.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod login;
mod logout;
mod profile;
mod refresh;
mod setup;
mod setup_status;
mod switch_tenant;

use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(login, Access::Public),
        endpoint!(refresh, Access::Public),
        endpoint!(logout, Access::Session),
        endpoint!(profile, Access::Member),
        endpoint!(switch_tenant, Access::Session),
        endpoint!(setup_status, Access::Public),
        endpoint!(setup, Access::Public),
    ]
}
