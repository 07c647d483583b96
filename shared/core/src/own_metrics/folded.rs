//! Many values as one.

use serde::{Deserialize, Serialize};

use crate::metrics::Value;

/// What the values of a stretch of time say together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Folded {
    /// The least.
    pub least: f64,
    /// The greatest.
    pub most: f64,
    /// The last.
    pub last: f64,
    /// All of them added.
    pub sum: f64,
    /// How many they are.
    pub count: u32,
    /// In how many minutes they came.
    pub minutes: u32,
}

/// The same as it is stored: most minutes have one value, which is said once.
#[derive(Serialize, Deserialize)]
enum Packed {
    One(f64),
    Many { least: f64, most: f64, last: f64, sum: f64, count: u32, minutes: u32 },
}

impl From<Packed> for Folded {
    fn from(packed: Packed) -> Self {
        match packed {
            Packed::One(value) => Self::of(value),
            Packed::Many { least, most, last, sum, count, minutes } => Self { least, most, last, sum, count, minutes },
        }
    }
}

impl From<Folded> for Packed {
    fn from(folded: Folded) -> Self {
        let Folded { least, most, last, sum, count, minutes } = folded;
        if count == 1 { Self::One(last) } else { Self::Many { least, most, last, sum, count, minutes } }
    }
}

impl Folded {
    /// One value.
    pub const fn of(value: f64) -> Self {
        Self { least: value, most: value, last: value, sum: value, count: 1, minutes: 1 }
    }

    /// Takes in what came later.
    pub fn merge(&mut self, later: &Self) {
        *self = Self { minutes: self.minutes.saturating_add(later.minutes), ..self.with(later) };
    }

    /// Takes in what came later in the same minute.
    pub fn merge_minute(&mut self, later: &Self) {
        *self = self.with(later);
    }

    fn with(&self, later: &Self) -> Self {
        Self {
            least: self.least.min(later.least),
            most: self.most.max(later.most),
            last: later.last,
            sum: self.sum + later.sum,
            count: self.count.saturating_add(later.count),
            minutes: self.minutes,
        }
    }

    /// The mean of the values.
    pub fn mean(&self) -> f64 {
        self.sum / f64::from(self.count.max(1))
    }

    /// All of some, in order, as one.
    pub fn all<'a>(each: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        each.into_iter().copied().reduce(|mut sum, one| {
            sum.merge(&one);
            sum
        })
    }
}

impl From<&Folded> for Value {
    fn from(folded: &Folded) -> Self {
        Self {
            value: folded.mean(),
            sum: folded.sum,
            samples: folded.minutes,
            least: Some(folded.least),
            most: Some(folded.most),
            last: Some(folded.last),
        }
    }
}
