//! `DELETE /api/access/reviews/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::ReviewId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::review_view::{audited, find};

/// Delete an access review
///
/// With what was signed. The audit trail keeps that, and the digest.
#[utoipa::path(delete, path = "/api/access/reviews/{id}", operation_id = "deleteAccessReview", tag = "access",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, ReviewId::from_uuid(id));
    let (review, text) = find(&platform, tenant, id).await?;
    let _turn = platform.list_turn(tenant).await?;
    let parts = platform.store.review_parts(tenant, id).await?;
    let mut transaction = platform.store.transaction();
    transaction.remove_review(&review, parts);
    let change = (Some(audited(&review, &text)), None);
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "access-review.delete", id, change))?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
