//! Acknowledging from a message: whoever has its link takes that one alert on, once, and nothing else.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::channel::Channel;
use platform_core::ids::{AlertId, TenantId};
use platform_core::link::LinkPurpose;
use platform_tests::{Answer, Member, TestApp};
use serde_json::{Value, json};

const SHOW: &str = "/api/alerts/acknowledgement/show";
const ACKNOWLEDGE: &str = "/api/alerts/acknowledgement";
const CHANNELS: &str = "/api/alerts/channels";

/// A platform whose rule tells by mail, webhook and a Slack of the tenant; a peer has just gone. With the id of the channel.
async fn told() -> (TestApp, Member, Value) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let slack =
        json!({ "name": "Night shift", "config": { "type": "slack", "webhook": format!("{}/s", app.receiver.url()) } });
    let slack = owner.post(CHANNELS, slack).await.expect(201);
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 }, "channelIds": [slack["id"]] })).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    (app, owner, slack["id"].clone())
}

/// The token of a link in a text.
fn token_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("/acknowledge#token=")?;
    Some(rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect())
}

fn in_mail(app: &TestApp) -> String {
    token_in(&app.mailbox.latest("ops@acme.example").text).expect("a mail about what is wrong has a link")
}

fn in_slack(app: &TestApp) -> String {
    let received = app.receiver.received();
    received.iter().rev().find_map(|message| token_in(&message.body.to_string())).expect("Slack has a link")
}

async fn show(app: &TestApp, token: &str) -> Answer {
    app.anybody.post(SHOW, json!({ "token": token })).await
}

async fn press(app: &TestApp, token: &str) -> Answer {
    app.anybody.post(ACKNOWLEDGE, json!({ "token": token, "message": " On my way " })).await
}

async fn alert(app: &TestApp, owner: &Member) -> Value {
    let id = app.alerts(owner).await[0]["id"].as_str().unwrap().to_owned();
    owner.get(&format!("/api/alerts/{id}")).await.expect(200)
}

async fn act(owner: &Member, alert: &Value, step: &str, body: Value) {
    owner.post(&format!("/api/alerts/{}/{step}", alert["id"].as_str().unwrap()), body).await.expect(200);
}

#[tokio::test]
async fn a_press_acknowledges_and_says_by_which_link() {
    let (app, owner, _) = told().await;
    let token = in_mail(&app);
    let shown = show(&app, &token).await.expect(200);
    assert_eq!(
        (&shown["status"], &shown["target"], &shown["acknowledgedNow"], &shown["accountName"]),
        (&json!("open"), &json!("ops@acme.example"), &json!(false), &alert(&app, &owner).await["accountName"])
    );
    assert_eq!(alert(&app, &owner).await["status"], "open", "looking does nothing");
    let done = press(&app, &token).await.expect(200);
    assert_eq!((&done["status"], &done["acknowledgedNow"]), (&json!("acknowledged"), &json!(true)));
    assert_eq!(done["acknowledgedBy"], "link sent to ops@acme.example");

    let now = alert(&app, &owner).await;
    assert_eq!(now["acknowledgedBy"]["name"], "link sent to ops@acme.example");
    let row = now["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&row["event"], &row["message"]), (&json!("acknowledged"), &json!("On my way")));
    let trail = owner.get("/api/audit/logs?action=alert.acknowledge").await.expect(200);
    assert_eq!(trail.as_array().map(Vec::len), Some(1));
    assert!(trail.to_string().contains("link sent to ops@acme.example"), "{trail:#}");

    // Whoever presses again, or the link of another message, is told who was faster.
    for token in [token, in_slack(&app)] {
        let again = press(&app, &token).await.expect(200);
        assert_eq!((&again["acknowledgedNow"], &again["acknowledgedAt"]), (&json!(false), &done["acknowledgedAt"]));
    }
    assert_eq!(alert(&app, &owner).await["history"].as_array().unwrap().len(), 2);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn people_get_links_and_programs_none() {
    let (app, owner, _) = told().await;
    let mail = app.mailbox.latest("ops@acme.example");
    assert!(mail.text.contains("Acknowledge: http"), "{}", mail.text);
    for message in app.receiver.received().iter().filter(|message| message.is_signed) {
        assert_eq!(token_in(&message.body.to_string()), None, "a webhook has no link");
    }
    let linked = token_in(&show(&app, &in_slack(&app)).await.expect(200).to_string());
    assert_eq!(linked, None);
    assert_eq!(show(&app, &in_slack(&app)).await.expect(200)["target"], "Night shift (127.0.0.1)");
    // Nothing of a token is kept, and what is over has no link.
    let token = in_mail(&app);
    assert!(app.stored().iter().all(|item| !item.contains(&token)));
    app.connect(&app.peers()[..1]);
    app.pass(1).await;
    let over = app.mailbox.latest("ops@acme.example");
    assert!(over.subject.contains("Resolved") && token_in(&over.text).is_none(), "{}", over.text);
    let shown = press(&app, &token).await.expect(200);
    assert_eq!((&shown["status"], &shown["acknowledgedNow"]), (&json!("resolved"), &json!(false)));
    assert_eq!(alert(&app, &owner).await["history"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_link_is_good_once_and_for_three_days() {
    let (app, owner, _) = told().await;
    let token = in_mail(&app);
    let open = alert(&app, &owner).await;
    let until = |hours| json!({ "until": app.now() + SignedDuration::from_hours(hours) });
    act(&owner, &open, "suppress", until(1)).await;
    let shown = press(&app, &token).await.expect(200);
    assert_eq!((&shown["status"], &shown["acknowledgedNow"]), (&json!("suppressed"), &json!(false)));
    act(&owner, &open, "reopen", json!({})).await;
    assert_eq!(press(&app, &token).await.expect(200)["acknowledgedNow"], true);
    // Open again, it is news: the old link is used up, and so is one that nobody pressed.
    act(&owner, &open, "suppress", until(1)).await;
    act(&owner, &open, "reopen", json!({})).await;
    for token in [&token, &in_slack(&app)] {
        press(&app, token).await.refused(410, "link-expired");
        show(&app, token).await.refused(410, "link-expired");
    }
    assert_eq!(alert(&app, &owner).await["status"], "open");

    app.pass(1).await;
    app.disconnect(&app.peers()[1..2]);
    app.pass(1).await;
    let later = in_mail(&app);
    show(&app, &later).await.expect(200);
    app.skip(SignedDuration::from_hours(72));
    show(&app, &later).await.refused(410, "link-expired");
    press(&app, &later).await.refused(410, "link-expired");
}

#[tokio::test]
async fn what_is_no_link_of_this_alert_is_one_and_the_same_problem() {
    let (app, owner, channel) = told().await;
    let token = in_mail(&app);
    let mut other = token.clone();
    let last = if other.ends_with('A') { 'B' } else { 'A' };
    other.replace_range(42.., &last.to_string());
    let theirs = app.tenant("Stranger").await;
    let id: AlertId = alert(&app, &owner).await["id"].as_str().unwrap().parse().unwrap();
    let link = |tenant: TenantId, alert: AlertId| LinkPurpose::AcknowledgeAlert {
        tenant,
        alert,
        route: Channel::Email.into(),
        target: "eve@example.com".into(),
        sent_at: app.now(),
    };
    let foreign = app.link(link(theirs.tenant, id)).await;
    let reset =
        LinkPurpose::ResetPassword { user: owner.user, email: owner.email.parse().unwrap(), password_changed_at: None };
    let reset = app.link(reset).await;
    let mut told = Vec::new();
    for token in [other.as_str(), "", "short", &foreign, &reset] {
        for answer in [show(&app, token).await, press(&app, token).await] {
            let mut problem = answer.refused(410, "link-expired");
            for field in ["instance", "requestId"] {
                problem.as_object_mut().unwrap().remove(field);
            }
            told.push(problem);
        }
    }
    assert!(told.iter().all(|problem| *problem == told[0]), "{told:#?}");
    // The link is for its own purpose.
    let body = json!({ "token": token, "accept": true });
    app.anybody.post("/api/recipients/answer", body).await.refused(410, "link-expired");
    assert_eq!(alert(&app, &owner).await["status"], "open");
    // Wrong messages are named, and nothing is done.
    let long = json!({ "token": token, "message": "x".repeat(1_001) });
    let refused = app.anybody.post(ACKNOWLEDGE, long).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/message");

    // A channel that is gone takes its links with it; the others stay.
    let slack = in_slack(&app);
    for rule in owner.get("/api/alerts/rules").await.expect(200).as_array().unwrap() {
        let mut body =
            json!({ "channelIds": [], "notificationConfig": { "email": rule["notificationConfig"]["email"] } });
        for field in ["name", "conditionType", "conditionConfig", "severity"] {
            body[field] = rule[field].clone();
        }
        owner.call("PUT", &format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap()), Some(body)).await.expect(200);
    }
    owner.delete(&format!("{CHANNELS}/{}", channel.as_str().unwrap())).await.expect(204);
    press(&app, &slack).await.refused(410, "link-expired");
    show(&app, &token).await.expect(200);
    // So does the tenant.
    let store = &app.platform.store;
    let mut tenant = store.tenant(owner.tenant).await.unwrap().unwrap();
    tenant.deleted_at = Some(app.now());
    let mut transaction = store.transaction();
    transaction.replace_tenant(&mut tenant).unwrap();
    transaction.commit().await.unwrap();
    press(&app, &token).await.refused(410, "link-expired");
}

#[tokio::test]
async fn two_who_press_at_once_are_one() {
    let (app, owner, _) = told().await;
    let (mail, slack) = (in_mail(&app), in_slack(&app));
    let (one, other) = tokio::join!(press(&app, &mail), press(&app, &slack));
    let pressed = [one.expect(200), other.expect(200)];
    assert_eq!(pressed.iter().filter(|answer| answer["acknowledgedNow"] == true).count(), 1, "{pressed:#?}");
    let viewer = app.member(&owner, Role::Viewer).await;
    let events = alert(&app, &viewer).await["history"].as_array().unwrap().len();
    assert_eq!(events, 2, "it is acknowledged once");
}
