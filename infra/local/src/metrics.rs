//! `/metrics`, for this machine or whoever has the token: the figures tell an attacker which endpoints hold out how well.

use std::net::SocketAddr;
use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::Router;
use axum::extract::{ConnectInfo, Extension, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, header};
use metrics_exporter_prometheus::PrometheusHandle;
use platform_http::Problem;
use platform_http::client::is_loopback_name;

use crate::settings::Settings;

#[derive(Clone)]
struct Metrics {
    handle: PrometheusHandle,
    token: Option<Arc<str>>,
    /// Connections of this machine are people elsewhere: a proxy passes them on.
    is_behind_proxy: bool,
}

/// The route.
pub fn router(handle: PrometheusHandle, settings: &Settings) -> Router {
    let is_behind_proxy = !settings.trusted_proxies.is_empty() || settings.host.is_loopback() && !settings.is_private();
    let token = settings.metrics_token.as_deref().map(Arc::from);
    Router::new().route("/metrics", get(read)).with_state(Metrics { handle, token, is_behind_proxy })
}

async fn read(
    State(metrics): State<Metrics>,
    connection: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let is_here = connection.is_some_and(|Extension(ConnectInfo(peer))| peer.ip().to_canonical().is_loopback());
    if is_here && !metrics.is_behind_proxy && is_asked_here(&headers) {
        return Ok(metrics.handle.render().into_response());
    }
    let Some(token) = &metrics.token else { return Err(Problem::not_found("path")) };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    match given.map(|given| verify_slices_are_equal(token.as_bytes(), given)) {
        Some(Ok(())) => Ok(metrics.handle.render().into_response()),
        _ => Err(Problem::unauthenticated("send the METRICS_TOKEN as a bearer token")),
    }
}

/// Whether nothing about a request says that it was passed on, or that a foreign page made a browser here send it.
fn is_asked_here(headers: &HeaderMap) -> bool {
    let is_passed_on =
        ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| headers.contains_key(*name));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    !is_passed_on && host.is_some_and(is_loopback_name)
}
