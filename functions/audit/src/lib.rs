//! The audit trail.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod chain;
mod export;
mod export_seals;
pub mod exported;
mod file;
mod list;
mod seal;
mod summary;
mod trail;
mod verify;

use platform_core::access::Permission;
use platform_http::needs::{API_TIMEOUT, GET, PUT, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::{Endpoint, Job};
use platform_store::feed::{Interest, Topic};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::AuditRead);
    let of_the_trail = || needs().tenant(GET | QUERY);
    vec![
        endpoint!(list, read, of_the_trail()),
        endpoint!(summary, read, of_the_trail().memory(512).timeout(API_TIMEOUT)),
        endpoint!(export, read, of_the_trail()),
        endpoint!(export_seals, read, of_the_trail()),
        endpoint!(verify, read, of_the_trail().memory(1024).timeout(API_TIMEOUT)),
    ]
}

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![Job::on_change(
        "sealAudit",
        Interest::in_new(&[Topic::AUDIT]),
        seal::run,
        needs().tenant(GET | QUERY | PUT).timeout(30),
    )]
}
