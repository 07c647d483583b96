//! What changes would open and close, pair by pair, as a file.

use platform_core::reach::{Ask, Change, DifferentPair, Inventory, Model};
use platform_http::Problem;
use platform_http::file::Part;

use crate::difference::{refused, too_large};
use crate::lists::Lists;

const COLUMNS: [&str; 8] = ["what", "certain", "from", "from id", "to", "to type", "to id", "on"];

/// Writes a part, and tells where the next one begins.
pub(crate) fn write(
    lists: &Lists,
    changes: &[Change],
    ask: Ask,
    after: Option<&str>,
    limit: usize,
) -> Result<(Part, Option<String>), Problem> {
    let changed = lists.inventory().changed(changes, "/changes").map_err(refused)?;
    let part = begin(after, limit)?;
    write_pairs(lists, (lists.inventory(), changed.inventory()), ask, after, part)
}

/// Begins a part. Only the first one names the columns.
pub(crate) fn begin(after: Option<&str>, limit: usize) -> Result<Part, Problem> {
    Part::begin(&COLUMNS, after.is_none(), limit)
}

/// Writes the pairs in which two networks of one account differ, as many as there is room for.
pub(crate) fn write_pairs(
    lists: &Lists,
    (before, then): (Inventory<'_>, Inventory<'_>),
    ask: Ask,
    after: Option<&str>,
    mut part: Part,
) -> Result<(Part, Option<String>), Problem> {
    if !(before.is_judgeable() && then.is_judgeable()) {
        return Err(too_large());
    }
    let (before, then) = (Model::new(before), Model::new(then));
    let (mut last, mut has_more, mut failed) = (None, false, None);
    let id = |place: usize| lists.peers[place].id.clone();
    let mut is_enough = |pair: DifferentPair| {
        let model = if pair.is_closed { &before } else { &then };
        let added = part.add([
            if pair.is_closed { "closes" } else { "opens" }.to_owned(),
            if pair.is_doubtful { "unknown" } else { "yes" }.to_owned(),
            lists.peers[pair.from].name.clone(),
            id(pair.from),
            model.called(&pair.to),
            pair.to.kind().to_owned(),
            pair.to.id().to_owned(),
            pair.services.words().join("; "),
        ]);
        match added {
            Ok(true) => last = Some(pair.place(id)),
            Ok(false) => has_more = true,
            Err(problem) => failed = Some(problem),
        }
        has_more || failed.is_some()
    };
    before.different_pairs(&then, ask, after, &mut is_enough).map_err(|_| too_large())?;
    if let Some(problem) = failed {
        return Err(problem);
    }
    Ok((part, last.filter(|_| has_more)))
}
