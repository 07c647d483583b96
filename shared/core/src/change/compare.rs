//! Two lists, compared by the ids of their rows.

use serde_json::{Map, Value};

use super::fields::{Comparison, cut, fields};
use super::words::sentences;
use super::{Change, ChangeKind, Configuration, Configured};
use crate::text;

/// Changes of one list that one comparison tells one by one.
pub const MOST_CHANGES: usize = 500;
/// Bytes of the fields that one change tells of.
const MOST_BYTES: usize = 32 << 10;
/// Bytes of a whole row that is kept.
const MOST_RAW: usize = 16 << 10;
/// Characters of a name that are kept.
pub(super) const MOST_NAME: usize = 200;

/// A row before and after; one of them if it was not always there.
type Pair<'a, T> = (Option<&'a T>, Option<&'a T>);

/// Whether anything of the configuration differs. Cheaper than telling what.
pub fn has_changed<T: Configured>(before: &[T], after: &[T]) -> bool {
    T::configuration().is_some() && !pairs(before, after).is_empty()
}

/// What changed from one list to the next. `name` gives the names of things by their ids, as far as they are known.
pub fn compare<T: Configured>(before: &[T], after: &[T], name: &dyn Fn(&str) -> Option<String>) -> Vec<Change> {
    let Some(resource) = T::configuration() else { return Vec::new() };
    let mut pairs = pairs(before, after);
    let more = pairs.len().saturating_sub(MOST_CHANGES);
    pairs.truncate(MOST_CHANGES);
    let mut changes: Vec<Change> = pairs.into_iter().map(|pair| change(resource, pair, name)).collect();
    changes.extend((more > 0).then(|| Change::omitted(resource, more)));
    changes
}

impl Change {
    /// That so many more things changed.
    pub fn omitted(resource: Configuration, more: usize) -> Self {
        let sentence =
            format!("{}: {}, not kept one by one", text::capital(&resource.words()), text::count(more, "more change"));
        Self { sentences: vec![sentence], ..Self::of(resource, ChangeKind::Omitted, "", "") }
    }

    /// That nobody knows what changed in a list, since the one before cannot be read.
    pub fn uncompared(resource: Configuration) -> Self {
        let words = text::capital(&resource.words());
        let sentence =
            format!("{words}: read anew, since what was stored could not be read; changes until then are not known");
        Self { sentences: vec![sentence], ..Self::of(resource, ChangeKind::Uncompared, "", "") }
    }

    pub(super) fn of(resource: Configuration, kind: ChangeKind, id: &str, name: &str) -> Self {
        Self {
            resource,
            item_id: id.to_owned(),
            item_name: text::printable(name, MOST_NAME),
            kind,
            sentences: Vec::new(),
            fields: Vec::new(),
            omitted_fields: 0,
            before: None,
            after: None,
            is_cut: false,
            since: None,
            by: None,
        }
    }
}

/// The rows whose configuration differs, by id. Both lists may have any order.
fn pairs<'a, T: Configured>(before: &'a [T], after: &'a [T]) -> Vec<Pair<'a, T>> {
    let by_id = |rows: &'a [T]| {
        let mut rows: Vec<&T> = rows.iter().collect();
        rows.sort_by(|a, b| a.id().cmp(b.id()));
        rows.dedup_by(|later, first| later.id() == first.id());
        rows.into_iter().peekable()
    };
    let (mut before, mut after) = (by_id(before), by_id(after));
    let mut pairs = Vec::new();
    loop {
        let pair = match (before.peek(), after.peek()) {
            (None, None) => break pairs,
            (Some(was), Some(is)) if was.id() == is.id() => (before.next(), after.next()),
            (Some(was), Some(is)) if was.id() < is.id() => (before.next(), None),
            (Some(_), None) => (before.next(), None),
            (_, Some(_)) => (None, after.next()),
        };
        let is_same =
            matches!(pair, (Some(was), Some(is)) if was == is || differing(was, is, &|_| None).found.is_empty());
        if !is_same {
            pairs.push(pair);
        }
    }
}

fn differing<'a, T: Configured>(was: &T, is: &T, name: &'a dyn Fn(&str) -> Option<String>) -> Comparison<'a> {
    let (mut before, mut after) = (fields(was), fields(is));
    T::align(&mut before, &mut after);
    let mut comparison = Comparison { naming: T::NAMING, name, found: Vec::new(), omitted: 0 };
    comparison.objects("", &before, &after);
    comparison
}

fn change<T: Configured>(resource: Configuration, pair: Pair<'_, T>, name: &dyn Fn(&str) -> Option<String>) -> Change {
    let kind = match pair {
        (None, _) => ChangeKind::Created,
        (_, None) => ChangeKind::Deleted,
        _ => ChangeKind::Updated,
    };
    let (id, called) = pair.1.or(pair.0).map_or(("", ""), |row| (row.id(), row.called()));
    let mut change = Change::of(resource, kind, id, called);
    if let (Some(was), Some(is)) = pair {
        let comparison = differing(was, is, name);
        (change.fields, change.omitted_fields) = (comparison.found, comparison.omitted);
        while serde_json::to_string(&change.fields).is_ok_and(|json| json.len() > MOST_BYTES) {
            change.fields.pop();
            change.omitted_fields += 1;
        }
    }
    let whole = |row: Option<&T>| row.map(fields);
    for (row, kept) in [(whole(pair.0), &mut change.before), (whole(pair.1), &mut change.after)] {
        match row.map(raw) {
            Some(Some(row)) => *kept = Some(row),
            Some(None) => change.is_cut = true,
            None => {}
        }
    }
    let former = pair.0.map_or("", Configured::called);
    change.sentences = sentences(&change, &cut(former, MOST_NAME));
    change
}

/// The whole of a row, unless it is too large.
fn raw(fields: Map<String, Value>) -> Option<Value> {
    let value = Value::Object(fields);
    (value.to_string().len() <= MOST_RAW).then_some(value)
}
