//! `PUT /api/access/reviews/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::access_review::AccessReview;
use platform_core::ids::ReviewId;
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::review_view::{ReviewView, audited, find, refused};

/// What it is called, and what for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessReviewChange)]
pub(crate) struct ReviewChange {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    note: String,
}

/// Rename an access review
///
/// Name and note alone, while nobody signed: what it says stays as it was.
#[utoipa::path(put, path = "/api/access/reviews/{id}", operation_id = "updateAccessReview", tag = "access",
    params(("id" = Uuid, Path)), request_body = ReviewChange,
    responses((status = 200, description = "Changed", body = ReviewView),
    (status = 404, description = "No such review"), (status = 409, description = "Somebody signed it")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<ReviewChange>,
) -> Result<Json<ReviewView>, Problem> {
    let mut problems = Problems::default();
    AccessReview::check(&request.name, &request.note, &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let (tenant, id) = (caller.tenant, ReviewId::from_uuid(id));
    let (mut review, mut text) = find(&platform, tenant, id).await?;
    let old = audited(&review, &text);
    let said = (request.name.trim().to_owned(), request.note.trim().to_owned());
    review.rename(&mut text, said, platform.now()).map_err(refused)?;
    let mut transaction = platform.store.transaction();
    transaction.replace_review(&mut review, &text)?;
    let change = (Some(old), Some(audited(&review, &text)));
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "access-review.update", id, change))?;
    transaction.commit().await?;
    Ok(Json(ReviewView::new(&review, &text)))
}
