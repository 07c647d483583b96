//! The audit trail.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod chain;
mod create_export;
mod delete_export;
mod export;
mod export_seals;
mod export_view;
pub mod exported;
mod file;
mod get_export;
mod list;
mod list_exports;
mod seal;
mod summary;
mod trail;
mod verify;
pub mod write_export;

use platform_core::access::Permission;
use platform_core::queue::Queue;
use platform_http::needs::{API_TIMEOUT, DELETE, GET, PUT, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::{Endpoint, Job};
use platform_store::feed::{Interest, Topic};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::AuditRead);
    // A token that reads makes no files, and deletes none: it has the parts of /export.
    let by_a_person = Access::PersonWith(Permission::AuditRead);
    let of_the_trail = || needs().tenant(GET | QUERY);
    vec![
        endpoint!(list, read, of_the_trail()),
        endpoint!(summary, read, of_the_trail().memory(512).timeout(API_TIMEOUT)),
        endpoint!(export, read, of_the_trail()),
        endpoint!(export_seals, read, of_the_trail()),
        endpoint!(verify, read, of_the_trail().memory(1024).timeout(API_TIMEOUT)),
        endpoint!(list_exports, read, needs().tenant(QUERY)),
        endpoint!(create_export, by_a_person, needs().tenant(GET | QUERY | PUT)).creates(),
        endpoint!(get_export, read, needs().tenant(GET).signs_links()),
        endpoint!(delete_export, by_a_person, needs().tenant(GET | PUT | DELETE).removes_files()),
    ]
}

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::on_change(
            "sealAudit",
            Interest::in_new(&[Topic::AUDIT]),
            seal::run,
            needs().tenant(GET | QUERY | PUT).timeout(30),
        ),
        Job::on_message(
            "writeAuditExport",
            Queue::Export,
            write_export::run,
            needs()
                .tenant(GET | QUERY | PUT)
                .queue(Queue::Export)
                .writes_files()
                // Its share of a CPU follows from the memory: it makes text of entries as fast as it can.
                .memory(1024)
                .timeout(write_export::TIMEOUT)
                .batch(1),
        ),
    ]
}
