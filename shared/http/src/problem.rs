//! Errors as clients see them: `application/problem+json` (RFC 9457).
//!
//! Domain errors know no HTTP; this is the one place that maps them. What went wrong inside is logged once, at the
//! boundary ([`crate::router`]), and never shown.

use std::error::Error;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform_core::access::Permission;
use platform_core::validate::FieldError;
use platform_store::{Contended, StoreError};
use serde_json::{Value, json};

/// Where the kinds of problems are described.
pub const TYPE_BASE: &str = "https://netbird-platform.dev/problems/";

/// An error answer.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    slug: &'static str,
    title: &'static str,
    detail: String,
    errors: Vec<FieldError>,
    extra: Vec<(&'static str, Value)>,
    retry_after: Option<u64>,
    is_race: bool,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl Problem {
    fn new(status: StatusCode, slug: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        let (errors, extra) = (Vec::new(), Vec::new());
        Self {
            status,
            slug,
            title,
            detail: detail.into(),
            errors,
            extra,
            retry_after: None,
            is_race: false,
            source: None,
        }
    }

    /// Fields that are wrong.
    pub fn validation(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => format!("{} {}", one.pointer, one.detail),
            several => format!("{} fields are wrong", several.len()),
        };
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation", "The input is not valid", detail);
        Self { errors, ..problem }
    }

    /// One field that is wrong.
    pub fn field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::validation(vec![FieldError { pointer: pointer.into(), detail: detail.into() }])
    }

    /// A body or query that cannot be read at all.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed-request", "The request cannot be read", detail)
    }

    /// A body that is not of the type that is asked for, such as `application/json`.
    pub fn unsupported_media_type(wanted: &str) -> Self {
        let (title, detail) = match wanted {
            "application/json" => ("The body is not JSON", "send the body as application/json".to_owned()),
            wanted => ("The body is of another type", format!("send the body as {wanted}")),
        };
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", title, detail)
    }

    /// A body over the limit.
    pub fn too_large(limit: usize) -> Self {
        let detail = format!("the body may have at most {} KB", limit / 1024);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "payload-too-large", "The body is too large", detail)
    }

    /// Nobody, or nobody we know.
    pub fn unauthenticated(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "Sign in first", detail)
    }

    /// An access token that has expired: refresh it.
    pub fn token_expired() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "token-expired", "The access token has expired", "refresh it and try again")
    }

    /// Somebody whose role does not hold a permission.
    pub fn forbidden(permission: Permission) -> Self {
        let detail = format!("your role does not hold the permission {permission}");
        Self::new(StatusCode::FORBIDDEN, "forbidden", "You may not do that", detail)
            .with("permission", json!(permission.name()))
    }

    /// An API token whose scopes do not hold a permission that its maker does.
    pub fn out_of_scope(permission: Permission) -> Self {
        let detail = format!("the token's scopes do not hold the permission {permission}");
        Self::new(StatusCode::FORBIDDEN, "forbidden", "You may not do that", detail)
            .with("permission", json!(permission.name()))
    }

    /// An API token where only a person may act.
    pub fn session_required() -> Self {
        let detail = "API tokens cannot do this; sign in as a person";
        Self::new(StatusCode::FORBIDDEN, "session-required", "Only for people", detail)
    }

    /// A session begun by an identity provider where the person's own account is concerned.
    pub fn password_session_required() -> Self {
        let detail = "you signed in by an identity provider; sign in by password to do this";
        Self::new(StatusCode::FORBIDDEN, "password-session-required", "Sign in by password", detail)
    }

    /// The right password of somebody who has a second factor.
    pub fn second_factor_required() -> Self {
        let detail = "send the code of your authenticator app, or a recovery code";
        Self::new(StatusCode::UNAUTHORIZED, "second-factor-required", "A code is needed", detail)
    }

    /// A link that is used up, has expired, or never was one.
    pub fn link_expired() -> Self {
        let detail = "the link was used before or is too old; ask for a new one";
        Self::new(StatusCode::GONE, "link-expired", "The link does not work any more", detail)
    }

    /// Nobody may sign up here.
    pub fn sign_up_closed() -> Self {
        let detail = "new tenants are not open to everybody here; ask for an invitation";
        Self::new(StatusCode::FORBIDDEN, "sign-up-closed", "Sign-up is closed", detail)
    }

    /// An identity provider that did not vouch for somebody.
    pub fn sso_failed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sso-failed", "Single sign-on did not work", detail)
    }

    /// A request that another site made the browser send.
    pub fn cross_site() -> Self {
        let detail = "this endpoint only answers pages of this site";
        Self::new(StatusCode::FORBIDDEN, "cross-site", "Cross-site request refused", detail)
    }

    /// A host name that the platform does not go by.
    pub fn misdirected() -> Self {
        let detail = "the platform is for this machine only: open it as localhost, or set PUBLIC_URL";
        Self::new(StatusCode::MISDIRECTED_REQUEST, "misdirected", "Not under this name", detail)
    }

    /// A body that did not come in time.
    pub fn request_timeout() -> Self {
        let detail = "the body did not come in time";
        Self::new(StatusCode::REQUEST_TIMEOUT, "request-timeout", "Too slow", detail)
    }

    /// Nothing there, or nothing that the caller may know of.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "Not found", format!("there is no such {what}"))
    }

    /// A method that the path does not have.
    pub fn method_not_allowed() -> Self {
        let detail = "this path does not have that method";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", detail)
    }

    /// Something that stands in the way as things are.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "Not possible as things are", detail)
    }

    /// An update of something else than what is there.
    pub fn precondition_failed(present: u64) -> Self {
        let etag = format!("\"{present}\"");
        let detail = format!("it was changed meanwhile: its entity tag is {etag} now; look again and repeat");
        Self::new(StatusCode::PRECONDITION_FAILED, "precondition-failed", "Changed meanwhile", detail)
            .with("etag", json!(etag))
    }

    /// A request that must say which version it is about, and does not.
    pub fn precondition_required() -> Self {
        let detail = "send the `ETag` of what you saw as If-Match: this is about that, and nothing newer";
        Self::new(StatusCode::PRECONDITION_REQUIRED, "precondition-required", "Say which version", detail)
    }

    /// A key of a request that is being carried out.
    pub fn idempotency_under_way() -> Self {
        let detail = "a request with this Idempotency-Key is being carried out; ask again for its answer";
        let problem = Self::new(StatusCode::CONFLICT, "idempotency-key-in-use", "Under way", detail);
        Self { retry_after: Some(1), ..problem }
    }

    /// A key of a request that was carried out, whose answer is not kept.
    pub fn idempotency_done() -> Self {
        let detail = "the request with this Idempotency-Key was carried out; its answer is not kept, since it holds a \
                      secret, is too large, or was lost";
        Self::new(StatusCode::CONFLICT, "idempotency-key-done", "Done before", detail)
    }

    /// A key of another request.
    pub fn idempotency_key_reused() -> Self {
        let detail = "this Idempotency-Key was sent with another request; send a new key with a new request";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", "Not the same request", detail)
    }

    /// Too often.
    pub fn rate_limited(detail: impl Into<String>, retry_after: u64) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate-limited", "Too many requests", detail);
        Self { retry_after: Some(retry_after), ..problem }
    }

    /// A NetBird account that could not be connected, with a stable reason.
    pub fn netbird_connection(reason: &'static str, detail: impl Into<String>) -> Self {
        let title = "NetBird could not be connected";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "netbird-connection", title, detail).with("reason", json!(reason))
    }

    /// Something this depends on does not answer.
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let detail = "try again in a moment";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available just now", detail);
        Self { retry_after: Some(1), source: Some(Arc::from(source.into())), ..problem }
    }

    /// A network that has to be read anew before it can be shown, which the next sync does.
    pub fn not_read_yet(retry_after: i64) -> Self {
        let detail = "the network is being read anew; try again after the next sync";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available just now", detail);
        Self { retry_after: Some(retry_after.unsigned_abs().max(1)), ..problem }
    }

    /// A list that no server of the tenant gives.
    pub fn not_offered(list: &str) -> Self {
        let detail = format!(
            "the NetBird server does not give {list} to this token: its release does not have them, the role of the token's \
             user is too small, or what it answers cannot be read"
        );
        Self::new(StatusCode::NOT_FOUND, "not-offered", "Not offered by this server", detail)
    }

    /// Too much of the kind is under way.
    pub fn busy(detail: impl Into<String>, retry_after: u64) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not available just now", detail);
        Self { retry_after: Some(retry_after), ..problem }
    }

    /// A fault of ours.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let detail = "the fault is ours and has been logged under the request id";
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail);
        Self { source: Some(Arc::from(source.into())), ..problem }
    }

    fn with(mut self, name: &'static str, value: Value) -> Self {
        self.extra.push((name, value));
        self
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What kind of problem it is, in a few words.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// What kind of problem it is, by name.
    pub fn slug(&self) -> &'static str {
        self.slug
    }

    /// The permission that was missing.
    pub(crate) fn permission(&self) -> Option<&str> {
        self.extra.iter().find(|(name, _)| *name == "permission")?.1.as_str()
    }

    /// What happened, in words for the client.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// What went wrong inside, for the log.
    pub fn source(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.source.as_deref()
    }

    /// The entity tag of what is there.
    pub(crate) fn etag(&self) -> Option<&str> {
        self.extra.iter().find(|(name, _)| *name == "etag")?.1.as_str()
    }

    /// Seconds to wait.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// The body.
    pub(crate) fn body(&self, request_id: &str) -> Value {
        let mut body = json!({
            "type": format!("{TYPE_BASE}{}", self.slug),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "requestId": request_id,
        });
        if !self.errors.is_empty() {
            body["errors"] = json!(self.errors);
        }
        for (name, value) in &self.extra {
            body[name] = value.clone();
        }
        body
    }
}

/// The body is written by the outermost layer, which knows the request id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl Contended for Problem {
    fn is_conflict(&self) -> bool {
        self.is_race
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => {
                let problem = Self::conflict("somebody else changed it just now; look again and repeat");
                Self { is_race: true, ..problem }
            }
            StoreError::Precondition { version } => Self::precondition_failed(version),
            StoreError::Unavailable { .. } => Self::unavailable(error),
            StoreError::NotGranted { .. }
            | StoreError::Refused { .. }
            | StoreError::Corrupt { .. }
            | StoreError::TooLarge { .. } => Self::internal(error),
        }
    }
}
