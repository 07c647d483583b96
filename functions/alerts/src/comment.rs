//! `POST /api/alerts/{id}/comments`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::alert::{AlertHistory, MAX_COMMENT, MAX_COMMENTS};
use platform_core::ids::AlertId;
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::alert_view::HistoryView;
use crate::step::MOST_STEPS;

/// What there is to say of an alert.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommentAlert {
    #[schema(example = "The provider says an hour", min_length = 1, max_length = 1000)]
    message: String,
}

/// Comment on an alert
///
/// A row of its history, from whatever moment of its life; nobody is told. An alert may have 100 comments.
#[utoipa::path(post, path = "/api/alerts/{id}/comments", operation_id = "commentAlert", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = CommentAlert,
    responses((status = 201, description = "The row of its history", body = HistoryView),
    (status = 409, description = "The alert has as many comments as one may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<CommentAlert>,
) -> Result<(StatusCode, Json<HistoryView>), Problem> {
    let mut problems = Problems::default();
    let message = request.message.trim();
    problems.text("/message", message, 1, MAX_COMMENT);
    problems.finish().map_err(Problem::validation)?;
    let id = AlertId::from_uuid(id);
    // That it was resolved meanwhile is nothing to somebody who says something of it.
    let row = platform.store.retry(|| comment(&platform, &caller, id, message.to_owned())).await?;
    Ok((StatusCode::CREATED, Json(HistoryView::from(row))))
}

async fn comment(platform: &Platform, caller: &Caller, id: AlertId, message: String) -> Result<AlertHistory, Problem> {
    let tenant = caller.tenant;
    let mut alert = platform.store.alert(tenant, id).await?.ok_or_else(|| Problem::not_found("alert"))?;
    if alert.comments >= MAX_COMMENTS || alert.history >= MOST_STEPS {
        return Err(Problem::conflict(format!("an alert may have at most {MAX_COMMENTS} comments")));
    }
    let row = alert.comment(caller.person(), message, platform.now());
    let change = (None, Some(json!({ "message": row.message })));
    let mut transaction = platform.store.transaction();
    transaction.replace_alert(&mut alert, &row)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "alert.comment", id, change))?;
    transaction.commit().await?;
    Ok(row)
}
