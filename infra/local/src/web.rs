//! The web app's files, with the headers that CloudFront adds on AWS.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use tower_http::services::{ServeDir, ServeFile};

const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// Serves the built app; every other path is a page of it, but for those of files that the build names.
pub fn router(folder: &Path) -> Router {
    let files = ServeDir::new(folder).fallback(ServeFile::new(folder.join("index.html")));
    let assets = ServeDir::new(folder.join("assets")).append_index_html_on_directories(false);
    Router::new().nest_service("/assets", assets).fallback_service(files).layer(from_fn(headers))
}

async fn headers(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let cache = match response.status() {
        // The build names these by their contents. One that is not there yet, or any more, may be there later.
        StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT if is_asset => {
            "public, max-age=31536000, immutable"
        }
        _ if is_asset => "no-store",
        _ => "no-cache",
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, cache),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
