//! What one peer did, from the log of peer status: periods without a hole between them, flaps, and uptime.
//!
//! NetBird dates every change, so a period begins and ends on its second however seldom the peer was looked at. Two
//! answers with the same date prove what lay between them, even if that was a night in which nobody asked. What they do
//! not prove is [`PeriodStatus::Unknown`]: it is never taken for online or offline.

use jiff::{SignedDuration, Timestamp};

use crate::account::SyncState;
use crate::named;
use crate::network::PeerStatus;
use crate::peer_status::TransitionKind;

/// An account that was not read for longer than this has a gap in its log. A shorter one is as good as a slow tick.
const GAP_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// How long an account that is to be synced every `interval` may go unread before that is a gap.
pub fn gap_after(interval: SignedDuration) -> SignedDuration {
    SyncState::patience(interval).max(GAP_AFTER)
}

named! {
    /// What is known of a peer in a period.
    pub enum PeriodStatus {
        /// Connected to the management server.
        Online = "online",
        /// Not connected.
        Offline = "offline",
        /// Connected in name only, since its server restarted.
        Unconfirmed = "unconfirmed",
        /// Nothing was recorded that would tell.
        Unknown = "unknown",
    }
}

impl From<PeerStatus> for PeriodStatus {
    fn from(status: PeerStatus) -> Self {
        match status {
            PeerStatus::Online => Self::Online,
            PeerStatus::Offline => Self::Offline,
            PeerStatus::Unconfirmed => Self::Unconfirmed,
        }
    }
}

impl PeriodStatus {
    /// What a peer is after a change.
    fn after(kind: TransitionKind) -> Self {
        match kind {
            TransitionKind::Connected | TransitionKind::Reconnected => Self::Online,
            TransitionKind::Disconnected => Self::Offline,
            TransitionKind::Unconfirmed => Self::Unconfirmed,
            // Its first status follows with a date of its own.
            TransitionKind::Registered | TransitionKind::Removed => Self::Unknown,
        }
    }

    /// What a peer was before the first change that is known of it. `is_first` if there is none before: a log begins
    /// with the peers that are offline, so who disconnects first was online.
    fn before(kind: TransitionKind, is_first: bool) -> Self {
        match kind {
            TransitionKind::Reconnected | TransitionKind::Unconfirmed => Self::Online,
            TransitionKind::Disconnected if is_first => Self::Online,
            TransitionKind::Connected if is_first => Self::Offline,
            _ => Self::Unknown,
        }
    }
}

/// A change of a peer, as the log has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// When the sync noticed it.
    pub seen_at: Timestamp,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: TransitionKind,
}

/// A time in which an account was not read, between two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The last answer before.
    pub from: Timestamp,
    /// The first answer after.
    pub to: Timestamp,
}

/// What is recorded of a peer. All times by one clock.
#[derive(Debug, Clone)]
pub struct Record {
    /// Since when it is watched: the account is connected and the peer registered.
    pub watched_from: Timestamp,
    /// How far back the log was read; `None` if to its beginning.
    pub read_from: Option<Timestamp>,
    /// The last answer.
    pub read_until: Timestamp,
    /// Its changes, oldest first.
    pub changes: Vec<Logged>,
    /// When the account was not read, oldest first.
    pub gaps: Vec<Gap>,
    /// Syncs with more changes than the log took: this peer's may be among what was left out.
    pub overflows: Vec<Timestamp>,
    /// Its status in the last answer, and since when.
    pub present: (PeerStatus, Timestamp),
}

/// A time in which nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// What is known.
    pub status: PeriodStatus,
    /// Its first second.
    pub from: Timestamp,
    /// The second after its last.
    pub to: Timestamp,
}

named! {
    /// What came and went between two answers, so that only its end is dated.
    pub enum FlapKind {
        /// An online peer was away, and came back.
        Away = "away",
        /// An offline peer was online, and left.
        Visit = "visit",
    }
}

/// Something that came and went between two answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flap {
    /// When it ended.
    pub at: Timestamp,
    /// What it was.
    pub kind: FlapKind,
}

/// What a peer did in a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// In order and without a hole; neighbours differ.
    pub periods: Vec<Period>,
    /// In order.
    pub flaps: Vec<Flap>,
}

/// How long a peer was what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uptime {
    /// Seconds online.
    pub online: i64,
    /// Seconds offline.
    pub offline: i64,
    /// Seconds unconfirmed.
    pub unconfirmed: i64,
    /// Seconds in which it was watched and nothing is known.
    pub unknown: i64,
}

impl Uptime {
    /// Of the periods, as far as they lie in a span.
    pub fn of(periods: &[Period], from: Timestamp, to: Timestamp) -> Self {
        let mut sum = Self::default();
        for period in periods {
            let seconds = (period.to.min(to).as_second() - period.from.max(from).as_second()).max(0);
            match period.status {
                PeriodStatus::Online => sum.online += seconds,
                PeriodStatus::Offline => sum.offline += seconds,
                PeriodStatus::Unconfirmed => sum.unconfirmed += seconds,
                PeriodStatus::Unknown => sum.unknown += seconds,
            }
        }
        sum
    }

    /// How long it was watched.
    pub fn watched(&self) -> i64 {
        self.online + self.offline + self.unconfirmed + self.unknown
    }

    /// The part of the known time that it was online, 0 to 1; `None` if nothing is known. A ghost is not online.
    pub fn ratio(&self) -> Option<f64> {
        let known = self.watched() - self.unknown;
        (known > 0).then(|| self.online as f64 / known as f64)
    }
}

/// A status from a second on.
type Mark = (i64, PeriodStatus);

impl Record {
    /// What the peer did from one moment to another, as far as it was watched by then. `gap_after` is how long an account
    /// may go unread, see [`gap_after`].
    pub fn history(&self, from: Timestamp, to: Timestamp, gap_after: SignedDuration) -> History {
        let (from, to) = (from.max(self.watched_from).as_second(), to.as_second());
        if from >= to {
            return History { periods: Vec::new(), flaps: Vec::new() };
        }
        let (marks, flaps) = self.replay();
        let unknown = self.unknown(to, gap_after);
        // Whatever begins somewhere begins a piece, so that a piece is one thing throughout.
        let mut cuts: Vec<i64> = marks.iter().map(|mark| mark.0).collect();
        cuts.extend(unknown.iter().flat_map(|(begin, end)| [*begin, *end]));
        cuts.retain(|cut| (from + 1..to).contains(cut));
        cuts.extend([from, to]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut unknown_from = unknown.iter().peekable();
        let mut covered_until = i64::MIN;
        let mut mark = 0;
        let mut periods: Vec<Period> = Vec::new();
        for piece in cuts.windows(2) {
            let &[begin, end] = piece else { continue };
            if begin >= end {
                continue;
            }
            while let Some((_, until)) = unknown_from.next_if(|(first, _)| *first <= begin) {
                covered_until = covered_until.max(*until);
            }
            while marks.get(mark + 1).is_some_and(|next| next.0 <= begin) {
                mark += 1;
            }
            let status = if covered_until > begin { PeriodStatus::Unknown } else { marks[mark].1 };
            match periods.last_mut() {
                Some(last) if last.status == status => last.to = moment(end),
                _ => periods.push(Period { status, from: moment(begin), to: moment(end) }),
            }
        }
        let is_told = |flap: &Flap| {
            let at = flap.at.as_second();
            (from..to).contains(&at) && !self.gaps.iter().any(|gap| gap.from < flap.at && flap.at <= gap.to)
        };
        History { periods, flaps: flaps.into_iter().filter(is_told).collect() }
    }

    /// The status from each change on, beginning before everything, and the flaps.
    fn replay(&self) -> (Vec<Mark>, Vec<Flap>) {
        let (status, since) = (PeriodStatus::from(self.present.0), self.present.1.as_second());
        let is_first = self.read_from.is_none();
        let begin = self.changes.first().map_or(PeriodStatus::Unknown, |one| PeriodStatus::before(one.kind, is_first));
        let (mut marks, mut flaps): (Vec<Mark>, Vec<Flap>) = (vec![(i64::MIN, begin)], Vec::new());
        for change in &self.changes {
            let (last, before) = marks[marks.len() - 1];
            let (at, after) = (change.at.as_second().max(last), PeriodStatus::after(change.kind));
            let flap = match (before, after) {
                (PeriodStatus::Online, PeriodStatus::Online) => Some(FlapKind::Away),
                (PeriodStatus::Offline, PeriodStatus::Offline) => Some(FlapKind::Visit),
                _ => None,
            };
            flaps.extend(flap.filter(|_| at > last).map(|kind| Flap { at: moment(at), kind }));
            marks.push((at, after));
        }
        // The last answer is believed over the log, which may lack what it had no room for.
        marks.retain(|mark| mark.0 < since);
        marks.push((since, status));
        (marks, flaps)
    }

    /// Seconds of which nothing is known, in order of their beginning.
    fn unknown(&self, to: i64, gap_after: SignedDuration) -> Vec<(i64, i64)> {
        let mut unknown: Vec<(i64, i64)> = Vec::new();
        unknown.extend(self.read_from.map(|read| (i64::MIN, read.as_second())));
        if to - self.read_until.as_second() > gap_after.as_secs() {
            unknown.push((self.read_until.as_second(), to));
        }
        let moments = || self.changes.iter().map(|one| one.at).chain([self.present.1]);
        for gap in &self.gaps {
            let seen = self.changes.iter().any(|one| one.seen_at == gap.to && one.at > gap.to).then_some(gap.to);
            let inside = moments().filter(|at| gap.from < *at && *at <= gap.to).max();
            unknown.extend(seen.max(inside).map(|last| (gap.from.as_second(), last.as_second())));
        }
        for overflow in &self.overflows {
            if self.changes.iter().any(|one| one.seen_at == *overflow) {
                continue;
            }
            // What a sync notices happened within a tick, or within the time that reconnects are held back.
            let earliest = *overflow - gap_after;
            let next = self.changes.iter().find(|one| one.seen_at > *overflow).map_or(self.present.1, |one| one.at);
            if next > earliest {
                unknown.push((earliest.as_second(), next.as_second()));
            }
        }
        unknown.sort_unstable();
        unknown
    }
}

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests;
