//! Entries as a file.

use std::io;

use jiff::Timestamp;
use platform_core::audit_export::AuditFormat;
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

/// What a file begins with.
pub(crate) fn begin(format: AuditFormat, file: &mut Vec<u8>) -> io::Result<()> {
    match format {
        AuditFormat::Jsonl => Ok(()),
        AuditFormat::Csv => row(file, COLUMNS.map(str::to_owned)),
    }
}

/// Adds an entry.
pub(crate) fn add(format: AuditFormat, file: &mut Vec<u8>, entry: &AuditView) -> io::Result<()> {
    match format {
        AuditFormat::Jsonl => {
            serde_json::to_writer(&mut *file, entry)?;
            file.push(b'\n');
            Ok(())
        }
        AuditFormat::Csv => row(file, cells(entry)),
    }
}

/// Adds as many entries as fit, at least one. Returns how many.
pub(crate) fn as_many(format: AuditFormat, file: &mut Vec<u8>, entries: &[AuditView]) -> io::Result<usize> {
    for (written, entry) in entries.iter().enumerate() {
        let before = file.len();
        add(format, file, entry)?;
        if written > 0 && file.len() > MOST_BYTES {
            file.truncate(before);
            return Ok(written);
        }
    }
    Ok(entries.len())
}

/// Its media type, and how its name ends.
pub(crate) const fn kind(format: AuditFormat) -> (&'static str, &'static str) {
    match format {
        AuditFormat::Jsonl => ("application/x-ndjson", "jsonl"),
        AuditFormat::Csv => ("text/csv; charset=utf-8", "csv"),
    }
}

/// What a file of a day is called.
pub(crate) fn name(format: AuditFormat, at: Timestamp) -> String {
    format!("audit-{}.{}", at.strftime("%Y-%m-%d"), kind(format).1)
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
