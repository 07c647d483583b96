//! `GET /api/access/reviews`

use axum::extract::State;
use axum::response::Response;
use platform_core::access_review::{AccessReview, ReviewStatus};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::review_view::ReviewSummary;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReviewsQuery {
    /// One or more of `open`, `partly`, `signed`, with commas between.
    #[param(example = "open,partly")]
    status: Option<String>,
    /// Only about this account's network.
    account_id: Option<Uuid>,
    /// Only with this in the name, or in the name of who made it; upper and lower case are the same.
    #[param(example = "quarter")]
    search: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Access reviews
///
/// Newest first. They are kept until somebody deletes them.
#[utoipa::path(get, path = "/api/access/reviews", operation_id = "listAccessReviews", tag = "access", params(ReviewsQuery),
    responses((status = 200, description = "A page of access reviews", body = Vec<ReviewSummary>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<ReviewsQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let statuses: Vec<ReviewStatus> = one_of(query.status.as_deref(), "/status")?;
    let sought = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let list = Paged::of(reader.tenant, "/api/access/reviews", &query);
    let after = list.open(query.cursor.as_deref())?;
    let is_wanted = |one: &AccessReview| {
        (statuses.is_empty() || statuses.contains(&one.status()))
            && query.account_id.is_none_or(|account| account == one.account.uuid())
            && [&one.name, &one.made_by.name].into_iter().any(|text| text.to_lowercase().contains(&sought))
    };
    let mut reviews = platform.store.reviews(reader.tenant).await?;
    reviews.retain(is_wanted);
    let total = reviews.len();
    // Ids sort by time, and a page goes on behind the last one's.
    let mut rest = reviews.iter().rev().filter(|one| after.as_ref().is_none_or(|after| one.id.to_string() < *after));
    let page: Vec<&AccessReview> = rest.by_ref().take(limit).collect();
    let next = rest.next().and(page.last()).map(|last| last.id.to_string());
    Ok(list.answer(page.into_iter().map(ReviewSummary::from).collect(), next.as_deref(), total, limit))
}
