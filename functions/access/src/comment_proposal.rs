//! `POST /api/access/proposals/{id}/comments`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ProposalId;
use platform_core::proposal::{Comment, MAX_COMMENT};
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::proposal_input::{find, refused};
use crate::proposal_view::{ProposalView, approvers};

/// What somebody says about a proposal.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessProposalCommentInput)]
pub(crate) struct CommentInput {
    #[schema(example = "Why does the office need port 22?", min_length = 1, max_length = 1000)]
    text: String,
}

/// Say something about a proposal
///
/// At most 200 comments, together with what is said in decisions 100 KB. Also of one that is decided.
#[utoipa::path(post, path = "/api/access/proposals/{id}/comments", operation_id = "commentProposal", tag = "access",
    params(("id" = Uuid, Path)), request_body = CommentInput,
    responses((status = 200, description = "Said", body = ProposalView),
    (status = 404, description = "No such proposal"),
    (status = 409, description = "There are as many comments as a proposal may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<CommentInput>,
) -> Result<Json<ProposalView>, Problem> {
    let mut problems = Problems::default();
    problems.text("/text", &request.text, 1, MAX_COMMENT);
    problems.finish().map_err(Problem::validation)?;
    let (tenant, id) = (caller.tenant, ProposalId::from_uuid(id));
    let (mut proposal, mut text) = find(&platform, tenant, id).await?;
    let said = Comment { at: platform.now(), by: caller.person(), text: request.text.trim().to_owned() };
    let change = (None, Some(json!({ "title": proposal.title, "comment": said.text })));
    proposal.comment(&mut text, said).map_err(|why| refused(&why))?;
    let mut transaction = platform.store.transaction();
    transaction.replace_proposal(&mut proposal, &text)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "proposal.comment", id, change))?;
    transaction.commit().await?;
    let approvers = approvers(&platform, tenant).await?;
    Ok(Json(ProposalView::new(&proposal, &text, &approvers)?))
}
