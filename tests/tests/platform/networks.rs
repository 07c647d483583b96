//! Networks behind routing peers, and what a server that does not give a list spoils: that list and nothing else.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_core::resource::Resource;
use platform_netbird::fake::{Fault, FaultKind, Tokens};
use platform_tests::{HostileServer, Member, Options, TestApp};
use serde_json::{Value, json};

const NETWORKS: &str = "/api/netbird/networks";

async fn networks(member: &Member, query: &str) -> Vec<Value> {
    member.get(&format!("{NETWORKS}{query}")).await.expect(200).as_array().unwrap().clone()
}

fn names(list: &[Value]) -> Vec<&str> {
    list.iter().map(|one| one["name"].as_str().unwrap()).collect()
}

async fn connected() -> (TestApp, Member, String) {
    // As many peers as it takes for one that routes to be among them.
    let app = TestApp::start_with(Options { peers: 60, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    (app, owner, account)
}

#[tokio::test]
async fn networks_with_what_they_reach_and_through_whom() {
    let (_app, owner, account) = connected().await;
    let all = networks(&owner, "").await;
    assert_eq!(names(&all), ["datacenter", "office", "warehouse"]);
    let [datacenter, office, warehouse] = all.try_into().unwrap();

    assert_eq!((&office["accountId"], &office["accountName"]), (&json!(account), &json!("HQ")));
    let mut addresses: Vec<_> = office["resources"].as_array().unwrap().iter().map(|one| &one["address"]).collect();
    addresses.sort_by_key(|address| address.as_str());
    assert_eq!(addresses, ["10.10.0.0/24", "wiki.corp.example"]);
    let router = &office["routers"][0];
    let peer = router["peer"]["name"].as_str().unwrap();
    assert_eq!((&router["metric"], &router["masquerade"]), (&json!(9_999), &json!(true)));
    assert!(office["sentence"].as_str().unwrap().ends_with(&format!(" through {peer}")), "{office}");
    assert_eq!((&office["resourcesCount"], &office["routersCount"]), (&json!(2), &json!(1)));
    assert_eq!(office["policiesCount"], 2);

    let host = &datacenter["resources"][0];
    assert_eq!((&host["type"], &host["enabled"]), (&json!("host"), &json!(false)));
    assert_eq!(host["groups"][0]["name"], "databases");
    assert_eq!(datacenter["routers"][0]["peer"], Value::Null);
    assert_eq!(datacenter["routers"][0]["peerGroups"][0]["name"], "routers");
    assert_eq!(datacenter["sentence"], "No resource that is on through peers of routers");
    assert_eq!(warehouse["sentence"], "No resources, through nobody");
    for network in [&office, &datacenter, &warehouse] {
        assert_eq!(network["unknown"], json!([]), "{network}");
    }
}

#[tokio::test]
async fn networks_by_text_group_and_account() {
    let (app, owner, account) = connected().await;
    for (query, expected) in [
        ("?search=OFFICE", &["office"][..]),
        ("?search=headquarters", &["office"]),
        ("?search=wiki.corp", &["office"]),
        ("?search=192.168.7", &["datacenter"]),
        ("?search=nothing", &[]),
        ("?group=servers", &["office"]),
        ("?group=routers", &["datacenter"]),
        ("?group=laptops", &[]),
        ("?sort=-name", &["warehouse", "office", "datacenter"]),
        ("?sort=resourcesCount", &["warehouse", "datacenter", "office"]),
        ("?sort=-routersCount&limit=1", &["office"]),
    ] {
        assert_eq!(names(&networks(&owner, query).await), expected, "{query}");
    }
    let (mut seen, mut next) = (Vec::new(), Some(format!("{NETWORKS}?limit=1")));
    while let Some(path) = next {
        let page = owner.get(&path).await;
        next = page.next();
        assert_eq!(page.total(), Some(3));
        seen.extend(page.expect(200).as_array().unwrap().clone());
    }
    assert_eq!(names(&seen), ["datacenter", "office", "warehouse"]);

    let elsewhere = app.another_netbird(5, 2).await;
    app.connect_account_at(&owner, "Branch", &elsewhere).await;
    assert_eq!(networks(&owner, "").await.len(), 6);
    assert_eq!(networks(&owner, &format!("?accountId={account}")).await.len(), 3);
}

#[tokio::test]
async fn what_is_gone_is_shown_as_such() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let peer = json!({ "id": "peer", "name": "p", "connected": true, "last_seen": "2026-01-01T00:00:00Z" });
    server.tell("peers", json!([peer]).to_string());
    let network =
        json!({ "id": "n", "name": "lab", "resources": ["r1", "gone"], "routers": ["o1", "o2"], "policies": null });
    server.tell("networks", json!([network]).to_string());
    let resource = json!({ "id": "r1", "name": "db", "address": "10.0.0.1/32", "type": "host", "groups": null });
    server.tell("networks/resources", json!([resource]).to_string());
    let routers = json!([{ "id": "o1", "peer": "left" }, { "id": "o2", "peer": "", "peer_groups": ["deleted"] }]);
    server.tell("networks/routers", routers.to_string());
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;

    let lab = networks(&owner, "").await.remove(0);
    assert_eq!((&lab["resourcesCount"], &lab["unknown"]), (&json!(2), &json!(["gone"])));
    assert_eq!(lab["resources"][0]["enabled"], true, "a release that does not tell knows nothing else");
    assert_eq!(lab["routers"][0]["peer"], json!({ "id": "left", "isGone": true }));
    assert_eq!(lab["routers"][1]["peerGroups"], json!([{ "id": "deleted", "isGone": true }]));
    let sentence = "10.0.0.1/32 and 1 more through one that is gone, peers of one that is gone";
    assert_eq!(lab["sentence"], sentence);
}

fn only(path: &str, kind: FaultKind) -> Fault {
    Fault { kind, path: Some(path.to_owned()), times: None }
}

/// Ticks in which every slow list has its turn.
fn turns() -> usize {
    Resource::in_turn().count()
}

#[tokio::test]
async fn a_list_that_the_server_does_not_give_spoils_nothing_else() {
    for kind in [FaultKind::NotFound, FaultKind::Status { status: 404 }] {
        let (app, owner, _) = connected().await;
        app.network().fault(only("networks", kind.clone()));
        app.pass(turns()).await;
        let account = app.account(&owner).await;
        assert_eq!((&account["status"], &account["statusReason"]), (&json!("healthy"), &Value::Null), "{kind:?}");
        assert_eq!(account["notOffered"], json!(["networks"]));
        owner.get(NETWORKS).await.refused(404, "not-offered");
        assert_eq!(owner.get("/api/netbird/policies").await.expect(200).as_array().unwrap().len(), 6);

        // Nor does it keep the networks of others from being shown.
        let elsewhere = app.another_netbird(5, 2).await;
        app.connect_account_at(&owner, "Branch", &elsewhere).await;
        assert_eq!(networks(&owner, "").await.len(), 3);

        // And it is asked for in turn: what an update of the server brings is there.
        app.network().heal();
        app.pass(turns()).await;
        assert_eq!(networks(&owner, "").await.len(), 6, "{kind:?}");
        assert_eq!(app.account(&owner).await["notOffered"], json!([]));
    }
}

/// A list that was given and is forbidden: the token's role became smaller, and what else it shows may be less, too.
#[tokio::test]
async fn a_list_that_is_forbidden_later_pauses_the_account() {
    let (app, owner, _) = connected().await;
    app.network().fault(only("networks", FaultKind::Status { status: 403 }));
    app.pass(turns()).await;
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["statusReason"]["code"]), (&json!("paused"), &json!("permission_denied")));
    assert_eq!(networks(&owner, "").await.len(), 3, "what was read last is kept");
}

#[tokio::test]
async fn parts_that_the_server_does_not_give_leave_their_numbers() {
    let (app, owner, _) = connected().await;
    for list in ["networks/resources", "networks/routers"] {
        app.network().fault(only(list, FaultKind::NotFound));
    }
    app.pass(turns()).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
    let office = networks(&owner, "?search=office").await.remove(0);
    assert_eq!((&office["resources"], &office["unknown"]), (&json!([]), &json!([])), "nothing is known of them");
    assert_eq!(office["sentence"], "2 resources through 1 router");
}

#[tokio::test]
async fn an_older_server_is_connected_without_the_lists_that_it_lacks() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for list in ["networks", "networks/resources", "networks/routers"] {
        app.network().fault(only(list, FaultKind::NotFound));
    }
    app.connect_account(&owner).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
    owner.get(NETWORKS).await.refused(404, "not-offered");
    assert!(owner.get("/api/netbird/peers").await.total().unwrap() > 0);
}

/// What every tick reads must be there: a server without peers is none.
#[tokio::test]
async fn a_server_that_gives_no_peers_is_no_healthy_one() {
    let (app, owner, _) = connected().await;
    app.network().fault(Fault { kind: FaultKind::NotFound, path: None, times: None });
    app.pass(1).await;
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["statusReason"]["code"]), (&json!("degraded"), &json!("not_netbird")));
}

/// What a quiet tick asks for does not grow with the number of lists.
#[tokio::test]
async fn a_quiet_tick_makes_three_calls() {
    let (app, _owner, _) = connected().await;
    let calls = || app.network().calls().values().sum::<u64>();
    for _ in 0..turns() {
        let before = calls();
        app.pass(1).await;
        assert_eq!(calls() - before, 3);
    }
}
