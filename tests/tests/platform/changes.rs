//! What changed in the configuration: seen by syncs, told in words, with who did it.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_netbird::fake::{Fault, FaultKind, Initiator};
use platform_runtime::queue::Message;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// A connected account whose lists were all read.
async fn connected() -> (TestApp, Member, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.pass(13).await;
    (app, owner, account)
}

async fn changes(member: &Member, query: &str) -> Vec<Value> {
    member.get(&format!("/api/netbird/changes{query}")).await.expect(200).as_array().unwrap().clone()
}

fn policies(app: &TestApp) -> Vec<&'static str> {
    app.network().look(|network| network.policies().collect())
}

fn toggle(app: &TestApp, policy: &str) {
    app.network().change(|network, now| network.toggle_policy(policy, 0, now));
}

#[tokio::test]
async fn a_first_sync_and_quiet_ticks_tell_nothing() {
    let (app, owner, _) = connected().await;
    app.pass(15).await;
    assert_eq!(changes(&owner, "").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_policy_that_is_switched_off_is_told_with_who_did_it() {
    let (app, owner, account) = connected().await;
    let name = policies(&app)[1];
    app.skip(SignedDuration::from_secs(30));
    let happened = app.now();
    toggle(&app, name);
    app.pass(1).await;
    let [change] = &changes(&owner, "").await[..] else { panic!("one change") };
    assert_eq!(change["sentences"][0], format!("Policy “{name}” was switched off"));
    assert_eq!(
        (&change["resource"], &change["kind"], &change["accountId"]),
        (&json!("policies"), &json!("updated"), &json!(account))
    );
    assert_eq!(change["fields"][0]["path"], "enabled");
    assert_eq!((&change["fields"][0]["before"], &change["fields"][0]["after"]), (&json!(true), &json!(false)));
    let event = owner.get("/api/netbird/events?activityCode=policy.update").await.expect(200)[0].clone();
    assert_eq!((&change["by"]["id"], &change["eventId"]), (&event["initiatorId"], &event["id"]));
    assert_eq!(change["by"]["name"], event["initiatorName"]);
    assert_eq!(change["at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap(), happened);
    assert_eq!(change["after"], Value::Null, "the event tells the time");

    let one = owner.get(&format!("/api/netbird/changes/{}", change["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&one["raw"]["before"]["enabled"], &one["raw"]["after"]["enabled"]), (&json!(true), &json!(false)));
    assert_eq!((&one["sentences"], &one["raw"]["isCut"]), (&change["sentences"], &json!(false)));
    for made_up in ["nobody", &format!("{account}_1_0_0"), &format!("{account}_9999999999999999999_0_0")] {
        owner.get(&format!("/api/netbird/changes/{made_up}")).await.refused(404, "not-found");
    }
}

#[tokio::test]
async fn what_is_deleted_is_kept_as_it_was() {
    let (app, owner, _) = connected().await;
    let name = policies(&app)[1];
    app.network().change(|network, now| network.delete_policy(name, 0, now));
    app.pass(1).await;
    let told = changes(&owner, "?kind=deleted").await;
    assert_eq!(told[0]["sentences"], json!([format!("Policy “{name}” was deleted")]));
    let one = owner.get(&format!("/api/netbird/changes/{}", told[0]["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&one["raw"]["before"]["name"], &one["raw"]["after"]), (&json!(name), &Value::Null));
    assert!(told[0]["by"]["id"].is_string());
}

#[tokio::test]
async fn who_joins_a_group_is_told_of_the_group_and_who_registers_is_not() {
    let (app, owner, _) = connected().await;
    let group = app.network().look(|network| network.group("servers").unwrap());
    let newcomer = app.network().look(|network| {
        let members = network.members("servers");
        network.peers().iter().map(|peer| peer.name.clone()).find(|name| !members.contains(name)).unwrap()
    });
    app.network().change(|network, now| {
        network.toggle_group(&newcomer, group, 0, now);
        assert!(network.add_peer("brand-new", "servers", now), "a setup key is used");
    });
    app.pass(1).await;
    app.pass(13).await;
    let told = changes(&owner, "").await;
    let [change] = &told[..] else { panic!("{told:#?}") };
    assert_eq!(change["sentences"], json!([format!("Group “servers”: peers: {newcomer} added")]));
    assert_eq!(change["fields"][0]["added"], json!([newcomer]));
    assert!(change["by"]["id"].is_string(), "{change:#}");
}

#[tokio::test]
async fn without_an_event_the_time_is_a_span() {
    let (app, owner, _) = connected().await;
    let name = policies(&app)[1];
    // Nobody logged it.
    let before = app.now();
    app.network().change(|network, now| {
        network.toggle_policy(name, 0, now);
        network.forget_events(1);
    });
    while changes(&owner, "").await.is_empty() {
        app.pass(1).await;
    }
    let [change] = &changes(&owner, "").await[..] else { panic!("one change") };
    let time = |field: &str| change[field].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert!(time("after") <= before && before < time("at"), "{change:#}");
    assert!(before.duration_since(time("after")) < SignedDuration::from_mins(14), "every list has its turn");
    assert_eq!((change["at"].clone(), &change["by"]), (change["seenAt"].clone(), &Value::Null));

    // The event comes after all.
    let id = change["itemId"].as_str().unwrap().to_owned();
    app.network().change(|network, now| {
        network.log(Initiator::User(0), "Policy updated", "policy.update", &id, [].into(), now);
    });
    app.pass(1).await;
    let [change] = &changes(&owner, "").await[..] else { panic!("still one change") };
    assert!(change["by"]["id"].is_string() && change["eventId"].is_string(), "{change:#}");
}

#[tokio::test]
async fn filters_and_pages() {
    let (app, owner, _) = connected().await;
    let names = policies(&app);
    for name in &names[1..3] {
        toggle(&app, name);
    }
    app.pass(1).await;
    app.network().change(|network, now| network.delete_policy(names[1], 0, now));
    app.pass(1).await;
    let all = changes(&owner, "").await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[0]["kind"], "deleted", "newest first");
    let by = all[0]["by"]["id"].as_str().unwrap();
    let item = all[0]["itemId"].as_str().unwrap();
    let seen = all[0]["seenAt"].as_str().unwrap();
    for (query, expected) in [
        ("?kind=updated".to_owned(), 2),
        ("?kind=updated,deleted".to_owned(), 3),
        ("?resource=groups".to_owned(), 0),
        ("?resource=groups,policies".to_owned(), 3),
        (format!("?itemId={item}"), 2),
        (format!("?by={by}"), 3),
        ("?by=nobody".to_owned(), 0),
        (format!("?from={seen}"), 1),
        (format!("?to={seen}"), 2),
        ("?search=WAS%20DELETED".to_owned(), 1),
    ] {
        assert_eq!(changes(&owner, &query).await.len(), expected, "{query}");
    }
    // One after the other, though two were seen at once.
    let (mut path, mut paged) = ("/api/netbird/changes?limit=1".to_owned(), Vec::new());
    loop {
        let page = owner.get(&path).await;
        let next = page.next();
        paged.extend(page.expect(200).as_array().unwrap().clone());
        let Some(next) = next else { break };
        path = next;
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn a_sync_that_dies_or_comes_twice_tells_a_change_once() {
    for calls in 0.. {
        let (app, owner, account) = connected().await;
        toggle(&app, policies(&app)[1]);
        app.skip(SignedDuration::from_mins(1));
        let message = || Message::Sync { tenant: owner.tenant, account: account.parse().unwrap(), asked_at: None };
        let ended = app.die_after(calls, app.run(message())).await;
        app.pass(1).await;
        app.pass(1).await;
        assert_eq!(changes(&owner, "").await.len(), 1, "after {calls} calls");
        if ended {
            assert!(calls > 5, "it does write");
            break;
        }
    }
    let (app, owner, account) = connected().await;
    toggle(&app, policies(&app)[1]);
    app.skip(SignedDuration::from_mins(1));
    let message = || Message::Sync { tenant: owner.tenant, account: account.parse().unwrap(), asked_at: None };
    let (one, other) = tokio::join!(app.run(message()), app.run(message()));
    assert!(one.is_ok() && other.is_ok());
    assert_eq!(changes(&owner, "").await.len(), 1);
}

#[tokio::test]
async fn a_list_that_was_not_given_for_a_while_is_compared_with_the_last_one() {
    let (app, owner, _) = connected().await;
    app.network().fault(Fault { kind: FaultKind::Garbage, path: Some("policies".to_owned()), times: None });
    toggle(&app, policies(&app)[1]);
    app.pass(14).await;
    assert!(changes(&owner, "").await.is_empty());
    app.network().heal();
    app.pass(14).await;
    assert_eq!(changes(&owner, "").await.len(), 1);
}

#[tokio::test]
async fn changes_are_kept_as_long_as_the_tenant_keeps_alerts_and_go_with_the_account() {
    let (app, owner, account) = connected().await;
    owner.call("PUT", "/api/tenant", Some(json!({ "name": "Acme", "alertRetentionDays": 30 }))).await.expect(200);
    toggle(&app, policies(&app)[1]);
    app.pass(1).await;
    let id = changes(&owner, "").await[0]["id"].as_str().unwrap().to_owned();
    app.skip(SignedDuration::from_hours(24 * 29));
    let owner = app.sign_in(&owner).await;
    assert_eq!(changes(&owner, "").await.len(), 1);
    app.skip(SignedDuration::from_hours(24 * 3));
    let owner = app.sign_in(&owner).await;
    assert!(changes(&owner, "").await.is_empty());
    owner.get(&format!("/api/netbird/changes/{id}")).await.refused(404, "not-found");

    app.pass(2).await;
    toggle(&app, policies(&app)[1]);
    app.pass(1).await;
    let id = changes(&owner, "").await[0]["id"].as_str().unwrap().to_owned();
    let stranger = app.tenant("Globex").await;
    stranger.get(&format!("/api/netbird/changes/{id}")).await.refused(404, "not-found");
    assert!(changes(&stranger, "").await.is_empty());
    owner.delete(&format!("/api/netbird/accounts/{account}")).await.expect(204);
    owner.get(&format!("/api/netbird/changes/{id}")).await.refused(404, "not-found");
    app.pass(3).await;
    let (tenant, change) = (owner.tenant, id.parse().unwrap());
    assert!(app.platform.store.change(tenant, change).await.unwrap().is_none(), "nothing of it is left");
}

#[tokio::test]
async fn a_rule_tells_of_changes_by_list_and_by_who_made_them() {
    let (app, owner, _) = connected().await;
    let config = json!({ "resources": ["policies"], "window": 5 });
    let rule = json!({ "conditionType": "configuration_changed", "conditionConfig": config });
    app.make_rule(&owner, rule).await;
    let none = json!({ "name": "Others", "conditionType": "configuration_changed", "conditionConfig": { "resources": ["routes"] } });
    app.make_rule(&owner, none).await;
    app.pass(1).await;
    let name = policies(&app)[1];
    toggle(&app, name);
    app.pass(2).await;
    let [alert] = &app.alerts(&owner).await[..] else { panic!("one alert") };
    let title = alert["title"].as_str().unwrap();
    assert!(title.starts_with(&format!("Policy “{name}” was switched off, by ")), "{title}");
    let by = changes(&owner, "").await[0]["by"]["email"].clone();
    let tried = async |config: Value| {
        let body = json!({ "conditionType": "configuration_changed", "conditionConfig": config });
        owner.post("/api/alerts/rules/test", body).await.expect(200)["accounts"][0]["holds"].clone()
    };
    assert_eq!(tried(json!({})).await, true);
    assert_eq!(tried(json!({ "by": [by] })).await, true);
    assert_eq!(tried(json!({ "by": ["somebody else"] })).await, false);
    assert_eq!(tried(json!({ "exceptBy": [by] })).await, false);
    app.pass(7).await;
    assert_eq!(app.alerts(&owner).await[0]["status"], "resolved");
    for (config, pointer) in [
        (json!({ "resources": ["peers"] }), "/conditionConfig/resources/0"),
        (json!({ "window": 4 }), "/conditionConfig/window"),
        (json!({ "by": [""] }), "/conditionConfig/by/0"),
    ] {
        let body = json!({ "conditionType": "configuration_changed", "conditionConfig": config });
        let refused = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn where_the_list_before_cannot_be_read_that_is_said() {
    let (app, owner, _) = connected().await;
    for mut item in app.database.everything().unwrap() {
        if item["sk"]["S"] == "SNAP#policies" {
            item["body"]["B"] = json!("AAAA");
            app.database.put_raw(&item).unwrap();
        }
    }
    app.platform.store.forget_decoded();
    toggle(&app, policies(&app)[1]);
    app.pass(1).await;
    let [change] = &changes(&owner, "").await[..] else { panic!("one change") };
    assert_eq!(
        (&change["kind"], &change["resource"], &change["itemId"]),
        (&json!("uncompared"), &json!("policies"), &json!(""))
    );
    toggle(&app, policies(&app)[1]);
    app.pass(1).await;
    assert_eq!(changes(&owner, "?kind=updated").await.len(), 1, "and from then on it is compared again");
}
