//! `GET /api/access/reviews/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ReviewId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::review_standing::ReviewStanding;
use crate::review_view::{ReviewView, find};

/// A review, and whether it is still so.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewNow)]
pub(crate) struct ReviewNow {
    review: ReviewView,
    now: ReviewStanding,
}

/// An access review
///
/// As it was made, and whether the network as it is now would give another answer.
#[utoipa::path(get, path = "/api/access/reviews/{id}", operation_id = "getAccessReview", tag = "access",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The review", body = ReviewNow),
    (status = 404, description = "No such review")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<ReviewNow>, Problem> {
    let (review, text) = find(&platform, reader.tenant, ReviewId::from_uuid(id)).await?;
    let now = ReviewStanding::of(&platform, &review, &text).await?;
    Ok(Json(ReviewNow { review: ReviewView::new(&review, &text), now }))
}
