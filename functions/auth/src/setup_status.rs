//! `GET /api/setup`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::platform::SetupCode;
use serde::Serialize;
use utoipa::ToSchema;

/// Whether the platform waits for its first tenant.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SetupStatus {
    /// Nobody has set it up yet.
    required: bool,
    /// Setting it up asks for the code that the operator finds in the deployment's secrets.
    code_required: bool,
    /// Anybody may sign up a tenant.
    sign_up: bool,
}

/// Whether the first set-up is to be done
#[utoipa::path(get, path = "/api/setup", operation_id = "setupStatus", tag = "auth",
    responses((status = 200, description = "Whether and how", body = SetupStatus)))]
pub(crate) async fn handler(State(platform): State<Platform>) -> Result<Json<SetupStatus>, Problem> {
    let required = platform.store.setup_done().await?.is_none();
    Ok(Json(SetupStatus {
        required,
        code_required: !matches!(platform.setup_code, SetupCode::NotNeeded),
        sign_up: platform.open_sign_up,
    }))
}
