//! `POST /api/auth/sign-up`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use jiff::SignedDuration;
use platform_core::ids::SignUpId;
use platform_core::mail::MailAbout;
use platform_core::password;
use platform_core::sign_up::{LIFE, SignUp};
use platform_core::tenancy::Email;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_runtime::Platform;
use platform_runtime::limits::{limit_address, may_mail};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Sign-ups of one address of a client.
const REQUESTS: u64 = 10;
/// Mails about sign-ups to one email address.
const MAILS: u64 = 5;
/// What both are counted in.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SignUpRequest {
    #[schema(example = "Acme Networks", max_length = 100)]
    tenant_name: String,
    /// The owner's name.
    #[schema(max_length = 100)]
    name: String,
    #[schema(example = "ops@example.com")]
    email: String,
    /// At least 15 characters.
    password: String,
}

/// A request that was taken. What comes of it is told by mail, if at all.
#[derive(Serialize, ToSchema)]
pub(crate) struct Taken {}

/// Sign up
///
/// Asks for a tenant. The owner's address is proven by a link that is mailed to it; whether it has an account already is told
/// to its owner only.
#[utoipa::path(post, path = "/api/auth/sign-up", operation_id = "signUp", tag = "auth",
    request_body = SignUpRequest, responses((status = 202, description = "Look into the mailbox", body = Taken),
    (status = 403, description = "Sign-up is closed here")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<SignUpRequest>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    if !platform.open_sign_up {
        return Err(Problem::sign_up_closed());
    }
    let mut problems = Problems::default();
    problems.text("/tenantName", &request.tenant_name, 1, 100);
    problems.text("/name", &request.name, 1, 100);
    let email = request.email.parse::<Email>();
    if let Err(error) = &email {
        problems.push("/email", error.to_string());
    }
    let known = [request.email.as_str(), &request.name, &request.tenant_name];
    if let Err(wrong) = password::check(&request.password, false, &known) {
        problems.push("/password", wrong);
    }
    problems.finish().map_err(Problem::validation)?;
    let email = email.map_err(|error| Problem::field("/email", error.to_string()))?;
    limit_address(&platform, &client, "sign-up", REQUESTS, WINDOW).await?;

    // The same work for every address: nothing here asks whether it is known.
    let now = platform.now();
    let sign_up = SignUp {
        id: SignUpId::new(now, platform.entropy.as_ref()),
        tenant_name: request.tenant_name.trim().to_owned(),
        name: request.name.trim().to_owned(),
        email: email.clone(),
        password_hash: platform_identity::password::hash(request.password, platform.entropy.as_ref()).await,
        expires_at: now + LIFE,
    };
    if may_mail(&platform, &email, "sign-up", MAILS, WINDOW).await? {
        let mut transaction = platform.store.transaction();
        transaction.create_sign_up(&sign_up)?;
        transaction.create_mail(&platform.mail_about(email, MailAbout::SignUp { id: sign_up.id }))?;
        transaction.commit().await?;
    }
    Ok((StatusCode::ACCEPTED, Json(Taken {})))
}
