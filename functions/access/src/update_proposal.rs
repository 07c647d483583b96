//! `PUT /api/access/proposals/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ProposalId;
use platform_core::proposal::{Proposal, ProposalText};
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use uuid::Uuid;

use crate::proposal_input::{ProposalInput, Tried, audited, find, refused};
use crate::proposal_view::{ProposalView, approvers};

/// Change a proposal
///
/// It is tried anew on the configuration as it is now. If it was approved, it is open again: that was of what it was before. One
/// that is rejected or closed is to be reopened first.
#[utoipa::path(put, path = "/api/access/proposals/{id}", operation_id = "updateProposal", tag = "access",
    params(("id" = Uuid, Path)), request_body = ProposalInput,
    responses((status = 200, description = "Changed", body = ProposalView),
    (status = 404, description = "No such proposal, or its account is not connected any more"),
    (status = 409, description = "It is rejected or closed, or the changes cannot be judged"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<ProposalInput>,
) -> Result<Json<ProposalView>, Problem> {
    let (tenant, id) = (caller.tenant, ProposalId::from_uuid(id));
    let (mut before, _) = find(&platform, tenant, id).await?;
    if request.account_id != before.account.uuid() {
        return Err(Problem::field("/accountId", "must stay the account that the proposal is about"));
    }
    before.changed(caller.person(), platform.now()).map_err(|why| refused(&why))?;
    let tried = request.attempt(&platform, tenant).await?;
    // Somebody may say something about it at the same moment.
    let (proposal, text) = platform.store.retry(|| change(&platform, &caller, id, &tried)).await?;
    let approvers = approvers(&platform, tenant).await?;
    Ok(Json(ProposalView::new(&proposal, &text, &approvers)?))
}

async fn change(
    platform: &Platform,
    caller: &Caller,
    id: ProposalId,
    tried: &Tried,
) -> Result<(Proposal, ProposalText), Problem> {
    let tenant = caller.tenant;
    let (mut proposal, said) = find(platform, tenant, id).await?;
    let old = audited(&proposal, &said);
    proposal.changed(caller.person(), platform.now()).map_err(|why| refused(&why))?;
    (proposal.title, proposal.account_name) = (tried.title.clone(), tried.account_name.clone());
    proposal.changes = tried.count;
    let text = ProposalText { comments: said.comments, decisions: said.decisions, ..tried.text.clone() };
    let mut transaction = platform.store.transaction();
    transaction.replace_proposal(&mut proposal, &text)?;
    let change = (Some(old), Some(audited(&proposal, &text)));
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "proposal.update", id, change))?;
    transaction.commit().await?;
    Ok((proposal, text))
}
