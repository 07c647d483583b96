//! One's own account: sessions, password, address, second factor.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![]
}
