//! The management API's types, as servers really send them.
//!
//! Only what the platform uses is read. Ids, `connected` and `last_seen` must be there; everything else may be absent
//! or `null`, and codes that a newer server invents stay strings. Texts are cut as they are read (see [`crate::list`]).

mod accounts;
mod dns;
mod events;
mod groups;
mod instance;
mod networks;
mod peers;
mod policies;
mod posture_checks;
mod routes;
mod setup_keys;
mod users;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

pub use accounts::{AccountSettings, ExtraSettings, NetbirdAccount};
pub use dns::{DnsSettings, Nameserver, NameserverGroup};
pub use events::Event;
pub use groups::{Group, GroupMinimum};
pub use instance::InstanceVersion;
pub use networks::{Network, NetworkResource, NetworkRouter};
pub use peers::{Peer, PeerLocalFlags};
pub use policies::{Id, Policy, PolicyRule, PortRange, ResourceRef};
pub use posture_checks::{
    Checks, GeoLocations, Location, MinVersion, NetworkRanges, OsVersions, PostureCheck, Process, Processes,
};
pub use routes::Route;
pub use setup_keys::SetupKey;
pub use users::User;

/// A text in a list of texts, cut.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Text(#[serde(deserialize_with = "crate::list::required_text")] pub String);

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

/// A number that may be absent, `null`, below zero (NetBird writes -1 for "no limit") or larger than ours.
fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let number = Option::<i64>::deserialize(deserializer)?.unwrap_or_default();
    Ok(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
}

/// A time that may be absent, `null` or "never".
fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(Option::<Timestamp>::deserialize(deserializer)?.filter(|&time| !is_never(time)))
}
