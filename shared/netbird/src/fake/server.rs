//! The fake over HTTP.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, LOCATION, VARY};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use platform_core::clock::Clock;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::faults::{FaultKind, Faults};
use super::lists::Query;
use super::network::Network;
use super::{Fault, control};

/// One token for each way in which a token can answer. Any other is 401, as an expired one.
#[derive(Debug, Clone, Copy)]
pub struct Tokens;

impl Tokens {
    /// A service user with the role `auditor`: it reads everything that a sync needs.
    pub const GOOD: &str = "nbp_fakeAuditorReadsEverything00000000001";
    /// Expired: 401.
    pub const EXPIRED: &str = "nbp_fakeExpiredAnswersUnauthorized0000002";
    /// Deleted, or its service user was: a 404 that names the token's hash.
    pub const DELETED: &str = "nbp_fakeDeletedAnswersNotFound0000000003";
    /// Its user is blocked: 403.
    pub const BLOCKED: &str = "nbp_fakeBlockedUserAnswersForbidden000004";
    /// Its user may not read: 403.
    pub const SMALL_ROLE: &str = "nbp_fakeSmallRoleAnswersForbidden00000005";
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// Reads everything.
    Good,
    /// 401.
    Expired,
    /// 404.
    Deleted,
    /// 403.
    Blocked,
    /// 403.
    SmallRole,
}

/// A running fake. It stops when it is dropped.
#[derive(Debug)]
pub struct FakeServer {
    address: SocketAddr,
    handle: Handle,
    /// The server runs as long as this is held.
    running: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

/// Changes a running fake from the same process.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Mutex<Shared>>,
    clock: Arc<dyn Clock>,
}

struct Shared {
    network: Network,
    seed: u64,
    faults: Faults,
    token: TokenState,
    offset: SignedDuration,
    calls: BTreeMap<String, u64>,
    /// Answers by path, until something changes: a large list is not made anew for every call.
    answers: HashMap<String, Bytes>,
}

impl FakeServer {
    /// Serves a network of so many peers, made from `seed`, at `address`; port 0 takes a free one.
    pub async fn start(address: SocketAddr, peers: usize, seed: u64, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let shared = Shared::new(Network::generate(peers, seed, clock.now()), seed);
        let handle = Handle { shared: Arc::new(Mutex::new(shared)), clock };
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let router = Router::new().nest("/_fake", control::routes()).fallback(answer).with_state(handle.clone());
        let (running, stopped) = oneshot::channel::<()>();
        let serving = axum::serve(listener, router).with_graceful_shutdown(async { drop(stopped.await) });
        Ok(Self { address, handle, running, task: tokio::spawn(async { drop(serving.await) }) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// To change it.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Stops listening, and waits until the last answer is given.
    pub async fn stop(self) {
        drop(self.running);
        // The task ends in no other way than by returning.
        let _ = self.task.await;
    }
}

impl Handle {
    /// Changes the network; the second argument is the server's time.
    pub fn change<T>(&self, how: impl FnOnce(&mut Network, Timestamp) -> T) -> T {
        let mut shared = self.lock();
        let now = shared.now(&*self.clock);
        shared.network.advance(now);
        shared.answers.clear();
        how(&mut shared.network, now)
    }

    /// Looks at the network as it is now.
    pub fn look<T>(&self, at: impl FnOnce(&Network) -> T) -> T {
        let mut shared = self.lock();
        shared.advance(&*self.clock);
        at(&shared.network)
    }

    /// Lets answers go wrong.
    pub fn fault(&self, fault: Fault) {
        self.lock().faults.set(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.lock().faults.heal();
    }

    /// What becomes of [`Tokens::GOOD`].
    pub fn set_token(&self, state: TokenState) {
        self.lock().token = state;
    }

    /// Sets the server's clock off.
    pub fn set_clock_offset(&self, offset: SignedDuration) {
        self.lock().offset = offset;
    }

    /// Starts over with another network; `None` for the seed keeps it.
    pub fn reset(&self, peers: usize, seed: Option<u64>) {
        let mut shared = self.lock();
        let seed = seed.unwrap_or(shared.seed);
        *shared = Shared::new(Network::generate(peers, seed, self.clock.now()), seed);
    }

    /// How often each path was called, as `GET /api/peers`.
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.lock().calls.clone()
    }

    /// The time, as the platform's clock has it.
    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        // A test that panicked while it changed the network has failed already.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handle").finish_non_exhaustive()
    }
}

impl Shared {
    fn new(network: Network, seed: u64) -> Self {
        Self {
            network,
            seed,
            faults: Faults::default(),
            token: TokenState::Good,
            offset: SignedDuration::ZERO,
            calls: BTreeMap::new(),
            answers: HashMap::new(),
        }
    }

    fn now(&self, clock: &dyn Clock) -> Timestamp {
        clock.now() + self.offset
    }

    fn advance(&mut self, clock: &dyn Clock) {
        let now = self.now(clock);
        if self.network.advance(now) {
            self.answers.clear();
        }
    }

    fn token_state(&self, headers: &HeaderMap) -> Option<TokenState> {
        let header = headers.get(AUTHORIZATION)?.to_str().ok()?;
        let token = header.strip_prefix("Token ").or_else(|| header.strip_prefix("Bearer "))?;
        Some(match token {
            Tokens::GOOD => self.token,
            Tokens::DELETED => TokenState::Deleted,
            Tokens::BLOCKED => TokenState::Blocked,
            Tokens::SMALL_ROLE => TokenState::SmallRole,
            _ => TokenState::Expired,
        })
    }

    /// The body at a path, if there is one.
    fn body(&mut self, path: &str, raw_query: Option<&str>, turn: u64) -> Option<Bytes> {
        let query = raw_query.unwrap_or_default();
        let has_own_order = matches!(path, "users" | "networks");
        if query.is_empty()
            && let Some(body) = self.answers.get(path)
        {
            return Some(body.clone());
        }
        let parsed = axum::extract::Query::<Query>::try_from_uri(&format!("/?{query}").parse().ok()?);
        let turn = usize::try_from(turn).unwrap_or(0);
        let body = Bytes::from(self.network.answer(path, &parsed.ok()?.0, turn)?);
        if query.is_empty() && !has_own_order {
            self.answers.insert(path.to_owned(), body.clone());
        }
        Some(body)
    }
}

/// What is decided under the lock; waiting and sending come after.
struct Plan {
    fault: Option<FaultKind>,
    answer: Response,
    body: Option<Bytes>,
}

async fn answer(
    State(handle): State<Handle>,
    method: Method,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Plan { fault, answer, body } = plan(&handle, &method, &uri, query.as_deref(), &headers);
    let mut answer = match (fault, body) {
        (None, _) => answer,
        (Some(FaultKind::Hang { seconds }), _) => {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            answer
        }
        (Some(fault), body) => spoil(fault, body.unwrap_or_default()),
    };
    // Every answer has it, as any server's; this one's clock is the network's.
    let now = handle.lock().now(handle.clock());
    if let Some(date) = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .ok()
        .and_then(|date| date.parse().ok())
    {
        answer.headers_mut().insert(DATE, date);
    }
    answer
}

fn plan(handle: &Handle, method: &Method, uri: &Uri, query: Option<&str>, headers: &HeaderMap) -> Plan {
    let mut shared = handle.lock();
    shared.advance(handle.clock());
    let calls = shared.calls.entry(format!("{method} {}", uri.path())).or_default();
    *calls += 1;
    let turn = *calls;
    let Some(path) = uri.path().strip_prefix("/api/") else {
        return Plan { fault: None, answer: page_not_found(), body: None };
    };
    let fault = shared.faults.strike(path);
    match route(&mut shared, method, path, query, headers, turn) {
        Ok(body) => Plan { fault, answer: json(StatusCode::OK, body.clone()), body: Some(body) },
        Err(answer) => Plan { fault, answer, body: None },
    }
}

fn route(
    shared: &mut Shared,
    method: &Method,
    path: &str,
    query: Option<&str>,
    headers: &HeaderMap,
    turn: u64,
) -> Result<Bytes, Response> {
    const COLLECTIONS: [&str; 9] = [
        "peers",
        "groups",
        "users",
        "policies",
        "networks",
        "routes",
        "setup-keys",
        "posture-checks",
        "dns/nameservers",
    ];
    let collection = COLLECTIONS.iter().find(|list| path == **list || path.starts_with(&format!("{list}/")));
    let body = match *method {
        Method::GET => shared.body(path, query, turn),
        _ => None,
    };
    let writes = matches!(*method, Method::POST | Method::PUT | Method::DELETE);
    let is_known = body.is_some() || matches!(path, "users/current" | "locations/countries");
    if !(is_known || collection.is_some() && (writes || method == Method::GET)) {
        return Err(page_not_found());
    }
    if path == "instance" {
        return body.ok_or_else(page_not_found);
    }
    match shared.token_state(headers) {
        None => return Err(error(401, "no valid authentication provided")),
        Some(TokenState::Expired) => return Err(error(401, "token invalid")),
        Some(TokenState::Deleted) => {
            let message = "invalid token: pat: bm90IHRoZSBoYXNoIG9mIGEgcmVhbCB0b2tlbiwgYnV0IGxpa2U= not found";
            return Err(error(404, message));
        }
        Some(TokenState::Blocked) => return Err(error(403, "failed to validate user permissions: user is blocked")),
        Some(TokenState::SmallRole) if path != "instance/version" => return Err(error(403, "permission denied")),
        Some(TokenState::Good | TokenState::SmallRole) => {}
    }
    match (body, path) {
        (_, "users/current") => Err(error(403, "permission denied")),
        (_, "locations/countries") => Err(error(412, "geo location database is not initialized")),
        (Some(body), _) => Ok(body),
        (None, _) if writes => Err(error(403, "permission denied")),
        (None, _) => {
            let (list, id) = path.split_once('/').unwrap_or((path, ""));
            Err(error(404, &format!("{} not found: {id}", list.trim_end_matches('s'))))
        }
    }
}

/// The answer that a fault makes of a right one.
fn spoil(fault: FaultKind, body: Bytes) -> Response {
    match fault {
        FaultKind::Status { status } => {
            let message = match status {
                401 => "token invalid",
                403 => "permission denied",
                429 => "too many requests",
                _ => "internal server error",
            };
            error(status, message)
        }
        FaultKind::NotFound => page_not_found(),
        FaultKind::Html => {
            ([(CONTENT_TYPE, "text/html")], "<!doctype html><title>Welcome to nginx!</title>").into_response()
        }
        FaultKind::Redirect { to } => (StatusCode::FOUND, [(LOCATION, to)]).into_response(),
        FaultKind::Truncate => {
            let half = body.slice(..body.len() / 2);
            // The pause lets the first half leave before the connection ends.
            let end = async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                Err(io::Error::from(io::ErrorKind::ConnectionReset))
            };
            let chunks = futures::stream::iter([Ok(half)]).chain(futures::stream::once(end));
            stream(StatusCode::OK, Body::from_stream(chunks))
        }
        FaultKind::Garbage => json(StatusCode::OK, body.slice(..body.len() / 2)),
        FaultKind::Empty => json(StatusCode::OK, Bytes::from_static(b"[]\n")),
        FaultKind::Half => json(StatusCode::OK, half_of(&body)),
        FaultKind::Hang { .. } => json(StatusCode::OK, body),
    }
}

fn half_of(list: &[u8]) -> Bytes {
    let mut items: Vec<serde_json::Value> = serde_json::from_slice(list).unwrap_or_default();
    items.truncate(items.len() / 2);
    serde_json::to_vec(&items).unwrap_or_default().into()
}

fn error(status: u16, message: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::json!({ "message": message, "code": status.as_u16() });
    json(status, body.to_string().into())
}

/// Short bodies come with their length, long ones in chunks, as Go's server does it.
fn json(status: StatusCode, body: Bytes) -> Response {
    const CHUNK: usize = 32 << 10;
    if body.len() < 2_048 {
        return stream(status, Body::from(body));
    }
    let chunks =
        (0..body.len()).step_by(CHUNK).map(move |at| Ok::<_, io::Error>(body.slice(at..body.len().min(at + CHUNK))));
    stream(status, Body::from_stream(futures::stream::iter(chunks)))
}

fn stream(status: StatusCode, body: Body) -> Response {
    (status, [(CONTENT_TYPE, "application/json; charset=UTF-8"), (VARY, "Origin")], body).into_response()
}

/// What Go's server says to a path or method it does not know.
fn page_not_found() -> Response {
    let headers = [("content-type", "text/plain; charset=utf-8"), ("x-content-type-options", "nosniff")];
    (StatusCode::NOT_FOUND, headers, "404 page not found\n").into_response()
}
