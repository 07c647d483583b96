//! An OpenID provider that is honest until a test tells it otherwise, on a free port of the loopback interface.
//!
//! It makes its tokens by hand: what the platform must refuse, no library would sign.

use std::collections::HashMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use aws_lc_rs::{digest, hmac};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use http::{HeaderMap, StatusCode, header};
use platform_core::clock::Clock;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::{Url, form_urlencoded};

use crate::clock::TestClock;

/// What it calls the platform.
pub const CLIENT_ID: &str = "netbird-platform";
/// What the platform shows to it.
pub const CLIENT_SECRET: &str = "a secret & of the client: 100%";

/// How an ID token is signed.
#[derive(Debug, Clone)]
pub enum Signing {
    /// With its key of this algorithm, among RS256, ES256 and EdDSA.
    With(&'static str),
    /// With a key of its own kind that it does not publish, under the name of the one that it does.
    ForeignKey,
    /// With its key, under a name that it does not publish.
    UnknownName,
    /// With its key, without a name.
    Unnamed,
    /// Not at all.
    Nothing,
    /// By a secret that both sides know.
    Shared(Vec<u8>),
}

/// How discovery is answered.
#[derive(Debug, Clone)]
pub enum Discovery {
    /// With the document, these members changed (null: left out).
    Document(Value),
    /// With this status.
    Status(u16),
    /// With so many bytes.
    Huge(usize),
    /// With a redirect.
    Redirect(String),
    /// Not within a minute.
    Hang,
}

/// What somebody signed in for, waiting to be exchanged.
#[derive(Debug, Clone)]
struct Grant {
    redirect_uri: String,
    challenge: String,
    nonce: String,
    person: Value,
}

#[derive(Debug)]
struct Behaviour {
    grants: HashMap<String, Grant>,
    number: u32,
    discovery: Discovery,
    signing: Signing,
    /// Put over the claims of ID tokens.
    claims: Value,
    /// What of a person is told by userinfo only.
    userinfo_only: bool,
    /// Put over the answers of userinfo.
    userinfo: Value,
    asks_secret: bool,
    seen: Vec<String>,
}

struct Shared {
    url: String,
    clock: TestClock,
    behaviour: Mutex<Behaviour>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Behaviour> {
        self.behaviour.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The provider. It stops when it is dropped.
pub struct IdentityProvider {
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Keys {
    rsa: RsaKeyPair,
    ec: EcdsaKeyPair,
    ed: Ed25519KeyPair,
    foreign: Ed25519KeyPair,
}

/// The same for every provider: making an RSA key takes its time.
static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys {
    rsa: RsaKeyPair::generate(KeySize::Rsa2048).expect("a key can be made"),
    ec: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key can be made"),
    ed: Ed25519KeyPair::generate().expect("a key can be made"),
    foreign: Ed25519KeyPair::generate().expect("a key can be made"),
});

impl IdentityProvider {
    /// Listens. Signs with RS256, as most providers do.
    pub async fn start(clock: &TestClock) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let shared = Arc::new(Shared {
            url: format!("http://{}", listener.local_addr()?),
            clock: clock.clone(),
            behaviour: Mutex::new(Behaviour {
                grants: HashMap::new(),
                number: 0,
                discovery: Discovery::Document(json!({})),
                signing: Signing::With("RS256"),
                claims: json!({}),
                userinfo_only: false,
                userinfo: json!({}),
                asks_secret: true,
                seen: Vec::new(),
            }),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(shared.clone());
        let task = tokio::spawn(async { drop(axum::serve(listener, router).await) });
        Ok(Self { shared, task })
    }

    /// Its issuer.
    pub fn issuer(&self) -> &str {
        &self.shared.url
    }

    /// Answers discovery so from now on.
    pub fn discovery(&self, discovery: Discovery) {
        self.shared.lock().discovery = discovery;
    }

    /// Signs ID tokens so from now on.
    pub fn sign(&self, signing: Signing) {
        self.shared.lock().signing = signing;
    }

    /// Puts these over the claims of ID tokens from now on (null: left out).
    pub fn claim(&self, claims: Value) {
        self.shared.lock().claims = claims;
    }

    /// Tells who somebody is by userinfo only, with these put over what it tells.
    pub fn tell_by_userinfo(&self, userinfo: Value) {
        let mut behaviour = self.shared.lock();
        behaviour.userinfo_only = true;
        behaviour.userinfo = userinfo;
    }

    /// Takes the platform for a public client.
    pub fn ask_no_secret(&self) {
        self.shared.lock().asks_secret = false;
    }

    /// Paths that were asked for, in order.
    pub fn seen(&self) -> Vec<String> {
        self.shared.lock().seen.clone()
    }

    /// Somebody signs in where the platform sent them. Returns code and state.
    ///
    /// # Panics
    ///
    /// If the platform sent them to another place, or does not ask as it should.
    pub fn sign_in(&self, authorization_url: &str, person: Value) -> (String, String) {
        let url: Url = authorization_url.parse().expect("it is a URL");
        assert_eq!(url.origin().ascii_serialization(), self.shared.url, "sent to this provider");
        let query: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(query["client_id"], CLIENT_ID);
        assert_eq!((query["response_type"].as_str(), query["code_challenge_method"].as_str()), ("code", "S256"));
        assert!(query["scope"].split(' ').any(|scope| scope == "openid"), "{}", query["scope"]);
        let mut behaviour = self.shared.lock();
        behaviour.number += 1;
        let code = format!("code-{}", behaviour.number);
        let grant = Grant {
            redirect_uri: query["redirect_uri"].clone(),
            challenge: query["code_challenge"].clone(),
            nonce: query["nonce"].clone(),
            person,
        };
        behaviour.grants.insert(code.clone(), grant);
        (code, query["state"].clone())
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn discovery(State(shared): State<Arc<Shared>>) -> Response {
    let how = {
        let mut behaviour = shared.lock();
        behaviour.seen.push("discovery".into());
        behaviour.discovery.clone()
    };
    let url = &shared.url;
    match how {
        Discovery::Document(changes) => {
            let document = json!({
                "issuer": url,
                "authorization_endpoint": format!("{url}/authorize?kept=1"),
                "token_endpoint": format!("{url}/token"),
                "jwks_uri": format!("{url}/keys"),
                "userinfo_endpoint": format!("{url}/userinfo"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA"],
                "code_challenge_methods_supported": ["S256"],
            });
            axum::Json(over(document, &changes)).into_response()
        }
        Discovery::Status(status) => StatusCode::from_u16(status).unwrap_or_default().into_response(),
        Discovery::Huge(bytes) => Body::from(vec![b' '; bytes]).into_response(),
        Discovery::Redirect(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Discovery::Hang => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

async fn keys(State(shared): State<Arc<Shared>>) -> Response {
    shared.lock().seen.push("keys".into());
    let encode = |bytes: &[u8]| BASE64.encode(bytes);
    let rsa = KEYS.rsa.public_key();
    let point = KEYS.ec.public_key().as_ref();
    axum::Json(json!({ "keys": [
        { "kty": "RSA", "kid": "RS256", "use": "sig", "alg": "RS256",
          "n": encode(rsa.modulus().big_endian_without_leading_zero()),
          "e": encode(rsa.exponent().big_endian_without_leading_zero()) },
        { "kty": "EC", "kid": "ES256", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..65]) },
        { "kty": "OKP", "kid": "EdDSA", "use": "sig", "crv": "Ed25519", "x": encode(KEYS.ed.public_key().as_ref()) },
        { "kty": "of a kind that is not known yet", "kid": "new" },
    ] }))
    .into_response()
}

async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let refuse = |status: StatusCode, error: &str| {
        (status, axum::Json(json!({ "error": error, "error_description": "planted-description" }))).into_response()
    };
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let mut behaviour = shared.lock();
    behaviour.seen.push("token".into());
    if behaviour.asks_secret {
        let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic = STANDARD.encode(format!("{}:{}", encode(CLIENT_ID), encode(CLIENT_SECRET)));
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let by_header = given == format!("Basic {basic}");
        let by_body = field("client_id") == CLIENT_ID && field("client_secret") == CLIENT_SECRET;
        let Discovery::Document(document) = &behaviour.discovery else { return refuse(StatusCode::BAD_REQUEST, "no") };
        let wants_body = document["token_endpoint_auth_methods_supported"] == json!(["client_secret_post"]);
        if (wants_body && !by_body) || (!wants_body && !by_header) {
            return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
        }
    } else if field("client_id") != CLIENT_ID || form.contains_key("client_secret") {
        return refuse(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let verified = BASE64.encode(digest::digest(&digest::SHA256, field("code_verifier").as_bytes()));
    let grant = behaviour.grants.remove(field("code")).filter(|grant| {
        grant.redirect_uri == field("redirect_uri")
            && grant.challenge == verified
            && field("grant_type") == "authorization_code"
    });
    let Some(grant) = grant else { return refuse(StatusCode::BAD_REQUEST, "invalid_grant") };
    let now = shared.clock.now().as_second();
    let mut claims = json!({
        "iss": shared.url, "aud": CLIENT_ID, "nonce": grant.nonce, "iat": now, "exp": now + 300,
        "sub": grant.person["sub"],
    });
    if !behaviour.userinfo_only {
        claims = over(claims, &grant.person);
    }
    let id_token = sign(&behaviour.signing, &over(claims, &behaviour.claims));
    let access_token = BASE64.encode(grant.person.to_string());
    axum::Json(json!({ "id_token": id_token, "access_token": access_token, "token_type": "Bearer" })).into_response()
}

async fn userinfo(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let person = given.strip_prefix("Bearer ").and_then(|token| BASE64.decode(token).ok());
    let person = person.and_then(|person| serde_json::from_slice::<Value>(&person).ok());
    let mut behaviour = shared.lock();
    behaviour.seen.push("userinfo".into());
    match person {
        Some(person) => axum::Json(over(person, &behaviour.userinfo)).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

fn sign(signing: &Signing, claims: &Value) -> String {
    let header = match signing {
        Signing::With(algorithm) => json!({ "alg": algorithm, "kid": algorithm, "typ": "JWT" }),
        Signing::ForeignKey => json!({ "alg": "EdDSA", "kid": "EdDSA" }),
        Signing::UnknownName => json!({ "alg": "EdDSA", "kid": "gone" }),
        Signing::Unnamed => json!({ "alg": "EdDSA" }),
        Signing::Nothing => json!({ "alg": "none" }),
        Signing::Shared(_) => json!({ "alg": "HS256", "kid": "RS256" }),
    };
    let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    let bytes = text.as_bytes();
    let random = SystemRandom::new();
    let signature = match signing {
        Signing::With("ES256") => KEYS.ec.sign(&random, bytes).expect("it signs").as_ref().to_vec(),
        Signing::With("RS256") => {
            let mut signature = vec![0; KEYS.rsa.public_modulus_len()];
            KEYS.rsa.sign(&RSA_PKCS1_SHA256, &random, bytes, &mut signature).expect("it signs");
            signature
        }
        Signing::ForeignKey => KEYS.foreign.sign(bytes).as_ref().to_vec(),
        Signing::With(_) | Signing::UnknownName | Signing::Unnamed => KEYS.ed.sign(bytes).as_ref().to_vec(),
        Signing::Nothing => Vec::new(),
        Signing::Shared(secret) => hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), bytes).as_ref().to_vec(),
    };
    format!("{text}.{}", BASE64.encode(signature))
}

/// The modulus of the provider's RSA key: an attacker knows it too.
pub fn public_rsa_modulus() -> Vec<u8> {
    KEYS.rsa.public_key().modulus().big_endian_without_leading_zero().to_vec()
}

/// An object with the members of another put over its own; null takes one out.
fn over(mut object: Value, changes: &Value) -> Value {
    if let (Some(members), Some(changes)) = (object.as_object_mut(), changes.as_object()) {
        for (name, value) in changes {
            match value {
                Value::Null => drop(members.remove(name)),
                value => drop(members.insert(name.clone(), value.clone())),
            }
        }
    }
    object
}
