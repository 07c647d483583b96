//! `GET /api/access/reviews/{id}/rows`

use axum::extract::State;
use axum::response::Response;
use platform_core::access_review::FrozenRow;
use platform_core::ids::ReviewId;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_http::page::{MOST_BYTES, Paged, json_bytes, limit};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::review_row::RowView;
use crate::review_view::find;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RowsQuery {
    /// Only of this group or resource: `group:ID` or `resource:ID`.
    #[param(example = "group:d1k5c8aqmd2opbica0p0")]
    subject_id: Option<String>,
    /// Only of peers with this in their names; upper and lower case are the same.
    #[param(example = "laptop")]
    search: Option<String>,
    /// Only by rules of the policy with this id.
    policy_id: Option<String>,
    /// Only what is certain, or only what is not.
    is_certain: Option<bool>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Rows of an access review
///
/// A row for each peer that reaches a subject of the review, or may: subject by subject, by the name of the peer.
#[utoipa::path(get, path = "/api/access/reviews/{id}/rows", operation_id = "listAccessReviewRows", tag = "access",
    params(("id" = Uuid, Path), RowsQuery),
    responses((status = 200, description = "A page of rows", body = Vec<RowView>),
    (status = 404, description = "No such review")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
    Query(query): Query<RowsQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let list = Paged::of(reader.tenant, &format!("/api/access/reviews/{id}/rows"), &query);
    let after = list.open(query.cursor.as_deref())?;
    let first = after.map_or(0, |after| after.parse().unwrap_or(usize::MAX));
    let id = ReviewId::from_uuid(id);
    let (_, text) = find(&platform, reader.tenant, id).await?;
    let _turn = platform.list_turn(reader.tenant).await?;
    let rows = platform.store.review_rows(reader.tenant, id).await?;
    let sought = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let subject_of = |row: &FrozenRow<'_>| text.subjects.get(row.subject).map(|one| one.key.as_str());
    let policy_of = |place: usize| rows.rules.get(place).map(|rule| rule.policy.as_str());
    let is_wanted = |row: &FrozenRow<'_>| {
        query.subject_id.as_deref().is_none_or(|key| subject_of(row) == Some(key))
            && row.peer.name.to_lowercase().contains(&sought)
            && query
                .policy_id
                .as_deref()
                .is_none_or(|id| row.way.by.iter().any(|(rule, _)| policy_of(*rule) == Some(id)))
            && query.is_certain.is_none_or(|is_certain| (row.way.reached > 0) == is_certain)
    };
    let wanted: Vec<FrozenRow<'_>> = rows.rows().filter(is_wanted).collect();
    let total = wanted.len();
    let (mut views, mut bytes) = (Vec::new(), 0);
    for row in wanted.into_iter().skip(first).take(limit) {
        let view = RowView::new(&text.subjects, &rows, row);
        bytes += json_bytes(&view).map_err(Problem::internal)?;
        if bytes > MOST_BYTES && !views.is_empty() {
            break;
        }
        views.push(view);
    }
    let end = first.saturating_add(views.len());
    let next = (end < total).then(|| end.to_string());
    Ok(list.answer(views, next.as_deref(), total, limit))
}
