//! What is known of the connected networks: peers, groups, users, policies, networks and events, as of the last sync.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod event_view;
mod events;
mod groups;
mod lists;
mod network_view;
mod networks;
mod one_peer;
mod peer;
mod peer_history;
mod peer_view;
mod peers;
mod policies;
mod policy_view;
mod users;

use platform_core::access::Permission;
use platform_http::needs::{GET_MANY, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

pub use event_view::{EventView, latest_events};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(peers, Access::Permission(Permission::NetbirdRead), needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(peer, Access::Permission(Permission::NetbirdRead), needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(
            peer_history,
            Access::Permission(Permission::NetbirdRead),
            needs().tenant(GET_MANY | QUERY).memory(512)
        ),
        endpoint!(groups, Access::Permission(Permission::NetbirdRead), needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(users, Access::Permission(Permission::NetbirdRead), needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(policies, Access::Permission(Permission::NetbirdRead), needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(networks, Access::Permission(Permission::NetbirdRead), needs().tenant(GET_MANY | QUERY).memory(512)),
        endpoint!(events, Access::Permission(Permission::NetbirdRead), needs().tenant(QUERY)),
    ]
}
