//! `POST /api/access/proposals`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::{AccountId, ProposalId};
use platform_core::proposal::{MAX_KEPT, Proposal, ProposalState};
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;

use crate::proposal_input::{ProposalInput, audited, refuse_more};
use crate::proposal_view::{ProposalView, approvers};

/// Propose a change
///
/// The changes are tried on a copy of what was read last, as by `POST /api/access/difference`, and kept for others to look at,
/// discuss and decide. Nothing is written to NetBird.
#[utoipa::path(post, path = "/api/access/proposals", operation_id = "createProposal", tag = "access",
    request_body = ProposalInput, responses((status = 201, description = "Proposed", body = ProposalView),
    (status = 404, description = "No such account"),
    (status = 409, description = "There are as many proposals as a tenant may have, or the changes cannot be judged"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<ProposalInput>,
) -> Result<(StatusCode, Json<ProposalView>), Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let account = AccountId::from_uuid(request.account_id);
    let tried = request.attempt(&platform, tenant).await?;
    let proposal = Proposal {
        id: ProposalId::new(now, platform.entropy.as_ref()),
        tenant,
        account,
        account_name: tried.account_name,
        title: tried.title,
        state: ProposalState::Open,
        changes: tried.count,
        comments: 0,
        created_at: now,
        created_by: caller.person(),
        changed_at: now,
        changed_by: caller.person(),
        updated_at: now,
        keep_until: None,
        edition: None,
        version: 1,
    };
    let change = (None, Some(audited(&proposal, &tried.text)));
    let entry = platform.audit_entry(tenant, caller.actor(), "proposal.create", proposal.id, change);
    let mut tries = Tries::new(&platform, tenant, Quota::Proposals);
    while let Some(pass) = tries.next().await? {
        let proposals = platform.store.proposals(tenant).await?;
        refuse_more(&proposals)?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        let over = proposals.iter().filter(|one| one.state.is_over());
        if let Some(first) = over.min_by_key(|one| one.updated_at).filter(|_| proposals.len() >= MAX_KEPT) {
            transaction.remove_proposal(first)?;
        }
        transaction.create_proposal(&proposal, &tried.text)?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    let approvers = approvers(&platform, tenant).await?;
    Ok((StatusCode::CREATED, Json(ProposalView::new(&proposal, &tried.text, &approvers)?)))
}
