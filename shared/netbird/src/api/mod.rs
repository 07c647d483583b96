//! The management API's types, as servers really send them.
//!
//! Only what the platform uses is read. Ids, `connected` and `last_seen` must be there; everything else may be absent
//! or `null`, and codes that a newer server invents stay strings. Texts are cut as they are read (see [`crate::list`]).

mod accounts;
mod events;
mod groups;
mod instance;
mod networks;
mod peers;
mod policies;
mod users;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

pub use accounts::Account;
pub use events::Event;
pub use groups::{Group, GroupMinimum};
pub use instance::InstanceVersion;
pub use networks::{Network, NetworkResource, NetworkRouter};
pub use peers::{Peer, PeerLocalFlags};
pub use policies::{Id, Policy, PolicyRule, PortRange, ResourceRef};
pub use users::User;

/// Whether a time is Go's zero time, which NetBird sends for what never was.
pub(crate) fn is_never(time: Timestamp) -> bool {
    time == "0001-01-01T00:00:00Z".parse().unwrap_or(Timestamp::MIN)
}

/// `null` is the same as absent.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A time that may be absent, `null` or "never".
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<Timestamp>::deserialize(deserializer)?.filter(|&time| !is_never(time)))
}
