//! Signing secrets of webhooks: another one, while the one before signs beside it for as long as was asked for.

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// A rule with a webhook of its own, or a channel of the tenant that is one and that a rule names: where it is, and its secret.
async fn signed(app: &TestApp, owner: &Member, kind: &str) -> (String, String) {
    let (made, webhook) = match kind {
        "rules" => {
            let rule = app.make_rule(owner, json!({})).await;
            let webhook = rule["notificationConfig"]["webhook"].clone();
            (rule, webhook)
        }
        _ => {
            let body = json!({ "name": "Pager", "config": { "type": "webhook", "url": app.receiver.url() } });
            let channel = owner.post("/api/alerts/channels", body).await.expect(201);
            app.make_rule(owner, json!({ "notificationConfig": {}, "channelIds": [channel["id"]] })).await;
            let webhook = channel["config"].clone();
            (channel, webhook)
        }
    };
    let secret = webhook["secret"].as_str().expect("a new secret").to_owned();
    (format!("/api/alerts/{kind}/{}", made["id"].as_str().expect("an id")), secret)
}

/// What is shown of the webhook.
fn webhook(shown: &Value) -> &Value {
    let of_rule = &shown["notificationConfig"]["webhook"];
    if of_rule.is_null() { &shown["config"] } else { of_rule }
}

fn secret(shown: &Value) -> &str {
    webhook(shown)["secret"].as_str().expect("a new secret")
}

/// Loses a peer and gets it back, and says of each message which of the secrets signed it.
async fn tell(app: &TestApp, secrets: &[&str]) -> Vec<Vec<bool>> {
    app.receiver.forget();
    let peers = &app.peers()[..1];
    app.disconnect(peers);
    app.pass(6).await;
    app.connect(peers);
    app.pass(2).await;
    let received = app.receiver.received();
    assert_eq!(received.len(), 2, "that it fired, and that it is over");
    received.iter().map(|message| secrets.iter().map(|secret| message.is_signed_with(secret)).collect()).collect()
}

#[tokio::test]
async fn both_secrets_sign_until_the_old_one_ends() {
    for kind in ["rules", "channels"] {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        app.connect_account(&owner).await;
        let (path, first) = signed(&app, &owner, kind).await;
        let rotate = format!("{path}/signing-secret");
        app.pass(1).await;
        assert_eq!(tell(&app, &[&first]).await, [[true], [true]], "{kind}");

        let rotated = owner.post(&rotate, json!({})).await.expect(200);
        let second = secret(&rotated).to_owned();
        let old = webhook(&rotated)["oldSecret"].clone();
        assert_eq!(old["until"], json!(app.now() + SignedDuration::from_hours(24)));
        assert!(
            first.ends_with(old["secretHint"].as_str().and_then(|hint| hint.strip_prefix("whsec_…")).expect("a hint"))
        );
        let shown = owner.get(&path).await.expect(200);
        assert_eq!((&webhook(&shown)["oldSecret"], webhook(&shown).get("secret")), (&old, None), "shown once");
        assert_eq!(tell(&app, &[&first, &second]).await, [[true, true], [true, true]], "{kind}");

        // What else is changed changes neither.
        app.skip(SignedDuration::from_hours(25));
        let owner = app.sign_in(&owner).await;
        app.pass(2).await;
        assert_eq!(tell(&app, &[&first, &second]).await, [[false, true], [false, true]], "{kind}");
        let shown = owner.get(&path).await.expect(200);
        assert_eq!(webhook(&shown).get("oldSecret"), None);

        // Of two old ones the elder ends; finished is finished.
        let third = secret(&owner.post(&rotate, json!({ "overlapHours": 168 })).await.expect(200)).to_owned();
        let fourth = secret(&owner.post(&rotate, json!({ "overlapHours": 1 })).await.expect(200)).to_owned();
        assert_eq!(tell(&app, &[&second, &third, &fourth]).await[0], [false, true, true], "{kind}");
        let finished = owner.post(&rotate, json!({ "finish": true })).await.expect(200);
        assert_eq!((webhook(&finished).get("secret"), webhook(&finished).get("oldSecret")), (None, None));
        assert_eq!(tell(&app, &[&third, &fourth]).await[0], [false, true], "{kind}");
        owner.post(&rotate, json!({ "finish": true })).await.refused(409, "conflict");

        // At once, for a secret that got into the wrong hands.
        let fifth = secret(&owner.post(&rotate, json!({ "overlapHours": 0 })).await.expect(200)).to_owned();
        assert_eq!(tell(&app, &[&fourth, &fifth]).await[0], [false, true], "{kind}");

        let action = format!("{}.signing-secret", kind.trim_end_matches('s'));
        let trail = owner.get(&format!("/api/audit/logs?action={action}")).await.expect(200);
        assert_eq!(trail.as_array().map(Vec::len), Some(5), "{trail:#}");
        let all = [first, second, third, fourth, fifth];
        assert!(all.iter().all(|secret| !trail.to_string().contains(secret.as_str())), "{trail:#}");
        assert!(app.stored().iter().all(|item| all.iter().all(|secret| !item.contains(secret.as_str()))), "sealed");
        assert_eq!(app.queues.take_failures(), [""; 0]);
    }
}

#[tokio::test]
async fn a_secret_that_is_entered_takes_the_place_of_both_and_other_changes_of_neither() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let (path, first) = signed(&app, &owner, "channels").await;
    app.pass(1).await;
    let rotated = owner.post(&format!("{path}/signing-secret"), json!({})).await.expect(200);
    let second = secret(&rotated).to_owned();
    let change = |config: Value| owner.call("PUT", &path, Some(json!({ "name": "Pager", "config": config })));
    change(json!({ "type": "webhook", "headers": { "x-team": "ops" } })).await.expect(200);
    assert_eq!(tell(&app, &[&first, &second]).await[0], [true, true]);
    let own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let changed = change(json!({ "type": "webhook", "secret": own })).await.expect(200);
    assert_eq!(changed["config"].get("oldSecret"), None);
    assert_eq!(tell(&app, &[&first, &second, own]).await[0], [false, false, true]);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (channel, _) = signed(&app, &owner, "channels").await;
    let (rule, _) = signed(&app, &owner, "rules").await;
    for path in [&channel, &rule] {
        let rotate = format!("{path}/signing-secret");
        for (body, pointer) in [
            (json!({ "overlapHours": 169 }), "/overlapHours"),
            (json!({ "overlapHours": -1 }), "/overlapHours"),
            (json!({ "overlapHours": "day" }), "/overlapHours"),
            (json!({ "overlapHours": 1, "finish": true }), "/finish"),
        ] {
            let refused = owner.post(&rotate, body.clone()).await.refused(422, "validation");
            assert_eq!(refused["errors"][0]["pointer"], pointer, "{body}");
        }
        // Two who rotate at once: the second would end what the first has just shown.
        let seen = owner.get(path).await;
        let tag = seen.header("etag").expect("a version").to_owned();
        let first = owner.client.with_header("if-match", &tag);
        first.post(&rotate, json!({})).await.expect(200);
        first.post(&rotate, json!({})).await.refused(412, "precondition-failed");
        let viewer = app.member(&owner, Role::Viewer).await;
        viewer.post(&rotate, json!({})).await.refused(403, "forbidden");
    }
    let chat = json!({ "name": "Ops", "config": { "type": "slack", "webhook": format!("{}/x", app.receiver.url()) } });
    let chat = owner.post("/api/alerts/channels", chat).await.expect(201);
    let rotate = format!("/api/alerts/channels/{}/signing-secret", chat["id"].as_str().expect("an id"));
    owner.post(&rotate, json!({})).await.refused(409, "conflict");
    let silent = app.make_rule(&owner, json!({ "notificationConfig": {} })).await;
    let rotate = format!("/api/alerts/rules/{}/signing-secret", silent["id"].as_str().expect("an id"));
    owner.post(&rotate, json!({})).await.refused(409, "conflict");
}
