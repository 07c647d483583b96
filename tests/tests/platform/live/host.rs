//! The same on the local host, through its listener: with frames of all sorts.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use platform_tests::{LocalHost, exchange};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

const EMAIL: &str = "owner@acme.example";
const PASSWORD: &str = "a long enough one";
const PATIENCE: Duration = Duration::from_secs(30);

async fn start() -> LocalHost {
    LocalHost::start(&["--admin-email", EMAIL, "--admin-password", PASSWORD, "--tick-seconds", "1"]).await
}

async fn connect(host: &LocalHost, origin: &str) -> Result<Client, tungstenite::Error> {
    let mut request = format!("ws://{}/ws", host.address).into_client_request()?;
    request.headers_mut().insert("origin", origin.parse().unwrap());
    connect_async(request).await.map(|(client, _)| client)
}

async fn open(host: &LocalHost) -> Client {
    connect(host, &format!("http://{}", host.address)).await.unwrap()
}

/// The answer to a `POST`: its head and its body.
async fn post(host: &LocalHost, path: &str, headers: &str, body: &Value) -> String {
    let (address, body) = (host.address, body.to_string());
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n{headers}\
         content-length: {}\r\n\r\n",
        body.len()
    );
    exchange(address, &(head + &body)).await
}

async fn sign_in(host: &LocalHost) -> String {
    let answer = post(host, "/api/auth/login", "", &json!({ "email": EMAIL, "password": PASSWORD })).await;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let answer: Value = serde_json::from_str(body).unwrap();
    answer["accessToken"].as_str().unwrap().to_owned()
}

async fn say(client: &mut Client, message: &Value) {
    client.send(Message::text(message.to_string())).await.unwrap();
}

/// The next message; `Err` is how it was closed.
async fn hear(client: &mut Client) -> Result<Value, Option<u16>> {
    loop {
        match timeout(PATIENCE, client.next()).await.expect("something comes") {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => return Err(frame.map(|frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(None),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_local_host_speaks_websocket() {
    let host = start().await;
    let token = sign_in(&host).await;
    let mut client = open(&host).await;
    say(&mut client, &json!({ "type": "auth", "token": token })).await;
    assert_eq!(hear(&mut client).await.unwrap()["type"], "ready");
    say(&mut client, &json!({ "type": "ping" })).await;
    assert_eq!(hear(&mut client).await.unwrap(), json!({ "type": "pong" }));
    // Signed out: closed by the next tick.
    let bearer = format!("authorization: Bearer {token}\r\n");
    let out = post(&host, "/api/auth/logout", &bearer, &json!({})).await;
    assert!(out.starts_with("HTTP/1.1 204"), "{out}");
    assert_eq!(hear(&mut client).await.unwrap()["code"], "unauthenticated");
    assert_eq!(hear(&mut client).await, Err(Some(4401)));
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_of_all_sorts_end_a_socket_and_nothing_else() {
    let host = start().await;
    let token = sign_in(&host).await;
    let frames =
        [Message::text("junk"), Message::text("x".repeat(5_000)), Message::binary(b"{\"type\":\"ping\"}".to_vec())];
    for frame in frames {
        let mut client = open(&host).await;
        client.send(frame).await.unwrap();
        assert_eq!(hear(&mut client).await.unwrap()["code"], "malformed");
        assert_eq!(hear(&mut client).await, Err(Some(4400)));
    }
    for megabyte in [Message::text("x".repeat(1 << 20)), Message::binary(vec![0; 1 << 20])] {
        let mut client = open(&host).await;
        let _ = client.send(megabyte).await;
        while hear(&mut client).await.is_ok() {}
    }
    let mut client = open(&host).await;
    say(&mut client, &json!({ "type": "auth", "token": token })).await;
    assert_eq!(hear(&mut client).await.unwrap()["type"], "ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_is_for_sockets_of_the_platforms_pages() {
    let host = start().await;
    for origin in ["https://evil.example", "null"] {
        let Err(tungstenite::Error::Http(refused)) = connect(&host, origin).await else { panic!("{origin} came in") };
        assert_eq!(refused.status(), 403);
    }
    let answer = host.get("/ws", &[]).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    // By no other way does a token open anything.
    let token = sign_in(&host).await;
    let mut request = format!("ws://{}/ws?token={token}", host.address).into_client_request().unwrap();
    request.headers_mut().insert("origin", format!("http://{}", host.address).parse().unwrap());
    let (mut client, _) = connect_async(request).await.unwrap();
    say(&mut client, &json!({ "type": "ping" })).await;
    assert_eq!(hear(&mut client).await.unwrap()["code"], "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_sockets_keeps_nobody_out() {
    let host = start().await;
    let token = sign_in(&host).await;
    // More than an address may hold, unless those who left make room at once.
    for _ in 0..3 {
        let clients = futures::future::join_all((0..40).map(|_| open(&host))).await;
        drop(clients);
    }
    let mut client = open(&host).await;
    say(&mut client, &json!({ "type": "auth", "token": token })).await;
    assert_eq!(hear(&mut client).await.unwrap()["type"], "ready");
    assert!(host.get("/api/health", &[]).await.contains("200 OK"));
}
