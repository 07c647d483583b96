//! Who can reach what in the connected networks, how they look as a graph, and what people propose to change in them.
//!
//! The answers are made by [`platform_core::reach`], the findings by [`platform_core::review`]; what is here reads an account's lists for it.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod ask;
mod change_input;
mod check;
mod check_file;
mod comment_proposal;
mod create_proposal;
mod create_review;
mod decide_proposal;
mod delete_proposal;
mod delete_review;
mod difference;
mod difference_file;
mod export_review;
mod findings;
mod get_proposal;
mod get_review;
mod list_proposals;
mod list_review_rows;
mod list_reviews;
mod lists;
mod matrix;
mod named;
mod proposal_input;
mod proposal_standing;
mod proposal_view;
mod review_changes;
mod review_report;
mod review_row;
mod review_standing;
mod review_view;
mod sign_off_review;
mod since;
mod topology;
mod update_proposal;
mod update_review;

use platform_core::access::Permission;
use platform_http::needs::{API_TIMEOUT, DELETE, GET, GET_MANY, PUT, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_store::watch::Resource;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::NetbirdRead);
    let write = Access::Permission(Permission::ProposalsWrite);
    let review = Access::Permission(Permission::ReviewsWrite);
    // A signature is a person's.
    let sign = Access::PersonWith(Permission::ReviewsWrite);
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
        endpoint!(comment_proposal, write, needs().tenant(GET | PUT)).creates(),
        endpoint!(decide_proposal, write, of_snapshots().tenant(GET | PUT)).of(Resource::Proposal).as_seen(),
        endpoint!(list_reviews, read, needs().tenant(QUERY)),
        endpoint!(create_review, review, of_snapshots().tenant(GET | PUT).memory(1024).timeout(API_TIMEOUT)).creates(),
        endpoint!(get_review, read, of_snapshots().tenant(GET)).of(Resource::Review),
        endpoint!(update_review, review, needs().tenant(GET | PUT)).of(Resource::Review),
        endpoint!(delete_review, review, needs().tenant(GET | QUERY | PUT | DELETE).memory(512)).of(Resource::Review),
        endpoint!(list_review_rows, read, needs().tenant(GET | QUERY).memory(512)),
        endpoint!(export_review, read, needs().tenant(GET | QUERY).memory(512)),
        endpoint!(sign_off_review, sign, needs().tenant(GET | PUT)).of(Resource::Review).as_seen(),
    ]
}
