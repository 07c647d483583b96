//! Under which names the platform may be reached while it is for this machine only.
//!
//! A page of a foreign site can have its name resolve to 127.0.0.1 after it was loaded, and is then of the same origin as
//! the platform, for the browser. The name that it asks by is still its own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header;
use platform_http::Problem;
use platform_http::client::is_loopback_name;
use platform_http::router::{Observer, refuse};

/// The layer: refuses requests to any name but this machine's. `None` lets all pass: the platform is for others too.
pub async fn require_loopback_name(
    State(observer): State<Option<Arc<dyn Observer>>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(observer) = observer else { return next.run(request).await };
    let mut names = request.headers().get_all(header::HOST).iter().map(|name| name.to_str().unwrap_or_default());
    // The target of a request may name a host too, and then that one counts.
    let target = request.uri().authority().map(http::uri::Authority::as_str);
    let is_here = names.next().is_some_and(is_loopback_name)
        && names.all(is_loopback_name)
        && target.is_none_or(is_loopback_name);
    match is_here {
        true => next.run(request).await,
        false => refuse(&Problem::misdirected(), observer.as_ref()),
    }
}
