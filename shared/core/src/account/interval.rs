//! How often an account is read.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{AccountStatus, SILENT_AFTER, SyncState};

/// However short the interval is, nobody is told within this that an account is overdue.
const OVERDUE_AFTER_AT_LEAST: SignedDuration = SignedDuration::from_secs(30);
/// However long the interval is, an account that is later than this is overdue.
const OVERDUE_AFTER_AT_MOST: SignedDuration = SILENT_AFTER;
/// How much of a tick an account may be early: a sync notes its end, and that is later than the tick that began it.
const EARLY: f64 = 0.75;
/// However long the tick is.
const EARLY_AT_MOST: SignedDuration = SignedDuration::from_secs(45);
/// Lists of those that are read in turn which one sync reads, at most. With peers and events these are five calls: as many as a
/// self-hosted server that limits calls to six a minute answers.
const MOST_IN_TURN: usize = 3;

/// Whole minutes from one sync of an account to the next. One is as often as the host's clock ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SyncInterval(u8);

impl Default for SyncInterval {
    fn default() -> Self {
        Self(1)
    }
}

impl SyncInterval {
    /// The shortest, in seconds.
    pub const LEAST_SECONDS: u32 = 60;
    /// The longest, in seconds.
    pub const MOST_SECONDS: u32 = 3_600;

    /// So many seconds; `None` if these are not whole minutes, or too few or too many.
    pub fn from_seconds(seconds: u32) -> Option<Self> {
        let is_one = (Self::LEAST_SECONDS..=Self::MOST_SECONDS).contains(&seconds) && seconds.is_multiple_of(60);
        u8::try_from(seconds / 60).ok().filter(|_| is_one).map(Self)
    }

    /// In seconds.
    pub fn seconds(self) -> u32 {
        u32::from(self.0) * 60
    }

    /// Whether it is the one that all accounts have of which nobody said otherwise.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether every tick of a host's clock reads the account.
    pub fn is_each_tick(self, tick: SignedDuration) -> bool {
        self.0 <= 1 || self.length() <= tick
    }

    /// How often an account is read by a host whose clock ticks so often.
    pub fn on(self, tick: SignedDuration) -> SignedDuration {
        if self.is_each_tick(tick) { tick } else { self.length() }
    }

    fn length(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.0))
    }

    /// Without a sync for longer than this an account is silent.
    fn silence(self) -> SignedDuration {
        SyncState::patience(self.length()).max(SILENT_AFTER)
    }

    /// How many of the lists that are read in turn one sync reads: an account that is read seldom would know of each only
    /// every few hours.
    pub(super) fn lists_in_turn(self) -> usize {
        usize::from(self.0).clamp(1, MOST_IN_TURN)
    }
}

/// What the dispatcher knows of an account's last syncs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tried {
    /// When it was last tried.
    pub last_attempt: Option<Timestamp>,
    /// When somebody had it read again that was held, if it was not since.
    pub resumed_at: Option<Timestamp>,
    /// How often it failed since the last time that it did not.
    pub errors: u32,
}

impl Tried {
    /// Whether a tick at `now` reads an account that nothing holds back.
    pub fn is_due(self, every: SyncInterval, now: Timestamp, tick: SignedDuration) -> bool {
        // What failed is tried again when the server had its rest, and what somebody resumed is read at once.
        if every.is_each_tick(tick) || self.errors > 0 || self.resumed_at > self.last_attempt {
            return true;
        }
        let early = EARLY_AT_MOST.min(tick.mul_f64(EARLY));
        // A clock that was set back would keep it waiting.
        self.last_attempt.is_none_or(|last| last > now || now.duration_since(last) >= every.on(tick) - early)
    }
}

impl SyncState {
    /// How often a host whose clock ticks so often reads it.
    pub fn interval(&self, tick: SignedDuration) -> SignedDuration {
        self.every.on(tick)
    }

    /// How long an account that is to be synced every `interval` may go without an attempt: two of them, and of a long one no
    /// more than ten minutes over it. A tick of a few seconds, as the demo has it, is late for reasons that are none.
    pub fn patience(interval: SignedDuration) -> SignedDuration {
        (interval + interval.min(OVERDUE_AFTER_AT_MOST)).max(OVERDUE_AFTER_AT_LEAST)
    }

    /// Since when the platform is behind with it, if it is to be synced every `interval`.
    pub(super) fn overdue_since(&self, now: Timestamp, interval: SignedDuration) -> Option<Timestamp> {
        let since = self.last_sync.map(|_| self.silent_since());
        since.map(|since| since + Self::patience(interval)).filter(|overdue| *overdue < now)
    }

    /// Whether what is stored stands for the present: no failed or implausible sync since, and read within ten minutes. What is
    /// read seldom stands for the present for that long, and then not before it is read again.
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.status() == AccountStatus::Healthy && now.duration_since(self.silent_since()) <= SILENT_AFTER
    }

    /// The moment that what is stored stands for: now, or when an account that is read seldom was read. `None` of one that
    /// cannot be read.
    pub fn stands_for(&self, now: Timestamp) -> Option<Timestamp> {
        match self.status() {
            _ if self.is_current(now) => Some(now),
            AccountStatus::Healthy if !self.is_silent(now) => self.last_sync,
            _ => None,
        }
    }

    /// Whether syncs have ceased: something is wrong with the platform itself.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        now.duration_since(self.silent_since()) > self.silent_after()
    }

    /// Without a sync for longer than this it is silent: ten minutes, or that much over its interval.
    pub fn silent_after(&self) -> SignedDuration {
        self.every.silence()
    }

    /// Since when nothing was read: the last sync, or when that was to begin again, or the beginning.
    pub fn silent_since(&self) -> Timestamp {
        self.last_sync.max(self.resumed_at).unwrap_or_else(|| self.account.made_at())
    }

    /// Whether a message that was put into the queue at `asked` has nothing to ask for any more: the account was tried
    /// since, is to be left alone, or a later tick has asked anew, which every tick does until an account was tried.
    pub fn has_no_use_for(&self, asked: Option<Timestamp>, now: Timestamp, tick: SignedDuration) -> bool {
        let is_left_alone = self.paused || self.not_before.is_some_and(|not_before| not_before > now);
        let is_answered = |asked| self.last_attempt.is_some_and(|last| last > asked);
        let is_old = |asked| now.duration_since(asked) > tick.max(OVERDUE_AFTER_AT_LEAST);
        is_left_alone || asked.is_some_and(|asked| is_answered(asked) || is_old(asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::AccountId;

    const TICK: SignedDuration = SignedDuration::from_mins(1);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn every(minutes: u32) -> SyncInterval {
        SyncInterval::from_seconds(minutes * 60).unwrap()
    }

    fn tried(seconds: i64) -> Tried {
        Tried { last_attempt: Some(at(seconds)), ..Tried::default() }
    }

    #[test]
    fn intervals_are_whole_minutes_up_to_an_hour() {
        for seconds in [0, 1, 59, 61, 90, 3_599, 3_601, 3_660, 15_420, u32::MAX] {
            assert_eq!(SyncInterval::from_seconds(seconds), None, "{seconds}");
        }
        for seconds in [60, 120, 3_600] {
            assert_eq!(SyncInterval::from_seconds(seconds).map(SyncInterval::seconds), Some(seconds));
        }
    }

    #[test]
    fn an_account_is_due_by_the_tick_that_is_nearest() {
        // Ticks at the full minute; a sync is noted when it ends, up to 45 s later.
        for took in [1, 20, 44] {
            let due = (1..).find(|minute| tried(took).is_due(every(5), at(60 * minute), TICK)).unwrap();
            assert_eq!(due, 5, "{took}");
        }
        assert!(tried(0).is_due(every(1), at(1), TICK), "each tick");
        assert!(!tried(0).is_due(every(60), at(3_500), TICK) && tried(0).is_due(every(60), at(3_600), TICK));
        assert!(Tried::default().is_due(every(60), at(0), TICK), "it was never read");
        assert!(tried(7_200).is_due(every(60), at(0), TICK), "the clock was set back");
        let slow = SignedDuration::from_mins(30);
        assert!(tried(0).is_due(every(5), at(1_800), slow) && every(5).on(slow) == slow);
    }

    #[test]
    fn what_failed_or_was_resumed_does_not_wait_for_its_interval() {
        let failed = Tried { errors: 1, ..tried(0) };
        assert!(failed.is_due(every(60), at(60), TICK));
        let resumed = Tried { resumed_at: Some(at(30)), ..tried(0) };
        assert!(resumed.is_due(every(60), at(60), TICK));
        let read_since = Tried { resumed_at: Some(at(30)), ..tried(40) };
        assert!(!read_since.is_due(every(60), at(60), TICK));
    }

    #[test]
    fn a_long_interval_has_patience_for_ten_minutes_more() {
        let patience = |minutes| SyncState::patience(SignedDuration::from_mins(minutes)).as_mins();
        assert_eq!([1, 5, 10, 15, 60].map(patience), [2, 10, 20, 25, 70]);
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        state.succeed(at(0));
        assert!(!state.is_silent(at(600)) && state.is_silent(at(601)));
        state.every = every(60);
        assert!(!state.is_silent(at(70 * 60)) && state.is_silent(at(70 * 60 + 1)));
        let hour = state.interval(TICK);
        assert_eq!(state.status_at(at(70 * 60), hour), AccountStatus::Healthy);
        assert_eq!(state.status_at(at(70 * 60 + 1), hour), AccountStatus::Degraded);
    }

    #[test]
    fn what_is_read_seldom_stands_for_the_moment_that_it_was_read() {
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        state.every = every(60);
        state.succeed(at(0));
        assert_eq!(state.stands_for(at(600)), Some(at(600)));
        assert!(!state.is_current(at(601)), "whether a peer is offline for 11 minutes is not known");
        assert_eq!(state.stands_for(at(4_200)), Some(at(0)));
        assert_eq!(state.stands_for(at(4_201)), None);
        state.fail(at(610), "timeout", "…", false, true, 0.5);
        assert_eq!(state.stands_for(at(610)), None);
    }

    #[test]
    fn the_default_is_not_written() {
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        assert_eq!(serde_json::to_value(&state).unwrap().get("every"), None);
        state.every = every(60);
        let stored = serde_json::to_value(&state).unwrap();
        assert_eq!(stored["every"], 60);
        assert_eq!(serde_json::from_value::<SyncInterval>(stored["every"].clone()).unwrap(), every(60));
    }
}
