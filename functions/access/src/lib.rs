//! Who can reach what in the connected networks, and how they look as a graph.
//!
//! The answers are made by [`platform_core::reach`], the findings by [`platform_core::review`]; what is here reads an account's lists for it.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod ask;
mod change_input;
mod check;
mod difference;
mod findings;
mod lists;
mod matrix;
mod named;
mod topology;

use platform_core::access::Permission;
use platform_http::needs::{GET_MANY, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::NetbirdRead);
    // All snapshots of an account are unpacked in memory.
    let of_snapshots = || needs().tenant(GET_MANY | QUERY).memory(512);
    vec![
        endpoint!(check, read, of_snapshots()),
        endpoint!(difference, read, of_snapshots()),
        endpoint!(findings, read, of_snapshots()),
        endpoint!(matrix, read, of_snapshots()),
        endpoint!(topology, read, of_snapshots()),
    ]
}
