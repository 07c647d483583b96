//! `GET /api/alerts/recipients`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::recipient_view::RecipientView;

/// Recipients who are not members
///
/// Everybody whom rules named and who was asked whether they want alerts, with what they said. Members are not asked.
#[utoipa::path(get, path = "/api/alerts/recipients", operation_id = "listRecipients", tag = "alerts",
    responses((status = 200, description = "The recipients", body = Vec<RecipientView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let recipients = platform.store.recipients(reader.tenant).await?;
    Ok(whole(recipients.into_iter().map(RecipientView::from).collect()))
}
