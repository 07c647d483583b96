//! `GET /api/posture-checks`

use serde::Deserialize;

use super::Text;
use crate::list;

/// What a peer must be like.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PostureCheck {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(default, deserialize_with = "list::text")]
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// What it asks for.
    #[serde(default, deserialize_with = "super::or_default")]
    pub checks: Checks,
}

/// What a posture check asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Checks {
    /// Lowest version of the client.
    #[serde(default)]
    pub nb_version_check: Option<MinVersion>,
    /// Lowest versions of operating systems.
    #[serde(default)]
    pub os_version_check: Option<OsVersions>,
    /// Where it connects from.
    #[serde(default)]
    pub geo_location_check: Option<GeoLocations>,
    /// Addresses that it has.
    #[serde(default)]
    pub peer_network_range_check: Option<NetworkRanges>,
    /// What runs on it.
    #[serde(default)]
    pub process_check: Option<Processes>,
}

/// A lowest version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MinVersion {
    /// The version, or that of the kernel.
    #[serde(alias = "min_kernel_version", deserialize_with = "list::required_text")]
    pub min_version: String,
}

/// Lowest versions of operating systems.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OsVersions {
    /// Of Android.
    #[serde(default)]
    pub android: Option<MinVersion>,
    /// Of iOS.
    #[serde(default)]
    pub ios: Option<MinVersion>,
    /// Of macOS.
    #[serde(default)]
    pub darwin: Option<MinVersion>,
    /// Of the Linux kernel.
    #[serde(default)]
    pub linux: Option<MinVersion>,
    /// Of the Windows kernel.
    #[serde(default)]
    pub windows: Option<MinVersion>,
}

/// Where a peer connects from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GeoLocations {
    /// `allow` or `deny`.
    #[serde(default, deserialize_with = "list::text")]
    pub action: String,
    /// Countries and cities.
    #[serde(default, deserialize_with = "list::few")]
    pub locations: Vec<Location>,
}

/// A country or a city.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Location {
    /// The country's two letters.
    #[serde(default, deserialize_with = "list::text")]
    pub country_code: String,
    /// The city, if not the whole country.
    #[serde(default, deserialize_with = "list::text")]
    pub city_name: String,
}

/// Addresses that a peer has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NetworkRanges {
    /// `allow` or `deny`.
    #[serde(default, deserialize_with = "list::text")]
    pub action: String,
    /// The ranges.
    #[serde(default, deserialize_with = "list::few")]
    pub ranges: Vec<Text>,
}

/// What runs on a peer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Processes {
    /// Each of these.
    #[serde(default, deserialize_with = "list::few")]
    pub processes: Vec<Process>,
}

/// Where a process' file is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Process {
    /// On Linux.
    #[serde(default, deserialize_with = "list::text")]
    pub linux_path: String,
    /// On macOS.
    #[serde(default, deserialize_with = "list::text")]
    pub mac_path: String,
    /// On Windows.
    #[serde(default, deserialize_with = "list::text")]
    pub windows_path: String,
}
