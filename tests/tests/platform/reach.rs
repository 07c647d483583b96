//! Who can reach what: one question at a time, and the graph.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_netbird::fake::Tokens;
use platform_tests::{HostileServer, Member, Options, TestApp};
use serde_json::{Value, json};

const CHECK: &str = "/api/access/check";
const TOPOLOGY: &str = "/api/dashboard/topology";

pub(super) fn group(id: &str) -> Value {
    json!({ "id": id, "name": id, "peers_count": 1, "resources_count": 0 })
}

pub(super) fn peer(id: &str, groups: &[&str], more: &Value) -> Value {
    let groups: Vec<Value> = groups.iter().map(|id| group(id)).collect();
    let mut peer = json!({
        "id": id, "name": id, "connected": true, "last_seen": "2026-01-01T00:00:00Z", "groups": groups,
        "os": "Ubuntu 24.04", "kernel_version": "6.8.0", "version": "0.71.0", "ip": "100.64.0.1",
    });
    peer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    peer
}

pub(super) fn policy(id: &str, from: &str, to: &str, more: &Value) -> Value {
    let mut rule = json!({
        "id": id, "name": id, "enabled": true, "action": "accept", "bidirectional": false, "protocol": "tcp",
        "ports": ["443"], "sources": [group(from)], "destinations": [group(to)],
    });
    rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let checks = more.get("checks").cloned().unwrap_or_else(|| json!([]));
    let enabled = more.get("policy").cloned().unwrap_or(json!(true));
    json!({ "id": id, "name": id, "enabled": enabled, "source_posture_checks": checks, "rules": [rule] })
}

/// Laptops, servers, a router with a database behind it, and what policies say of them.
pub(super) async fn office() -> (TestApp, Member, HostileServer, String) {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let peers = [
        peer("lap-1", &["laptops"], &json!({})),
        peer("lap-2", &["laptops"], &json!({ "version": "0.59.4", "connected": false })),
        peer("srv-1", &["servers"], &json!({})),
        peer("new-1", &["servers"], &json!({ "approval_required": true })),
        peer("rtr-1", &["routers"], &json!({})),
    ];
    server.tell("peers", json!(peers).to_string());
    let groups: Vec<Value> =
        ["laptops", "servers", "routers", "databases", "empty"].iter().map(|id| group(id)).collect();
    server.tell("groups", json!(groups).to_string());
    let check = json!([{ "id": "c", "name": "client", "checks": { "nb_version_check": { "min_version": "0.70.0" } } }]);
    server.tell("posture-checks", check.to_string());
    let policies = [
        policy("web", "laptops", "servers", &json!({ "checks": ["c"] })),
        policy("no-ssh", "laptops", "servers", &json!({ "action": "drop", "ports": ["22"] })),
        policy("ssh", "laptops", "servers", &json!({ "ports": ["22"] })),
        policy("old", "servers", "laptops", &json!({ "policy": false, "protocol": "udp", "ports": ["53"] })),
        policy("db", "laptops", "databases", &json!({ "ports": ["5432"], "bidirectional": true })),
    ];
    server.tell("policies", json!(policies).to_string());
    let network = json!([{ "id": "n", "name": "lab", "resources": ["db"], "routers": ["r"], "policies": null }]);
    server.tell("networks", network.to_string());
    let resource =
        json!([{ "id": "db", "name": "db", "address": "10.0.0.5/32", "type": "host", "groups": [group("databases")] }]);
    server.tell("networks/resources", resource.to_string());
    server.tell("networks/routers", json!([{ "id": "r", "peer": "rtr-1", "metric": 9999 }]).to_string());
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    let account = owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let account = account["id"].as_str().unwrap().to_owned();
    (app, owner, server, account)
}

fn path(account: &str, from: &str, to: &str, on: &str) -> String {
    let (protocol, port) = on.split_once('/').map_or((on, String::new()), |(p, port)| (p, format!("&port={port}")));
    format!("{CHECK}?accountId={account}&from={from}&to={to}&protocol={protocol}{port}")
}

#[tokio::test]
async fn answers_with_the_reason_that_decides() {
    let (_app, owner, _server, account) = office().await;
    for (from, to, on, verdict, kind, sentence) in [
        (
            "peer:lap-1",
            "peer:srv-1",
            "tcp/443",
            "allowed",
            "allows",
            "Policy \"web\" lets laptops reach servers on TCP 443.",
        ),
        (
            "peer:lap-2",
            "peer:srv-1",
            "tcp/443",
            "denied",
            "posture-fails",
            "lap-2 fails posture check \"client\" of policy \"web\": its client is 0.59.4, and 0.70.0 or later is asked for.",
        ),
        (
            "peer:lap-1",
            "peer:srv-1",
            "tcp/22",
            "denied",
            "forbids",
            "Policy \"no-ssh\" forbids laptops to reach servers on TCP 22.",
        ),
        ("peer:srv-1", "peer:lap-1", "icmp", "denied", "no-policy", "No policy lets srv-1 reach lap-1 on ICMP."),
        (
            "peer:lap-1",
            "peer:new-1",
            "tcp/443",
            "unknown",
            "awaits-approval",
            "new-1 awaits approval: NetBird may keep others from reaching it.",
        ),
        (
            "group:laptops",
            "resource:db",
            "tcp/5432",
            "allowed",
            "allows",
            "Policy \"db\" lets laptops reach databases on TCP 5432.",
        ),
        ("group:empty", "group:servers", "all", "denied", "nobody", "Group empty has no peers."),
    ] {
        let answer = owner.get(&path(&account, from, to, on)).await.expect(200);
        let first = &answer["reasons"][0];
        assert_eq!(answer["verdict"], verdict, "{from} {to} {on}: {answer}");
        assert_eq!(
            (&first["kind"], &first["sentence"]),
            (&json!(kind), &json!(sentence)),
            "{from} {to} {on}: {answer}"
        );
    }
    let answer = owner.get(&path(&account, "peer:srv-1", "peer:lap-1", "udp/53")).await.expect(200);
    let disabled = answer["reasons"].as_array().unwrap().iter().find(|reason| reason["kind"] == "disabled").unwrap();
    assert_eq!(disabled["sentence"], "Policy \"old\" would let servers reach laptops on UDP 53, but it is off.");
    assert_eq!(
        (&disabled["policyId"], &disabled["policyName"], &disabled["rule"]),
        (&json!("old"), &json!("old"), &json!(0))
    );
}

#[tokio::test]
async fn groups_are_counted_by_pairs() {
    let (_app, owner, _server, account) = office().await;
    let answer = owner.get(&path(&account, "group:laptops", "group:servers", "tcp")).await.expect(200);
    let counts = json!({
        "sources": 2, "reaching": 1, "perhaps": 0, "targets": 2, "pairs": 4, "allowed": 1, "denied": 2, "unknown": 1,
    });
    assert_eq!((&answer["verdict"], &answer["extent"]), (&json!("allowed"), &json!("some")), "{answer}");
    assert_eq!(answer["counts"], counts);
    assert_eq!((&answer["open"], &answer["mayBeOpen"]), (&json!(["TCP 443"]), &json!(["TCP 443"])));
    assert_eq!(answer["sentence"], "1 of 2 peers of laptops can reach peers of servers on TCP 443: 1 of 4 pairs.");
    assert_eq!(
        (&answer["from"], &answer["unread"]),
        (&json!({ "type": "group", "id": "laptops", "name": "laptops" }), &json!([]))
    );
    assert!(answer["asOf"].is_string() && answer["accountName"] == "Lab", "{answer}");
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_is_not_read_is_awaited() {
    let (app, owner, server, account) = office().await;
    for (from, to, what) in [
        ("peer:gone", "group:servers", "peer"),
        ("group:gone", "group:servers", "group"),
        ("group:laptops", "resource:gone", "resource"),
        ("group:laptops", "route:gone", "route"),
    ] {
        let refused = owner.get(&path(&account, from, to, "all")).await.refused(404, "not-found");
        assert_eq!(refused["detail"], format!("there is no such {what}"));
    }
    owner.get(&path("00000000-0000-7000-8000-000000000000", "peer:a", "peer:b", "all")).await.refused(404, "not-found");
    // Connected, and not read yet.
    let body = json!({ "name": "Branch", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    let branch = owner.post("/api/netbird/accounts", body).await.expect(201);
    let branch = branch["id"].as_str().unwrap();
    for path in [path(branch, "group:laptops", "group:servers", "all"), format!("{TOPOLOGY}?accountId={branch}")] {
        let early = owner.get(&path).await;
        assert!(early.header("retry-after").is_some(), "{}", early.text);
        early.refused(503, "unavailable");
    }
    app.settle().await;
    owner.get(&path(branch, "group:laptops", "group:servers", "all")).await.expect(200);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_makes_what_needs_it_unknown() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let peers = [peer("lap-1", &["laptops"], &json!({})), peer("srv-1", &["servers"], &json!({}))];
    server.tell("peers", json!(peers).to_string());
    server.tell("policies", json!([policy("web", "laptops", "servers", &json!({ "checks": ["c"] }))]).to_string());
    server.tell("posture-checks", "no list");
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    let account = owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let account = account["id"].as_str().unwrap();
    let answer = owner.get(&path(account, "peer:lap-1", "peer:srv-1", "tcp/443")).await.expect(200);
    assert_eq!((&answer["verdict"], &answer["unread"]), (&json!("unknown"), &json!(["posture checks"])));
    let sentence = answer["reasons"][0]["sentence"].as_str().unwrap();
    assert!(sentence.ends_with("is not known: the posture checks could not be read."), "{sentence}");
}

#[tokio::test]
async fn the_graph_says_what_the_policies_say() {
    let (_app, owner, _server, account) = office().await;
    let graph = owner.get(TOPOLOGY).await.expect(200);
    assert_eq!((&graph["accountId"], &graph["unread"]), (&json!(account), &json!([])));
    let ids = |what: &str| -> Vec<String> {
        graph[what].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("groups"), ["databases", "empty", "laptops", "routers", "servers"].map(|id| format!("group:{id}")));
    let laptops = &graph["groups"][2];
    let states = [&laptops["peers"], &laptops["online"], &laptops["offline"], &laptops["unconfirmed"]];
    assert_eq!(states, [&json!(2), &json!(1), &json!(1), &json!(0)]);
    assert_eq!((ids("networks"), ids("resources")), (vec!["network:n".to_owned()], vec!["resource:db".to_owned()]));
    assert_eq!(graph["resources"][0]["network"], "network:n");
    let router = &graph["routers"][0];
    assert_eq!((&router["network"], &router["peer"]["id"]), (&json!("network:n"), &json!("peer:rtr-1")));
    assert_eq!((&router["peer"]["status"], ids("peers").len()), (&json!("online"), 0));
    let edges: Vec<String> = graph["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| {
            let text = |name: &str| edge[name].as_str().unwrap().to_owned();
            let arrow = if edge["bidirectional"] == true { "<>" } else { ">" };
            let state = if edge["enabled"] == true { "" } else { " (off)" };
            let checks = if edge["postureChecks"] == json!(["client"]) { " if client" } else { "" };
            let (from, to, on) = (text("from"), text("to"), edge["services"][0].as_str().unwrap().to_owned());
            format!("{}: {} {from} {arrow} {to} {on}{checks}{state}", text("policyId"), text("action"))
        })
        .collect();
    assert_eq!(
        edges,
        [
            "db: accept group:laptops <> group:databases TCP 5432",
            "db: accept group:laptops > resource:db TCP 5432",
            "no-ssh: drop group:laptops > group:servers TCP 22",
            "old: accept group:servers > group:laptops UDP 53 (off)",
            "ssh: accept group:laptops > group:servers TCP 22",
            "web: accept group:laptops > group:servers TCP 443 if client",
        ]
    );
    let nothing =
        json!({ "groups": 0, "peers": 0, "networks": 0, "resources": 0, "routers": 0, "routes": 0, "edges": 0 });
    assert_eq!(graph["omitted"], nothing);

    let opened = owner.get(&format!("{TOPOLOGY}?group=laptops")).await.expect(200);
    let peers: Vec<&str> = opened["peers"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(peers, ["peer:lap-1", "peer:lap-2"]);
    assert_eq!(opened["edges"], graph["edges"], "the same ids");
    owner.get(&format!("{TOPOLOGY}?group=gone")).await.refused(404, "not-found");
}

#[tokio::test]
async fn the_graph_of_a_large_network_is_cut_and_says_so() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let peers: Vec<Value> =
        (0..700).map(|nth| peer(&format!("p{nth}"), &["all", &format!("g{nth}")], &json!({}))).collect();
    server.tell("peers", json!(peers).to_string());
    let groups: Vec<Value> = (0..40).map(|nth| group(&format!("g{nth}"))).collect();
    let wide = |id: &str| policy(id, "x", "y", &json!({ "sources": groups, "destinations": groups }));
    server.tell("policies", json!([wide("one"), wide("two"), wide("three")]).to_string());
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let answer = owner.get(&format!("{TOPOLOGY}?group=all")).await;
    assert!(answer.text.len() < 4 << 20, "{}", answer.text.len());
    let graph = answer.expect(200);
    let number = |what: &str| graph[what].as_array().unwrap().len();
    assert_eq!((number("groups"), &graph["omitted"]["groups"]), (500, &json!(201)));
    assert_eq!((number("peers"), &graph["omitted"]["peers"]), (500, &json!(200)));
    assert_eq!((&graph["limits"]["nodes"], &graph["limits"]["edges"]), (&json!(500), &json!(3_000)));
    let edges = number("edges");
    assert!(0 < edges && edges <= 3_000, "{edges}");
    assert_eq!(graph["omitted"]["edges"], 3 * 40 * 40 - edges);
}

#[tokio::test]
async fn nodes_are_cut_by_their_bytes_too() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    server.tell("peers", json!([peer("p", &["all"], &json!({}))]).to_string());
    let domains: Vec<String> = (0..5).map(|nth| format!("{nth}.{}", "d".repeat(240))).collect();
    let route = |nth: usize| {
        json!({
            "id": format!("r{nth}"), "network_id": "n".repeat(40), "enabled": true, "domains": domains, "peer": "p",
            "groups": (0..20).map(|nth| format!("{nth}{}", "g".repeat(60))).collect::<Vec<_>>(),
        })
    };
    server.tell("routes", json!((0..400).map(route).collect::<Vec<_>>()).to_string());
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let answer = owner.get(TOPOLOGY).await;
    let bytes = answer.text.len();
    let graph = answer.expect(200);
    let (shown, omitted) = (graph["routes"].as_array().unwrap().len(), graph["omitted"]["routes"].as_u64().unwrap());
    assert!(0 < shown && shown as u64 + omitted == 400, "{shown} and {omitted}");
    assert!(bytes < 600 << 10, "{bytes}");
}

#[tokio::test]
async fn the_demo_network_is_understood() {
    let app = TestApp::start_with(Options { peers: 60, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let groups = owner.get("/api/netbird/groups?limit=1000").await.expect(200);
    let id = |name: &str| {
        let group = groups.as_array().unwrap().iter().find(|group| group["name"] == name).unwrap();
        format!("group:{}", group["id"].as_str().unwrap())
    };
    let graph = owner.get(&format!("{TOPOLOGY}?accountId={account}")).await.expect(200);
    for edge in graph["edges"].as_array().unwrap() {
        let (from, to) = (edge["from"].as_str().unwrap(), edge["to"].as_str().unwrap());
        let on = edge["protocol"].as_str().unwrap();
        if edge["enabled"] == true && edge["action"] == "accept" && matches!(on, "all" | "tcp" | "udp" | "icmp") {
            let answer = owner.get(&path(&account, from, to, on)).await.expect(200);
            let reasons = answer["reasons"].as_array().unwrap();
            let mut named = reasons.iter().filter(|reason| reason["policyId"] == edge["policyId"]);
            assert!(named.next().is_some() || answer["counts"]["pairs"] == 0, "{edge}: {answer}");
        }
    }
    assert!(!graph["edges"].as_array().unwrap().is_empty());
    let member = app.member(&owner, platform_core::access::Role::Viewer).await;
    let answer = member.get(&path(&account, &id("laptops"), &id("servers"), "all")).await.expect(200);
    assert!(answer["sentence"].as_str().unwrap().contains("laptops"), "{answer}");
}

#[tokio::test]
async fn what_the_readme_asks_is_answered() {
    let (_app, owner, _server, account) = office().await;
    let readme = include_str!("../../../README.md");
    let asked = readme.lines().find_map(|line| line.split_once(CHECK)).map(|(_, query)| query.trim_end_matches('"'));
    let query = asked.expect("README asks a question").replace("$ACCOUNT", &account);
    let query = query.replace("$LAPTOPS", "laptops").replace("$SERVERS", "servers");
    let answer = owner.get(&format!("{CHECK}{query}")).await.expect(200);
    assert_eq!(answer["verdict"], "denied", "{answer:#}");
}

const FINDINGS: &str = "/api/access/findings";

/// Kinds and sentences of what stands out.
fn told(answer: &Value) -> Vec<(String, String)> {
    let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
    answer["findings"].as_array().unwrap().iter().map(|one| (text(one, "kind"), text(one, "sentence"))).collect()
}

#[tokio::test]
async fn what_stands_out_in_a_configuration() {
    let (app, owner, server, account) = office().await;
    let path = format!("{FINDINGS}?accountId={account}");
    let found = owner.get(&path).await.expect(200);
    let of = |kind: &str| {
        let all = told(&found);
        all.into_iter().filter(|(one, _)| one == kind).map(|(_, sentence)| sentence).collect::<Vec<_>>()
    };
    let forbidden =
        "Policy “ssh” allows nothing: policy “no-ssh” forbids all of it (laptops may reach servers on TCP 22).";
    assert_eq!(of("overruled"), [forbidden]);
    assert_eq!(of("single-router"), ["Network “lab” (1 resource) is reached through rtr-1 alone."]);
    assert_eq!(of("idle"), [""; 0], "a resource is in the group of databases");
    assert_eq!(found["findings"][0]["severity"], "medium", "what matters most comes first: {found:#}");
    assert_eq!(found["findings"][0]["subject"], json!({ "type": "policy", "id": "ssh", "name": "ssh", "rule": 0 }));
    let unused: Vec<String> = of("unused-group");
    assert_eq!(found["unread"], json!([]), "{unused:?}");
    assert!(unused.iter().any(|one| one.starts_with("Group “empty”")), "{unused:?}");
    let low = owner.get(&format!("{path}&severity=low&kind=overruled,single-router")).await.expect(200);
    assert_eq!(told(&low).iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), ["single-router"]);

    // The router is switched off: that is worse.
    server.tell("networks/routers", json!([{ "id": "r", "peer": "rtr-1", "metric": 1, "enabled": false }]).to_string());
    app.pass(15).await;
    let found = owner.get(&path).await.expect(200);
    assert_eq!(told(&found)[0].0, "unrouted");
    let stranger = app.tenant("Other").await;
    stranger.get(&path).await.refused(404, "not-found");
    stranger.get(FINDINGS).await.refused(404, "not-found");
}
