//! What a condition is about that is told of as a whole: which cases of it were told, so that one more is news.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Most cases that are remembered. Of more, the others are only counted.
pub const MAX_CASES: usize = 200;
/// How often others are told before the alert is repeated anyway: what comes and goes is no pager's business.
const MAX_TOLD: u8 = 8;

/// The cases of an alert that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cases {
    /// Those that were told, by digest.
    told: BTreeSet<u32>,
    /// Those that were not, and since when they are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fresh: Vec<(u32, Timestamp)>,
    /// How often some were told beside the first.
    #[serde(default)]
    times: u8,
}

impl Cases {
    /// These are told now.
    pub(super) fn told(ids: &[&str]) -> Self {
        Self { told: digests(ids), fresh: Vec::new(), times: 0 }
    }

    /// These are there now. Whether some of them are to be told, since they were there for as long as a rule asks for; then
    /// they count as told.
    pub(super) fn look(&mut self, ids: &[&str], patience: SignedDuration, now: Timestamp) -> bool {
        let present = digests(ids);
        self.told.retain(|case| present.contains(case));
        self.fresh.retain(|(case, _)| present.contains(case));
        let is_new = |case: &&u32| !self.told.contains(case) && self.fresh.iter().all(|(fresh, _)| fresh != *case);
        let new: Vec<(u32, Timestamp)> = present.iter().filter(is_new).map(|case| (*case, now)).collect();
        self.fresh.extend(new);
        let is_due = |since: Timestamp| now.duration_since(since) >= patience;
        if self.times >= MAX_TOLD || !self.fresh.iter().any(|(_, since)| is_due(*since)) {
            return false;
        }
        self.told.extend(self.fresh.iter().filter(|(_, since)| is_due(*since)).map(|(case, _)| *case));
        self.fresh.retain(|(_, since)| !is_due(*since));
        self.times += 1;
        true
    }
}

fn digests(ids: &[&str]) -> BTreeSet<u32> {
    ids.iter().take(MAX_CASES).map(|id| fnv(id.bytes())).collect()
}

/// FNV-1a: the same in every version of the program. A clash only leaves something unsaid until the next change.
pub(super) fn fnv(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + 60 * minute).unwrap()
    }

    #[test]
    fn one_more_case_is_news_once_it_lasted() {
        let patience = SignedDuration::from_mins(5);
        let mut cases = Cases::told(&["lab"]);
        assert!(!cases.look(&["lab"], patience, minute(1)));
        assert!(!cases.look(&["lab", "office"], patience, minute(2)));
        assert!(!cases.look(&["lab", "office"], patience, minute(6)));
        assert!(cases.look(&["lab", "office"], patience, minute(7)));
        assert!(!cases.look(&["lab", "office"], patience, minute(8)), "told once");
        assert!(!cases.look(&["office"], patience, minute(9)), "one that is over is no news");
        assert!(!cases.look(&["lab", "office"], patience, minute(10)));
        assert!(cases.look(&["lab", "office"], patience, minute(15)), "but one that comes again is");
    }

    #[test]
    fn what_comes_and_goes_is_told_a_few_times() {
        let mut cases = Cases::told(&["lab"]);
        let mut told = 0;
        for tick in 0..100 {
            told += u8::from(cases.look(&["lab", "office"], SignedDuration::ZERO, minute(2 * tick)));
            assert!(!cases.look(&["lab"], SignedDuration::ZERO, minute(2 * tick + 1)));
        }
        assert_eq!(told, MAX_TOLD);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let ids: Vec<String> = (0..10_000).map(|n| format!("network-{n}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut cases = Cases::told(&[]);
        cases.look(&ids, SignedDuration::from_mins(1), minute(0));
        assert!(cases.fresh.len() <= MAX_CASES);
        cases.look(&ids, SignedDuration::ZERO, minute(1));
        assert!(cases.told.len() <= MAX_CASES);
    }
}
