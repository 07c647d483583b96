//! `GET /api/access/proposals/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ProposalId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::proposal_input::find;
use crate::proposal_standing::StandingView;
use crate::proposal_view::{ProposalView, approvers};

/// A proposal, and how it stands to the configuration as it is now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposalNow)]
pub(crate) struct ProposalNow {
    proposal: ProposalView,
    now: StandingView,
}

/// A proposal
///
/// With what it would open and close in the configuration as it is now, or why that cannot be said: something that it names is
/// gone, or the account is. What it touches and was changed since is told.
#[utoipa::path(get, path = "/api/access/proposals/{id}", operation_id = "getProposal", tag = "access",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The proposal", body = ProposalNow),
    (status = 404, description = "No such proposal")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<ProposalNow>, Problem> {
    let (tenant, id) = (reader.tenant, ProposalId::from_uuid(id));
    let (found, approvers) = tokio::try_join!(find(&platform, tenant, id), approvers(&platform, tenant))?;
    let (proposal, text) = found;
    let now = StandingView::of(&platform, &proposal, &text).await?;
    Ok(Json(ProposalNow { proposal: ProposalView::new(&proposal, &text, &approvers)?, now }))
}
