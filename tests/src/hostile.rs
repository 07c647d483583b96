//! A management server that answers as somebody wants who means harm.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Uri, header};
use serde_json::json;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

/// Marks answers that are to be compressed.
const COMPRESS: &str = "x-compress";

#[derive(Debug, Default)]
struct Script {
    bodies: Mutex<HashMap<&'static str, (Bytes, bool)>>,
    pause: Mutex<Duration>,
    asked: AtomicUsize,
}

/// Answers what it is told to, on a free port of the loopback interface; lists are empty at first.
#[derive(Debug, Clone)]
pub struct HostileServer {
    /// Where it is.
    pub url: String,
    script: Arc<Script>,
}

impl HostileServer {
    /// Starts it.
    ///
    /// # Panics
    ///
    /// If no port is free.
    pub async fn start() -> Self {
        let script = Arc::<Script>::default();
        let is_marked = |_: http::StatusCode, _: http::Version, headers: &HeaderMap, _: &http::Extensions| {
            headers.contains_key(COMPRESS)
        };
        let app = Router::new()
            .fallback(answer)
            .with_state(script.clone())
            .layer(CompressionLayer::new().compress_when(is_marked));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it has an address"));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let server = Self { url, script };
        let account = json!([{ "id": "account", "domain": "hostile.example", "created_at": "2026-01-01T00:00:00Z" }]);
        server.tell("accounts", account.to_string());
        server.tell("instance/version", json!({ "management_current_version": "0.76.3" }).to_string());
        server
    }

    /// Answers with this body from now on.
    pub fn tell(&self, resource: &'static str, body: impl Into<Bytes>) {
        self.put(resource, body.into(), false);
    }

    /// Answers with this body from now on, compressed.
    pub fn tell_compressed(&self, resource: &'static str, body: impl Into<Bytes>) {
        self.put(resource, body.into(), true);
    }

    fn put(&self, resource: &'static str, body: Bytes, compressed: bool) {
        self.script.bodies.lock().unwrap_or_else(PoisonError::into_inner).insert(resource, (body, compressed));
    }

    /// Takes so long for every answer from now on.
    pub fn dawdle(&self, pause: Duration) {
        *self.script.pause.lock().unwrap_or_else(PoisonError::into_inner) = pause;
    }

    /// How often it was asked for its peers.
    pub fn asked(&self) -> usize {
        self.script.asked.load(Ordering::SeqCst)
    }
}

async fn answer(State(script): State<Arc<Script>>, uri: Uri) -> Response {
    let resource = uri.path().strip_prefix("/api/").unwrap_or_default();
    if resource == "peers" {
        script.asked.fetch_add(1, Ordering::SeqCst);
    }
    let pause = *script.pause.lock().unwrap_or_else(PoisonError::into_inner);
    tokio::time::sleep(pause).await;
    let told = script.bodies.lock().unwrap_or_else(PoisonError::into_inner).get(resource).cloned();
    let (body, compressed) = told.unwrap_or_else(|| {
        // The only answer that is no list.
        let nothing: &[u8] = if resource == "dns/settings" { b"{}" } else { b"[]" };
        (Bytes::from_static(nothing), false)
    });
    // No date that could be read: tests have a time of their own.
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::DATE, "-")];
    let mut response = (headers, body).into_response();
    if compressed {
        response.headers_mut().insert(COMPRESS, HeaderValue::from_static("1"));
    }
    response
}
