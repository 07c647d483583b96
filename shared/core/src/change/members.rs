//! Who is in which group: NetBird tells it of each peer.

use std::collections::BTreeMap;

use super::fields::FieldChange;
use super::words::sentences;
use super::{Change, ChangeKind, Configuration, MOST_CHANGES};
use crate::network::{GroupRef, Peer};
use crate::resource::Row;

/// Which groups peers joined and left, of those that were there before and still are: what comes and goes with a peer is
/// the peer's own history. Both lists are in the order of their ids.
pub fn members(before: &[Peer], after: &[Peer]) -> Vec<Change> {
    let mut groups: BTreeMap<&str, (&str, Vec<String>, Vec<String>)> = BTreeMap::new();
    for is in after {
        let Ok(nth) = before.binary_search_by(|was| was.id().cmp(is.id())) else { continue };
        let was = &before[nth];
        if was.groups == is.groups {
            continue;
        }
        let lacks = |groups: &[GroupRef], id: &str| groups.iter().all(|group| group.id != id);
        for group in is.groups.iter().filter(|group| lacks(&was.groups, &group.id)) {
            groups.entry(&group.id).or_insert_with(|| (&group.name, vec![], vec![])).1.push(is.name.clone());
        }
        for group in was.groups.iter().filter(|group| lacks(&is.groups, &group.id)) {
            groups.entry(&group.id).or_insert_with(|| (&group.name, vec![], vec![])).2.push(is.name.clone());
        }
    }
    let more = groups.len().saturating_sub(MOST_CHANGES);
    let told = groups.into_iter().take(MOST_CHANGES).map(|(id, (name, mut added, mut removed))| {
        added.sort_unstable();
        removed.sort_unstable();
        let mut change = Change::of(Configuration::Groups, ChangeKind::Updated, id, name);
        change.fields = vec![FieldChange::of_set("peers", added, removed)];
        change.sentences = sentences(&change, name);
        change
    });
    let mut changes: Vec<Change> = told.collect();
    changes.extend((more > 0).then(|| Change::omitted(Configuration::Groups, more)));
    changes
}
