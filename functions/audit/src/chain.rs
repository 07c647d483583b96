//! Seals of the trail, and whether it is what they say.
//!
//! Hashes are of JSON in the form of RFC 8785, an entry's of the line that the export has: whoever has both can do it again.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::{SignedDuration, Timestamp};
use platform_core::audit::{AuditEntry, Seal};
use platform_core::ids::{AuditId, TenantId};
use platform_core::named;
use serde::Serialize;
use utoipa::ToSchema;

use crate::trail::AuditView;

/// How long an entry may be without its seal: as long as what seals it may be behind.
const SEALED_WITHIN: SignedDuration = SignedDuration::from_mins(15);
/// Findings that are told one by one.
const MOST_FINDINGS: usize = 50;

/// SHA-256 of a value in the form of RFC 8785, in hexadecimal digits.
pub(crate) fn sha256(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(hex::encode(digest(&SHA256, &serde_jcs::to_vec(value)?)))
}

/// What tells an entry from what it would be with anything changed.
pub(crate) fn fingerprint(entry: AuditEntry) -> Result<String, serde_json::Error> {
    sha256(&AuditView::from(entry))
}

/// The hash of all of a seal but its hash.
fn hash_of(seal: &Seal) -> Result<String, serde_json::Error> {
    sha256(&Seal { hash: String::new(), ..seal.clone() })
}

/// The seal of an entry, behind the one before.
pub(crate) fn seal(entry: AuditEntry, before: Option<&Seal>, now: Timestamp) -> Result<Seal, serde_json::Error> {
    let mut seal = Seal {
        tenant: entry.tenant,
        number: before.map_or(1, |before| before.number + 1),
        entry: entry.id,
        entry_at: entry.at,
        fingerprint: fingerprint(entry)?,
        at: now,
        previous: before.map(|before| before.hash.clone()).unwrap_or_default(),
        hash: String::new(),
    };
    seal.hash = hash_of(&seal)?;
    Ok(seal)
}

named! {
    /// What is wrong with a trail.
    pub enum AuditDefect {
        /// An entry is not what it was when it was sealed.
        Altered = "altered",
        /// An entry that was sealed is not there any more.
        Missing = "missing",
        /// A seal is not what it was, or one before it was removed.
        BrokenChain = "broken-chain",
    }
}

/// Something that is wrong, and where.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditFinding)]
pub(crate) struct Finding {
    pub(crate) kind: AuditDefect,
    /// The number of the seal.
    pub(crate) number: u64,
    /// The entry that it is about.
    pub(crate) entry_id: uuid::Uuid,
    /// When that was written, by its seal.
    pub(crate) at: Timestamp,
}

/// What is looked at, one after the other: first every seal in its order, then every entry.
pub(crate) struct Verification {
    tenant: TenantId,
    last: Option<Seal>,
    seals: usize,
    /// Of entries that are not found yet.
    open: HashMap<AuditId, Seal>,
    pub(crate) entries: usize,
    pub(crate) sealed: usize,
    pub(crate) waiting: usize,
    pub(crate) unsealed: usize,
    pub(crate) findings: Vec<Finding>,
    pub(crate) omitted: usize,
}

impl Verification {
    pub(crate) fn of(tenant: TenantId) -> Self {
        let (open, findings) = (HashMap::new(), Vec::new());
        Self {
            tenant,
            last: None,
            seals: 0,
            open,
            entries: 0,
            sealed: 0,
            waiting: 0,
            unsealed: 0,
            findings,
            omitted: 0,
        }
    }

    /// How many seals were looked at.
    pub(crate) fn seals(&self) -> usize {
        self.seals
    }

    /// The newest seal.
    pub(crate) fn head(&self) -> Option<&Seal> {
        self.last.as_ref()
    }

    pub(crate) fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    pub(crate) fn seal(&mut self, seal: Seal) -> Result<(), serde_json::Error> {
        let (number, previous) = self.last.as_ref().map_or((1, ""), |last| (last.number + 1, last.hash.as_str()));
        let follows = seal.tenant == self.tenant && seal.number == number && seal.previous == previous;
        let is_broken = !follows || hash_of(&seal)? != seal.hash;
        // The same entry may be sealed twice, as long as both say the same of it.
        let known = self.open.get(&seal.entry).is_some_and(|known| known.fingerprint != seal.fingerprint);
        if is_broken || known {
            self.find(AuditDefect::BrokenChain, &seal);
        }
        // What only the chain needs is not kept: there may be very many.
        let kept = || Seal { previous: String::new(), hash: String::new(), ..seal.clone() };
        self.open.entry(seal.entry).or_insert_with(kept);
        self.seals += 1;
        self.last = Some(seal);
        Ok(())
    }

    pub(crate) fn entry(&mut self, entry: AuditEntry, now: Timestamp) -> Result<(), serde_json::Error> {
        let (id, at) = (entry.id, entry.at);
        self.look(id, &fingerprint(entry)?, now.duration_since(at) < SEALED_WITHIN);
        Ok(())
    }

    /// Looks at an entry by its fingerprint.
    pub(crate) fn look(&mut self, id: AuditId, fingerprint: &str, is_new: bool) {
        self.entries += 1;
        match self.open.remove(&id) {
            None if is_new => self.waiting += 1,
            None => self.unsealed += 1,
            Some(seal) if fingerprint == seal.fingerprint => self.sealed += 1,
            Some(seal) => self.find(AuditDefect::Altered, &seal),
        }
    }

    /// Every entry was looked at: what is sealed and was not found is gone.
    pub(crate) fn end(&mut self) {
        let mut missing: Vec<Seal> = self.open.drain().map(|(_, seal)| seal).collect();
        missing.sort_by_key(|seal| seal.number);
        missing.iter().for_each(|seal| self.find(AuditDefect::Missing, seal));
    }

    fn find(&mut self, kind: AuditDefect, seal: &Seal) {
        if self.findings.len() == MOST_FINDINGS {
            self.omitted += 1;
            return;
        }
        let Seal { number, entry, entry_at, .. } = seal;
        self.findings.push(Finding { kind, number: *number, entry_id: entry.uuid(), at: *entry_at });
    }
}
