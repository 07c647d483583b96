//! `GET /api/access/check`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::reach::{Answer, Ask, Counts, End, Extent, Model, NotThere, Protocol, Reason, ReasonKind, Verdict};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::ask::ask;
use crate::lists::Lists;
use crate::named::EndView;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CheckQuery {
    /// The account whose network it is about.
    account_id: Uuid,
    /// Who opens the connection: `peer:ID` or `group:ID`, with NetBird's id.
    #[param(example = "group:d1k5c8aqmd2opbica0p0")]
    from: String,
    /// Who or what is to be reached: `peer:ID`, `group:ID`, `resource:ID` or `route:ID`.
    #[param(example = "group:d1k5c8aqmd2opbica0qg")]
    to: String,
    /// On what. `all`, or absent: one protocol is enough.
    protocol: Option<Protocol>,
    /// On which port, 0 to 65535. If absent, one is enough. Not for `icmp`.
    port: Option<u16>,
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

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        let Counts { sources, reaching, perhaps, targets, pairs, allowed, unknown } = counts;
        Self { sources, reaching, perhaps, targets, pairs, allowed, denied: pairs - allowed - unknown, unknown }
    }
}

/// Whether one reaches the other
///
/// By the policies, posture checks, networks and routes of an account, as of its last sync. `unknown` is an answer: what NetBird
/// decides by something that its API does not show is never guessed. 503 while lists have to be read anew.
#[utoipa::path(get, path = "/api/access/check", operation_id = "checkAccess", tag = "access", params(CheckQuery),
    responses((status = 200, description = "The answer", body = CheckView),
    (status = 404, description = "No such account, peer, group, resource or route"),
    (status = 409, description = "The network is too large to be judged"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<CheckQuery>,
) -> Result<Json<CheckView>, Problem> {
    let (from, to, ask) = question(&query)?;
    let lists = Lists::read(&platform, reader.tenant, Some(query.account_id)).await?;
    // Of a large network this takes milliseconds: other requests go on meanwhile.
    let answered = tokio::task::spawn_blocking(move || answer(&lists, &from, &to, ask));
    answered.await.map_err(Problem::internal)?.map(Json)
}

/// Reads what is asked.
fn question(query: &CheckQuery) -> Result<(End, End, Ask), Problem> {
    let end = |text: &str| text.parse::<End>().ok();
    let from = end(&query.from).filter(|end| matches!(end, End::Peer(_) | End::Group(_)));
    let from = from.ok_or_else(|| Problem::field("/from", "must be peer:ID or group:ID"))?;
    let to = end(&query.to);
    let to = to.ok_or_else(|| Problem::field("/to", "must be peer:ID, group:ID, resource:ID or route:ID"))?;
    if from == to && matches!(from, End::Peer(_)) {
        return Err(Problem::field("/to", "must be another peer than the one that is asked from"));
    }
    Ok((from, to, ask(query.protocol, query.port)?))
}

fn answer(lists: &Lists, from: &End, to: &End, ask: Ask) -> Result<CheckView, Problem> {
    let model = Model::new(lists.inventory());
    let answer = model.question(from, to, ask).map_err(|missing| match missing {
        NotThere::From => Problem::not_found(from.kind()),
        NotThere::To => Problem::not_found(to.kind()),
    })?;
    let Answer { verdict, extent, sentence, reasons, omitted, open, may_be_open, counts, examples: _ } = answer;
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
        unread: lists.unread.clone(),
        as_of: lists.as_of(),
    })
}
