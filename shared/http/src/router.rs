//! One router for both hosts: a Lambda function mounts one row, the local host all of them.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{FromRef, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use http::{HeaderName, HeaderValue, Method, header};
use platform_core::text;
use tower_http::catch_panic::CatchPanicLayer;

use crate::client::RequestId;
use crate::endpoint::{Endpoint, Host};
use crate::gate::{Gate, Row, authorize};
use crate::needs::Needs;
use crate::problem::Problem;

/// Gives ids to requests that the host did not name, and hears of every answer.
pub trait Observer: Send + Sync + 'static {
    /// A new request id.
    fn request_id(&self) -> String;
    /// An answer was given.
    fn answered(&self, method: &str, route: &str, status: u16, seconds: f64);
}

/// The router of these rows.
pub fn router<S>(endpoints: Vec<Endpoint<S>>, state: &S, observer: Arc<dyn Observer>) -> Router
where
    S: Host,
    Gate: FromRef<S>,
{
    with_boundary(routes(endpoints, state), observer)
}

/// The routes of these rows, for a host that puts something between them and the boundary.
pub fn routes<S>(endpoints: Vec<Endpoint<S>>, state: &S) -> Router
where
    S: Host,
    Gate: FromRef<S>,
{
    let mut paths: BTreeMap<String, MethodRouter> = BTreeMap::new();
    for endpoint in endpoints {
        let all = Needs { grants: endpoint.grants(), ..endpoint.needs };
        let state = state.held_to(&endpoint.operation_id, &all);
        let gate = Gate::from_ref(&state);
        let row = Row { access: endpoint.access, promises: endpoint.promises, operation: endpoint.operation_id.into() };
        let route = endpoint.route.layer(from_fn_with_state((gate, row), authorize)).with_state(state);
        let merged = match paths.remove(&endpoint.path) {
            Some(others) => others.merge(route),
            None => route.fallback(|| async { Problem::method_not_allowed() }),
        };
        paths.insert(endpoint.path, merged);
    }
    let router = paths.into_iter().fold(Router::new(), |router, (path, route)| router.route(&path, route));
    // Not the router's fallback: a host may serve pages beside the API.
    router.route("/api/{*unknown}", any(|| async { Problem::not_found("path") }))
}

/// Gives routes the outermost layers: request id, log line, security headers, and problems for errors and panics.
pub fn with_boundary(router: Router, observer: Arc<dyn Observer>) -> Router {
    router.layer(CatchPanicLayer::custom(panicked)).layer(from_fn_with_state(observer, boundary))
}

#[expect(clippy::needless_pass_by_value, reason = "the signature is CatchPanicLayer's")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text =
        panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    Problem::internal(text.unwrap_or_else(|| "a panic".into())).into_response()
}

/// The outermost layer: request id, log line, security headers, and the body of problems.
async fn boundary(State(observer): State<Arc<dyn Observer>>, mut request: Request, next: Next) -> Response {
    let id = match request.extensions().get::<RequestId>() {
        Some(id) => id.0.clone(),
        None => observer.request_id(),
    };
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = method_name(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let started = Instant::now();
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if let Some(source) = problem.source() {
            tracing::error!(http.request_id = id, http.route = route, error = chain(source), "request failed");
        }
        response = render(&problem, &id);
    }
    let status = response.status().as_u16();
    let seconds = started.elapsed().as_secs_f64();
    observer.answered(method, &route, status, seconds);
    tracing::info!(
        http.request_id = id,
        http.method = method,
        http.route = route,
        http.status = status,
        duration_ms = seconds * 1e3,
        "request"
    );
    secure(&mut response, &id);
    response
}

/// A method by its name, or `other`: clients make up methods as long as they like, and a label or a field of the log must
/// not be theirs to choose.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: [(Method, &str); 9] = [
        (Method::GET, "GET"),
        (Method::POST, "POST"),
        (Method::PUT, "PUT"),
        (Method::DELETE, "DELETE"),
        (Method::PATCH, "PATCH"),
        (Method::HEAD, "HEAD"),
        (Method::OPTIONS, "OPTIONS"),
        (Method::CONNECT, "CONNECT"),
        (Method::TRACE, "TRACE"),
    ];
    KNOWN.iter().find(|(known, _)| known == method).map_or("other", |(_, name)| name)
}

/// The answer to a request that a host turns away before it comes to a route.
pub fn refuse(problem: &Problem, observer: &dyn Observer) -> Response {
    let id = observer.request_id();
    let mut response = render(problem, &id);
    secure(&mut response, &id);
    response
}

fn secure(response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CACHE_CONTROL, "no-store");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    set(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", id);
    }
}

fn render(problem: &Problem, request_id: &str) -> Response {
    let body = problem.body(request_id).to_string();
    let mut response = (problem.status(), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(etag) = problem.etag().and_then(|etag| HeaderValue::from_str(etag).ok()) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    if problem.status() == http::StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Most characters of a text from elsewhere in a line of the log.
pub const MOST_LOGGED: usize = 500;

/// An error with its causes, on one line. Cut, since causes may repeat what a client or a server wrote.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text::printable(&text, MOST_LOGGED)
}
