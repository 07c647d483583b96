//! The overview: what is wrong now, and how things stand. History in numbers, trends, and a tenant's own metrics.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod breakdown;
mod delete_own;
mod greatest;
mod history;
mod list_own;
mod metrics;
mod overview;
mod own_series;
mod push_own;
mod query_metrics;
mod query_trends;
mod trend;
mod trend_hours;
mod trends;

use platform_core::access::Permission;
use platform_http::needs::{GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    const READ: Access = Access::Permission(Permission::DashboardRead);
    vec![
        endpoint!(overview, READ, needs().tenant(GET_MANY | QUERY).index()),
        endpoint!(metrics, READ, needs().tenant(GET | GET_MANY | QUERY).memory(512)),
        endpoint!(query_metrics, READ, needs().tenant(GET | GET_MANY | QUERY).memory(512)),
        endpoint!(
            push_own,
            Access::Permission(Permission::MetricsWrite),
            needs().tenant(GET_MANY | QUERY | PUT).throttle(UPDATE)
        )
        .creates(),
        endpoint!(list_own, READ, needs().tenant(GET_MANY | QUERY)),
        endpoint!(delete_own, Access::Permission(Permission::MetricsWrite), needs().tenant(GET_MANY | QUERY | PUT)),
        endpoint!(trends, READ, needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(query_trends, READ, needs().tenant(GET_MANY | QUERY).memory(512)),
    ]
}
