//! History in numbers: how many peers an account has, and how reading it goes, minute by minute.
//!
//! Every sync leaves a [`Sample`]. Samples wait in the sync state ([`Waiting`]), which is written each tick anyway, and are
//! written away together ([`Full`]) once an hour, or earlier if they take too much room: the minutes themselves, and
//! rollups by hour and day ([`Day`], [`Month`]). Whoever reads merges what waits with what is stored ([`Stored::read`]).
//!
//! A minute in which nothing was read is a gap, never a zero. Several syncs in one minute are one sample.
//!
//! All times here are numbers since 1970 in UTC: minutes, or days.

mod makeup;
mod packed;
mod rollup;
mod stored;
#[cfg(test)]
mod tests;
mod waiting;

use jiff::civil::{self, Date};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::named;

pub use makeup::{Breakdown, Happenings, HourlySeries, MOST_VALUES, Makeup, Part, Parts};
pub use rollup::{Rollup, Value};
pub use stored::{Day, Flush, Full, Month, Stored};
pub use waiting::{MOST_SPAN, Peers, Sample, Waiting};

/// Minutes of an hour.
pub const HOUR: i64 = 60;
/// Minutes of a day.
pub const DAY: i64 = 24 * HOUR;

named! {
    /// What is recorded of an account.
    pub enum Series {
        /// Peers.
        PeersTotal = "peers_total",
        /// Peers that are online.
        PeersOnline = "peers_online",
        /// Peers that are offline.
        PeersOffline = "peers_offline",
        /// Peers that NetBird calls online and that are not.
        PeersUnconfirmed = "peers_unconfirmed",
        /// How long a sync took until its answers were taken in.
        SyncDuration = "sync_duration",
        /// Minutes in which a sync failed.
        SyncFailures = "sync_failures",
        /// The part of the peers that are online.
        Uptime = "uptime",
    }
}

named! {
    /// What a series is counted in.
    pub enum Unit {
        /// Peers.
        Peers = "peers",
        /// Milliseconds.
        Milliseconds = "ms",
        /// Minutes.
        Minutes = "minutes",
        /// Hundredths.
        Percent = "percent",
        /// Times that something happened.
        Times = "times",
        /// Alerts.
        Alerts = "alerts",
    }
}

named! {
    /// How the values of several accounts become one.
    pub enum Combined {
        /// They are added.
        Sum = "sum",
        /// The mean of all their samples.
        Mean = "mean",
    }
}

impl Series {
    /// What it is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::PeersTotal | Self::PeersOnline | Self::PeersOffline | Self::PeersUnconfirmed => Unit::Peers,
            Self::SyncDuration => Unit::Milliseconds,
            Self::SyncFailures => Unit::Minutes,
            Self::Uptime => Unit::Percent,
        }
    }

    /// How the values of several accounts become one.
    pub const fn combined(self) -> Combined {
        match self {
            Self::SyncDuration | Self::Uptime => Combined::Mean,
            _ => Combined::Sum,
        }
    }
}

named! {
    /// How far apart the points of a series are.
    pub enum Resolution {
        /// A minute.
        Minute = "1m",
        /// An hour.
        Hour = "1h",
        /// A day, in UTC.
        Day = "1d",
    }
}

impl Resolution {
    /// In minutes.
    pub const fn minutes(self) -> i64 {
        match self {
            Self::Minute => 1,
            Self::Hour => HOUR,
            Self::Day => DAY,
        }
    }

    /// For how many days it is kept.
    pub const fn days_kept(self) -> i64 {
        match self {
            Self::Minute => 2,
            Self::Hour => 90,
            Self::Day => 730,
        }
    }

    /// When what ends with this minute may be forgotten.
    pub fn forgotten(self, end: i64) -> Timestamp {
        let kept = SignedDuration::from_hours(24 * self.days_kept());
        start_of(end).checked_add(kept).unwrap_or(Timestamp::MAX)
    }

    /// The first minute of the point that a minute belongs to.
    pub const fn begin(self, minute: i64) -> i64 {
        minute - minute.rem_euclid(self.minutes())
    }
}

/// The minute of a moment.
pub fn minute_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

/// When a minute begins.
pub fn start_of(minute: i64) -> Timestamp {
    Timestamp::from_second(minute.saturating_mul(60)).unwrap_or(Timestamp::MAX)
}

/// The day of a minute.
pub const fn day_of(minute: i64) -> i64 {
    minute.div_euclid(DAY)
}

/// A day as it is written.
pub fn date_of(day: i64) -> Date {
    const FIRST: Date = civil::date(1970, 1, 1);
    // What lies beyond any calendar is nobody's time.
    jiff::Span::new().try_days(day).ok().and_then(|days| FIRST.checked_add(days).ok()).unwrap_or(FIRST)
}

/// The first minute of a month that a date is the first of, and of the month after.
pub fn month(first: Date) -> (i64, i64) {
    let begin = |date: Date| date.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |zoned| minute_of(zoned.timestamp()));
    (begin(first), begin(first.saturating_add(1.month())))
}
