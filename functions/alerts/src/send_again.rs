//! `POST /api/alerts/deliveries/{id}/send-again`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::queue::Message;
use serde_json::json;

use crate::delivery_view::{DeliveryView, is_key};

/// Send a message again
///
/// One that was given up is tried again at once, and as often as any other, under the same id: a receiver that took it after
/// all can tell. The alert must still be as the message says.
#[utoipa::path(post, path = "/api/alerts/deliveries/{id}/send-again", operation_id = "sendAgain", tag = "alerts",
    params(("id" = String, Path, description = "The delivery's id")),
    responses((status = 200, description = "It is tried again", body = DeliveryView),
    (status = 409, description = "It was delivered, is under way, or was overtaken")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<String>,
) -> Result<Json<DeliveryView>, Problem> {
    let (tenant, store) = (caller.tenant, &platform.store);
    let missing = || Problem::not_found("delivery");
    if !is_key(&id) {
        return Err(missing());
    }
    let mut intent = store.intent(tenant, &id).await?.ok_or_else(missing)?;
    let (alert, others) = tokio::try_join!(store.alert(tenant, intent.alert), store.intents_of(tenant, intent.alert))?;
    let alert = alert.ok_or_else(|| Problem::conflict("the alert that it tells of is not kept any more"))?;
    let before = json!({ "status": intent.status, "attempts": intent.attempts, "lastError": intent.last_error });
    intent.send_again(&alert, &others, platform.now()).map_err(Problem::conflict)?;
    let after = json!({ "status": intent.status, "alertId": alert.id, "channel": intent.channel().name(), "target": intent.target });
    let entry = platform.audit_entry(tenant, caller.actor(), "delivery.send-again", &id, (Some(before), Some(after)));
    let mut transaction = store.transaction();
    transaction.replace_intent(&mut intent)?;
    transaction.audit(&entry)?;
    transaction.commit().await?;
    // Not worth failing for: the sweeper finds it within a minute.
    if let Err(error) = platform.queues.send(vec![Message::Notify { tenant, intent: id }]).await {
        tracing::warn!(error = %error, "the message waits for the sweeper");
    }
    Ok(Json(DeliveryView::new(intent, Some(&alert), false)))
}
