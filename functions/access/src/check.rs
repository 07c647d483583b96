//! `GET /api/access/check`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use jiff::Timestamp;
use platform_core::reach::{
    ANY_END, Answer, AnswerWay, Ask, Counts, END_OF_PEERS, End, Extent, Model, NotThere, Protocol, Reason, ReasonKind,
    Remedy, RemedyKind, Unanswered, Verdict,
};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file;
use platform_http::gate::Reader;
use platform_http::page::Paged;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::ask::ask;
use crate::check_file;
use crate::difference::DifferenceRequest;
use crate::lists::Lists;
use crate::named::EndView;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckQuery {
    /// The account whose network it is about.
    account_id: Uuid,
    /// Who opens the connection: `peer:ID`, `group:ID` or `user:ID` (all peers of the user) with NetBird's id, or `any` for every
    /// peer.
    #[param(example = "group:d1k5c8aqmd2opbica0p0")]
    from: String,
    /// Who or what is to be reached: `peer:ID`, `group:ID`, `user:ID`, `any`, `resource:ID`, `route:ID`, `domain:NAME`, which may
    /// be `*.example.com`, or `address:IP`, which may be a range such as `10.0.0.0/8`.
    #[param(example = "group:d1k5c8aqmd2opbica0qg")]
    to: String,
    /// On what. `all`, or absent: one protocol is enough.
    protocol: Option<Protocol>,
    /// On which port, 0 to 65535. If absent, one is enough. Not for `icmp`.
    port: Option<u16>,
    /// Of a file, rows of a part: 1 to 20000; 20000 if absent.
    limit: Option<usize>,
    /// Of a file, where the last part ended, from its `Link` header.
    cursor: Option<String>,
}

/// Whether the one reaches the other.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessCheck)]
pub(crate) struct CheckView {
    account_id: Uuid,
    account_name: String,
    from: EndView,
    to: EndView,
    protocol: Protocol,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u16>,
    verdict: Verdict,
    /// Of how many pairs it is so that the one reaches the other.
    extent: Extent,
    /// The answer in one sentence.
    sentence: String,
    /// Why; what decides comes first. At most 20.
    reasons: Vec<ReasonView>,
    /// Reasons that were left out.
    omitted_reasons: usize,
    /// Of what was asked for: on what a peer of the one side reaches one of the other for sure.
    open: Vec<String>,
    /// On what one does or may; more than `open` where something is not known.
    may_be_open: Vec<String>,
    counts: CountsView,
    /// What leads to the domain or address that is asked to, each with its own answer; of other ends none. At most 20.
    ways: Vec<WayView>,
    /// Ways that were left out.
    omitted_ways: usize,
    /// What would have to change for the other answer; what changes least comes first. At least one, which may say that there is
    /// none, at most 5.
    to_change: Vec<ToChangeView>,
    /// Names of lists that are missing, or older than the others: their last answer could not be read.
    unread: Vec<String>,
    /// When the account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// Why an answer is what it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReason)]
struct ReasonView {
    kind: ReasonKind,
    /// It in a sentence.
    sentence: String,
    /// NetBird's id of the policy that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_name: Option<String>,
    /// The place of the rule in its policy, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<usize>,
    /// How many peers it concerns.
    peers: usize,
}

/// What leads to a domain or an address.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessWay)]
struct WayView {
    /// A peer, a resource or a route.
    to: EndView,
    name: String,
    verdict: Verdict,
    /// The same in a sentence.
    sentence: String,
}

/// What would have to change for the other answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessToChange)]
struct ToChangeView {
    kind: RemedyKind,
    /// It in a sentence.
    sentence: String,
    /// NetBird's id of the policy that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_name: Option<String>,
    /// The place of the rule in its policy, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<usize>,
    /// What `POST /api/access/difference` takes. It was tried: with it, the answer is the other one. Absent where what has to be done
    /// is none of the changes that can be tried there.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<DifferenceRequest>,
}

/// How many are meant, and of how many it is so.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessCounts)]
struct CountsView {
    /// Peers that are asked from.
    sources: usize,
    /// Those of them that reach a target for sure.
    reaching: usize,
    /// Those of the others that may reach one.
    perhaps: usize,
    /// What is asked to: peers, or one resource or route.
    targets: usize,
    /// Pairs of them; nobody is paired with themselves.
    pairs: usize,
    /// Pairs of which the one reaches the other for sure.
    allowed: usize,
    /// Pairs of which it does not.
    denied: usize,
    /// Pairs of which that is not known.
    unknown: usize,
}

impl From<Reason> for ReasonView {
    fn from(reason: Reason) -> Self {
        let (policy_id, policy_name, rule) = match reason.policy {
            Some(policy) => (Some(policy.id), Some(policy.name), Some(policy.rule)),
            None => (None, None, None),
        };
        Self { kind: reason.kind, sentence: reason.sentence, policy_id, policy_name, rule, peers: reason.peers }
    }
}

impl ToChangeView {
    fn new(remedy: Remedy, account: Uuid, ask: Ask) -> Self {
        let (policy_id, policy_name, rule) = match remedy.policy {
            Some(policy) => (Some(policy.id), Some(policy.name), Some(policy.rule)),
            None => (None, None, None),
        };
        let change = (!remedy.changes.is_empty()).then(|| DifferenceRequest::of(account, &remedy.changes, ask));
        Self { kind: remedy.kind, sentence: remedy.sentence, policy_id, policy_name, rule, change: change.flatten() }
    }
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        let Counts { sources, reaching, perhaps, targets, pairs, allowed, unknown } = counts;
        Self { sources, reaching, perhaps, targets, pairs, allowed, denied: pairs - allowed - unknown, unknown }
    }
}

/// Whether one reaches the other
///
/// By the policies, posture checks, networks and routes of an account, as of its last sync. `unknown` is an answer: what NetBird
/// decides by something that its API does not show is never guessed. With `Accept: text/csv` it is every pair of the two sides, each
/// with its own answer, as a file that comes in parts: while there is a `Link` header to the next one, it goes on there. 503 while
/// lists have to be read anew.
#[utoipa::path(get, path = "/api/access/check", operation_id = "checkAccess", tag = "access", params(CheckQuery),
    responses((status = 200, description = "The answer", content(
        (CheckView = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, peer, group, user, resource or route"),
    (status = 409, description = "The network is too large to be judged"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<CheckQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (from, to, ask) = question(&query)?;
    let limit = file::limit(query.limit)?;
    let list = Paged::of(reader.tenant, "/api/access/check", &query);
    let after = list.open(query.cursor.as_deref())?;
    let mut lists = Lists::read(&platform, reader.tenant, Some(query.account_id)).await?;
    if [&from, &to].into_iter().any(|end| matches!(end, End::User(_))) {
        lists = lists.with_users(&platform).await?;
    }
    if file::is_wanted(&headers) {
        let written =
            tokio::task::spawn_blocking(move || check_file::write(&lists, (&from, &to, ask), after.as_deref(), limit));
        let (part, next) = written.await.map_err(Problem::internal)??;
        return Ok(part.answer(&list, "access", next.as_deref()));
    }
    // Of a large network this takes milliseconds: other requests go on meanwhile.
    let answered = tokio::task::spawn_blocking(move || answer(&lists, &from, &to, ask));
    Ok(Json(answered.await.map_err(Problem::internal)??).into_response())
}

/// Reads what is asked.
fn question(query: &CheckQuery) -> Result<(End, End, Ask), Problem> {
    let end = |text: &str| text.parse::<End>().ok();
    let from = end(&query.from).filter(End::is_of_peers).ok_or_else(|| Problem::field("/from", END_OF_PEERS))?;
    let to = end(&query.to).ok_or_else(|| Problem::field("/to", ANY_END))?;
    if from == to && matches!(from, End::Peer(_)) {
        return Err(Problem::field("/to", "must be another peer than the one that is asked from"));
    }
    Ok((from, to, ask(query.protocol, query.port)?))
}

/// Why there is no answer.
pub(crate) fn unanswered(why: Unanswered, from: &End, to: &End) -> Problem {
    match why {
        Unanswered::NotThere(NotThere::From) => Problem::not_found(from.kind()),
        Unanswered::NotThere(NotThere::To) => Problem::not_found(to.kind()),
        Unanswered::TooLarge => Problem::conflict("the account has too many rules and peers for this to be judged"),
    }
}

fn answer(lists: &Lists, from: &End, to: &End, ask: Ask) -> Result<CheckView, Problem> {
    let model = Model::new(lists.inventory());
    let answer = model.asked(from, to, ask).map_err(|why| unanswered(why, from, to))?;
    let account = lists.account.id.uuid();
    let remedies = model.remedies(from, to, ask, &answer);
    let to_change = remedies.into_iter().map(|one| ToChangeView::new(one, account, ask)).collect();
    let Answer { verdict, extent, sentence, reasons, omitted, open, may_be_open, counts, ways, omitted_ways, .. } =
        answer;
    let way = |AnswerWay { to, name, verdict, sentence }: AnswerWay| WayView {
        to: EndView::new(&model, &to),
        name,
        verdict,
        sentence,
    };
    Ok(CheckView {
        account_id: lists.account.id.uuid(),
        account_name: lists.account.name.clone(),
        from: EndView::new(&model, from),
        to: EndView::new(&model, to),
        protocol: ask.protocol,
        port: ask.port,
        verdict,
        extent,
        sentence,
        reasons: reasons.into_iter().map(ReasonView::from).collect(),
        omitted_reasons: omitted,
        open: open.words(),
        may_be_open: may_be_open.words(),
        counts: counts.into(),
        ways: ways.into_iter().map(way).collect(),
        omitted_ways,
        to_change,
        unread: lists.unread.clone(),
        as_of: lists.as_of(),
    })
}
