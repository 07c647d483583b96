//! Fields of two rows, compared: texts, numbers and switches as they are, lists as sets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Configured;
use crate::text;

/// Fields that one change tells of.
pub(super) const MOST_FIELDS: usize = 30;
/// Characters of a value that are kept.
const MOST_TEXT: usize = 500;
/// Characters of a path that are kept: names of rules are part of one.
const MOST_PATH: usize = 300;
/// Entries of a list that are named.
const MOST_NAMED: usize = 50;
/// Characters of such a name.
const MOST_NAME: usize = 200;

/// A field that differs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// Its path, with dots between.
    pub path: String,
    /// What it was; none of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// What a list has more, by name: the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    /// What a list has no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// How much more a list gained.
    #[serde(default)]
    pub more_added: usize,
    /// How much more it lost.
    #[serde(default)]
    pub more_removed: usize,
}

/// The configuration of a row as JSON.
pub(super) fn fields<T: Configured>(row: &T) -> Map<String, Value> {
    let Ok(value) = serde_json::to_value(row) else { return Map::new() };
    let Value::Object(mut fields) = camel(value) else { return Map::new() };
    fields.remove("id");
    fields.retain(|name, _| !T::IGNORED.contains(&name.as_str()));
    row.refine(&mut fields);
    fields
}

/// The same, with names as the API writes them.
fn camel(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (camel_name(&name), camel(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(camel).collect()),
        other => other,
    }
}

fn camel_name(name: &str) -> String {
    if name == "kind" {
        return "type".to_owned();
    }
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &text::capital(part))
}

/// Compares, and keeps what differs.
pub(super) struct Comparison<'a> {
    pub(super) naming: &'static [&'static str],
    pub(super) name: &'a dyn Fn(&str) -> Option<String>,
    pub(super) found: Vec<FieldChange>,
    pub(super) omitted: usize,
}

impl Comparison<'_> {
    pub(super) fn objects(&mut self, path: &str, before: &Map<String, Value>, after: &Map<String, Value>) {
        let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let (was, is) = (before.get(name).unwrap_or(&Value::Null), after.get(name).unwrap_or(&Value::Null));
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            self.values(&path, was, is);
        }
    }

    fn values(&mut self, path: &str, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        let none = Map::new();
        match (before, after) {
            (Value::Array(_), _) | (_, Value::Array(_)) => self.sets(path, entries(before), entries(after)),
            // One thing that is named by id, not the fields of one.
            (one, other) if one.get("id").is_some() || other.get("id").is_some() => {
                if identity(one) != identity(other) {
                    let shown =
                        |value: &Value| if value.is_null() { Value::Null } else { json!(self.shown(value, true)) };
                    let (before, after) = (shown(one), shown(other));
                    self.note(FieldChange { before: some(before), after: some(after), ..FieldChange::at(path) });
                }
            }
            (Value::Object(before), Value::Object(after)) => self.objects(path, before, after),
            (Value::Object(before), Value::Null) => self.objects(path, before, &none),
            (Value::Null, Value::Object(after)) => self.objects(path, &none, after),
            _ => {
                let is_id = self.names_by_id(path);
                let shown = |value: &Value| match value {
                    Value::String(text) if is_id && !text.is_empty() => json!(self.shown(value, true)),
                    Value::String(text) => json!(cut(text, MOST_TEXT)),
                    other => other.clone(),
                };
                let (before, after) = (shown(before), shown(after));
                self.note(FieldChange { before: some(before), after: some(after), ..FieldChange::at(path) });
            }
        }
    }

    fn sets(&mut self, path: &str, before: &[Value], after: &[Value]) {
        let counted = |values: &[Value]| {
            let mut counts: BTreeMap<String, (usize, Value)> = BTreeMap::new();
            for value in values {
                counts.entry(identity(value)).or_insert_with(|| (0, value.clone())).0 += 1;
            }
            counts
        };
        let (was, is) = (counted(before), counted(after));
        let is_id = self.names_by_id(path);
        let more = |these: &BTreeMap<String, (usize, Value)>, those: &BTreeMap<String, (usize, Value)>| {
            let gone = these.iter().filter(|(key, (count, _))| those.get(*key).is_none_or(|(other, _)| other < count));
            let mut names: Vec<String> = gone.map(|(_, (_, value))| self.shown(value, is_id)).collect();
            names.sort_unstable();
            names
        };
        let (added, removed) = (more(&is, &was), more(&was, &is));
        if !added.is_empty() || !removed.is_empty() {
            self.note(FieldChange::of_set(path, added, removed));
        }
    }

    fn note(&mut self, field: FieldChange) {
        if self.found.len() < MOST_FIELDS {
            self.found.push(field);
        } else {
            self.omitted += 1;
        }
    }

    fn names_by_id(&self, path: &str) -> bool {
        self.naming.contains(&path)
    }

    /// A value for people: the name of what is named by id, or else what it holds.
    fn shown(&self, value: &Value, is_id: bool) -> String {
        let known = |id: &str| (self.name)(id).unwrap_or_else(|| id.to_owned());
        let shown = match value {
            Value::String(id) if is_id => known(id),
            Value::String(text) => text.clone(),
            Value::Object(fields) => match (fields.get("name").and_then(Value::as_str), fields.get("id")) {
                (Some(name), _) if !name.is_empty() => name.to_owned(),
                (_, Some(Value::String(id))) => known(id),
                _ => plain(fields.values()),
            },
            other => other.to_string(),
        };
        cut(&shown, MOST_NAME)
    }
}

impl FieldChange {
    fn at(path: &str) -> Self {
        Self { path: cut(path, MOST_PATH), ..Self::default() }
    }

    /// What a list gained and lost, each in order.
    pub(super) fn of_set(path: &str, mut added: Vec<String>, mut removed: Vec<String>) -> Self {
        let (more_added, more_removed) =
            (added.len().saturating_sub(MOST_NAMED), removed.len().saturating_sub(MOST_NAMED));
        added.truncate(MOST_NAMED);
        removed.truncate(MOST_NAMED);
        Self { added, removed, more_added, more_removed, ..Self::at(path) }
    }
}

fn some(value: Value) -> Option<Value> {
    Some(value).filter(|value| !value.is_null())
}

fn entries(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// By what an entry of a list is known.
fn identity(value: &Value) -> String {
    match value.get("id").and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => value.to_string(),
    }
}

/// What the fields hold, one after the other.
fn plain<'a>(values: impl Iterator<Item = &'a Value>) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    values.map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// At most so many characters, and a sign that there were more.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
