//! `POST /api/alerts/recipients/{id}/confirmation`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::recipient::{Consent, Recipient};
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::{Platform, recipients};
use platform_store::recipients::recipient_id;
use serde_json::json;

use crate::recipient_view::RecipientView;

/// Ask a recipient again
///
/// Mails another link. Who has answered is not asked again.
#[utoipa::path(post, path = "/api/alerts/recipients/{id}/confirmation", operation_id = "resendRecipientConfirmation",
    tag = "alerts", params(("id" = String, Path, max_length = 64)),
    responses((status = 202, description = "They are asked again", body = RecipientView),
    (status = 409, description = "They have answered"), (status = 429, description = "They were asked lately")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<String>,
) -> Result<(StatusCode, Json<RecipientView>), Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let known = platform.store.recipients(tenant).await?;
    let known = known.into_iter().find(|known| recipient_id(&known.email) == id);
    let mut recipient: Recipient = known.ok_or_else(|| Problem::not_found("recipient"))?;
    if recipient.consent != Consent::Pending {
        return Err(Problem::conflict(format!("they have {} already", recipient.consent.name())));
    }
    let again = recipient.asked_at + Recipient::ASK_AGAIN_AFTER;
    if now < again {
        let left = again.duration_since(now).as_secs().unsigned_abs() + 1;
        return Err(Problem::rate_limited("they were asked within the last 12 hours", left));
    }
    recipient.asked_at = now;
    let new = json!({ "email": recipient.email });
    let mut transaction = platform.store.transaction();
    transaction.replace_recipient(&mut recipient)?;
    recipients::request(&platform, &mut transaction, &recipient)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "recipient.ask", id, (None, Some(new))))?;
    transaction.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(recipient.into())))
}
