//! Two tenants with one of everything each, and what they are asked.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::ids::SignUpId;
use platform_core::link::LinkPurpose;
use platform_core::sign_up::SignUp;
use platform_netbird::fake::FakeServer;
use platform_tests::identity_provider::IdentityProvider;
use platform_tests::{Answer, Member, TestApp};
use serde_json::{Value, json};

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Shot {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) body: Option<Value>,
}

pub(super) fn get(path: impl Into<String>) -> Shot {
    Shot { method: "GET", path: path.into(), body: None }
}

pub(super) fn post(path: impl Into<String>, body: Value) -> Shot {
    Shot { method: "POST", path: path.into(), body: Some(body) }
}

pub(super) fn put(path: impl Into<String>, body: Value) -> Shot {
    Shot { method: "PUT", path: path.into(), body: Some(body) }
}

pub(super) fn delete(path: impl Into<String>) -> Shot {
    Shot { method: "DELETE", path: path.into(), body: None }
}

/// A request that names something of the other tenant, and the same request naming something that nobody has.
pub(super) struct Foreign {
    pub(super) theirs: Shot,
    pub(super) nobodys: Shot,
    /// What both answer.
    pub(super) status: u16,
}

/// What one endpoint is asked.
pub(super) struct Case {
    pub(super) own: Shot,
    /// What a caller who may do it is answered.
    pub(super) status: u16,
    pub(super) foreign: Vec<Foreign>,
}

/// A tenant with one of everything.
pub(super) struct Side {
    pub(super) owner: Member,
    pub(super) token: String,
    pub(super) metric: String,
    pub(super) account: String,
    pub(super) rule: String,
    pub(super) silence: String,
    pub(super) rota: String,
    pub(super) route: String,
    pub(super) channel: String,
    pub(super) proposal: String,
    pub(super) review: String,
    pub(super) export: String,
    pub(super) alert: String,
    pub(super) delivery: String,
    pub(super) invitation: String,
    pub(super) cursors: [String; LISTS.len()],
}

/// The lists that have cursors.
pub(super) const LISTS: [&str; 16] = [
    "/api/netbird/peers",
    "/api/netbird/events",
    "/api/alerts",
    "/api/users",
    "/api/audit/logs",
    "/api/netbird/groups",
    "/api/netbird/users",
    "/api/netbird/policies",
    "/api/netbird/networks",
    "/api/netbird/routes",
    "/api/netbird/posture-checks",
    "/api/netbird/nameservers",
    "/api/netbird/setup-keys",
    "/api/netbird/changes",
    "/api/access/proposals",
    "/api/access/reviews",
];

impl Side {
    pub(super) async fn furnish(app: &TestApp, owner: Member, name: &str, netbird: &FakeServer) -> Self {
        netbird.handle().change(|network, now| {
            let marked = format!("{name}-vault");
            assert!(network.add_peer(&marked, "All", now), "the peer is new");
            let meta = [("name".to_owned(), marked.clone())].into();
            let by = platform_netbird::fake::Initiator::User(0);
            network.log(by, &format!("{name} did something"), "peer.rename", &marked, meta, now);
        });
        let account = app.connect_account_at(&owner, &format!("{name} headquarters"), netbird).await;
        netbird.handle().change(|network, now| {
            let policies: Vec<_> = network.policies().take(2).collect();
            policies.into_iter().for_each(|policy| network.toggle_policy(policy, 0, now));
        });
        app.pass(1).await;
        let rule = app.make_rule(&owner, json!({ "name": format!("{name} rule") })).await;
        let ends_at = app.now() + SignedDuration::from_hours(24 * 80);
        let matchers = json!({ "ruleIds": [rule["id"]], "accountIds": [account] });
        let silence = json!({ "name": format!("{name} silence"), "matchers": matchers, "endsAt": ends_at });
        let silence = owner.post("/api/alerts/silences", silence).await.expect(201);
        let rota = json!({
            "name": format!("{name} rota"), "timeZone": "UTC", "handover": { "time": "09:00" }, "every": "day",
            "startsOn": "2026-11-02", "people": [owner.user],
        });
        let rota = owner.post("/api/alerts/rotas", rota).await.expect(201);
        let webhook = format!("{}/{name}", app.receiver.url());
        let channel = json!({ "name": format!("{name} channel"), "config": { "type": "slack", "webhook": webhook } });
        let channel = owner.post("/api/alerts/channels", channel).await.expect(201);
        let matchers = json!({ "ruleIds": [rule["id"]], "accountIds": [account] });
        let route = json!({ "name": format!("{name} route"), "matchers": matchers, "channelIds": [channel["id"]] });
        let route = owner.post("/api/alerts/routes", route).await.expect(201);
        let alerts = app.plant_alerts(&owner, &account, 7, 3).await;
        app.plant_given_up(owner.tenant, alerts[5]).await;
        let delivery = app.plant_given_up(owner.tenant, alerts[6]).await;
        app.member(&owner, Role::Viewer).await;
        let invited = json!({ "email": format!("guest@{name}.example"), "role": "viewer" });
        let invitation = owner.post("/api/users", invited).await.expect(201);
        let token = token_of(&owner).await;
        let metric = json!({ "name": format!("{name}.backup"), "value": 1, "accountId": account });
        owner.post("/api/metrics", json!({ "metrics": [metric] })).await.expect(201);
        let metric = metric_of(&owner, &format!("{name}.backup")).await;
        let policy = owner.get("/api/netbird/policies?limit=1").await.expect(200)[0]["id"].clone();
        let change = json!({ "type": "policy_switch", "id": policy, "enabled": false });
        let proposed = json!({ "accountId": account, "title": format!("{name} proposal"), "changes": [change] });
        owner.post("/api/access/proposals", proposed.clone()).await.expect(201);
        let proposal = owner.post("/api/access/proposals", proposed).await.expect(201);
        let group = owner.get("/api/netbird/groups?limit=1").await.expect(200)[0]["id"].clone();
        let reviewed = json!({ "accountId": account, "name": format!("{name} review"), "groupIds": [group] });
        owner.post("/api/access/reviews", reviewed.clone()).await.expect(201);
        let review = owner.post("/api/access/reviews", reviewed).await.expect(201);
        let export = owner.post("/api/audit/exports", json!({ "format": "csv" })).await.expect(202);
        app.settle().await;
        let mut cursors = Vec::new();
        for list in LISTS {
            let next = owner.get(&format!("{list}?limit=1")).await.next().expect("there is a next page");
            cursors.push(next.split_once("cursor=").expect("it has a cursor").1.to_owned());
        }
        Self {
            owner,
            account,
            rule: rule["id"].as_str().unwrap().to_owned(),
            channel: channel["id"].as_str().unwrap().to_owned(),
            proposal: proposal["id"].as_str().unwrap().to_owned(),
            review: review["id"].as_str().unwrap().to_owned(),
            export: export["id"].as_str().unwrap().to_owned(),
            silence: silence["id"].as_str().unwrap().to_owned(),
            rota: rota["id"].as_str().unwrap().to_owned(),
            route: route["id"].as_str().unwrap().to_owned(),
            alert: alerts.last().unwrap().to_string(),
            delivery,
            invitation: invitation["id"].as_str().unwrap().to_owned(),
            token,
            metric,
            cursors: cursors.try_into().unwrap(),
        }
    }

    /// What must never be told to others.
    pub(super) async fn marks(&self, name: &str) -> BTreeSet<String> {
        let mut marks: BTreeSet<String> = [
            self.account.clone(),
            self.rule.clone(),
            self.silence.clone(),
            self.rota.clone(),
            self.route.clone(),
            self.channel.clone(),
            self.proposal.clone(),
            self.review.clone(),
            self.export.clone(),
            self.metric.clone(),
            self.owner.tenant.to_string(),
            self.owner.user.to_string(),
        ]
        .into();
        marks.extend([
            self.owner.email.clone(),
            format!("{name}-vault"),
            format!("{name} headquarters"),
            format!("{name} rule"),
            format!("{name} silence"),
            format!("{name} rota"),
            format!("{name} route"),
            format!("{name} channel"),
            format!("{name} proposal"),
            format!("{name} review"),
            format!("{name}.backup"),
            format!("guest@{name}.example"),
        ]);
        for list in LISTS.into_iter().filter(|list| *list != "/api/netbird/events") {
            let list = format!("{list}?limit=1000");
            let items = self.owner.get(&list).await.expect(200);
            marks.extend(items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        }
        marks
    }

    /// All that the API shows the owner.
    pub(super) async fn everything(&self) -> Vec<Value> {
        let mut seen = Vec::new();
        for path in [
            "/api/netbird/accounts",
            "/api/netbird/peers",
            "/api/netbird/groups",
            "/api/netbird/users",
            "/api/netbird/policies",
            "/api/netbird/networks",
            "/api/netbird/routes",
            "/api/netbird/posture-checks",
            "/api/netbird/nameservers",
            "/api/netbird/setup-keys",
            "/api/netbird/settings",
            "/api/netbird/events",
            "/api/netbird/changes",
            "/api/metrics",
            "/api/alerts/rules",
            "/api/alerts/silences",
            "/api/alerts/channels",
            "/api/alerts/rotas",
            "/api/alerts/routes",
            "/api/alerts/deliveries",
            "/api/access/proposals",
            "/api/access/reviews",
            "/api/audit/exports",
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

pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) ours: Side,
    pub(super) theirs: Side,
    pub(super) members: Vec<(Role, Member)>,
    pub(super) provider: IdentityProvider,
    pub(super) marks: BTreeSet<String>,
    pub(super) requests: usize,
    pub(super) leaks: Vec<String>,
}

impl World {
    pub(super) async fn new() -> Self {
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

    /// A request with the token of a new link.
    pub(super) async fn with_link(&self, path: &str, purpose: LinkPurpose, mut body: Value) -> Shot {
        body["token"] = json!(self.app.link(purpose).await);
        post(path, body)
    }

    /// A sign-up that waits for its link.
    pub(super) async fn sign_up(&self) -> LinkPurpose {
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

    pub(super) fn fresh_address(&self) -> String {
        format!("guest-{}@elsewhere.example", u64::from_be_bytes(self.app.platform.random()))
    }

    pub(super) fn sso(&self) -> Value {
        json!({ "slug": "acme", "issuer": self.provider.issuer(), "clientId": "netbird-platform", "enabled": true })
    }

    pub(super) async fn plant_sso(&self) {
        self.ours.owner.call("PUT", "/api/tenant/sso", Some(self.sso())).await.expect(200);
    }

    pub(super) async fn refresh_token(&self, member: &Member) -> String {
        let session = self.app.sign_in(member).await.session;
        let session = self.app.platform.store.session(member.user, session).await.unwrap().unwrap();
        self.app.platform.issuer.as_ref().unwrap().refresh_token(&session)
    }

    pub(super) async fn send(&mut self, client: &platform_tests::Client, shot: &Shot) -> Answer {
        // A decision names what it is about.
        let client = &client.with_header("if-match", "*");
        let answer = client.call(shot.method, &shot.path, shot.body.clone()).await;
        self.requests += 1;
        let everything = format!("{} {:?}", answer.text, answer.headers);
        // Of many things at once an answer says by its id which failed: that somebody asked for it is no news.
        let failed: Vec<&Value> =
            answer.body["failed"].as_array().into_iter().flatten().filter_map(|one| one.get("id")).collect();
        let is_told = |mark: &&String| everything.contains(mark.as_str()) && !failed.contains(&&json!(mark));
        for mark in self.marks.iter().filter(is_told) {
            self.leaks.push(format!("{} tells {mark}", answer.what));
        }
        answer
    }
}

/// The id of the series of a metric that was pushed.
pub(super) async fn metric_of(member: &Member, name: &str) -> String {
    let all = member.get("/api/metrics").await.expect(200);
    let found = all.as_array().unwrap().iter().find(|series| series["name"] == *name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// The id of a new API token.
pub(super) async fn token_of(member: &Member) -> String {
    let body = json!({ "name": "short-lived", "scopes": ["alerts:read"], "expiresInDays": 1 });
    let made = member.post("/api/tokens", body).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}
