//! Tenants: made, renamed, handed over, and deleted so that nothing is left and nothing is sent.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_core::ids::{TenantId, UserId};
use platform_core::link::{Link, LinkPurpose};
use platform_core::sso::{Provider, SsoIdentity, SsoSettings};
use platform_core::tenancy::{Membership, SignInMethod, User};
use platform_runtime::job::Trigger;
use platform_runtime::queue::Message;
use platform_tests::{Answer, Client, Member, OWNER_PASSWORD, Options, Reply, TestApp};
use serde_json::{Value, json};

async fn rename(by: &Member, name: &str) -> Answer {
    by.call("PUT", "/api/tenant", Some(json!({ "name": name }))).await
}

async fn delete(by: &Member, name: &str, password: &str) -> Answer {
    by.post("/api/tenant/delete", json!({ "name": name, "password": password })).await
}

async fn hand_over(by: &Member, to: impl std::fmt::Display, password: &str) -> Answer {
    by.post("/api/tenant/owner", json!({ "userId": to.to_string(), "password": password })).await
}

/// An API token with all that an owner may do.
async fn token_of(app: &TestApp, owner: &Member) -> Client {
    app.api_token(owner, Permission::ALL).await
}

async fn role(by: &Member) -> Value {
    by.get("/api/auth/profile").await.expect(200)["role"].clone()
}

/// Puts a user into a further tenant.
async fn join(app: &TestApp, user: UserId, tenant: TenantId, role: Role) {
    let store = &app.platform.store;
    let (user, tenant) = (store.user(user).await.unwrap().unwrap(), store.tenant(tenant).await.unwrap().unwrap());
    let mut transaction = store.transaction();
    transaction.create_membership(&Membership::new(&tenant, &user, role, app.now())).unwrap();
    transaction.commit().await.unwrap();
}

/// Single sign-on of a tenant, and somebody who came by it.
async fn sign_on(app: &TestApp, tenant: TenantId, slug: &str) -> UserId {
    let (now, store) = (app.now(), &app.platform.store);
    let mut settings = SsoSettings {
        tenant,
        slug: slug.parse().unwrap(),
        issuer: "https://id.acme.example".into(),
        client_id: "platform".into(),
        client_secret: None,
        domains: Vec::new(),
        role_claim: None,
        role_mapping: Vec::new(),
        default_role: Some(Role::Viewer),
        enabled: true,
        provider: Provider {
            authorization_endpoint: "https://id.acme.example/authorize".into(),
            token_endpoint: "https://id.acme.example/token".into(),
            jwks_uri: "https://id.acme.example/keys".into(),
            userinfo_endpoint: None,
            secret_in_body: false,
            has_groups_scope: false,
            read_at: now,
        },
        updated_at: now,
        version: 0,
    };
    let id = UserId::new(now, app.platform.entropy.as_ref());
    // With the address of somebody who signs in by password.
    let mut user = User::new(id, "ada@acme.example".parse().unwrap(), "Ada at the provider".into(), None, now);
    user.sso_tenant = Some(tenant);
    let tenant = store.tenant(tenant).await.unwrap().unwrap();
    let mut transaction = store.transaction();
    transaction.put_sso(&mut settings, None).unwrap();
    transaction.create_sso_member(&user, &Membership::new(&tenant, &user, Role::Viewer, now)).unwrap();
    transaction
        .put_sso_identity(tenant.id, "the hash of issuer and subject", SsoIdentity { user: id, is_proven: true })
        .unwrap();
    transaction.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_further_tenant_is_its_makers() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let made = viewer.post("/api/tenants", json!({ "name": " Globex " })).await.expect(201);
    assert_eq!(
        made,
        json!({
            "id": made["id"], "name": "Globex", "createdAt": app.now().to_string(), "members": 1,
            "ownerNames": ["viewer of Acme Networks"], "sso": null, "alertRetentionDays": 365,
        })
    );
    let profile = viewer.get("/api/auth/profile").await.expect(200);
    assert_eq!((&profile["tenantName"], &profile["role"]), (&json!("Acme Networks"), &json!("viewer")), "as before");
    assert_eq!(profile["tenants"].as_array().unwrap().len(), 2);
    for (name, detail) in [("", "must not be empty"), ("  ", "must not be blank"), ("a\nb", "must be one line")] {
        let refused = viewer.post("/api/tenants", json!({ "name": name })).await.refused(422, "validation");
        assert_eq!(refused["errors"][0], json!({ "pointer": "/name", "detail": detail }));
    }
    for number in 1..20 {
        viewer.post("/api/tenants", json!({ "name": format!("Tenant {number}") })).await.expect(201);
    }
    viewer.post("/api/tenants", json!({ "name": "One more" })).await.refused(409, "conflict");
    token_of(&app, &owner).await.post("/api/tenants", json!({ "name": "T" })).await.refused(403, "session-required");

    // Whom an identity provider lets in here has no business elsewhere.
    let mut session = app.platform.store.session(owner.user, owner.session).await.unwrap().unwrap();
    session.method = SignInMethod::Sso;
    app.platform.store.replace_session(&mut session).await.unwrap();
    owner.post("/api/tenants", json!({ "name": "T" })).await.refused(403, "password-session-required");
}

#[tokio::test]
async fn where_sign_up_is_closed_only_owners_make_tenants() {
    let app = TestApp::start_with(Options { open_sign_up: false, ..Options::default() }).await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    admin.post("/api/tenants", json!({ "name": "Globex" })).await.refused(403, "sign-up-closed");
    owner.post("/api/tenants", json!({ "name": "Globex" })).await.expect(201);
}

#[tokio::test]
async fn a_new_name_is_seen_by_all() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let members = [app.member(&owner, Role::Viewer).await, app.member(&owner, Role::Admin).await];
    owner.post("/api/users", json!({ "email": "guest@acme.example", "role": "viewer" })).await.expect(201);
    assert_eq!(owner.get("/api/tenant").await.expect(200)["members"], 3);
    rename(&members[0], "Mine").await.refused(403, "forbidden");
    let renamed = rename(&members[1], "Acme Nets").await.expect(200);
    assert_eq!((&renamed["name"], &renamed["ownerNames"]), (&json!("Acme Nets"), &json!(["Ada"])));
    for member in members.iter().chain([&owner]) {
        let profile = member.get("/api/auth/profile").await.expect(200);
        assert_eq!(
            (&profile["tenantName"], &profile["tenants"][0]["name"]),
            (&json!("Acme Nets"), &json!("Acme Nets"))
        );
    }
    let store = &app.platform.store;
    assert_eq!(store.invitations(owner.tenant).await.unwrap()[0].tenant_name, "Acme Nets");

    // A renaming that died half-way is finished by the same again.
    let mut tenant = store.tenant(owner.tenant).await.unwrap().unwrap();
    tenant.name = "Acme".into();
    let mut transaction = store.transaction();
    transaction.replace_tenant(&mut tenant).unwrap();
    transaction.commit().await.unwrap();
    rename(&owner, "Acme").await.expect(200);
    assert_eq!(members[0].get("/api/auth/profile").await.expect(200)["tenantName"], "Acme");
    let entries = owner.get("/api/audit/logs").await.expect(200);
    let renamings: Vec<&Value> =
        entries.as_array().unwrap().iter().filter(|entry| entry["action"] == "tenant.update").collect();
    assert_eq!(renamings.len(), 1);
    assert_eq!(
        (&renamings[0]["oldValues"], &renamings[0]["newValues"]),
        (&json!({ "name": "Acme Networks" }), &json!({ "name": "Acme Nets" }))
    );
}

#[tokio::test]
async fn a_tenant_is_handed_over_by_password() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let grace = app.member(&owner, Role::Viewer).await;
    let other = app.tenant("Globex").await;
    let by_provider = sign_on(&app, owner.tenant, "acme").await;
    for (to, pointer) in
        [(owner.user, "/userId"), (other.user, "/userId"), (UserId::from_uuid(uuid::Uuid::nil()), "/userId")]
    {
        let refused = hand_over(&owner, to, OWNER_PASSWORD).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
    hand_over(&owner, by_provider, OWNER_PASSWORD).await.refused(409, "conflict");
    let refused = hand_over(&owner, grace.user, "not the right password").await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/password");
    assert_eq!(
        hand_over(&grace, grace.user, OWNER_PASSWORD).await.refused(403, "forbidden")["permission"],
        "tenant:transfer"
    );
    let token = token_of(&app, &owner).await;
    let body = json!({ "userId": grace.user.to_string(), "password": OWNER_PASSWORD });
    token.post("/api/tenant/owner", body).await.refused(403, "session-required");

    hand_over(&owner, grace.user, OWNER_PASSWORD).await.expect(204);
    assert_eq!((role(&owner).await, role(&grace).await), (json!("admin"), json!("owner")));
    assert_eq!(grace.get("/api/tenant").await.expect(200)["ownerNames"], json!(["viewer of Acme Networks"]));
    let entries = grace.get("/api/audit/logs").await.expect(200);
    let entry = entries.as_array().unwrap().iter().find(|entry| entry["action"] == "tenant.transfer").unwrap();
    assert_eq!(entry["oldValues"], json!({ "owner": owner.email, "role": "viewer" }));
    assert_eq!(entry["newValues"], json!({ "owner": grace.email, "role": "owner" }));
    assert!(!entry.to_string().contains(OWNER_PASSWORD));
}

#[tokio::test]
async fn the_password_of_a_deletion_is_not_guessed() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for _ in 0..10 {
        delete(&owner, "Acme Networks", "not the right password").await.refused(422, "validation");
    }
    let answer = delete(&owner, "Acme Networks", OWNER_PASSWORD).await;
    assert!(answer.header("retry-after").is_some());
    answer.refused(429, "rate-limited");
    owner.get("/api/tenant").await.expect(200);
}

#[tokio::test]
async fn roles_come_from_the_one_table() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let roles = viewer.get("/api/roles").await.expect(200);
    let names: Vec<&str> = roles.as_array().unwrap().iter().map(|role| role["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["viewer", "network_admin", "admin", "owner"]);
    for (shown, role) in roles.as_array().unwrap().iter().zip(Role::ALL) {
        let shown: BTreeSet<&str> =
            shown["permissions"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(shown, role.permissions().map(platform_core::access::Permission::name).collect());
    }
}

/// A tenant with one of everything, an alert that is to be told again, and people of every kind.
struct Full {
    owner: Member,
    /// Also in the other tenant.
    shared: Member,
    /// Only here.
    alone: Member,
    by_provider: UserId,
    account: String,
}

async fn furnish(app: &TestApp, other: &Member) -> Full {
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    let (shared, alone) = (app.member(&owner, Role::Admin).await, app.member(&owner, Role::Viewer).await);
    join(app, shared.user, other.tenant, Role::Viewer).await;
    app.api_token(&alone, &[Permission::TenantRead]).await;
    token_of(app, &owner).await;
    let by_provider = sign_on(app, owner.tenant, "acme").await;
    // An invitation whose mail has gone out.
    owner.post("/api/users", json!({ "email": "guest@acme.example", "role": "viewer" })).await.expect(201);
    app.settle().await;
    let store = &app.platform.store;
    let mut invitation = store.invitations(owner.tenant).await.unwrap().remove(0);
    if invitation.link.is_none() {
        invitation.link = Some("the hash of a link".into());
        let purpose = LinkPurpose::Invitation { tenant: owner.tenant, id: invitation.id };
        let mut transaction = store.transaction();
        transaction.create_link("the hash of a link", &Link { purpose, expires_at: invitation.expires_at }).unwrap();
        transaction.replace_invitation(&mut invitation).unwrap();
        transaction.commit().await.unwrap();
    }
    // The receiver is down: the webhook of the alert that fires waits for another try.
    app.receiver.reply(std::iter::repeat_n(Reply::Status(503), 1_000));
    app.disconnect(&[&app.peers()[0]]);
    app.pass(6).await;
    assert_eq!(app.alerts(&owner).await.len(), 1);
    // A part of the trail lies in another month.
    app.skip(SignedDuration::from_hours(24 * 25));
    rename(&owner, "Acme").await.expect(200);
    app.tick().await;
    Full { owner, shared, alone, by_provider, account }
}

/// What the table holds of a tenant and of its people.
fn remains(app: &TestApp, marks: &[String]) -> Vec<String> {
    let items = app.stored().into_iter().filter(|item| marks.iter().any(|mark| item.contains(mark.as_str())));
    let items = items.map(|item| serde_json::from_str::<Value>(&item).unwrap());
    // That the platform was set up stays true.
    let items = items.filter(|item| item["pk"]["S"] != "PLATFORM");
    items.map(|item| format!("{} {}", item["pk"]["S"], item["sk"]["S"])).collect()
}

/// What the other tenant has, as it sees it.
async fn seen_by(other: &Member) -> Vec<Value> {
    let mut seen = Vec::new();
    for path in [
        "/api/tenant",
        "/api/users",
        "/api/netbird/accounts",
        "/api/netbird/peers",
        "/api/alerts/rules",
        "/api/alerts",
        "/api/audit/logs",
    ] {
        let mut value = other.get(path).await.expect(200);
        // Syncs go on.
        for item in value.as_array_mut().into_iter().flatten() {
            for name in ["lastSync", "lastAttempt", "nextSync", "lastSeen"] {
                item.as_object_mut().unwrap().remove(name);
            }
        }
        seen.push(value);
    }
    seen
}

impl Full {
    fn marks(&self) -> Vec<String> {
        let ids = [self.owner.user, self.alone.user, self.by_provider].map(|user| user.to_string());
        let texts =
            [self.owner.tenant.to_string(), self.account.clone(), "guest@acme.example".into(), "SLUG#acme".into()];
        ids.into_iter().chain(texts).collect()
    }
}

#[tokio::test]
async fn nothing_of_a_deleted_tenant_is_left_or_sent() {
    let app = TestApp::start().await;
    let elsewhere = app.another_netbird(5, 2).await;
    let other = app.tenant("Globex").await;
    app.connect_account_at(&other, "Globex HQ", &elsewhere).await;
    let full = furnish(&app, &other).await;
    let owner = &full.owner;
    app.tick().await;
    let theirs = seen_by(&other).await;
    assert!(remains(&app, &full.marks()).len() > 40, "there is something to remove");

    let refused = delete(owner, "acme", OWNER_PASSWORD).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/name");
    let refused = delete(owner, "Acme", "not the right password").await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/password");
    assert_eq!(
        delete(&full.shared, "Acme", OWNER_PASSWORD).await.refused(403, "forbidden")["permission"],
        "tenant:delete"
    );
    let token = token_of(&app, owner).await;
    let body = json!({ "name": "Acme", "password": OWNER_PASSWORD });
    token.post("/api/tenant/delete", body).await.refused(403, "session-required");

    // What is under way just then.
    let tenant = owner.tenant;
    let account = platform_core::ids::AccountId::from_uuid(full.account.parse().unwrap());
    let alert = app.platform.store.active_alerts(tenant).await.unwrap().remove(0);
    let intents = app.platform.store.intents_of(tenant, alert.id).await.unwrap();
    assert!(intents.iter().any(|intent| intent.status == platform_core::intent::IntentStatus::Pending));
    let mut messages = vec![Message::Sync { tenant, account, asked_at: None }, Message::Evaluate { tenant, account }];
    messages.extend(intents.into_iter().map(|intent| Message::Notify { tenant, intent: intent.key }));
    let (mails, webhooks) = (app.mailbox.mails().len(), app.receiver.received().len());

    delete(owner, "Acme", OWNER_PASSWORD).await.expect(202);
    for client in [&owner.client, &full.shared.client, &full.alone.client, &token] {
        client.get("/api/tenant").await.refused(401, "unauthenticated");
    }
    app.skip(SignedDuration::from_hours(2));
    for message in &messages {
        app.run(message.clone()).await.unwrap();
    }
    app.skip(SignedDuration::from_secs(1));
    app.pass(1).await;
    for message in &messages {
        app.run(message.clone()).await.unwrap();
    }
    app.pass(20).await;
    assert_eq!(remains(&app, &full.marks()), [""; 0]);
    assert_eq!(app.platform.store.deleted_tenants().await.unwrap(), []);
    for message in messages {
        app.run(message).await.unwrap();
    }
    app.pass(2).await;
    assert_eq!(remains(&app, &full.marks()), [""; 0], "nothing revives it");
    assert_eq!((app.mailbox.mails().len(), app.receiver.received().len()), (mails, webhooks), "nothing was sent");
    assert_eq!(app.queues.take_failures(), [""; 0]);

    // Somebody who has another tenant is still there, and that tenant is as it was.
    assert_eq!(seen_by(&other).await, theirs);
    assert!(app.platform.store.user(full.shared.user).await.unwrap().is_some());
    let sessions = app.platform.store.sessions(full.shared.user).await.unwrap();
    let tenants: Vec<TenantId> = sessions.iter().map(|session| session.tenant).collect();
    assert_eq!(tenants, [other.tenant], "their session goes on there");
    let shared = app.sign_in(&Member { tenant: other.tenant, ..full.shared.clone() }).await;
    assert_eq!(shared.get("/api/tenant").await.expect(200)["name"], "Globex");
    let login = json!({ "email": owner.email, "password": OWNER_PASSWORD });
    app.anybody.post("/api/auth/login", login).await.refused(401, "unauthenticated");
    assert_eq!(app.anybody.get("/api/setup").await.expect(200)["required"], false, "nobody sets it up again");
}

#[tokio::test]
async fn a_purge_that_dies_anywhere_goes_on() {
    let app = TestApp::start().await;
    let other = app.tenant("Globex").await;
    let full = furnish(&app, &other).await;
    // The request dies too, right after the one transaction that deletes: the job does the rest.
    let owner = &full.owner;
    let mut calls = 0;
    while app.platform.store.deleted_tenants().await.unwrap().is_empty() {
        assert!(!app.die_after(calls, delete(owner, "Acme", OWNER_PASSWORD)).await, "it died before");
        calls += 1;
        // Guesses that died unfinished count as guesses.
        app.skip(SignedDuration::from_mins(20));
    }
    assert!(
        app.platform.store.membership(owner.tenant, owner.user).await.unwrap().is_some(),
        "right after the transaction"
    );
    assert!(app.platform.store.tenant(owner.tenant).await.unwrap().unwrap().deleted_at.is_some());

    let jobs = platform_local::jobs();
    let job = jobs.iter().find(|job| job.name == "purgeTenants").unwrap();
    let Trigger::Schedule(purge) = &job.trigger else { panic!("it runs by schedule") };
    // Each run gets one call further than the one before, from where that one died.
    let (mut deaths, mut calls) = (0, 0);
    while !app.platform.store.deleted_tenants().await.unwrap().is_empty() {
        deaths += u32::from(!app.die_after(calls, purge(app.platform.clone())).await);
        calls += 1;
        app.skip(SignedDuration::from_secs(30));
        assert!(calls < 1_000, "it never ends");
    }
    assert!(deaths >= 20, "it died {deaths} times");
    assert_eq!(remains(&app, &full.marks()), [""; 0]);
    assert!(app.platform.store.user(full.shared.user).await.unwrap().is_some());
    other.get("/api/tenant").await.expect(200);
}

/// What a request or a job that was under way writes after the deletion is removed as well, and so is who joined just then.
#[tokio::test]
async fn what_comes_late_is_removed_too() {
    let app = TestApp::start().await;
    let other = app.tenant("Globex").await;
    let full = furnish(&app, &other).await;
    let late = app.member(&other, Role::Viewer).await;
    delete(&full.owner, "Acme", OWNER_PASSWORD).await.expect(202);
    app.pass(3).await;
    let store = &app.platform.store;
    let tenant = store.tenant(full.owner.tenant).await.unwrap();
    assert!(tenant.is_none(), "by now all of it was removed");
    let tenant = platform_core::tenancy::Tenant::new(full.owner.tenant, "Acme".into(), app.now());
    let id = UserId::new(app.now(), app.platform.entropy.as_ref());
    let user = User::new(id, "late@acme.example".parse().unwrap(), "Late".into(), None, app.now());
    let mut transaction = store.transaction();
    transaction.create_member(&user, &Membership::new(&tenant, &user, Role::Viewer, app.now())).unwrap();
    let joined = store.user(late.user).await.unwrap().unwrap();
    transaction.create_membership(&Membership::new(&tenant, &joined, Role::Viewer, app.now())).unwrap();
    transaction.commit().await.unwrap();
    app.pass(20).await;
    let mut marks = full.marks();
    marks.extend([id.to_string(), "late@acme.example".into()]);
    assert_eq!(remains(&app, &marks), [""; 0]);
    late.get("/api/tenant").await.expect(200);
}

/// Two tenants that share their only member are deleted at once: neither purge leaves the user to the other.
#[tokio::test]
async fn a_user_whose_tenants_all_go_goes() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = owner.post("/api/tenants", json!({ "name": "Globex" })).await.expect(201);
    let globex: TenantId = made["id"].as_str().unwrap().parse().unwrap();
    let there = app.sign_in(&Member { tenant: globex, ..owner.clone() }).await;
    delete(&there, "Globex", OWNER_PASSWORD).await.expect(202);
    delete(&owner, "Acme Networks", OWNER_PASSWORD).await.expect(202);
    app.pass(20).await;
    let marks = [owner.user.to_string(), owner.email.clone(), owner.tenant.to_string(), globex.to_string()];
    assert_eq!(remains(&app, &marks), [""; 0]);
}

/// Who was in a tenant that is deleted stays signed in, in another of theirs, however long after that they come back; that
/// one's audit trail tells of it.
#[tokio::test]
async fn whose_tenant_is_deleted_stays_signed_in_elsewhere() {
    let app = TestApp::start().await;
    let (owner, other) = (app.set_up().await, app.tenant("Globex").await);
    let shared = app.member(&owner, Role::Viewer).await;
    join(&app, shared.user, other.tenant, Role::Viewer).await;
    let session = app.platform.store.session(shared.user, shared.session).await.unwrap().unwrap();
    let token = app.platform.issuer.as_ref().unwrap().refresh_token(&session);
    delete(&owner, "Acme Networks", OWNER_PASSWORD).await.expect(202);
    app.pass(20).await;
    let moved = app.platform.store.session(shared.user, shared.session).await.unwrap().unwrap();
    assert_eq!((moved.tenant, moved.visited), (other.tenant, vec![]));

    let refreshed = app.anybody.post("/api/auth/refresh", json!({ "refreshToken": token })).await.expect(200);
    assert_eq!(refreshed["user"]["tenantId"], other.tenant.to_string());
    let trail = other.get("/api/audit/logs").await.expect(200);
    let entries = trail.as_array().unwrap().iter().filter(|entry| entry["action"] == "session.enter");
    assert_eq!(entries.count(), 1, "{trail}");
}
