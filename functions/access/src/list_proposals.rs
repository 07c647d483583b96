//! `GET /api/access/proposals`

use axum::extract::State;
use axum::response::Response;
use platform_core::proposal::{Proposal, ProposalState};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::proposal_view::ProposalSummary;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProposalsQuery {
    /// One or more of `open`, `approved`, `rejected`, `closed`, with commas between.
    #[param(example = "open,approved")]
    state: Option<String>,
    /// Only about this account's network.
    account_id: Option<Uuid>,
    /// Only with this in the title, or in the name of who made it; upper and lower case are the same.
    #[param(example = "office")]
    search: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Proposals
///
/// Newest first. Those that were rejected or closed are kept as long as alerts are, and make room for new ones: 600 in all.
#[utoipa::path(get, path = "/api/access/proposals", operation_id = "listProposals", tag = "access", params(ProposalsQuery),
    responses((status = 200, description = "A page of proposals", body = Vec<ProposalSummary>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<ProposalsQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let states: Vec<ProposalState> = one_of(query.state.as_deref(), "/state")?;
    let sought = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let list = Paged::of(reader.tenant, "/api/access/proposals", &query);
    let after = list.open(query.cursor.as_deref())?;
    let is_wanted = |one: &Proposal| {
        (states.is_empty() || states.contains(&one.state))
            && query.account_id.is_none_or(|account| account == one.account.uuid())
            && [&one.title, &one.created_by.name].into_iter().any(|text| text.to_lowercase().contains(&sought))
    };
    let mut proposals = platform.store.proposals(reader.tenant).await?;
    proposals.retain(is_wanted);
    let total = proposals.len();
    // Ids sort by time, and a page goes on behind the last one's.
    let mut rest = proposals.iter().rev().filter(|one| after.as_ref().is_none_or(|after| one.id.to_string() < *after));
    let page: Vec<&Proposal> = rest.by_ref().take(limit).collect();
    let next = rest.next().and(page.last()).map(|last| last.id.to_string());
    Ok(list.answer(page.into_iter().map(ProposalSummary::from).collect(), next.as_deref(), total, limit))
}
