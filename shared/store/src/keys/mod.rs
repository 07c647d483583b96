//! Keys of the one table. The only place that spells and reads them: a file for each aggregate, its index keys beside.

mod account;
mod aggregate;
mod alert;
mod live;
mod outbox;
mod platform;
#[cfg(test)]
pub(crate) mod samples;
mod tenant;
mod user;

use jiff::Timestamp;
use platform_core::ids::TenantId;
use serde::Deserialize;

use crate::operations::Attributes;

pub use aggregate::Aggregate;
pub use outbox::DUE_SHARDS;

pub(crate) use account::*;
pub(crate) use alert::*;
pub(crate) use live::*;
pub(crate) use outbox::*;
pub(crate) use platform::*;
pub(crate) use tenant::*;
pub(crate) use user::*;

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Place in it.
    pub sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// The key of a stored item.
    pub(crate) fn of(item: &Attributes) -> Option<Self> {
        let text = |name| item.get(name)?.as_s().ok().cloned();
        Some(Self { pk: text("pk")?, sk: text("sk")? })
    }

    /// The tenant in whose own partition it lies.
    pub fn tenant(&self) -> Option<TenantId> {
        self.pk.strip_prefix("TENANT#")?.parse().ok()
    }
}

/// A time as text that sorts as the time does: always UTC, always milliseconds.
pub fn sortable(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_sort_as_text() {
        let earlier: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-01-01T00:00:00.5Z".parse().unwrap();
        assert!(sortable(earlier) < sortable(later));
        assert_eq!(sortable(later), "2026-01-01T00:00:00.500Z");
    }

    #[test]
    fn every_key_that_is_spelled_is_read() {
        let samples = samples::samples();
        for sample in &samples {
            assert_eq!(sample.key.names(), Some((sample.tenant, sample.what.clone())), "{}", sample.spelled_by);
        }
        let mut spelled = 0;
        for file in ["account", "alert", "live", "outbox", "platform", "tenant", "user"] {
            let path = format!("{}/src/keys/{file}.rs", env!("CARGO_MANIFEST_DIR"));
            let source = std::fs::read_to_string(path).unwrap();
            for head in source.lines().filter(|line| line.starts_with("pub(crate) fn ") && line.ends_with("-> Key {")) {
                let name = head.trim_start_matches("pub(crate) fn ").split('(').next().unwrap();
                assert!(samples.iter().any(|sample| sample.spelled_by == name), "no sample of {name}");
                spelled += 1;
            }
        }
        assert!(spelled > 40, "only {spelled} functions spell keys");
    }

    #[test]
    fn a_key_that_nobody_spells_is_nothing() {
        for (pk, sk) in [
            ("TENANT#nobody", "TENANT"),
            ("TENANT#00000000-0000-0000-0000-000000000001", "ALERT#nobody"),
            ("TENANT#00000000-0000-0000-0000-000000000001", "ALERTS"),
            ("TENANT#00000000-0000-0000-0000-000000000001#ACTIVE", "TENANT"),
            ("USER#00000000-0000-0000-0000-000000000001", "MAIL#00000000-0000-0000-0000-000000000001"),
            ("PLATFORM", "INTENT#x"),
            ("", ""),
        ] {
            assert_eq!(Key::new(pk, sk).names(), None, "{pk} {sk}");
        }
    }
}
