//! Security check 24: secrets that are planted appear nowhere they must not: logs, queues, dead letters, the audit trail,
//! the answers to mistakes, the table.
//!
//! It listens to the whole process's log: what other tests say goes through it too.

use platform_core::access::Permission;
use platform_tests::{Authenticator, OWNER_PASSWORD, TestApp, capture_log, captured_log};
use serde_json::{Value, json};

#[tokio::test]
async fn planted_secrets_appear_nowhere() {
    const WRONG: &str = "planted-password-of-a-guess";
    const NEXT: &str = "planted password, chosen anew";
    const LAST: &str = "planted password, after a reset";
    const GUEST: &str = "planted password of a guest";
    capture_log();

    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let anybody = &app.anybody;
    let mut refusals: Vec<Value> = Vec::new();
    let mut planted: Vec<String> = [OWNER_PASSWORD, WRONG, NEXT, LAST, GUEST].map(str::to_owned).to_vec();
    let token_to = async |address: &str| {
        app.settle().await;
        app.mailbox.latest(address).token()
    };

    // Second factor, with mistakes on the way.
    let begun = owner.post("/api/auth/second-factor", json!({ "password": OWNER_PASSWORD })).await.expect(200);
    let phone = Authenticator { secret: begun["secret"].as_str().unwrap().to_owned() };
    let body = json!({ "code": "999999" });
    refusals.push(owner.post("/api/auth/second-factor/enable", body).await.refused(422, "validation"));
    let body = json!({ "code": phone.code(app.now()) });
    let enabled = owner.post("/api/auth/second-factor/enable", body).await.expect(200);
    let codes: Vec<String> =
        enabled["recoveryCodes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    let body = |password: &str, code: &str| json!({ "email": owner.email, "password": password, "code": code });
    let signed_in = anybody.post("/api/auth/login", body(OWNER_PASSWORD, &codes[0])).await.expect(200);
    for refused in [body(OWNER_PASSWORD, &codes[0]), body(WRONG, &codes[1])] {
        refusals.push(anybody.post("/api/auth/login", refused).await.refused(401, "unauthenticated"));
    }
    planted.extend(["accessToken", "refreshToken"].map(|name| signed_in[name].as_str().unwrap().to_owned()));
    planted.extend(codes.iter().cloned().chain(codes.iter().map(|code| code.replace('-', ""))));
    planted.push(phone.secret.clone());

    // An API token, and one that was made up.
    let api = app.api_token(&owner, &[Permission::AlertsRead]).await;
    planted.push(api.token().unwrap());
    api.get("/api/alerts").await.expect(200);
    refusals.push(api.get("/api/users").await.refused(403, "forbidden"));
    let mut forged = api.token().unwrap();
    forged.replace_range(8..12, "AAAA");
    refusals.push(anybody.with_token(forged.clone()).get("/api/alerts").await.refused(401, "unauthenticated"));
    planted.push(forged);

    // Links, with a mail server that refuses the first try of each.
    let change = json!({ "currentPassword": OWNER_PASSWORD, "newPassword": NEXT, "code": codes[2] });
    owner.post("/api/auth/password", change.clone()).await.expect(204);
    refusals.push(owner.post("/api/auth/password", change).await.refused(422, "validation"));
    app.settle().await;
    app.mailbox.refuse(1, true);
    anybody.post("/api/auth/password/forgot", json!({ "email": owner.email })).await.expect(202);
    app.pass(10).await;
    let reset = token_to(&owner.email).await;
    owner.post("/api/users", json!({ "email": "guest@acme.example", "role": "viewer" })).await.expect(201);
    let invitation = token_to("guest@acme.example").await;
    let body = json!({ "email": "ada@lovelace.example", "password": NEXT, "code": codes[3] });
    owner.post("/api/auth/email", body).await.expect(202);
    let email = token_to("ada@lovelace.example").await;
    let body = json!({ "tenantName": "Initech", "name": "Grace", "email": "grace@initech.example", "password": GUEST });
    anybody.post("/api/auth/sign-up", body).await.expect(202);
    let sign_up = token_to("grace@initech.example").await;
    app.mailbox.refuse(1, false);
    anybody.post("/api/auth/password/forgot", json!({ "email": owner.email })).await.expect(202);
    app.settle().await;
    for (path, body) in [
        ("/api/auth/email/confirm", json!({ "token": email })),
        ("/api/auth/password/reset", json!({ "token": reset, "password": LAST })),
        ("/api/auth/invitation/accept", json!({ "token": invitation, "name": "Guest", "password": GUEST })),
        ("/api/auth/sign-up/verify", json!({ "token": sign_up, "password": GUEST })),
    ] {
        let first = anybody.post(path, body.clone()).await;
        assert!(first.status.is_success() || path.ends_with("reset"), "{path}: {}", first.text);
        refusals.push(anybody.post(path, body).await.refused(410, "link-expired"));
    }
    planted.extend([reset, invitation, email, sign_up]);
    app.settle().await;

    let trail = app.sign_in(&owner).await.get("/api/audit/logs?limit=1000").await.expect(200);
    assert!(trail.as_array().unwrap().iter().any(|entry| entry["action"] == "second_factor.enable"), "{trail}");
    let log = captured_log();
    assert!(log.contains("mail done") && log.contains("mail not sent"), "the log is listened to");
    assert!(!log.contains(&owner.email) && !log.contains("guest@acme.example"), "nor whom mails go to");
    let queued = format!("{:?} {:?}", app.queues.ever(), app.queues.dead_letters());
    assert!(queued.contains("Mail"), "{queued}");
    let (stored, refusals, trail) = (app.stored().join("\n"), json!(refusals).to_string(), trail.to_string());
    for secret in &planted {
        assert!(!log.contains(secret.as_str()), "{secret} was logged");
        assert!(!queued.contains(secret.as_str()), "{secret} was queued");
        assert!(!refusals.contains(secret.as_str()), "{secret} was told");
        assert!(!trail.contains(secret.as_str()), "{secret} is in the audit trail");
        assert!(!stored.contains(secret.as_str()), "{secret} rests in the table");
    }
    for failure in app.queues.take_failures() {
        assert!(planted.iter().all(|secret| !failure.contains(secret.as_str())), "{failure}");
    }
}
