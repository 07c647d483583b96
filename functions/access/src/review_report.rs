//! What a review freezes: who reaches its groups and resources now, row by row.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use aws_lc_rs::digest::{Context, SHA256};
use platform_core::access_review::{
    Frozen, FrozenPeer, FrozenRow, FrozenWay, LONGEST_NAME, MAX_BYTES, MAX_ROWS, Subject,
};
use platform_core::reach::{End, Model, NoReport, Reached};
use platform_core::text::printable;
use platform_http::Problem;
use platform_http::page::json_bytes;
use serde_json::json;

use crate::lists::Lists;
use crate::review_row::RowView;

/// Bytes of one row as it is told, and of all.
const MOST_OF_A_ROW: usize = 1_000_000;
const MOST_TOLD: usize = 300_000_000;

/// Who reaches what, as it is kept.
pub(crate) struct Report {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) rows: Frozen,
    pub(crate) count: usize,
    /// SHA-256 of all rows.
    pub(crate) digest: String,
}

/// A group or resource as a review names it.
pub(crate) fn key(end: &End) -> String {
    format!("{}:{}", end.kind(), end.id())
}

impl Report {
    /// Who reaches these now. Its digests wait until it is known when rules were changed: [`Self::seal`].
    pub(crate) fn of(lists: &Lists, ends: &[End]) -> Result<Self, Problem> {
        let inventory = lists.inventory();
        if inventory.policies.is_none() {
            return Err(Problem::conflict("the policies of the account could not be read"));
        }
        let unread = inventory.resources.is_none();
        if unread && ends.iter().any(|end| matches!(end, End::Resource(_))) {
            return Err(Problem::conflict("the network resources of the account could not be read"));
        }
        let model = Model::new(inventory);
        let reached = model.report(ends).map_err(|none| match none {
            NoReport::NotThere(nth) => Problem::not_found(ends[nth].kind()),
            NoReport::TooLarge => Problem::conflict(
                "these groups and resources have too many peers and rules to be judged together: choose fewer",
            ),
        })?;
        let peers = |one: &Reached| one.ways.iter().map(|way| way.peers.len()).sum::<usize>();
        let count = reached.iter().map(peers).sum();
        if count > MAX_ROWS {
            return Err(Problem::conflict(format!(
                "the review would have {count} rows, and may have at most {MAX_ROWS}: choose fewer groups and resources"
            )));
        }
        let (mut rows, place) = named(lists, &reached);
        reached.iter().for_each(|one| rows.add(&one.ways, &place));
        if json_bytes(&rows).map_err(Problem::internal)? > MAX_BYTES {
            return Err(Problem::conflict(
                "the review would be too large to be kept: choose fewer groups and resources",
            ));
        }
        let lengths: serde_json::Result<Vec<(usize, usize)>> =
            rows.subjects.iter().flatten().filter_map(|way| length(&rows, way)).collect();
        let lengths = lengths.map_err(Problem::internal)?;
        let together = lengths.iter().fold(0_usize, |sum, (length, rows)| sum.saturating_add(length * rows));
        if lengths.iter().any(|(length, _)| *length > MOST_OF_A_ROW) || together > MOST_TOLD {
            return Err(Problem::conflict(
                "the rows of the review would name too many rules and groups: choose fewer groups and resources",
            ));
        }
        let everybody = lists.peers.len();
        let subjects = ends.iter().zip(&reached).enumerate();
        let subjects = subjects.map(|(nth, (end, one))| subject(&rows, nth, end, one, everybody)).collect();
        Ok(Self { subjects, rows, count, digest: String::new() })
    }

    /// Finds the digests, of everything that a row says.
    pub(crate) fn seal(&mut self) -> Result<(), Problem> {
        let mut whole = Context::new(&SHA256);
        for nth in 0..self.subjects.len() {
            let mut own = Context::new(&SHA256);
            for row in self.rows.rows_of(nth) {
                let line = RowView::new(&self.subjects, &self.rows, row).line()?;
                own.update(&line);
                whole.update(&line);
            }
            self.subjects[nth].digest = hex::encode(own.finish());
        }
        self.digest = hex::encode(whole.finish());
        Ok(())
    }
}

/// Bytes of each of a way's rows as they are told, and how many there are: what peers have in common is kept once, and told of each.
fn length(rows: &Frozen, way: &FrozenWay) -> Option<serde_json::Result<(usize, usize)>> {
    let row = FrozenRow { subject: 0, peer: rows.peers.get(*way.who.first()?)?, way };
    Some(json_bytes(&RowView::new(&[], rows, row)).map(|bytes| (bytes, way.who.len())))
}

/// The peers that reach anything, by name, and of each peer of the account its place among them.
fn named(lists: &Lists, reached: &[Reached]) -> (Frozen, Vec<usize>) {
    let places = reached.iter().flat_map(|one| &one.ways).flat_map(|way| way.peers.iter().copied());
    let mut some: Vec<usize> = places.collect::<BTreeSet<_>>().into_iter().collect();
    some.sort_by(|a, b| {
        (&lists.peers[*a].name, &lists.peers[*a].id).cmp(&(&lists.peers[*b].name, &lists.peers[*b].id))
    });
    let mut place = vec![usize::MAX; lists.peers.len()];
    some.iter().enumerate().for_each(|(nth, peer)| place[*peer] = nth);
    let peer = |nth: &usize| FrozenPeer {
        id: lists.peers[*nth].id.clone(),
        name: printable(&lists.peers[*nth].name, LONGEST_NAME),
    };
    (Frozen { peers: some.iter().map(peer).collect(), ..Frozen::default() }, place)
}

fn subject(rows: &Frozen, nth: usize, end: &End, one: &Reached, everybody: usize) -> Subject {
    let count = |is_sure: bool| {
        let ways = one.ways.iter().filter(|way| (way.reached > 0) == is_sure);
        ways.map(|way| way.peers.len()).sum::<usize>()
    };
    let rules: HashSet<(&str, usize)> =
        one.ways.iter().flat_map(|way| &way.rules).map(|rule| (rule.policy.as_str(), rule.rule)).collect();
    // Whoever is in the group may be alone in it: of the others it is asked whether all get in.
    let inside = if matches!(end, End::Group(_)) { one.targets } else { 0 };
    let peers = count(true);
    Subject {
        key: key(end),
        name: printable(&one.name, LONGEST_NAME),
        targets: one.targets,
        resources: one.resources,
        peers,
        perhaps: count(false),
        rules: rules.len(),
        anybody: peers > 0 && peers >= everybody.saturating_sub(inside) && everybody > inside,
        digest: String::new(),
        answer: answer(rows, nth, one.targets),
        sign_off: None,
    }
}

/// SHA-256 of who reaches it on what and by which rules. Names, and when something was changed, are no part of it.
fn answer(rows: &Frozen, nth: usize, targets: usize) -> String {
    let mut sum = Context::new(&SHA256);
    sum.update(targets.to_string().as_bytes());
    let mut told: BTreeMap<&str, FrozenRow<'_>> = BTreeMap::new();
    rows.rows_of(nth).into_iter().for_each(|row| {
        told.insert(&row.peer.id, row);
    });
    for (id, row) in told {
        let by: BTreeSet<(&str, usize)> = row
            .way
            .by
            .iter()
            .filter_map(|(place, _)| rows.rules.get(*place))
            .map(|rule| (rule.policy.as_str(), rule.rule))
            .collect();
        let way = row.way;
        let said = json!([id, way.reached, way.perhaps, way.open, way.may_be_open, by]);
        sum.update(said.to_string().as_bytes());
        sum.update(b"\n");
    }
    hex::encode(sum.finish())
}
