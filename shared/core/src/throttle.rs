//! How often somebody may guess: ten times in a quarter of an hour, then with pauses that grow to a quarter of an hour.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Guesses that are free of pauses.
pub const FREE: u32 = 10;
/// What they are counted in, and the longest pause.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// What is remembered of somebody who guesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempts {
    /// How many since `since`.
    pub count: u32,
    /// When the first of them was.
    pub since: Timestamp,
    /// The next one is not looked at before.
    pub next_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

impl Attempts {
    /// One attempt more, or when to come again.
    ///
    /// # Errors
    ///
    /// The attempt must not be looked at.
    pub fn after(known: Option<&Attempts>, now: Timestamp) -> Result<Attempts, Timestamp> {
        let fresh = Attempts { count: 1, since: now, next_at: now, version: 0 };
        let Some(known) = known else { return Ok(fresh) };
        // A right guess that was taken back takes its pause with it.
        if known.count >= FREE && now < known.next_at {
            return Err(known.next_at);
        }
        let version = known.version;
        // A quiet window begins a new count: after the first attempt while there were few, after the last pause else.
        let began = if known.count < FREE { known.since } else { known.next_at };
        if now.duration_since(began) >= WINDOW {
            return Ok(Attempts { version, ..fresh });
        }
        let count = known.count + 1;
        Ok(Attempts { count, since: known.since, next_at: now + pause(count), version })
    }

    /// When nothing of it matters any more.
    pub fn forgotten_at(&self) -> Timestamp {
        self.since.max(self.next_at) + WINDOW
    }
}

/// The pause after so many attempts.
fn pause(count: u32) -> SignedDuration {
    match count.checked_sub(FREE) {
        None => SignedDuration::ZERO,
        Some(over) => (FIRST_PAUSE * 2_i32.pow(over.min(5))).min(WINDOW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    /// Tries at every second and returns when it was let.
    fn let_in(seconds: i64) -> Vec<i64> {
        let (mut known, mut times) = (None, Vec::new());
        for second in 0..seconds {
            if let Ok(next) = Attempts::after(known.as_ref(), at(second)) {
                known = Some(next);
                times.push(second);
            }
        }
        times
    }

    #[test]
    fn pauses_grow_to_a_quarter_of_an_hour() {
        let times = let_in(6_000);
        assert_eq!(times[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        let pauses: Vec<i64> = times[9..].windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(pauses[..6], [30, 60, 120, 240, 480, 900]);
        assert!(pauses[5..].iter().all(|pause| *pause == 900), "{pauses:?}");
    }

    #[test]
    fn a_quiet_quarter_of_an_hour_begins_anew() {
        let mut known = None;
        for second in 0..10 {
            known = Attempts::after(known.as_ref(), at(second)).ok();
        }
        let later = Attempts::after(known.as_ref(), at(9 + 30 + 900)).unwrap();
        assert_eq!((later.count, later.next_at), (1, at(939)));
        let few = Attempts::after(Some(&Attempts { count: 3, since: at(0), next_at: at(0), version: 3 }), at(900));
        assert_eq!(few.unwrap().count, 1);
    }
}
