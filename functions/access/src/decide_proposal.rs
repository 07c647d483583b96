//! `POST /api/access/proposals/{id}/decision`

use axum::Json;
use axum::extract::State;
use platform_core::access::Permission;
use platform_core::ids::ProposalId;
use platform_core::proposal::{Decided, MAX_COMMENT, Proposal, ProposalDecision, ProposalText};
use platform_core::tenancy::Retention;
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::proposal_input::{find, refuse_more, refused};
use crate::proposal_standing::StandingView;
use crate::proposal_view::{ProposalView, approvers};

/// What somebody decides about a proposal.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessProposalDecisionInput)]
pub(crate) struct DecisionInput {
    decision: ProposalDecision,
    #[serde(default)]
    #[schema(max_length = 1000)]
    message: Option<String>,
}

/// Decide about a proposal
///
/// Of the version that is named by `If-Match`, so that nobody approves what they did not see. To `approve` and `reject` the permission
/// `proposals:approve` is needed, too. Who made a proposal or changed it last cannot approve it, unless nobody else may; the decision
/// says so then. What names something that is gone cannot be approved. What is rejected or closed is kept as long as alerts are.
#[utoipa::path(post, path = "/api/access/proposals/{id}/decision", operation_id = "decideProposal", tag = "access",
    params(("id" = Uuid, Path)), request_body = DecisionInput,
    responses((status = 200, description = "Decided", body = ProposalView),
    (status = 404, description = "No such proposal"),
    (status = 409, description = "It cannot be decided so as it stands, something that it names is gone, or it is its author's")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<DecisionInput>,
) -> Result<Json<ProposalView>, Problem> {
    let DecisionInput { decision, message } = request;
    let message = message.unwrap_or_default().trim().to_owned();
    if matches!(decision, ProposalDecision::Approve | ProposalDecision::Reject) {
        caller.require(Permission::ProposalsApprove)?;
    }
    let mut problems = Problems::default();
    problems.text("/message", &message, 0, MAX_COMMENT);
    problems.finish().map_err(Problem::validation)?;
    let (tenant, id) = (caller.tenant, ProposalId::from_uuid(id));
    let kept = platform.store.tenant(tenant).await?.ok_or_else(|| Problem::not_found("tenant"))?.alert_retention;
    if decision == ProposalDecision::Approve {
        refuse_gone(&platform, &find(&platform, tenant, id).await?).await?;
    }
    // Somebody may say something about it at the same moment, which changes nothing of what is decided.
    let decided = platform.store.retry(|| decide(&platform, &caller, id, (decision, message.clone()), kept)).await?;
    Ok(Json(decided))
}

/// Refuses what names something that is not there any more, by its name.
async fn refuse_gone(platform: &Platform, (proposal, text): &(Proposal, ProposalText)) -> Result<(), Problem> {
    match StandingView::of(platform, proposal, text).await?.gone() {
        Some(why) => Err(Problem::conflict(why)),
        None => Ok(()),
    }
}

async fn decide(
    platform: &Platform,
    caller: &Caller,
    id: ProposalId,
    (decision, message): (ProposalDecision, String),
    kept: Retention,
) -> Result<ProposalView, Problem> {
    let tenant = caller.tenant;
    let pass = platform.store.pass(tenant, Quota::Proposals).await?;
    let (found, approvers) = tokio::try_join!(find(platform, tenant, id), approvers(platform, tenant))?;
    let (mut proposal, mut text) = found;
    let before = proposal.state;
    let (at, by) = (platform.now(), caller.person());
    let decided = Decided { at, by, decision, message: message.clone(), is_alone: false };
    proposal.decide(&mut text, decided, &approvers, kept).map_err(|why| refused(&why))?;
    let mut transaction = platform.store.transaction();
    if before.is_over() {
        refuse_more(&platform.store.proposals(tenant).await?)?;
        transaction.hand_in(&pass)?;
    }
    transaction.replace_proposal(&mut proposal, &text)?;
    let told = json!({ "title": proposal.title, "state": proposal.state, "message": message });
    let change = (Some(json!({ "state": before })), Some(told));
    let action = format!("proposal.{decision}");
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), &action, id, change))?;
    transaction.commit().await?;
    ProposalView::new(&proposal, &text, &approvers)
}
