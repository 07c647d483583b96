//! Who reaches whom, pair by pair, as a file.

use platform_core::reach::{Ask, End, Model, Pair};
use platform_http::Problem;
use platform_http::file::Part;

use crate::check::unanswered;
use crate::lists::Lists;

const COLUMNS: [&str; 8] = ["from", "from id", "to", "to type", "to id", "verdict", "open", "may be open"];

/// Writes a part, and tells where the next one begins. A tab, which is between the two ids of a place, is in no id.
pub(crate) fn write(
    lists: &Lists,
    (from, to, ask): (&End, &End, Ask),
    after: Option<&str>,
    limit: usize,
) -> Result<(Part, Option<String>), Problem> {
    let model = Model::new(lists.inventory());
    let mut part = Part::begin(&COLUMNS, after.is_none(), limit)?;
    let (mut last, mut has_more, mut failed) = (None, false, None);
    let place = after.and_then(|after| after.split_once('\t'));
    let mut is_enough = |pair: Pair| {
        let peer = &lists.peers[pair.from];
        let added = part.add([
            peer.name.clone(),
            peer.id.clone(),
            model.called(&pair.to),
            pair.to.kind().to_owned(),
            pair.to.id().to_owned(),
            pair.verdict.name().to_owned(),
            pair.open.words().join("; "),
            pair.may_be_open.words().join("; "),
        ]);
        match added {
            Ok(true) => last = Some((pair.from, pair.to)),
            Ok(false) => has_more = true,
            Err(problem) => failed = Some(problem),
        }
        has_more || failed.is_some()
    };
    model.pairs(from, to, ask, place, &mut is_enough).map_err(|why| unanswered(why, from, to))?;
    if let Some(problem) = failed {
        return Err(problem);
    }
    let next = last.filter(|_| has_more).map(|(from, to)| format!("{}\t{}", lists.peers[from].id, to.id()));
    Ok((part, next))
}
