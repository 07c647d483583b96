//! `POST /api/alerts/{id}/suppress`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::alert_view::AlertView;
use crate::step::{Hand, step};

/// For how long, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SuppressAlert {
    /// Until when nothing is told of it: in the future, and at most 90 days from now.
    until: Timestamp,
    #[schema(example = "The site moves until Friday", max_length = 2000)]
    message: Option<String>,
}

/// Suppress an alert until a time
///
/// Nothing is told of it meanwhile. If its condition still holds then, it is open again and told again; if the condition
/// ends before, the alert is resolved, and whoever was told that it fired hears of it. Legal until it is resolved; one that
/// is suppressed gets the new time.
#[utoipa::path(post, path = "/api/alerts/{id}/suppress", operation_id = "suppressAlert", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = SuppressAlert,
    responses((status = 200, description = "Suppressed", body = AlertView),
    (status = 409, description = "The alert is resolved, or is not of a kind that can be suppressed")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<SuppressAlert>,
) -> Result<Json<AlertView>, Problem> {
    step(&platform, &caller, id, request.message, Hand::Suppress(request.until)).await
}
