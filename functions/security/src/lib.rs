//! One's own account: sessions, password, address, second factor.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod begin_second_factor;
mod change_email;
mod change_password;
mod confirm_email;
mod disable_second_factor;
mod enable_second_factor;
mod list_sessions;
mod renew_recovery_codes;
mod revoke_other_sessions;
mod revoke_session;
mod write;

use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list_sessions, Access::Session),
        endpoint!(revoke_session, Access::Session),
        endpoint!(revoke_other_sessions, Access::Session),
        endpoint!(change_password, Access::Account),
        endpoint!(change_email, Access::Account),
        endpoint!(confirm_email, Access::Public),
        endpoint!(begin_second_factor, Access::Account),
        endpoint!(enable_second_factor, Access::Account),
        endpoint!(renew_recovery_codes, Access::Account),
        endpoint!(disable_second_factor, Access::Account),
    ]
}
