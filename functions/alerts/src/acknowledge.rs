//! `POST /api/alerts/{id}/acknowledge`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::alert::{Alert, AlertEvent, AlertHistory, IllegalTransition, MAX_MESSAGE, Person};
use platform_core::ids::AlertId;
use platform_core::intent::{Intent, told};
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::alert_view::AlertView;

/// What is said with a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertMessage {
    #[schema(example = "On it", max_length = 2000)]
    message: Option<String>,
}

/// Acknowledge an alert
///
/// Tells the others that somebody is on it, and stops repeats. Legal while the alert is open.
#[utoipa::path(post, path = "/api/alerts/{id}/acknowledge", operation_id = "acknowledgeAlert", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = AlertMessage,
    responses((status = 200, description = "Acknowledged", body = AlertView),
    (status = 409, description = "The alert is not open")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<AlertMessage>,
) -> Result<Json<AlertView>, Problem> {
    step(&platform, &caller, id, request, "alert.acknowledge", Alert::acknowledge).await
}

type Step = fn(&mut Alert, Person, Option<String>, Timestamp) -> Result<AlertHistory, IllegalTransition>;

/// A step that a person takes: the alert, its history and the audit entry change together or not at all.
pub(crate) async fn step(
    platform: &Platform,
    caller: &Caller,
    id: Uuid,
    request: AlertMessage,
    action: &str,
    step: Step,
) -> Result<Json<AlertView>, Problem> {
    let message = request.message.map(|message| message.trim().to_owned()).filter(|message| !message.is_empty());
    let mut problems = Problems::default();
    problems.text("/message", message.as_deref().unwrap_or_default(), 0, MAX_MESSAGE);
    problems.finish().map_err(Problem::validation)?;
    let (tenant, id) = (caller.tenant, AlertId::from_uuid(id));
    let mut alert = platform.store.alert(tenant, id).await?.ok_or_else(|| Problem::not_found("alert"))?;
    let before = alert.status;
    let row = step(&mut alert, caller.person(), message, platform.now());
    let row = row.map_err(|illegal| Problem::conflict(illegal.to_string()))?;
    let change = (Some(json!({ "status": before })), Some(json!({ "status": alert.status, "message": row.message })));
    let mut transaction = platform.store.transaction();
    transaction.replace_alert(&mut alert, &row)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), action, id, change))?;
    let mut intents = platform.store.intents_of(tenant, id).await?;
    // Whoever was told that it fired is told that it is over, whoever ended it.
    if row.event == AlertEvent::Resolved {
        for (channel, target) in told(&intents) {
            let intent = Intent::new(&alert, &row, channel, target, platform.now());
            transaction.create_intent(&intent)?;
            intents.push(intent);
        }
    }
    transaction.commit().await?;
    Ok(Json(AlertView::new(alert, intents)))
}
