//! What syncs found, and where it waits.

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::HOUR;
use super::packed::{long_int, pack, short_float, unpack};
use super::stored::Full;
use crate::account::Counts;

/// Most minutes from the first to the last sample that wait together.
pub const MOST_SPAN: i64 = HOUR;
/// Minutes that one function's clock may be behind another's.
const MOST_BEHIND: i64 = 10;
/// Most bytes of what waits: the sync state, in which it does, has about so much room below 1 KB.
pub(super) const MOST_BYTES: usize = 104;

/// Counts of peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Peers {
    /// All.
    pub total: u32,
    /// Of those, online.
    pub online: u32,
    /// Of those, unconfirmed.
    pub unconfirmed: u32,
}

impl Peers {
    /// Of those, offline.
    pub fn offline(&self) -> u32 {
        self.total.saturating_sub(self.online).saturating_sub(self.unconfirmed)
    }
}

impl From<&Counts> for Peers {
    fn from(counts: &Counts) -> Self {
        Self { total: counts.peers, online: counts.online, unconfirmed: counts.unconfirmed }
    }
}

/// What the syncs of one minute found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// The minute.
    pub minute: i64,
    /// The newest counts; `None` if nothing was read.
    pub peers: Option<Peers>,
    /// How long the last sync took, in milliseconds; to three in a hundred once it is kept.
    pub millis: u32,
    /// Whether one of them failed.
    pub failed: bool,
}

impl Sample {
    /// A later sync in the same minute.
    fn take_in(&mut self, later: Sample) {
        self.peers = later.peers.or(self.peers);
        self.millis = later.millis;
        self.failed |= later.failed;
    }
}

/// Samples that wait to be written away, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waiting {
    samples: Vec<Sample>,
}

impl Waiting {
    /// The samples.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// Adds a sample. Returns those that are to be written away together with this, if the hour that they belong to is over
    /// or they take too much room. Hours end `shift` minutes early, so that not all accounts write at once.
    pub fn add(&mut self, sample: Sample, shift: i64) -> Option<Full> {
        let sample = Sample { millis: long_int(short_float(sample.millis)), ..sample };
        let (Some(first), Some(last)) = (self.samples.first().copied(), self.samples.last_mut()) else {
            self.samples.push(sample);
            return None;
        };
        if sample.minute + MOST_BEHIND < last.minute {
            // The clock was ahead, and is set: what waits is of a time that has not come.
            self.samples = vec![sample];
            return None;
        }
        // Another function's clock may be a little behind.
        if sample.minute <= last.minute {
            last.take_in(sample);
            return None;
        }
        self.samples.push(sample);
        if hour_of(first.minute, shift) == hour_of(sample.minute, shift) && pack(&self.samples).len() <= MOST_BYTES {
            return None;
        }
        let full = std::mem::replace(&mut self.samples, vec![sample]);
        Full::new(full[..full.len() - 1].to_vec(), sample.minute)
    }

    /// Since when samples wait, if a sample of this minute has them written away because their hour is over.
    pub fn ends_hour(&self, minute: i64, shift: i64) -> Option<i64> {
        let first = self.samples.first()?.minute;
        let last = self.samples.last()?.minute;
        (minute > last && hour_of(first, shift) != hour_of(minute, shift)).then_some(first)
    }

    /// Samples that were stored together.
    pub fn of(samples: Vec<Sample>) -> Self {
        Self { samples }
    }
}

/// The hour of a minute, for an account whose hours end so many minutes early.
const fn hour_of(minute: i64, shift: i64) -> i64 {
    (minute + shift).div_euclid(MOST_SPAN)
}

impl Serialize for Waiting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&pack(&self.samples))
    }
}

/// What cannot be read is none, and so a gap: better than a sync state that nobody can read.
impl<'de> Deserialize<'de> for Waiting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Packed;
        impl Visitor<'_> for Packed {
            type Value = Waiting;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("packed samples")
            }

            fn visit_bytes<E: serde::de::Error>(self, packed: &[u8]) -> Result<Waiting, E> {
                Ok(Waiting { samples: unpack(packed).unwrap_or_default() })
            }

            fn visit_byte_buf<E: serde::de::Error>(self, packed: Vec<u8>) -> Result<Waiting, E> {
                self.visit_bytes(&packed)
            }
        }
        deserializer.deserialize_bytes(Packed)
    }
}
