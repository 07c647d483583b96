//! `POST /api/alerts/channels/{id}/send-test`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ChannelId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_notify::trial::{Tested, Trial};
use platform_runtime::Platform;
use platform_runtime::limits::count_trial;
use platform_runtime::receiver::{Message, Secrets};
use serde_json::json;
use uuid::Uuid;

use crate::send_test::ChannelTestView;

/// Send a test message on a channel
///
/// One message at once, whether the channel is on or off, and says what the receiver answered. It says that nothing has
/// happened. Refused for mail, which has no answer to show: its recipients are asked for their consent instead.
#[utoipa::path(post, path = "/api/alerts/channels/{id}/send-test", operation_id = "sendChannelTest", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "It was tried", body = ChannelTestView),
    (status = 409, description = "It sends mail"),
    (status = 429, description = "Too many tests in a short time")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<ChannelTestView>, Problem> {
    let (tenant, id) = (caller.tenant, ChannelId::from_uuid(id));
    let channel = platform.store.channel(tenant, id).await?.ok_or_else(|| Problem::not_found("channel"))?;
    let mail = || Problem::conflict("mail has no answer that could be shown; it is not tested");
    let receiver = channel.destination.receiver().ok_or_else(mail)?;
    let secrets = Secrets::of_channel(&platform, &channel);
    let url = secrets.url(receiver).map_err(Problem::internal)?;
    count_trial(&platform, tenant).await?;
    let host = url.host_str().unwrap_or_default().to_owned();
    // Before it is sent: what left the platform is in the trail, whatever happens meanwhile.
    let said = json!({ "channel": channel.name, "host": host });
    let entry = platform.audit_entry(tenant, caller.actor(), "channel.send-test", id, (None, Some(said)));
    let mut transaction = platform.store.transaction();
    transaction.audit(&entry)?;
    transaction.commit().await?;

    let (of, name) = (Tested::Channel(id), channel.name.as_str());
    let trial = Trial { tenant, of, name, at: platform.now(), public_url: &platform.public_url };
    let message_id = format!("test_{}", entry.id);
    let attempt = secrets.send(receiver, &message_id, Message::Trial(trial)).await.map_err(Problem::internal)?;
    Ok(Json(ChannelTestView::new(attempt, host)))
}
