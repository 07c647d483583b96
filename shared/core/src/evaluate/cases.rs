//! What a condition is about that is told of as a whole: which cases of it were told, so that one more is news.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Most cases that are remembered. Of more, the others are only counted.
pub const MAX_CASES: usize = 200;
/// How often others are told before the alert is repeated anyway: what comes and goes is no pager's business.
const MAX_TOLD: u8 = 4;

/// The cases of an alert that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cases {
    /// Those that were told, by digest.
    told: BTreeSet<u32>,
    /// Those that were not, and since when they are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fresh: Vec<(u32, Timestamp)>,
    /// How often some were told beside the first, since the last reminder.
    #[serde(default)]
    times: u8,
    /// There were more than are remembered: nobody can say which of them is new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_over: bool,
}

impl Cases {
    /// These are told now.
    pub(super) fn told(ids: &[&str]) -> Self {
        Self { told: digests(ids), is_over: ids.len() > MAX_CASES, ..Self::default() }
    }

    /// These are there now. Whether some of them are to be told, since they were there for as long as a rule asks for; then
    /// they count as told. `is_due` says that it is time for a reminder.
    pub(super) fn look(&mut self, ids: &[&str], is_due: bool, patience: SignedDuration, now: Timestamp) -> bool {
        if is_due {
            self.times = 0;
        }
        if self.is_over || ids.len() > MAX_CASES {
            *self = Self { times: self.times, ..Self::told(ids) };
            return false;
        }
        let present = digests(ids);
        self.told.retain(|case| present.contains(case));
        self.fresh.retain(|(case, _)| present.contains(case));
        let is_new = |case: &&u32| !self.told.contains(case) && self.fresh.iter().all(|(fresh, _)| fresh != *case);
        let new: Vec<(u32, Timestamp)> = present.iter().filter(is_new).map(|case| (*case, now)).collect();
        self.fresh.extend(new);
        let has_lasted = |since: Timestamp| now.duration_since(since) >= patience;
        if self.times >= MAX_TOLD || !self.fresh.iter().any(|(_, since)| has_lasted(*since)) {
            return false;
        }
        self.told.extend(self.fresh.iter().filter(|(_, since)| has_lasted(*since)).map(|(case, _)| *case));
        self.fresh.retain(|(_, since)| !has_lasted(*since));
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
        assert!(!cases.look(&["lab"], false, patience, minute(1)));
        assert!(!cases.look(&["lab", "office"], false, patience, minute(2)));
        assert!(!cases.look(&["lab", "office"], false, patience, minute(6)));
        assert!(cases.look(&["lab", "office"], false, patience, minute(7)));
        assert!(!cases.look(&["lab", "office"], false, patience, minute(8)), "told once");
        assert!(!cases.look(&["office"], false, patience, minute(9)), "one that is over is no news");
        assert!(!cases.look(&["lab", "office"], false, patience, minute(10)));
        assert!(cases.look(&["lab", "office"], false, patience, minute(15)), "but one that comes again is");
    }

    #[test]
    fn what_comes_and_goes_is_told_a_few_times() {
        let mut cases = Cases::told(&["lab"]);
        let mut told = 0;
        for tick in 0..100 {
            told += u8::from(cases.look(&["lab", "office"], false, SignedDuration::ZERO, minute(2 * tick)));
            assert!(!cases.look(&["lab"], false, SignedDuration::ZERO, minute(2 * tick + 1)));
        }
        assert_eq!(told, MAX_TOLD);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let ids: Vec<String> = (0..10_000).map(|n| format!("network-{n}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut cases = Cases::told(&[]);
        assert!(!cases.look(&ids, false, SignedDuration::ZERO, minute(0)), "nobody can say what is new");
        assert!(cases.fresh.is_empty() && cases.told.len() <= MAX_CASES);
        // One is over, and another takes its place among those that are remembered.
        assert!(!cases.look(&ids[1..=MAX_CASES + 1], false, SignedDuration::ZERO, minute(1)));
        assert!(!cases.look(&ids[1..MAX_CASES], false, SignedDuration::ZERO, minute(2)));
        assert!(!cases.look(&ids[1..MAX_CASES], false, SignedDuration::ZERO, minute(3)));
        assert!(cases.look(&ids[..MAX_CASES], false, SignedDuration::ZERO, minute(4)), "now one is new");
    }

    #[test]
    fn a_reminder_lets_what_waited_be_told() {
        let mut cases = Cases::told(&["lab"]);
        for tick in 0..10 {
            cases.look(&["lab", "office"], false, SignedDuration::ZERO, minute(2 * tick));
            cases.look(&["lab"], false, SignedDuration::ZERO, minute(2 * tick + 1));
        }
        assert!(!cases.look(&["lab", "office"], false, SignedDuration::ZERO, minute(30)));
        assert!(cases.look(&["lab", "office"], true, SignedDuration::ZERO, minute(240)));
    }
}
