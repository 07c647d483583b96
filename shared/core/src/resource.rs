//! What is read from NetBird: one table, from which everything that goes by list follows.
//!
//! To add a list: its type as servers send it in `platform_netbird::api`, with its limits, and what is kept of it in
//! [`crate::network`], under the same name; the `From` between them; what overviews count of it ([`Counted`]); its row in
//! [`resources!`](crate::resources); a specimen for the test that holds its layout to its schema. Reading it, storing it and
//! the client's call follow.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::account::Counts;
use crate::{network, text};

/// Hands the table of what is read from NetBird to a macro.
///
/// `Variant: name, Type { number, path, schema, reading, touched_by }`: the name of the client's call and of stored things;
/// the type under `platform_netbird::api` and under [`crate::network`]; a number by which it is known in what is packed,
/// never given to another; the path below `api/`; the number of the stored layout, to be counted up with every change of the
/// type in [`crate::network`] or of what its fields mean; how often it is read; how the activity codes begin that say it
/// changed. `snapshots` are kept as they are now, of `logs` every entry. A first sync reads in this order.
#[macro_export]
macro_rules! resources {
    ($each:ident) => {
        $each! {
            snapshots {
                Peers: peers, Peer { number: 1, path: "peers", schema: 2, reading: EveryTick, touched_by: [] }
                Groups: groups, Group { number: 2, path: "groups", schema: 1, reading: InTurn, touched_by: ["group"] }
                Users: users, User { number: 3, path: "users", schema: 2, reading: InTurn, touched_by: ["user", "service"] }
                Policies: policies, Policy { number: 4, path: "policies", schema: 2, reading: InTurn, touched_by: ["policy", "rule"] }
                Networks: networks, Network { number: 5, path: "networks", schema: 1, reading: InTurn, touched_by: ["network"] }
                NetworkResources: network_resources, NetworkResource {
                    number: 6, path: "networks/resources", schema: 1, reading: InTurn, touched_by: ["network"]
                }
                NetworkRouters: network_routers, NetworkRouter {
                    number: 7, path: "networks/routers", schema: 1, reading: InTurn, touched_by: ["network"]
                }
                Routes: routes, Route { number: 9, path: "routes", schema: 1, reading: InTurn, touched_by: ["route"] }
                PostureChecks: posture_checks, PostureCheck {
                    number: 10, path: "posture-checks", schema: 1, reading: InTurn, touched_by: ["posture"]
                }
                NameserverGroups: nameserver_groups, NameserverGroup {
                    number: 11, path: "dns/nameservers", schema: 1, reading: InTurn, touched_by: ["nameserver"]
                }
                DnsSettings: dns_settings, DnsSettings {
                    number: 12, path: "dns/settings", schema: 1, reading: InTurn, touched_by: ["dns"]
                }
                SetupKeys: setup_keys, SetupKey { number: 13, path: "setup-keys", schema: 1, reading: InTurn, touched_by: ["setupkey", "peer.setupkey"] }
                Accounts: accounts, NetbirdAccount {
                    number: 14, path: "accounts", schema: 1, reading: InTurn, touched_by: ["account"]
                }
            }
            logs {
                Events: events, Event { number: 8, path: "events/audit", schema: 1, reading: EveryTick, touched_by: [] }
            }
        }
    };
}

/// How often a resource is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Every tick.
    EveryTick,
    /// One such resource a tick, in turn; at once when an event says that it changed.
    InTurn,
}

/// A row of a snapshot.
pub trait Row: Serialize + DeserializeOwned + Clone + Counted + Send + Sync + 'static {
    /// What it is a row of.
    const RESOURCE: Resource;
    /// NetBird's id, which decides where it is kept.
    fn id(&self) -> &str;
}

/// What overviews count of a list.
pub trait Counted: Sized {
    /// Takes the counts from the list.
    fn count(rows: &[Self], counts: &mut Counts);
}

macro_rules! enumerate {
    (
        snapshots { $(
            $list:ident: $list_name:ident, $row:ident {
                number: $list_number:literal, path: $list_path:literal, schema: $list_schema:literal, reading: $list_reading:ident,
                touched_by: [$($list_code:literal),*]
            }
        )* }
        logs { $(
            $log:ident: $log_name:ident, $entry:ident {
                number: $log_number:literal, path: $log_path:literal, schema: $log_schema:literal, reading: $log_reading:ident,
                touched_by: [$($log_code:literal),*]
            }
        )* }
    ) => {
        /// What is read from NetBird.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Resource {
            $(#[doc = $list_path] $list,)*
            $(#[doc = $log_path] $log,)*
        }

        impl Resource {
            /// Everything, in the order in which a first sync reads it.
            pub const ALL: &[Resource] = &[$(Resource::$list,)* $(Resource::$log,)*];

            /// Its name in stored things and in metrics.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Resource::$list => stringify!($list_name),)*
                    $(Resource::$log => stringify!($log_name),)*
                }
            }

            /// By what it is known in what is packed.
            pub const fn number(self) -> u8 {
                match self {
                    $(Resource::$list => $list_number,)*
                    $(Resource::$log => $log_number,)*
                }
            }

            /// Where the management API answers it, below `api/`.
            pub const fn path(self) -> &'static str {
                match self {
                    $(Resource::$list => $list_path,)*
                    $(Resource::$log => $log_path,)*
                }
            }

            /// Number of the layout in which it is stored.
            pub const fn schema(self) -> u16 {
                match self {
                    $(Resource::$list => $list_schema,)*
                    $(Resource::$log => $log_schema,)*
                }
            }

            /// How often it is read.
            pub const fn reading(self) -> Reading {
                match self {
                    $(Resource::$list => Reading::$list_reading,)*
                    $(Resource::$log => Reading::$log_reading,)*
                }
            }

            /// How the activity codes begin that say it changed.
            const fn codes(self) -> &'static [&'static str] {
                match self {
                    $(Resource::$list => &[$($list_code),*],)*
                    $(Resource::$log => &[$($log_code),*],)*
                }
            }
        }

        $(impl Row for network::$row {
            const RESOURCE: Resource = Resource::$list;

            fn id(&self) -> &str {
                &self.id
            }
        })*
    };
}

crate::resources!(enumerate);

impl Resource {
    /// What is read in turn.
    pub fn in_turn() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|resource| resource.reading() == Reading::InTurn)
    }

    /// Whether rules look at it. What they do not look at may be unreadable, and they go on.
    pub const fn is_watched(self) -> bool {
        matches!(self, Self::Peers | Self::Groups | Self::Events)
    }

    /// The resources that an activity code says changed, of those that would not be read anyway.
    pub fn touched_by(activity_code: &str) -> impl Iterator<Item = Self> {
        let is_touched = move |resource: &Self| resource.codes().iter().any(|code| text::is_under(activity_code, code));
        Self::ALL.iter().copied().filter(is_touched)
    }

    /// Its name in words.
    pub fn words(self) -> String {
        self.name().replace('_', " ")
    }

    /// The text by which something of this resource is recognised again: the schema, and a hash of the thing in hex.
    pub fn mark(self, hash: &str) -> String {
        format!("{}.{hash}", self.schema())
    }

    /// Whether a mark is of the present schema.
    pub fn is_present(self, mark: &str) -> bool {
        mark.split_once('.').is_some_and(|(schema, _)| schema.parse() == Ok(self.schema()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_name_what_changed() {
        let touched = |code| Resource::touched_by(code).collect::<Vec<_>>();
        assert_eq!(touched("group.add"), [Resource::Groups]);
        assert_eq!(touched("service.user.create"), [Resource::Users]);
        assert_eq!(touched("rule.update"), [Resource::Policies]);
        assert_eq!(touched("peer.approve"), []);
        assert_eq!(touched("peer.setupkey.add"), [Resource::SetupKeys]);
        assert_eq!(touched("peer.setupkeys"), []);
        // A router is made in a network, which then lists it.
        assert_eq!(touched("account.setting.peer.approval.enable"), [Resource::Accounts]);
        let of_networks = [Resource::Networks, Resource::NetworkResources, Resource::NetworkRouters];
        assert_eq!(touched("network.router.create"), of_networks);
    }

    #[test]
    fn marks_are_of_a_schema() {
        let mark = Resource::Peers.mark("hash");
        assert!(Resource::Peers.is_present(&mark));
        for foreign in ["0123456789abcdef", "99999.hash", "x.hash", ""] {
            assert!(!Resource::Peers.is_present(foreign), "{foreign}");
        }
    }

    #[test]
    fn numbers_are_each_ones_own() {
        let numbers: std::collections::BTreeSet<u8> = Resource::ALL.iter().map(|resource| resource.number()).collect();
        assert_eq!(numbers.len(), Resource::ALL.len());
    }

    #[test]
    fn names_in_stored_things_are_the_calls_names() {
        for resource in Resource::ALL {
            assert_eq!(serde_json::to_value(resource).unwrap(), resource.name());
        }
    }
}
