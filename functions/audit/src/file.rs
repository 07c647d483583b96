//! Entries as a file.

use std::io;

use platform_http::page::MOST_BYTES;
use platform_http::table::row;
use serde_json::Value;

use crate::trail::AuditView;

const COLUMNS: [&str; 13] = [
    "time",
    "user",
    "user id",
    "action",
    "resource type",
    "resource id",
    "address",
    "client",
    "session id",
    "token id",
    "old values",
    "new values",
    "id",
];

/// An entry as JSON on each line, as many as fit, at least one. Returns how many.
pub(crate) fn lines(entries: &[AuditView]) -> io::Result<(Vec<u8>, usize)> {
    as_many(Vec::new(), entries, |file, entry| {
        serde_json::to_writer(&mut *file, entry)?;
        file.push(b'\n');
        Ok(())
    })
}

/// A table, as many rows as fit, at least one. Returns how many.
pub(crate) fn table(entries: &[AuditView], with_names: bool) -> io::Result<(Vec<u8>, usize)> {
    let mut file = Vec::new();
    if with_names {
        row(&mut file, COLUMNS.map(str::to_owned))?;
    }
    as_many(file, entries, |file, entry| row(file, cells(entry)))
}

fn as_many(
    mut file: Vec<u8>,
    entries: &[AuditView],
    write: impl Fn(&mut Vec<u8>, &AuditView) -> io::Result<()>,
) -> io::Result<(Vec<u8>, usize)> {
    for (written, entry) in entries.iter().enumerate() {
        let before = file.len();
        write(&mut file, entry)?;
        if written > 0 && file.len() > MOST_BYTES {
            file.truncate(before);
            return Ok((file, written));
        }
    }
    Ok((file, entries.len()))
}

fn cells(entry: &AuditView) -> [String; 13] {
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let values = |values: &Option<Value>| values.as_ref().map(ToString::to_string).unwrap_or_default();
    [
        entry.at.to_string(),
        entry.user.name.clone(),
        entry.user.id.to_string(),
        entry.action.clone(),
        entry.resource_type.clone(),
        entry.resource_id.clone(),
        entry.ip.clone().unwrap_or_default(),
        entry.user_agent.clone().unwrap_or_default(),
        id(entry.session_id),
        id(entry.token_id),
        values(&entry.old_values),
        values(&entry.new_values),
        entry.id.to_string(),
    ]
}
