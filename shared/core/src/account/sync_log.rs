//! The log of syncs: those that changed something, failed, or took unusually long. The others are counted until the next of
//! those, in the sync state, so that a tick in which nothing happened writes nothing more.

use std::time::Duration;

use jiff::Timestamp;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{SyncState, saturate};
use crate::metrics::{Sample, day_of, minute_of};
use crate::named;
use crate::resource::Resource;

/// Most syncs that are logged of an account in a day: one a minute, and some that people ask for. What is beyond is counted.
const MOST_A_DAY: u32 = 1_500;
/// A sync took unusually long from this on, if it also took [`TIMES`] as long as most.
const SLOW: u32 = 2_000;
const TIMES: u32 = 3;
/// Fewer syncs than this tell nothing about most; then it took unusually long from [`SLOW_ANYWAY`] on.
const FEWEST: usize = 5;
const SLOW_ANYWAY: u32 = 10_000;

named! {
    /// Why a sync is logged.
    pub enum SyncOutcome {
        /// It found something new.
        Changed = "changed",
        /// It failed; what was known stays.
        Failed = "failed",
        /// It found nothing new, and took unusually long.
        Slow = "slow",
    }
}

named! {
    /// What a call for a list brought.
    pub enum SyncCallOutcome {
        /// Another answer than the last one.
        Changed = "changed",
        /// The last answer again.
        Same = "same",
        /// The server does not give this list.
        Withheld = "withheld",
        /// An answer that cannot be read; what is known of the list stays.
        Unread = "unread",
        /// None: the sync failed of it.
        Failed = "failed",
    }
}

/// A call of a sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncCall {
    /// The list that it asked for.
    pub list: Resource,
    /// What it brought.
    pub outcome: SyncCallOutcome,
    /// How long it took, in milliseconds.
    pub millis: u32,
}

/// What a sync found, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SyncFound {
    /// Changes of peer status.
    pub peers: u32,
    /// Changes of the configuration.
    pub configuration: u32,
    /// New events.
    pub events: u32,
    /// Lists that were kept anew.
    pub lists: u32,
}

/// Why a sync failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncError {
    /// In a stable word, one of [`Reason`](super::Reason).
    pub code: String,
    /// What happened and what to do.
    pub detail: String,
}

/// Syncs that are not in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuietSyncs {
    /// How many found nothing new and took no longer than others.
    pub syncs: u32,
    /// What the middle one of those of the last hour took, in milliseconds; `None` if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_millis: Option<u32>,
    /// How many found something, in a day that had no room for more.
    #[serde(default, skip_serializing_if = "super::is_nought")]
    pub left_out: u32,
}

/// A sync in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoggedSync {
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// Why it is here.
    pub outcome: SyncOutcome,
    /// Its calls, in the order in which they ended.
    pub calls: Vec<SyncCall>,
    /// What it found.
    pub found: SyncFound,
    /// Why it failed, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<SyncError>,
    /// Those between the one in the log before and this.
    pub quiet_before: QuietSyncs,
}

/// A sync that has just ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedSync {
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// Its calls.
    pub calls: Vec<SyncCall>,
    /// What it found.
    pub found: SyncFound,
    /// Why it failed, if it did.
    pub error: Option<SyncError>,
}

/// What is remembered of syncs from one in the log to the next. A few bytes: the sync state has room for no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncTally {
    quiet: u32,
    left_out: u32,
    /// What the middle one of the last full hour took, in milliseconds; 0 if there was none.
    usual: u32,
    /// The day of the last one in the log, by its number among a thousand.
    day: u32,
    /// How many of that day are in it.
    logged: u32,
}

impl SyncTally {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Learns how long syncs take, from those of an hour.
    pub(super) fn learn(&mut self, samples: &[Sample]) {
        self.usual = median(samples).unwrap_or(self.usual);
    }
}

impl Serialize for SyncTally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In hexadecimal, which is shorter.
        let Self { quiet, left_out, usual, day, logged } = self;
        match left_out {
            0 => serializer.collect_str(&format_args!("{quiet:x}.{usual:x}.{day:x}.{logged:x}")),
            _ => serializer.collect_str(&format_args!("{quiet:x}.{usual:x}.{day:x}.{logged:x}.{left_out:x}")),
        }
    }
}

impl<'de> Deserialize<'de> for SyncTally {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let numbers = text.split('.').map(|number| u32::from_str_radix(number, 16));
        let numbers = numbers.collect::<Result<Vec<u32>, _>>().map_err(D::Error::custom)?;
        let [quiet, usual, day, logged, ref left_out @ ..] = numbers[..] else {
            return Err(D::Error::custom("four numbers are expected"));
        };
        Ok(Self { quiet, left_out: left_out.first().copied().unwrap_or_default(), usual, day, logged })
    }
}

impl SyncState {
    /// Syncs since the last one in the log.
    pub fn quiet(&self) -> QuietSyncs {
        let SyncTally { quiet, left_out, .. } = self.log;
        QuietSyncs { syncs: quiet, median_millis: self.usual_millis().filter(|_| quiet > 0), left_out }
    }

    /// Takes a sync that has just ended into the log, or counts it. Before its sample is kept.
    pub fn log_sync(&mut self, ended: EndedSync) -> Option<LoggedSync> {
        let EndedSync { started_at, took, calls, found, error } = ended;
        let millis = u32::try_from(took.as_millis()).unwrap_or(u32::MAX);
        let outcome = match () {
            () if error.is_some() => SyncOutcome::Failed,
            () if found != SyncFound::default() => SyncOutcome::Changed,
            () if self.is_slow(millis) => SyncOutcome::Slow,
            () => {
                self.log.quiet = self.log.quiet.saturating_add(1);
                return None;
            }
        };
        let quiet_before = self.quiet();
        let day = u32::try_from(day_of(minute_of(started_at)).rem_euclid(1_000)).unwrap_or_default();
        if self.log.day != day {
            (self.log.day, self.log.logged) = (day, 0);
        }
        if self.log.logged >= MOST_A_DAY {
            self.log.left_out = self.log.left_out.saturating_add(1);
            return None;
        }
        self.log.logged += 1;
        (self.log.quiet, self.log.left_out) = (0, 0);
        Some(LoggedSync { started_at, millis, outcome, calls, found, error, quiet_before })
    }

    fn is_slow(&self, millis: u32) -> bool {
        match self.usual_millis() {
            Some(usual) => millis >= SLOW && millis >= usual.saturating_mul(TIMES),
            None => millis >= SLOW_ANYWAY,
        }
    }

    /// What the middle one of the last syncs took.
    fn usual_millis(&self) -> Option<u32> {
        let samples = self.samples.samples();
        let latest = if samples.len() >= FEWEST { median(samples) } else { None };
        latest.or((self.log.usual > 0).then_some(self.log.usual))
    }
}

/// The middle one of those that did not fail.
fn median(samples: &[Sample]) -> Option<u32> {
    let mut millis: Vec<u32> = samples.iter().filter(|sample| !sample.failed).map(|sample| sample.millis).collect();
    millis.sort_unstable();
    millis.get(millis.len() / 2).copied()
}

impl SyncFound {
    /// Adds changes of the configuration and of peer status that are about to be logged.
    pub fn add(&mut self, peers: usize, configuration: usize) {
        self.peers = self.peers.saturating_add(saturate(peers));
        self.configuration = self.configuration.saturating_add(saturate(configuration));
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::ids::AccountId;

    fn minute(n: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(n)
    }

    fn ended(n: i64, millis: u64, found: SyncFound) -> EndedSync {
        EndedSync { started_at: minute(n), took: Duration::from_millis(millis), calls: Vec::new(), found, error: None }
    }

    fn tick(state: &mut SyncState, n: i64, millis: u64, found: SyncFound) -> Option<LoggedSync> {
        let logged = state.log_sync(ended(n, millis, found));
        state.succeed(minute(n));
        state.sample(minute(n), Duration::from_millis(millis));
        logged
    }

    #[test]
    fn quiet_syncs_are_counted_until_one_that_is_not() {
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        let news = SyncFound { events: 1, ..SyncFound::default() };
        for n in 0..150 {
            assert_eq!(tick(&mut state, n, 40 + n.unsigned_abs() % 3, SyncFound::default()), None, "{n}");
        }
        let logged = tick(&mut state, 150, 90, news).unwrap();
        assert_eq!((logged.outcome, logged.quiet_before.syncs), (SyncOutcome::Changed, 150));
        let median = logged.quiet_before.median_millis.unwrap();
        assert!((40..=43).contains(&median), "{median}");
        assert_eq!(state.quiet(), QuietSyncs::default());
        assert_eq!(tick(&mut state, 151, 1_900, SyncFound::default()), None, "not long enough to be told");
        let slow = tick(&mut state, 152, 2_500, SyncFound::default()).unwrap();
        assert_eq!((slow.outcome, slow.quiet_before.syncs), (SyncOutcome::Slow, 1));
        let error = Some(SyncError { code: "timeout".into(), detail: "It does not answer.".into() });
        let failed = state.log_sync(EndedSync { error, ..ended(153, 30, SyncFound::default()) }).unwrap();
        assert_eq!((failed.outcome, failed.quiet_before.syncs), (SyncOutcome::Failed, 0));
    }

    #[test]
    fn what_a_day_has_no_room_for_is_counted() {
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        let news = SyncFound { lists: 1, ..SyncFound::default() };
        let logged = (0..2_000).filter(|_| tick(&mut state, 5, 40, news).is_some()).count();
        assert_eq!((logged, state.quiet().left_out), (1_500, 500));
        let next = tick(&mut state, 24 * 60, 40, news).unwrap();
        assert_eq!(next.quiet_before.left_out, 500);
    }

    #[test]
    fn the_tally_is_short() {
        for (left_out, text) in [(0, "a8c0.76c.312.5dc"), (500, "a8c0.76c.312.5dc.1f4")] {
            let tally = SyncTally { quiet: 43_200, left_out, usual: 1_900, day: 786, logged: 1_500 };
            let json = serde_json::to_value(tally).unwrap();
            assert_eq!(json, text);
            assert_eq!(serde_json::from_value::<SyncTally>(json).unwrap(), tally);
        }
    }
}
