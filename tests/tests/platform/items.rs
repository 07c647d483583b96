//! Single things of a network, and what names them.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_core::resource::Resource;
use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

async fn connected() -> (TestApp, Member, String) {
    let app = TestApp::start_with(Options { peers: 60, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    (app, owner, account)
}

/// The first thing of a list, and it in detail.
async fn detail(member: &Member, list: &str) -> (Value, Value) {
    let all = member.get(&format!("/api/netbird/{list}")).await.expect(200);
    let id = all[0]["id"].as_str().unwrap();
    let one = member.get(&format!("/api/netbird/{list}/{id}")).await.expect(200);
    (all[0].clone(), one)
}

/// Who names a thing, as `kind name: places`.
fn users(one: &Value) -> Vec<String> {
    let told = |user: &Value| {
        let places: Vec<&str> = user["as"].as_array().unwrap().iter().map(|place| place.as_str().unwrap()).collect();
        format!("{} {}: {}", user["kind"].as_str().unwrap(), user["name"].as_str().unwrap(), places.join(", "))
    };
    one["usedBy"].as_array().unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn each_says_what_its_list_says_and_when() {
    let (_app, owner, account) = connected().await;
    for list in
        ["peers", "groups", "users", "policies", "networks", "routes", "nameservers", "posture-checks", "setup-keys"]
    {
        let (row, one) = detail(&owner, list).await;
        for (field, value) in row.as_object().unwrap() {
            assert_eq!(&one[field], value, "{list}: {field}");
        }
        assert!(one["asOf"].is_string(), "{list}");
        let id = row["id"].as_str().unwrap();
        owner.get(&format!("/api/netbird/{list}/{id}?accountId={account}")).await.expect(200);
        let missing = owner.get(&format!("/api/netbird/{list}/none-such")).await.expect(404);
        assert!(missing["type"].as_str().unwrap().ends_with("/not-found"), "{list}: {missing}");
        let unknown = owner.get(&format!("/api/netbird/{list}/{id}?acount={account}")).await.expect(422);
        assert!(unknown.to_string().contains("acount"), "{list}: {unknown}");
    }
}

#[tokio::test]
async fn a_group_is_named_by_what_the_lists_say() {
    let (_app, owner, _) = connected().await;
    let groups = owner.get("/api/netbird/groups?limit=100").await.expect(200);
    let by_group = async |path: &str, name: &str| {
        let found = owner.get(&format!("{path}?group={name}&limit=50")).await.expect(200);
        found.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut seen = 0;
    for group in groups.as_array().unwrap() {
        let (id, name) = (group["id"].as_str().unwrap(), group["name"].as_str().unwrap());
        let one = owner.get(&format!("/api/netbird/groups/{id}")).await.expect(200);
        assert_eq!((&one["unread"], &one["usedByOmitted"]), (&json!([]), &json!(0)));
        // The filters of the lists go by other code.
        for (kind, path) in [
            ("policy", "/api/netbird/policies"),
            ("nameserver", "/api/netbird/nameservers"),
            ("setup-key", "/api/netbird/setup-keys"),
        ] {
            let mut expected = by_group(path, name).await;
            expected.sort();
            let of_kind = one["usedBy"].as_array().unwrap().iter().filter(|user| user["kind"] == kind);
            let found: Vec<&str> = of_kind.map(|user| user["name"].as_str().unwrap()).collect();
            assert_eq!(found, expected, "{kind} of {name}");
            seen += found.len();
        }
    }
    assert!(seen > 5, "{seen}");
}

#[tokio::test]
async fn a_check_a_user_a_network_and_a_peer_are_named() {
    let (_app, owner, _) = connected().await;
    let checks = owner.get("/api/netbird/posture-checks?search=min-version").await.expect(200);
    let check = owner.get(&format!("/api/netbird/posture-checks/{}", checks[0]["id"].as_str().unwrap())).await;
    let check = check.expect(200);
    assert_eq!(check["usedBy"].as_array().unwrap().len(), check["policiesCount"]);

    let peers = owner.get("/api/netbird/peers?limit=100").await.expect(200);
    let owned = peers.as_array().unwrap().iter().find(|peer| peer["userId"] != "").unwrap();
    let path = format!("/api/netbird/users/{}", owned["userId"].as_str().unwrap());
    let expected = format!("peer {}: owner", owned["name"].as_str().unwrap());
    assert!(users(&owner.get(&path).await.expect(200)).contains(&expected), "{expected}");

    // Of a network all parts are shown, and each policy about it names it and is named by it.
    let (_, network) = detail(&owner, "networks").await;
    assert_eq!(network["resources"].as_array().unwrap().len(), network["resourcesCount"]);
    assert_eq!(network["usedBy"].as_array().unwrap().len(), network["policiesCount"]);
    for policy in network["usedBy"].as_array().unwrap() {
        let policy = owner.get(&format!("/api/netbird/policies/{}", policy["id"].as_str().unwrap())).await.expect(200);
        let expected = format!("network {}: policy", network["name"].as_str().unwrap());
        assert!(users(&policy).contains(&expected), "{expected}: {policy}");
    }

    // A peer routes, or is in a group that a policy names; through which group is said.
    let all = owner.get("/api/netbird/networks").await.expect(200);
    let routed = |network: &Value| {
        let routers = network["routers"].as_array().unwrap().iter();
        routers.filter_map(|router| router["peer"]["id"].as_str()).map(str::to_owned).next()
    };
    let (network, router) = all.as_array().unwrap().iter().find_map(|one| Some((one, routed(one)?))).unwrap();
    let peer = owner.get(&format!("/api/netbird/peers/{router}")).await.expect(200);
    let uses = peer["usedBy"].as_array().unwrap();
    let routing = uses.iter().find(|user| user["kind"] == "network-router" && user["group"].is_null()).unwrap();
    assert_eq!(routing["network"]["name"], network["name"]);
    let of_policy = uses.iter().find(|user| user["kind"] == "policy").unwrap();
    let groups = peer["groups"].as_array().unwrap();
    assert!(groups.contains(&of_policy["group"]["name"]), "{of_policy}");
}

#[tokio::test]
async fn what_could_not_be_read_is_said() {
    let (app, owner, _) = connected().await;
    let (group, _) = detail(&owner, "groups").await;
    let path = format!("/api/netbird/groups/{}", group["id"].as_str().unwrap());
    app.network().fault(Fault {
        kind: FaultKind::Garbage,
        path: Some(Resource::Routes.path().to_owned()),
        times: None,
    });
    app.pass(30).await;
    let one = owner.get(&path).await.expect(200);
    assert_eq!(one["unread"], json!(["routes"]));
    assert!(one["usedBy"].as_array().unwrap().iter().all(|user| user["kind"] != "route"), "{one}");
}
