//! Making the platform write to people who did not ask for it, or more than anybody can read.

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::link::LinkPurpose;
use platform_tests::{Member, TestApp, long_run};
use serde_json::{Value, json};

const STRANGER: &str = "victim@elsewhere.example";

fn rule(name: &str, recipients: &[&str]) -> Value {
    json!({
        "name": name, "conditionType": "peer_offline", "conditionConfig": { "threshold": 1, "duration": 0 },
        "severity": "high",
        "notificationConfig": { "email": { "enabled": true, "recipients": recipients } },
    })
}

async fn make(owner: &Member, body: Value) {
    owner.post("/api/alerts/rules", body).await.expect(201);
}

/// A network whose first peer comes and goes.
async fn flap(app: &TestApp, times: usize) {
    let peers = app.peers();
    for _ in 0..times {
        app.disconnect(&peers[..1]);
        app.pass(1).await;
        app.connect(&peers[..1]);
        app.pass(1).await;
    }
}

fn alerts_to(app: &TestApp, address: &str) -> usize {
    app.mailbox.to(address).iter().filter(|mail| mail.subject.starts_with('[')).count()
}

async fn recipient(owner: &Member, email: &str) -> Value {
    let recipients = owner.get("/api/alerts/recipients").await.expect(200);
    let found = recipients.as_array().unwrap().iter().find(|one| one["email"] == email);
    found.cloned().unwrap_or_default()
}

async fn notes(app: &TestApp, owner: &Member) -> Vec<Value> {
    let alerts = app.alerts(owner).await;
    alerts.iter().flat_map(|alert| alert["notifications"].as_array().unwrap().clone()).collect()
}

#[tokio::test]
async fn strangers_are_asked_once_before_the_first_alert() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    app.connect_account(&ada).await;
    make(&ada, rule("Servers", &[STRANGER])).await;
    make(&ada, rule("Databases", &[STRANGER, &ada.email])).await;
    app.settle().await;
    let asked = app.mailbox.to(STRANGER);
    assert_eq!(asked.len(), 1, "once, however many rules name them");
    assert!(asked[0].subject.contains("Do you want these alerts?"), "{}", asked[0].subject);
    assert_eq!(recipient(&ada, STRANGER).await["status"], "pending");
    flap(&app, 2).await;
    assert_eq!(app.mailbox.to(STRANGER).len(), 1, "nothing but the question");
    assert!(alerts_to(&app, &ada.email) > 0, "members are told");
    let told = notes(&app, &ada).await;
    assert!(
        told.iter()
            .any(|one| one["status"] == "pending" && one["lastError"].as_str().unwrap().contains("not confirmed")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|one| one["status"] == "delivered"
            && one["note"].as_str().is_some_and(|note| note.contains("1 recipient not confirmed yet"))),
        "{told:?}"
    );

    let token = asked[0].token();
    let shown = app.anybody.post("/api/recipients/show", json!({ "token": token })).await.expect(200);
    assert_eq!(shown, json!({ "email": STRANGER, "tenantName": "Acme Networks", "status": "pending" }));
    let answer = |accept: bool| json!({ "token": token, "accept": accept });
    app.anybody.post("/api/recipients/answer", answer(true)).await.expect(204);
    assert_eq!(recipient(&ada, STRANGER).await["status"], "confirmed");
    flap(&app, 1).await;
    let told = alerts_to(&app, STRANGER);
    assert!(told > 0);
    app.anybody.post("/api/recipients/answer", answer(false)).await.expect(204);
    app.settle().await;
    flap(&app, 2).await;
    assert_eq!(alerts_to(&app, STRANGER), told, "they changed their mind");
    let id = recipient(&ada, STRANGER).await["id"].as_str().unwrap().to_owned();
    ada.post(&format!("/api/alerts/recipients/{id}/confirmation"), json!({})).await.refused(409, "conflict");
}

/// What a tenant's identity provider calls its people proves nothing.
#[tokio::test]
async fn a_provider_does_not_make_members_of_strangers() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let eve = app.member(&ada, Role::Viewer).await;
    let store = &app.platform.store;
    let mut user = store.user(eve.user).await.unwrap().unwrap();
    user.sso_tenant = Some(ada.tenant);
    let mut transaction = store.transaction();
    transaction.replace_user(&mut user).unwrap();
    transaction.commit().await.unwrap();
    make(&ada, rule("Servers", &[&eve.email])).await;
    assert_eq!(recipient(&ada, &eve.email).await["status"], "pending");
}

#[tokio::test]
async fn links_of_requests_are_for_their_purpose_and_their_tenant() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    app.settle().await;
    for body in [json!({ "token": "A".repeat(43) }), json!({ "token": "short" })] {
        app.anybody.post("/api/recipients/show", body).await.refused(410, "link-expired");
    }
    let email = ada.email.parse().unwrap();
    let reset = LinkPurpose::ResetPassword { user: ada.user, email, password_changed_at: None };
    let token = app.link(reset).await;
    let body = json!({ "token": token, "accept": true });
    app.anybody.post("/api/recipients/answer", body).await.refused(410, "link-expired");
}

#[tokio::test]
async fn a_request_is_repeated_twice_a_day_at_most() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    make(&ada, rule("Servers", &[STRANGER])).await;
    app.settle().await;
    let path =
        format!("/api/alerts/recipients/{}/confirmation", recipient(&ada, STRANGER).await["id"].as_str().unwrap());
    let answer = ada.post(&path, json!({})).await;
    assert!(answer.header("retry-after").is_some());
    answer.refused(429, "rate-limited");
    app.skip(SignedDuration::from_hours(13));
    let ada = app.sign_in(&ada).await;
    ada.post(&path, json!({})).await.expect(202);
    app.settle().await;
    assert_eq!(app.mailbox.to(STRANGER).len(), 2);
}

/// Flapping rules, in a long run 100 of them, and 20 recipients: they get what a person can read, and one message that sums up the rest.
#[tokio::test]
async fn flapping_rules_do_not_fill_mailboxes() {
    let rules = long_run(50, 100);
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    app.connect_account(&ada).await;
    let recipients: Vec<String> = (0..20).map(|number| format!("ops{number}@acme.example")).collect();
    let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
    for number in 0..rules {
        make(&ada, rule(&format!("Rule {number}"), &recipients)).await;
    }
    for email in &recipients {
        app.want_alerts(ada.tenant, email).await;
    }
    app.settle().await;
    flap(&app, 1).await;
    for email in &recipients {
        assert!(alerts_to(&app, email) <= 40, "{email} got {}", alerts_to(&app, email));
    }
    assert!(app.mailbox.mails().len() <= 1_000 + recipients.len(), "{}", app.mailbox.mails().len());
    let told = notes(&app, &ada).await;
    let held: Vec<&Value> = told.iter().filter(|one| one["status"] == "held").collect();
    assert!(held.len() > rules, "{}", held.len());
    assert!(held.iter().all(|one| one["note"].as_str().unwrap().contains("limit of mail is reached")), "{:?}", held[0]);

    // The next hour begins: one message to each tells of all that was held back.
    let before = app.mailbox.mails().len();
    app.skip(SignedDuration::from_mins(61));
    app.tick().await;
    app.pass(2).await;
    let summaries: Vec<_> =
        app.mailbox.mails()[before..].iter().filter(|mail| mail.subject.contains("held back")).cloned().collect();
    assert_eq!(summaries.len(), recipients.len(), "one each");
    assert!(summaries[0].text.contains("offline"), "{}", summaries[0].text);
    let alerts = format!("https://platform.example/t/{}/alerts", ada.tenant);
    assert!(summaries[0].text.contains(&alerts), "{}", summaries[0].text);
    app.pass(5).await;
    let after = app.mailbox.mails().iter().filter(|mail| mail.subject.contains("held back")).count();
    assert_eq!(after, recipients.len(), "and only once");
}

/// However many tenants there are: who is named by all of them gets no more than one reader can read.
#[tokio::test]
async fn one_mailbox_has_one_limit_over_all_tenants() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let mut owners = vec![ada];
    owners.push(app.tenant("Globex").await);
    owners.push(app.tenant("Initech").await);
    owners.push(app.tenant("Hooli").await);
    for owner in &owners {
        app.connect_account(owner).await;
        for number in 0..12 {
            make(owner, rule(&format!("Rule {number}"), &[STRANGER])).await;
        }
        app.want_alerts(owner.tenant, STRANGER).await;
    }
    app.settle().await;
    flap(&app, 2).await;
    // And a few of each tenant in any case, so that none of them is silenced by the others.
    assert_eq!(alerts_to(&app, STRANGER), 120 + 5 * owners.len());
}

#[tokio::test]
async fn a_hundred_and_thirty_invitations_to_one_address_are_a_few() {
    let app = TestApp::start().await;
    let mut tenants = vec![app.set_up().await];
    for number in 0..8 {
        tenants.push(app.tenant(&format!("Tenant {number}")).await);
    }
    let (mut invited, mut refused) = (0, 0);
    for owner in &tenants {
        for _ in 0..15 {
            let made = owner.post("/api/users", json!({ "email": STRANGER, "role": "viewer" })).await;
            match made.status.as_u16() {
                201 => {
                    invited += 1;
                    let id = made.body["id"].as_str().unwrap().to_owned();
                    owner.delete(&format!("/api/users/{id}")).await.expect(204);
                    let again = owner.post("/api/users", json!({ "email": STRANGER, "role": "viewer" })).await;
                    if again.status.is_success() {
                        let id = again.body["id"].as_str().unwrap().to_owned();
                        owner.post(&format!("/api/users/{id}/invitation"), json!({})).await;
                        app.settle().await;
                        owner.delete(&format!("/api/users/{id}")).await.expect(204);
                    }
                }
                429 => refused += 1,
                other => panic!("{other}: {}", made.text),
            }
        }
    }
    assert!(invited > 0 && refused > 0, "each tenant may a few times, and is told when it is too often");
    let mails = app.mailbox.to(STRANGER).len();
    assert!(mails <= 20, "{mails} mails");
}

#[tokio::test]
async fn nothing_that_others_named_becomes_a_link() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let phish = "https://evil.example/login www.evil.example";
    app.network().change(|network, now| {
        network.add_peer(phish, "servers", now);
        network.connect(&[phish], now);
    });
    app.connect_account(&ada).await;
    make(&ada, rule(phish, &[&ada.email])).await;
    app.pass(1).await;
    app.disconnect(&[phish]);
    app.pass(2).await;
    let mails = app.mailbox.to(&ada.email);
    let alert = mails.iter().find(|mail| mail.subject.starts_with('[')).unwrap();
    assert!(!alert.text.contains("evil.example") && !alert.subject.contains("evil.example"), "{}", alert.text);
    let link = format!("https://platform.example/t/{}/alerts/", ada.tenant);
    assert!(alert.text.contains(&link), "our own link stays");
}
