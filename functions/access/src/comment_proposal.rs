//! `POST /api/access/proposals/{id}/comments`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
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
use crate::proposal_view::CommentView;

/// What somebody says about a proposal.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessProposalCommentInput)]
pub(crate) struct CommentInput {
    #[schema(example = "Why does the office need port 22?", min_length = 1, max_length = 1000)]
    message: String,
}

/// Say something about a proposal
///
/// At most 200 comments, together with what is said in decisions 100 KB. Also of one that is decided. The proposal's version stays:
/// who approves it meanwhile approves what they saw.
#[utoipa::path(post, path = "/api/access/proposals/{id}/comments", operation_id = "commentProposal", tag = "access",
    params(("id" = Uuid, Path)), request_body = CommentInput,
    responses((status = 201, description = "Said", body = CommentView),
    (status = 404, description = "No such proposal"),
    (status = 409, description = "There are as many comments as a proposal may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<CommentInput>,
) -> Result<(StatusCode, Json<CommentView>), Problem> {
    let mut problems = Problems::default();
    problems.text("/message", &request.message, 1, MAX_COMMENT);
    problems.finish().map_err(Problem::validation)?;
    let (id, message) = (ProposalId::from_uuid(id), request.message.trim());
    // Others may say something at the same moment, or decide.
    let said = platform.store.retry(|| comment(&platform, &caller, id, message.to_owned())).await?;
    Ok((StatusCode::CREATED, Json(CommentView::from(&said))))
}

async fn comment(platform: &Platform, caller: &Caller, id: ProposalId, message: String) -> Result<Comment, Problem> {
    let tenant = caller.tenant;
    let (mut proposal, mut text) = find(platform, tenant, id).await?;
    let said = Comment { at: platform.now(), by: caller.person(), message };
    let change = (None, Some(json!({ "title": proposal.title, "message": said.message })));
    proposal.comment(&mut text, said.clone()).map_err(|why| refused(&why))?;
    let mut transaction = platform.store.transaction();
    transaction.replace_proposal(&mut proposal, &text)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "proposal.comment", id, change))?;
    transaction.commit().await?;
    Ok(said)
}
