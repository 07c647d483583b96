//! Recorded answers of a real server: the client reads them, and the fake's have the same shape.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use platform_netbird::Error;
use platform_netbird::fake::Tokens;
use serde::Deserialize;
use serde_json::Value;

use crate::support::{client, fake, named_by};

#[derive(Deserialize)]
struct Recording {
    request: Request,
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

#[derive(Deserialize)]
struct Request {
    path: String,
}

fn read(file: &Path) -> Recording {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// A server that gives this answer to everything.
async fn replay(recording: Recording) -> String {
    let body = match &recording.body {
        Value::String(text) => text.clone(),
        json => json.to_string(),
    };
    let headers: Vec<(HeaderName, String)> = recording
        .headers
        .iter()
        .filter(|(name, _)| !matches!(&***name, "Content-Length" | "Transfer-Encoding" | "Connection"))
        .map(|(name, value)| (name.parse().unwrap(), value.clone()))
        .collect();
    let answer = Arc::new((StatusCode::from_u16(recording.status).unwrap(), headers, body));
    let router = Router::new().fallback(move || {
        let (status, headers, body) = (*answer).clone();
        async move {
            let mut response = (status, body).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn every_recorded_answer_is_read() {
    let Some(folder) = named_by("NETBIRD_RECORDED") else { return };
    let items = |file: &str| read(&folder.join(file)).body.as_array().map_or(0, Vec::len);
    macro_rules! reads {
        ($file:literal, $method:ident) => {{
            let client = client(&replay(read(&folder.join($file))).await, "nbp_x");
            let list = client.$method().await.unwrap().parse().unwrap();
            assert_eq!(list.len(), items($file), $file);
            list
        }};
    }
    let accounts = reads!("accounts.json", accounts);
    assert_eq!(accounts[0].settings.extra.user_approval_required, Some(true));
    assert_eq!(accounts[0].settings.peer_login_expiration, Some(86_400));
    reads!("policies.json", policies);
    reads!("events-audit.json", events);
    let routes = reads!("routes.json", routes);
    assert!(routes.iter().all(|route| route.peer.is_empty() != route.peer_groups.is_empty()));
    let checks = reads!("posture-checks.json", posture_checks);
    let linux = checks[0].checks.os_version_check.as_ref().unwrap().linux.as_ref().unwrap();
    assert_eq!(linux.min_version, "5.0");
    reads!("nameservers.json", nameserver_groups);
    let keys = reads!("setup-keys.json", setup_keys);
    assert!(keys.iter().all(|key| key.key.ends_with("****")), "servers mask them");
    let of_dns = client(&replay(read(&folder.join("dns-settings.json"))).await, "nbp_x");
    let settings = of_dns.dns_settings().await.unwrap().parse().unwrap();
    assert_eq!((settings.len(), settings[0].disabled_management_groups.len()), (1, 1));
    let networks = reads!("networks.json", networks);
    let resources = reads!("network-resources.json", network_resources);
    let listed = networks.iter().map(|network| network.resources.len()).sum::<usize>();
    assert_eq!(listed, resources.len(), "each is in one network");
    assert!(resources.iter().any(|one| one.kind == "host" && one.enabled == Some(false)));
    let routers = reads!("network-routers.json", network_routers);
    assert!(routers.iter().all(|router| router.peer.is_empty() != router.peer_groups.is_empty()));
    reads!("service-users.json", users);
    let users = reads!("users.json", users);
    assert!(users.iter().all(|user| user.last_login.is_none()), "never is no time");
    let groups = reads!("groups.json", groups);
    let peers = reads!("peers.json", peers);
    let all = groups.iter().find(|group| group.name == "All").unwrap();
    assert_eq!(all.peers as usize, peers.len());
    let version = client(&replay(read(&folder.join("instance-version.json"))).await, "nbp_x");
    assert_eq!(version.instance_version().await.unwrap().parse().unwrap().management_current_version, "development");
}

#[tokio::test]
async fn every_recorded_error_is_told_apart() {
    let Some(folder) = named_by("NETBIRD_RECORDED") else { return };
    let mut told = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        if let Some(name) = name.strip_prefix("error-") {
            let client = client(&replay(read(&file)).await, "nbp_x");
            told.insert(name.to_owned(), client.peers().await.unwrap_err());
        }
    }
    let expected = [
        ("auditor-writes", Error::PermissionDenied),
        ("bad-json", Error::RequestRefused(400)),
        ("bad-token", Error::TokenRejected),
        ("bearer-not-jwt", Error::TokenRejected),
        ("geolocation-off", Error::RequestRefused(412)),
        ("group-delete-linked", Error::RequestRefused(400)),
        ("group-exists", Error::RequestRefused(409)),
        ("malformed-token", Error::TokenRejected),
        ("method", Error::UnknownPath),
        ("no-auth", Error::TokenRejected),
        ("rate-limited", Error::RateLimited),
        ("root-path", Error::UnknownPath),
        ("token-deleted", Error::TokenDeleted),
        ("token-expired", Error::TokenRejected),
        ("unknown-path", Error::UnknownPath),
        ("unknown-peer", Error::RequestRefused(404)),
        ("user-blocked", Error::UserBlocked),
        ("user-deleted", Error::TokenDeleted),
        ("users-current-forbidden", Error::PermissionDenied),
    ];
    assert_eq!(told, expected.map(|(name, error)| (name.to_owned(), error)).into());
}

/// Each field's path with the types it was seen with.
fn shape(value: &Value, path: &str, fields: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    };
    fields.entry(path.to_owned()).or_default().insert(kind);
    match value {
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{path}[]"), fields)),
        // An event's facts differ by code.
        Value::Object(_) if path.ends_with(".meta") => {}
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| shape(member, &format!("{path}.{name}"), fields));
        }
        _ => {}
    }
}

#[tokio::test]
async fn the_fake_answers_in_the_recorded_shapes() {
    let Some(folder) = named_by("NETBIRD_RECORDED") else { return };
    let fake = fake(60).await;
    let http = reqwest::Client::builder().build().unwrap();
    for file in [
        "accounts",
        "dns-settings",
        "dns-zones",
        "events-audit",
        "groups",
        "instance",
        "instance-version",
        "nameservers",
        "network-resources",
        "network-routers",
        "networks",
        "peers",
        "policies",
        "posture-checks",
        "routes",
        "service-users",
        "setup-keys",
        "users",
    ] {
        let recording = read(&folder.join(format!("{file}.json")));
        let request = http.get(format!("{}{}", fake.url(), recording.request.path));
        let request = request.header("authorization", format!("Token {}", Tokens::GOOD));
        let body = request.send().await.unwrap().bytes().await.unwrap();
        let (mut real, mut made_up) = (BTreeMap::new(), BTreeMap::new());
        shape(&recording.body, "", &mut real);
        shape(&serde_json::from_slice(&body).unwrap(), "", &mut made_up);
        // A list that happens to be empty on one side, or null, says the same.
        for fields in [&mut real, &mut made_up] {
            for kinds in fields.values_mut() {
                kinds.remove("null");
            }
        }
        real.retain(|path, _| made_up.contains_key(path) || !is_below_empty(path, &made_up));
        made_up.retain(|path, _| real.contains_key(path) || !is_below_empty(path, &real));
        // What a check asks for differs from one to the other; the API description tells all that there is.
        made_up.retain(|path, _| real.contains_key(path) || !path.starts_with("[].checks."));
        assert_eq!(made_up, real, "{file}");
    }
}

/// Whether the path lies in a list that holds nothing on the other side.
fn is_below_empty(path: &str, other: &BTreeMap<String, BTreeSet<&'static str>>) -> bool {
    path.match_indices("[]").any(|(at, _)| other.contains_key(&path[..at]) && !other.contains_key(&path[..at + 2]))
}
