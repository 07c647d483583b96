//! `GET /api/instance/version`

use serde::Deserialize;

/// The management server's version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InstanceVersion {
    /// What runs, such as `0.76.3`; `development` when built from source.
    pub management_current_version: String,
    /// The newest release, where the server looked.
    pub management_available_version: Option<String>,
    /// Whether that is newer than what runs.
    #[serde(default, deserialize_with = "super::or_default")]
    pub management_update_available: bool,
}
