//! Whether a trail that was exported is what its seals say: without the platform, and without its database.

use std::fmt;
use std::io::{self, BufRead};

use platform_core::audit::Seal;
use platform_core::ids::AuditId;
use serde_json::Value;

use crate::chain::{AuditDefect, Finding, Verification, sha256};

/// Longest line of a file, in bytes: more than an entry may have.
const MOST_BYTES: u64 = 1_000_000;

/// What came of it.
#[derive(Debug)]
pub struct Report {
    /// Entries that were looked at.
    pub entries: usize,
    /// Those that are as they were sealed.
    pub sealed: usize,
    /// Those of which the file has no seal: they are newer, of another month, or were put between.
    pub unsealed: usize,
    /// The number and the hash of the newest seal.
    pub head: Option<(u64, String)>,
    /// What is wrong, one line each.
    pub findings: Vec<String>,
    /// How many more are.
    pub omitted: usize,
}

/// Why files cannot be held against each other.
#[derive(Debug)]
pub enum Unreadable {
    /// A file cannot be read.
    Io(io::Error),
    /// A line is not what it should be: of which file, and which one.
    Line(&'static str, usize, String),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Line(file, number, why) => write!(f, "line {number} of the {file}: {why}"),
        }
    }
}

impl std::error::Error for Unreadable {}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Report {
    /// Whether every entry is as it was sealed, and none that was sealed is gone.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty() && self.unsealed == 0
    }

    /// Whether the chain holds a seal that somebody noted: with this number, and this hash.
    fn miss(&mut self, number: u64) {
        self.findings.push(format!("seal {number} is not the one that was noted: the chain was cut off or made anew"));
    }
}

/// Holds the lines of a month's trail against those of its seals, and the seals against one that was noted before, if one was.
pub fn verify(seals: impl BufRead, entries: impl BufRead, noted: Option<&(u64, String)>) -> Result<Report, Unreadable> {
    let mut looked_at: Option<Verification> = None;
    let mut is_there = noted.is_none();
    each("seals", seals, |line| {
        let seal: Seal = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        is_there |= noted.is_some_and(|(number, hash)| seal.number == *number && seal.hash == *hash);
        let chain = looked_at.get_or_insert_with(|| Verification::of(seal.tenant));
        chain.seal(seal).map_err(|error| error.to_string())
    })?;
    let mut looked_at = looked_at.ok_or_else(|| Unreadable::Line("seals", 1, "there is no seal".to_owned()))?;
    each("trail", entries, |line| {
        let entry: Value = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let id = entry["id"].as_str().and_then(|id| id.parse().ok()).ok_or("an entry has an id")?;
        let fingerprint = sha256(&entry).map_err(|error| error.to_string())?;
        looked_at.look(AuditId::from_uuid(id), &fingerprint, false);
        Ok(())
    })?;
    looked_at.end();
    let mut report = Report {
        entries: looked_at.entries,
        sealed: looked_at.sealed,
        unsealed: looked_at.unsealed,
        head: looked_at.head().map(|seal| (seal.number, seal.hash.clone())),
        findings: looked_at.findings.iter().map(Finding::sentence).collect(),
        omitted: looked_at.omitted,
    };
    if let Some((number, _)) = noted.filter(|_| !is_there) {
        report.miss(*number);
    }
    Ok(report)
}

fn each(
    file: &'static str,
    mut lines: impl BufRead,
    mut take: impl FnMut(&[u8]) -> Result<(), String>,
) -> Result<(), Unreadable> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if io::Read::take(&mut lines, MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        take(&line).map_err(|why| Unreadable::Line(file, number, why))?;
    }
    Ok(())
}

impl Finding {
    fn sentence(&self) -> String {
        let Self { kind, number, entry_id, at } = self;
        match kind {
            AuditDefect::Altered => format!("entry {entry_id} of {at} is not what it was when seal {number} was made"),
            AuditDefect::Missing => format!("entry {entry_id} of {at}, which seal {number} is about, is missing"),
            AuditDefect::BrokenChain => format!("the chain does not hold at seal {number}, of {at}"),
        }
    }
}
