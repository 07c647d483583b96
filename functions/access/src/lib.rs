//! Who can reach what in the connected networks, how they look as a graph, and what people propose to change in them.
//!
//! The answers are made by [`platform_core::reach`], the findings by [`platform_core::review`]; what is here reads an account's lists for it.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod ask;
mod change_input;
mod check;
mod comment_proposal;
mod create_proposal;
mod decide_proposal;
mod delete_proposal;
mod difference;
mod findings;
mod get_proposal;
mod list_proposals;
mod lists;
mod matrix;
mod named;
mod proposal_input;
mod proposal_standing;
mod proposal_view;
mod since;
mod topology;
mod update_proposal;

use platform_core::access::Permission;
use platform_http::needs::{DELETE, GET, GET_MANY, PUT, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_store::watch::Resource;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::NetbirdRead);
    let write = Access::Permission(Permission::ProposalsWrite);
    // All snapshots of an account are unpacked in memory.
    let of_snapshots = || needs().tenant(GET_MANY | QUERY).memory(512);
    vec![
        endpoint!(check, read, of_snapshots()),
        endpoint!(difference, read, of_snapshots()),
        endpoint!(findings, read, of_snapshots()),
        endpoint!(matrix, read, of_snapshots()),
        endpoint!(topology, read, of_snapshots()),
        endpoint!(since, read, of_snapshots().tenant(GET)),
        endpoint!(list_proposals, read, needs().tenant(QUERY)),
        endpoint!(create_proposal, write, of_snapshots().tenant(GET | PUT | DELETE)).creates(),
        endpoint!(get_proposal, read, of_snapshots().tenant(GET)).of(Resource::Proposal),
        endpoint!(update_proposal, write, of_snapshots().tenant(GET | PUT)).of(Resource::Proposal),
        endpoint!(delete_proposal, write, needs().tenant(GET | PUT | DELETE)).of(Resource::Proposal),
        endpoint!(comment_proposal, write, needs().tenant(GET | QUERY | PUT)).of(Resource::Proposal),
        endpoint!(decide_proposal, write, needs().tenant(GET | QUERY | PUT)).of(Resource::Proposal),
    ]
}
