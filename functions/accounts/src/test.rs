//! `POST /api/netbird/accounts/test`

use axum::Json;
use axum::extract::State;
use platform_core::account::NETBIRD_CLOUD;
use platform_http::gate::Reader;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::connection::{ConnectionTest, parse, try_connection};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TestConnection {
    /// NetBird Cloud if absent.
    #[schema(example = "https://netbird.example.com")]
    base_url: Option<String>,
    /// A personal access token; the role `auditor` is enough.
    api_token: String,
}

/// Try a connection
///
/// Calls NetBird with the token and keeps nothing.
#[utoipa::path(post, path = "/api/netbird/accounts/test", operation_id = "testAccount", tag = "accounts",
    request_body = TestConnection, responses((status = 200, description = "It works", body = ConnectionTest)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    extract::Json(request): extract::Json<TestConnection>,
) -> Result<Json<ConnectionTest>, Problem> {
    let base_url = request.base_url.as_deref().unwrap_or(NETBIRD_CLOUD);
    let (base, token) = parse(&platform, base_url, &request.api_token)?;
    Ok(Json(try_connection(&platform, reader.tenant, base, token).await?))
}
