//! How syncing an account goes: what every tick knows of the one before.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Counts, Reason, StatusReason, SyncInterval, SyncTally, is_nought, marks, read_at, saturate};
use crate::ids::AccountId;
use crate::metrics::{Full, HOUR, Peers, Sample, Waiting, day_of, minute_of};
use crate::named;
use crate::peer_status::RestartWatch;
use crate::resource::{Reading, Resource};

/// How many changes of peer status were logged in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The day, in UTC.
    pub day: Date,
    /// How many.
    pub entries: u32,
}

/// How syncing an account goes. The one item that every tick reads and writes: it must stay under 1 KB, so what is as it
/// should be is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncState {
    /// The account.
    pub account: AccountId,
    /// How often it is read.
    #[serde(default, skip_serializing_if = "SyncInterval::is_default")]
    pub every: SyncInterval,
    /// Last time it was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_attempt: Option<Timestamp>,
    /// Last time NetBird answered in full and plausibly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_sync: Option<Timestamp>,
    /// Failures since then.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub errors: u32,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<StatusReason>,
    /// Not read again until somebody acts: the token is no good.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// Not read before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// When somebody had it read again that was held: it is not silent since before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed_at: Option<Timestamp>,
    /// Answers in a row that were empty or lost half of the peers.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub implausible: u32,
    /// Mark of the last body of each resource: a body that has the same one is not even parsed.
    #[serde(with = "marks")]
    pub bodies: BTreeMap<Resource, String>,
    /// Mark of the stored snapshot of each resource, the key of decoded copies in memory. [`SyncState::snapshot`] says
    /// which of them can be read.
    #[serde(with = "marks")]
    pub snapshots: BTreeMap<Resource, String>,
    /// Snapshots that somebody found unreadable: the next sync writes them anew.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unreadable: BTreeSet<Resource>,
    /// Lists that the server does not give: its release does not have them, or the token's role is too small for them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub withheld: BTreeSet<Resource>,
    /// Lists whose last answer could not be read; what is stored of them is older.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unread: BTreeSet<Resource>,
    /// Counts for overviews.
    pub counts: Counts,
    /// NetBird's id of the newest event that was stored.
    pub last_event: u64,
    /// Whether the management server restarted lately.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart: Option<RestartWatch>,
    /// Which slow resource comes next.
    pub turn: u32,
    /// Changes of peer status that were logged on the last day that had any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logged: Option<Logged>,
    /// Changes of the configuration that were logged on the last day that had any: the day's number, in millions, and how
    /// many. One number, since there is little room.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub edits: i64,
    /// When lists that are read in turn were last given, changed or not; to the minute.
    #[serde(default, with = "read_at", skip_serializing_if = "BTreeMap::is_empty")]
    pub read_at: BTreeMap<Resource, Timestamp>,
    /// Seconds by which the management server's clock is ahead of ours; behind, if negative. To a few seconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub clock_skew: i64,
    /// What the last syncs found in numbers, until it is written away.
    #[serde(default, skip_serializing_if = "Waiting::is_empty")]
    pub samples: Waiting,
    /// What is remembered of syncs from one in the log to the next.
    #[serde(default, skip_serializing_if = "SyncTally::is_empty")]
    pub log: SyncTally,
    /// Counts writes.
    pub version: u64,
}

/// Failures in a row after which the account counts as unreachable and its owners are told.
pub const UNREACHABLE_AFTER: u32 = 3;
/// Without a sync for this long an account is silent, though no sync failed; one that is read seldom, for so much longer than
/// its interval.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// Differences of the clocks up to this are what the network and whole seconds make of equal ones.
const SKEW_JITTER: SignedDuration = SignedDuration::from_secs(5);
/// A difference of the clocks over this is told.
pub const NOTABLE_SKEW: SignedDuration = SignedDuration::from_secs(30);
/// No clock is further off than a century.
const MOST_SKEW: SignedDuration = SignedDuration::from_hours(24 * 36_525);
const BACKOFF_FIRST: SignedDuration = SignedDuration::from_mins(1);
const BACKOFF_MOST: SignedDuration = SignedDuration::from_mins(15);

named! {
    /// How an account does, in one word.
    pub enum AccountStatus {
        /// Connected, not yet read.
        Pending = "pending",
        /// The first sync is under way.
        Syncing = "syncing",
        /// The last sync worked.
        Healthy = "healthy",
        /// The last sync failed or was implausible; the one before may have worked.
        Degraded = "degraded",
        /// Several failed in a row.
        Unreachable = "unreachable",
        /// The token is no good; somebody has to act.
        Paused = "paused",
    }
}

impl SyncState {
    /// The state of an account that was just connected.
    pub fn new(account: AccountId) -> Self {
        Self {
            account,
            every: SyncInterval::default(),
            last_attempt: None,
            last_sync: None,
            errors: 0,
            reason: None,
            paused: false,
            not_before: None,
            resumed_at: None,
            implausible: 0,
            bodies: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            withheld: BTreeSet::new(),
            unread: BTreeSet::new(),
            counts: Counts::default(),
            last_event: 0,
            restart: None,
            turn: 0,
            logged: None,
            edits: 0,
            read_at: BTreeMap::new(),
            clock_skew: 0,
            samples: Waiting::default(),
            log: SyncTally::default(),
            version: 1,
        }
    }

    /// How the account does.
    pub fn status(&self) -> AccountStatus {
        match () {
            () if self.paused => AccountStatus::Paused,
            () if self.errors >= UNREACHABLE_AFTER => AccountStatus::Unreachable,
            () if self.reason.is_some() => AccountStatus::Degraded,
            () if self.last_sync.is_some() => AccountStatus::Healthy,
            () if self.snapshots.is_empty() => AccountStatus::Pending,
            () => AccountStatus::Syncing,
        }
    }

    /// How the account does now, if it is to be synced every `interval`. What was not synced for two of them may be old,
    /// though no sync failed: the platform is behind.
    pub fn status_at(&self, now: Timestamp, interval: SignedDuration) -> AccountStatus {
        match self.status() {
            AccountStatus::Healthy if self.overdue_since(now, interval).is_some() => AccountStatus::Degraded,
            status => status,
        }
    }

    /// Why the account does not do well now, if it does not.
    pub fn reason_at(&self, now: Timestamp, interval: SignedDuration) -> Option<StatusReason> {
        let overdue = || {
            let since = self.overdue_since(now, interval)?;
            let detail = "The platform is behind with syncing this account. What is shown may be old.".to_owned();
            Some(StatusReason { code: "not_synced".to_owned(), detail, since })
        };
        self.reason.clone().or_else(overdue)
    }

    /// Counts changes of peer status that are to be logged, of which a day takes at most so many. Returns how many of
    /// them it takes.
    pub fn log(&mut self, now: Timestamp, changes: usize, most: u32) -> usize {
        let day = now.to_zoned(TimeZone::UTC).date();
        let before = self.logged.filter(|logged| logged.day == day).map_or(0, |logged| logged.entries);
        let taken = saturate(changes).min(most.saturating_sub(before));
        self.logged = Some(Logged { day, entries: before + taken });
        taken as usize
    }

    /// The same of changes of the configuration.
    pub fn log_changes(&mut self, now: Timestamp, changes: usize, most: u32) -> usize {
        const MILLION: i64 = 1_000_000;
        let day = day_of(minute_of(now));
        let before = if self.edits / MILLION == day { self.edits % MILLION } else { 0 };
        let taken = i64::from(saturate(changes)).min(i64::from(most).min(MILLION - 1) - before).max(0);
        self.edits = day * MILLION + before + taken;
        usize::try_from(taken).unwrap_or_default()
    }

    /// When a list was last given before now; `None` if nobody knows.
    pub fn given_at(&self, resource: Resource) -> Option<Timestamp> {
        match resource.reading() {
            Reading::EveryTick => self.last_sync,
            Reading::InTurn => self.read_at.get(&resource).copied(),
        }
    }

    /// Notes by how much the server's clock is ahead, as one of its answers tells it. Small changes are how long the
    /// answer took.
    pub fn note_clock(&mut self, ahead: SignedDuration) {
        let ahead = ahead.as_secs().clamp(-MOST_SKEW.as_secs(), MOST_SKEW.as_secs());
        if (ahead - self.clock_skew).abs() > SKEW_JITTER.as_secs() {
            self.clock_skew = ahead;
        }
    }

    /// By how much the server's clock is ahead of ours.
    pub fn skew(&self) -> SignedDuration {
        SignedDuration::from_secs(self.clock_skew)
    }

    /// By how much the server's clock is ahead of ours, if that is worth telling.
    pub fn notable_skew(&self) -> Option<SignedDuration> {
        Some(self.skew()).filter(|skew| skew.abs() > NOTABLE_SKEW)
    }

    /// The time by the server's clock. What NetBird dates (`last_seen`, and so a peer's `since`) is to be compared with
    /// this.
    pub fn server_time(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.skew()).unwrap_or(now)
    }

    /// What the server dated, by our clock.
    pub fn our_time(&self, dated: Timestamp) -> Timestamp {
        dated.checked_sub(self.skew()).unwrap_or(dated)
    }

    /// Keeps in numbers how the sync went that was just noted, and took so long. Returns what is to be written away
    /// together with this.
    pub fn sample(&mut self, now: Timestamp, took: Duration) -> Option<Full> {
        let is_read = self.reason.is_none();
        let sample = Sample {
            minute: minute_of(now),
            peers: is_read.then(|| Peers::from(&self.counts)),
            millis: u32::try_from(took.as_millis()).unwrap_or(u32::MAX),
            failed: !is_read,
        };
        let full = self.samples.add(sample, self.hour_shift());
        if let Some(full) = &full {
            self.log.learn(full.samples());
        }
        full
    }

    /// How many minutes early its hours end.
    fn hour_shift(&self) -> i64 {
        // The last byte of a UUIDv7 is random.
        i64::from(self.account.uuid().as_bytes()[15]) % HOUR
    }

    /// The minute since which samples wait, if the sync that ends now has them written away because their hour is over.
    pub fn ends_hour(&self, now: Timestamp) -> Option<i64> {
        self.samples.ends_hour(minute_of(now), self.hour_shift())
    }

    /// Somebody wants it not to be read until it is resumed.
    pub fn pause(&mut self, by: &str, now: Timestamp) {
        let code = Reason::PausedByUser.name().to_owned();
        let detail = format!("Paused by {by}: it is not read, and its rules wait, until somebody resumes it.");
        self.reason = Some(StatusReason { code, detail, since: now });
        (self.paused, self.not_before) = (true, None);
    }

    /// Whether somebody paused it, and not the platform since something is wrong.
    pub fn is_paused_by_user(&self) -> bool {
        self.paused && self.reason.as_ref().is_some_and(|reason| reason.code == Reason::PausedByUser.name())
    }

    /// Whether it is not read for now.
    pub fn is_held(&self) -> bool {
        self.paused || self.not_before.is_some()
    }

    /// It is to be read again.
    pub fn resume(&mut self, now: Timestamp) {
        if self.is_paused_by_user() {
            self.reason = None;
            self.errors = 0;
        }
        (self.paused, self.not_before, self.resumed_at) = (false, None, Some(now));
    }

    /// Notes a sync that worked.
    pub fn succeed(&mut self, now: Timestamp) {
        let turns = saturate(self.lists_in_turn());
        self.resumed_at = None;
        self.last_attempt = Some(now);
        self.last_sync = Some(now);
        self.errors = 0;
        self.implausible = 0;
        self.reason = None;
        self.paused = false;
        self.not_before = None;
        self.turn = self.turn.wrapping_add(turns) % 1_000_000;
    }

    /// Notes a sync that failed. `pause` for what only a person can mend; `back_off` for a server that wants rest,
    /// doubling from 1 to 15 minutes, with `jitter` in 0..1 spreading the accounts of one server.
    pub fn fail(&mut self, now: Timestamp, code: &str, detail: &str, pause: bool, back_off: bool, jitter: f64) {
        self.last_attempt = Some(now);
        self.errors = self.errors.saturating_add(1);
        let since = self.reason.as_ref().filter(|reason| reason.code == code).map_or(now, |reason| reason.since);
        self.reason = Some(StatusReason { code: code.to_owned(), detail: detail.to_owned(), since });
        self.paused = pause;
        self.not_before = back_off.then(|| {
            let doubled = BACKOFF_FIRST.as_secs() << self.errors.saturating_sub(1).min(4);
            let seconds = doubled.min(BACKOFF_MOST.as_secs()) as f64 * (0.8 + 0.4 * jitter.clamp(0.0, 1.0));
            now + SignedDuration::from_secs(seconds as i64)
        });
    }
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> SyncState {
        SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()))
    }

    #[test]
    fn backs_off_from_one_to_fifteen_minutes() {
        let (mut state, now) = (state(), Timestamp::UNIX_EPOCH);
        let mut waits = Vec::new();
        for _ in 0..6 {
            state.fail(now, "rate_limited", "…", false, true, 0.5);
            waits.push(state.not_before.unwrap().duration_since(now).as_mins());
        }
        assert_eq!(waits, [1, 2, 4, 8, 15, 15]);
        assert_eq!(state.status(), AccountStatus::Unreachable);
        state.succeed(now);
        assert_eq!((state.status(), state.not_before, state.errors), (AccountStatus::Healthy, None, 0));
    }

    #[test]
    fn a_reason_keeps_its_beginning_while_it_lasts() {
        let mut state = state();
        let minute = |n| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(n);
        state.fail(minute(0), "timeout", "…", false, false, 0.0);
        state.fail(minute(1), "timeout", "…", false, false, 0.0);
        assert_eq!(state.reason.as_ref().map(|reason| reason.since), Some(minute(0)));
        state.fail(minute(2), "token_deleted", "…", true, false, 0.0);
        assert_eq!(state.reason.as_ref().map(|reason| reason.since), Some(minute(2)));
        assert_eq!(state.status(), AccountStatus::Paused);
    }

    #[test]
    fn an_account_that_is_not_synced_is_not_healthy() {
        let (mut state, minute) = (state(), SignedDuration::from_mins(1));
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        assert_eq!(state.status_at(at(900), minute), AccountStatus::Pending);
        state.succeed(at(0));
        assert_eq!(state.status_at(at(120), minute), AccountStatus::Healthy);
        assert_eq!(state.status_at(at(121), minute), AccountStatus::Degraded);
        let reason = state.reason_at(at(300), minute).unwrap();
        assert_eq!((reason.code.as_str(), reason.since), ("not_synced", at(120)));
        assert_eq!(state.status_at(at(30), SignedDuration::from_secs(5)), AccountStatus::Healthy);
        assert_eq!(state.status_at(at(31), SignedDuration::from_secs(5)), AccountStatus::Degraded);
        state.fail(at(200), "timeout", "…", false, false, 0.0);
        assert_eq!(state.reason_at(at(300), minute).unwrap().code, "timeout", "what is known says more");
    }

    #[test]
    fn a_day_takes_so_many_changes() {
        let (mut state, day) = (state(), |n: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * n));
        let taken = [(3, 900), (3, 200), (3, 5), (4, 5)].map(|(n, changes)| state.log_changes(day(n), changes, 1_000));
        assert_eq!(taken, [900, 100, 0, 5]);
    }

    #[test]
    fn messages_lose_their_use() {
        let (mut state, minute) = (state(), SignedDuration::from_mins(1));
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let is_of_use = |state: &SyncState, asked, now| !state.has_no_use_for(Some(at(asked)), at(now), minute);
        assert!(is_of_use(&state, 0, 60) && !is_of_use(&state, 0, 61), "the next tick has asked anew");
        state.succeed(at(100));
        assert!(is_of_use(&state, 100, 110) && !is_of_use(&state, 99, 110), "it was synced since");
        state.fail(at(120), "timeout", "…", false, true, 0.5);
        assert!(!is_of_use(&state, 130, 130) && is_of_use(&state, 180, 180), "it backs off");
        assert!(state.has_no_use_for(None, at(130), minute) && !state.has_no_use_for(None, at(180), minute));
    }

    #[test]
    fn an_account_that_was_never_synced_is_silent_too() {
        let made: Timestamp = "2026-11-27T12:00:00Z".parse().unwrap();
        let millis = u128::try_from(made.as_millisecond()).unwrap();
        let state = SyncState::new(AccountId::from_uuid(uuid::Uuid::from_u128(millis << 80)));
        assert_eq!(state.account.made_at(), made);
        assert!(!state.is_silent(made + SILENT_AFTER) && state.is_silent(made + SILENT_AFTER * 2));
    }

    #[test]
    fn a_clock_that_is_off_is_remembered_and_jitter_is_not() {
        let mut state = state();
        let noted = |state: &mut SyncState, seconds| {
            state.note_clock(SignedDuration::from_secs(seconds));
            state.clock_skew
        };
        assert_eq!([4, -5, 3].map(|seconds| noted(&mut state, seconds)), [0, 0, 0]);
        assert_eq!([300, 303, 297, 306, -20].map(|seconds| noted(&mut state, seconds)), [300, 300, 300, 306, -20]);
        assert_eq!(state.notable_skew(), None);
        assert_eq!(noted(&mut state, i64::MAX), MOST_SKEW.as_secs());
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(state.our_time(state.server_time(now)), now);
        assert_eq!(state.notable_skew(), Some(MOST_SKEW));
    }

    #[test]
    fn every_slow_resource_has_its_turn() {
        let mut state = state();
        assert_eq!(state.wanted(), Resource::ALL);
        let mut seen = std::collections::BTreeSet::new();
        for _ in Resource::in_turn() {
            state.succeed(Timestamp::UNIX_EPOCH);
            let wanted = state.wanted();
            assert_eq!(wanted.len(), 3, "at most three calls a tick");
            seen.extend(wanted.into_iter().filter(|resource| resource.reading() == Reading::InTurn));
        }
        assert_eq!(seen, Resource::in_turn().collect());
    }

    #[test]
    fn what_the_server_does_not_give_is_asked_for_in_turn_only() {
        let mut state = state();
        state.bodies.insert(Resource::Networks, "mark".into());
        state.note_given(Resource::Networks, false);
        assert_eq!(state.first_sync(), Some((1, Resource::ALL.len())));
        state.succeed(Timestamp::UNIX_EPOCH);
        state.snapshots.insert(Resource::Networks, "0.foreign".into());
        let asked = |state: &mut SyncState| {
            let ticks = Resource::in_turn().map(|_| {
                let is_asked = state.wanted().contains(&Resource::Networks);
                state.succeed(Timestamp::UNIX_EPOCH);
                usize::from(is_asked)
            });
            ticks.sum::<usize>()
        };
        assert_eq!(asked(&mut state), 1);
        state.note_given(Resource::Networks, true);
        assert_eq!(asked(&mut state), Resource::in_turn().count(), "it is back and what is stored cannot be read");
    }

    #[test]
    fn what_cannot_be_read_is_read_again_at_once() {
        let mut state = state();
        state.succeed(Timestamp::UNIX_EPOCH);
        for resource in Resource::in_turn() {
            state.snapshots.insert(resource, resource.mark("hash"));
        }
        assert_eq!(state.wanted().len(), 3);
        state.snapshots.insert(Resource::Users, "0123456789abcdef".into());
        state.unreadable.insert(Resource::Policies);
        for resource in [Resource::Users, Resource::Policies] {
            assert!(state.wanted().contains(&resource) && state.snapshot(resource).is_none());
        }
        assert!(!state.must_rebuild(Resource::Peers), "what was never stored is not missing");
    }
}
