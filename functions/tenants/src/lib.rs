//! Tenants: making, changing, handing over and deleting them; roles.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

use platform_runtime::{Endpoint, Job};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![]
}

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![]
}
