//! `POST /api/alerts/acknowledgement`

use axum::Json;
use axum::extract::State;
use platform_core::alert::{AlertStatus, Person};
use platform_core::ids::UserId;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::show_acknowledgement::{LinkedAlert, open};
use crate::step::{Hand, said, take};

/// Longest message, in characters.
const MAX_MESSAGE: usize = 1_000;

/// That somebody is on it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcknowledgeByLink {
    /// From the link in the message.
    token: String,
    #[schema(example = "On my way", max_length = 1000)]
    message: Option<String>,
}

/// Acknowledge an alert by the link of a message
///
/// Of one that somebody is on, that is over or suppressed, the answer says so, and nothing is done.
#[utoipa::path(post, path = "/api/alerts/acknowledgement", operation_id = "acknowledgeByLink", tag = "alerts",
    request_body = AcknowledgeByLink, responses((status = 200, description = "The alert, as it is now", body = LinkedAlert),
    (status = 410, description = "The link has expired or never was, or what it is about is gone")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<AcknowledgeByLink>,
) -> Result<Json<LinkedAlert>, Problem> {
    let mut problems = Problems::default();
    let message = said(request.message, MAX_MESSAGE, &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let (alert, target) = open(&platform, &client, &request.token).await?;
    if alert.status != AlertStatus::Open {
        return Ok(Json(LinkedAlert::new(&alert, target, false)));
    }
    // Nobody's account: the message speaks for whoever was told.
    let name = format!("link sent to {target}");
    let nobody = UserId::from_uuid(Uuid::nil());
    let actor = client.actor(nobody, name.clone());
    let by = Person { id: nobody, name };
    match take(&platform, alert, Hand::Acknowledge, message, (by, actor)).await {
        Ok((alert, _)) => Ok(Json(LinkedAlert::new(&alert, target, true))),
        // Whoever pressed in the same moment was faster, as a rule.
        Err(problem) => match open(&platform, &client, &request.token).await? {
            (alert, _) if alert.status == AlertStatus::Open => Err(problem),
            (alert, target) => Ok(Json(LinkedAlert::new(&alert, target, false))),
        },
    }
}
