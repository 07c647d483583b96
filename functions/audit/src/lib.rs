//! The audit trail.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod export;
mod file;
mod list;
mod summary;
mod trail;

use platform_core::access::Permission;
use platform_http::needs::{API_TIMEOUT, GET, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::AuditRead);
    let of_the_trail = || needs().tenant(GET | QUERY);
    vec![
        endpoint!(list, read, of_the_trail()),
        endpoint!(summary, read, of_the_trail().memory(512).timeout(API_TIMEOUT)),
        endpoint!(export, read, of_the_trail()),
    ]
}
