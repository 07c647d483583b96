//! Derivation of peer status.
/// Placeholder until the derivation lands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RestartWatch {}
