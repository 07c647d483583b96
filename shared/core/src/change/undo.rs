//! Changes, undone: a list as it was before them.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Change, ChangeKind, Configuration, Configured};
use crate::network::{GroupRef, Peer};

/// What could not be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// In which list.
    pub resource: Configuration,
    /// NetBird's id of the thing; empty if it is about the whole list.
    pub item_id: String,
    /// Its name.
    pub item_name: String,
    /// Why.
    pub why: &'static str,
}

impl Lost {
    fn of(change: &Change, why: &'static str) -> Self {
        let (item_id, item_name) = (change.item_id.clone(), change.item_name.clone());
        Self { resource: change.resource, item_id, item_name, why }
    }
}

/// Undoes changes of a list, newest first. What cannot be undone stays as it is, unless an earlier change says what it was.
pub fn undo<'c, T: Configured>(rows: &mut Vec<T>, changes: impl IntoIterator<Item = &'c Change>) -> Vec<Lost> {
    let list = T::configuration();
    let mut lost = Vec::new();
    for change in changes.into_iter().filter(|change| Some(change.resource) == list && !tells_members(change)) {
        let place = rows.iter().position(|row| row.id() == change.item_id);
        match change.kind {
            ChangeKind::Created => {
                rows.retain(|row| row.id() != change.item_id);
                lost.retain(|one: &Lost| one.item_id != change.item_id);
            }
            ChangeKind::Updated | ChangeKind::Deleted => match restored(change, place.map(|place| &rows[place])) {
                Some(row) => {
                    match place {
                        Some(place) => rows[place] = row,
                        None => rows.push(row),
                    }
                    lost.retain(|one: &Lost| one.item_id != change.item_id);
                }
                None => lost.push(Lost::of(change, "what it was is too large to be kept")),
            },
            ChangeKind::Omitted => lost.push(Lost::of(change, "more changed at once than is kept one by one")),
            ChangeKind::Uncompared => lost.push(Lost::of(change, "the list could not be compared with the one before")),
        }
    }
    lost
}

/// Undoes who came to groups and left them, newest first. Peers are known by their names.
pub fn undo_members<'c>(peers: &mut [Peer], changes: impl IntoIterator<Item = &'c Change>) -> Vec<Lost> {
    let mut lost = Vec::new();
    // Whose a name is; nobody's where several have it.
    let mut called: HashMap<String, Option<usize>> = HashMap::with_capacity(peers.len());
    for (place, peer) in peers.iter().enumerate() {
        called.entry(peer.name.clone()).and_modify(|known| *known = None).or_insert(Some(place));
    }
    for change in changes.into_iter().filter(|change| tells_members(change)) {
        let group = GroupRef { id: change.item_id.clone(), name: change.item_name.clone() };
        let mut unknown = false;
        for field in &change.fields {
            if field.more_added + field.more_removed > 0 {
                lost.push(Lost::of(change, "more peers came and left than are kept by name"));
            }
            let came = field.added.iter().map(|name| (name, true));
            for (name, has_come) in came.chain(field.removed.iter().map(|name| (name, false))) {
                let Some(place) = called.get(name).copied().flatten() else {
                    unknown = true;
                    continue;
                };
                let peer = &mut peers[place];
                peer.groups.retain(|one| one.id != group.id);
                if !has_come {
                    peer.groups.push(group.clone());
                }
            }
        }
        if unknown {
            lost.push(Lost::of(change, "a peer that came or left is not known by its name any more"));
        }
    }
    lost
}

/// Whether it is about who is in a group, and not about the group.
fn tells_members(change: &Change) -> bool {
    change.resource == Configuration::Groups
        && change.kind == ChangeKind::Updated
        && change.before.is_none()
        && change.fields.iter().all(|field| field.path == "peers")
        && !change.is_cut
}

/// The row as it was. What of it is no configuration stays as it is now.
fn restored<T: Configured>(change: &Change, now: Option<&T>) -> Option<T> {
    let mut fields = match now.map(serde_json::to_value) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    };
    let Value::Object(mut before) = change.before.clone()? else { return None };
    // The rules of a policy are kept by their names.
    if let Some(Value::Object(rules)) = before.get("rules") {
        let rules = rules.values().cloned().collect();
        before.insert("rules".into(), Value::Array(rules));
    }
    let Value::Object(before) = snake(Value::Object(before)) else { return None };
    fields.extend(before);
    fields.insert("id".into(), Value::String(change.item_id.clone()));
    serde_json::from_value(Value::Object(fields)).ok()
}

/// Names of fields as they are here, where they were as the API writes them.
fn snake(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (snake_name(&name), snake(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(snake).collect()),
        other => other,
    }
}

fn snake_name(name: &str) -> String {
    if name == "type" {
        return "kind".to_owned();
    }
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
