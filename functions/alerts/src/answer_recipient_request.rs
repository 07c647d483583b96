//! `POST /api/recipients/answer`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::UserId;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_runtime::Platform;
use platform_store::recipients::recipient_id;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::show_recipient_request::open;

/// Whether alerts are wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipientAnswer {
    /// From the link in the mail.
    token: String,
    /// Yes, or no and never again.
    accept: bool,
}

/// Say whether one wants a tenant's alerts
///
/// By the link in the mail. The answer may be changed as long as the link is good.
#[utoipa::path(post, path = "/api/recipients/answer", operation_id = "answerRecipientRequest", tag = "alerts",
    request_body = RecipientAnswer, responses((status = 204, description = "So it is"),
    (status = 410, description = "The link has expired or never was, or the tenant is gone")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<RecipientAnswer>,
) -> Result<StatusCode, Problem> {
    let (mut recipient, tenant) = open(&platform, &client, &request.token).await?;
    let old = recipient.consent;
    recipient.answer(request.accept, platform.now());
    if recipient.consent == old {
        return Ok(StatusCode::NO_CONTENT);
    }
    // Nobody's account: the mailbox speaks for its owner.
    let actor = client.actor(UserId::from_uuid(Uuid::nil()), recipient.email.as_str());
    let change = (Some(json!({ "status": old })), Some(json!({ "status": recipient.consent })));
    let entry = platform.audit_entry(tenant.id, actor, "recipient.answer", recipient_id(&recipient.email), change);
    let mut transaction = platform.store.transaction();
    transaction.replace_recipient(&mut recipient)?;
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
