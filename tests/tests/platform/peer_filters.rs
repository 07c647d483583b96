//! Rules choose their peers by group, name, operating system and user, and leave groups out.

use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// How many peers a filter chooses.
async fn count(owner: &Member, filter: Value) -> u64 {
    let mut config = json!({ "operator": "greater_than_or_equal", "threshold": 0 });
    let fields = config.as_object_mut().expect("it is an object");
    fields.extend(filter.as_object().expect("a filter is an object").clone());
    let body = json!({ "conditionType": "peer_count", "conditionConfig": config });
    let test = owner.post("/api/alerts/rules/test", body).await.expect(200);
    test["accounts"][0]["total"].as_u64().expect("a number")
}

async fn peers(owner: &Member) -> Vec<Value> {
    owner.get("/api/netbird/peers?limit=1000").await.expect(200).as_array().expect("a list").clone()
}

fn text<'a>(peer: &'a Value, field: &str) -> &'a str {
    peer[field].as_str().expect("a text")
}

#[tokio::test]
async fn a_rule_counts_those_that_fit_each_list() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.pass(15).await;
    let peers = peers(&owner).await;
    let number = |is: &dyn Fn(&Value) -> bool| peers.iter().filter(|peer| is(peer)).count() as u64;
    let is_server = |peer: &Value| peer["groups"].as_array().unwrap().contains(&json!("servers"));

    assert_eq!(count(&owner, json!({ "exceptGroups": ["servers"] })).await, number(&|peer| !is_server(peer)));
    let first = text(&peers[0], "name");
    let begins = &first[..4];
    assert_eq!(
        count(&owner, json!({ "names": [format!("{}*", begins.to_uppercase())] })).await,
        number(&|peer| text(peer, "name").starts_with(begins))
    );
    let is_other = |peer: &Value| {
        let first = text(peer, "os").split(' ').next().unwrap_or_default();
        ["", "Windows", "Darwin", "macOS", "iOS", "iPadOS", "Android", "FreeBSD"].contains(&first)
    };
    let linux = number(&|peer| !is_other(peer));
    assert!(linux > 0 && linux < peers.len() as u64);
    assert_eq!(count(&owner, json!({ "operatingSystems": ["linux"] })).await, linux);
    assert_eq!(count(&owner, json!({ "operatingSystems": ["linux"], "exceptGroups": ["All"] })).await, 0);
    let user = peers.iter().map(|peer| text(peer, "userId")).find(|user| !user.is_empty()).expect("somebody has one");
    let its = number(&|peer| text(peer, "userId") == user);
    assert_eq!(count(&owner, json!({ "users": [user] })).await, its);
    let users = owner.get("/api/netbird/users?limit=1000").await.expect(200);
    let known = users.as_array().unwrap().iter().find(|one| one["id"] == user).expect("it is a user");
    let email = text(known, "email").to_uppercase();
    assert_eq!(count(&owner, json!({ "users": [email] })).await, its, "by address");
    assert_eq!(
        count(&owner, json!({ "users": [user], "exceptGroups": ["laptops"] })).await,
        number(&|peer| text(peer, "userId") == user && !peer["groups"].as_array().unwrap().contains(&json!("laptops")))
    );
}

#[tokio::test]
async fn who_is_left_out_is_not_told_of_and_the_sentence_says_so() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let names = app.peers()[..2].to_vec();
    app.network().change(|network, now| {
        network.add_group("lab", now);
        assert!(network.put_into("lab", &names[..1]));
    });
    app.connect_account(&owner).await;
    let config = json!({ "threshold": 1, "duration": 0, "names": names, "exceptGroups": ["lab"] });
    let rule = app.make_rule(&owner, json!({ "conditionConfig": config })).await;
    let sentence = format!("When any peer named {} or {} and not in lab is offline", names[0], names[1]);
    assert!(rule["sentence"].as_str().unwrap().starts_with(&sentence), "{}", rule["sentence"]);
    assert_eq!(rule["groups"][0]["name"], "lab", "what is left out is followed, too");
    app.pass(1).await;
    app.disconnect(&names);
    app.pass(1).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0]["title"], format!("{} is offline", names[1]));

    // Renamed, the group is still left out, and shown under its name.
    assert!(app.network().change(|network, now| network.rename_group("lab", "attic", now)));
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await.len(), 1);
    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap());
    let shown = owner.get(&path).await.expect(200);
    assert_eq!(shown["conditionConfig"]["exceptGroups"], json!(["attic"]));

    // Gone, it leaves nobody out, which is told with what is offline now.
    assert!(app.network().change(|network, now| network.remove_group("attic", now)));
    app.pass(1).await;
    let titles: Vec<String> =
        app.alerts(&owner).await.iter().map(|alert| alert["title"].as_str().unwrap().to_owned()).collect();
    assert!(titles.contains(&format!("{} is offline", names[0])), "{titles:?}");
    assert!(titles.contains(&"Servers down leaves out a group that HQ does not have: attic".to_owned()), "{titles:?}");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_field_by_field() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.pass(15).await;
    for (config, pointer) in [
        (json!({ "names": ["**"] }), "/conditionConfig/names/0"),
        (json!({ "names": [""] }), "/conditionConfig/names/0"),
        (json!({ "names": vec!["a"; 51] }), "/conditionConfig/names"),
        (json!({ "groups": ["servers"], "exceptGroups": ["servers"] }), "/conditionConfig/exceptGroups/0"),
        (json!({ "exceptGroups": ["nowhere"] }), "/conditionConfig/exceptGroups/0"),
        (json!({ "operatingSystems": ["beos"] }), "/conditionConfig/operatingSystems/0"),
        (json!({ "users": ["nobody@acme.example"] }), "/conditionConfig/users/0"),
        (json!({ "user": ["nobody"] }), "/conditionConfig/user"),
    ] {
        let mut whole = json!({ "duration": 5 });
        whole.as_object_mut().unwrap().extend(config.as_object().unwrap().clone());
        let rule = json!({
            "name": "Wrong", "conditionType": "peer_offline", "conditionConfig": whole, "severity": "high",
            "notificationConfig": {},
        });
        let refused = owner.post("/api/alerts/rules", rule).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{config}: {refused}");
    }
}
