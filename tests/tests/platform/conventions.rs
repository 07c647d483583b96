//! What rows promise: requests that are carried out once, updates of what was seen, nothing for other sites.

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_http::conventions::Creates;
use platform_http::utoipa::openapi::path::HttpMethod;
use platform_http::{Access, Endpoint};
use platform_netbird::fake::Tokens;
use platform_runtime::Platform;
use platform_store::idempotency::{Asked, Claimed};
use platform_tests::{Client, Member, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

fn rows() -> Vec<Endpoint<Platform>> {
    platform_local::endpoints()
}

/// Rows that take one step with many things.
const BULK: [&str; 4] = ["acknowledgeAlerts", "suppressAlerts", "reopenAlerts", "resolveAlerts"];

/// Rows that have something made later.
const LATER: [&str; 1] = ["createAuditExport"];

/// What each row that makes something is sent: the path, a body, and another one.
fn made_by(
    app: &TestApp,
    owner: &Member,
    (account, policy): (&str, &str),
    operation: &str,
) -> (&'static str, Value, Value) {
    let rule = |name: &str| {
        json!({
            "name": name, "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "severity": "high",
            "notificationConfig": {},
        })
    };
    let token = |name: &str| json!({ "name": name, "scopes": ["alerts:read"], "expiresInDays": 30 });
    match operation {
        "createAccount" => {
            let account = |name: &str| json!({ "name": name, "baseUrl": app.netbird.url(), "apiToken": Tokens::GOOD });
            ("/api/netbird/accounts", account("HQ"), account("Branch"))
        }
        "createRule" => ("/api/alerts/rules", rule("Servers"), rule("Laptops")),
        "createSilence" => {
            let silence = |name: &str| json!({ "name": name, "matchers": { "everything": true }, "endsAt": app.now() + SignedDuration::from_hours(48) });
            ("/api/alerts/silences", silence("Move"), silence("Upgrade"))
        }
        "createChannel" => {
            let channel = |name: &str| json!({ "name": name, "config": { "type": "teams", "webhook": "https://teams.example/x" } });
            ("/api/alerts/channels", channel("Ops"), channel("Night"))
        }
        "createRota" => {
            let rota = |name: &str| {
                json!({
                    "name": name, "timeZone": "UTC", "handover": { "time": "09:00" }, "every": "day",
                    "startsOn": "2026-11-02", "people": [owner.user],
                })
            };
            ("/api/alerts/rotas", rota("Days"), rota("Nights"))
        }
        "createAlertRoute" => {
            let route = |name: &str| json!({ "name": name, "matchers": {}, "channelIds": [policy] });
            ("/api/alerts/routes", route("Critical"), route("Field"))
        }
        "createProposal" => {
            let proposal = |title: &str| {
                let change = json!({ "type": "policy_switch", "id": policy, "enabled": false });
                json!({ "accountId": account, "title": title, "changes": [change] })
            };
            ("/api/access/proposals", proposal("Close it"), proposal("Close it for good"))
        }
        "commentProposal" => {
            let comment = |message: &str| json!({ "message": message });
            ("/api/access/proposals/{id}/comments", comment("Why?"), comment("When?"))
        }
        "createAccessReview" => {
            let review = |name: &str| json!({ "accountId": account, "name": name, "groupIds": [policy] });
            ("/api/access/reviews", review("Q3"), review("Q4"))
        }
        "createAuditExport" => {
            let export = |format: &str| json!({ "format": format });
            ("/api/audit/exports", export("csv"), export("jsonl"))
        }
        "pushMetrics" => {
            let push = |value: u32| json!({ "metrics": [{ "name": "queue", "value": value }] });
            ("/api/metrics", push(1), push(2))
        }
        "applyRuleTemplates" => {
            let apply = |id: &str| json!({ "templateIds": [id] });
            ("/api/alerts/rule-templates/apply", apply("approval-pending"), apply("login-expired"))
        }
        "commentAlert" => {
            let comment = |message: &str| json!({ "message": message });
            ("/api/alerts/{id}/comments", comment("The provider says an hour"), comment("It is back"))
        }
        // Of nobody's alerts, which fail one by one.
        "acknowledgeAlerts" | "suppressAlerts" | "reopenAlerts" | "resolveAlerts" => {
            let named = |id: u128| match operation {
                "suppressAlerts" => {
                    json!({ "alertIds": [Uuid::from_u128(id)], "until": app.now() + SignedDuration::from_hours(1) })
                }
                _ => json!({ "alertIds": [Uuid::from_u128(id)] }),
            };
            let path = match operation {
                "acknowledgeAlerts" => "/api/alerts/acknowledge",
                "suppressAlerts" => "/api/alerts/suppress",
                "reopenAlerts" => "/api/alerts/reopen",
                _ => "/api/alerts/resolve",
            };
            (path, named(1), named(2))
        }
        "createToken" => ("/api/tokens", token("script"), token("report")),
        "createTenant" => ("/api/tenants", json!({ "name": "Second" }), json!({ "name": "Third" })),
        "inviteUser" => {
            let invitation = |email: &str| json!({ "email": email, "role": "viewer" });
            ("/api/users", invitation("grace@acme.example"), invitation("linus@acme.example"))
        }
        other => panic!("{other} makes something: say here what it is sent"),
    }
}

/// NetBird's id of a policy of the owner's network.
async fn policy_of(owner: &Member) -> String {
    owner.get("/api/netbird/policies?limit=1").await.expect(200)[0]["id"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn rows_promise_what_their_methods_ask_for() {
    for row in rows() {
        let name = &row.operation_id;
        let makes = row.operation.responses.responses.contains_key("201");
        // What does a thing many times over makes nothing, and is not to be done twice all the same.
        let is_bulk = BULK.contains(&name.as_str());
        assert_eq!(
            makes && row.access != Access::Public || is_bulk || LATER.contains(&name.as_str()),
            row.promises.creates.is_some(),
            "{name}: creates()"
        );
        assert!(row.method != HttpMethod::Put || row.promises.resource.is_some(), "{name} is an update: of(…)");
        let asks_anybody = row.access == Access::Public && row.method != HttpMethod::Get;
        assert!(!asks_anybody || row.promises.same_site, "{name} is for pages of this site: same_site()");
    }
    for row in rows().iter().filter(|row| row.method == HttpMethod::Put) {
        let shown = rows().into_iter().find(|other| other.path == row.path && other.method == HttpMethod::Get);
        let tagged = shown.is_none_or(|shown| shown.promises.resource == row.promises.resource);
        assert!(tagged, "{} changes what {} shows", row.operation_id, row.path);
    }
}

#[tokio::test]
async fn other_sites_are_refused_by_the_row() {
    let app = TestApp::start().await;
    let evil = app.anybody.with_header("origin", "https://evil.example");
    for row in rows().iter().filter(|row| row.promises.same_site && row.access == Access::Public) {
        evil.post(&row.path.replace("{slug}", "acme"), json!({})).await.refused(403, "cross-site");
    }
}

/// Over every row that makes something, so that a new one is here or fails.
#[tokio::test]
async fn a_request_with_a_key_is_carried_out_once() {
    for row in rows().iter().filter(|row| row.promises.creates.is_some()) {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        // A metric and a proposal are about a network.
        let (account, policy) = match row.operation_id.as_str() {
            "pushMetrics" | "createProposal" | "commentProposal" => {
                let account = app.connect_account(&owner).await;
                (account, policy_of(&owner).await)
            }
            "createAlertRoute" => {
                let channel =
                    json!({ "name": "Routed", "config": { "type": "teams", "webhook": "https://teams.example/x" } });
                let channel = owner.post("/api/alerts/channels", channel).await.expect(201);
                (String::new(), channel["id"].as_str().unwrap_or_default().to_owned())
            }
            "createAccessReview" => {
                let account = app.connect_account(&owner).await;
                let groups = owner.get("/api/netbird/groups?limit=1").await.expect(200);
                (account, groups[0]["id"].as_str().unwrap_or_default().to_owned())
            }
            _ => Default::default(),
        };
        let (path, body, other) = made_by(&app, &owner, (&account, &policy), &row.operation_id);
        let path = match path.contains("{id}") {
            true if row.operation_id == "commentProposal" => {
                let change = json!({ "type": "policy_switch", "id": policy, "enabled": false });
                let proposed = json!({ "accountId": account, "title": "Close it", "changes": [change] });
                let made = owner.post("/api/access/proposals", proposed).await.expect(201);
                path.replace("{id}", made["id"].as_str().unwrap())
            }
            true => {
                let account = app.connect_account(&owner).await;
                path.replace("{id}", &app.plant_alerts(&owner, &account, 1, 1).await[0].to_string())
            }
            false => path.to_owned(),
        };
        let path = path.as_str();
        let status = match row.operation_id.as_str() {
            name if BULK.contains(&name) => 200,
            name if LATER.contains(&name) => 202,
            _ => 201,
        };
        let keyed = owner.client.with_header("idempotency-key", "a key of mine");
        let first = keyed.post(path, body.clone()).await;
        let again = keyed.post(path, body.clone()).await;
        match row.promises.creates {
            Some(Creates::Answer) => {
                assert_eq!(again.header("idempotency-replayed"), Some("true"), "{path}");
                assert_eq!(again.header("content-type"), first.header("content-type"), "{path}");
                assert_eq!(again.expect(status), first.expect(status), "{path}");
            }
            _ => {
                first.expect(status);
                again.refused(409, "idempotency-key-done");
            }
        }
        keyed.post(path, other.clone()).await.refused(422, "idempotency-key-reused");
        // What the first one made is there once; the same without a key, or under another, is another request.
        let fresh = owner.client.with_header("idempotency-key", "another key");
        fresh.post(path, other).await.expect(status);
        // A day later the key is forgotten.
        app.skip(SignedDuration::from_hours(25));
        let later = keyed.post(path, body).await;
        assert_eq!(later.header("idempotency-replayed"), None, "{path}");
        // Where names are unique, the first one still has it.
        assert!([status, 409, 422].contains(&later.status.as_u16()), "{path}: {}", later.text);
    }
}

#[tokio::test]
async fn keys_are_sound_and_everybodys_own() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    let other = app.tenant("Other").await;
    let invite = |email: &str| json!({ "email": email, "role": "viewer" });
    let keyed = |member: &Member, key: &str| -> Client { member.client.with_header("idempotency-key", key) };
    for bad in ["", &"x".repeat(256), "tab\there"] {
        keyed(&owner, bad).post("/api/users", invite("a@acme.example")).await.refused(400, "malformed-request");
    }
    let longest = "x".repeat(255);
    keyed(&owner, &longest).post("/api/users", invite("a@acme.example")).await.expect(201);
    for (member, email) in [(&admin, "b@acme.example"), (&other, "c@other.example")] {
        let answer = keyed(member, &longest).post("/api/users", invite(email)).await;
        assert_eq!(answer.header("idempotency-replayed"), None);
        assert_eq!(answer.expect(201)["email"], email);
    }
    // The same key at another operation is another key.
    keyed(&owner, &longest).post("/api/tenants", json!({ "name": "Second" })).await.expect(201);
}

#[tokio::test]
async fn a_refused_request_gives_its_key_back() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let keyed = owner.client.with_header("idempotency-key", "k");
    keyed.post("/api/users", json!({ "email": "no address", "role": "viewer" })).await.refused(422, "validation");
    keyed.post("/api/users", json!({ "email": "a@acme.example", "role": "viewer" })).await.expect(201);
}

#[tokio::test]
async fn a_request_under_way_is_waited_for_and_a_dead_one_is_not() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let body = json!({ "email": "a@acme.example", "role": "viewer" });
    let request = format!("/api/users\n{body}");
    let (tenant, user) = (owner.tenant, owner.user);
    let asked = Asked { tenant, user, operation: "inviteUser", key: "k", request: request.as_bytes() };
    assert!(matches!(app.platform.store.claim(asked).await.unwrap(), Claimed::First(_)));
    let keyed = owner.client.with_header("idempotency-key", "k");
    let refused = keyed.post("/api/users", body.clone()).await;
    assert_eq!(refused.header("retry-after"), Some("1"));
    refused.refused(409, "idempotency-key-in-use");
    app.skip(SignedDuration::from_secs(61));
    keyed.post("/api/users", body).await.expect(201);
}

/// Wherever a request dies, the same one afterwards makes what is missing, and nothing twice.
#[tokio::test]
async fn a_request_that_died_anywhere_makes_one() {
    let body = json!({ "email": "a@acme.example", "role": "viewer" });
    let mut done = 0;
    for calls in 0..30 {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        let keyed = owner.client.with_header("idempotency-key", "k");
        let fuse = app.database.fuse();
        fuse.set(calls);
        let (client, sent) = (keyed.clone(), body.clone());
        let dying = tokio::spawn(async move { client.post("/api/users", sent).await });
        let died = tokio::select! {
            () = fuse.blown() => true,
            answer = dying => {
                answer.unwrap().expect(201);
                false
            }
        };
        fuse.replace();
        app.skip(SignedDuration::from_secs(61));
        let again = keyed.post("/api/users", body.clone()).await;
        match again.status.as_u16() {
            201 => {}
            // It was carried out, and its answer was lost.
            409 => {
                done += 1;
                again.refused(409, "idempotency-key-done");
            }
            _ => panic!("{}", again.text),
        }
        let listed = owner.get("/api/users?status=invited").await;
        assert_eq!(listed.total(), Some(1), "died after {calls} calls");
        if !died {
            assert!(done > 0, "none died between its transaction and its answer");
            return;
        }
    }
    panic!("a request takes more calls than that");
}

/// Over every row that changes something by its version.
#[tokio::test]
async fn an_update_of_what_was_not_seen_is_refused() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let alert = app.plant_alerts(&owner, &account, 1, 1).await[0];
    let grace = app.member(&owner, Role::Viewer).await;
    let rule_that = async |is_on: bool| {
        let rule = app.make_rule(&owner, json!({ "enabled": is_on, "notificationConfig": {} })).await;
        rule["id"].as_str().unwrap().to_owned()
    };
    for row in rows().iter().filter(|row| row.promises.resource.is_some() && row.method != HttpMethod::Get) {
        let (path, bodies) = match row.operation_id.as_str() {
            "updateTenant" => ("/api/tenant".to_owned(), ["Acme One", "Acme Two"].map(|name| json!({ "name": name }))),
            "updateProfile" => ("/api/auth/profile".to_owned(), ["Ada", "Ada L."].map(|name| json!({ "name": name }))),
            "updateAccount" => {
                (format!("/api/netbird/accounts/{account}"), ["HQ One", "HQ Two"].map(|name| json!({ "name": name })))
            }
            "updateUser" => {
                (format!("/api/users/{}", grace.user), ["admin", "viewer"].map(|role| json!({ "role": role })))
            }
            "updateRule" => {
                let body = |name: &str| {
                    json!({
                        "name": name, "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "high", "notificationConfig": {},
                    })
                };
                (format!("/api/alerts/rules/{}", rule_that(true).await), ["Servers", "Laptops"].map(body))
            }
            "enableRule" => (format!("/api/alerts/rules/{}/enable", rule_that(false).await), [json!({}), json!({})]),
            "disableRule" => (format!("/api/alerts/rules/{}/disable", rule_that(true).await), [json!({}), json!({})]),
            "rotateRuleSecret" => {
                let rule = app.make_rule(&owner, json!({})).await;
                (format!("/api/alerts/rules/{}/signing-secret", rule["id"].as_str().unwrap()), [json!({}), json!({})])
            }
            "rotateChannelSecret" => {
                let config = json!({ "type": "webhook", "url": app.receiver.url() });
                let made = owner.post("/api/alerts/channels", json!({ "name": "Signed", "config": config })).await;
                let id = made.expect(201)["id"].as_str().unwrap().to_owned();
                (format!("/api/alerts/channels/{id}/signing-secret"), [json!({}), json!({})])
            }
            "updateSilence" | "endSilence" => {
                let ends_at = app.now() + SignedDuration::from_hours(1);
                let body = |name: &str| json!({ "name": name, "matchers": { "everything": true }, "endsAt": ends_at });
                let made = owner.post("/api/alerts/silences", body("Move")).await.expect(201);
                let path = format!("/api/alerts/silences/{}", made["id"].as_str().unwrap());
                match row.operation_id.as_str() {
                    "updateSilence" => (path, ["Move", "Upgrade"].map(body)),
                    _ => (format!("{path}/end"), [json!({}), json!({})]),
                }
            }
            "updateRota" => {
                let body = |name: &str| {
                    json!({
                        "name": name, "timeZone": "UTC", "handover": { "time": "09:00" }, "every": "day",
                        "startsOn": "2026-11-02", "people": [owner.user],
                    })
                };
                let made = owner.post("/api/alerts/rotas", body("Days")).await.expect(201);
                (format!("/api/alerts/rotas/{}", made["id"].as_str().unwrap()), ["Days", "Nights"].map(body))
            }
            "updateAlertRoute" => {
                let channel =
                    json!({ "name": "Routed", "config": { "type": "teams", "webhook": "https://teams.example/x" } });
                let channel = owner.post("/api/alerts/channels", channel).await.expect(201);
                let body = |name: &str| json!({ "name": name, "matchers": {}, "channelIds": [channel["id"]] });
                let made = owner.post("/api/alerts/routes", body("Critical")).await.expect(201);
                (format!("/api/alerts/routes/{}", made["id"].as_str().unwrap()), ["Critical", "Field"].map(body))
            }
            "updateChannel" => {
                let body = |name: &str| json!({ "name": name, "config": { "type": "teams", "webhook": "https://teams.example/x" } });
                let made = owner.post("/api/alerts/channels", body("Ops")).await.expect(201);
                let path = format!("/api/alerts/channels/{}", made["id"].as_str().unwrap());
                (path, ["Ops", "Night"].map(body))
            }
            "updateProposal" | "decideProposal" => {
                let change = json!({ "type": "policy_switch", "id": policy_of(&owner).await, "enabled": false });
                let body = |title: &str| json!({ "accountId": account, "title": title, "changes": [change] });
                let made = owner.post("/api/access/proposals", body("Move")).await.expect(201);
                let path = format!("/api/access/proposals/{}", made["id"].as_str().unwrap());
                match row.operation_id.as_str() {
                    "updateProposal" => (path, ["Move", "Upgrade"].map(body)),
                    _ => (
                        format!("{path}/decision"),
                        ["close", "reopen"].map(|decision| json!({ "decision": decision })),
                    ),
                }
            }
            "updateAccessReview" | "signAccessReview" => {
                let groups = owner.get("/api/netbird/groups?limit=1").await.expect(200);
                let body = json!({ "accountId": account, "name": "Q4", "groupIds": [groups[0]["id"]] });
                let made = owner.post("/api/access/reviews", body).await.expect(201);
                let path = format!("/api/access/reviews/{}", made["id"].as_str().unwrap());
                match row.operation_id.as_str() {
                    "updateAccessReview" => (path, ["Q3", "Q4"].map(|name| json!({ "name": name }))),
                    _ => (
                        format!("{path}/sign-off"),
                        ["approved", "change_needed"].map(|decision| json!({ "decision": decision })),
                    ),
                }
            }
            "acknowledgeAlert" => (format!("/api/alerts/{alert}/acknowledge"), [json!({}), json!({})]),
            "suppressAlert" => {
                let until = app.now() + SignedDuration::from_hours(1);
                (format!("/api/alerts/{alert}/suppress"), [json!({ "until": until }), json!({ "until": until })])
            }
            "reopenAlert" => {
                let until = app.now() + SignedDuration::from_hours(1);
                owner.post(&format!("/api/alerts/{alert}/suppress"), json!({ "until": until })).await.expect(200);
                (format!("/api/alerts/{alert}/reopen"), [json!({}), json!({})])
            }
            "resolveAlert" => (format!("/api/alerts/{alert}/resolve"), [json!({}), json!({})]),
            // With their own tests below, or of a kind that is deleted by them.
            "putSso" | "deleteSso" | "deleteUser" | "deleteAccount" | "deleteRule" | "deleteSilence"
            | "deleteChannel" | "deleteRota" | "deleteAlertRoute" | "deleteProposal" | "deleteAccessReview" => continue,
            other => panic!("{other} changes a resource: say here how"),
        };
        let method = if row.method == HttpMethod::Put { "PUT" } else { "POST" };
        let change = async |tag: &str, body: &Value| {
            owner.client.with_header("if-match", tag).call(method, &path, Some(body.clone())).await
        };
        let stale = change("\"999\"", &bodies[0]).await;
        let present = stale.header("etag").expect("the refusal names the present tag").to_owned();
        assert_eq!(stale.refused(412, "precondition-failed")["etag"], json!(present), "{path}");
        change("W/\"1\"", &bodies[0]).await.refused(412, "precondition-failed");
        let changed = change(&format!("\"999\", {present}"), &bodies[0]).await;
        let next = changed.header("etag").expect("an update answers with the new tag").to_owned();
        changed.expect(200);
        assert_ne!(next, present, "{path}");
        change(&present, &bodies[1]).await.refused(412, "precondition-failed");
        if rows().iter().any(|other| other.path == row.path && other.method == HttpMethod::Get) {
            assert_eq!(owner.get(&path).await.header("etag"), Some(next.as_str()), "{path}");
        }
        if method == "PUT" {
            change("*", &bodies[1]).await.expect(200);
            owner.call("PUT", &path, Some(bodies[0].clone())).await.expect(200);
        }
    }
    let shown = owner.get(&format!("/api/netbird/account?accountId={account}")).await;
    assert!(shown.header("etag").is_some(), "an account has a tag");
    for path in [format!("/api/users/{}", grace.user), format!("/api/netbird/accounts/{account}")] {
        let stale = owner.client.with_header("if-match", "\"999\"").delete(&path).await;
        let present = stale.header("etag").expect("the refusal names the present tag").to_owned();
        stale.refused(412, "precondition-failed");
        owner.client.with_header("if-match", &present).delete(&path).await.expect(204);
    }
}

/// Of many who saw the same, one changes it.
#[tokio::test]
async fn of_updates_at_once_one_is_made() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let tag = owner.get("/api/tenant").await.header("etag").unwrap().to_owned();
    let rename = |number: usize| {
        let client = owner.client.with_header("if-match", &tag);
        async move { client.call("PUT", "/api/tenant", Some(json!({ "name": format!("Acme {number}") }))).await }
    };
    let answers = futures::future::join_all((0..8).map(rename)).await;
    let made = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(made, 1);
    for answer in answers.into_iter().filter(|answer| answer.status != 200) {
        answer.refused(412, "precondition-failed");
    }
}
