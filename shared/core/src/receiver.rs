//! Receivers of webhooks that hang: one try at a time, further and further apart, while everything else for them waits.
//!
//! A receiver that does not answer holds a sender for as long as a try may take. With many messages for it, it would hold
//! all of them, and other tenants' messages would wait behind.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A receiver that did not answer when it was last tried. There is none of one that does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Silence {
    /// Tries in a row that were not answered.
    pub tries: u32,
    /// Not tried again before this.
    pub until: Timestamp,
    /// Counts writes.
    pub version: u64,
}

impl Silence {
    const FIRST: SignedDuration = SignedDuration::from_secs(20);
    const MOST: SignedDuration = SignedDuration::from_mins(10);
    /// Longer than a try takes: meanwhile the receiver is another's.
    const TRY: SignedDuration = SignedDuration::from_secs(30);
    /// A receiver that nobody writes to is forgotten after this.
    pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

    /// The receiver did not answer.
    pub fn after(known: Option<&Self>, now: Timestamp) -> Self {
        let tries = known.map_or(0, |known| known.tries).saturating_add(1);
        let pause = Self::FIRST * (1 << tries.saturating_sub(1).min(6));
        Self { tries, until: now + pause.min(Self::MOST), version: known.map_or(0, |known| known.version) }
    }

    /// Takes the receiver for one try.
    #[must_use]
    pub fn tried(&self, now: Timestamp) -> Self {
        Self { tries: self.tries, until: now + Self::TRY, version: self.version }
    }

    /// When what waits for the receiver looks again: at first soon after it may be tried, later in steps that grow with
    /// the message's age, so that a heap of them is not turned over and over.
    pub fn look_again(&self, waiting_since: Timestamp, now: Timestamp) -> Timestamp {
        let age = now.duration_since(waiting_since).min(SignedDuration::from_hours(2));
        self.until.max(now + age / 4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_ten_minutes() {
        let (mut known, mut now, mut pauses) = (None, Timestamp::UNIX_EPOCH, Vec::new());
        for _ in 0..8 {
            let silence = Silence::after(known.as_ref(), now);
            pauses.push(silence.until.duration_since(now).as_secs());
            now = silence.until;
            known = Some(silence);
        }
        assert_eq!(pauses, [20, 40, 80, 160, 320, 600, 600, 600]);
    }

    #[test]
    fn old_messages_look_again_less_often() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(8);
        let silence = Silence { tries: 1, until: now + SignedDuration::from_secs(20), version: 1 };
        let wait = |age| silence.look_again(now - age, now).duration_since(now).as_secs();
        assert_eq!(wait(SignedDuration::from_secs(10)), 20);
        assert_eq!(wait(SignedDuration::from_mins(20)), 300);
        assert_eq!(wait(SignedDuration::from_hours(8)), 1_800);
    }
}
