//! How far back conditions look that are about what happened.

use jiff::SignedDuration;

use crate::validate::Problems;

/// Shortest, in minutes: what happened is seen at least once, also when a tick is missed or two.
const SHORTEST: u32 = 5;
/// Longest, in minutes: an hour, which is read anew each minute.
const LONGEST: u32 = 60;

/// Minutes unless a rule says otherwise.
pub(super) const fn usual() -> u32 {
    10
}

/// Minutes as a stretch of time.
pub(super) fn stretch(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}

/// Records that a rule looks back too short or too far.
pub(super) fn check(minutes: u32, problems: &mut Problems) {
    let detail = format!("must be {SHORTEST} to {LONGEST} minutes");
    problems.require((SHORTEST..=LONGEST).contains(&minutes), "/conditionConfig/window", detail);
}
