//! The audit trail.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod list;

use platform_core::access::Permission;
use platform_http::needs::{GET, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(list, Access::Permission(Permission::AuditRead), needs().tenant(GET | QUERY))]
}
