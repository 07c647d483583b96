//! What is known of the connected networks: their account, peers, lists and events, as of the last sync.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod change;
mod change_view;
mod changes;
mod event_changes;
mod event_ends;
mod event_text;
mod event_view;
mod events;
mod group;
mod groups;
mod lists;
mod merged_events;
mod names;
mod nameserver_group;
mod nameservers;
mod network;
mod network_view;
mod networks;
mod one;
mod peer;
mod peer_history;
mod peer_view;
mod peers;
mod policies;
mod policy;
mod policy_view;
mod posture_check;
mod posture_checks;
mod posture_view;
mod route;
mod routes;
mod seen_view;
mod settings;
mod setup_key;
mod setup_keys;
mod used_by;
mod user;
mod users;

use platform_core::access::Permission;
use platform_http::needs::{GET, GET_MANY, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

pub use change_view::ChangeView;
pub use event_view::{EventChange, EventView, latest_events};
pub use seen_view::SeenView;

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
        endpoint!(group, read, of_snapshots()),
        endpoint!(users, read, of_snapshots()),
        endpoint!(user, read, of_snapshots()),
        endpoint!(policies, read, of_snapshots()),
        endpoint!(policy, read, of_snapshots()),
        endpoint!(posture_checks, read, of_snapshots()),
        endpoint!(posture_check, read, of_snapshots()),
        endpoint!(networks, read, of_snapshots()),
        endpoint!(network, read, of_snapshots()),
        endpoint!(routes, read, of_snapshots()),
        endpoint!(route, read, of_snapshots()),
        endpoint!(nameservers, read, of_snapshots()),
        endpoint!(nameserver_group, read, of_snapshots()),
        endpoint!(setup_keys, read, of_snapshots()),
        endpoint!(setup_key, read, of_snapshots()),
        endpoint!(events, read, needs().tenant(GET | GET_MANY | QUERY).memory(512)),
        endpoint!(changes, read, needs().tenant(QUERY).memory(512)),
        endpoint!(change, read, needs().tenant(GET_MANY | QUERY)),
    ]
}
