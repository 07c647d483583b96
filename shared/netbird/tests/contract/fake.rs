//! The fake's habits, and its script over HTTP.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_core::clock::Clock;
use platform_core::network;
use platform_netbird::api;
use platform_netbird::fake::{FakeServer, Tokens};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Still, fake, fake_and_client};

async fn tell(fake: &FakeServer, what: &str, body: Value) -> Value {
    let url = format!("{}/_fake/{what}", fake.url());
    let response = reqwest::Client::builder().build().unwrap().post(url).body(body.to_string());
    let response = response.header("content-type", "application/json").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{what}");
    serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
}

async fn get(fake: &FakeServer, path: &str) -> (StatusCode, String, String) {
    let http = reqwest::Client::builder().build().unwrap();
    let request = http.get(format!("{}{path}", fake.url())).header("authorization", format!("Token {}", Tokens::GOOD));
    let response = request.send().await.unwrap();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    (response.status(), content_type, response.text().await.unwrap())
}

fn peer<'a>(peers: &'a [api::Peer], name: &str) -> &'a api::Peer {
    peers.iter().find(|peer| peer.name == name).unwrap()
}

#[tokio::test]
async fn an_unchanged_list_is_the_same_to_the_byte_but_users_change_places() {
    let (fake, client) = fake_and_client().await;
    let before = client.peers().await.unwrap();
    assert_eq!(before.bytes(), client.peers().await.unwrap().bytes());
    tell(&fake, "disconnect", json!({ "peers": ["web-fra-01"] })).await;
    assert_ne!(before.bytes(), client.peers().await.unwrap().bytes());

    let (first, second) = (client.users().await.unwrap(), client.users().await.unwrap());
    assert_ne!(first.bytes(), second.bytes());
    let ids = |users: Vec<api::User>| users.into_iter().map(|user| user.id).collect::<BTreeSet<_>>();
    assert_eq!(ids(first.parse().unwrap()), ids(second.parse().unwrap()));
}

#[tokio::test]
async fn the_script_moves_peers_as_a_real_network_would() {
    let (fake, client) = fake_and_client().await;
    let now = 1_800_000_000;
    assert_eq!(tell(&fake, "disconnect", json!({ "group": "databases" })).await, json!(6));
    let peers = client.peers().await.unwrap().parse().unwrap();
    let database = peer(&peers, "db-fra-01");
    assert_eq!((database.connected, database.last_seen.as_second()), (false, now));

    tell(&fake, "connect", json!({ "group": "databases" })).await;
    tell(&fake, "clock", json!({ "offsetSeconds": 100 })).await;
    tell(&fake, "restart", json!({ "away": ["db-fra-01"], "spreadSeconds": 0 })).await;
    let peers = client.peers().await.unwrap().parse().unwrap();
    let (ghost, other) = (peer(&peers, "db-fra-01"), peer(&peers, "db-fra-02"));
    assert_eq!((ghost.connected, ghost.last_seen.as_second()), (true, now));
    assert_eq!((other.connected, other.last_seen.as_second()), (true, now + 100));

    assert_eq!(tell(&fake, "peers", json!({ "names": ["new-01"], "group": "servers" })).await, json!(1));
    assert_eq!(tell(&fake, "remove", json!({ "peers": ["web-fra-01"] })).await, json!(1));
    let events = client.events().await.unwrap().parse().unwrap();
    let codes: Vec<&str> = events[..2].iter().map(|event| event.activity_code.as_str()).collect();
    assert_eq!(codes, ["user.peer.delete", "peer.setupkey.add"]);

    tell(&fake, "reset", json!({ "peers": 4 })).await;
    assert_eq!(client.peers().await.unwrap().parse().unwrap().len(), 4);
}

#[tokio::test]
async fn faults_empty_and_halve_lists() {
    let (fake, client) = fake_and_client().await;
    tell(&fake, "fault", json!({ "kind": "empty", "path": "peers", "times": 1 })).await;
    tell(&fake, "fault", json!({ "kind": "half", "path": "peers" })).await;
    assert_eq!(client.peers().await.unwrap().parse().unwrap().len(), 0);
    assert_eq!(client.peers().await.unwrap().parse().unwrap().len(), 30);
    assert!(client.groups().await.unwrap().parse().unwrap().len() > 5);
    tell(&fake, "heal", json!({})).await;
    assert_eq!(client.peers().await.unwrap().parse().unwrap().len(), 60);
    assert_eq!(fake.handle().calls()["GET /api/peers"], 3);
}

#[tokio::test]
async fn unknown_paths_and_single_things_answer_as_netbird_does() {
    let fake = fake(60).await;
    for path in ["/", "/api/nope", "/api", "/health"] {
        let (status, content_type, body) = get(&fake, path).await;
        assert_eq!((status, &*content_type), (StatusCode::NOT_FOUND, "text/plain; charset=utf-8"), "{path}");
        assert_eq!(body, "404 page not found\n");
    }
    assert_eq!(get(&fake, "/api/users/current").await.0, StatusCode::FORBIDDEN);
    let (status, _, body) = get(&fake, "/api/peers/nope").await;
    assert_eq!((status, &*body), (StatusCode::NOT_FOUND, r#"{"code":404,"message":"peer not found: nope"}"#));
    let (_, _, body) = get(&fake, "/api/peers?name=web-fra-01").await;
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap().as_array().unwrap().len(), 1);
    let (_, _, body) = get(&fake, "/api/setup-keys").await;
    let keys: Vec<Value> = serde_json::from_str(&body).unwrap();
    assert!(keys.iter().all(|key| key["key"].as_str().unwrap().ends_with("****")));
}

#[tokio::test]
async fn a_peer_becomes_what_the_platform_keeps() {
    let (_fake, client) = fake_and_client().await;
    let peers = client.peers().await.unwrap().parse().unwrap();
    let kept = network::Peer::from(peer(&peers, "web-fra-01").clone());
    assert_eq!(kept.status, network::PeerStatus::Online);
    assert_eq!(kept.since, kept.last_seen);
    assert_eq!((&*kept.country_code, &*kept.city_name), ("DE", "Frankfurt am Main"));
    assert_eq!(kept.groups.iter().map(|group| &*group.name).collect::<Vec<_>>(), ["All", "servers"]);
    assert_eq!(kept.dns_enabled, Some(true));
}

#[tokio::test]
async fn twenty_five_thousand_peers_fit_through() {
    let fake = fake(25_000).await;
    let client = crate::support::client(&fake.url(), Tokens::GOOD);
    let fetched = client.peers().await.unwrap();
    assert!(fetched.bytes().len() > 20 << 20);
    assert_eq!(fetched.parse().unwrap().len(), 25_000);
    assert_eq!(client.events().await.unwrap().parse().unwrap().len(), 10_000);
}

#[tokio::test]
async fn every_answer_tells_the_servers_time() {
    let (fake, client) = fake_and_client().await;
    for offset in [0, -300, 300] {
        fake.handle().set_clock_offset(SignedDuration::from_secs(offset));
        let skew = client.groups().await.unwrap().clock_skew(Still.now()).unwrap();
        assert!((skew.as_secs() - offset).abs() <= 1, "{skew:#}");
    }
}
