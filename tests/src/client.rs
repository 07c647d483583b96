//! Requests without sockets.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_http::client::ClientIp;
use serde_json::Value;
use tower::ServiceExt;

/// Where an access token comes from.
#[derive(Clone)]
enum Credential {
    Nothing,
    Token(String),
    /// Made for every request, as by a client that refreshes in time.
    Fresh(Arc<dyn Fn() -> String + Send + Sync>),
}

/// Somebody who calls the API.
#[derive(Clone)]
pub struct Client {
    router: Router,
    credential: Credential,
    ip: IpAddr,
    headers: HeaderMap,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("ip", &self.ip).finish_non_exhaustive()
    }
}

impl Client {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            router,
            credential: Credential::Nothing,
            ip: Ipv4Addr::new(203, 0, 113, 7).into(),
            headers: HeaderMap::new(),
        }
    }

    /// The same with this access token.
    #[must_use]
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { credential: Credential::Token(token.into()), ..self.clone() }
    }

    pub(crate) fn with_fresh_tokens(&self, make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self { credential: Credential::Fresh(Arc::new(make)), ..self.clone() }
    }

    /// The same with this header in every request.
    #[must_use]
    pub fn with_header(&self, name: &'static str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.headers.insert(name, value.parse().expect("tests write values that fit a header"));
        changed
    }

    /// The same from this address.
    #[must_use]
    pub fn from_ip(&self, ip: impl Into<IpAddr>) -> Self {
        Self { ip: ip.into(), ..self.clone() }
    }

    /// The access token it sends.
    pub fn token(&self) -> Option<String> {
        match &self.credential {
            Credential::Nothing => None,
            Credential::Token(token) => Some(token.clone()),
            Credential::Fresh(make) => Some(make()),
        }
    }

    /// `GET`
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body)).await
    }

    /// `DELETE`
    pub async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    /// Any method, with or without a JSON body.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.body(body).expect("tests write valid requests")).await
    }

    /// Sends a request; adds the access token unless it has one.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        if let (Some(token), false) = (self.token(), request.headers().contains_key(header::AUTHORIZATION)) {
            let value = format!("Bearer {token}").parse().expect("tests write tokens that fit a header");
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        for (name, value) in &self.headers {
            request.headers_mut().entry(name).or_insert(value.clone());
        }
        request.extensions_mut().insert(ClientIp(self.ip));
        let what = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let text = body.collect().await.expect("the body is in memory").to_bytes();
        let text = String::from_utf8_lossy(&text).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { what, status: parts.status, headers: parts.headers, body, text }
    }
}

/// Somebody in a tenant, signed in.
#[derive(Debug, Clone)]
pub struct Member {
    /// Calls the API.
    pub client: Client,
    /// Address they sign in with.
    pub email: String,
    /// The user.
    pub user: UserId,
    /// The tenant.
    pub tenant: TenantId,
    /// The session.
    pub session: SessionId,
}

impl Deref for Member {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Method and address of the request.
    pub what: String,
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The body as JSON; null if it is none.
    pub body: Value,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body, if the status is this.
    ///
    /// # Panics
    ///
    /// If it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{} answered {}", self.what, self.text);
        self.body
    }

    /// The body of a refusal, if it is of this status and kind.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[track_caller]
    pub fn refused(self, status: u16, slug: &str) -> Value {
        let kind = format!("https://netbird-platform.dev/problems/{slug}");
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{} answered {}",
            self.what,
            self.text
        );
        let body = self.expect(status);
        assert_eq!(body["type"], kind, "{body}");
        assert_eq!(body["status"], status, "{body}");
        assert!(body["requestId"].as_str().is_some_and(|id| !id.is_empty()), "{body}");
        body
    }

    /// A header, if it is there and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// `X-Total-Count`
    pub fn total(&self) -> Option<usize> {
        self.header("x-total-count").and_then(|count| count.parse().ok())
    }

    /// The address of the next page.
    pub fn next(&self) -> Option<String> {
        let link = self.header("link")?;
        let (address, relation) = link.strip_prefix('<')?.split_once('>')?;
        (relation == "; rel=\"next\"").then(|| address.to_owned())
    }
}
