//! An export of the audit trail that is written as a file, in the background.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::Person;
use crate::audit_filter::AuditFilter;
use crate::ids::{AuditExportId, TenantId};
use crate::named;

/// Exports of a tenant that wait or are being written at the same time.
pub const MOST_OPEN: usize = 3;
/// Exports of a tenant that are kept, whatever became of them.
pub const MOST_KEPT: usize = 20;
/// Entries of one file.
pub const MOST_ENTRIES: u64 = 5_000_000;
/// Bytes of one file.
pub const MOST_BYTES: u64 = 4 << 30;
/// How often it is tried to get one step further.
const MOST_TRIES: u32 = 6;

named! {
    /// What a trail is written as.
    pub enum AuditFormat {
        /// An entry as JSON on each line.
        Jsonl = "jsonl",
        /// Comma-separated values (RFC 4180), in UTF-8. What a spreadsheet would take for a formula begins with an apostrophe.
        Csv = "csv",
    }
}

named! {
    /// How far an export is.
    pub enum AuditExportState {
        /// It waits for its turn.
        Queued = "queued",
        /// It is being written.
        Running = "running",
        /// The file is there.
        Ready = "ready",
        /// There will be no file.
        Failed = "failed",
        /// The file was deleted, since its time was over.
        Expired = "expired",
    }
}

/// What was written of a file that is not finished: whoever goes on begins here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// The file, as the storage knows it while it is written.
    pub upload: String,
    /// What the storage calls its parts, in their order.
    pub parts: Vec<String>,
    /// The place in the trail behind which it goes on.
    pub after: Option<String>,
    /// The state of the SHA-256 of all parts, in hexadecimal digits.
    pub digest: String,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditExport {
    /// Id.
    pub id: AuditExportId,
    /// Whose.
    pub tenant: TenantId,
    /// As what.
    pub format: AuditFormat,
    /// Of which entries.
    #[serde(default)]
    pub filter: AuditFilter,
    /// Since when, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// When it was asked for. What was done later is not in it.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Person,
    /// How far it is. Never expired: that follows from the time.
    pub state: AuditExportState,
    /// Entries in the file so far.
    pub entries: u64,
    /// Bytes of the file so far.
    pub bytes: u64,
    /// SHA-256 of the file, in hexadecimal digits, once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// When it was ready, or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
    /// Why there is no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// When the sweeper looks whether anybody took it.
    pub due: Timestamp,
    /// Not gone on with before this: somebody writes it.
    pub ready_at: Timestamp,
    /// Tries since it last came further.
    #[serde(default)]
    pub tries: u32,
    /// What is written of it, while it is being written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Written>,
    /// Counts writes.
    pub version: u64,
}

impl AuditExport {
    /// How long a file is there.
    pub const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);
    /// How long it is told what became of it.
    pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(14 * 24);
    /// For how long whoever writes keeps others from doing so: longer than a function may take.
    pub const CLAIM: SignedDuration = SignedDuration::from_mins(6);

    /// When the file is deleted.
    pub fn expires_at(&self) -> Timestamp {
        self.created_at + Self::LIFE
    }

    /// Whether it waits or is being written.
    pub fn is_open(&self) -> bool {
        matches!(self.state, AuditExportState::Queued | AuditExportState::Running)
    }

    /// How far it is at a time.
    pub fn state_at(&self, now: Timestamp) -> AuditExportState {
        match self.state {
            AuditExportState::Ready if now >= self.expires_at() => AuditExportState::Expired,
            state => state,
        }
    }

    /// Whether somebody may go on writing it.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.is_open() && self.ready_at <= now
    }

    /// Somebody goes on with it, and nobody else for a while. Returns whether there is sense in that: what was tried often
    /// and never came further is given up.
    pub fn claim(&mut self, now: Timestamp) -> bool {
        if self.tries >= MOST_TRIES {
            self.fail("it could not be written, though it was tried several times", now);
            return false;
        }
        self.state = AuditExportState::Running;
        self.tries += 1;
        self.wait_until(now + Self::CLAIM);
        true
    }

    /// It came further: a part is in the file, and so is everything before a place of the trail.
    pub fn went_on(&mut self, entries: u64, bytes: u64, written: Written, now: Timestamp) {
        self.entries += entries;
        self.bytes += bytes;
        self.written = Some(written);
        self.tries = 1;
        self.wait_until(now + Self::CLAIM);
    }

    /// Somebody else may go on with it at once.
    pub fn release(&mut self, now: Timestamp) {
        self.wait_until(now);
    }

    fn wait_until(&mut self, until: Timestamp) {
        (self.due, self.ready_at) = (until, until);
    }

    /// What was written is of no use: it begins anew.
    pub fn begin_anew(&mut self) {
        self.written = None;
        self.entries = 0;
        self.bytes = 0;
    }

    /// The file is there.
    pub fn finish(&mut self, sha256: String, now: Timestamp) {
        self.state = AuditExportState::Ready;
        self.sha256 = Some(sha256);
        self.end(now);
    }

    /// There will be no file.
    pub fn fail(&mut self, why: &str, now: Timestamp) {
        self.state = AuditExportState::Failed;
        self.failure = Some(why.to_owned());
        self.end(now);
    }

    fn end(&mut self, now: Timestamp) {
        self.finished_at = Some(now);
        self.written = None;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::UserId;

    fn export() -> AuditExport {
        AuditExport {
            id: AuditExportId::from_uuid(Uuid::from_u128(1)),
            tenant: TenantId::from_uuid(Uuid::from_u128(2)),
            format: AuditFormat::Jsonl,
            filter: AuditFilter::default(),
            from: None,
            to: None,
            created_at: Timestamp::UNIX_EPOCH,
            created_by: Person { id: UserId::from_uuid(Uuid::from_u128(3)), name: "Ada".into() },
            state: AuditExportState::Queued,
            entries: 0,
            bytes: 0,
            sha256: None,
            finished_at: None,
            failure: None,
            due: Timestamp::UNIX_EPOCH,
            ready_at: Timestamp::UNIX_EPOCH,
            tries: 0,
            written: None,
            version: 1,
        }
    }

    #[test]
    fn one_writer_at_a_time_and_a_dead_one_is_followed() {
        let (mut export, now) = (export(), Timestamp::UNIX_EPOCH);
        assert!(export.is_ready(now) && export.claim(now));
        assert!(!export.is_ready(now) && export.is_ready(now + AuditExport::CLAIM));
        export.release(now);
        assert!(export.is_ready(now));
    }

    #[test]
    fn what_never_comes_further_is_given_up() {
        let (mut export, now) = (export(), Timestamp::UNIX_EPOCH);
        for _ in 0..MOST_TRIES {
            assert!(export.claim(now));
        }
        // A part more, and it is tried as often again.
        export.went_on(10, 100, Written::default(), now);
        for _ in 1..MOST_TRIES {
            assert!(export.claim(now));
        }
        assert!(!export.claim(now));
        assert_eq!((export.state, export.entries, export.written.clone()), (AuditExportState::Failed, 10, None));
        assert!(!export.is_ready(now + AuditExport::CLAIM));
    }

    #[test]
    fn a_file_has_its_time() {
        let (mut export, now) = (export(), Timestamp::UNIX_EPOCH);
        export.finish("00".into(), now);
        let at = |time: SignedDuration| export.state_at(now + time);
        assert_eq!(at(AuditExport::LIFE - SignedDuration::from_secs(1)), AuditExportState::Ready);
        assert_eq!(at(AuditExport::LIFE), AuditExportState::Expired);
    }
}
