//! What clients send that is wrong, and what must never come back.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod alerting;

use axum::body::Body;
use http::Request;
use jiff::SignedDuration;
use platform_netbird::fake::{TokenState, Tokens};
use platform_tests::{Member, OWNER_PASSWORD, Reply, TestApp, capture_log, captured_log};
use serde_json::{Value, json};

/// Changes a valid body: sets a field by pointer, or removes it.
fn with(body: &Value, pointer: &str, to: Option<Value>) -> Value {
    let mut body = body.clone();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match to {
        Some(value) => drop(parent.insert(field.to_owned(), value)),
        None => drop(parent.remove(field)),
    }
    body
}

/// Posts a body and returns the pointers that the answer names.
async fn complaints(member: &Member, path: &str, body: Value) -> Vec<String> {
    let problem = member.post(path, body).await.refused(422, "validation");
    let errors = problem["errors"].as_array().unwrap();
    assert!(errors.iter().all(|error| !error["detail"].as_str().unwrap().is_empty()), "{problem}");
    errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
}

fn rule() -> Value {
    json!({
        "name": "Servers down",
        "conditionType": "peer_offline",
        "conditionConfig": { "threshold": 1, "duration": 5 },
        "severity": "high",
        "notificationConfig": {
            "email": { "enabled": true, "recipients": ["ops@acme.example"] },
            "webhook": { "enabled": true, "url": "https://hooks.example.com/x", "headers": { "X-Team": "ops" } },
        },
    })
}

#[tokio::test]
async fn set_up_login_and_accounts_say_which_field_is_wrong() {
    let app = TestApp::start().await;
    let setup = json!({ "tenantName": "T", "name": "N", "email": "ada@acme.example", "password": OWNER_PASSWORD });
    for (pointer, to) in [
        ("/tenantName", json!("")),
        ("/name", json!("n".repeat(101))),
        ("/email", json!("ada")),
        ("/email", json!("ada@acme.example\r\nBcc: eve@evil.example")),
        ("/password", json!("fourteen chars")),
        ("/password", json!("p".repeat(257))),
        ("/password", json!("PasswordPassword")),
        ("/password", json!("ada@acme.example")),
        ("/role", json!("owner")),
    ] {
        let problem = app.anybody.post("/api/setup", with(&setup, pointer, Some(to))).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
        assert!(!problem.to_string().contains(OWNER_PASSWORD));
    }
    let owner = app.set_up().await;
    let login = json!({ "email": "ada@acme.example", "password": OWNER_PASSWORD });
    for (pointer, to) in [
        ("/email", json!("ada")),
        ("/password", json!("p".repeat(2000))),
        ("/password", json!(7)),
        ("/otp", json!("1")),
        ("/tenantId", json!("x")),
    ] {
        assert_eq!(complaints(&owner, "/api/auth/login", with(&login, pointer, Some(to))).await, [pointer]);
    }
    let account = json!({ "name": "HQ", "baseUrl": app.netbird.url(), "apiToken": Tokens::GOOD });
    for (pointer, to) in [
        ("/name", Some(json!(""))),
        ("/baseUrl", Some(json!("netbird"))),
        ("/baseUrl", Some(json!("ftp://netbird.example"))),
        ("/apiToken", Some(json!(""))),
        ("/apiToken", Some(json!("nbp_x\r\nx-evil: 1"))),
        ("/apiToken", None),
        ("/token", Some(json!("x"))),
    ] {
        let pointers = complaints(&owner, "/api/netbird/accounts", with(&account, pointer, to.clone())).await;
        assert_eq!(pointers, [pointer], "{to:?}");
    }
    assert_eq!(owner.get("/api/netbird/accounts").await.expect(200), json!([]));
}

#[tokio::test]
async fn a_connection_that_does_not_work_says_why_and_is_not_kept() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let body = |url: &str, token: &str| json!({ "name": "HQ", "baseUrl": url, "apiToken": token });
    let good = app.netbird.url();
    for (url, token, reason) in [
        (good.as_str(), "nbp_wrong", "token_rejected"),
        (&good, Tokens::EXPIRED, "token_rejected"),
        (&good, Tokens::DELETED, "token_deleted"),
        (&good, Tokens::BLOCKED, "user_blocked"),
        (&good, Tokens::SMALL_ROLE, "permission_denied"),
        ("http://127.0.0.1:1", Tokens::GOOD, "unreachable"),
        (app.receiver.url(), Tokens::GOOD, "not_netbird"),
    ] {
        let problem = owner.post("/api/netbird/accounts", body(url, token)).await.refused(422, "netbird-connection");
        assert_eq!(problem["reason"], reason, "{problem}");
        assert!(!problem.to_string().contains(token), "{problem}");
    }
    assert_eq!(owner.get("/api/netbird/accounts").await.expect(200), json!([]));
}

#[tokio::test]
async fn a_hosted_platform_calls_no_private_address() {
    let app = TestApp::start_with(platform_tests::Options { allow_private: false, ..Default::default() }).await;
    let owner = app.set_up().await;
    for host in [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:10.0.0.1]",
        "100.64.0.1",
        "0x7f.1",
        "2130706433",
    ] {
        let body = json!({ "name": "HQ", "baseUrl": format!("https://{host}"), "apiToken": Tokens::GOOD });
        let problem = owner.post("/api/netbird/accounts", body).await.refused(422, "netbird-connection");
        assert_eq!(problem["reason"], "address_refused", "{host}: {problem}");
        if host != "localhost" {
            let url = Some(json!(format!("https://{host}/hook")));
            let pointers =
                complaints(&owner, "/api/alerts/rules", with(&rule(), "/notificationConfig/webhook/url", url)).await;
            assert_eq!(pointers, ["/notificationConfig/webhook/url"], "{host}");
        }
    }
    let clear = json!({ "name": "HQ", "baseUrl": "http://netbird.example.com", "apiToken": Tokens::GOOD });
    assert_eq!(complaints(&owner, "/api/netbird/accounts", clear).await, ["/baseUrl"], "no token travels in the clear");
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let send = async |content_type: Option<&str>, body: Vec<u8>| {
        let mut request = Request::post("/api/alerts/rules");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        owner.send(request.body(Body::from(body)).unwrap()).await
    };
    let json = Some("application/json");
    for content_type in
        [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data")]
    {
        send(content_type, rule().to_string().into()).await.refused(415, "unsupported-media-type");
    }
    for body in [&b""[..], b"{", b"{\"name\":", b"nonsense", b"\xff\xfe", b"{\"name\":\"\xff\"}"] {
        send(json, body.to_vec()).await.refused(400, "malformed-request");
    }
    send(json, format!("{} {{}}", rule()).into()).await.refused(400, "malformed-request");
    for body in [&b"[]"[..], b"7", b"null", b"\"text\""] {
        send(json, body.to_vec()).await.refused(422, "validation");
    }
    send(json, [b"[".repeat(100_000), b"]".repeat(100_000)].concat()).await.refused(422, "validation");
    let huge = with(&rule(), "/description", Some(json!("d".repeat(256 * 1024))));
    send(json, huge.to_string().into()).await.refused(413, "payload-too-large");
    send(Some("application/json; charset=utf-8"), rule().to_string().into()).await.expect(201);
}

#[tokio::test]
async fn queries_say_which_parameter_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let alert = app.plant_alerts(&owner, &account, 1, 1).await[0];
    let cursor = owner.get("/api/netbird/peers?limit=2").await.next().unwrap();
    let cursor = cursor.split_once("cursor=").unwrap().1;
    for (path, pointer) in [
        ("/api/netbird/peers?limit=0", "/limit"),
        ("/api/netbird/peers?limit=1001", "/limit"),
        ("/api/netbird/peers?limit=many", "/limit"),
        ("/api/netbird/peers?limit=-1", "/limit"),
        ("/api/netbird/peers?sort=colour", "/sort"),
        ("/api/netbird/peers?status=asleep", "/status"),
        ("/api/netbird/peers?accountId=HQ", "/accountId"),
        ("/api/netbird/peers?page=2", "/page"),
        ("/api/netbird/peers?cursor=x", "/cursor"),
        (&format!("/api/netbird/peers?sort=ip&cursor={cursor}"), "/cursor"),
        (&format!("/api/netbird/peers?search=web&cursor={cursor}"), "/cursor"),
        ("/api/netbird/groups?sort=colour", "/sort"),
        ("/api/netbird/groups?limit=0", "/limit"),
        ("/api/netbird/groups?accountId=HQ", "/accountId"),
        ("/api/netbird/groups?group=All", "/group"),
        (&format!("/api/netbird/groups?cursor={cursor}"), "/cursor"),
        ("/api/netbird/users?sort=colour", "/sort"),
        ("/api/netbird/users?isServiceUser=perhaps", "/isServiceUser"),
        ("/api/netbird/policies?sort=ports", "/sort"),
        ("/api/netbird/policies?enabled=1", "/enabled"),
        (&format!("/api/netbird/policies?cursor={cursor}"), "/cursor"),
        ("/api/netbird/events?from=yesterday", "/from"),
        ("/api/netbird/events?source=netbird,beer", "/source"),
        ("/api/dashboard/metrics?by=beer", "/by"),
        ("/api/dashboard/metrics?by=os&resolution=1m", "/resolution"),
        ("/api/dashboard/metrics?series=peer_flaps&resolution=1m", "/resolution"),
        ("/api/netbird/changes?from=yesterday", "/from"),
        ("/api/netbird/changes?resource=policies,peers", "/resource"),
        ("/api/netbird/changes?kind=renamed", "/kind"),
        ("/api/netbird/changes?limit=0", "/limit"),
        (&format!("/api/netbird/changes?kind=created&cursor={cursor}"), "/cursor"),
        (&format!("/api/netbird/events?search=x&cursor={cursor}"), "/cursor"),
        ("/api/audit/logs?user=Eve", "/user"),
        ("/api/audit/logs?what=x", "/what"),
        ("/api/audit/logs?ip=localhost", "/ip"),
        ("/api/audit/summary?from=yesterday", "/from"),
        ("/api/audit/summary?limit=1", "/limit"),
        ("/api/audit/export?format=pdf", "/format"),
        ("/api/audit/verify?month=November", "/month"),
        ("/api/audit/verify?year=2026", "/year"),
        ("/api/audit/seals?month=2026-13", "/month"),
        ("/api/audit/seals?limit=0", "/limit"),
        (&format!("/api/audit/seals?month=2026-11&cursor={cursor}"), "/cursor"),
        (&format!("/api/audit/export?cursor={cursor}"), "/cursor"),
        ("/api/netbird/peers?loginExpired=1", "/loginExpired"),
        ("/api/netbird/peers?lastSeenBefore=yesterday", "/lastSeenBefore"),
        ("/api/netbird/routes?sort=peer", "/sort"),
        ("/api/netbird/routes?enabled=1", "/enabled"),
        (&format!("/api/netbird/routes?cursor={cursor}"), "/cursor"),
        ("/api/netbird/setup-keys?sort=key", "/sort"),
        ("/api/netbird/setup-keys?kind=reusable", "/kind"),
        (&format!("/api/netbird/setup-keys?cursor={cursor}"), "/cursor"),
        ("/api/netbird/nameservers?primary=true", "/primary"),
        (&format!("/api/netbird/nameservers?cursor={cursor}"), "/cursor"),
        ("/api/netbird/posture-checks?sort=checks", "/sort"),
        (&format!("/api/netbird/posture-checks?cursor={cursor}"), "/cursor"),
        ("/api/netbird/settings?accountId=HQ", "/accountId"),
        ("/api/access/matrix?accountId=HQ", "/accountId"),
        ("/api/access/matrix?protocol=sctp", "/protocol"),
        ("/api/access/matrix?port=65536", "/port"),
        ("/api/access/matrix?protocol=icmp&port=1", "/port"),
        ("/api/access/matrix?groups=", "/groups"),
        ("/api/access/matrix?groups=a,,b", "/groups"),
        (
            &format!(
                "/api/access/matrix?groups={}",
                (0..201).map(|nth| format!("g{nth}")).collect::<Vec<_>>().join(",")
            ),
            "/groups",
        ),
        ("/api/access/reviews?accountId=HQ", "/accountId"),
        ("/api/access/reviews?status=closed", "/status"),
        (&format!("/api/access/reviews?cursor={cursor}"), "/cursor"),
        ("/api/dashboard/topology?protocol=icmp&port=1", "/port"),
        ("/api/access/findings?accountId=HQ", "/accountId"),
        ("/api/access/findings?kind=open-to-all,odd", "/kind"),
        ("/api/access/findings?severity=bad", "/severity"),
        ("/api/access/check?from=peer:a&to=peer:b", "/accountId"),
        (&format!("/api/access/check?accountId={account}&to=peer:b"), "/from"),
        (&format!("/api/access/check?accountId={account}&from=peer:a"), "/to"),
        (&format!("/api/access/check?accountId={account}&from=resource:a&to=peer:b"), "/from"),
        (&format!("/api/access/check?accountId={account}&from=peer:&to=peer:b"), "/from"),
        (&format!("/api/access/check?accountId={account}&from=peer:a&to=nowhere"), "/to"),
        (&format!("/api/access/check?accountId={account}&from=any&to=address:10.0.0"), "/to"),
        (&format!("/api/access/check?accountId={account}&from=any&to=any&limit=0"), "/limit"),
        (&format!("/api/access/check?accountId={account}&from=peer:a&to=peer:a"), "/to"),
        (&format!("/api/access/check?accountId={account}&from=peer:a&to=peer:b&protocol=sctp"), "/protocol"),
        (&format!("/api/access/check?accountId={account}&from=peer:a&to=peer:b&port=65536"), "/port"),
        (&format!("/api/access/check?accountId={account}&from=peer:a&to=peer:b&protocol=icmp&port=1"), "/port"),
        ("/api/dashboard/topology?accountId=HQ", "/accountId"),
        ("/api/dashboard/topology?groups=All", "/groups"),
        ("/api/netbird/networks?sort=address", "/sort"),
        ("/api/netbird/networks?limit=1001", "/limit"),
        (&format!("/api/netbird/networks?cursor={cursor}"), "/cursor"),
        (&format!("/api/alerts?cursor={cursor}"), "/cursor"),
        (&format!("/api/netbird/events?cursor={cursor}"), "/cursor"),
        ("/api/netbird/events?cursor=AAAAAAAAAAAAAAAAAAAA", "/cursor"),
        ("/api/alerts?status=open,loud", "/status"),
        ("/api/alerts?severity=awful", "/severity"),
        ("/api/alerts?ruleId=7", "/ruleId"),
        ("/api/alerts/deliveries?status=lost", "/status"),
        ("/api/alerts/deliveries?channel=pager", "/channel"),
        ("/api/alerts/deliveries?event=noticed", "/event"),
        ("/api/alerts/deliveries?alertId=7", "/alertId"),
        ("/api/alerts/deliveries?from=yesterday", "/from"),
        ("/api/alerts/deliveries?limit=0", "/limit"),
        (&format!("/api/alerts/deliveries?cursor={cursor}"), "/cursor"),
        (&format!("/api/alerts/{alert}/peers?limit=0"), "/limit"),
        (&format!("/api/alerts/{alert}/peers?cursor={cursor}"), "/cursor"),
    ] {
        let problem = owner.get(path).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{path}: {problem}");
    }
    for path in [
        "/api/alerts/x/acknowledge",
        "/api/alerts/00000000-0000-7000-8000-000000000000/resolve",
        "/api/netbird/accounts/%00/sync",
        "/api/alerts/deliveries/x/send-again",
        "/api/alerts/deliveries/%00_slack/send-again",
    ] {
        owner.post(path, json!({})).await.refused(404, "not-found");
    }
    owner.get("/api/nowhere").await.refused(404, "not-found");
    owner.delete("/api/alerts").await.refused(405, "method-not-allowed");
}

#[tokio::test]
async fn a_message_has_a_limit() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let alert = app.plant_alerts(&owner, &account, 1, 1).await[0];
    let path = format!("/api/alerts/{alert}/acknowledge");
    assert_eq!(complaints(&owner, &path, json!({ "message": "m".repeat(2001) })).await, ["/message"]);
    assert_eq!(complaints(&owner, &path, json!({ "by": "eve" })).await, ["/by"]);
    for (body, pointer) in [
        (json!({ "conditionType": "peer_offline", "conditionConfig": {} }), "/conditionConfig/duration"),
        (
            json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 1, "groups": ["nobody"] } }),
            "/conditionConfig/groups/0",
        ),
        (
            json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 1 }, "forMinutes": 1441 }),
            "/forMinutes",
        ),
        (json!({ "conditionType": "weather", "conditionConfig": {} }), "/conditionType"),
    ] {
        assert_eq!(complaints(&owner, "/api/alerts/rules/test", body).await, [pointer]);
    }
    let switch = json!({ "type": "policy_switch", "id": "p", "enabled": false });
    let rule = |what: &str, to: Value| {
        let rule = json!({ "action": "accept", "protocol": "tcp", "sources": ["a"], "destinations": ["b"] });
        let policy = json!({ "name": "new", "rules": [with(&rule, what, Some(to))] });
        json!([{ "type": "policy_put", "policy": policy }])
    };
    let ports = json!(["1", "65536"]);
    for (field, to, pointer) in [
        ("/changes", json!([]), "/changes"),
        ("/changes", json!(vec![switch.clone(); 51]), "/changes"),
        ("/changes", json!([{ "type": "policy_drop", "id": "p" }]), "/changes/0/type"),
        ("/changes", json!([{ "type": "policy_delete", "id": "" }]), "/changes/0/id"),
        ("/changes", json!([switch, { "type": "router_switch", "id": "r" }]), "/changes/1/enabled"),
        ("/changes", json!([{ "type": "group_members", "id": "g", "add": vec!["p"; 5_001] }]), "/changes/0/add"),
        ("/changes", rule("/action", json!("allow")), "/changes/0/policy/rules/0/action"),
        ("/changes", rule("/protocol", json!("sctp")), "/changes/0/policy/rules/0/protocol"),
        ("/changes", rule("/ports", ports), "/changes/0/policy/rules/0/ports/1"),
        ("/changes", rule("/sources", json!([])), "/changes/0/policy/rules/0/sources"),
        (
            "/changes",
            json!([{ "type": "policy_put", "policy": { "name": "n", "rules": [] } }]),
            "/changes/0/policy/rules",
        ),
        ("/port", json!(65_536), "/port"),
        ("/protocol", json!("sctp"), "/protocol"),
        ("/accountId", json!("HQ"), "/accountId"),
    ] {
        let body = json!({ "accountId": account, "changes": [switch] });
        let body = with(&body, field, Some(to));
        assert_eq!(complaints(&owner, "/api/access/difference", body).await, [pointer], "{field}");
    }
    let icmp = json!({ "accountId": account, "changes": [switch], "protocol": "icmp", "port": 1 });
    assert_eq!(complaints(&owner, "/api/access/difference", icmp).await, ["/port"]);
    let rule = app.make_rule(&owner, json!({})).await;
    let test = format!("/api/alerts/rules/{}/send-test", rule["id"].as_str().unwrap());
    for body in [json!({}), json!({ "channel": "email" }), json!({ "channel": "slack" })] {
        assert_eq!(complaints(&owner, &test, body).await, ["/channel"]);
    }
    let suppress = format!("/api/alerts/{alert}/suppress");
    let now = app.now();
    for until in [json!(now), json!(now + SignedDuration::from_hours(90 * 24 + 1)), json!("tomorrow"), json!(null)] {
        assert_eq!(complaints(&owner, &suppress, json!({ "until": until })).await, ["/until"], "{until}");
    }
    assert_eq!(complaints(&owner, &suppress, json!({})).await, ["/until"]);
    let told = owner.post(&path, json!({ "message": "<script>alert(1)</script> \u{202e}" })).await.expect(200);
    assert!(
        told["acknowledgedMessage"].as_str().unwrap().starts_with("<script>"),
        "kept as it is: the page escapes it"
    );
}

#[tokio::test]
async fn secrets_come_back_once_at_most_and_are_never_logged() {
    const HEADER: &str = "Bearer planted-header-value";
    const SECRET: &str = "whsec_cGxhbnRlZC1zaWduaW5nLXNlY3JldC1vZi0zMi1ieXRlcw==";
    const WRONG: &str = "planted-password-of-a-guess";
    capture_log();

    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let mut answers = Vec::new();
    app.anybody
        .post("/api/auth/login", json!({ "email": owner.email, "password": WRONG }))
        .await
        .refused(401, "unauthenticated");
    let login = app
        .anybody
        .post("/api/auth/login", json!({ "email": owner.email, "password": OWNER_PASSWORD }))
        .await
        .expect(200);
    app.connect_account(&owner).await;
    answers.push(app.account(&owner).await);
    let made = app
        .make_rule(
            &owner,
            json!({ "conditionConfig": { "duration": 0 }, "notificationConfig": { "webhook": {
            "enabled": true, "url": app.receiver.url(), "headers": { "Authorization": HEADER }, "secret": SECRET,
        } } }),
        )
        .await;
    assert_eq!(made["notificationConfig"]["webhook"]["secret"], SECRET, "shown this once");
    let mut masked = made["notificationConfig"]["webhook"].clone();
    masked.as_object_mut().unwrap().remove("secret");
    assert_eq!(masked["headers"], json!({ "Authorization": "••••" }));

    // Everything goes wrong once, since errors are what tells too much.
    app.receiver.reply([Reply::Status(500), Reply::Redirect("http://10.0.0.1/".into())]);
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    app.pass(1).await;
    assert_eq!(app.receiver.received()[0].headers["authorization"], HEADER);
    app.network().set_token(TokenState::Deleted);
    app.pass(1).await;
    let bad = json!({ "baseUrl": app.netbird.url(), "apiToken": "nbp_plantedTokenOfATest" });
    owner.post("/api/netbird/accounts/test", bad).await.refused(422, "netbird-connection");

    for path in [
        "/api/netbird/accounts",
        "/api/netbird/account",
        "/api/alerts/rules",
        "/api/alerts",
        "/api/dashboard/overview",
        "/api/auth/profile",
        "/api/netbird/peers",
        "/api/netbird/events",
        "/api/netbird/changes",
    ] {
        answers.push(owner.get(path).await.expect(200));
    }
    let rules = owner.get("/api/alerts/rules").await.expect(200);
    assert_eq!(rules[0]["notificationConfig"]["webhook"], masked);
    let access = login["accessToken"].as_str().unwrap();
    let planted = [
        Tokens::GOOD,
        "nbp_plantedTokenOfATest",
        HEADER,
        "planted-header-value",
        SECRET,
        WRONG,
        OWNER_PASSWORD,
        access,
        login["refreshToken"].as_str().unwrap(),
    ];
    let log = captured_log();
    assert!(log.contains("sync failed") && log.contains("notification tried"), "the log is listened to");
    for secret in planted {
        assert!(!log.contains(secret), "{secret} was logged");
        assert!(answers.iter().all(|answer| !answer.to_string().contains(secret)), "{secret} was told");
        assert!(app.mailbox.mails().iter().all(|mail| !mail.text.contains(secret)));
        assert!(app.receiver.received().iter().all(|message| !message.body.to_string().contains(secret)));
    }
    assert!(
        !log.contains("not the hash of a real token") && !log.contains("bm90IHRoZSBoYXNo"),
        "nor what NetBird says of a token's hash"
    );
}
