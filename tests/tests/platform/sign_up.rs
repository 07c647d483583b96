//! Signing up, forgotten passwords and invitations: what a mail's link leads to, and what nobody may learn from asking.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use http::StatusCode;
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_runtime::queue::Message;
use platform_tests::{Answer, Client, Member, OWNER_PASSWORD, Options, TestApp};
use serde_json::{Value, json};

const OWNER: &str = "ada@acme.example";
const GRACE: &str = "grace@initech.example";
const PASSWORD: &str = "velvet harbour tuba nineteen";
const ANOTHER: &str = "seven quiet lanterns by the sea";

async fn login(client: &Client, email: &str, password: &str) -> Answer {
    client.post("/api/auth/login", json!({ "email": email, "password": password })).await
}

async fn sign_up(client: &Client, email: &str) -> Answer {
    let body = json!({ "tenantName": "Initech", "name": "Grace", "email": email, "password": PASSWORD });
    client.post("/api/auth/sign-up", body).await
}

async fn verify(client: &Client, token: &str) -> Answer {
    client.post("/api/auth/sign-up/verify", json!({ "token": token, "password": PASSWORD })).await
}

async fn forgot(client: &Client, email: &str) -> Answer {
    client.post("/api/auth/password/forgot", json!({ "email": email })).await
}

async fn reset(client: &Client, token: &str, password: &str) -> Answer {
    client.post("/api/auth/password/reset", json!({ "token": token, "password": password })).await
}

/// An answer without what names the request.
fn essence(answer: &Answer) -> (StatusCode, Value, Vec<String>) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("requestId");
    }
    let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    (answer.status, body, names)
}

#[tokio::test]
async fn a_tenant_is_there_once_its_owners_address_is_proven() {
    let app = TestApp::start().await;
    assert_eq!(sign_up(&app.anybody, GRACE).await.expect(202), json!({}));
    app.settle().await;
    login(&app.anybody, GRACE, PASSWORD).await.refused(401, "unauthenticated");
    let mail = app.mailbox.latest(GRACE);
    assert!(mail.subject.contains("Confirm your email address"), "{}", mail.subject);
    assert!(mail.text.contains("https://platform.example/sign-up/verify#token="), "{}", mail.text);
    let token = mail.token();
    assert!(token.len() >= 43, "256 random bits");
    assert!(app.stored().iter().all(|item| !item.contains(&token) && !item.contains(PASSWORD)), "only hashes rest");

    let done = verify(&app.anybody, &token).await.expect(201);
    assert_eq!(done, json!({ "tenantName": "Initech", "email": GRACE }));
    let user = login(&app.anybody, GRACE, PASSWORD).await.expect(200)["user"].clone();
    assert_eq!(
        (&user["tenantName"], &user["role"], &user["name"]),
        (&json!("Initech"), &json!("owner"), &json!("Grace"))
    );
    verify(&app.anybody, &token).await.refused(410, "link-expired");
    app.settle().await;
    assert_eq!(app.mailbox.to(GRACE).len(), 1);
    assert!(app.stored().iter().all(|item| !item.contains("\"MAIL#")), "nothing waits any more");
}

#[tokio::test]
async fn a_link_that_is_followed_twice_at_once_makes_one_tenant() {
    let app = TestApp::start().await;
    sign_up(&app.anybody, GRACE).await.expect(202);
    app.settle().await;
    let token = app.mailbox.latest(GRACE).token();
    let (one, two) = tokio::join!(verify(&app.anybody, &token), verify(&app.anybody, &token));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410]);
    assert_eq!(login(&app.anybody, GRACE, PASSWORD).await.expect(200)["user"]["tenants"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_sign_up_with_a_known_address_is_told_to_its_owner_only() {
    let app = TestApp::start().await;
    app.set_up().await;
    let meter = app.database.meter();
    meter.take();
    let unknown = sign_up(&app.anybody, GRACE).await;
    let calls_unknown = meter.take().2;
    let known = sign_up(&app.anybody, OWNER).await;
    let calls_known = meter.take().2;
    assert_eq!(essence(&unknown), essence(&known));
    assert_eq!(calls_unknown, calls_known, "the table is asked as often");
    app.settle().await;
    let mail = app.mailbox.latest(OWNER);
    assert!(mail.subject.contains("already have an account"), "{}", mail.subject);
    assert!(!mail.text.contains("token="));
    assert_eq!(app.stored().iter().filter(|item| item.contains("SIGNUP#")).count(), 1, "only the other one waits");
    login(&app.anybody, OWNER, PASSWORD).await.refused(401, "unauthenticated");

    // Two sign-ups of one address: the second to be proven comes too late.
    sign_up(&app.anybody, GRACE).await.expect(202);
    app.settle().await;
    let tokens: Vec<String> = app.mailbox.to(GRACE).iter().map(platform_tests::Mail::token).collect();
    verify(&app.anybody, &tokens[1]).await.expect(201);
    verify(&app.anybody, &tokens[0]).await.refused(410, "link-expired");
}

#[tokio::test]
async fn links_end() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    sign_up(&app.anybody, GRACE).await.expect(202);
    forgot(&app.anybody, OWNER).await.expect(202);
    let invited = owner.post("/api/users", json!({ "email": "new@acme.example", "role": "viewer" })).await.expect(201);
    app.settle().await;
    let [sign_up_link, reset_link, invitation] =
        [GRACE, OWNER, "new@acme.example"].map(|to| app.mailbox.latest(to).token());
    app.skip(SignedDuration::from_mins(59));
    reset(&app.anybody, &reset_link, "too short").await.refused(422, "validation");
    app.skip(SignedDuration::from_mins(1));
    reset(&app.anybody, &reset_link, ANOTHER).await.refused(410, "link-expired");
    app.skip(SignedDuration::from_hours(23));
    verify(&app.anybody, &sign_up_link).await.refused(410, "link-expired");
    let show = async |token: &str| app.anybody.post("/api/auth/invitation", json!({ "token": token })).await;
    app.skip(SignedDuration::from_hours(6 * 24) - SignedDuration::from_secs(1));
    show(&invitation).await.expect(200);
    app.skip(SignedDuration::from_secs(1));
    show(&invitation).await.refused(410, "link-expired");
    let path = format!("/api/users/{}/invitation", invited["id"].as_str().unwrap());
    owner.post(&path, json!({})).await.refused(404, "not-found");

    // A link for one thing is good for no other.
    forgot(&app.anybody, OWNER).await.expect(202);
    app.settle().await;
    let token = app.mailbox.latest(OWNER).token();
    verify(&app.anybody, &token).await.refused(410, "link-expired");
    show(&token).await.refused(410, "link-expired");
    for bad in ["", "x", &"x".repeat(43), &"x".repeat(100_000)] {
        reset(&app.anybody, bad, ANOTHER).await.refused(410, "link-expired");
    }
    reset(&app.anybody, &token, ANOTHER).await.expect(204);
}

#[tokio::test]
async fn where_sign_up_is_closed_nobody_signs_up() {
    let app = TestApp::start_with(Options { open_sign_up: false, ..Options::default() }).await;
    assert_eq!(app.anybody.get("/api/setup").await.expect(200)["signUp"], false);
    sign_up(&app.anybody, GRACE).await.refused(403, "sign-up-closed");
    app.settle().await;
    assert!(app.mailbox.mails().is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_a_sign_up_is_said_of_each_field() {
    let app = TestApp::start().await;
    let body = json!({ "tenantName": " ", "name": "", "email": "grace", "password": "fourteen chars" });
    let problem = app.anybody.post("/api/auth/sign-up", body).await.refused(422, "validation");
    let pointers: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/tenantName", "/name", "/email", "/password"]);
    // Check 2: the most common, those of the context, and repeated ones.
    for bad in ["passwordpassword", "grace@initech.example", "Initech-Initech", "1234567890qwertyuiop"] {
        let body = json!({ "tenantName": "Initech", "name": "Grace", "email": GRACE, "password": bad });
        let answer = app.anybody.from_ip([198, 51, 100, 4]).post("/api/auth/sign-up", body).await;
        assert_eq!(answer.refused(422, "validation")["errors"][0]["pointer"], "/password", "{bad}");
    }
}

#[tokio::test]
async fn nobodys_mailbox_is_filled_by_strangers() {
    let app = TestApp::start().await;
    app.set_up().await;
    for number in 0..8 {
        let client = app.anybody.from_ip([198, 51, 100, number]);
        sign_up(&client, GRACE).await.expect(202);
        forgot(&client, OWNER).await.expect(202);
    }
    app.settle().await;
    assert_eq!((app.mailbox.to(GRACE).len(), app.mailbox.to(OWNER).len()), (5, 3));
    app.skip(SignedDuration::from_hours(1));
    forgot(&app.anybody, OWNER).await.expect(202);
    app.settle().await;
    assert_eq!(app.mailbox.to(OWNER).len(), 4, "later it works again");

    for number in 0..10 {
        sign_up(&app.anybody, &format!("victim{number}@initech.example")).await.expect(202);
    }
    let answer = sign_up(&app.anybody, "victim10@initech.example").await;
    assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() <= 3600);
    answer.refused(429, "rate-limited");
    let crowd = app.anybody.from_ip([192, 0, 2, 1]);
    for number in 0..20 {
        forgot(&crowd, &format!("victim{number}@initech.example")).await.expect(202);
    }
    forgot(&crowd, "victim20@initech.example").await.refused(429, "rate-limited");
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_and_ends_every_session() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let first = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let meter = app.database.meter();
    meter.take();
    let known = forgot(&app.anybody, OWNER).await;
    let calls_known = meter.take().2;
    let unknown = forgot(&app.anybody, "nobody@acme.example").await;
    let calls_unknown = meter.take().2;
    assert_eq!(essence(&known), essence(&unknown));
    assert_eq!(calls_known, calls_unknown, "the table is asked as often");
    forgot(&app.anybody, OWNER).await.expect(202);
    app.settle().await;
    assert!(app.mailbox.to("nobody@acme.example").is_empty());
    let [one, two]: [String; 2] =
        app.mailbox.to(OWNER).iter().map(platform_tests::Mail::token).collect::<Vec<_>>().try_into().unwrap();

    let refusal = reset(&app.anybody, &one, "fourteen chars").await.refused(422, "validation");
    assert_eq!(refusal["errors"][0]["pointer"], "/password");
    reset(&app.anybody, &one, "Acme Networks Acme Networks").await.refused(422, "validation");
    reset(&app.anybody, &one, ANOTHER).await.expect(204);
    owner.get("/api/auth/profile").await.refused(401, "unauthenticated");
    let refresh = json!({ "refreshToken": first["refreshToken"] });
    app.anybody.post("/api/auth/refresh", refresh).await.refused(401, "unauthenticated");
    login(&app.anybody, OWNER, OWNER_PASSWORD).await.refused(401, "unauthenticated");
    login(&app.anybody, OWNER, ANOTHER).await.expect(200);
    reset(&app.anybody, &one, PASSWORD).await.refused(410, "link-expired");
    reset(&app.anybody, &two, PASSWORD).await.refused(410, "link-expired");
    app.settle().await;
    assert!(app.mailbox.latest(OWNER).subject.contains("password was changed"));
    let trail = app.sign_in(&owner).await.get("/api/audit/logs").await.expect(200);
    assert!(trail.as_array().unwrap().iter().any(|entry| entry["action"] == "password.reset"), "{trail}");
}

#[tokio::test]
async fn a_reset_leaves_the_second_factor_on() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let phone = app.plant_second_factor(&owner).await;
    forgot(&app.anybody, OWNER).await.expect(202);
    app.settle().await;
    let token = app.mailbox.latest(OWNER).token();
    reset(&app.anybody, &token, "seven77").await.refused(422, "validation");
    reset(&app.anybody, &token, "eight888 or so").await.expect(204);
    login(&app.anybody, OWNER, "eight888 or so").await.refused(401, "second-factor-required");
    let body = json!({ "email": OWNER, "password": "eight888 or so", "code": phone.code(app.now()) });
    app.anybody.post("/api/auth/login", body).await.expect(200);
}

/// Invites an address and returns the invitation's id and the token of its link.
async fn invite(app: &TestApp, owner: &Member, email: &str, role: &str) -> (String, String) {
    let invited = owner.post("/api/users", json!({ "email": email, "role": role })).await.expect(201);
    app.settle().await;
    (invited["id"].as_str().unwrap().to_owned(), app.mailbox.latest(email).token())
}

async fn accept(client: &Client, body: Value) -> Answer {
    client.post("/api/auth/invitation/accept", body).await
}

#[tokio::test]
async fn somebody_new_accepts_an_invitation() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (_, token) = invite(&app, &owner, GRACE, "network_admin").await;
    let shown = app.anybody.post("/api/auth/invitation", json!({ "token": token })).await.expect(200);
    let expected = json!({ "tenantName": "Acme Networks", "email": GRACE, "role": "network_admin", "invitedBy": "Ada", "hasAccount": false });
    assert_eq!(shown, expected);
    let refusal = accept(&app.anybody, json!({ "token": token, "password": "short" })).await.refused(422, "validation");
    assert_eq!(refusal["errors"].as_array().unwrap().len(), 2, "name and password: {refusal}");
    let body = json!({ "token": token, "name": "Grace", "password": PASSWORD });
    let (one, two) = tokio::join!(accept(&app.anybody, body.clone()), accept(&app.anybody, body.clone()));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert!(statuses == [201, 410] || statuses == [201, 401], "{statuses:?}");
    let user = login(&app.anybody, GRACE, PASSWORD).await.expect(200)["user"].clone();
    assert_eq!((&user["role"], &user["tenantId"]), (&json!("network_admin"), &json!(owner.tenant.uuid())));
    accept(&app.anybody, body).await.refused(410, "link-expired");
    app.anybody.post("/api/auth/invitation", json!({ "token": token })).await.refused(410, "link-expired");
}

#[tokio::test]
async fn somebody_with_an_account_joins_by_its_password_and_code() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let other = app.tenant("Globex").await;
    let phone = app.plant_second_factor(&other).await;
    let (_, token) = invite(&app, &owner, &other.email, "viewer").await;
    let shown = app.anybody.post("/api/auth/invitation", json!({ "token": token })).await.expect(200);
    assert_eq!(shown["hasAccount"], true);
    let with = |password: &str, code: Option<&str>| json!({ "token": token, "password": password, "code": code });
    accept(&app.anybody, with(PASSWORD, None)).await.refused(401, "unauthenticated");
    accept(&app.anybody, with(OWNER_PASSWORD, None)).await.refused(401, "second-factor-required");
    accept(&app.anybody, with(OWNER_PASSWORD, Some("000000"))).await.refused(401, "unauthenticated");
    let code = phone.code(app.now());
    let joined = accept(&app.anybody, with(OWNER_PASSWORD, Some(&code))).await.expect(201);
    let expected = json!({ "tenantId": owner.tenant.uuid(), "tenantName": "Acme Networks", "email": other.email });
    assert_eq!(joined, expected);
    assert_eq!(other.get("/api/auth/profile").await.expect(200)["tenants"].as_array().unwrap().len(), 2);
    let body = json!({ "email": other.email, "password": OWNER_PASSWORD, "code": code });
    app.anybody.post("/api/auth/login", body).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn only_the_link_that_was_sent_last_is_good() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (id, first) = invite(&app, &owner, GRACE, "viewer").await;
    owner.post(&format!("/api/users/{id}/invitation"), json!({})).await.expect(200);
    let show = async |token: &str| app.anybody.post("/api/auth/invitation", json!({ "token": token })).await;
    show(&first).await.refused(410, "link-expired");
    app.settle().await;
    let second = app.mailbox.latest(GRACE).token();
    assert_ne!(first, second);
    show(&first).await.refused(410, "link-expired");
    show(&second).await.expect(200);
    owner.delete(&format!("/api/users/{id}")).await.expect(204);
    show(&second).await.refused(410, "link-expired");
    let body = json!({ "token": second, "name": "Grace", "password": PASSWORD });
    accept(&app.anybody, body).await.refused(410, "link-expired");
}

#[tokio::test]
async fn whoever_is_a_member_already_is_let_through() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let other = app.tenant("Globex").await;
    let (_, token) = invite(&app, &owner, &other.email, "admin").await;
    app.join(&other, owner.tenant, Role::Viewer).await;
    let body = json!({ "token": token, "password": OWNER_PASSWORD });
    accept(&app.anybody, body).await.expect(201);
    let membership = app.platform.store.membership(owner.tenant, other.user).await.unwrap().unwrap();
    assert_eq!(membership.role, Role::Viewer, "an invitation changes nobody's role");
}

#[tokio::test]
async fn a_mail_outlives_a_mail_server_that_is_down_and_is_sent_once() {
    let app = TestApp::start().await;
    app.set_up().await;
    app.mailbox.refuse(2, true);
    sign_up(&app.anybody, GRACE).await.expect(202);
    app.settle().await;
    assert!(app.mailbox.mails().is_empty());
    app.pass(15).await;
    assert_eq!(app.mailbox.to(GRACE).len(), 1);
    verify(&app.anybody, &app.mailbox.latest(GRACE).token()).await.expect(201);

    // A queue delivers at least once.
    forgot(&app.anybody, OWNER).await.expect(202);
    app.settle().await;
    for message in app.queues.ever().into_iter().filter(|message| matches!(message, Message::Mail { .. })) {
        app.queues.put(message);
    }
    app.settle().await;
    assert_eq!((app.mailbox.to(OWNER).len(), app.mailbox.to(GRACE).len()), (1, 1));

    // What the mail server will never take is given up, and so is what it does not take for hours.
    app.mailbox.refuse(1, false);
    forgot(&app.anybody, OWNER).await.expect(202);
    app.settle().await;
    app.mailbox.refuse(1000, true);
    forgot(&app.anybody, OWNER).await.expect(202);
    app.pass(6 * 60).await;
    assert_eq!(app.mailbox.to(OWNER).len(), 1);
    assert!(app.stored().iter().all(|item| !item.contains("\"MAIL#")), "nothing waits for ever");
    assert!(app.queues.dead_letters().is_empty());
}
