//! What each endpoint is asked. What is only read, whole and without parameters, follows from its row.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::channel::Channel;
use platform_core::link::LinkPurpose;
use platform_http::utoipa::openapi::path::HttpMethod;
use platform_netbird::fake::Tokens;
use platform_store::recipients::recipient_id;
use platform_tests::{Authenticator, Member, OWNER_PASSWORD};
use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{Case, Foreign, LISTS, Shot, Side, World, delete, get, metric_of, post, put, token_of};

/// A channel, whose name no other has.
fn fresh_channel() -> Value {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("Fresh {}", MADE.fetch_add(1, Ordering::Relaxed));
    json!({ "name": name, "config": { "type": "teams", "webhook": "https://teams.example/x" } })
}

/// A route of alerts to a channel, whose name no other has.
fn fresh_route(channel: &str, matchers: &Value) -> Value {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("Fresh {}", MADE.fetch_add(1, Ordering::Relaxed));
    json!({ "name": name, "matchers": matchers, "channelIds": [channel] })
}

/// A rota, whose name no other has.
fn fresh_rota(user: &str) -> Value {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("Fresh {}", MADE.fetch_add(1, Ordering::Relaxed));
    json!({
        "name": name, "timeZone": "Europe/Berlin", "handover": { "time": "09:00", "weekday": "monday" }, "every": "week",
        "startsOn": "2026-11-02", "people": [user],
    })
}

/// The path of an endpoint that only reads, and takes nothing.
fn plain(operation: &str) -> Option<String> {
    let row = platform_local::endpoints().into_iter().find(|row| row.operation_id == operation)?;
    let takes_nothing = row.operation.parameters.is_none_or(|parameters| parameters.is_empty());
    (row.method == HttpMethod::Get && takes_nothing && !row.path.contains('{')).then_some(row.path)
}

impl World {
    /// What an endpoint is asked, with things of its own where it uses them up.
    pub(super) async fn case(&self, operation: &str, caller: Option<&Member>) -> Option<Case> {
        let (ours, theirs, unknown) = (&self.ours, &self.theirs, Uuid::from_u128(7));
        let fresh_alert = || async { self.app.plant_alerts(&ours.owner, &ours.account, 1, 1).await[0] };
        let foreign = |shot: &dyn Fn(&str) -> Shot, id: &str, status| Foreign {
            theirs: shot(id),
            nobodys: shot(&unknown.to_string()),
            status,
        };
        let list = |index: usize, filters: &[(&str, &str)], status| {
            let path = LISTS[index];
            let mut all: Vec<Foreign> = filters
                .iter()
                .map(|(name, id)| foreign(&|id| get(format!("{path}?{name}={id}")), id, status))
                .collect();
            let with = |cursor: &str| get(format!("{path}?limit=2&cursor={cursor}"));
            all.push(Foreign { theirs: with(&theirs.cursors[index]), nobodys: with("AAAAAAAAAAAAAAAA"), status: 422 });
            Case { own: get(format!("{path}?limit=1000")), status: 200, foreign: all }
        };
        let alone = |own, status| Case { own, status, foreign: Vec::new() };
        let connection = json!({ "baseUrl": self.app.netbird.url(), "apiToken": Tokens::GOOD });
        Some(match operation {
            "login" => {
                let body = |tenant: Option<&str>| json!({ "email": ours.owner.email, "password": OWNER_PASSWORD, "tenantId": tenant });
                let shot = |id: &str| post("/api/auth/login", body(Some(id)));
                let foreign = vec![foreign(&shot, &theirs.owner.tenant.to_string(), 401)];
                Case { own: post("/api/auth/login", body(None)), status: 200, foreign }
            }
            "refresh" => {
                let token = self.refresh_token(&ours.owner).await;
                let mac = token.rsplit('.').next().unwrap();
                let forged = |user: Uuid, session: Uuid| {
                    let token = format!("nbr_{}.{}.0.{mac}", user.simple(), session.simple());
                    post("/api/auth/refresh", json!({ "refreshToken": token }))
                };
                let (user, session) = (theirs.owner.user.uuid(), theirs.owner.session.uuid());
                let foreign = Foreign { theirs: forged(user, session), nobodys: forged(unknown, unknown), status: 401 };
                Case {
                    own: post("/api/auth/refresh", json!({ "refreshToken": token })),
                    status: 200,
                    foreign: vec![foreign],
                }
            }
            "logout" => alone(post("/api/auth/logout", json!({})), 204),
            "switchTenant" => {
                let shot = |id: &str| post("/api/auth/tenant", json!({ "tenantId": id }));
                let (own, theirs) = (ours.owner.tenant.to_string(), theirs.owner.tenant.to_string());
                Case { own: shot(&own), status: 200, foreign: vec![foreign(&shot, &theirs, 404)] }
            }
            "overview" => {
                let shot = |id: &str| get(format!("/api/dashboard/overview?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "getMetrics" | "getTrends" => {
                let what = operation.trim_start_matches("get").to_lowercase();
                let shot = |id: &str| get(format!("/api/dashboard/{what}?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "queryMetrics" | "queryTrends" => {
                let what = operation.trim_start_matches("query").to_lowercase();
                let shot = |id: &str| post(format!("/api/dashboard/{what}"), json!({ "accountId": id }));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "pushMetrics" => {
                let shot = |id: &str| {
                    post("/api/metrics", json!({ "metrics": [{ "name": "queue", "value": 1, "accountId": id }] }))
                };
                Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "listOwnMetrics" => {
                let shot = |id: &str| get(format!("/api/metrics?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "deleteOwnMetric" => {
                let shot = |id: &str| delete(format!("/api/metrics/{id}"));
                let name = format!("fresh{}", self.requests);
                let one = json!({ "name": name, "value": 1, "accountId": ours.account });
                ours.owner.post("/api/metrics", json!({ "metrics": [one] })).await.expect(201);
                let own = metric_of(&ours.owner, &name).await;
                Case { own: shot(&own), status: 204, foreign: vec![foreign(&shot, &theirs.metric, 404)] }
            }
            "listTokens" => alone(get("/api/tokens"), 200),
            "createToken" => {
                let body = json!({ "name": "script", "scopes": ["alerts:read"], "expiresInDays": 1 });
                alone(post("/api/tokens", body), 201)
            }
            "revokeToken" => {
                let shot = |id: &str| delete(format!("/api/tokens/{id}"));
                let own = token_of(caller.unwrap_or(&ours.owner)).await;
                Case { own: shot(&own), status: 204, foreign: vec![foreign(&shot, &theirs.token, 404)] }
            }
            "updateProfile" => alone(put("/api/auth/profile", json!({ "name": "Another" })), 200),
            "signUp" => {
                let body = json!({ "tenantName": "Initech", "name": "Eve", "email": "eve@evil.example", "password": OWNER_PASSWORD });
                alone(post("/api/auth/sign-up", body), 202)
            }
            "verifySignUp" => alone(
                self.with_link("/api/auth/sign-up/verify", self.sign_up().await, json!({ "password": OWNER_PASSWORD }))
                    .await,
                201,
            ),
            "forgotPassword" => alone(post("/api/auth/password/forgot", json!({ "email": theirs.owner.email })), 202),
            "resetPassword" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let email = fresh.email.parse().unwrap();
                let purpose = LinkPurpose::ResetPassword { user: fresh.user, email, password_changed_at: None };
                let body = json!({ "password": OWNER_PASSWORD });
                alone(self.with_link("/api/auth/password/reset", purpose, body).await, 204)
            }
            "showInvitation" | "acceptInvitation" => {
                let (email, role) = (self.fresh_address(), "viewer");
                ours.owner.post("/api/users", json!({ "email": email, "role": role })).await.expect(201);
                self.app.settle().await;
                let token = self.app.mailbox.latest(&email).token();
                match operation {
                    "showInvitation" => alone(post("/api/auth/invitation", json!({ "token": token })), 200),
                    _ => {
                        let body = json!({ "token": token, "name": "Guest", "password": OWNER_PASSWORD });
                        alone(post("/api/auth/invitation/accept", body), 201)
                    }
                }
            }
            "revokeSession" => {
                let shot = |id: &str| delete(format!("/api/auth/sessions/{id}"));
                let another = self.app.sign_in(caller.unwrap_or(&ours.owner)).await.session.to_string();
                let foreign = vec![foreign(&shot, &theirs.owner.session.to_string(), 404)];
                Case { own: shot(&another), status: 204, foreign }
            }
            "revokeOtherSessions" => alone(delete("/api/auth/sessions"), 204),
            "changePassword" => {
                let body = json!({ "currentPassword": OWNER_PASSWORD, "newPassword": OWNER_PASSWORD });
                alone(post("/api/auth/password", body), 204)
            }
            "changeEmail" => {
                let body = json!({ "email": theirs.owner.email, "password": OWNER_PASSWORD });
                alone(post("/api/auth/email", body), 202)
            }
            "confirmEmail" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let email = self.fresh_address().parse().unwrap();
                let purpose = LinkPurpose::ConfirmEmail { user: fresh.user, email, password_changed_at: None };
                alone(self.with_link("/api/auth/email/confirm", purpose, json!({})).await, 200)
            }
            "beginSecondFactor" => alone(post("/api/auth/second-factor", json!({ "password": OWNER_PASSWORD })), 200),
            "enableSecondFactor" => {
                let asker = caller.unwrap_or(&ours.owner);
                let begun = asker.post("/api/auth/second-factor", json!({ "password": OWNER_PASSWORD })).await;
                let secret = begun.body["secret"].as_str().unwrap_or_default().to_owned();
                let code = match begun.status.as_u16() {
                    200 => Authenticator { secret }.code(self.app.now()),
                    _ => "000000".into(),
                };
                alone(post("/api/auth/second-factor/enable", json!({ "code": code })), 200)
            }
            "renewRecoveryCodes" | "disableSecondFactor" => {
                let phone = self.app.plant_second_factor(caller.unwrap_or(&ours.owner)).await;
                let body = json!({ "password": OWNER_PASSWORD, "code": phone.code(self.app.now()) });
                match operation {
                    "renewRecoveryCodes" => alone(post("/api/auth/second-factor/recovery-codes", body), 200),
                    _ => alone(post("/api/auth/second-factor/disable", body), 204),
                }
            }
            "setup" => {
                let body = json!({ "tenantName": "Again", "name": "Eve", "email": "eve@evil.example", "password": OWNER_PASSWORD });
                alone(post("/api/setup", body), 409)
            }
            "getAccount" => {
                let shot = |id: &str| get(format!("/api/netbird/account?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "createAccount" => {
                let mut body = connection;
                body["name"] = json!("Branch");
                alone(post("/api/netbird/accounts", body), 201)
            }
            "testAccount" => alone(post("/api/netbird/accounts/test", connection), 200),
            "updateAccount" => {
                let shot = |id: &str| put(format!("/api/netbird/accounts/{id}"), json!({ "name": "Renamed" }));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "deleteAccount" => {
                let fresh = self.app.connect_account_at(&ours.owner, "Short-lived", &self.app.netbird).await;
                let shot = |id: &str| delete(format!("/api/netbird/accounts/{id}"));
                Case { own: shot(&fresh), status: 204, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "pauseAccount" | "resumeAccount" => {
                let what = if operation == "pauseAccount" { "pause" } else { "resume" };
                let shot = |id: &str| post(format!("/api/netbird/accounts/{id}/{what}"), json!({}));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "syncAccountNow" => {
                let shot = |id: &str| post(format!("/api/netbird/accounts/{id}/sync"), json!({}));
                // Once a moment is often enough.
                self.app.skip(SignedDuration::from_secs(10));
                Case { own: shot(&ours.account), status: 202, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listSyncs" => {
                let shot = |id: &str| get(format!("/api/netbird/accounts/{id}/syncs"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listPeers" => list(0, &[("accountId", &theirs.account)], 404),
            "getPeer" | "getPeerHistory" => {
                let tail = if operation == "getPeer" { "" } else { "/history" };
                one_of_netbird(ours, theirs, "peers", tail).await
            }
            "getGroup" => one_of_netbird(ours, theirs, "groups", "").await,
            "getNetbirdUser" => one_of_netbird(ours, theirs, "users", "").await,
            "getPolicy" => one_of_netbird(ours, theirs, "policies", "").await,
            "getNetwork" => one_of_netbird(ours, theirs, "networks", "").await,
            "getRoute" => one_of_netbird(ours, theirs, "routes", "").await,
            "getPostureCheck" => one_of_netbird(ours, theirs, "posture-checks", "").await,
            "getNameserverGroup" => one_of_netbird(ours, theirs, "nameservers", "").await,
            "getSetupKey" => one_of_netbird(ours, theirs, "setup-keys", "").await,
            "listGroups" => list(5, &[("accountId", &theirs.account)], 404),
            "listNetbirdUsers" => list(6, &[("accountId", &theirs.account)], 404),
            "listPolicies" => list(7, &[("accountId", &theirs.account)], 404),
            "listNetworks" => list(8, &[("accountId", &theirs.account)], 404),
            "listRoutes" => list(9, &[("accountId", &theirs.account)], 404),
            "listPostureChecks" => list(10, &[("accountId", &theirs.account)], 404),
            "listNameservers" => list(11, &[("accountId", &theirs.account)], 404),
            "listSetupKeys" => list(12, &[("accountId", &theirs.account)], 404),
            "getNetbirdSettings" => {
                let of = |id: &str| get(format!("/api/netbird/settings?accountId={id}"));
                Case { own: of(&ours.account), status: 200, foreign: vec![foreign(&of, &theirs.account, 404)] }
            }
            "checkAccess" => {
                let group_of = async |side: &Side| {
                    let groups = side.owner.get("/api/netbird/groups").await.expect(200);
                    groups[0]["id"].as_str().unwrap_or_default().to_owned()
                };
                let peers = theirs.owner.get("/api/netbird/peers?search=-vault").await.expect(200);
                let theirs_id = format!("peer:{}", peers[0]["id"].as_str().unwrap_or_default());
                let (own, account) = (group_of(ours).await, &ours.account);
                let group = format!("group:{own}");
                let ask = |account: &str, from: &str, to: &str| {
                    get(format!("/api/access/check?accountId={account}&from={from}&to={to}"))
                };
                let by_account = |id: &str| ask(id, &group, &group);
                let as_peer = |id: &str| if id.starts_with("peer:") { id.to_owned() } else { format!("peer:{id}") };
                let by_from = |id: &str| ask(account, &as_peer(id), &group);
                let by_to = |id: &str| ask(account, &group, &as_peer(id));
                let foreign = vec![
                    foreign(&by_account, &theirs.account, 404),
                    foreign(&by_from, &theirs_id, 404),
                    foreign(&by_to, &theirs_id, 404),
                ];
                Case { own: by_account(account), status: 200, foreign }
            }
            "getTopology" => {
                let shot = |id: &str| get(format!("/api/dashboard/topology?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "getAccessMatrix" => {
                let groups = async |side: &Side| side.owner.get("/api/netbird/groups").await.expect(200);
                let (mine, others) = (groups(ours).await, groups(theirs).await);
                let is_mine = |id: &str| mine.as_array().is_some_and(|mine| mine.iter().any(|one| one["id"] == id));
                let mut ids = others.as_array().into_iter().flatten().filter_map(|one| one["id"].as_str());
                let theirs_alone = ids.find(|id| !is_mine(id)).unwrap_or_default().to_owned();
                let shot = |id: &str| get(format!("/api/access/matrix?accountId={id}"));
                let of_group = |id: &str| get(format!("/api/access/matrix?accountId={}&groups={id}", ours.account));
                let foreign = vec![foreign(&shot, &theirs.account, 404), foreign(&of_group, &theirs_alone, 404)];
                Case { own: shot(&ours.account), status: 200, foreign }
            }
            "compareAccess" => {
                let groups = ours.owner.get("/api/netbird/groups").await.expect(200);
                let group = groups[0]["id"].as_str().unwrap_or_default().to_owned();
                let peer_of = async |side: &Side| {
                    let peers = side.owner.get("/api/netbird/peers?limit=1").await.expect(200);
                    peers[0]["id"].as_str().unwrap_or_default().to_owned()
                };
                let (mine, others) = (peer_of(ours).await, peer_of(theirs).await);
                let ask = |account: &str, peer: &str| {
                    let change = json!({ "type": "group_members", "id": group, "add": [peer] });
                    post("/api/access/difference", json!({ "accountId": account, "changes": [change] }))
                };
                let by_account = |id: &str| ask(id, &mine);
                let by_peer = |id: &str| ask(&ours.account, id);
                let foreign = vec![foreign(&by_account, &theirs.account, 404), foreign(&by_peer, &others, 422)];
                Case { own: by_account(&ours.account), status: 200, foreign }
            }
            "getAccessSince" => {
                let shot = |id: &str| get(format!("/api/access/since?accountId={id}&since={}", self.app.now()));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listProposals" => alone(get("/api/access/proposals"), 200),
            "getProposal" => {
                let shot = |id: &str| get(format!("/api/access/proposals/{id}"));
                Case { own: shot(&ours.proposal), status: 200, foreign: vec![foreign(&shot, &theirs.proposal, 404)] }
            }
            "createProposal" | "updateProposal" => {
                let policies = ours.owner.get("/api/netbird/policies?limit=1").await.expect(200);
                let policy = policies[0]["id"].as_str().unwrap_or_default().to_owned();
                let body = |account: &str| {
                    let change = json!({ "type": "policy_switch", "id": policy, "enabled": false });
                    json!({ "accountId": account, "title": "Close it", "changes": [change] })
                };
                if operation == "createProposal" {
                    let shot = |account: &str| post("/api/access/proposals", body(account));
                    Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 404)] }
                } else {
                    let shot = |id: &str| put(format!("/api/access/proposals/{id}"), body(&ours.account));
                    let moved = |account: &str| put(format!("/api/access/proposals/{}", ours.proposal), body(account));
                    let foreign = vec![foreign(&shot, &theirs.proposal, 404), foreign(&moved, &theirs.account, 422)];
                    Case { own: shot(&ours.proposal), status: 200, foreign }
                }
            }
            "commentProposal" | "decideProposal" | "deleteProposal" => {
                let policies = ours.owner.get("/api/netbird/policies?limit=1").await.expect(200);
                let change = json!({ "type": "policy_switch", "id": policies[0]["id"], "enabled": false });
                let body = json!({ "accountId": ours.account, "title": "Close it", "changes": [change] });
                let fresh = ours.owner.post("/api/access/proposals", body).await.expect(201);
                let own = fresh["id"].as_str().unwrap_or_default();
                let (shot, status): (&dyn Fn(&str) -> Shot, u16) = match operation {
                    "commentProposal" => {
                        (&|id| post(format!("/api/access/proposals/{id}/comments"), json!({ "message": "Why?" })), 201)
                    }
                    "decideProposal" => (
                        &|id| post(format!("/api/access/proposals/{id}/decision"), json!({ "decision": "close" })),
                        200,
                    ),
                    _ => (&|id| delete(format!("/api/access/proposals/{id}")), 204),
                };
                Case { own: shot(own), status, foreign: vec![foreign(shot, &theirs.proposal, 404)] }
            }
            "listAccessReviews" => list(15, &[("accountId", &theirs.account)], 200),
            "createAccessReview" => {
                let groups = ours.owner.get("/api/netbird/groups?limit=1").await.expect(200);
                let body = |account: &str| json!({ "accountId": account, "name": "Q4", "groupIds": [groups[0]["id"]] });
                let shot = |account: &str| post("/api/access/reviews", body(account));
                Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "getAccessReview" | "listAccessReviewRows" | "exportAccessReview" => {
                let what = match operation {
                    "getAccessReview" => "",
                    "listAccessReviewRows" => "/rows",
                    _ => "/export",
                };
                let shot = |id: &str| get(format!("/api/access/reviews/{id}{what}"));
                Case { own: shot(&ours.review), status: 200, foreign: vec![foreign(&shot, &theirs.review, 404)] }
            }
            "updateAccessReview" | "signAccessReview" | "deleteAccessReview" => {
                let groups = ours.owner.get("/api/netbird/groups?limit=1").await.expect(200);
                let body = json!({ "accountId": ours.account, "name": "Q4", "groupIds": [groups[0]["id"]] });
                let fresh = ours.owner.post("/api/access/reviews", body).await.expect(201);
                let own = fresh["id"].as_str().unwrap_or_default();
                let (shot, status): (&dyn Fn(&str) -> Shot, u16) = match operation {
                    "updateAccessReview" => {
                        (&|id| put(format!("/api/access/reviews/{id}"), json!({ "name": "Q1" })), 200)
                    }
                    "signAccessReview" => (
                        &|id| post(format!("/api/access/reviews/{id}/sign-off"), json!({ "decision": "approved" })),
                        200,
                    ),
                    _ => (&|id| delete(format!("/api/access/reviews/{id}")), 204),
                };
                Case { own: shot(own), status, foreign: vec![foreign(shot, &theirs.review, 404)] }
            }
            "listFindings" => {
                let shot = |id: &str| get(format!("/api/access/findings?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listChanges" => list(13, &[("accountId", &theirs.account)], 404),
            "getChange" => {
                let change_of = async |side: &Side| {
                    let changes = side.owner.get("/api/netbird/changes").await.expect(200);
                    changes[0]["id"].as_str().unwrap_or_default().to_owned()
                };
                let shot = |id: &str| get(format!("/api/netbird/changes/{id}"));
                let theirs_id = change_of(theirs).await;
                Case { own: shot(&change_of(ours).await), status: 200, foreign: vec![foreign(&shot, &theirs_id, 404)] }
            }
            "listEvents" => list(1, &[("accountId", &theirs.account)], 404),
            "listAlerts" => list(2, &[("accountId", &theirs.account), ("ruleId", &theirs.rule)], 200),
            "listDeliveries" => {
                let path = "/api/alerts/deliveries";
                let of_rule = |id: &str| get(format!("{path}?ruleId={id}"));
                let of_alert = |id: &str| get(format!("{path}?alertId={id}"));
                let page = theirs.owner.get(&format!("{path}?limit=1")).await.expect(200);
                let with = |cursor: &str| get(format!("{path}?cursor={cursor}"));
                let cursors = Foreign {
                    theirs: with(page["nextCursor"].as_str().unwrap()),
                    nobodys: with("AAAAAAAAAAAAAAAA"),
                    status: 422,
                };
                let of_channel = |id: &str| get(format!("{path}?channelId={id}"));
                let foreign = vec![
                    foreign(&of_rule, &theirs.rule, 200),
                    foreign(&of_alert, &theirs.alert, 200),
                    foreign(&of_channel, &theirs.channel, 200),
                    cursors,
                ];
                Case { own: get(path), status: 200, foreign }
            }
            "getDelivery" => {
                let shot = |id: &str| get(format!("/api/alerts/deliveries/{id}"));
                Case { own: shot(&ours.delivery), status: 200, foreign: vec![foreign(&shot, &theirs.delivery, 404)] }
            }
            "sendAgain" => {
                let shot = |id: &str| post(format!("/api/alerts/deliveries/{id}/send-again"), json!({}));
                let own = self.app.plant_given_up(ours.owner.tenant, fresh_alert().await).await;
                Case { own: shot(&own), status: 200, foreign: vec![foreign(&shot, &theirs.delivery, 404)] }
            }
            "createRule" => {
                let body = |account: &str| {
                    json!({
                        "name": "R", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "accountId": account, "notificationConfig": {},
                    })
                };
                let shot = |id: &str| post("/api/alerts/rules", body(id));
                let told = |id: &str| {
                    let mut body = body(&ours.account);
                    body["channelIds"] = json!([id]);
                    post("/api/alerts/rules", body)
                };
                let foreign = vec![foreign(&shot, &theirs.account, 422), foreign(&told, &theirs.channel, 422)];
                Case { own: shot(&ours.account), status: 201, foreign }
            }
            "applyRuleTemplates" => {
                let body = |account: &str, channel: Option<&str>| {
                    let channels: Vec<&str> = channel.into_iter().collect();
                    json!({ "templateIds": ["peer-inactive"], "accountId": account, "channelIds": channels })
                };
                let at = "/api/alerts/rule-templates/apply";
                let watched = |id: &str| post(at, body(id, None));
                let told = |id: &str| post(at, body(&ours.account, Some(id)));
                let own = watched(&ours.account);
                // Who has the rule already gets no other.
                let rules = ours.owner.get("/api/alerts/rules").await.expect(200);
                for rule in
                    rules.as_array().unwrap().iter().filter(|rule| rule["name"] == "Nobody uses a device any more")
                {
                    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap());
                    ours.owner.delete(&path).await.expect(204);
                }
                let foreign = vec![foreign(&watched, &theirs.account, 422), foreign(&told, &theirs.channel, 422)];
                Case { own, status: 201, foreign }
            }
            "importRules" => {
                // By id, as by name: what is somebody else's is not there.
                let body = |account: &str| {
                    let rule = json!({
                        "name": "Imported", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "account": account,
                    });
                    json!({ "version": 1, "rules": [rule] })
                };
                let shot = |id: &str| post("/api/alerts/rules/import", body(id));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "getRule" => {
                let shot = |id: &str| get(format!("/api/alerts/rules/{id}"));
                Case { own: shot(&ours.rule), status: 200, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "updateRule" => {
                let body = |account: Option<&str>| {
                    json!({
                        "name": "R", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "accountId": account, "notificationConfig": {},
                    })
                };
                let shot = |id: &str| put(format!("/api/alerts/rules/{id}"), body(None));
                let moved = |account: &str| put(format!("/api/alerts/rules/{}", ours.rule), body(Some(account)));
                let told = |id: &str| {
                    let mut body = body(None);
                    body["channelIds"] = json!([id]);
                    put(format!("/api/alerts/rules/{}", ours.rule), body)
                };
                let foreign = vec![
                    foreign(&shot, &theirs.rule, 404),
                    foreign(&moved, &theirs.account, 422),
                    foreign(&told, &theirs.channel, 422),
                ];
                Case { own: shot(&ours.rule), status: 200, foreign }
            }
            "getChannel" | "updateChannel" | "sendChannelTest" => {
                let shot = |id: &str| {
                    let path = format!("/api/alerts/channels/{id}");
                    match operation {
                        "getChannel" => get(path),
                        "updateChannel" => put(path, json!({ "name": "C", "config": { "type": "slack" } })),
                        _ => post(format!("{path}/send-test"), json!({})),
                    }
                };
                Case { own: shot(&ours.channel), status: 200, foreign: vec![foreign(&shot, &theirs.channel, 404)] }
            }
            "rotateChannelSecret" | "rotateRuleSecret" => {
                let (kind, theirs, fresh) = match operation {
                    "rotateChannelSecret" => {
                        let config = json!({ "type": "webhook", "url": self.app.receiver.url() });
                        let mut body = fresh_channel();
                        body["config"] = config;
                        let fresh = ours.owner.post("/api/alerts/channels", body).await.expect(201);
                        ("channels", &theirs.channel, fresh)
                    }
                    _ => ("rules", &theirs.rule, self.app.make_rule(&ours.owner, json!({ "name": "Signed" })).await),
                };
                let shot = |id: &str| post(format!("/api/alerts/{kind}/{id}/signing-secret"), json!({}));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 200, foreign: vec![foreign(&shot, theirs, 404)] }
            }
            "createChannel" => alone(post("/api/alerts/channels", fresh_channel()), 201),
            "deleteChannel" => {
                let fresh = ours.owner.post("/api/alerts/channels", fresh_channel()).await.expect(201);
                let shot = |id: &str| delete(format!("/api/alerts/channels/{id}"));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.channel, 404)] }
            }
            "enableRule" | "disableRule" => {
                let what = operation.trim_end_matches("Rule");
                let shot = |id: &str| post(format!("/api/alerts/rules/{id}/{what}"), json!({}));
                Case { own: shot(&ours.rule), status: 200, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "createRota" | "updateRota" => {
                let body = |user: &str| fresh_rota(user);
                let (ours_user, theirs_user) = (ours.owner.user.to_string(), theirs.owner.user.to_string());
                if operation == "createRota" {
                    let shot = |user: &str| post("/api/alerts/rotas", body(user));
                    Case { own: shot(&ours_user), status: 201, foreign: vec![foreign(&shot, &theirs_user, 422)] }
                } else {
                    let shot = |id: &str| put(format!("/api/alerts/rotas/{id}"), body(&ours_user));
                    let named = |user: &str| put(format!("/api/alerts/rotas/{}", ours.rota), body(user));
                    let foreign = vec![foreign(&shot, &theirs.rota, 404), foreign(&named, &theirs_user, 422)];
                    Case { own: shot(&ours.rota), status: 200, foreign }
                }
            }
            "getRota" => {
                let shot = |id: &str| get(format!("/api/alerts/rotas/{id}"));
                Case { own: shot(&ours.rota), status: 200, foreign: vec![foreign(&shot, &theirs.rota, 404)] }
            }
            "deleteRota" => {
                let body = fresh_rota(&ours.owner.user.to_string());
                let fresh = ours.owner.post("/api/alerts/rotas", body).await.expect(201);
                let shot = |id: &str| delete(format!("/api/alerts/rotas/{id}"));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.rota, 404)] }
            }
            "createAlertRoute" | "updateAlertRoute" => {
                let path = format!("/api/alerts/routes/{}", ours.route);
                let shot = |body: Value| match operation {
                    "createAlertRoute" => post("/api/alerts/routes", body),
                    _ => put(path.clone(), body),
                };
                let to = |channel: &str| shot(fresh_route(channel, &json!({})));
                let of = |what: &str, id: &str| shot(fresh_route(&ours.channel, &json!({ what: [id] })));
                let (rule, account) = (|id: &str| of("ruleIds", id), |id: &str| of("accountIds", id));
                let mut all = vec![
                    foreign(&to, &theirs.channel, 422),
                    foreign(&rule, &theirs.rule, 422),
                    foreign(&account, &theirs.account, 422),
                ];
                let status = if operation == "createAlertRoute" { 201 } else { 200 };
                if operation == "updateAlertRoute" {
                    let body = fresh_route(&ours.channel, &json!({}));
                    let other = |id: &str| put(format!("/api/alerts/routes/{id}"), body.clone());
                    all.push(foreign(&other, &theirs.route, 404));
                }
                Case { own: rule(&ours.rule), status, foreign: all }
            }
            "getAlertRoute" => {
                let shot = |id: &str| get(format!("/api/alerts/routes/{id}"));
                Case { own: shot(&ours.route), status: 200, foreign: vec![foreign(&shot, &theirs.route, 404)] }
            }
            "deleteAlertRoute" => {
                let body = fresh_route(&ours.channel, &json!({}));
                let fresh = ours.owner.post("/api/alerts/routes", body).await.expect(201);
                let shot = |id: &str| delete(format!("/api/alerts/routes/{id}"));
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.route, 404)] }
            }
            "createSilence" | "previewSilence" => {
                let of = |matchers| {
                    let ends_at = self.app.now() + SignedDuration::from_hours(1);
                    match operation {
                        "createSilence" => {
                            let body = json!({ "name": "S", "matchers": matchers, "endsAt": ends_at });
                            post("/api/alerts/silences", body)
                        }
                        _ => post("/api/alerts/silences/preview", json!({ "matchers": matchers, "endsAt": ends_at })),
                    }
                };
                let (rule, account) =
                    (|id: &str| of(json!({ "ruleIds": [id] })), |id: &str| of(json!({ "accountIds": [id] })));
                let foreign = vec![foreign(&rule, &theirs.rule, 422), foreign(&account, &theirs.account, 422)];
                let status = if operation == "createSilence" { 201 } else { 200 };
                Case { own: rule(&ours.rule), status, foreign }
            }
            "getSilence" => {
                let shot = |id: &str| get(format!("/api/alerts/silences/{id}"));
                Case { own: shot(&ours.silence), status: 200, foreign: vec![foreign(&shot, &theirs.silence, 404)] }
            }
            "updateSilence" => {
                let ends_at = self.app.now() + SignedDuration::from_hours(1);
                let body =
                    |account: &str| json!({ "name": "S", "matchers": { "accountIds": [account] }, "endsAt": ends_at });
                let shot = |id: &str| put(format!("/api/alerts/silences/{id}"), body(&ours.account));
                let moved = |account: &str| put(format!("/api/alerts/silences/{}", ours.silence), body(account));
                let foreign = vec![foreign(&shot, &theirs.silence, 404), foreign(&moved, &theirs.account, 422)];
                Case { own: shot(&ours.silence), status: 200, foreign }
            }
            "endSilence" | "deleteSilence" => {
                let ends_at = self.app.now() + SignedDuration::from_hours(1);
                let body = json!({ "name": "Short", "matchers": { "everything": true }, "endsAt": ends_at });
                let fresh = ours.owner.post("/api/alerts/silences", body).await.expect(201);
                let own = fresh["id"].as_str().unwrap();
                let (shot, status): (&dyn Fn(&str) -> Shot, _) = match operation {
                    "endSilence" => (&|id| post(format!("/api/alerts/silences/{id}/end"), json!({})), 200),
                    _ => (&|id| delete(format!("/api/alerts/silences/{id}")), 204),
                };
                Case { own: shot(own), status, foreign: vec![foreign(shot, &theirs.silence, 404)] }
            }
            "sendTest" => {
                let shot =
                    |id: &str| post(format!("/api/alerts/rules/{id}/send-test"), json!({ "channel": "webhook" }));
                let fresh = self.app.make_rule(&ours.owner, json!({ "name": "Tested" })).await;
                let own = shot(fresh["id"].as_str().unwrap());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "deleteRule" => {
                let shot = |id: &str| delete(format!("/api/alerts/rules/{id}"));
                let fresh = self.app.make_rule(&ours.owner, json!({ "name": "Short-lived" })).await;
                let own = shot(fresh["id"].as_str().unwrap());
                Case { own, status: 204, foreign: vec![foreign(&shot, &theirs.rule, 404)] }
            }
            "resendRecipientConfirmation" => {
                let shot = |id: &str| post(format!("/api/alerts/recipients/{id}/confirmation"), json!({}));
                let ours = self.app.plant_recipient(ours.owner.tenant, &self.fresh_address()).await;
                let theirs = self.app.plant_recipient(theirs.owner.tenant, &self.fresh_address()).await;
                let foreign = vec![foreign(&shot, &recipient_id(&theirs.email), 404)];
                Case { own: shot(&recipient_id(&ours.email)), status: 202, foreign }
            }
            "showRecipientRequest" | "answerRecipientRequest" => {
                let ours = self.app.plant_recipient(ours.owner.tenant, &self.fresh_address()).await;
                let purpose = LinkPurpose::ConfirmRecipient { tenant: ours.tenant, email: ours.email };
                match operation {
                    "showRecipientRequest" => {
                        alone(self.with_link("/api/recipients/show", purpose, json!({})).await, 200)
                    }
                    _ => {
                        let body = json!({ "accept": true });
                        alone(self.with_link("/api/recipients/answer", purpose, body).await, 204)
                    }
                }
            }
            "showAcknowledgement" | "acknowledgeByLink" => {
                let alert = fresh_alert().await;
                let purpose = LinkPurpose::AcknowledgeAlert {
                    tenant: ours.owner.tenant,
                    alert,
                    route: Channel::Email.into(),
                    target: "ops@acme.example".into(),
                    sent_at: self.app.now(),
                };
                let path = match operation {
                    "showAcknowledgement" => "/api/alerts/acknowledgement/show",
                    _ => "/api/alerts/acknowledgement",
                };
                alone(self.with_link(path, purpose, json!({})).await, 200)
            }
            "getAlert" => {
                let shot = |id: &str| get(format!("/api/alerts/{id}"));
                Case { own: shot(&ours.alert), status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "acknowledgeAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/acknowledge"), json!({ "message": "mine" }));
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "testRuleHistory" => {
                let shot = |id: &str| {
                    let config = json!({ "duration": 5 });
                    let body = json!({ "conditionType": "peer_offline", "conditionConfig": config, "accountId": id, "days": 1 });
                    post("/api/alerts/rules/test/history", body)
                };
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "testRule" => {
                let shot = |id: &str| {
                    let config = json!({ "duration": 5 });
                    let body = json!({ "conditionType": "peer_offline", "conditionConfig": config, "accountId": id });
                    post("/api/alerts/rules/test", body)
                };
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "listAlertPeers" | "listAlertHistory" => {
                let what = if operation == "listAlertPeers" { "peers" } else { "history" };
                let shot = |id: &str| get(format!("/api/alerts/{id}/{what}"));
                Case { own: shot(&ours.alert), status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "suppressAlert" => {
                let body = json!({ "until": self.app.now() + SignedDuration::from_hours(1), "message": "mine" });
                let shot = |id: &str| post(format!("/api/alerts/{id}/suppress"), body.clone());
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "reopenAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/reopen"), json!({ "message": "mine" }));
                let own = fresh_alert().await.to_string();
                let until = json!({ "until": self.app.now() + SignedDuration::from_hours(1) });
                ours.owner.post(&format!("/api/alerts/{own}/suppress"), until).await.expect(200);
                Case { own: shot(&own), status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "resolveAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/resolve"), json!({ "message": "mine" }));
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "acknowledgeAlerts" | "suppressAlerts" | "reopenAlerts" | "resolveAlerts" => {
                let shot = |id: &str| {
                    let what = operation.trim_end_matches("Alerts");
                    let mut body = json!({ "alertIds": [id], "message": "mine" });
                    if what == "suppress" {
                        body["until"] = json!(self.app.now() + SignedDuration::from_hours(1));
                    }
                    post(format!("/api/alerts/{what}"), body)
                };
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 200)] }
            }
            "commentAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/comments"), json!({ "message": "mine" }));
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 201, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "listUsers" => list(3, &[], 200),
            "inviteUser" => {
                let email = format!("guest-{}@acme.example", self.requests);
                alone(post("/api/users", json!({ "email": email, "role": "viewer" })), 201)
            }
            "updateUser" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let shot = |id: &str| put(format!("/api/users/{id}"), json!({ "role": "network_admin" }));
                let foreign =
                    [theirs.owner.user.to_string(), theirs.invitation.clone()].map(|id| foreign(&shot, &id, 404));
                Case { own: shot(&fresh.user.to_string()), status: 200, foreign: foreign.into() }
            }
            "deleteUser" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let shot = |id: &str| delete(format!("/api/users/{id}"));
                let foreign =
                    [theirs.owner.user.to_string(), theirs.invitation.clone()].map(|id| foreign(&shot, &id, 404));
                Case { own: shot(&fresh.user.to_string()), status: 204, foreign: foreign.into() }
            }
            "leaveTenant" => {
                // Without the password: leaving.rs shows that it does what it says; here the member is still needed.
                alone(post("/api/users/leave", json!({})), 422)
            }
            "resendInvitation" => {
                let shot = |id: &str| post(format!("/api/users/{id}/invitation"), json!({}));
                // Another address each time: one is invited a few times a day only.
                let body = json!({ "email": self.fresh_address(), "role": "viewer" });
                let invited = ours.owner.post("/api/users", body).await.expect(201);
                Case {
                    own: shot(invited["id"].as_str().unwrap()),
                    status: 200,
                    foreign: vec![foreign(&shot, &theirs.invitation, 404)],
                }
            }
            "createTenant" => alone(post("/api/tenants", json!({ "name": "A further one" })), 201),
            "updateTenant" => alone(put("/api/tenant", json!({ "name": "Acme Networks" })), 200),
            "deleteTenant" => {
                // That it does what it says, tenants.rs shows; here the tenant is still needed.
                let body = json!({ "name": "Another name", "password": OWNER_PASSWORD });
                alone(post("/api/tenant/delete", body), 422)
            }
            "transferOwnership" => {
                let shot = |id: &str| post("/api/tenant/owner", json!({ "userId": id, "password": OWNER_PASSWORD }));
                let foreign = vec![foreign(&shot, &theirs.owner.user.to_string(), 422)];
                // To nobody, for the same reason.
                Case { own: shot(&Uuid::from_u128(8).to_string()), status: 422, foreign }
            }
            "listAuditLogs" => list(4, &[], 200),
            "summarizeAuditLogs" => alone(get(format!("/api/audit/summary?user={}", theirs.owner.user)), 200),
            // Nothing of a tenant can be named: in the answer to a stranger is a month of their own trail.
            "verifyAuditLogs" => alone(get("/api/audit/verify".to_owned()), 200),
            "exportAuditSeals" => alone(get("/api/audit/seals".to_owned()), 200),
            "exportAuditLogs" => alone(get(format!("/api/audit/export?user={}", theirs.owner.user)), 200),
            "listAuditExports" => alone(get("/api/audit/exports"), 200),
            "createAuditExport" => {
                self.app.settle().await;
                // What it was asked for is told again: somebody else's id would be no leak. The direct export is asked for theirs.
                let body = json!({ "format": "csv", "filter": { "user": ours.owner.user } });
                alone(post("/api/audit/exports", body), 202)
            }
            "getAuditExport" | "deleteAuditExport" => {
                let is_read = operation == "getAuditExport";
                let shot = |id: &str| match is_read {
                    true => get(format!("/api/audit/exports/{id}")),
                    false => delete(format!("/api/audit/exports/{id}")),
                };
                let body = json!({ "format": "jsonl" });
                let fresh = ours.owner.post("/api/audit/exports", body).await.expect(202);
                // Only so many may wait.
                self.app.settle().await;
                let own = shot(fresh["id"].as_str().unwrap_or_default());
                Case {
                    own,
                    status: if is_read { 200 } else { 204 },
                    foreign: vec![foreign(&shot, &theirs.export, 404)],
                }
            }
            "startSso" => {
                self.plant_sso().await;
                alone(post("/api/auth/sso/start", json!({ "slug": "acme" })), 200)
            }
            "finishSso" => {
                let shot = |tenant: &str| {
                    let body = json!({ "tenantId": tenant, "code": "a-code", "state": "a-state" });
                    post("/api/auth/sso/finish", body)
                };
                let foreign = vec![foreign(&shot, &theirs.owner.tenant.to_string(), 401)];
                Case { own: shot(&ours.owner.tenant.to_string()), status: 401, foreign }
            }
            "getSso" => {
                self.plant_sso().await;
                alone(get("/api/tenant/sso"), 200)
            }
            "putSso" => alone(put("/api/tenant/sso", self.sso()), 200),
            "deleteSso" => {
                self.plant_sso().await;
                alone(delete("/api/tenant/sso"), 204)
            }
            _ => alone(get(plain(operation)?), 200),
        })
    }
}

/// One thing of a list of NetBird's: by whose id, and in whose account.
async fn one_of_netbird(ours: &Side, theirs: &Side, list: &str, tail: &str) -> Case {
    let marked = if list == "peers" { "?search=-vault" } else { "" };
    let first_of = async |side: &Side| {
        let all = side.owner.get(&format!("/api/netbird/{list}{marked}")).await.expect(200);
        all[0]["id"].as_str().unwrap_or_default().to_owned()
    };
    let (own, theirs_id) = (first_of(ours).await, first_of(theirs).await);
    let by_path = |id: &str| get(format!("/api/netbird/{list}/{id}{tail}"));
    let by_query = |id: &str| get(format!("/api/netbird/{list}/{own}{tail}?accountId={id}"));
    let unknown = Uuid::from_u128(7).to_string();
    let foreign = vec![
        Foreign { theirs: by_path(&theirs_id), nobodys: by_path(&unknown), status: 404 },
        Foreign { theirs: by_query(&theirs.account), nobodys: by_query(&unknown), status: 404 },
    ];
    Case { own: by_path(&own), status: 200, foreign }
}
