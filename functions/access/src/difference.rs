//! `POST /api/access/difference`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use jiff::Timestamp;
use platform_core::reach::{Ask, Change, Difference, Differences, Inventory, Model, NoChange, Protocol};
use platform_core::validate::Problems;
use platform_http::extract::Query;
use platform_http::file;
use platform_http::gate::Reader;
use platform_http::page::{Paged, fitting};
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::ask::ask;
use crate::change_input::{ChangeInput, Log, log, read_changes};
use crate::difference_file;
use crate::lists::Lists;
use crate::named::{EndView, PolicyView};

/// Bytes of what opens, and of what closes.
const MOST_BYTES: usize = 1_000_000;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PartQuery {
    /// Of a file, rows of a part: 1 to 20000; 20000 if absent.
    limit: Option<usize>,
    /// Of a file, where the last part ended, from its `Link` header.
    cursor: Option<String>,
}

/// What would be changed.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessDifferenceRequest)]
pub(crate) struct DifferenceRequest {
    /// The account whose network it is about.
    account_id: Uuid,
    /// One after the other.
    #[schema(min_items = 1, max_items = 50)]
    changes: Vec<ChangeInput>,
    /// Only what opens or closes on this protocol. `all`, or absent: on any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    protocol: Option<Protocol>,
    /// Only what opens or closes on this port. Not for `icmp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
}

impl DifferenceRequest {
    /// What asks about changes that were made by the engine; `None` if one is more than may be asked about.
    pub(crate) fn of(account: Uuid, changes: &[Change], ask: Ask) -> Option<Self> {
        let inputs: Option<Vec<ChangeInput>> = changes.iter().map(ChangeInput::of).collect();
        let changes = inputs?;
        let mut problems = Problems::default();
        read_changes(changes.clone(), &Log::new(), &mut problems);
        problems.finish().ok()?;
        let protocol = Some(ask.protocol).filter(|protocol| *protocol != Protocol::All);
        Some(Self { account_id: account, changes, protocol, port: ask.port })
    }
}

/// What changes would open and close.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessDifferences)]
pub(crate) struct DifferencesView {
    account_id: Uuid,
    account_name: String,
    /// When the account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
    /// Names of lists that are missing, or older than the others: their last answer could not be read.
    unread: Vec<String>,
    /// Nothing would open or close.
    unchanged: bool,
    /// Pairs of a peer and a peer, resource or route of which the one would reach the other on more than now; each counted once.
    pairs_opened: usize,
    /// Pairs of which it would on less.
    pairs_closed: usize,
    /// What would open: what is certain first, then what is of most pairs. At most 200.
    opened: Vec<DifferenceView>,
    /// What would close, likewise.
    closed: Vec<DifferenceView>,
    omitted: OmittedView,
}

/// What all pairs of two sides have in common. A group is as it would be where something opens, and as it is where something closes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessDifference)]
struct DifferenceView {
    /// Who opens connections: a group or a peer.
    from: EndView,
    /// Who or what is reached.
    to: EndView,
    /// On what, of what was asked for.
    services: Vec<String>,
    /// How many pairs the two sides are; nobody is paired with themselves.
    pairs: usize,
    /// For sure, and not for sure the other way before; else one of the two is not known.
    is_certain: bool,
    /// Policies that make it so, those that are changed first; at most 5. A new one has `new-` and its place among the changes
    /// as its id.
    policies: Vec<PolicyView>,
}

/// How many differences were left out, told peer by peer.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessDifferencesOmitted)]
struct OmittedView {
    opened: usize,
    closed: usize,
}

/// What a change would open and close
///
/// Nothing is changed: the changes are carried out on a copy of what was read last, and both networks are asked the same as
/// `GET /api/access/check` asks. Told by groups where all pairs of two groups have it in common, else by peers. With `Accept: text/csv`
/// it is every single pair, as a file that comes in parts: while there is a `Link` header to the next one, the same is sent there.
/// 503 while lists have to be read anew.
#[utoipa::path(post, path = "/api/access/difference", operation_id = "compareAccess", tag = "access",
    params(PartQuery), request_body = DifferenceRequest,
    responses((status = 200, description = "What would open and close", content(
        (DifferencesView = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account"),
    (status = 409, description = "The network is too large to be judged, or what is to be changed could not be read"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<PartQuery>,
    headers: HeaderMap,
    extract::Json(request): extract::Json<DifferenceRequest>,
) -> Result<Response, Problem> {
    let ask = ask(request.protocol, request.port)?;
    let limit = file::limit(query.limit)?;
    let list = Paged::new(reader.tenant, "/api/access/difference", &[]);
    let after = list.open(query.cursor.as_deref())?;
    let mut problems = Problems::default();
    let log = log(&platform, reader.tenant, request.account_id, &request.changes).await?;
    let changes = read_changes(request.changes, &log, &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let lists = Lists::read(&platform, reader.tenant, Some(request.account_id)).await?;
    if file::is_wanted(&headers) {
        let written =
            tokio::task::spawn_blocking(move || difference_file::write(&lists, &changes, ask, after.as_deref(), limit));
        let (part, next) = written.await.map_err(Problem::internal)??;
        return Ok(part.answer(&list, "access-difference", next.as_deref()));
    }
    // Of a large network this takes a part of a second: other requests go on meanwhile.
    let answered = tokio::task::spawn_blocking(move || difference(&lists, &changes, ask));
    Ok(Json(answered.await.map_err(Problem::internal)??).into_response())
}

pub(crate) fn difference(lists: &Lists, changes: &[Change], ask: Ask) -> Result<DifferencesView, Problem> {
    let changed = lists.inventory().changed(changes, "/changes").map_err(refused)?;
    between(lists, (lists.inventory(), changed.inventory()), ask)
}

/// Why changes cannot be carried out on a copy.
pub(crate) fn refused(why: NoChange) -> Problem {
    match why {
        NoChange::NotThere(problems) => Problem::validation(problems),
        NoChange::Unread(list) => Problem::conflict(format!("the {} of the account could not be read", list.words())),
    }
}

pub(crate) fn too_large() -> Problem {
    Problem::conflict("the account has too many rules and peers for these changes to be judged")
}

/// What opens and closes between two networks of one account.
pub(crate) fn between(
    lists: &Lists,
    (before, after): (Inventory<'_>, Inventory<'_>),
    ask: Ask,
) -> Result<DifferencesView, Problem> {
    if !(before.is_judgeable() && after.is_judgeable()) {
        return Err(too_large());
    }
    let (before, after) = (Model::new(before), Model::new(after));
    let found = before.difference(&after, ask).map_err(|_| too_large())?;
    let pairs = (found.opened.pairs, found.closed.pairs);
    let (opened, omitted_opened) = shown(&after, found.opened)?;
    let (closed, omitted_closed) = shown(&before, found.closed)?;
    Ok(DifferencesView {
        account_id: lists.account.id.uuid(),
        account_name: lists.account.name.clone(),
        as_of: lists.as_of(),
        unread: lists.unread.clone(),
        unchanged: pairs == (0, 0),
        pairs_opened: pairs.0,
        pairs_closed: pairs.1,
        opened,
        closed,
        omitted: OmittedView { opened: omitted_opened, closed: omitted_closed },
    })
}

/// As many as fit, and how many do not.
fn shown(model: &Model<'_>, differences: Differences) -> Result<(Vec<DifferenceView>, usize), Problem> {
    let view = |one: Difference| DifferenceView {
        from: EndView::new(model, &one.from),
        to: EndView::new(model, &one.to),
        services: one.services.words(),
        pairs: one.pairs,
        is_certain: one.is_certain,
        policies: one.policies.into_iter().map(PolicyView::from).collect(),
    };
    let mut views: Vec<DifferenceView> = differences.told.into_iter().map(view).collect();
    let fitting = fitting(&views, MOST_BYTES).map_err(Problem::internal)?;
    let omitted = differences.omitted + views.len() - fitting;
    views.truncate(fitting);
    Ok((views, omitted))
}
