//! `GET /api/events/audit`

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};

/// An entry of the activity log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// Decimal text, growing.
    pub id: String,
    /// When it happened.
    pub timestamp: Timestamp,
    /// What happened, in words.
    #[serde(default, deserialize_with = "super::or_default")]
    pub activity: String,
    /// What happened, as a code. Servers know more codes than the API description.
    #[serde(default, deserialize_with = "super::or_default")]
    pub activity_code: String,
    /// Who did it.
    #[serde(default, deserialize_with = "super::or_default")]
    pub initiator_id: String,
    /// Empty for what a peer or the system did.
    #[serde(default, deserialize_with = "super::or_default")]
    pub initiator_name: String,
    /// Empty for what a peer or the system did.
    #[serde(default, deserialize_with = "super::or_default")]
    pub initiator_email: String,
    /// What it was done to.
    #[serde(default, deserialize_with = "super::or_default")]
    pub target_id: String,
    /// Further facts, which differ by code.
    #[serde(default, deserialize_with = "texts")]
    pub meta: BTreeMap<String, String>,
}

/// Servers send text only; anything else is kept as the JSON it was rather than losing the whole log for it.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values: BTreeMap<String, serde_json::Value> = super::or_default(deserializer)?;
    Ok(values
        .into_iter()
        .map(|(key, value)| match value {
            serde_json::Value::String(text) => (key, text),
            other => (key, other.to_string()),
        })
        .collect())
}
