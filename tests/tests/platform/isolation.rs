//! Security check 18: every endpoint × every role × {own, foreign, nobody}.
//!
//! The rows of the code decide what is called, so that a new endpoint without a case here fails. What is foreign
//! answers to the letter as what does not exist, changes nothing, and no answer holds anything of the other tenant.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_core::ids::SignUpId;
use platform_core::link::LinkPurpose;
use platform_core::sign_up::SignUp;
use platform_http::Access;
use platform_netbird::fake::{FakeServer, Tokens};
use platform_store::recipients::recipient_id;
use platform_tests::identity_provider::IdentityProvider;
use platform_tests::{Answer, Authenticator, Member, OWNER_PASSWORD, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// One request.
#[derive(Debug, Clone)]
struct Shot {
    method: &'static str,
    path: String,
    body: Option<Value>,
}

fn get(path: impl Into<String>) -> Shot {
    Shot { method: "GET", path: path.into(), body: None }
}

fn post(path: impl Into<String>, body: Value) -> Shot {
    Shot { method: "POST", path: path.into(), body: Some(body) }
}

fn put(path: impl Into<String>, body: Value) -> Shot {
    Shot { method: "PUT", path: path.into(), body: Some(body) }
}

fn delete(path: impl Into<String>) -> Shot {
    Shot { method: "DELETE", path: path.into(), body: None }
}

/// A request that names something of the other tenant, and the same request naming something that nobody has.
struct Foreign {
    theirs: Shot,
    nobodys: Shot,
    /// What both answer.
    status: u16,
}

/// What one endpoint is asked.
struct Case {
    own: Shot,
    /// What a caller who may do it is answered.
    status: u16,
    foreign: Vec<Foreign>,
}

/// A tenant with one of everything.
struct Side {
    owner: Member,
    token: String,
    account: String,
    rule: String,
    alert: String,
    invitation: String,
    cursors: [String; 5],
}

/// The lists that have cursors.
const LISTS: [&str; 5] = ["/api/netbird/peers", "/api/netbird/events", "/api/alerts", "/api/users", "/api/audit/logs"];

impl Side {
    async fn furnish(app: &TestApp, owner: Member, name: &str, netbird: &FakeServer) -> Self {
        netbird.handle().change(|network, now| {
            let marked = format!("{name}-vault");
            assert!(network.add_peer(&marked, "All", now), "the peer is new");
            let meta = [("name".to_owned(), marked.clone())].into();
            let by = platform_netbird::fake::Initiator::User(0);
            network.log(by, &format!("{name} did something"), "peer.rename", &marked, meta, now);
        });
        let account = app.connect_account_at(&owner, &format!("{name} headquarters"), netbird).await;
        let rule = app.make_rule(&owner, json!({ "name": format!("{name} rule") })).await;
        let alerts = app.plant_alerts(&owner, &account, 7, 3).await;
        app.member(&owner, Role::Viewer).await;
        let invited = json!({ "email": format!("guest@{name}.example"), "role": "viewer" });
        let invitation = owner.post("/api/users", invited).await.expect(201);
        let token = token_of(&owner).await;
        let mut cursors = Vec::new();
        for list in LISTS {
            let next = owner.get(&format!("{list}?limit=2")).await.next().expect("there is a next page");
            cursors.push(next.split_once("cursor=").expect("it has a cursor").1.to_owned());
        }
        Self {
            owner,
            account,
            rule: rule["id"].as_str().unwrap().to_owned(),
            alert: alerts.last().unwrap().to_string(),
            invitation: invitation["id"].as_str().unwrap().to_owned(),
            token,
            cursors: cursors.try_into().unwrap(),
        }
    }

    /// What must never be told to others.
    async fn marks(&self, name: &str) -> BTreeSet<String> {
        let mut marks: BTreeSet<String> =
            [self.account.clone(), self.rule.clone(), self.owner.tenant.to_string(), self.owner.user.to_string()]
                .into();
        marks.extend([
            self.owner.email.clone(),
            format!("{name}-vault"),
            format!("{name} headquarters"),
            format!("{name} rule"),
            format!("guest@{name}.example"),
        ]);
        for list in ["/api/netbird/peers", "/api/alerts", "/api/users", "/api/audit/logs"] {
            let list = format!("{list}?limit=1000");
            let items = self.owner.get(&list).await.expect(200);
            marks.extend(items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        }
        marks
    }

    /// All that the API shows the owner.
    async fn everything(&self) -> Vec<Value> {
        let mut seen = Vec::new();
        for path in [
            "/api/netbird/accounts",
            "/api/netbird/peers",
            "/api/netbird/events",
            "/api/alerts/rules",
            "/api/alerts",
            "/api/auth/profile",
            "/api/users",
            "/api/tenant",
            "/api/audit/logs",
        ] {
            seen.push(self.owner.get(path).await.expect(200));
        }
        seen
    }
}

struct World {
    app: TestApp,
    ours: Side,
    theirs: Side,
    members: Vec<(Role, Member)>,
    provider: IdentityProvider,
    marks: BTreeSet<String>,
    requests: usize,
    leaks: Vec<String>,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let elsewhere = app.another_netbird(23, 2).await;
        let ours = Side::furnish(&app, app.set_up().await, "acme", &app.netbird).await;
        let theirs = Side::furnish(&app, app.tenant("Globex").await, "globex", &elsewhere).await;
        let mut members = Vec::new();
        for role in Role::ALL {
            members.push((*role, app.member(&ours.owner, *role).await));
        }
        app.settle().await;
        let marks = theirs.marks("globex").await;
        assert!(marks.is_disjoint(&ours.marks("acme").await), "the two tenants have nothing in common");
        let provider = IdentityProvider::start(&app.clock).await.unwrap();
        Self { app, ours, theirs, members, provider, marks, requests: 0, leaks: Vec::new() }
    }

    /// What an endpoint is asked, with things of its own where it uses them up.
    async fn case(&self, operation: &str, caller: Option<&Member>) -> Option<Case> {
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
            "profile" => alone(get("/api/auth/profile"), 200),
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
            "listSessions" => alone(get("/api/auth/sessions"), 200),
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
            "setupStatus" => alone(get("/api/setup"), 200),
            "setup" => {
                let body = json!({ "tenantName": "Again", "name": "Eve", "email": "eve@evil.example", "password": OWNER_PASSWORD });
                alone(post("/api/setup", body), 409)
            }
            "getAccount" => {
                let shot = |id: &str| get(format!("/api/netbird/account?accountId={id}"));
                Case { own: shot(&ours.account), status: 200, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listAccounts" => alone(get("/api/netbird/accounts"), 200),
            "createAccount" => {
                let mut body = connection;
                body["name"] = json!("Branch");
                alone(post("/api/netbird/accounts", body), 201)
            }
            "testAccount" => alone(post("/api/netbird/accounts/test", connection), 200),
            "deleteAccount" => {
                let fresh = self.app.connect_account_at(&ours.owner, "Short-lived", &self.app.netbird).await;
                let shot = |id: &str| delete(format!("/api/netbird/accounts/{id}"));
                Case { own: shot(&fresh), status: 204, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "syncAccountNow" => {
                let shot = |id: &str| post(format!("/api/netbird/accounts/{id}/sync"), json!({}));
                // Once a moment is often enough.
                self.app.skip(SignedDuration::from_secs(10));
                Case { own: shot(&ours.account), status: 202, foreign: vec![foreign(&shot, &theirs.account, 404)] }
            }
            "listPeers" => list(0, &[("accountId", &theirs.account)], 404),
            "listEvents" => list(1, &[("accountId", &theirs.account)], 404),
            "listAlerts" => list(2, &[("accountId", &theirs.account), ("ruleId", &theirs.rule)], 200),
            "listRules" => alone(get("/api/alerts/rules"), 200),
            "createRule" => {
                let body = |account: &str| {
                    json!({
                        "name": "R", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
                        "severity": "low", "accountId": account, "notificationConfig": {},
                    })
                };
                let shot = |id: &str| post("/api/alerts/rules", body(id));
                Case { own: shot(&ours.account), status: 201, foreign: vec![foreign(&shot, &theirs.account, 422)] }
            }
            "listRecipients" => alone(get("/api/alerts/recipients"), 200),
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
            "acknowledgeAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/acknowledge"), json!({ "message": "mine" }));
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
            }
            "resolveAlert" => {
                let shot = |id: &str| post(format!("/api/alerts/{id}/resolve"), json!({ "message": "mine" }));
                let own = shot(&fresh_alert().await.to_string());
                Case { own, status: 200, foreign: vec![foreign(&shot, &theirs.alert, 404)] }
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
            "getTenant" => alone(get("/api/tenant"), 200),
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
            "listRoles" => alone(get("/api/roles"), 200),
            "listAuditLogs" => list(4, &[], 200),
            "overview" => alone(get("/api/dashboard/overview"), 200),
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
            "health" => alone(get("/api/health"), 200),
            "openapi" => alone(get("/api/openapi.json"), 200),
            "docs" => alone(get("/api/docs"), 200),
            _ => return None,
        })
    }

    /// A request with the token of a new link.
    async fn with_link(&self, path: &str, purpose: LinkPurpose, mut body: Value) -> Shot {
        body["token"] = json!(self.app.link(purpose).await);
        post(path, body)
    }

    /// A sign-up that waits for its link.
    async fn sign_up(&self) -> LinkPurpose {
        let (now, entropy) = (self.app.now(), self.app.platform.entropy.as_ref());
        let sign_up = SignUp {
            id: SignUpId::new(now, entropy),
            tenant_name: "Initech".into(),
            name: "Eve".into(),
            email: self.fresh_address().parse().unwrap(),
            password_hash:
                "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$COasZSyMm5hc6dqbItVb+IZaGwOa3IHiB0qT62pEreo".into(),
            expires_at: now + SignedDuration::from_hours(1),
        };
        let mut transaction = self.app.platform.store.transaction();
        transaction.create_sign_up(&sign_up).unwrap();
        transaction.commit().await.unwrap();
        LinkPurpose::SignUp { id: sign_up.id }
    }

    fn fresh_address(&self) -> String {
        format!("guest-{}@elsewhere.example", u64::from_be_bytes(self.app.platform.random()))
    }

    fn sso(&self) -> Value {
        json!({ "slug": "acme", "issuer": self.provider.issuer(), "clientId": "netbird-platform", "enabled": true })
    }

    async fn plant_sso(&self) {
        self.ours.owner.call("PUT", "/api/tenant/sso", Some(self.sso())).await.expect(200);
    }

    async fn refresh_token(&self, member: &Member) -> String {
        let session = self.app.sign_in(member).await.session;
        let session = self.app.platform.store.session(member.user, session).await.unwrap().unwrap();
        self.app.platform.issuer.as_ref().unwrap().refresh_token(&session)
    }

    async fn send(&mut self, client: &platform_tests::Client, shot: &Shot) -> Answer {
        let answer = client.call(shot.method, &shot.path, shot.body.clone()).await;
        self.requests += 1;
        let everything = format!("{} {:?}", answer.text, answer.headers);
        for mark in self.marks.iter().filter(|mark| everything.contains(mark.as_str())) {
            self.leaks.push(format!("{} tells {mark}", answer.what));
        }
        answer
    }
}

/// The id of a new API token.
async fn token_of(member: &Member) -> String {
    let body = json!({ "name": "short-lived", "scopes": ["alerts:read"], "expiresInDays": 1 });
    let made = member.post("/api/tokens", body).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// An answer without what names the request.
fn essence(answer: &Answer) -> (u16, Value, Option<usize>) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("requestId");
    }
    (answer.status.as_u16(), body, answer.total())
}

/// Two API tokens that hold one permission each: whatever an endpoint asks for, one of them does not hold it.
async fn other_scope(world: &World, owner: &Member) -> (platform_tests::Client, platform_tests::Client) {
    let rules = world.app.api_token(owner, &[Permission::RulesRead]).await;
    (rules, world.app.api_token(owner, &[Permission::AlertsRead]).await)
}

#[tokio::test]
async fn no_tenant_reaches_another() {
    let mut world = World::new().await;
    let before = world.theirs.everything().await;
    for endpoint in platform_local::endpoints() {
        let operation = endpoint.operation_id.as_str();
        let missing = format!("{operation} has no case here: write one");

        let case = world.case(operation, None).await.expect(&missing);
        let stranger = world.app.anybody.from_ip([198, 51, 100, 1]);
        let answer = world.send(&stranger, &case.own).await;
        if endpoint.access == Access::Public {
            answer.expect(case.status);
        } else {
            answer.refused(401, "unauthenticated");
            let forger = stranger.with_token("eyJhbGciOiJFZERTQSJ9.e30.c2ln");
            world.send(&forger, &case.own).await.refused(401, "unauthenticated");
        }

        for (role, member) in world.members.clone() {
            // With a session of its own: some endpoints end it, or take it elsewhere.
            let member = world.app.sign_in(&member).await;
            let case = world.case(operation, Some(&member)).await.expect(&missing);
            let permission = endpoint.access.permission();
            let refusal = permission.filter(|permission| !role.may(*permission)).map(Permission::name);
            for foreign in &case.foreign {
                let theirs = world.send(&member, &foreign.theirs).await;
                let nobodys = world.send(&member, &foreign.nobodys).await;
                assert_eq!(essence(&theirs), essence(&nobodys), "{role}: {} tells that it exists", theirs.what);
                match refusal {
                    Some(permission) => assert_eq!(theirs.refused(403, "forbidden")["permission"], permission),
                    None => {
                        let (total, body) = (theirs.total(), theirs.expect(foreign.status));
                        if foreign.status == 200 {
                            assert_eq!((body, total), (json!([]), Some(0)));
                        }
                    }
                }
            }
            let own = world.send(&member, &case.own).await;
            match refusal {
                Some(permission) => assert_eq!(own.refused(403, "forbidden")["permission"], permission),
                None => drop(own.expect(case.status)),
            }
        }
    }
    let owner = world.ours.owner.clone();
    let (all, none) = (world.app.api_token(&owner, Permission::ALL).await, other_scope(&world, &owner).await);
    for endpoint in platform_local::endpoints() {
        let case = world.case(&endpoint.operation_id, Some(&owner)).await.expect("checked above");
        if endpoint.access == Access::Public {
            continue;
        }
        world.app.skip(SignedDuration::from_secs(1));
        if !endpoint.access.takes_tokens() {
            world.send(&all, &case.own).await.refused(403, "session-required");
            continue;
        }
        for foreign in &case.foreign {
            let (theirs, nobodys) = (world.send(&all, &foreign.theirs).await, world.send(&all, &foreign.nobodys).await);
            assert_eq!(essence(&theirs), essence(&nobodys), "API token: {} tells that it exists", theirs.what);
            theirs.expect(foreign.status);
        }
        if let Some(permission) = endpoint.access.permission() {
            let client = if permission == Permission::RulesRead { &none.1 } else { &none.0 };
            let refusal = world.send(client, &case.own).await.refused(403, "forbidden");
            assert_eq!(refusal["permission"], permission.name(), "the token's scopes do not hold it");
        }
        world.send(&all, &case.own).await.expect(case.status);
    }
    for (after, before) in world.theirs.everything().await.iter().zip(&before) {
        assert_eq!(after, before, "nothing of theirs changed");
    }
    println!("isolation: {} requests, {} leaks", world.requests, world.leaks.len());
    assert_eq!(world.leaks, [""; 0]);
}

/// Counts are data too: lists and overview of one tenant say the same whether the other exists or not.
#[tokio::test]
async fn counts_are_of_ones_own() {
    let world = World::new().await;
    let (ours, theirs) = (&world.ours.owner, &world.theirs.owner);
    for (list, own, other) in [("/api/netbird/peers", 11, 24), ("/api/alerts", 7, 7)] {
        assert_eq!(ours.get(list).await.total(), Some(own), "{list}");
        assert_eq!(theirs.get(list).await.total(), Some(other), "{list}");
    }
    let overview = ours.get("/api/dashboard/overview").await.expect(200);
    assert_eq!(
        (&overview["totalPeers"], &overview["accounts"], &overview["rules"]),
        (&json!(11), &json!(1), &json!(1))
    );
    assert_eq!(overview["openAlerts"]["total"], 3);
}

/// Even a token of the right key cannot take a session into another tenant.
#[tokio::test]
async fn a_session_acts_only_in_its_tenant() {
    let world = World::new().await;
    let (ours, theirs) = (&world.ours.owner, &world.theirs.owner);
    let store = &world.app.platform.store;
    let mut session = store.session(ours.user, ours.session).await.unwrap().unwrap();
    session.tenant = theirs.tenant;
    let token = world.app.platform.issuer.as_ref().unwrap().access_token(&session, Role::Owner, world.app.now());
    let carried = world.app.anybody.with_token(token.unwrap());
    carried.get("/api/netbird/accounts").await.refused(401, "unauthenticated");
    carried
        .post(&format!("/api/alerts/{}/resolve", world.theirs.alert), json!({}))
        .await
        .refused(401, "unauthenticated");
}
