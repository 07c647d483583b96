//! `POST /api/auth/login`

use aws_lc_rs::digest;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::SignedDuration;
use platform_core::audit::Actor;
use platform_core::ids::{SessionId, TenantId};
use platform_core::tenancy::{Email, Membership, PASSWORD_MAX, User};
use platform_http::Problem;
use platform_http::client::{Client, refuse_cross_site};
use platform_http::extract::Json;
use platform_runtime::{Platform, issuer, password};
use platform_store::StoreError;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answer::{AuthResponse, UserProfile, signed_in};

/// Attempts per account, and per address, in one window.
const ATTEMPTS: u64 = 10;
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Writes that met a parallel sign-in of the same user are tried again this often.
const TRIES: u32 = 4;

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
}

/// Sign in
///
/// With an email address and a password. The web app sends `X-Client: web` and gets its refresh token as a cookie.
#[utoipa::path(post, path = "/api/auth/login", operation_id = "login", tag = "auth",
    request_body = LoginRequest, responses((status = 200, description = "Signed in", body = AuthResponse),
    (status = 401, description = "Address or password is wrong")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    headers: HeaderMap,
    Json(request): Json<LoginRequest>,
) -> Result<Response, Problem> {
    if client.is_web {
        refuse_cross_site(&headers, &platform.origin())?;
    }
    let email: Email = request.email.parse().map_err(|error| Problem::field("/email", format!("{error}")))?;
    if request.password.len() > PASSWORD_MAX * 4 {
        return Err(Problem::field("/password", format!("must have at most {PASSWORD_MAX} characters")));
    }
    let account = subject("account", email.as_str());
    throttle(&platform, &account).await?;
    if let Some(ip) = client.ip {
        // An office behind one address signs in more often than one person.
        throttle_to(&platform, &subject("ip", &ip.to_string()), ATTEMPTS * 10).await?;
    }
    let user = platform.store.user_by_email(&email).await?;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let right = password::verify(request.password, hash).await;
    let refused = || Problem::unauthenticated("the email address or the password is wrong");
    let user = user.filter(|_| right).ok_or_else(refused)?;

    let memberships = platform.store.memberships(user.id).await?;
    let wanted = request.tenant_id.map(TenantId::from_uuid);
    let membership = choose(&memberships, wanted).ok_or_else(refused)?;
    platform.store.forget_attempts(&account, WINDOW).await?;
    let session = begin(&platform, &user, membership, request.remember_me, &client).await?;
    let profile = UserProfile::new(&user, membership, &memberships);
    signed_in(&platform, StatusCode::OK, &client, &session, membership, profile)
}

fn choose(memberships: &[Membership], wanted: Option<TenantId>) -> Option<&Membership> {
    let mut active = memberships.iter().filter(|membership| membership.active);
    match wanted {
        Some(wanted) => active.find(|membership| membership.tenant == wanted),
        None => active.min_by_key(|membership| membership.created_at),
    }
}

/// Begins a session, notes the sign-in, and writes who did it.
pub(crate) async fn begin(
    platform: &Platform,
    user: &User,
    membership: &Membership,
    remember: bool,
    client: &Client,
) -> Result<platform_core::tenancy::Session, Problem> {
    let now = platform.now();
    let id = SessionId::new(now, platform.entropy.as_ref());
    let mut session = issuer::begin_session(id, user.id, membership.tenant, platform.random(), remember, now);
    session.ip = client.ip.map(|ip| ip.to_string());
    session.user_agent.clone_from(&client.user_agent);
    let actor = Actor {
        user: user.id,
        name: user.name.clone(),
        session: Some(id),
        ip: session.ip.clone(),
        user_agent: session.user_agent.clone(),
    };
    let mut user = user.clone();
    for attempt in 1.. {
        let expected = user.version;
        user.last_login = Some(now);
        user.version += 1;
        let mut transaction = platform.store.transaction();
        transaction.create_session(&session)?;
        transaction.replace_user(&user, expected)?;
        let new = json!({ "remember": remember });
        transaction.audit(&platform.audit_entry(
            membership.tenant,
            actor.clone(),
            "session.create",
            id,
            (None, Some(new)),
        ))?;
        match transaction.commit().await {
            Err(StoreError::Conflict) if attempt < TRIES => {
                let fresh = platform.store.user(user.id).await?;
                user = fresh.ok_or_else(|| Problem::unauthenticated("the email address or the password is wrong"))?;
            }
            result => {
                result?;
                break;
            }
        }
    }
    Ok(session)
}

async fn throttle(platform: &Platform, subject: &str) -> Result<(), Problem> {
    throttle_to(platform, subject, ATTEMPTS).await
}

async fn throttle_to(platform: &Platform, subject: &str, most: u64) -> Result<(), Problem> {
    if platform.store.count_attempt(subject, WINDOW).await? <= most {
        return Ok(());
    }
    let into = platform.now().as_second().rem_euclid(WINDOW.as_secs());
    let left = u64::try_from(WINDOW.as_secs() - into).unwrap_or(1);
    Err(Problem::rate_limited("too many attempts to sign in; wait and try again", left))
}

/// What attempts are counted by: a digest, so that the table holds no address of somebody unknown.
fn subject(kind: &str, text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    format!("login#{kind}#{}", hex::encode(&digest.as_ref()[..16]))
}
