//! `POST /api/access/reviews/{id}/sign-off`

use axum::Json;
use axum::extract::State;
use platform_core::access_review::{MAX_TEXT, ReviewDecision, SignOff};
use platform_core::ids::ReviewId;
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::review_view::{ReviewView, find, refused};

/// What somebody signs.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessReviewSignOffInput)]
pub(crate) struct SignOffInput {
    /// `group:ID` or `resource:ID`; absent for all of the review.
    #[serde(default)]
    subject_id: Option<String>,
    decision: ReviewDecision,
    #[serde(default)]
    #[schema(max_length = 2000)]
    comment: String,
}

/// Sign an access review
///
/// One of its groups or resources, or all, as they were seen: `If-Match` names the version, and who signs a review that somebody
/// signed or changed meanwhile is told so. The entry in the audit trail has the digest of what was signed. What was signed before
/// stays among the sign-offs; the last one counts. Never by an API token.
#[utoipa::path(post, path = "/api/access/reviews/{id}/sign-off", operation_id = "signAccessReview", tag = "access",
    params(("id" = Uuid, Path)), request_body = SignOffInput,
    responses((status = 200, description = "Signed", body = ReviewView),
    (status = 404, description = "No such review"),
    (status = 409, description = "So much was signed that no more is kept")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<SignOffInput>,
) -> Result<Json<ReviewView>, Problem> {
    let mut problems = Problems::default();
    problems.text("/comment", &request.comment, 0, MAX_TEXT);
    problems.finish().map_err(Problem::validation)?;
    let (tenant, id) = (caller.tenant, ReviewId::from_uuid(id));
    let (mut review, mut text) = find(&platform, tenant, id).await?;
    let SignOffInput { subject_id, decision, comment } = request;
    let comment = comment.trim().to_owned();
    let sign_off = SignOff { at: platform.now(), by: caller.person(), decision, comment: comment.clone() };
    review.sign(&mut text, subject_id.as_deref(), sign_off).map_err(refused)?;
    let signed = subject_id.and_then(|key| text.subjects.iter().find(|one| one.key == key));
    let told = json!({
        "name": review.name, "decision": decision, "comment": comment, "madeBy": review.made_by.name,
        "subject": signed.map_or("all", |one| one.key.as_str()),
        "digest": signed.map_or(&review.digest, |one| &one.digest),
        "reviewDigest": review.digest,
    });
    let mut transaction = platform.store.transaction();
    transaction.replace_review(&mut review, &text)?;
    let entry = platform.audit_entry(tenant, caller.actor(), "access-review.sign-off", id, (None, Some(told)));
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(Json(ReviewView::new(&review, &text)))
}
