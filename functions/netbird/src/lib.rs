//! What is known of the connected networks: their account, peers, lists and events, as of the last sync.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod change;
mod change_view;
mod changes;
mod event_view;
mod events;
mod groups;
mod lists;
mod names;
mod nameservers;
mod network_view;
mod networks;
mod one_peer;
mod peer;
mod peer_history;
mod peer_view;
mod peers;
mod policies;
mod policy_view;
mod posture_checks;
mod posture_view;
mod routes;
mod settings;
mod setup_keys;
mod users;

use platform_core::access::Permission;
use platform_http::needs::{GET_MANY, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

pub use event_view::{EventView, latest_events};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    let read = Access::Permission(Permission::NetbirdRead);
    // Snapshots are unpacked in memory.
    let of_snapshots = || needs().tenant(GET_MANY | QUERY).memory(512);
    vec![
        endpoint!(settings, read, of_snapshots()),
        endpoint!(peers, read, of_snapshots()),
        endpoint!(peer, read, of_snapshots()),
        endpoint!(peer_history, read, of_snapshots()),
        endpoint!(groups, read, of_snapshots()),
        endpoint!(users, read, of_snapshots()),
        endpoint!(policies, read, of_snapshots()),
        endpoint!(posture_checks, read, of_snapshots()),
        endpoint!(networks, read, of_snapshots()),
        endpoint!(routes, read, of_snapshots()),
        endpoint!(nameservers, read, of_snapshots()),
        endpoint!(setup_keys, read, of_snapshots()),
        endpoint!(events, read, needs().tenant(QUERY)),
        endpoint!(changes, read, needs().tenant(QUERY).memory(512)),
        endpoint!(change, read, needs().tenant(GET_MANY | QUERY)),
    ]
}
