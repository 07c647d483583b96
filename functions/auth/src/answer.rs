//! What signing in answers, alike for login, refresh and set-up.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use jiff::Timestamp;
use platform_core::tenancy::{Membership, Session, User};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::token::LIFETIME;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The signed-in user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserProfile {
    id: Uuid,
    email: String,
    name: String,
    /// Role in the present tenant.
    #[schema(example = "owner")]
    role: String,
    tenant_id: Uuid,
    tenant_name: String,
    /// What the role may do in the present tenant.
    permissions: Vec<String>,
    /// Every tenant that the user is an active member of.
    tenants: Vec<TenantOfUser>,
    created_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Timestamp>,
}

/// A tenant that the user is a member of.
#[derive(Serialize, ToSchema)]
pub(crate) struct TenantOfUser {
    id: Uuid,
    name: String,
    #[schema(example = "owner")]
    role: String,
}

/// A signed-in session.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuthResponse {
    user: UserProfile,
    /// A JWT to send as `Authorization: Bearer …`.
    access_token: String,
    /// To be exchanged once for the next pair of tokens. Null for the web app, whose refresh token is in a cookie.
    refresh_token: Option<String>,
    /// Seconds until the access token expires.
    expires_in: i64,
}

impl UserProfile {
    /// The profile in the tenant of `membership`.
    pub(crate) fn new(user: &User, membership: &Membership, all: &[Membership]) -> Self {
        let active = all.iter().filter(|membership| membership.active);
        let tenant = |membership: &Membership| TenantOfUser {
            id: membership.tenant.uuid(),
            name: membership.tenant_name.clone(),
            role: membership.role.name().to_owned(),
        };
        Self {
            id: user.id.uuid(),
            email: user.email.to_string(),
            name: user.name.clone(),
            role: membership.role.name().to_owned(),
            tenant_id: membership.tenant.uuid(),
            tenant_name: membership.tenant_name.clone(),
            permissions: membership.role.permissions().map(|permission| permission.name().to_owned()).collect(),
            tenants: active.map(tenant).collect(),
            created_at: user.created_at,
            last_login: user.last_login,
        }
    }
}

/// The answer to somebody who signed in or refreshed.
pub(crate) fn signed_in(
    platform: &Platform,
    status: StatusCode,
    client: &Client,
    session: &Session,
    membership: &Membership,
    user: UserProfile,
) -> Result<Response, Problem> {
    let issuer = platform.issuer()?;
    let access_token = issuer.access_token(session, membership.role, platform.now()).map_err(Problem::internal)?;
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
        response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Problem::internal)?);
    }
    Ok(response)
}

/// The cookie's name; the prefix makes browsers insist on `Secure`, this host and the path `/`.
pub(crate) const COOKIE: &str = "__Host-refresh";

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
pub(crate) fn cleared_cookie() -> HeaderValue {
    HeaderValue::from_static("__Host-refresh=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// The refresh token of the request's cookies.
pub(crate) fn refresh_cookie(headers: &http::HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}
