//! Conditions that look at each peer by itself.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Observation;
use crate::episode::Away;
use crate::finding::{Affected, Finding, Recovery};
use crate::named;

named! {
    /// What an alert is of.
    pub enum AlertPer {
        /// Of peers that went together: every one that goes is told of.
        Peer = "peer",
        /// Of those of a group: one alert for each group of the rule, at a time.
        Group = "group",
        /// Of all of them: what goes while it is open changes its numbers.
        Rule = "rule",
    }
}

impl AlertPer {
    /// What was stored before each peer could be told of.
    pub(super) const fn rule() -> Self {
        Self::Rule
    }

    /// What was stored where each peer was told of before that could be chosen.
    pub(super) const fn peer() -> Self {
        Self::Peer
    }
}

/// What a condition says of single peers.
pub trait Apart: Sync {
    /// The peers that it holds for, in no order.
    fn away<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<Away<'a>>;

    /// Of the peers that were told of and have not left, by id: those that count still, though they may not be as the rule says.
    fn lingering<'a>(&self, _: &HashSet<&str>, _: Observation<'a>, _: Timestamp) -> Vec<Away<'a>> {
        Vec::new()
    }

    /// What there is to tell of some of them, which went together: `size` of them did, and these are still away.
    fn tell(&self, away: &[Away<'_>], size: u32, seen: Observation<'_>, now: Timestamp) -> Finding;

    /// How it is now that the last of them left: those that `left` names. `was` is what was last told of them.
    fn returned(&self, left: &[&str], size: u32, was: &Affected, seen: Observation<'_>) -> Recovery;
}
