//! Members: inviting, changing and removing them, and that a tenant always keeps an owner.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::ids::InvitationId;
use platform_core::invitation::Invitation;
use platform_tests::{Answer, Client, Member, OWNER_PASSWORD, TestApp};
use serde_json::{Value, json};

async fn invite(by: &Member, email: &str, role: &str) -> Answer {
    by.post("/api/users", json!({ "email": email, "role": role })).await
}

async fn change(by: &Member, id: impl std::fmt::Display, body: Value) -> Answer {
    by.call("PUT", &format!("/api/users/{id}"), Some(body)).await
}

async fn remove(by: &Member, id: impl std::fmt::Display) -> Answer {
    by.delete(&format!("/api/users/{id}")).await
}

async fn resend(by: &Member, id: impl std::fmt::Display) -> Answer {
    by.post(&format!("/api/users/{id}/invitation"), json!({})).await
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

async fn emails(by: &Member, query: &str) -> Vec<String> {
    let users = by.get(&format!("/api/users{query}")).await.expect(200);
    users.as_array().unwrap().iter().map(|user| user["email"].as_str().unwrap().to_owned()).collect()
}

async fn stored(app: &TestApp, of: &Member, id: &str) -> Option<Invitation> {
    let id = InvitationId::from_uuid(id.parse().unwrap());
    app.platform.store.invitation(of.tenant, id).await.unwrap()
}

/// An API token with all that a role may do.
async fn token_of(app: &TestApp, member: &Member, role: Role) -> Client {
    app.api_token(member, &role.permissions().collect::<Vec<_>>()).await
}

/// The one entry of the audit trail with this action.
async fn entry(by: &Member, action: &str) -> Value {
    let entries = by.get("/api/audit/logs?limit=1000").await.expect(200);
    let found: Vec<&Value> = entries.as_array().unwrap().iter().filter(|entry| entry["action"] == action).collect();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    (*one).clone()
}

#[tokio::test]
async fn an_invitation_is_in_the_list_until_it_is_revoked_or_expires() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = invite(&owner, " Grace@Acme.example ", "network_admin").await.expect(201);
    assert_eq!(
        made,
        json!({
            "id": made["id"], "email": "grace@acme.example", "name": "", "role": "network_admin", "status": "invited",
            "isSelf": false, "secondFactor": null, "method": "password", "createdAt": app.now().to_string(),
            "invitedBy": "Ada", "expiresAt": (app.now() + SignedDuration::from_hours(7 * 24)).to_string(),
        })
    );
    let list = owner.get("/api/users").await;
    assert_eq!(list.total(), Some(2));
    assert_eq!(list.expect(200)[1], made);
    invite(&owner, "GRACE@acme.example", "viewer").await.refused(409, "conflict");
    invite(&owner, &owner.email, "viewer").await.refused(409, "conflict");

    // Revoked, it is gone, and the address may be invited again.
    remove(&owner, id(&made)).await.expect(204);
    let entry = entry(&owner, "invitation.revoke").await;
    assert_eq!((&entry["resourceType"], &entry["resourceId"]), (&json!("invitation"), &made["id"]));
    assert_eq!(entry["oldValues"], json!({ "email": "grace@acme.example", "role": "network_admin" }));
    remove(&owner, id(&made)).await.refused(404, "not-found");
    let again = invite(&owner, "grace@acme.example", "viewer").await.expect(201);

    // Expired, too, though the database may not have deleted it yet.
    app.skip(SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
    assert_eq!(emails(&owner, "?status=invited").await, ["grace@acme.example"]);
    app.skip(SignedDuration::from_secs(1));
    assert_eq!(emails(&owner, "").await, [owner.email.as_str()]);
    for answer in [resend(&owner, id(&again)).await, remove(&owner, id(&again)).await] {
        answer.refused(404, "not-found");
    }
    invite(&owner, "grace@acme.example", "viewer").await.expect(201);
}

#[tokio::test]
async fn an_invitation_sent_again_has_a_new_life_and_no_old_link() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = invite(&owner, "grace@acme.example", "viewer").await.expect(201);
    let mut invitation = stored(&app, &owner, &id(&made)).await.unwrap();
    invitation.link = Some("the hash of a link that was sent".into());
    app.platform.store.replace_invitation(&mut invitation).await.unwrap();

    app.skip(SignedDuration::from_hours(6 * 24));
    let again = resend(&owner, id(&made)).await.expect(200);
    assert_eq!(again["expiresAt"], (app.now() + SignedDuration::from_hours(7 * 24)).to_string());
    assert_eq!(stored(&app, &owner, &id(&made)).await.unwrap().link, None);
    assert_eq!(entry(&owner, "invitation.resend").await["oldValues"], json!({ "expiresAt": made["expiresAt"] }));
    app.skip(SignedDuration::from_hours(6 * 24));
    invite(&owner, "grace@acme.example", "viewer").await.refused(409, "conflict");

    let changed = change(&owner, id(&made), json!({ "role": "admin" })).await.expect(200);
    assert_eq!((&changed["role"], &changed["status"]), (&json!("admin"), &json!("invited")));
    change(&owner, id(&made), json!({ "active": false })).await.refused(422, "validation");
    resend(&owner, owner.user).await.refused(409, "conflict");
}

/// The token of the link in the latest mail to an address.
fn link(app: &TestApp, address: &str) -> String {
    let mail = app.mailbox.to(address).pop().unwrap();
    let (_, rest) = mail.text.split_once("/invitation#token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn show(app: &TestApp, token: &str) -> Answer {
    app.anybody.post("/api/auth/invitation", json!({ "token": token })).await
}

#[tokio::test]
async fn only_the_latest_link_of_an_invitation_that_stands_leads_in() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let address = "grace@acme.example";
    let made = invite(&owner, address, "viewer").await.expect(201);
    app.settle().await;
    let first = link(&app, address);
    let shown = show(&app, &first).await.expect(200);
    assert_eq!((&shown["email"], &shown["invitedBy"]), (&json!(address), &json!("Ada")));
    resend(&owner, id(&made)).await.expect(200);
    show(&app, &first).await.refused(410, "link-expired");
    app.settle().await;
    let second = link(&app, address);
    // Another role until it is accepted.
    change(&owner, id(&made), json!({ "role": "network_admin" })).await.expect(200);
    assert_eq!(show(&app, &second).await.expect(200)["role"], "network_admin");
    let accept = json!({ "token": second, "name": "Grace", "password": "a long enough passphrase" });
    app.anybody.post("/api/auth/invitation/accept", accept.clone()).await.expect(201);
    app.anybody.post("/api/auth/invitation/accept", accept).await.refused(410, "link-expired");
    let list = owner.get("/api/users?search=grace").await.expect(200);
    assert_eq!(
        (&list[0]["status"], &list[0]["role"], &list[0]["name"]),
        (&json!("active"), &json!("network_admin"), &json!("Grace"))
    );
    assert_eq!(list.as_array().unwrap().len(), 1, "the invitation is used up");
    resend(&owner, id(&made)).await.refused(404, "not-found");

    // Revoked, its link is worth nothing, nor does a mail go out that still waits.
    let address = "linus@acme.example";
    let revoked = invite(&owner, address, "viewer").await.expect(201);
    app.settle().await;
    remove(&owner, id(&revoked)).await.expect(204);
    show(&app, &link(&app, address)).await.refused(410, "link-expired");
    let revoked = invite(&owner, "ken@acme.example", "viewer").await.expect(201);
    remove(&owner, id(&revoked)).await.expect(204);
    app.settle().await;
    assert_eq!(app.mailbox.to("ken@acme.example"), []);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn the_list_is_searched_filtered_and_cut_into_pages() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for role in [Role::Viewer, Role::Viewer, Role::NetworkAdmin, Role::Admin] {
        app.skip(SignedDuration::from_secs(1));
        app.member(&owner, role).await;
    }
    app.skip(SignedDuration::from_secs(1));
    let grace = app.member(&owner, Role::Viewer).await;
    change(&owner, grace.user, json!({ "active": false })).await.expect(200);
    app.skip(SignedDuration::from_secs(1));
    invite(&owner, "guest@other.example", "viewer").await.expect(201);
    let all = emails(&owner, "").await;
    assert_eq!(all.len(), 7);
    assert_eq!((&all[0], &all[5]), (&owner.email, &grace.email), "oldest first");

    for (query, expected) in [
        ("?search=GUEST@", &all[6..]),
        ("?search=ada", &all[..1]),
        ("?search=nobody", &all[..0]),
        ("?role=viewer&status=active", &all[1..3]),
        ("?role=admin,owner", &[all[0].clone(), all[4].clone()]),
        ("?status=inactive", &all[5..6]),
        ("?status=inactive,invited&role=viewer", &all[5..]),
        ("?status=invited&search=acme", &all[..0]),
    ] {
        let answer = owner.get(&format!("/api/users{query}")).await;
        assert_eq!(answer.total(), Some(expected.len()), "{query}");
        assert_eq!(emails(&owner, query).await, expected, "{query}");
    }
    for (query, pointer) in [
        ("role=root", "/role"),
        ("status=asleep", "/status"),
        ("limit=0", "/limit"),
        ("cursor=x", "/cursor"),
        ("sort=age", "/sort"),
    ] {
        let refused = owner.get(&format!("/api/users?{query}")).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }

    for limit in 1..=8 {
        let (mut seen, mut next) = (Vec::new(), Some(format!("/api/users?search=acme&limit={limit}")));
        while let Some(path) = next {
            let answer = owner.get(&path).await;
            assert_eq!(answer.total(), Some(6));
            next = answer.next();
            let page = answer.expect(200);
            seen.extend(page.as_array().unwrap().iter().map(|user| user["email"].as_str().unwrap().to_owned()));
        }
        assert_eq!(seen, all[..6], "in pages of {limit}");
    }
    for sort in ["createdAt", "name", "email", "role", "status"] {
        let forward = emails(&owner, &format!("?sort={sort}")).await;
        let mut backward = emails(&owner, &format!("?sort=-{sort}")).await;
        backward.reverse();
        assert_eq!(forward, backward, "{sort}");
        for direction in ["", "-"] {
            let (mut seen, mut next) = (Vec::new(), Some(format!("/api/users?sort={direction}{sort}&limit=2")));
            while let Some(path) = next {
                let answer = owner.get(&path).await;
                next = answer.next();
                let page = answer.expect(200);
                seen.extend(page.as_array().unwrap().iter().map(|user| user["email"].as_str().unwrap().to_owned()));
            }
            assert_eq!(seen, emails(&owner, &format!("?sort={direction}{sort}")).await, "pages of {direction}{sort}");
        }
    }
    let mut by_email = all.clone();
    by_email.sort_unstable();
    assert_eq!(emails(&owner, "?sort=email").await, by_email);
    // Somebody who goes away between two pages takes nobody else out of them.
    let first = owner.get("/api/users?limit=3").await;
    let next = first.next().unwrap();
    let last_of_page = first.expect(200)[2]["id"].as_str().unwrap().to_owned();
    remove(&owner, last_of_page).await.expect(204);
    let rest = owner.get(&next).await.expect(200);
    assert_eq!(rest[0]["email"], all[3]);
}

#[tokio::test]
async fn what_the_list_tells_of_a_member() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let list = owner.get("/api/users").await.expect(200);
    assert_eq!(
        list[0],
        json!({
            "id": owner.user.to_string(), "email": owner.email, "name": "Ada", "role": "owner", "status": "active",
            "isSelf": true, "secondFactor": false, "method": "password", "lastLogin": app.now().to_string(),
            "createdAt": app.now().to_string(),
        })
    );
    let viewer = app.member(&owner, Role::Viewer).await;
    let seen = viewer.get("/api/users").await.expect(200);
    assert_eq!((&seen[0]["isSelf"], &seen[1]["isSelf"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn admins_neither_make_owners_nor_touch_them() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let as_owner = json!({ "email": "future@acme.example", "role": "owner", "password": OWNER_PASSWORD });
    let future_owner = owner.post("/api/users", as_owner).await.expect(201);
    for answer in [
        invite(&admin, "eve@evil.example", "owner").await,
        change(&admin, viewer.user, json!({ "role": "owner" })).await,
        change(&admin, admin.user, json!({ "role": "owner" })).await,
        change(&admin, owner.user, json!({ "role": "viewer" })).await,
        change(&admin, owner.user, json!({ "active": false })).await,
        remove(&admin, owner.user).await,
        change(&admin, id(&future_owner), json!({ "role": "viewer" })).await,
        remove(&admin, id(&future_owner)).await,
        resend(&admin, id(&future_owner)).await,
    ] {
        assert_eq!(answer.refused(403, "forbidden")["permission"], "tenant:transfer");
    }
    for small in [&viewer, &app.member(&owner, Role::NetworkAdmin).await] {
        for answer in [
            invite(small, "eve@evil.example", "viewer").await,
            change(small, small.user, json!({ "role": "admin" })).await,
            remove(small, viewer.user).await,
        ] {
            assert_eq!(answer.refused(403, "forbidden")["permission"], "users:write");
        }
    }
    // Whatever is no larger than theirs, they give.
    change(&admin, viewer.user, json!({ "role": "admin" })).await.expect(200);
    change(&owner, viewer.user, json!({ "role": "owner", "password": OWNER_PASSWORD })).await.expect(200);
    let refused = invite(&admin, "not an address", "root").await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/email");
    assert_eq!(refused["errors"][1]["pointer"], "/role");
    change(&admin, viewer.user, json!({ "role": "root" })).await.refused(422, "validation");
    change(&admin, viewer.user, json!({ "name": "x" })).await.refused(422, "validation");
}

#[tokio::test]
async fn the_last_active_owner_stays() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let try_all = async || {
        change(&owner, owner.user, json!({ "role": "admin" })).await.refused(409, "conflict");
        change(&owner, owner.user, json!({ "active": false })).await.refused(409, "conflict");
        remove(&owner, owner.user).await.refused(409, "conflict");
    };
    try_all().await;
    // An owner who is switched off does not count.
    let second = app.member(&owner, Role::Owner).await;
    change(&owner, second.user, json!({ "active": false })).await.expect(200);
    try_all().await;
    change(&owner, second.user, json!({ "active": true })).await.expect(200);
    remove(&owner, owner.user).await.expect(204);
    owner.get("/api/users").await.refused(401, "unauthenticated");
    assert_eq!(emails(&second, "?role=owner&status=active").await, [second.email.as_str()]);
}

/// Two owners take the ownership from each other, 25 times each at once, in every way there is.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_owners_who_remove_each_other_at_once_leave_one() {
    for way in [Some(json!({ "role": "viewer" })), Some(json!({ "active": false })), None] {
        let app = TestApp::start().await;
        let ada = app.set_up().await;
        let grace = app.member(&ada, Role::Owner).await;
        let requests: Vec<_> = (0..50)
            .map(|number| {
                let (by, target) = if number % 2 == 0 { (&ada, grace.user) } else { (&grace, ada.user) };
                let (by, path, way) = (by.clone(), format!("/api/users/{target}"), way.clone());
                let method = if way.is_some() { "PUT" } else { "DELETE" };
                tokio::spawn(async move { by.call(method, &path, way).await.status.as_u16() })
            })
            .collect();
        let mut statuses = Vec::new();
        for request in requests {
            statuses.push(request.await.unwrap());
        }
        let owners = app.platform.store.owners(ada.tenant).await.unwrap();
        assert_eq!(owners.len(), 1, "{way:?}: {statuses:?}");
        assert!(statuses.iter().all(|status| [200, 204, 401, 403, 404, 409].contains(status)), "{statuses:?}");
        assert!(statuses.contains(&200) || statuses.contains(&204), "{statuses:?}");
    }
}

#[tokio::test]
async fn a_member_who_is_switched_off_or_removed_does_nothing_more() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let grace = app.member(&owner, Role::Admin).await;
    let (session, token) = (grace.with_token(grace.token().unwrap()), token_of(&app, &grace, Role::Admin).await);
    let works = async || {
        session.get("/api/users").await.expect(200);
        token.get("/api/users").await.expect(200);
    };
    let is_refused = async || {
        for client in [&session, &token] {
            client.get("/api/users").await.refused(401, "unauthenticated");
            client
                .post("/api/users", json!({ "email": "e@e.example", "role": "viewer" }))
                .await
                .refused(401, "unauthenticated");
        }
    };
    works().await;
    let changed = change(&owner, grace.user, json!({ "active": false })).await.expect(200);
    assert_eq!(changed["status"], "inactive");
    is_refused().await;
    let updated = entry(&owner, "member.update").await;
    assert_eq!((&updated["resourceId"], &updated["user"]["name"]), (&json!(grace.user.to_string()), &json!("Ada")));
    assert_eq!(updated["oldValues"], json!({ "email": grace.email, "role": "admin", "active": true }));
    assert_eq!(updated["newValues"], json!({ "email": grace.email, "role": "admin", "active": false }));
    change(&owner, grace.user, json!({ "active": true })).await.expect(200);
    works().await;

    // A smaller role takes from the token what the role does not hold, whatever its scopes say.
    change(&owner, grace.user, json!({ "role": "viewer" })).await.expect(200);
    let refused = token.post("/api/users", json!({ "email": "e@e.example", "role": "viewer" })).await;
    assert_eq!(refused.refused(403, "forbidden")["permission"], "users:write");

    remove(&owner, grace.user).await.expect(204);
    is_refused().await;
    assert_eq!(entry(&owner, "member.remove").await["oldValues"]["apiTokens"], json!(["script"]));
    assert_eq!(app.platform.store.api_tokens(owner.tenant, None).await.unwrap(), []);
    assert_eq!(emails(&owner, "").await, [owner.email.as_str()]);

    // Should they come back, the old token does not.
    let store = &app.platform.store;
    let user = store.user(grace.user).await.unwrap().unwrap();
    let tenant = store.tenant(owner.tenant).await.unwrap().unwrap();
    let back = platform_core::tenancy::Membership::new(&tenant, &user, Role::Admin, app.now());
    let mut transaction = store.transaction();
    transaction.create_membership(&back).unwrap();
    transaction.commit().await.unwrap();
    session.get("/api/users").await.expect(200);
    token.get("/api/users").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn every_token_of_somebody_who_is_removed_goes() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let grace = app.member(&owner, Role::Viewer).await;
    let kept = token_of(&app, &owner, Role::Viewer).await;
    for _ in 0..50 {
        token_of(&app, &grace, Role::Viewer).await;
    }
    remove(&owner, grace.user).await.expect(204);
    assert_eq!(app.platform.store.api_tokens(owner.tenant, None).await.unwrap().len(), 1);
    kept.get("/api/users").await.expect(200);
    let uses = app.stored().iter().filter(|item| item.contains(r#""TOKEN#"#)).count();
    assert_eq!(uses, 1, "what requests find is gone too");
}

#[tokio::test]
async fn invitations_have_their_limits() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for number in 0..100 {
        invite(&owner, &format!("guest-{number}@acme.example"), "viewer").await.expect(201);
    }
    let refused = invite(&owner, "one-more@acme.example", "viewer").await.refused(409, "conflict");
    assert_eq!(refused["detail"], "a tenant may have at most 100 open invitations");
    let first = id(&owner.get("/api/users?status=invited&limit=1").await.expect(200)[0]);
    remove(&owner, &first).await.expect(204);
    // As many as one may send within an hour, however many are open.
    let answer = invite(&owner, "one-more@acme.example", "viewer").await;
    assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() <= 3_600);
    answer.refused(429, "rate-limited");
    app.skip(SignedDuration::from_hours(1));
    invite(&owner, "one-more@acme.example", "viewer").await.expect(201);
}

#[tokio::test]
async fn an_address_invited_twice_at_once_is_invited_once() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (a, b, c) = tokio::join!(
        invite(&owner, "grace@acme.example", "viewer"),
        invite(&owner, "grace@acme.example", "admin"),
        invite(&owner, "grace@acme.example", "viewer"),
    );
    let mut statuses = [a, b, c].map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409]);
    assert_eq!(emails(&owner, "?status=invited").await, ["grace@acme.example"]);
}

/// Somebody who was made smaller while their request was under way does not do what they no longer may.
#[tokio::test]
async fn a_request_under_way_does_not_outlive_its_callers_role() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (grace, linus) = (app.member(&owner, Role::Owner).await, app.member(&owner, Role::Owner).await);
    // Read by the gate, then changed: what the transaction requires.
    let place = app.platform.store.membership(grace.tenant, grace.user).await.unwrap().unwrap();
    change(&owner, grace.user, json!({ "role": "viewer" })).await.expect(200);
    let mut transaction = app.platform.store.transaction();
    transaction.require_member(&place);
    let theirs = app.platform.store.membership(linus.tenant, linus.user).await.unwrap().unwrap();
    transaction.remove_member(&theirs);
    assert!(matches!(transaction.commit().await, Err(platform_store::StoreError::Conflict)));
    let left = app.platform.store.membership(linus.tenant, linus.user).await.unwrap();
    assert!(left.is_some());
}
