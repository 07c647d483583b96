//! `POST /api/auth/login`

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use platform_core::ids::TenantId;
use platform_core::mail::MailAbout;
use platform_core::tenancy::{Email, Membership, PASSWORD_MAX, SignInMethod, User};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract::Json;
use platform_identity::guesses::Guess;
use platform_identity::refusals::{self, Refused};
use platform_identity::second_factor::{self, CodeRefused};
use platform_identity::sign_in::{AuthResponse, UserProfile, begin, signed_in};
use platform_identity::{password, sources};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LoginRequest {
    #[schema(example = "ops@example.com")]
    email: String,
    password: String,
    /// Stay signed in for 30 days instead of 12 hours.
    #[serde(default)]
    remember_me: bool,
    /// The tenant to act in; the first one if absent.
    tenant_id: Option<Uuid>,
    /// The code of the authenticator app, or a recovery code, if the account has a second factor.
    #[schema(example = "123456")]
    code: Option<String>,
}

/// Sign in
///
/// With an email address and a password. The web app sends `X-Client: web` and gets its refresh token as a cookie.
#[utoipa::path(post, path = "/api/auth/login", operation_id = "login", tag = "auth",
    request_body = LoginRequest, responses((status = 200, description = "Signed in", body = AuthResponse),
    (status = 401, description = "Address, password or code is wrong, or a code is needed (`second-factor-required`)")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    Json(request): Json<LoginRequest>,
) -> Result<Response, Problem> {
    let email: Email = request.email.parse().map_err(|error| Problem::field("/email", format!("{error}")))?;
    if request.password.len() > PASSWORD_MAX * 4 {
        return Err(Problem::field("/password", format!("must have at most {PASSWORD_MAX} characters")));
    }
    let user = platform.store.user_by_email(&email).await?;
    let guess = Guess::at_email(&platform, &email, user.as_ref(), &client).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let right = password::verify(request.password, hash).await;
    let refused = || Problem::unauthenticated("the email address or the password is wrong");
    let user = match user {
        Some(user) if right => user,
        user => {
            refusals::of_sign_in(&platform, &email, user.as_ref(), &client, Refused::Password).await;
            return Err(refused());
        }
    };
    let checked = second_factor::check(&platform, &user, request.code.as_deref())?;
    let checked = match checked {
        Ok(checked) => checked,
        Err(CodeRefused::Missing) => {
            guess.was_right_so_far(&platform.store).await?;
            return Err(Problem::second_factor_required());
        }
        Err(CodeRefused::Wrong) => {
            refusals::of_sign_in(&platform, &email, Some(&user), &client, Refused::Code).await;
            return Err(Problem::unauthenticated("the code is wrong"));
        }
    };

    let memberships = platform.store.memberships(user.id).await?;
    let wanted = request.tenant_id.map(TenantId::from_uuid);
    let membership = choose(&memberships, wanted).ok_or_else(refused)?;
    guess.was_right(&platform.store).await?;
    let client = sources::named(&platform, client);
    let method = SignInMethod::Password;
    let session = begin(&platform, &checked, membership, method, request.remember_me, &client).await?;
    tell_of_recovery(&platform, &user, &checked, &client).await?;
    let profile = UserProfile::new(&checked, membership, &memberships, Some(method), None);
    signed_in(&platform, StatusCode::OK, &client, &session, membership, profile)
}

/// Tells the user by mail if it was a recovery code.
async fn tell_of_recovery(platform: &Platform, before: &User, after: &User, client: &Client) -> Result<(), Problem> {
    let codes = |user: &User| user.second_factor.as_ref().map_or(0, |factor| factor.recovery.len());
    let left = codes(after);
    if left < codes(before) {
        let about = MailAbout::RecoveryCodeUsed { left, from: platform.origin_of(client) };
        let mut transaction = platform.store.transaction();
        transaction.create_mail(&platform.mail_about(after.email.clone(), about))?;
        transaction.commit().await?;
    }
    Ok(())
}

fn choose(memberships: &[Membership], wanted: Option<TenantId>) -> Option<&Membership> {
    let mut active = memberships.iter().filter(|membership| membership.active);
    match wanted {
        Some(wanted) => active.find(|membership| membership.tenant == wanted),
        None => active.min_by_key(|membership| membership.created_at),
    }
}
