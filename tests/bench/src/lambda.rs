//! What Lambda and AWS are to a function, on the loopback interface: the Runtime API that hands it one event, and a
//! table, secrets and queues that answer at once. The table holds the session that the event's token belongs to, and
//! nothing else.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::{Listener, ListenerExt};
use http::{HeaderMap, StatusCode};
use platform_core::access::Role;
use platform_core::clock::Clock;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::tenancy::Membership;
use platform_identity::issuer::{TokenIssuer, begin_session};
use platform_runtime::issuer::Issuer;
use platform_runtime::secrets::SecretText;
use platform_runtime::system::{SystemClock, SystemEntropy};
use platform_store::{Key, testing};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::Serialize;
use serde_dynamo::{AttributeValue, Item};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The table's name, as the functions are told.
pub(crate) const TABLE: &str = "platform";
const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// Longer than any cold start.
const PATIENCE: Duration = Duration::from_secs(10);

/// See the module.
pub(crate) struct Lambda {
    /// Address of the Runtime API, such as `127.0.0.1:41234`.
    pub(crate) address: String,
    /// Where AWS's services answer, by a certificate of `tls/root.crt`.
    pub(crate) aws: String,
    /// An access token of the session in the table.
    pub(crate) token: String,
    stage: Arc<Stage>,
}

/// Takes what a function answers, or why it failed.
type Answer = oneshot::Sender<Result<Bytes, String>>;

struct Stage {
    /// The event that waits for a process to ask.
    invocation: Mutex<Option<(String, Answer)>>,
    /// Who waits for the answer to the event that was handed out.
    answering: Mutex<Option<Answer>>,
    /// Partition of the public keys, and the one in it.
    token_keys: (String, Item),
    /// The session, and its user's membership.
    session: [Item; 2],
}

impl Lambda {
    /// Starts serving.
    pub(crate) async fn start() -> Result<Self> {
        let (now, entropy) = (SystemClock.now(), &SystemEntropy);
        let issuer = TokenIssuer::new(&[SecretText::new(SECRET.to_owned()).context("the secret is too short")?]);
        let (tenant, user) = (TenantId::new(now, entropy), UserId::new(now, entropy));
        let session = begin_session(SessionId::new(now, entropy), user, tenant, [7; 16], false, now);
        let membership = Membership {
            tenant,
            tenant_name: "Bench".into(),
            user,
            email: "owner@bench.example".parse()?,
            name: "Owner".into(),
            role: Role::Owner,
            active: true,
            active_since: None,
            created_at: now,
            version: 1,
        };
        let public = issuer.public_keys().remove(0);
        let stage = Arc::new(Stage {
            invocation: Mutex::default(),
            answering: Mutex::default(),
            token_keys: (testing::token_key("").pk, item(&testing::token_key(&public.kid), &public)?),
            session: [
                item(&testing::session(user, session.id), &session)?,
                item(&testing::member(tenant, user), &membership)?,
            ],
        });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/{outcome}", post(answered))
            .route("/2018-06-01/runtime/init/error", post(failed))
            .with_state(stage.clone());
        let services = Router::new().fallback(aws).with_state(stage.clone());
        let tls = Tls::listen().await?;
        let aws = format!("https://localhost:{}", tls.local_addr()?.port());
        tokio::spawn(async { drop(axum::serve(tls, services).await) });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?.to_string();
        // Nagle's algorithm would make some answers wait 40 ms.
        let listener = listener.tap_io(|connection| _ = connection.set_nodelay(true));
        tokio::spawn(async { drop(axum::serve(listener, router).await) });
        let token = issuer.access_token(&session, Role::Owner, now);
        let token = token.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        Ok(Self { address, aws, token, stage })
    }

    /// Lets the next process that asks have this event; the answer is what it responds.
    pub(crate) fn invoke(&self, event: String) -> impl Future<Output = Result<Bytes>> + use<> {
        let (sender, receiver) = oneshot::channel();
        *lock(&self.stage.invocation) = Some((event, sender));
        async move {
            match tokio::time::timeout(PATIENCE, receiver).await {
                Ok(Ok(Ok(response))) => Ok(response),
                Ok(Ok(Err(error))) => bail!("the function failed: {error}"),
                _ => bail!("the function did not answer"),
            }
        }
    }
}

/// Takes connections as AWS's endpoints do.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Tls {
    async fn listen() -> Result<Self> {
        let certificate = CertificateDer::from_pem_slice(include_bytes!("../tls/server.crt"))?;
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("../tls/server.key"))?;
        let config = rustls::ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self { listener, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((connection, peer)) = self.listener.accept().await else { continue };
            // Nagle's algorithm would make some answers wait 40 ms.
            let _ = connection.set_nodelay(true);
            if let Ok(stream) = self.acceptor.accept(connection).await {
                return (stream, peer);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

async fn next(State(stage): State<Arc<Stage>>) -> Response {
    let Some((event, sender)) = lock(&stage.invocation).take() else {
        // Lambda freezes a function that waits for its next event.
        return std::future::pending().await;
    };
    *lock(&stage.answering) = Some(sender);
    let deadline = (SystemClock.now().as_millisecond() + 60_000).to_string();
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
        ("lambda-runtime-deadline-ms", deadline.as_str()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:000000000000:function:bench"),
        ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0"),
        ("content-type", "application/json"),
    ];
    (headers, event).into_response()
}

async fn answered(
    State(stage): State<Arc<Stage>>,
    Path((_, outcome)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    let failed = || Err(String::from_utf8_lossy(&body).into_owned());
    finish(&stage, if outcome == "response" { Ok(body.clone()) } else { failed() });
    StatusCode::ACCEPTED
}

async fn failed(State(stage): State<Arc<Stage>>, body: Bytes) -> StatusCode {
    finish(&stage, Err(String::from_utf8_lossy(&body).into_owned()));
    StatusCode::ACCEPTED
}

fn finish(stage: &Stage, answer: Result<Bytes, String>) {
    if let Some(sender) = lock(&stage.answering).take() {
        // Whoever asked may have lost patience.
        let _ = sender.send(answer);
    }
}

async fn aws(State(stage): State<Arc<Stage>>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let answer = match target.rsplit('.').next().unwrap_or_default() {
        "Query" => {
            let (partition, key) = &stage.token_keys;
            let asks_for_keys = String::from_utf8_lossy(&body).contains(partition.as_str());
            let items: &[&Item] = if asks_for_keys { &[key] } else { &[] };
            json!({ "Items": items, "Count": items.len(), "ScannedCount": items.len() })
        }
        "BatchGetItem" => json!({ "Responses": { TABLE: stage.session }, "UnprocessedKeys": {} }),
        "GetSecretValue" => json!({ "ARN": "arn", "Name": "secret", "SecretString": SECRET }),
        "SendMessage" => json!({ "MessageId": "1" }),
        "SendMessageBatch" => json!({ "Successful": [], "Failed": [] }),
        _ => Value::Object(serde_json::Map::new()),
    };
    ([("content-type", "application/x-amz-json-1.0")], answer.to_string()).into_response()
}

fn item(key: &Key, value: &impl Serialize) -> Result<Item> {
    let mut attributes: HashMap<String, AttributeValue> = serde_dynamo::to_item(value)?;
    attributes.insert("pk".into(), AttributeValue::S(key.pk.clone()));
    attributes.insert("sk".into(), AttributeValue::S(key.sk.clone()));
    Ok(attributes.into())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
