//! A receiver of webhooks, on a free port of the loopback interface.

use std::collections::VecDeque;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_lc_rs::hmac;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::{HeaderMap, StatusCode, Uri, header};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How to answer a message.
#[derive(Debug, Clone)]
pub enum Reply {
    /// With this status.
    Status(u16),
    /// With this status and a `Retry-After` of so many seconds.
    RetryAfter(u16, u32),
    /// With a redirect.
    Redirect(String),
    /// Not within a minute.
    Hang,
}

/// A message that came.
#[derive(Debug, Clone)]
pub struct Received {
    /// `webhook-id`.
    pub id: String,
    /// `webhook-timestamp`.
    pub timestamp: i64,
    /// All headers.
    pub headers: HeaderMap,
    /// The path, with its query.
    pub path: String,
    /// The body.
    pub body: Value,
    /// How it was answered.
    pub status: u16,
    /// Whether one of the trusted secrets signed it.
    pub is_signed: bool,
}

impl Received {
    /// What happened, as `alert.fired`.
    pub fn kind(&self) -> &str {
        self.body["type"].as_str().unwrap_or_default()
    }
}

#[derive(Debug, Default)]
struct Inbox {
    received: Vec<Received>,
    replies: VecDeque<Reply>,
    secrets: Vec<hmac::Key>,
}

/// The receiver. It stops when it is dropped.
#[derive(Debug)]
pub struct Receiver {
    url: String,
    inbox: Arc<Mutex<Inbox>>,
    task: JoinHandle<()>,
}

impl Receiver {
    /// Listens.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let inbox = Arc::<Mutex<Inbox>>::default();
        let router = Router::new().fallback(receive).with_state(inbox.clone());
        let task = tokio::spawn(async { drop(axum::serve(listener, router).await) });
        Ok(Self { url, inbox, task })
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn lock(&self) -> MutexGuard<'_, Inbox> {
        lock(&self.inbox)
    }

    /// Takes messages signed with this secret (`whsec_…`) for genuine.
    pub fn trust(&self, secret: &str) {
        let bytes = secret.strip_prefix("whsec_").and_then(|encoded| BASE64.decode(encoded).ok());
        let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes.expect("a signing secret is whsec_ and base64"));
        self.lock().secrets.push(key);
    }

    /// Answers the next messages so; with 204 after that.
    pub fn reply(&self, replies: impl IntoIterator<Item = Reply>) {
        self.lock().replies.extend(replies);
    }

    /// Answers with 204 from now on.
    pub fn reply_normally(&self) {
        self.lock().replies.clear();
    }

    /// Forgets what came, and how it was to answer.
    pub fn forget(&self) {
        let mut inbox = self.lock();
        (inbox.received, inbox.replies) = (Vec::new(), VecDeque::new());
    }

    /// Everything that came, whatever the answer was.
    pub fn received(&self) -> Vec<Received> {
        self.lock().received.clone()
    }

    /// What came and was taken: the kinds, in order.
    pub fn told(&self) -> Vec<String> {
        let received = self.received().into_iter().filter(|message| message.status < 300);
        received.map(|message| message.kind().to_owned()).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(inbox: &Mutex<Inbox>) -> MutexGuard<'_, Inbox> {
    inbox.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn receive(State(inbox): State<Arc<Mutex<Inbox>>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let reply = lock(&inbox).replies.pop_front().unwrap_or(Reply::Status(204));
    if matches!(reply, Reply::Hang) {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    let response = match reply {
        Reply::Status(status) => status_of(status).into_response(),
        Reply::RetryAfter(status, seconds) => {
            (status_of(status), [(header::RETRY_AFTER, seconds.to_string())]).into_response()
        }
        Reply::Redirect(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Reply::Hang => StatusCode::NO_CONTENT.into_response(),
    };
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (id, timestamp) = (text("webhook-id"), text("webhook-timestamp"));
    let mut inbox = lock(&inbox);
    let is_signed = is_signed(&inbox.secrets, &id, &timestamp, &text("webhook-signature"), &body);
    inbox.received.push(Received {
        path: uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        id,
        timestamp: timestamp.parse().unwrap_or_default(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        status: response.status().as_u16(),
        is_signed,
        headers,
    });
    response
}

/// Standard Webhooks: any one of the signatures over `id.timestamp.body` may match.
fn is_signed(secrets: &[hmac::Key], id: &str, timestamp: &str, signatures: &str, body: &[u8]) -> bool {
    let content = [format!("{id}.{timestamp}.").as_bytes(), body].concat();
    let tags = signatures.split(' ').filter_map(|one| BASE64.decode(one.strip_prefix("v1,")?).ok());
    tags.into_iter().any(|tag| secrets.iter().any(|key| hmac::verify(key, &content, &tag).is_ok()))
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("tests answer with statuses that exist")
}
