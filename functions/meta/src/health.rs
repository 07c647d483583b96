//! `GET /api/health`

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

/// That the platform answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    #[schema(example = "ok")]
    status: &'static str,
    /// Version of the platform.
    version: &'static str,
}

/// Health
///
/// Answers as long as requests reach the platform. Says nothing of the database or of NetBird.
#[utoipa::path(get, path = "/api/health", operation_id = "health", tag = "meta",
    responses((status = 200, description = "The platform answers", body = Health)))]
pub(crate) async fn handler() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}
