//! A change in words.

use serde_json::Value;

use super::fields::{FieldChange, cut};
use super::{Change, ChangeKind};
use crate::text;

/// Sentences of one change.
const MOST_SENTENCES: usize = 6;
/// Entries of a list that a sentence names before it counts them.
const NAMED: usize = 3;
/// Characters of a value that a sentence holds.
const MOST_VALUE: usize = 80;

/// What there is to say of a change. `former` is what it was called before.
pub(super) fn sentences(change: &Change, former: &str) -> Vec<String> {
    let thing = match change.item_name.as_str() {
        "" => text::capital(change.resource.noun()),
        name if name == change.item_id => format!("{} {name}", text::capital(change.resource.noun())),
        name => format!("{} “{name}”", text::capital(change.resource.noun())),
    };
    match change.kind {
        ChangeKind::Created => return vec![format!("{thing} was created")],
        ChangeKind::Deleted => return vec![format!("{thing} was deleted")],
        ChangeKind::Updated | ChangeKind::Omitted | ChangeKind::Uncompared => {}
    }
    let told = change.fields.iter().map(|field| match field.path.as_str() {
        "name" => format!("{thing} was renamed from “{former}”"),
        "enabled" => format!("{thing} was switched {}", switch(field.after.as_ref())),
        _ => format!("{thing}: {}", field_in_words(field)),
    });
    let mut sentences: Vec<String> = told.take(MOST_SENTENCES).collect();
    let more = change.fields.len().saturating_sub(MOST_SENTENCES) + change.omitted_fields;
    if more > 0 {
        sentences.push(format!("{thing}: {} changed", text::count(more, "more field")));
    }
    sentences
}

fn field_in_words(field: &FieldChange) -> String {
    let label = label(&field.path);
    let list = |names: &[String], more: usize| {
        let shown: Vec<String> = names.iter().take(NAMED).map(|name| cut(name, MOST_VALUE)).collect();
        match names.len() - shown.len() + more {
            0 => text::all(&shown),
            more => format!("{} and {more} more", shown.join(", ")),
        }
    };
    let (added, removed) = (list(&field.added, field.more_added), list(&field.removed, field.more_removed));
    match (added.as_str(), removed.as_str()) {
        ("", "") => {}
        (added, "") => return format!("{label}: {added} added"),
        ("", removed) => return format!("{label}: {removed} removed"),
        (added, removed) => return format!("{label}: {added} added, {removed} removed"),
    }
    match (&field.before, &field.after) {
        (Some(Value::Bool(_)) | None, Some(Value::Bool(is))) => format!("{label} switched {}", on_or_off(*is)),
        _ if field.path.ends_with("description") => "description changed".to_owned(),
        (before, after) => match (value(before.as_ref()), value(after.as_ref())) {
            (None, None) => format!("{label} changed"),
            (None, Some(after)) => format!("{label} set to {after}"),
            (Some(before), None) => format!("{label} {before} removed"),
            (Some(before), Some(after)) => format!("{label} changed from {before} to {after}"),
        },
    }
}

fn switch(after: Option<&Value>) -> &'static str {
    on_or_off(after.and_then(Value::as_bool).unwrap_or_default())
}

const fn on_or_off(is: bool) -> &'static str {
    if is { "on" } else { "off" }
}

/// A value in a sentence; none of what is empty.
fn value(value: Option<&Value>) -> Option<String> {
    let shown = match value? {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    (!shown.is_empty()).then(|| cut(&shown, MOST_VALUE))
}

/// `rules.ssh.destinationResource` as `rule “ssh”: destination resource`.
fn label(path: &str) -> String {
    if let Some((rule, field)) = path.strip_prefix("rules.").and_then(|rest| rest.rsplit_once('.')) {
        if field == "enabled" {
            return format!("rule “{rule}”");
        }
        return format!("rule “{rule}”: {}", words(field));
    }
    let path = path.strip_prefix("settings.").or_else(|| path.strip_prefix("checks.")).unwrap_or(path);
    words(&path.replace('.', " "))
}

/// `destinationResource` as `destination resource`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
