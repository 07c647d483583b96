//! `POST /api/auth/password/forgot`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use jiff::SignedDuration;
use platform_core::mail::MailAbout;
use platform_core::tenancy::Email;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_runtime::Platform;
use platform_runtime::limits::{limit_address, may_mail};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::sign_up::Taken;

/// Requests of one address of a client.
const REQUESTS: u64 = 20;
/// Mails to one email address.
const MAILS: u64 = 3;
/// What both are counted in.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForgotPasswordRequest {
    #[schema(example = "ops@example.com")]
    email: String,
}

/// Ask for a new password
///
/// Mails a link to the address if it has an account. The answer does not tell whether it has.
#[utoipa::path(post, path = "/api/auth/password/forgot", operation_id = "forgotPassword", tag = "auth",
    request_body = ForgotPasswordRequest, responses((status = 202, description = "Look into the mailbox", body = Taken)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<ForgotPasswordRequest>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    let email: Email = request.email.parse().map_err(|error| Problem::field("/email", format!("{error}")))?;
    limit_address(&platform, &client, "forgot-password", REQUESTS, WINDOW).await?;
    if may_mail(&platform, &email, "forgot-password", MAILS, WINDOW).await? {
        let mut transaction = platform.store.transaction();
        let about = MailAbout::ResetPassword { from: platform.origin_of(&client) };
        transaction.create_mail(&platform.mail_about(email, about))?;
        transaction.commit().await?;
    }
    Ok((StatusCode::ACCEPTED, Json(Taken {})))
}
