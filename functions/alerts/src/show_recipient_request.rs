//! `POST /api/recipients/show`

use axum::Json;
use axum::extract::State;
use platform_core::link::LinkPurpose;
use platform_core::recipient::{Consent, Recipient};
use platform_core::tenancy::Tenant;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_identity::links;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The token of a link in a mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RecipientToken)]
pub(crate) struct Token {
    pub(crate) token: String,
}

/// Who wants to send alerts to whom.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecipientRequest {
    email: String,
    tenant_name: String,
    /// What was answered so far.
    status: Consent,
}

/// Look at a request to send alerts
///
/// By the link in the mail, which is not used up by it.
#[utoipa::path(post, path = "/api/recipients/show", operation_id = "showRecipientRequest", tag = "alerts",
    request_body = Token, responses((status = 200, description = "The request", body = RecipientRequest),
    (status = 410, description = "The link has expired or never was, or the tenant is gone")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<Token>,
) -> Result<Json<RecipientRequest>, Problem> {
    let (recipient, tenant) = open(&platform, &client, &request.token).await?;
    let status = recipient.consent;
    Ok(Json(RecipientRequest { email: recipient.email.to_string(), tenant_name: tenant.name, status }))
}

/// The recipient whom a link belongs to.
pub(crate) async fn open(platform: &Platform, client: &Client, token: &str) -> Result<(Recipient, Tenant), Problem> {
    let (_, LinkPurpose::ConfirmRecipient { tenant, email }) = links::open(platform, client, token).await? else {
        return Err(Problem::link_expired());
    };
    let (tenant, recipient) =
        tokio::try_join!(platform.store.tenant(tenant), platform.store.recipient(tenant, &email))?;
    let tenant = tenant.filter(|tenant| tenant.deleted_at.is_none());
    recipient.zip(tenant).ok_or_else(Problem::link_expired)
}
