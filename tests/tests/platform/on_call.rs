//! On call: whom a channel leads to when a message is sent, and who hears of the end.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

const CHANNELS: &str = "/api/alerts/channels";
const ROTAS: &str = "/api/alerts/rotas";

/// The day of the story, as the clocks of UTC show it.
fn today(app: &TestApp) -> String {
    app.now().to_string()[..10].to_owned()
}

fn daily(app: &TestApp, people: &[&Member]) -> Value {
    let people: Vec<_> = people.iter().map(|member| member.user).collect();
    json!({
        "name": "Nights", "timeZone": "UTC", "handover": { "time": "00:00" }, "every": "day", "startsOn": today(app),
        "people": people,
    })
}

struct Story {
    app: TestApp,
    owner: Member,
    ada: Member,
    ben: Member,
    rota: Value,
    channel: Value,
}

/// A platform where Ada is on call today and Ben tomorrow, and a rule that tells whoever is.
async fn story() -> Story {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let (ada, ben) = (app.member(&owner, Role::Viewer).await, app.member(&owner, Role::NetworkAdmin).await);
    let rota = owner.post(ROTAS, daily(&app, &[&ada, &ben])).await.expect(201);
    let config = json!({ "type": "on_call", "rotaId": rota["id"] });
    let channel = owner.post(CHANNELS, json!({ "name": "Whoever", "config": config })).await.expect(201);
    let rule = json!({
        "conditionConfig": { "threshold": 1, "duration": 0 }, "notificationConfig": {}, "channelIds": [channel["id"]],
    });
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    app.mailbox.forget();
    Story { app, owner, ada, ben, rota, channel }
}

impl Story {
    fn mails(&self) -> [usize; 2] {
        [&self.ada, &self.ben].map(|member| self.app.mailbox.to(&member.email).len())
    }

    async fn deliveries(&self) -> Vec<Value> {
        let answer = self.owner.get("/api/alerts/deliveries").await.expect(200);
        answer["deliveries"].as_array().unwrap().clone()
    }

    async fn rota(&self) -> Value {
        self.owner.get(&self.path()).await.expect(200)
    }

    fn path(&self) -> String {
        format!("{ROTAS}/{}", self.rota["id"].as_str().unwrap())
    }
}

#[tokio::test]
async fn whoever_is_on_call_is_told_and_hears_of_the_end_though_another_is_by_then() {
    let story = story().await;
    let app = &story.app;
    let rota = story.rota().await;
    assert_eq!(rota["onCall"]["user"]["id"], json!(story.ada.user));
    assert_eq!(rota["shifts"].as_array().unwrap().len(), 28 + 1, "{rota:#}");
    assert_eq!((&rota["until"], &rota["shifts"][1]["user"]["id"]), (&rota["shifts"][0]["to"], &json!(story.ben.user)));
    let shown = story.owner.get(CHANNELS).await.expect(200);
    assert_eq!(shown[0]["type"], "on_call");
    assert_eq!(shown[0]["config"]["rotaName"], "Nights");

    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(1).await;
    assert_eq!(story.mails(), [1, 0]);
    assert!(app.mailbox.latest(&story.ada.email).text.contains("Acknowledge"), "it has a link");
    // Tomorrow Ben is on call, and gets the reminder. That it is over both are told, once.
    app.skip(SignedDuration::from_hours(24));
    app.pass(1).await;
    assert_eq!(story.mails(), [1, 1]);
    app.connect(&[peer]);
    app.pass(1).await;
    assert_eq!(story.mails(), [2, 2]);
    let log = story.deliveries().await;
    let notes: Vec<&str> = log.iter().map(|one| one["note"].as_str().unwrap_or_default()).collect();
    assert!(notes[0].ends_with("told of it when on call"), "{notes:?}");
    assert!(notes[1].ends_with("on call by Nights") && notes[2].ends_with("on call by Nights"), "{notes:?}");
    assert!(log.iter().all(|one| one["status"] == "delivered" && one["channel"] == "on_call"), "{log:#?}");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn who_was_not_told_does_not_hear_of_the_end() {
    let story = story().await;
    let app = &story.app;
    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(1).await;
    app.skip(SignedDuration::from_hours(24));
    app.mailbox.forget();
    app.connect(&[peer]);
    app.pass(1).await;
    assert_eq!(story.mails(), [1, 0], "Ben is on call by now, and was told nothing");
}

#[tokio::test]
async fn who_is_gone_is_passed_over_and_if_nobody_is_left_that_is_seen() {
    let story = story().await;
    let app = &story.app;
    app.set_role(&story.ada, Role::Viewer, false).await;
    let rota = story.rota().await;
    assert_eq!(rota["people"][0]["absence"], "deactivated");
    assert_eq!(rota["onCall"]["user"]["id"], json!(story.ben.user));
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    assert_eq!(story.mails(), [0, 1]);
    let note = story.deliveries().await[0]["note"].as_str().unwrap().to_owned();
    assert!(note.contains("is deactivated: sent to ") && note.ends_with("who is next in Nights"), "{note}");

    story.owner.delete(&format!("/api/users/{}", story.ben.user)).await.expect(204);
    assert_eq!(story.rota().await["people"][1]["absence"], "left");
    assert_eq!(story.rota().await["onCall"], Value::Null);
    app.disconnect(&app.peers()[1..2]);
    app.pass(1).await;
    let failed = story.deliveries().await.remove(0);
    assert_eq!(failed["status"], "failed", "{failed:#}");
    assert!(failed["lastError"].as_str().unwrap().starts_with("nobody of Nights is on call"), "{failed:#}");

    // Who left may stay in the rota, and nobody who was never there comes in.
    let mut body = daily(app, &[&story.ada, &story.ben]);
    story.owner.call("PUT", &story.path(), Some(body.clone())).await.expect(200);
    body["people"] = json!([story.ada.user, story.rota["id"]]);
    let refused = story.owner.call("PUT", &story.path(), Some(body)).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/people/1");
}

#[tokio::test]
async fn who_stands_in_is_told_instead() {
    let story = story().await;
    let app = &story.app;
    let mut body = daily(app, &[&story.ada, &story.ben]);
    let to = app.now() + SignedDuration::from_hours(1);
    body["overrides"] = json!([{ "userId": story.ben.user, "from": app.now(), "to": to }]);
    let changed = story.owner.call("PUT", &story.path(), Some(body.clone())).await.expect(200);
    assert_eq!((&changed["onCall"]["user"]["id"], &changed["until"]), (&json!(story.ben.user), &json!(to)));
    assert_eq!(changed["shifts"][0]["isOverride"], true);
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    assert_eq!(story.mails(), [0, 1]);

    // Sent back it stays the same override, and is dropped once it is over.
    body["overrides"][0]["id"] = changed["overrides"][0]["id"].clone();
    let again = story.owner.call("PUT", &story.path(), Some(body.clone())).await.expect(200);
    assert_eq!(again["overrides"], changed["overrides"]);
    app.skip(SignedDuration::from_hours(2));
    let over = story.owner.call("PUT", &story.path(), Some(body)).await.expect(200);
    assert_eq!(over["overrides"], json!([]));
}

#[tokio::test]
async fn a_rota_that_a_channel_names_stays_and_names_are_used_once() {
    let story = story().await;
    let (app, owner) = (&story.app, &story.owner);
    let refused = owner.delete(&story.path()).await.refused(409, "conflict");
    assert!(refused["detail"].as_str().unwrap().contains("Whoever"), "{refused:#}");
    let mut body = daily(app, &[&story.ada]);
    body["name"] = json!(" nights ");
    let twice = owner.post(ROTAS, body.clone()).await.refused(422, "validation");
    assert_eq!(twice["errors"][0]["pointer"], "/name");
    let nobodys = json!({ "type": "on_call", "rotaId": story.channel["id"] });
    let refused = owner.post(CHANNELS, json!({ "name": "Other", "config": nobodys })).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/config/rotaId");
    for n in 1..20 {
        body["name"] = json!(format!("Rota {n}"));
        owner.post(ROTAS, body.clone()).await.expect(201);
    }
    body["name"] = json!("One too many");
    owner.post(ROTAS, body).await.refused(409, "conflict");
    assert_eq!(owner.get(ROTAS).await.total(), Some(20));

    let channel = format!("{CHANNELS}/{}", story.channel["id"].as_str().unwrap());
    owner.post(&format!("{channel}/send-test"), json!({})).await.refused(409, "conflict");
    for rule in owner.get("/api/alerts/rules").await.expect(200).as_array().unwrap() {
        owner.delete(&format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap())).await.expect(204);
    }
    owner.delete(&channel).await.expect(204);
    owner.delete(&story.path()).await.expect(204);
    owner.get(&story.path()).await.refused(404, "not-found");
    let actions = owner.get("/api/audit/logs?action=rota.delete").await.expect(200);
    assert_eq!(actions.as_array().map(Vec::len), Some(1), "{actions:#}");
}

#[tokio::test]
async fn whom_a_provider_brought_is_asked_first() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let ada = app.member(&owner, Role::Viewer).await;
    let brought = app.member(&owner, Role::Viewer).await;
    let store = &app.platform.store;
    let mut user = store.user(brought.user).await.unwrap().unwrap();
    user.sso_tenant = Some(owner.tenant);
    let mut transaction = store.transaction();
    transaction.replace_user(&mut user).unwrap();
    transaction.commit().await.unwrap();

    let made = owner.post(ROTAS, daily(&app, &[&brought, &ada])).await.expect(201);
    app.settle().await;
    assert_eq!(app.mailbox.to(&brought.email).len(), 1, "asked whether they want alerts");
    assert_eq!(app.mailbox.to(&ada.email).len(), 0, "a member proved their address");
    assert_eq!(made["people"][0]["absence"], "unconfirmed", "{made:#}");
    assert_eq!(made["onCall"]["user"]["id"], json!(ada.user));
    app.want_alerts(owner.tenant, &brought.email).await;
    let shown = owner.get(ROTAS).await.expect(200);
    assert_eq!(shown[0]["onCall"]["user"]["id"], json!(brought.user), "{shown:#}");
}
