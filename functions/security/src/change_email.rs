//! `POST /api/auth/email`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use jiff::SignedDuration;
use platform_core::mail::MailAbout;
use platform_core::tenancy::Email;
use platform_http::Problem;
use platform_http::extract;
use platform_http::gate::Person;
use platform_identity::{account, confirm};
use platform_runtime::Platform;
use platform_runtime::limits::{limit_address, may_mail};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Requests of one address of a client, and mails to one email address.
const REQUESTS: u64 = 20;
const MAILS: u64 = 5;
/// What both are counted in.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeEmailRequest {
    /// The new address.
    #[schema(example = "ada@example.com")]
    email: String,
    password: String,
    /// A code of the authenticator app, or a recovery code, if there is a second factor.
    #[schema(example = "123456")]
    code: Option<String>,
}

/// A link was mailed to the new address, if nobody has it.
#[derive(Serialize, ToSchema)]
pub(crate) struct LinkMailed {}

/// Ask for another address
///
/// Mails a link to the new address; the old one stays until it is followed. The answer does not tell whether somebody has the
/// new address already.
#[utoipa::path(post, path = "/api/auth/email", operation_id = "changeEmail", tag = "security",
    request_body = ChangeEmailRequest, responses((status = 202, description = "Look into the mailbox", body = LinkMailed)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<ChangeEmailRequest>,
) -> Result<(StatusCode, Json<LinkMailed>), Problem> {
    let caller = &person.caller;
    let new: Email = request.email.parse().map_err(|error| Problem::field("/email", format!("{error}")))?;
    let code = request.code.as_deref();
    let mut user = confirm::by_password_and_code(&platform, caller, "/password", request.password, code).await?;
    if new == user.email {
        return Err(Problem::field("/email", "is your address already"));
    }
    limit_address(&platform, caller.client(), "change-email", REQUESTS, WINDOW).await?;
    let memberships = platform.store.memberships(user.id).await?;
    let mut transaction = platform.store.transaction();
    // What the code used up.
    transaction.replace_user(&mut user)?;
    if may_mail(&platform, &new, "change-email", MAILS, WINDOW).await? {
        let about = MailAbout::ConfirmEmail { user: user.id, password_changed_at: user.password_changed_at };
        transaction.create_mail(&platform.mail_about(new, about))?;
        account::audit(&platform, &mut transaction, &memberships, &caller.actor(), "email.request", &(None, None))?;
    }
    transaction.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(LinkMailed {})))
}
