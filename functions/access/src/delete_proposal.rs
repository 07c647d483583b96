//! `DELETE /api/access/proposals/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::ProposalId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::proposal_input::{audited, find};

/// Delete a proposal
///
/// With all that was said about it. The audit trail keeps that it was there.
#[utoipa::path(delete, path = "/api/access/proposals/{id}", operation_id = "deleteProposal", tag = "access",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let id = ProposalId::from_uuid(id);
    // Somebody may say something about it at the same moment.
    platform.store.retry(|| delete(&platform, &caller, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn delete(platform: &Platform, caller: &Caller, id: ProposalId) -> Result<(), Problem> {
    let (proposal, text) = find(platform, caller.tenant, id).await?;
    let mut transaction = platform.store.transaction();
    transaction.remove_proposal(&proposal)?;
    let change = (Some(audited(&proposal, &text)), None);
    transaction.audit(&platform.audit_entry(caller.tenant, caller.actor(), "proposal.delete", id, change))?;
    Ok(transaction.commit().await?)
}
