//! The overview: what is wrong now, and how things stand.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod overview;

use platform_core::access::Permission;
use platform_http::needs::{GET_MANY, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!(overview, Access::Permission(Permission::DashboardRead), needs().tenant(GET_MANY | QUERY).index())]
}
