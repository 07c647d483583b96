//! Routes: where each leads, through whom and for whom.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_netbird::fake::{Fault, FaultKind, Tokens};
use platform_tests::{HostileServer, Member, Options, TestApp};
use serde_json::{Value, json};

const ROUTES: &str = "/api/netbird/routes";

async fn routes(member: &Member, query: &str) -> Vec<Value> {
    member.get(&format!("{ROUTES}{query}")).await.expect(200).as_array().unwrap().clone()
}

fn names(list: &[Value]) -> Vec<&str> {
    list.iter().map(|one| one["networkId"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn routes_in_words() {
    // As many peers as it takes for one that routes to be among them.
    let app = TestApp::start_with(Options { peers: 60, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let all = routes(&owner, "").await;
    assert_eq!(names(&all), ["dnsroute", "legacy", "spare"]);
    let [domains, legacy, spare] = all.try_into().unwrap();
    assert_eq!((&legacy["accountId"], &legacy["accountName"]), (&json!(account), &json!("HQ")));
    let router = legacy["peer"]["name"].as_str().unwrap();
    assert_eq!(legacy["sentence"], format!("172.20.0.0/16 through {router} for laptops"));
    assert_eq!(domains["sentence"], "intranet.example through peers of routers for laptops");
    assert_eq!(domains["accessControlGroups"][0]["name"], "servers");
    assert_eq!((&domains["peer"], &domains["keepRoute"]), (&Value::Null, &json!(true)));
    assert_eq!((&spare["enabled"], &spare["skipAutoApply"]), (&json!(false), &json!(true)));

    for (query, expected) in [
        ("?search=INTRANET", &["dnsroute"][..]),
        ("?search=172.20", &["legacy"]),
        ("?search=old%20route", &["legacy"]),
        ("?search=nothing", &[]),
        ("?enabled=false", &["spare"]),
        ("?group=routers", &["dnsroute"]),
        ("?group=servers", &["dnsroute"]),
        ("?group=laptops", &["dnsroute", "legacy"]),
        ("?sort=-networkId", &["spare", "legacy", "dnsroute"]),
        ("?sort=metric", &["spare", "dnsroute", "legacy"]),
        ("?sort=network", &["legacy", "spare", "dnsroute"]),
        ("?sort=enabled&limit=1", &["spare"]),
    ] {
        assert_eq!(names(&routes(&owner, query).await), expected, "{query}");
    }
    let elsewhere = app.another_netbird(5, 2).await;
    app.connect_account_at(&owner, "Branch", &elsewhere).await;
    assert_eq!(routes(&owner, "").await.len(), 6);
    assert_eq!(routes(&owner, &format!("?accountId={account}")).await.len(), 3);
}

#[tokio::test]
async fn a_route_through_what_is_gone_is_shown_as_such() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let route = json!([
        { "id": "a", "network_id": "a", "enabled": true, "network": "10.0.0.0/8", "peer": "left", "groups": ["deleted"] },
        { "id": "b", "network_id": "b", "enabled": true, "network": "10.0.0.0/8", "peer_groups": null, "groups": null },
    ]);
    server.tell("routes", route.to_string());
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let routes = routes(&owner, "").await;
    assert_eq!(
        (&routes[0]["peer"], &routes[0]["groups"]),
        (&json!({ "id": "left", "isGone": true }), &json!([{ "id": "deleted", "isGone": true }]))
    );
    assert_eq!(routes[0]["sentence"], "10.0.0.0/8 through one that is gone for one that is gone");
    assert_eq!(routes[1]["sentence"], "10.0.0.0/8 through nobody for nobody");
}

#[tokio::test]
async fn a_server_without_routes_is_connected_all_the_same() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.network().fault(Fault { kind: FaultKind::NotFound, path: Some("routes".to_owned()), times: None });
    app.connect_account(&owner).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
    owner.get(ROUTES).await.refused(404, "not-offered");
}
