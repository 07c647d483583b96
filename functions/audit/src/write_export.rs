//! `writeAuditExport`: writes an export of the trail, part by part.
//!
//! What is written is noted after each part, with the place in the trail behind which it goes on: whoever goes on, after this
//! function's time is over or after it died, begins there, and writes no part twice. However long the trail is, one part is in
//! memory. Two who write at once meet at the note, and the second one stops.

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use platform_core::audit_export::{AuditExport, MOST_BYTES, MOST_ENTRIES, Written};
use platform_core::ids::{AuditExportId, TenantId};
use platform_core::tenancy::Tenant;
use platform_runtime::Platform;
use platform_runtime::files::{self, FileError, FileName};
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_store::StoreError;
use platform_store::audit::AuditRange;
use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256};

use crate::export_view::file_of;
use crate::file;
use crate::trail::Part;

/// Seconds after which the function is stopped.
pub(crate) const TIMEOUT: u16 = 300;

/// How much is done at once.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Entries that are read at once, after which others have their turn.
    pub page: usize,
    /// Bytes of a part, or a page more. S3 wants five megabytes at least.
    pub part: usize,
    /// Parts after which another function goes on.
    pub parts: usize,
    /// Time after which another function goes on.
    pub time: SignedDuration,
}

impl Pace {
    /// Well within the function's memory and time.
    pub const USUAL: Pace = Pace { page: 1_000, part: 8 << 20, parts: 200, time: SignedDuration::from_secs(150) };
}

/// How far one run came.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    ToTheEnd,
    /// Another one goes on.
    Further,
    /// Somebody else writes it, or nobody wants it any more.
    ToNothing,
}

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::AuditExport { tenant, export } = message else { return Err("not an export".into()) };
    write(&platform, tenant, export, Pace::USUAL).await
}

/// Writes an export, or goes on with it.
pub async fn write(platform: &Platform, tenant: TenantId, id: AuditExportId, pace: Pace) -> JobResult {
    let (export, owner) = tokio::try_join!(platform.store.audit_export(tenant, id), platform.store.tenant(tenant))?;
    let Some(owner) = owner.filter(|owner| owner.deleted_at.is_none()) else { return Ok(()) };
    let now = platform.now();
    let Some(mut export) = export.filter(|export| export.is_ready(now)) else { return Ok(()) };
    let file = file_of(&export);
    let begun = export.written.as_ref().map(|written| written.upload.clone());
    let makes_sense = export.claim(now);
    if !noted(platform, &mut export).await? {
        return Ok(());
    }
    if !makes_sense {
        return forget(platform, &file, begun).await;
    }
    match go_on(platform, &owner, &mut export, &file, pace).await {
        Ok(Came::ToTheEnd) => {
            let AuditExport { entries, bytes, .. } = export;
            tracing::info!(tenant.id = %tenant, export.id = %id, entries, bytes, "audit trail exported");
            Ok(())
        }
        Ok(Came::Further) => {
            platform.queues.send(vec![Message::AuditExport { tenant, export: id }]).await?;
            Ok(())
        }
        Ok(Came::ToNothing) => {
            // Of an export that was deleted meanwhile nobody else knows what was written.
            match platform.store.audit_export(tenant, id).await? {
                None => forget(platform, &file, export.written.map(|written| written.upload)).await,
                Some(_) => Ok(()),
            }
        }
        Err(error) => {
            // The next try need not wait until this one's claim is over.
            export.release(platform.now());
            noted(platform, &mut export).await?;
            Err(error)
        }
    }
}

/// Writes down how far it is. Returns whether it still was as it was read.
async fn noted(platform: &Platform, export: &mut AuditExport) -> Result<bool, StoreError> {
    match platform.store.replace_audit_export(export).await {
        Err(StoreError::Conflict) => Ok(false),
        written => written.map(|()| true),
    }
}

async fn forget(platform: &Platform, file: &FileName, upload: Option<String>) -> JobResult {
    if let Some(upload) = upload {
        platform.files.abandon(file, &upload).await?;
    }
    Ok(())
}

async fn go_on(
    platform: &Platform,
    owner: &Tenant,
    export: &mut AuditExport,
    file: &FileName,
    pace: Pace,
) -> Result<Came, JobError> {
    let begun = export.written.as_ref().map(|written| written.upload.clone());
    match write_parts(platform, owner, export, file, pace).await {
        Err(error) if matches!(error.downcast_ref(), Some(FileError::Lost)) => {
            tracing::warn!(export.id = %export.id, "what was written of an export is gone; it begins anew");
            forget(platform, file, begun).await?;
            export.begin_anew();
            export.release(platform.now());
            Ok(if noted(platform, export).await? { Came::Further } else { Came::ToNothing })
        }
        came => came,
    }
}

async fn write_parts(
    platform: &Platform,
    owner: &Tenant,
    export: &mut AuditExport,
    file: &FileName,
    pace: Pace,
) -> Result<Came, JobError> {
    let (began, format, kind) = (platform.now(), export.format, file::kind(export.format).0);
    let mut written = match export.written.clone() {
        Some(written) => written,
        None => {
            let upload = platform.files.begin(file, kind).await?;
            let begun = Written { upload, digest: state_of(&Sha256::new()), ..Written::default() };
            // Noted before anything is written, so that whoever goes on, or deletes it, knows of it.
            export.written = Some(begun.clone());
            if !noted(platform, export).await? {
                forget(platform, file, Some(begun.upload)).await?;
                return Ok(Came::ToNothing);
            }
            begun
        }
    };
    let mut digest = digest_at(&written.digest)?;
    let (from, to) = span(export, owner);
    let mut after = written.after.clone();
    let (mut buffer, mut pending, mut parts) = (Vec::with_capacity(pace.part), 0, 0);
    if written.parts.is_empty() {
        file::begin(format, &mut buffer)?;
    }
    loop {
        let range = AuditRange { from, to, after };
        let page = Part::read(platform, export.tenant, range, &export.filter, pace.page).await?;
        for entry in &page.entries {
            file::add(format, &mut buffer, entry)?;
        }
        pending += page.entries.len() as u64;
        after = page.next;
        let (is_over, now) = (after.is_none(), platform.now());
        let size = buffer.len() as u64;
        if export.entries + pending > MOST_ENTRIES || export.bytes + size > MOST_BYTES {
            forget(platform, file, Some(written.upload)).await?;
            export.fail("it would be larger than a file may be: choose a shorter time, or fewer entries", now);
            return Ok(if noted(platform, export).await? { Came::ToTheEnd } else { Came::ToNothing });
        }
        // A file has one part at least, and none of several is empty.
        let is_part = buffer.len() >= pace.part || is_over && (size > 0 || written.parts.is_empty());
        if is_part {
            digest.update(&buffer);
            let bytes = Bytes::from(std::mem::replace(&mut buffer, Vec::with_capacity(pace.part)));
            let part = files::Part { number: written.parts.len() + 1, offset: export.bytes, bytes };
            written.parts.push(platform.files.add(file, &written.upload, part).await?);
            written.after.clone_from(&after);
            written.digest = state_of(&digest);
            export.went_on(std::mem::take(&mut pending), size, written.clone(), now);
            parts += 1;
            if !is_over && !noted(platform, export).await? {
                return Ok(Came::ToNothing);
            }
        }
        if is_over {
            platform.files.finish(file, &written.upload, &written.parts).await?;
            export.finish(hex::encode(digest.finalize()), platform.now());
            return Ok(if noted(platform, export).await? { Came::ToTheEnd } else { Came::ToNothing });
        }
        // What is in memory and not in a part would be lost: with few entries among many it goes on.
        let is_enough = parts >= pace.parts || now.duration_since(began) >= pace.time;
        if is_enough && pending == 0 {
            written.after.clone_from(&after);
            export.went_on(0, 0, written, now);
            export.release(now);
            return Ok(if noted(platform, export).await? { Came::Further } else { Came::ToNothing });
        }
        // There is not enough for a part, which storage wants large, nor time to find more: the next one would come no further.
        if pending > 0 && now.duration_since(began) >= pace.time * 8 / 5 {
            forget(platform, file, Some(written.upload)).await?;
            export.fail("few entries among very many are asked for: choose a shorter time, or read it in parts", now);
            return Ok(if noted(platform, export).await? { Came::ToTheEnd } else { Came::ToNothing });
        }
        tokio::task::yield_now().await;
    }
}

/// The stretch of the trail that is asked for; what is done after the request is not in it.
fn span(export: &AuditExport, owner: &Tenant) -> (Timestamp, Timestamp) {
    let from = export.from.map_or(owner.created_at, |from| from.max(owner.created_at));
    (from, export.to.map_or(export.created_at, |to| to.min(export.created_at)))
}

fn state_of(digest: &Sha256) -> String {
    hex::encode(digest.serialize())
}

fn digest_at(state: &str) -> Result<Sha256, JobError> {
    let bytes = hex::decode(state)?;
    let state = SerializedState::<Sha256>::try_from(bytes.as_slice())?;
    Sha256::deserialize(&state).map_err(|_| "the state of a digest cannot be read".into())
}
