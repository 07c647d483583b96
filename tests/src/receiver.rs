//! A receiver of webhooks, on a free port of the loopback interface.

use std::collections::VecDeque;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, Uri, header};
use serde_json::Value;
use standardwebhooks::Webhook;
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
    /// The body as it came.
    pub bytes: Bytes,
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

    /// Whether this secret signed it, by what the published library makes of both. Its own check would hold the time that
    /// tests move to that of the wall; the emulated platform's receiver uses that.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let webhook = Webhook::new(secret).expect("a signing secret is whsec_ and base64");
        let expected = webhook.sign(&self.id, self.timestamp, &self.bytes).expect("a body is text");
        let given = self.headers.get("webhook-signature").and_then(|value| value.to_str().ok());
        given.is_some_and(|given| given.split(' ').any(|one| one == expected))
    }
}

#[derive(Debug, Default)]
struct Inbox {
    received: Vec<Received>,
    replies: VecDeque<Reply>,
    secrets: Vec<String>,
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
        self.lock().secrets.push(secret.to_owned());
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
    let mut received = Received {
        path: uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        id,
        timestamp: timestamp.parse().unwrap_or_default(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        bytes: body,
        status: response.status().as_u16(),
        is_signed: false,
        headers,
    };
    received.is_signed = inbox.secrets.iter().any(|secret| received.is_signed_with(secret));
    inbox.received.push(received);
    response
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("tests answer with statuses that exist")
}
