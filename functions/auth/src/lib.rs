//! Signing in and out, and the first set-up.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod accept_invitation;
mod forgot_password;
mod login;
mod logout;
mod profile;
mod refresh;
mod reset_password;
mod setup;
mod setup_status;
mod show_invitation;
mod sign_up;
mod switch_tenant;
mod update_profile;
mod verify_sign_up;

use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(login, Access::Public),
        endpoint!(refresh, Access::Public),
        endpoint!(logout, Access::Session),
        endpoint!(profile, Access::Member),
        endpoint!(switch_tenant, Access::Account),
        endpoint!(setup_status, Access::Public),
        endpoint!(setup, Access::Public),
        endpoint!(sign_up, Access::Public),
        endpoint!(verify_sign_up, Access::Public),
        endpoint!(forgot_password, Access::Public),
        endpoint!(reset_password, Access::Public),
        endpoint!(show_invitation, Access::Public),
        endpoint!(accept_invitation, Access::Public),
        endpoint!(update_profile, Access::Account),
    ]
}
