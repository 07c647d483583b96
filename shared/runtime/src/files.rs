//! Files of tenants: written in parts, read by whoever has a link that is good for minutes, gone after a week.
//!
//! A file belongs to one tenant, and its name begins with it. It is there when it is finished, and never changed; until then
//! nobody sees it. On AWS files are objects of a bucket, on the local host files of its data folder.

use std::fmt;
use std::sync::Arc;

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use platform_core::audit_export::AuditExport;
use platform_core::ids::TenantId;
use platform_http::needs::FileRights;

use crate::queue::Future;

/// How long files are kept.
pub const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileName {
    tenant: TenantId,
    rest: String,
}

impl FileName {
    /// A file of a tenant: of which kind, and which.
    pub fn new(tenant: TenantId, kind: &'static str, file: impl fmt::Display) -> Self {
        Self { tenant, rest: format!("{kind}/{file}") }
    }

    /// The file of an export of the audit trail.
    pub fn of_export(export: &AuditExport) -> Self {
        // Formats are called as their files end.
        Self::new(export.tenant, "audit", format_args!("{}.{}", export.id, export.format.name()))
    }

    /// Its path, below which nobody else's is.
    pub fn path(&self) -> String {
        format!("{}{}", folder(self.tenant), self.rest)
    }
}

/// What the paths of a tenant's files begin with.
pub fn folder(tenant: TenantId) -> String {
    format!("tenants/{tenant}/")
}

/// A part of a file that is being written.
#[derive(Debug)]
pub struct Part {
    /// Which, from 1 on.
    pub number: usize,
    /// How many bytes are before it.
    pub offset: u64,
    /// What is in it. All but the last have five megabytes at least.
    pub bytes: Bytes,
}

/// What a file is called by whoever saves it.
#[derive(Debug)]
pub struct SavedAs {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
}

/// What could not be done with a file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// What was begun is not there any more, or is not what the caller takes it for: it is to be begun anew.
    #[error("what was written of a file is gone")]
    Lost,
    /// For now.
    #[error("files cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Keeps files.
pub trait Files: Send + Sync {
    /// Begins a file. Returns what this beginning is called: there may be several of one name, and the one that is finished
    /// counts.
    fn begin<'a>(&'a self, name: &'a FileName, kind: &'static str) -> Future<'a, Result<String, FileError>>;

    /// Writes a part, or writes it anew. Returns what it is called.
    fn add<'a>(&'a self, name: &'a FileName, upload: &'a str, part: Part) -> Future<'a, Result<String, FileError>>;

    /// The file is there, with these parts in their order, at least one.
    fn finish<'a>(
        &'a self,
        name: &'a FileName,
        upload: &'a str,
        parts: &'a [String],
    ) -> Future<'a, Result<(), FileError>>;

    /// Forgets what was written of a file that will not be finished.
    fn abandon<'a>(&'a self, name: &'a FileName, upload: &'a str) -> Future<'a, Result<(), FileError>>;

    /// A link to a file that is there, good from now on for so long.
    fn link<'a>(
        &'a self,
        name: &'a FileName,
        saved_as: SavedAs,
        good_for: (Timestamp, SignedDuration),
    ) -> Future<'a, Result<String, FileError>>;

    /// Removes a file, if it is there.
    fn remove<'a>(&'a self, name: &'a FileName) -> Future<'a, Result<(), FileError>>;

    /// Removes files of a tenant, some of them. Returns how many; 0 once none is left.
    fn remove_some(&self, tenant: TenantId) -> Future<'_, Result<usize, FileError>>;
}

impl fmt::Debug for dyn Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Files")
    }
}

fn refused<T: Send + 'static>(what: &'static str) -> Future<'static, Result<T, FileError>> {
    Box::pin(async move { Err(FileError::Unavailable(what.into())) })
}

/// Of an operation that handles none.
#[derive(Debug)]
pub struct NoFiles;

const NONE: &str = "this operation handles no files";

impl Files for NoFiles {
    fn begin<'a>(&'a self, _: &'a FileName, _: &'static str) -> Future<'a, Result<String, FileError>> {
        refused(NONE)
    }

    fn add<'a>(&'a self, _: &'a FileName, _: &'a str, _: Part) -> Future<'a, Result<String, FileError>> {
        refused(NONE)
    }

    fn finish<'a>(&'a self, _: &'a FileName, _: &'a str, _: &'a [String]) -> Future<'a, Result<(), FileError>> {
        refused(NONE)
    }

    fn abandon<'a>(&'a self, _: &'a FileName, _: &'a str) -> Future<'a, Result<(), FileError>> {
        refused(NONE)
    }

    fn link<'a>(
        &'a self,
        _: &'a FileName,
        _: SavedAs,
        _: (Timestamp, SignedDuration),
    ) -> Future<'a, Result<String, FileError>> {
        refused(NONE)
    }

    fn remove<'a>(&'a self, _: &'a FileName) -> Future<'a, Result<(), FileError>> {
        refused(NONE)
    }

    fn remove_some(&self, _: TenantId) -> Future<'_, Result<usize, FileError>> {
        refused(NONE)
    }
}

/// Files of an operation that may do some things with them.
pub(crate) struct HeldFiles {
    pub(crate) granted: FileRights,
    pub(crate) files: Arc<dyn Files>,
}

const NOT_GRANTED: &str = "the operation's row does not grant this with files";

impl Files for HeldFiles {
    fn begin<'a>(&'a self, name: &'a FileName, kind: &'static str) -> Future<'a, Result<String, FileError>> {
        if self.granted.writes { self.files.begin(name, kind) } else { refused(NOT_GRANTED) }
    }

    fn add<'a>(&'a self, name: &'a FileName, upload: &'a str, part: Part) -> Future<'a, Result<String, FileError>> {
        if self.granted.writes { self.files.add(name, upload, part) } else { refused(NOT_GRANTED) }
    }

    fn finish<'a>(
        &'a self,
        name: &'a FileName,
        upload: &'a str,
        parts: &'a [String],
    ) -> Future<'a, Result<(), FileError>> {
        if self.granted.writes { self.files.finish(name, upload, parts) } else { refused(NOT_GRANTED) }
    }

    fn abandon<'a>(&'a self, name: &'a FileName, upload: &'a str) -> Future<'a, Result<(), FileError>> {
        let FileRights { writes, removes, clears, .. } = self.granted;
        let is_granted = writes || removes || clears;
        if is_granted { self.files.abandon(name, upload) } else { refused(NOT_GRANTED) }
    }

    fn link<'a>(
        &'a self,
        name: &'a FileName,
        saved_as: SavedAs,
        good_for: (Timestamp, SignedDuration),
    ) -> Future<'a, Result<String, FileError>> {
        if self.granted.signs { self.files.link(name, saved_as, good_for) } else { refused(NOT_GRANTED) }
    }

    fn remove<'a>(&'a self, name: &'a FileName) -> Future<'a, Result<(), FileError>> {
        if self.granted.removes { self.files.remove(name) } else { refused(NOT_GRANTED) }
    }

    fn remove_some(&self, tenant: TenantId) -> Future<'_, Result<usize, FileError>> {
        if self.granted.clears { self.files.remove_some(tenant) } else { refused(NOT_GRANTED) }
    }
}
