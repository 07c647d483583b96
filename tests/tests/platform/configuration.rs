//! What else a network is configured with: posture checks, nameservers, setup keys, and the account's own settings.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_core::resource::Resource;
use platform_netbird::fake::{Fault, FaultKind, Tokens};
use platform_tests::{HostileServer, Member, Options, TestApp};
use serde_json::{Value, json};

async fn connected() -> (TestApp, Member, String) {
    let app = TestApp::start_with(Options { peers: 60, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    (app, owner, account)
}

/// A platform that watches a server which answers what it is told.
async fn told(lists: &[(&'static str, Value)]) -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    for (resource, list) in lists {
        server.tell(resource, list.to_string());
    }
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    (app, owner)
}

async fn names(member: &Member, path: &str) -> Vec<String> {
    let list = member.get(path).await.expect(200);
    list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn posture_checks_in_words_and_who_asks_for_them() {
    let (_app, owner, account) = connected().await;
    let list = owner.get("/api/netbird/posture-checks").await.expect(200);
    let [strict, version] = &list.as_array().unwrap()[..] else { panic!("{list}") };
    assert_eq!(
        version["sentence"],
        "client 0.60.0 or later; Linux kernel 5.0 or later, not Android, iOS, macOS, Windows"
    );
    assert_eq!(version["checks"]["osVersionCheck"], json!({ "linux": { "minKernelVersion": "5.0" } }));
    let policies = owner.get("/api/netbird/policies").await.expect(200);
    let policies = policies.as_array().unwrap();
    let asking: Vec<&Value> =
        policies.iter().filter(|policy| policy["sourcePostureChecks"][0]["name"] == "min-version").collect();
    assert!(!asking.is_empty());
    assert_eq!(version["policiesCount"], asking.len());
    assert_eq!(version["policies"][0]["id"], asking[0]["id"]);
    let sentence = asking[0]["rules"][0]["sentence"].as_str().unwrap();
    assert!(sentence.ends_with(" if min-version holds"), "{sentence}");

    assert_eq!((&strict["accountId"], &strict["policiesCount"]), (&json!(account), &json!(0)));
    assert_eq!(
        strict["sentence"],
        "Android 13 or later, iOS 17 or later, macOS 14.0 or later, Windows kernel 10.0.22631 or later, not Linux; \
         connects from DE, Paris (FR); does not have an address in 192.168.0.0/16; runs /usr/bin/agent on Linux and \
         C:\\Program Files\\agent.exe on Windows"
    );
    assert_eq!(strict["checks"]["geoLocationCheck"]["locations"][0], json!({ "countryCode": "DE" }));
    for (query, expected) in [
        ("?search=PARIS", &["managed devices"][..]),
        ("?search=client%200.60%2B", &["min-version"]),
        ("?sort=-policiesCount", &["min-version", "managed devices"]),
        ("?search=nothing", &[]),
    ] {
        assert_eq!(names(&owner, &format!("/api/netbird/posture-checks{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn nameservers_in_words() {
    let (_app, owner, _) = connected().await;
    let list = owner.get("/api/netbird/nameservers").await.expect(200);
    let [corp, upstream] = &list.as_array().unwrap()[..] else { panic!("{list}") };
    assert_eq!(corp["sentence"], "corp.example is resolved by 10.10.0.53 for laptops");
    assert_eq!(corp["nameservers"], json!([{ "ip": "10.10.0.53", "nsType": "udp", "port": 53 }]));
    assert_eq!(upstream["sentence"], "Everything else is resolved by 9.9.9.9, 10.10.0.54:5353 for All");
    for (query, expected) in [
        ("?search=CORP.example", &["corp dns"][..]),
        ("?search=9.9.9", &["upstream"]),
        ("?group=laptops", &["corp dns"]),
        ("?sort=-primary", &["upstream", "corp dns"]),
        ("?enabled=false", &[]),
    ] {
        assert_eq!(names(&owner, &format!("/api/netbird/nameservers{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn setup_keys_and_how_they_do() {
    let (app, owner, _) = connected().await;
    let path = "/api/netbird/setup-keys";
    let all = owner.get(path).await.expect(200);
    let all = all.as_array().unwrap();
    assert!(all.len() > 2);
    for key in all {
        let (shown, group) = (key["key"].as_str().unwrap(), &key["autoGroups"][0]["name"]);
        assert!(shown.ends_with("****") && shown.len() == 9, "{key}");
        assert!(group.is_string() && key["expires"].is_string(), "{key}");
    }
    let revoked = names(&owner, &format!("{path}?state=revoked")).await;
    let once = names(&owner, &format!("{path}?type=one-off")).await;
    assert!(!revoked.is_empty() && !once.is_empty() && revoked.len() + once.len() < all.len());
    let group = all[0]["autoGroups"][0]["name"].as_str().unwrap();
    assert!(
        names(&owner, &format!("{path}?group={group}")).await.contains(&all[0]["name"].as_str().unwrap().to_owned())
    );
    let used = owner.get(&format!("{path}?sort=-usedTimes")).await.expect(200);
    let used: Vec<u64> = used.as_array().unwrap().iter().map(|key| key["usedTimes"].as_u64().unwrap()).collect();
    assert!(used.is_sorted_by(|one, other| one >= other), "{used:?}");

    // A peer joins: NetBird's event makes that the next tick reads the keys again, whoever's turn it is.
    let before = used.iter().sum::<u64>();
    app.network().change(|network, now| assert!(network.add_peer("newcomer", "servers", now)));
    app.pass(3).await;
    let after = owner.get(path).await.expect(200);
    let after: u64 = after.as_array().unwrap().iter().map(|key| key["usedTimes"].as_u64().unwrap()).sum();
    assert_eq!(after, before + 1);
}

#[tokio::test]
async fn a_key_that_a_server_does_not_mask_is_not_kept() {
    let secret = "A616097E-FCF0-48FA-9354-CA4A61142761";
    let key =
        json!([{ "id": "k", "name": "never", "key": secret, "expires": "0001-01-01T00:00:00Z", "auto_groups": null }]);
    let (_app, owner) = told(&[("setup-keys", key)]).await;
    let keys = owner.get("/api/netbird/setup-keys").await.expect(200);
    assert_eq!((&keys[0]["key"], &keys[0]["expires"]), (&json!("A6160****"), &Value::Null));
}

#[tokio::test]
async fn the_account_and_how_it_is_set() {
    let (app, owner, account) = connected().await;
    let told = owner.get("/api/netbird/settings").await.expect(200);
    assert_eq!((&told["accountId"], &told["accountName"]), (&json!(account), &json!("HQ")));
    let settings = &told["settings"];
    assert_eq!((&settings["peerLoginExpiration"], &settings["peerApprovalEnabled"]), (&json!(86_400), &json!(false)));
    assert_eq!(settings["networkRange"], "100.101.0.0/16");
    assert_eq!(settings["dnsDomain"], Value::Null, "the server's own");
    assert_eq!(told["dnsSettings"]["disabledManagementGroups"][0]["name"], "databases");
    assert!(told["createdBy"]["name"].is_string(), "{told}");
    assert_eq!(owner.get(&format!("/api/netbird/settings?accountId={account}")).await.expect(200), told);

    // A server that does not give its settings is connected all the same, and nothing else is missing.
    let elsewhere = app.another_netbird(5, 2).await;
    elsewhere.handle().fault(Fault { kind: FaultKind::NotFound, path: Some("dns/settings".to_owned()), times: None });
    let branch = app.connect_account_at(&owner, "Branch", &elsewhere).await;
    let told = owner.get(&format!("/api/netbird/settings?accountId={branch}")).await.expect(200);
    assert_eq!((&told["dnsSettings"], &told["accountName"]), (&Value::Null, &json!("Branch")));
}

#[tokio::test]
async fn no_account_has_no_settings() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    owner.get("/api/netbird/settings").await.refused(404, "not-found");
}

#[tokio::test]
async fn what_refers_to_nothing_and_says_nothing_is_shown() {
    let (_app, owner) = told(&[
        ("posture-checks", json!([{ "id": "a", "checks": null }, { "id": "b", "checks": { "process_check": {} } }])),
        ("dns/nameservers", json!([{ "id": "a", "groups": ["gone"], "nameservers": null, "domains": null }])),
        ("dns/settings", json!({ "disabled_management_groups": null })),
        ("accounts", json!([{ "id": "a", "created_by": "left", "settings": null }])),
    ])
    .await;
    let checks = owner.get("/api/netbird/posture-checks").await.expect(200);
    assert!(checks.as_array().unwrap().iter().all(|check| check["sentence"] == "asks for nothing"), "{checks}");
    let nameservers = owner.get("/api/netbird/nameservers").await.expect(200);
    assert_eq!(nameservers[0]["sentence"], "Everything else is resolved by nobody for one that is gone");
    let account = owner.get("/api/netbird/settings").await.expect(200);
    assert_eq!(account["createdBy"], json!({ "id": "left", "isGone": true }));
    assert_eq!(account["settings"], json!({ "jwtAllowGroups": [] }));
    assert_eq!(account["dnsSettings"], json!({ "disabledManagementGroups": [], "disabledManagementGroupsCount": 0 }));
}

/// Forty groups are forty, though ten are shown; and a key that has expired is not valid, though NetBird did not say so yet.
#[tokio::test]
async fn what_is_cut_is_counted() {
    let ids: Vec<String> = (0..40).map(|n| format!("g{n:02}")).collect();
    let groups: Vec<Value> = ids.iter().map(|id| json!({ "id": id, "name": id })).collect();
    let key = json!({
        "id": "k", "name": "k", "key": "A6160****", "state": "valid", "expires": "2020-01-01T00:00:00Z", "usage_limit": -1,
        "auto_groups": ids,
    });
    let route =
        json!({ "id": "r", "enabled": true, "network": "10.0.0.0/8", "metric": -1, "peer": "p", "groups": ids });
    let lists = [("groups", json!(groups)), ("setup-keys", json!([key])), ("routes", json!([route]))];
    let (_app, owner) = told(&lists).await;
    let routes = owner.get("/api/netbird/routes").await.expect(200);
    assert_eq!(routes[0]["sentence"], "10.0.0.0/8 through one that is gone for g00, g01, g02 and 37 more");
    assert_eq!((routes[0]["groups"].as_array().unwrap().len(), &routes[0]["groupsCount"]), (10, &json!(40)));
    let keys = owner.get("/api/netbird/setup-keys").await.expect(200);
    assert_eq!((&keys[0]["state"], &keys[0]["usageLimit"]), (&json!("expired"), &json!(0)));
    assert_eq!(keys[0]["autoGroupsCount"], 40);
    assert_eq!(names(&owner, "/api/netbird/setup-keys?state=valid").await, [""; 0]);
}

/// A list that the token may not read is not known: nothing of it is said to be gone.
#[tokio::test]
async fn what_is_not_known_is_not_gone() {
    let app = TestApp::start_with(Options { peers: 60, ..Options::default() }).await;
    let owner = app.set_up().await;
    app.network().fault(Fault { kind: FaultKind::NotFound, path: Some("groups".to_owned()), times: None });
    app.connect_account(&owner).await;
    let keys = owner.get("/api/netbird/setup-keys").await.expect(200);
    let group = &keys[0]["autoGroups"][0];
    assert_eq!((&group["name"], &group["isGone"]), (&Value::Null, &Value::Null));
    let routes = owner.get("/api/netbird/routes").await.expect(200);
    assert!(!routes.to_string().contains("gone"), "{routes}");
}

/// However much a page would hold, an answer stays below what a function may give, and the next page goes on.
#[tokio::test]
async fn a_page_that_would_be_too_large_ends_before() {
    let domains: Vec<String> = (0..250).map(|n| format!("{n:0>200}.example")).collect();
    let route = |n: usize| json!({ "id": format!("r{n:03}"), "enabled": true, "network_id": n.to_string(), "domains": domains });
    let (_app, owner) = told(&[("routes", (0..120).map(route).collect())]).await;
    let (mut found, mut pages, mut next) = (0, 0, Some("/api/netbird/routes?limit=1000&sort=network".to_owned()));
    while let Some(path) = next {
        let answer = owner.get(&path).await;
        next = answer.next();
        assert!(next.as_ref().is_none_or(|next| next.len() < 2_000), "a header has room for it");
        let page = answer.expect(200);
        assert!(page.to_string().len() < 3 << 20);
        (found, pages) = (found + page.as_array().unwrap().len(), pages + 1);
    }
    assert_eq!((found, pages), (120, 3));
}

#[tokio::test]
async fn peers_say_whose_they_are() {
    let peers = json!([
        { "id": "a", "name": "laptop", "connected": true, "last_seen": "2026-01-01T00:00:00Z", "user_id": "google|1" },
        { "id": "b", "name": "phone", "connected": true, "last_seen": "2026-01-01T00:00:00Z", "user_id": "google|2" },
        { "id": "c", "name": "tablet", "connected": true, "last_seen": "2026-01-01T00:00:00Z", "user_id": "google|3" },
        { "id": "d", "name": "server", "connected": true, "last_seen": "2026-01-01T00:00:00Z", "user_id": "" },
    ]);
    let users = json!([{ "id": "google|1", "name": "Grace" }, { "id": "google|2", "email": "ada@acme.example" }]);
    let (_app, owner) = told(&[("peers", peers), ("users", users)]).await;
    let peers = owner.get("/api/netbird/peers").await.expect(200);
    let named: Vec<_> = peers.as_array().unwrap().iter().map(|peer| (&peer["name"], &peer["userName"])).collect();
    let expected = [
        ("laptop", json!("Grace")),
        ("phone", json!("ada@acme.example")),
        ("server", Value::Null),
        ("tablet", Value::Null),
    ];
    assert_eq!(named.len(), expected.len());
    for ((name, user), (peer, whose)) in named.into_iter().zip(&expected) {
        assert_eq!((name, user), (&json!(peer), whose));
    }
    assert_eq!(names(&owner, "/api/netbird/peers?search=GRACE").await, ["laptop"]);
    assert_eq!(owner.get("/api/netbird/peers/b").await.expect(200)["userName"], "ada@acme.example");
}

#[tokio::test]
async fn a_quiet_tick_writes_one_unit_however_many_lists_there_are() {
    let (app, owner, account) = connected().await;
    // Every list has been read, and each had its turn.
    app.pass(Resource::in_turn().count() + 1).await;
    assert_eq!(app.account(&owner).await["id"], account);
    app.database.meter().take();
    app.pass(1).await;
    let (_, units, _) = app.database.meter().take();
    let states = app.database.everything().unwrap().into_iter();
    let state = states.filter(|item| item["sk"]["S"].as_str().unwrap().starts_with("SYNC#")).collect::<Vec<_>>();
    println!("the state of a sync as JSON: {} bytes", serde_json::to_string(&state).unwrap().len());
    assert!(units <= 1.0, "{units} write units");
}
