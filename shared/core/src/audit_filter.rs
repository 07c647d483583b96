//! Which entries of an audit trail are asked for.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::audit::AuditEntry;
use crate::text;

/// What an entry must be like; what is not named may be anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditFilter {
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Uuid>,
    /// What was done: a code, or how codes begin, up to a dot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// To what kind of thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// To which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<String>,
    /// In which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Uuid>,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// A text that stands anywhere in it, in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl AuditFilter {
    /// Longest text that is looked for, in characters.
    pub const MAX_TEXT: usize = 200;

    /// Whether every entry is asked for.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an entry is asked for.
    pub fn contains(&self, entry: &AuditEntry) -> bool {
        self.user.is_none_or(|user| user == entry.actor.user.uuid())
            && self.action.as_deref().is_none_or(|code| text::is_under(&entry.action, code))
            && self.resource_type.as_ref().is_none_or(|kind| *kind == entry.resource_type)
            && self.resource_id.as_ref().is_none_or(|id| *id == entry.resource_id)
            && self.session.is_none_or(|session| entry.actor.session.is_some_and(|one| one.uuid() == session))
            && self.ip.as_ref().is_none_or(|ip| entry.actor.ip.as_ref() == Some(ip))
            && self.text.as_ref().is_none_or(|text| says(entry, text))
    }
}

/// Whether a text stands in an entry. It is in lower case.
fn says(entry: &AuditEntry, text: &str) -> bool {
    let has = |field: &str| field.to_lowercase().contains(text);
    let values = [&entry.old_values, &entry.new_values];
    let ip = entry.actor.ip.as_deref();
    has(&entry.action)
        || has(&entry.actor.name)
        || has(&entry.resource_type)
        || has(&entry.resource_id)
        || ip.is_some_and(has)
        || entry.actor.user_agent.as_deref().is_some_and(has)
        || values.into_iter().flatten().any(|value| has_value(value, &has))
}

fn has_value(value: &Value, has: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => has(text),
        Value::Array(items) => items.iter().any(|item| has_value(item, has)),
        Value::Object(fields) => fields.iter().any(|(name, value)| has(name) || has_value(value, has)),
        other => has(&other.to_string()),
    }
}
