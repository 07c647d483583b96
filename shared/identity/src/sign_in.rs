//! Beginning a session, and what signing in answers: alike for every way in.

use aws_lc_rs::digest;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use platform_core::access::{Grant, Permission, Role};
use platform_core::audit::Actor;
use platform_core::ids::SessionId;
use platform_core::mail::MailAbout;
use platform_core::named;
use platform_core::tenancy::{Membership, Session, SignInMethod, User};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::gate::Caller;
use platform_http::token::LIFETIME;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::issuer;
use crate::{second_factor, sources};
use platform_runtime::Platform;

/// The signed-in user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserProfile {
    id: Uuid,
    email: String,
    name: String,
    /// Role in the present tenant.
    role: Role,
    tenant_id: Uuid,
    tenant_name: String,
    /// What the role may do in the present tenant.
    permissions: Vec<Permission>,
    /// Every tenant that the user is an active member of.
    tenants: Vec<TenantOfUser>,
    sign_in_method: Credential,
    /// They have a password; somebody who only signs in by an identity provider has none.
    has_password: bool,
    second_factor: SecondFactorStatus,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Timestamp>,
}

named! {
    /// By what somebody acts.
    pub enum Credential {
        /// A session that began with a password.
        Password = "password",
        /// A session that an identity provider began.
        Sso = "sso",
        /// An API token.
        Token = "token",
    }
}

/// Whether a code is asked for beside the password.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecondFactorStatus {
    enabled: bool,
    recovery_codes_left: usize,
}

/// A tenant that the user is a member of.
#[derive(Serialize, ToSchema)]
pub struct TenantOfUser {
    id: Uuid,
    name: String,
    role: Role,
}

/// A signed-in session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthResponse {
    user: UserProfile,
    /// A JWT to send as `Authorization: Bearer …`.
    access_token: String,
    /// To be exchanged once for the next pair of tokens. Null for the web app, whose refresh token is in a cookie.
    refresh_token: Option<String>,
    /// Seconds until the access token expires.
    expires_in: i64,
}

impl UserProfile {
    /// The profile in the tenant of `membership`; `method` is how the session began, none for an API token, whose `scopes`
    /// narrow what it may do.
    pub fn new(
        user: &User,
        membership: &Membership,
        all: &[Membership],
        method: Option<SignInMethod>,
        scopes: Option<Vec<Permission>>,
    ) -> Self {
        // A session by an identity provider, and a token, stay in their tenant.
        let moves = method == Some(SignInMethod::Password);
        let reachable = all.iter().filter(|other| other.active && (moves || other.tenant == membership.tenant));
        let tenant = |membership: &Membership| TenantOfUser {
            id: membership.tenant.uuid(),
            name: membership.tenant_name.clone(),
            role: membership.role,
        };
        let grant = Grant { role: membership.role, scopes };
        let factor = user.second_factor.as_ref();
        Self {
            id: user.id.uuid(),
            email: user.email.to_string(),
            name: user.name.clone(),
            role: membership.role,
            tenant_id: membership.tenant.uuid(),
            tenant_name: membership.tenant_name.clone(),
            permissions: grant.permissions().collect(),
            tenants: reachable.map(tenant).collect(),
            sign_in_method: match method {
                Some(SignInMethod::Password) => Credential::Password,
                Some(SignInMethod::Sso) => Credential::Sso,
                None => Credential::Token,
            },
            has_password: user.password_hash.is_some(),
            second_factor: SecondFactorStatus {
                enabled: factor.is_some(),
                recovery_codes_left: factor.map_or(0, |factor| factor.recovery.len()),
            },
            created_at: user.created_at,
            last_login: user.last_login,
        }
    }
}

/// Sessions forgotten in one sign-in, so that the transaction stays within what DynamoDB takes.
const MOST_FORGOTTEN: usize = 50;
/// Browsers of a user that are remembered.
const DEVICES: usize = 20;

/// Live sessions of a user; one more ends the oldest.
const SESSIONS: usize = 100;

/// Begins a session, notes the sign-in, writes who did it, and tells the user by mail if the browser is a new one.
///
/// `user` is as it was when the password, or whatever vouched for them, was checked, with the code that was given used up
/// ([`second_factor::check`]): if the password has changed or the code was used meanwhile, there is no session.
pub async fn begin(
    platform: &Platform,
    user: &User,
    membership: &Membership,
    method: SignInMethod,
    remember: bool,
    client: &Client,
) -> Result<Session, Problem> {
    let now = platform.now();
    let id = SessionId::new(now, platform.entropy.as_ref());
    let mut session = issuer::begin_session(id, user.id, membership.tenant, platform.random(), remember, now);
    session.method = method;
    session.use_in(membership, now);
    session.ip = client.ip.map(|ip| ip.to_string());
    session.user_agent.clone_from(&client.user_agent);
    let actor = Actor {
        session: Some(id),
        ip: session.ip.clone(),
        user_agent: session.user_agent.clone(),
        ..Actor::new(user.id, &user.name)
    };
    let device = device_digest(client.user_agent.as_deref().unwrap_or_default());
    let mut unchanged = Some(user.clone());
    let (actor, device, begun_session) = (&actor, &device, &session);
    let begun = platform.store.retry(|| {
        let unchanged = unchanged.take();
        async move {
            let mut user = match unchanged {
                Some(user) => user,
                None => as_checked(platform, user, method).await?,
            };
            let mut is_new_device = false;
            // A tenant could make its provider name anybody's address: neither what is known of the person's browsers nor
            // their mailbox hears of it.
            if method == SignInMethod::Password {
                is_new_device = !user.devices.is_empty() && !user.devices.contains(device);
                user.devices.retain(|known| known != device);
                user.devices.push(device.clone());
                let forgotten = user.devices.len().saturating_sub(DEVICES);
                user.devices.drain(..forgotten);
                sources::remember(&mut user, client);
            }
            // Nor does a provider of a tenant that they are guests of write anything of theirs: signing in all the time, it
            // would keep them from changing their address or second factor.
            let is_theirs = method == SignInMethod::Password || user.sso_tenant == Some(membership.tenant);
            user.last_login = Some(now);
            let sessions = platform.store.sessions(user.id).await?;
            let live: Vec<&Session> =
                sessions.iter().filter(|other| other.is_live(now) && begun_session.reaches(other)).collect();
            let mut transaction = platform.store.transaction();
            for oldest in live.iter().take((live.len() + 1).saturating_sub(SESSIONS).min(MOST_FORGOTTEN)) {
                transaction.forget_session(oldest);
            }
            transaction.create_session(begun_session)?;
            if is_theirs {
                transaction.replace_user(&mut user)?;
            }
            let new = json!({ "remember": remember, "method": method });
            let entry = platform.audit_entry(membership.tenant, actor.clone(), "session.create", id, (None, Some(new)));
            transaction.audit(&entry)?;
            if is_new_device {
                let about = MailAbout::NewDevice { from: platform.origin_of(client) };
                transaction.create_mail(&platform.mail_about(user.email.clone(), about))?;
            }
            Ok::<_, Problem>(transaction.commit().await?)
        }
    });
    begun.await?;
    Ok(session)
}

/// A user as they are now, if nothing that was checked has changed meanwhile.
async fn as_checked(platform: &Platform, checked: &User, method: SignInMethod) -> Result<User, Problem> {
    let gone = || Problem::unauthenticated("the account was changed just now; sign in again");
    let mut user = platform.store.user(checked.id).await?.ok_or_else(gone)?;
    // An identity provider vouches for people without our codes.
    if method == SignInMethod::Password {
        let (now, used) = (user.second_factor.as_ref(), checked.second_factor.as_ref());
        if user.password_hash != checked.password_hash || !second_factor::may_follow(now, used) {
            return Err(gone());
        }
        user.second_factor.clone_from(&checked.second_factor);
    }
    Ok(user)
}

/// Ends a session for its user. A refresh that is faster does not save it.
pub async fn end_session(platform: &Platform, caller: &Caller, session: Session) -> Result<(), Problem> {
    let (user, id) = (session.user, session.id);
    let mut read = Some(session);
    let ended = platform.store.retry(|| {
        let read = read.take();
        async move {
            let session = match read {
                Some(session) => Some(session),
                None => platform.store.session(user, id).await?,
            };
            let Some(mut session) = session.filter(|session| session.revoked_at.is_none()) else { return Ok(()) };
            session.revoked_at = Some(platform.now());
            let mut transaction = platform.store.transaction();
            transaction.replace_session(&mut session)?;
            let entry = platform.audit_entry(session.tenant, caller.actor(), "session.end", session.id, (None, None));
            transaction.audit(&entry)?;
            Ok::<_, Problem>(transaction.commit().await?)
        }
    });
    ended.await
}

/// What a browser is known again by: not its text, which says much of its owner.
fn device_digest(user_agent: &str) -> String {
    hex::encode(&digest::digest(&digest::SHA256, user_agent.as_bytes()).as_ref()[..8])
}

/// The answer to somebody who signed in or refreshed.
pub fn signed_in(
    platform: &Platform,
    status: StatusCode,
    client: &Client,
    session: &Session,
    membership: &Membership,
    user: UserProfile,
) -> Result<Response, Problem> {
    let issuer = platform.issuer()?;
    let access_token = issuer.access_token(session, membership.role, platform.now())?;
    let refresh_token = issuer.refresh_token(session);
    let cookie = client.is_web.then(|| cookie(&refresh_token, session, platform.now()));
    let body = AuthResponse {
        user,
        access_token,
        refresh_token: (!client.is_web).then_some(refresh_token),
        expires_in: LIFETIME.as_secs(),
    };
    let mut response = (status, Json(body)).into_response();
    if let Some(cookie) = cookie {
        let cookie = HeaderValue::from_str(&cookie).map_err(Problem::internal)?;
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if let Some(cookie) = sources::cookie(client).filter(|_| session.method == SignInMethod::Password) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The cookie's name; the prefix makes browsers insist on `Secure`, this host and the path `/`.
pub const COOKIE: &str = "__Host-refresh";

fn cookie(token: &str, session: &Session, now: Timestamp) -> String {
    let rest = "Path=/; Secure; HttpOnly; SameSite=Strict";
    match session.remember {
        true => {
            format!("{COOKIE}={token}; {rest}; Max-Age={}", session.expires_at.duration_since(now).as_secs().max(0))
        }
        // Gone when the browser closes.
        false => format!("{COOKIE}={token}; {rest}"),
    }
}

/// Makes the browser forget the cookie.
pub fn cleared_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// The refresh token of the request's cookies.
pub fn refresh_cookie(headers: &http::HeaderMap) -> Option<&str> {
    platform_http::client::cookie(headers, COOKIE)
}
