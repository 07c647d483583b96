//! `GET /api/access/matrix`

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use jiff::Timestamp;
use platform_core::reach::{Ask, Cell, CellVerdict, Extent, Matrix, MatrixGroup, Model, NoMatrix, Protocol};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::{self, Part};
use platform_http::gate::Reader;
use platform_http::page::{Paged, fitting};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::ask::ask;
use crate::lists::Lists;
use crate::named::PolicyView;

/// Groups that may be asked for.
const MOST_GROUPS: usize = 200;
/// Groups if none is asked for.
const USUAL_GROUPS: usize = 40;
const COLUMNS: [&str; 13] = [
    "from",
    "to",
    "verdict",
    "extent",
    "open",
    "may be open",
    "drops",
    "policies",
    "pairs",
    "allowed",
    "unknown",
    "from id",
    "to id",
];
/// Bytes of the cells: a function may answer with six million in all, after each quotation mark was escaped.
const MOST_BYTES: usize = 2_500_000;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MatrixQuery {
    /// The account whose network it is about; if absent, the oldest.
    account_id: Option<Uuid>,
    /// On what. `all`, or absent: one protocol is enough.
    protocol: Option<Protocol>,
    /// On which port, 0 to 65535. If absent, one is enough. Not for `icmp`.
    port: Option<u16>,
    /// NetBird's ids of the groups, at most 200, with commas between. If absent, the 40 that most rules in force name.
    #[param(example = "d1k5c8aqmd2opbica0p0,d1k5c8aqmd2opbica0qg")]
    groups: Option<String>,
    /// Of a file, rows of a part: 1 to 20000; 20000 if absent.
    limit: Option<usize>,
    /// Of a file, where the last part ended, from its `Link` header.
    cursor: Option<String>,
}

/// Who reaches whom, group by group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessMatrix)]
pub(crate) struct MatrixView {
    account_id: Uuid,
    account_name: String,
    /// Rows and columns: in the order that was asked for, or else by name.
    groups: Vec<GroupView>,
    /// Row by row. Two groups without a cell: nothing is open between them, or may be, and nothing was forbidden.
    cells: Vec<CellView>,
    /// Groups that are no rows, if none were asked for: those that the fewest rules name.
    omitted_groups: usize,
    /// Cells that were left out since the answer would be too long.
    omitted_cells: usize,
    /// Names of lists that are missing, or older than the others: their last answer could not be read.
    unread: Vec<String>,
    /// When the account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A row and column.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessMatrixGroup)]
struct GroupView {
    /// NetBird's id.
    id: String,
    name: String,
    /// How many peers are in it.
    peers: usize,
}

/// What the peers of one group may open to those of another.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessMatrixCell)]
struct CellView {
    /// NetBird's id of the group that opens connections.
    from: String,
    /// Of the one that is reached.
    to: String,
    verdict: CellVerdict,
    /// Of how many pairs it is so that the one reaches the other.
    extent: Extent,
    /// Of what was asked for: on what a peer of the one reaches one of the other for sure.
    open: Vec<String>,
    /// On what one does or may; more than `open` where something is not known.
    may_be_open: Vec<String>,
    /// A rule that drops takes something away.
    drops: bool,
    /// Policies that make it so, those that take something away first; at most 5.
    policies: Vec<PolicyView>,
    /// Pairs of peers; nobody is paired with themselves.
    pairs: usize,
    /// Pairs of which the one reaches the other for sure.
    allowed: usize,
    /// Pairs of which that is not known.
    unknown: usize,
}

impl From<&MatrixGroup<'_>> for GroupView {
    fn from(group: &MatrixGroup<'_>) -> Self {
        Self { id: group.id.to_owned(), name: group.name.to_owned(), peers: group.peers }
    }
}

impl From<&Cell<'_>> for CellView {
    fn from(cell: &Cell<'_>) -> Self {
        let Cell { verdict, extent, drops, pairs, allowed, unknown, .. } = *cell;
        let (from, to) = (cell.from.to_owned(), cell.to.to_owned());
        let policies = cell.policies.iter().copied().map(PolicyView::from).collect();
        let (open, may_be_open) = (cell.open.words(), cell.may_be_open.words());
        Self { from, to, verdict, extent, open, may_be_open, drops, policies, pairs, allowed, unknown }
    }
}

/// Who reaches whom, group by group
///
/// Each cell says what `GET /api/access/check` says of the same two groups. By the policies and posture checks of an account, as
/// of its last sync. With `Accept: text/csv` it is a file with a row for each cell, which comes in parts: while there is a `Link`
/// header to the next one, it goes on there. 503 while lists have to be read anew.
#[utoipa::path(get, path = "/api/access/matrix", operation_id = "getAccessMatrix", tag = "access", params(MatrixQuery),
    responses((status = 200, description = "The matrix", content(
        (MatrixView = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account or group, or no account at all"),
    (status = 409, description = "The network is too large to be judged, or the matrix: ask for fewer groups"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<MatrixQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ask = ask(query.protocol, query.port)?;
    let limit = file::limit(query.limit)?;
    let list = Paged::of(reader.tenant, "/api/access/matrix", &query);
    let after = list.open(query.cursor.as_deref())?;
    let groups = query.groups.as_deref().map(wanted).transpose()?;
    let lists = Lists::read(&platform, reader.tenant, query.account_id).await?;
    if file::is_wanted(&headers) {
        let first = after.map_or(0, |after| after.parse().unwrap_or(usize::MAX));
        let written = tokio::task::spawn_blocking(move || write(&lists, groups, ask, (first, limit)));
        let (part, next) = written.await.map_err(Problem::internal)??;
        return Ok(part.answer(&list, "access-matrix", next.map(|next| next.to_string()).as_deref()));
    }
    // Of a large network this takes a part of a second: other requests go on meanwhile.
    let answered = tokio::task::spawn_blocking(move || matrix(&lists, groups, ask));
    Ok(Json(answered.await.map_err(Problem::internal)??).into_response())
}

/// Writes a part of the cells as a file, and tells where the next one begins.
fn write(
    lists: &Lists,
    groups: Option<Vec<String>>,
    ask: Ask,
    (first, limit): (usize, usize),
) -> Result<(Part, Option<usize>), Problem> {
    let model = Model::new(lists.inventory());
    let (matrix, _) = found(&model, groups, ask)?;
    let names: HashMap<&str, &str> = matrix.groups.iter().map(|group| (group.id, group.name)).collect();
    let name = |id: &str| names.get(id).copied().unwrap_or(id).to_owned();
    let mut part = Part::begin(&COLUMNS, first == 0, limit)?;
    for (nth, cell) in matrix.cells.into_iter().enumerate().skip(first) {
        let policies: Vec<&str> = cell.policies.iter().map(|policy| policy.name.as_str()).collect();
        let is_written = part.add([
            name(cell.from),
            name(cell.to),
            cell.verdict.name().to_owned(),
            cell.extent.name().to_owned(),
            cell.open.words().join("; "),
            cell.may_be_open.words().join("; "),
            if cell.drops { "yes" } else { "no" }.to_owned(),
            policies.join("; "),
            cell.pairs.to_string(),
            cell.allowed.to_string(),
            cell.unknown.to_string(),
            cell.from.to_owned(),
            cell.to.to_owned(),
        ])?;
        if !is_written {
            return Ok((part, Some(nth)));
        }
    }
    Ok((part, None))
}

/// Reads which groups are asked for. However often one is named, it counts once.
fn wanted(text: &str) -> Result<Vec<String>, Problem> {
    let mut ids: Vec<String> = Vec::new();
    for id in text.split(',') {
        if id.is_empty() {
            return Err(Problem::field("/groups", "must be ids of groups, with commas between"));
        }
        if ids.iter().all(|known| known != id) {
            ids.push(id.to_owned());
        }
        if ids.len() > MOST_GROUPS {
            return Err(Problem::field("/groups", format!("must be at most {MOST_GROUPS} groups")));
        }
    }
    Ok(ids)
}

/// The matrix of these groups, or else of the usual ones, and how many others there are.
fn found<'m>(model: &'m Model<'_>, groups: Option<Vec<String>>, ask: Ask) -> Result<(Matrix<'m>, usize), Problem> {
    let (groups, omitted) = groups.map_or_else(|| model.busiest_groups(USUAL_GROUPS), |groups| (groups, 0));
    let matrix = model.matrix(&groups, ask).map_err(|none| match none {
        NoMatrix::NotThere => Problem::not_found("group"),
        NoMatrix::TooLarge => Problem::conflict("these groups have too many peers and rules to be judged together"),
    })?;
    Ok((matrix, omitted))
}

fn matrix(lists: &Lists, groups: Option<Vec<String>>, ask: Ask) -> Result<MatrixView, Problem> {
    let model = Model::new(lists.inventory());
    let (matrix, omitted_groups) = found(&model, groups, ask)?;
    let mut cells: Vec<CellView> = matrix.cells.iter().map(CellView::from).collect();
    let shown = fitting(&cells, MOST_BYTES).map_err(Problem::internal)?;
    let omitted_cells = cells.len() - shown;
    cells.truncate(shown);
    Ok(MatrixView {
        account_id: lists.account.id.uuid(),
        account_name: lists.account.name.clone(),
        groups: matrix.groups.iter().map(GroupView::from).collect(),
        cells,
        omitted_groups,
        omitted_cells,
        unread: lists.unread.clone(),
        as_of: lists.as_of(),
    })
}
