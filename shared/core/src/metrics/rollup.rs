//! Many samples as one.

use serde::{Deserialize, Serialize};

use super::{Peers, Sample, Series};

/// What the samples of a stretch of time say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rollup {
    /// Minutes in which something was read.
    reads: u32,
    total: Numbers,
    online: Numbers,
    offline: Numbers,
    unconfirmed: Numbers,
    /// Minutes in which it was tried.
    tries: u32,
    millis: Numbers,
    /// Minutes in which a sync failed.
    failures: u32,
}

/// The least, the greatest, the last and the sum of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Near", into = "Near")]
struct Numbers {
    least: u32,
    most: u32,
    last: u32,
    sum: u64,
}

/// The same as it is stored: what lies near the least number takes a byte.
#[derive(Serialize, Deserialize)]
struct Near {
    least: u32,
    most_above: u32,
    last_above: u32,
    sum: u64,
}

impl From<Near> for Numbers {
    fn from(Near { least, most_above, last_above, sum }: Near) -> Self {
        Self { least, most: least.saturating_add(most_above), last: least.saturating_add(last_above), sum }
    }
}

impl From<Numbers> for Near {
    fn from(Numbers { least, most, last, sum }: Numbers) -> Self {
        Self { least, most_above: most - least, last_above: last - least, sum }
    }
}

impl Numbers {
    fn of(number: u32) -> Self {
        Self { least: number, most: number, last: number, sum: u64::from(number) }
    }

    fn merged(self, later: Self) -> Self {
        Self {
            least: self.least.min(later.least),
            most: self.most.max(later.most),
            last: later.last,
            sum: self.sum.saturating_add(later.sum),
        }
    }

    fn value(self, samples: u32) -> Option<Value> {
        let (mean, float) = (self.sum as f64 / f64::from(samples), |number: u32| Some(f64::from(number)));
        let Self { least, most, last, sum } = self;
        let sum = sum as f64;
        (samples > 0).then_some(Value {
            value: mean,
            sum,
            samples,
            least: float(least),
            most: float(most),
            last: float(last),
        })
    }
}

/// What a series says of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The mean of the minutes; of failures their number.
    pub value: f64,
    /// The sum of the minutes.
    pub sum: f64,
    /// How many minutes are known.
    pub samples: u32,
    /// The least; `None` of what is only counted.
    pub least: Option<f64>,
    /// The greatest.
    pub most: Option<f64>,
    /// The last.
    pub last: Option<f64>,
}

impl From<&Sample> for Rollup {
    fn from(sample: &Sample) -> Self {
        let of = |count: fn(&Peers) -> u32| {
            sample.peers.as_ref().map_or_else(Numbers::default, |one| Numbers::of(count(one)))
        };
        Self {
            reads: u32::from(sample.peers.is_some()),
            total: of(|peers| peers.total),
            online: of(|peers| peers.online),
            offline: of(Peers::offline),
            unconfirmed: of(|peers| peers.unconfirmed),
            tries: 1,
            millis: Numbers::of(sample.millis),
            failures: u32::from(sample.failed),
        }
    }
}

impl Rollup {
    /// What is known of how many peers there are, and how many of them are online: the rest is left out.
    pub(super) fn of_peers(&self) -> Self {
        Self { reads: self.reads, total: self.total, online: self.online, ..Self::default() }
    }

    /// Takes in what came later.
    pub fn merge(&mut self, later: &Self) {
        let merge = |ours: &mut Numbers, theirs: Numbers, have_ours: bool, have_theirs: bool| {
            *ours = match (have_ours, have_theirs) {
                (true, true) => ours.merged(theirs),
                (true, false) => *ours,
                (false, _) => theirs,
            };
        };
        let (read, reads) = (self.reads > 0, later.reads > 0);
        merge(&mut self.total, later.total, read, reads);
        merge(&mut self.online, later.online, read, reads);
        merge(&mut self.offline, later.offline, read, reads);
        merge(&mut self.unconfirmed, later.unconfirmed, read, reads);
        merge(&mut self.millis, later.millis, self.tries > 0, later.tries > 0);
        self.reads = self.reads.saturating_add(later.reads);
        self.tries = self.tries.saturating_add(later.tries);
        self.failures = self.failures.saturating_add(later.failures);
    }

    /// What a series says of it; `None` where nothing is known.
    pub fn value(&self, series: Series) -> Option<Value> {
        match series {
            Series::PeersTotal => self.total.value(self.reads),
            Series::PeersOnline => self.online.value(self.reads),
            Series::PeersOffline => self.offline.value(self.reads),
            Series::PeersUnconfirmed => self.unconfirmed.value(self.reads),
            Series::SyncDuration => self.millis.value(self.tries),
            Series::Uptime => {
                let part = (self.total.sum > 0).then(|| 100.0 * self.online.sum as f64 / self.total.sum as f64)?;
                let (samples, sum) = (self.reads, part * f64::from(self.reads));
                Some(Value { value: part, sum, samples, least: None, most: None, last: None })
            }
            Series::SyncFailures => {
                let failures = f64::from(self.failures);
                let counted =
                    Value { value: failures, sum: failures, samples: self.tries, least: None, most: None, last: None };
                (self.tries > 0).then_some(counted)
            }
        }
    }
}
