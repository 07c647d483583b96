//! Whether an answer can be true.
//!
//! Management servers now and then answer with an empty list, or with half of it, and mean nothing by it. Taken at its
//! word such an answer would remove every peer and resolve every alert; the next one would bring them back.

use std::collections::HashSet;

use crate::network::Peer;

/// The how-manieth implausible answer in a row is believed.
pub const BELIEVED_AFTER: u32 = 5;

/// What to make of a list of peers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plausibility {
    /// Work with it.
    Plausible,
    /// It is no data: keep what is known, and count it.
    Implausible,
}

impl Plausibility {
    /// Judges an answer that lacks peers. Implausible is an answer that lost half of them or all, unless the removals
    /// are explained (`was_deleted`, by id: the activity log tells of deleted peers), or unless it is the
    /// [`BELIEVED_AFTER`]th such answer; `in_a_row` counts those before it.
    pub fn of(previous: &[Peer], polled: &[Peer], was_deleted: impl Fn(&str) -> bool, in_a_row: u32) -> Self {
        if in_a_row + 1 >= BELIEVED_AFTER {
            return Self::Plausible;
        }
        let present: HashSet<&str> = polled.iter().map(|peer| peer.id.as_str()).collect();
        let is_lost = |peer: &&Peer| !present.contains(peer.id.as_str()) && !was_deleted(&peer.id);
        let lost = previous.iter().filter(is_lost).count();
        let is_implausible = lost > 0 && (lost * 2 >= previous.len() || polled.is_empty());
        if is_implausible { Self::Implausible } else { Self::Plausible }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::peer;
    use super::*;

    fn judge(previous: &[&str], polled: &[&str], deleted: &[&str], in_a_row: u32) -> bool {
        let list = |ids: &[&str]| ids.iter().map(|id| peer(id, true, 0)).collect::<Vec<_>>();
        let was_deleted = |id: &str| deleted.contains(&id);
        Plausibility::of(&list(previous), &list(polled), was_deleted, in_a_row) == Plausibility::Plausible
    }

    #[test]
    fn half_the_peers_do_not_vanish_at_once() {
        assert!(judge(&["a", "b", "c"], &["a", "b"], &[], 0));
        assert!(judge(&["a", "b"], &["a", "b", "c"], &[], 0));
        assert!(!judge(&["a", "b", "c", "d"], &["a", "b"], &[], 0));
        assert!(!judge(&["a"], &[], &[], 0));
        assert!(!judge(&["a", "b"], &["x", "y"], &[], 0), "another network altogether");
    }

    #[test]
    fn nothing_can_be_lost_where_nothing_was() {
        assert!(judge(&[], &[], &[], 0));
        assert!(judge(&[], &["a"], &[], 0));
    }

    #[test]
    fn deletions_that_the_activity_log_tells_of_are_believed() {
        assert!(judge(&["a", "b"], &["a"], &["b"], 0));
        assert!(judge(&["a", "b"], &[], &["a", "b"], 0));
        assert!(!judge(&["a", "b", "c", "d"], &[], &["a", "b", "c"], 0), "an empty list needs every one explained");
    }

    #[test]
    fn the_fifth_such_answer_in_a_row_is_believed() {
        let verdicts: Vec<bool> = (0..5).map(|in_a_row| judge(&["a", "b"], &[], &[], in_a_row)).collect();
        assert_eq!(verdicts, [false, false, false, false, true]);
    }
}
