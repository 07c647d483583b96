//! What a posture check asks for, as the API shows it: by NetBird's names.

use platform_core::network::PostureChecks;
use serde::Serialize;
use utoipa::ToSchema;

/// What a posture check asks for; what is absent is not asked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PostureChecks)]
pub(crate) struct PostureChecksView {
    #[serde(skip_serializing_if = "Option::is_none")]
    nb_version_check: Option<MinVersionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    os_version_check: Option<OsVersionsView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo_location_check: Option<GeoLocationsView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_network_range_check: Option<NetworkRangesView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    process_check: Option<ProcessesView>,
}

/// A lowest version.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinVersion)]
struct MinVersionView {
    #[schema(example = "0.60.0")]
    min_version: String,
}

/// A lowest version of a kernel.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MinKernelVersion)]
struct MinKernelVersionView {
    #[schema(example = "5.0")]
    min_kernel_version: String,
}

/// Lowest versions of operating systems. A system that is absent fails.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OsVersions)]
struct OsVersionsView {
    #[serde(skip_serializing_if = "Option::is_none")]
    android: Option<MinVersionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ios: Option<MinVersionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    darwin: Option<MinVersionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    linux: Option<MinKernelVersionView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    windows: Option<MinKernelVersionView>,
}

/// Where a peer connects from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GeoLocations)]
struct GeoLocationsView {
    /// `allow` or `deny`.
    #[schema(example = "allow")]
    action: String,
    locations: Vec<LocationView>,
}

/// A country or a city.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GeoLocation)]
struct LocationView {
    #[schema(example = "DE")]
    country_code: String,
    /// The city, if not the whole country.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    city_name: String,
}

/// Addresses that a peer has.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetworkRanges)]
struct NetworkRangesView {
    /// `allow` or `deny`.
    #[schema(example = "allow")]
    action: String,
    #[schema(example = json!(["10.0.0.0/8"]))]
    ranges: Vec<String>,
}

/// What runs on a peer: each of these.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Processes)]
struct ProcessesView {
    processes: Vec<ProcessView>,
}

/// Where a process' file is. What is absent is not asked for on that system.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Process)]
struct ProcessView {
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    linux_path: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    mac_path: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    windows_path: String,
}

impl From<&PostureChecks> for PostureChecksView {
    fn from(checks: &PostureChecks) -> Self {
        let version = |version: &Option<String>| version.clone().map(|min_version| MinVersionView { min_version });
        let kernel = |version: &Option<String>| {
            version.clone().map(|min_kernel_version| MinKernelVersionView { min_kernel_version })
        };
        let processes = checks.processes.iter().map(|process| ProcessView {
            linux_path: process.linux.clone(),
            mac_path: process.mac.clone(),
            windows_path: process.windows.clone(),
        });
        Self {
            nb_version_check: version(&checks.client_version),
            os_version_check: checks.os_version.as_ref().map(|check| OsVersionsView {
                android: version(&check.android),
                ios: version(&check.ios),
                darwin: version(&check.darwin),
                linux: kernel(&check.linux),
                windows: kernel(&check.windows),
            }),
            geo_location_check: checks.geo_location.as_ref().map(|check| {
                let locations = check.locations.iter().map(|location| LocationView {
                    country_code: location.country_code.clone(),
                    city_name: location.city_name.clone(),
                });
                GeoLocationsView { action: check.action.clone(), locations: locations.collect() }
            }),
            peer_network_range_check: checks
                .network_range
                .as_ref()
                .map(|check| NetworkRangesView { action: check.action.clone(), ranges: check.ranges.clone() }),
            process_check: (!checks.processes.is_empty()).then(|| ProcessesView { processes: processes.collect() }),
        }
    }
}
