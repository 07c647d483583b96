//! When to try a delivery again.

use jiff::{SignedDuration, Timestamp};

/// The waits after the first, second, … failed attempt. After the last one an intent has failed for good: 31 hours
/// and 35 minutes after it was made, and visibly.
pub const SCHEDULE: [SignedDuration; 7] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
];

/// When to make the next attempt after `attempts_made` failed ones, or `None` if it was the last.
///
/// The wait is spread by ±20 % with `random`, so that receivers that failed together are not tried together. It is
/// never shorter than `retry_after`, the receiver's own wish.
pub fn next_attempt(
    attempts_made: u32,
    now: Timestamp,
    retry_after: Option<SignedDuration>,
    random: u32,
) -> Option<Timestamp> {
    let Some(failed) = attempts_made.checked_sub(1) else {
        return Some(now);
    };
    let scheduled = SCHEDULE.get(usize::try_from(failed).ok()?)?;
    let spread = 0.8 + 0.4 * f64::from(random) / f64::from(u32::MAX);
    let wait = SignedDuration::from_secs_f64(scheduled.as_secs_f64() * spread);
    Some(now + wait.max(retry_after.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn wait(attempts_made: u32, retry_after: Option<SignedDuration>, random: u32) -> Option<SignedDuration> {
        next_attempt(attempts_made, NOW, retry_after, random).map(|at| at.duration_since(NOW))
    }

    #[test]
    fn follows_the_schedule_and_gives_up() {
        let middle = u32::MAX / 2;
        let waits: Vec<_> =
            (1..=9).map(|made| wait(made, None, middle).map(|wait| wait.as_secs_f64().round())).collect();

        let expected = [5.0, 300.0, 1_800.0, 7_200.0, 18_000.0, 36_000.0, 50_400.0].map(Some);
        assert_eq!(waits, [&expected[..], &[None, None]].concat());
        assert_eq!(wait(0, None, middle), Some(SignedDuration::ZERO));
    }

    #[test]
    fn jitter_is_a_fifth_either_way() {
        assert_eq!(wait(1, None, 0), Some(SignedDuration::from_secs(4)));
        assert_eq!(wait(1, None, u32::MAX), Some(SignedDuration::from_secs(6)));
    }

    #[test]
    fn the_receivers_wish_only_lengthens() {
        let minute = Some(SignedDuration::from_mins(1));
        assert_eq!(wait(1, minute, 0), minute);
        assert_eq!(wait(2, minute, 0), Some(SignedDuration::from_mins(4)));
        assert_eq!(wait(8, minute, 0), None);
    }

    proptest! {
        #[test]
        fn waits_stay_near_the_schedule(made in 1_u32..=7, random: u32) {
            let scheduled = SCHEDULE[made as usize - 1].as_secs_f64();
            let wait = wait(made, None, random).expect("attempts are left").as_secs_f64();
            prop_assert!(wait >= scheduled * 0.799 && wait <= scheduled * 1.201);
        }
    }
}
