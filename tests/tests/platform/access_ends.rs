//! Who can reach what, asked of users, of everybody, of names and of addresses; and what would have to change for the other answer.

use serde_json::{Value, json};

use super::reach::{office, peer};

fn path(account: &str, from: &str, to: &str, port: u16) -> String {
    format!("/api/access/check?accountId={account}&from={from}&to={to}&protocol=tcp&port={port}")
}

#[tokio::test]
async fn users_everybody_names_and_addresses_are_ends() {
    let (app, owner, server, account) = office().await;
    let peers = [
        peer("lap-1", &["laptops"], &json!({ "user_id": "ada", "ip": "100.64.0.1" })),
        peer("lap-2", &["laptops"], &json!({ "version": "0.59.4", "ip": "100.64.0.2" })),
        peer("srv-1", &["servers"], &json!({ "ip": "100.64.0.3", "dns_label": "srv-1.netbird.cloud" })),
        peer("rtr-1", &["routers"], &json!({ "ip": "100.64.0.4" })),
    ];
    server.tell("peers", json!(peers).to_string());
    let users =
        json!([{ "id": "ada", "name": "Ada", "email": "ada@acme.example", "role": "user", "status": "active" }]);
    server.tell("users", users.to_string());
    server.tell("routes", "[]".to_owned());
    app.pass(30).await;
    for (from, to, port, verdict, sentence, ways) in [
        ("user:ada", "group:servers", 443, "allowed", "Every peer of Ada can reach servers on TCP 443.", vec![]),
        (
            "any",
            "group:servers",
            443,
            "allowed",
            "1 of 4 peers can reach peers of servers on TCP 443: 1 of 3 pairs.",
            vec![],
        ),
        ("group:servers", "user:ada", 443, "denied", "No peer of servers can reach a peer of Ada on TCP 443.", vec![]),
        (
            "user:ada",
            "address:10.0.0.5",
            5432,
            "allowed",
            "Every peer of Ada can reach 10.0.0.5 on TCP 5432.",
            vec!["db"],
        ),
        (
            "user:ada",
            "address:100.64.0.0/10",
            443,
            "allowed",
            "Every peer of Ada can reach something in 100.64.0.0/10 on TCP 443.",
            vec!["lap-2", "rtr-1", "srv-1"],
        ),
        (
            "user:ada",
            "domain:SRV-1.netbird.cloud",
            443,
            "allowed",
            "Every peer of Ada can reach srv-1.netbird.cloud on TCP 443.",
            vec!["srv-1"],
        ),
        ("any", "address:8.8.8.8", 53, "denied", "Nothing in this network leads to 8.8.8.8.", vec![]),
    ] {
        let answer = owner.get(&path(&account, from, to, port)).await.expect(200);
        assert_eq!((&answer["verdict"], &answer["sentence"]), (&json!(verdict), &json!(sentence)), "{answer}");
        let mut named: Vec<&str> =
            answer["ways"].as_array().unwrap().iter().map(|way| way["name"].as_str().unwrap()).collect();
        named.retain(|name| *name != "lap-1");
        assert_eq!((named, &answer["omittedWays"]), (ways, &json!(0)), "{answer}");
        assert!(!answer["toChange"].as_array().unwrap().is_empty(), "{answer}");
    }
    let ada = owner.get(&path(&account, "user:ada", "any", 443)).await.expect(200);
    assert_eq!(
        (&ada["from"], &ada["to"]),
        (
            &json!({ "type": "user", "id": "ada", "name": "Ada" }),
            &json!({ "type": "any", "id": "any", "name": "every peer" })
        )
    );
    owner.get(&path(&account, "user:bob", "any", 443)).await.refused(404, "not-found");
    owner.get(&path(&account, "any", "user:bob", 443)).await.refused(404, "not-found");
    for (from, to, pointer) in [
        ("domain:a", "any", "/from"),
        ("address:10.0.0.1", "any", "/from"),
        ("resource:db", "any", "/from"),
        ("anybody", "any", "/from"),
        ("any", "address:10.0.0", "/to"),
        ("any", "address:10.0.0.0/40", "/to"),
        ("any", "domain:a..b", "/to"),
        ("any", "user:", "/to"),
    ] {
        let problem = owner.get(&path(&account, from, to, 443)).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
}

#[tokio::test]
async fn what_is_told_would_change_the_answer_can_be_tried_as_it_is() {
    let (_app, owner, _server, account) = office().await;
    for (from, to, port, kinds) in [
        ("group:laptops", "group:servers", 22, vec!["remove-drop"]),
        ("peer:lap-2", "peer:srv-1", 443, vec!["add-service", "remove-posture", "new-policy", "pass-posture"]),
        ("group:laptops", "resource:db", 5432, vec!["switch-off", "forbid", "target-off"]),
        ("group:laptops", "resource:db", 80, vec!["add-service", "new-policy"]),
        ("group:routers", "resource:db", 5432, vec!["none"]),
        ("group:empty", "group:servers", 443, vec!["add-target"]),
    ] {
        let answer = owner.get(&path(&account, from, to, port)).await.expect(200);
        let told = answer["toChange"].as_array().unwrap();
        let found: Vec<&str> = told.iter().map(|one| one["kind"].as_str().unwrap()).collect();
        if kinds != ["none"] {
            assert_eq!(found, kinds, "{answer:#}");
        }
        for change in told.iter().filter_map(|one| one.get("change")) {
            let difference = owner.post("/api/access/difference", change.clone()).await.expect(200);
            let side = if answer["verdict"] == "allowed" { "pairsClosed" } else { "pairsOpened" };
            assert!(difference[side].as_u64().unwrap() > 0, "{change:#} {difference:#}");
            assert_eq!(change["port"], Value::from(port));
        }
    }
}
