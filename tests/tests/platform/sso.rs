//! Sign-in by a tenant's identity provider, and everything that must not pass for it.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod admission;
mod settings;

use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::tenancy::Membership;
use platform_tests::identity_provider::{
    CLIENT_ID, CLIENT_SECRET, Discovery, IdentityProvider, Signing, public_rsa_modulus,
};
use platform_tests::{Answer, Client, Member, OWNER_PASSWORD, Options, TestApp};
use serde_json::{Value, json};

/// A tenant with a provider.
struct Scene {
    app: TestApp,
    owner: Member,
    provider: IdentityProvider,
}

#[expect(clippy::needless_pass_by_value, reason = "every caller makes it in place")]
fn over(mut body: Value, changes: Value) -> Value {
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

fn settings(provider: &IdentityProvider) -> Value {
    json!({
        "slug": "acme", "issuer": provider.issuer(), "clientId": CLIENT_ID, "clientSecret": CLIENT_SECRET,
        "domains": ["acme.example"], "defaultRole": "viewer", "enabled": true,
    })
}

fn grace() -> Value {
    json!({ "sub": "grace-1", "email": "grace@acme.example", "email_verified": true, "name": "Grace" })
}

async fn put_sso(owner: &Member, body: Value) -> Answer {
    owner.call("PUT", "/api/tenant/sso", Some(body)).await
}

/// A browser on the way to the provider.
struct Journey {
    authorization_url: String,
    cookie: String,
}

async fn begin(client: &Client, slug: &str) -> Journey {
    let answer = client.post("/api/auth/sso/start", json!({ "slug": slug })).await;
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let authorization_url = answer.expect(200)["authorizationUrl"].as_str().unwrap().to_owned();
    Journey { authorization_url, cookie }
}

async fn finish(client: &Client, tenant: impl ToString, cookie: &str, (code, state): &(String, String)) -> Answer {
    let body = json!({ "tenantId": tenant.to_string(), "code": code, "state": state });
    let request = Request::post("/api/auth/sso/finish").header("content-type", "application/json");
    client.send(request.header("cookie", cookie).body(Body::from(body.to_string())).unwrap()).await
}

impl Scene {
    async fn new() -> Self {
        Self::with(json!({})).await
    }

    async fn with(changes: Value) -> Self {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        let provider = IdentityProvider::start(&app.clock).await.unwrap();
        put_sso(&owner, over(settings(&provider), changes)).await.expect(200);
        Self { app, owner, provider }
    }

    async fn put(&self, changes: Value) {
        put_sso(&self.owner, over(settings(&self.provider), changes)).await.expect(200);
    }

    /// The whole way.
    async fn sign_in(&self, person: Value) -> Answer {
        // From an address of its own, since some tests fail often.
        let number = self.provider.seen().len() as u16;
        let client = self.app.anybody.from_ip([198, 51, (number >> 8) as u8, number as u8]);
        let journey = begin(&client, "acme").await;
        let given = self.provider.sign_in(&journey.authorization_url, person);
        finish(&client, self.owner.tenant, &journey.cookie, &given).await
    }

    async fn members(&self) -> Vec<(String, Role)> {
        let members = self.app.platform.store.members(self.owner.tenant).await.unwrap();
        members.into_iter().map(|member| (member.email.to_string(), member.role)).collect()
    }
}

fn client_of(app: &TestApp, signed_in: &Value) -> Client {
    app.anybody.with_token(signed_in["accessToken"].as_str().unwrap())
}

#[tokio::test]
async fn somebody_new_comes_in_and_is_known_again() {
    let scene = Scene::new().await;
    let first = scene.sign_in(grace()).await.expect(200);
    let user = &first["user"];
    assert_eq!(
        (&user["email"], &user["name"], &user["role"]),
        (&json!("grace@acme.example"), &json!("Grace"), &json!("viewer"))
    );
    assert_eq!((&user["signInMethod"], &user["hasPassword"]), (&json!("sso"), &json!(false)));
    assert_eq!(user["tenants"].as_array().unwrap().len(), 1);
    let grace_ = client_of(&scene.app, &first);
    assert_eq!(grace_.get("/api/auth/profile").await.expect(200)["id"], user["id"]);
    grace_.get("/api/alerts").await.expect(200);
    assert_eq!(grace_.get("/api/tenant/sso").await.refused(403, "forbidden")["permission"], "sso:write");

    for algorithm in ["RS256", "ES256", "EdDSA"] {
        scene.provider.sign(Signing::With(algorithm));
        let again = scene.sign_in(grace()).await.expect(200);
        assert_eq!(again["user"]["id"], user["id"], "{algorithm}");
    }
    // The provider is where her name and address are kept.
    let married = over(grace(), json!({ "name": "Grace H.", "email": "gh@acme.example" }));
    let again = scene.sign_in(married).await.expect(200);
    assert_eq!((&again["user"]["id"], &again["user"]["email"]), (&user["id"], &json!("gh@acme.example")));
    assert_eq!(scene.members().await.len(), 2);

    // She has no password and no address of her own to sign in with.
    let body = json!({ "email": "gh@acme.example", "password": "correct horse battery" });
    scene.app.anybody.post("/api/auth/login", body).await.refused(401, "unauthenticated");

    let trail = scene.owner.get("/api/audit/logs?limit=100").await.expect(200);
    let of = |action: &str| {
        trail.as_array().unwrap().iter().filter(|entry| entry["action"] == action).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of("member.create").len(), 1);
    assert_eq!(of("member.create")[0]["newValues"]["role"], "viewer");
    assert_eq!(of("session.create").iter().filter(|entry| entry["newValues"]["method"] == "sso").count(), 5);
}

#[tokio::test]
async fn the_browser_gets_its_cookies_and_gives_them_back() {
    let scene = Scene::new().await;
    let answer = scene.app.anybody.post("/api/auth/sso/start", json!({ "slug": "acme" })).await;
    let cookie = answer.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.starts_with("__Host-sso=") && cookie.ends_with("Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=600"),
        "{cookie}"
    );
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(secret.len(), 43, "256 bits");
    let url = answer.expect(200)["authorizationUrl"].as_str().unwrap().to_owned();
    assert!(url.contains("kept=1") && !url.contains(secret), "{url}");
    let redirect = format!("https%3A%2F%2Fplatform.example%2Fsso%2Fcallback%2F{}", scene.owner.tenant);
    assert!(url.contains(&redirect), "{url}");

    let (code, state) = scene.provider.sign_in(&url, grace());
    assert_eq!(state.len(), 43);
    let body = json!({ "tenantId": scene.owner.tenant.to_string(), "code": code, "state": state });
    let request = Request::post("/api/auth/sso/finish")
        .header("content-type", "application/json")
        .header("x-client", "web")
        .header("cookie", format!("other=1; __Host-sso={secret}"))
        .body(Body::from(body.to_string()));
    let answer = scene.app.anybody.send(request.unwrap()).await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(cookies[0].starts_with("__Host-refresh=nbr_"), "{cookies:?}");
    assert_eq!(cookies[1], "__Host-sso=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    assert_eq!(answer.expect(200)["refreshToken"], Value::Null);
}

#[tokio::test]
async fn a_member_is_known_by_their_address_and_stays_in_the_tenant() {
    let scene = Scene::new().await;
    let ada = json!({ "sub": "ada-1", "email": "Ada@Acme.example", "email_verified": true });
    let signed_in = scene.sign_in(ada.clone()).await.expect(200);
    assert_eq!((&signed_in["user"]["id"], &signed_in["user"]["role"]), (&json!(scene.owner.user), &json!("owner")));
    assert_eq!(signed_in["user"]["name"], "Ada", "her own, not the provider's");

    // Elsewhere she is a member too, and this session cannot go there.
    let elsewhere = scene.owner.post("/api/tenants", json!({ "name": "Elsewhere" })).await.expect(201);
    let by_sso = client_of(&scene.app, &scene.sign_in(ada).await.expect(200));
    let profile = by_sso.get("/api/auth/profile").await.expect(200);
    assert_eq!(profile["tenants"].as_array().unwrap().len(), 1);
    let switched = by_sso.post("/api/auth/tenant", json!({ "tenantId": elsewhere["id"] })).await;
    assert!(switched.status.is_client_error(), "{}", switched.text);
    let made = by_sso.post("/api/tenants", json!({ "name": "Third" })).await;
    assert!(made.status.is_client_error(), "{}", made.text);
    assert_eq!(scene.members().await.len(), 1);
}

/// A tenant's provider can make a session of any member of the tenant: it must be no way into the rest of their account.
#[tokio::test]
async fn a_session_by_the_provider_does_nothing_outside_its_tenant() {
    let Scene { app, owner, .. } = Scene::new().await;
    let mallory = app.tenant("Evil").await;
    let evil = IdentityProvider::start(&app.clock).await.unwrap();
    put_sso(&mallory, over(settings(&evil), json!({ "slug": "evil", "domains": [] }))).await.expect(200);
    // Ada accepted an invitation of theirs.
    let store = &app.platform.store;
    let (tenant, user) =
        (store.tenant(mallory.tenant).await.unwrap().unwrap(), store.user(owner.user).await.unwrap().unwrap());
    let mut transaction = store.transaction();
    transaction.create_membership(&Membership::new(&tenant, &user, Role::Viewer, app.now())).unwrap();
    transaction.commit().await.unwrap();

    let journey = begin(&app.anybody, "evil").await;
    let given = evil.sign_in(&journey.authorization_url, json!({ "sub": "ada", "email": owner.email }));
    let signed_in = finish(&app.anybody, mallory.tenant, &journey.cookie, &given).await.expect(200);
    assert_eq!(signed_in["user"]["id"], json!(owner.user), "she is who she is, in their tenant");
    let impostor = client_of(&app, &signed_in);
    let seen = impostor.get("/api/auth/sessions").await.expect(200);
    assert_eq!((seen.as_array().unwrap().len(), &seen[0]["current"]), (1, &json!(true)), "{seen}");
    assert!(owner.get("/api/auth/sessions").await.expect(200).as_array().unwrap().len() > 1);
    impostor.delete(&format!("/api/auth/sessions/{}", owner.session)).await.refused(404, "not-found");
    impostor.delete("/api/auth/sessions").await.expect(204);
    owner.get("/api/auth/profile").await.expect(200);
    impostor
        .call("PUT", "/api/auth/profile", Some(json!({ "name": "Eve" })))
        .await
        .refused(403, "password-session-required");
    impostor
        .post("/api/auth/tenant", json!({ "tenantId": owner.tenant }))
        .await
        .refused(403, "password-session-required");
    impostor.post("/api/tenants", json!({ "name": "Hers" })).await.refused(403, "password-session-required");
    let wrong = json!({ "currentPassword": "a guess of theirs", "newPassword": "another long enough one" });
    impostor.post("/api/auth/password", wrong).await.refused(403, "password-session-required");
}

#[tokio::test]
async fn who_has_no_password_has_nothing_to_secure_by_it() {
    let scene = Scene::new().await;
    let grace = client_of(&scene.app, &scene.sign_in(grace()).await.expect(200));
    let password = OWNER_PASSWORD;
    for (path, body) in [
        ("/api/auth/password", json!({ "currentPassword": password, "newPassword": "another long enough one" })),
        ("/api/auth/email", json!({ "email": "g@acme.example", "password": password })),
        ("/api/auth/second-factor", json!({ "password": password })),
    ] {
        grace.post(path, body).await.refused(403, "password-session-required");
    }
    // Nor does a link give her one.
    scene.app.anybody.post("/api/auth/password/forgot", json!({ "email": "grace@acme.example" })).await.expect(202);
    scene.app.settle().await;
    assert_eq!(scene.app.mailbox.to("grace@acme.example").len(), 0);
}

#[tokio::test]
async fn tokens_that_are_not_genuine() {
    let scene = Scene::new().await;
    let now = scene.app.now().as_second();
    let cases = [
        (json!({ "nonce": "another" }), "another sign-in"),
        (json!({ "nonce": null }), "another sign-in"),
        (json!({ "aud": "another-client" }), "another client"),
        (json!({ "aud": [CLIENT_ID, "another-client"] }), "another client"),
        (json!({ "aud": [CLIENT_ID, "another-client"], "azp": "another-client" }), "another client"),
        (json!({ "iss": "https://evil.example" }), "another issuer"),
        (json!({ "exp": now - 61, "iat": now - 400 }), "expired"),
        (json!({ "exp": null }), "expired"),
        (json!({ "iat": now + 120 }), "expired"),
        (json!({ "sub": null }), "names nobody"),
    ];
    for (claims, why) in cases {
        scene.provider.claim(claims.clone());
        let refused = scene.sign_in(grace()).await.refused(401, "sso-failed");
        assert!(refused["detail"].as_str().unwrap().contains(why), "{claims}: {refused}");
    }
    scene.provider.claim(json!({}));
    for (signing, why) in [
        (Signing::Nothing, "not signed"),
        (Signing::Shared(CLIENT_ID.into()), "not signed"),
        (Signing::Shared(CLIENT_SECRET.into()), "not signed"),
        (Signing::Shared(public_rsa_modulus()), "not signed"),
        (Signing::ForeignKey, "signature is wrong"),
        (Signing::UnknownName, "not among the provider's"),
    ] {
        scene.provider.sign(signing.clone());
        let refused = scene.sign_in(grace()).await.refused(401, "sso-failed");
        assert!(refused["detail"].as_str().unwrap().contains(why), "{signing:?}: {refused}");
    }
    assert_eq!(scene.members().await.len(), 1, "nobody was made");
    scene.provider.sign(Signing::Unnamed);
    scene.sign_in(grace()).await.expect(200);
    scene.provider.claim(json!({ "aud": [CLIENT_ID, "account"], "azp": CLIENT_ID, "exp": now - 59, "iat": now + 60 }));
    scene.sign_in(grace()).await.expect(200);
}

#[tokio::test]
async fn a_sign_in_works_once_in_its_browser_and_in_time() {
    let Scene { app, owner, provider } = Scene::new().await;
    let failed = |answer: Answer| answer.refused(401, "sso-failed")["detail"].as_str().unwrap().to_owned();
    let (one, other) = (begin(&app.anybody, "acme").await, begin(&app.anybody, "acme").await);
    assert_ne!(one.cookie, other.cookie);

    // A stranger's code, brought to this browser by a link.
    let given = provider.sign_in(&one.authorization_url, grace());
    assert!(failed(finish(&app.anybody, owner.tenant, &other.cookie, &given).await).contains("another browser"));
    assert!(failed(finish(&app.anybody, owner.tenant, "other=1", &given).await).contains("another browser"));
    // It is used up by that.
    assert!(failed(finish(&app.anybody, owner.tenant, &one.cookie, &given).await).contains("finished before"));

    let given = provider.sign_in(&other.authorization_url, grace());
    finish(&app.anybody, owner.tenant, &other.cookie, &given).await.expect(200);
    assert!(failed(finish(&app.anybody, owner.tenant, &other.cookie, &given).await).contains("finished before"));

    let (first, second) = (begin(&app.anybody, "acme").await, begin(&app.anybody, "acme").await);
    // A code of another sign-in of the same provider: its challenge is another.
    let (code, _) = provider.sign_in(&first.authorization_url, grace());
    let (_, state) = provider.sign_in(&second.authorization_url, grace());
    assert!(failed(finish(&app.anybody, owner.tenant, &second.cookie, &(code, state)).await).contains("invalid_grant"));

    let late = begin(&app.anybody, "acme").await;
    let given = provider.sign_in(&late.authorization_url, grace());
    app.skip(SignedDuration::from_mins(10));
    assert!(failed(finish(&app.anybody, owner.tenant, &late.cookie, &given).await).contains("too long"));

    // Of many at once, one.
    let journey = begin(&app.anybody, "acme").await;
    let given = provider.sign_in(&journey.authorization_url, grace());
    let all = (0..5).map(|_| finish(&app.anybody, owner.tenant, &journey.cookie, &given));
    let answers = futures(all).await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
}

async fn futures(all: impl Iterator<Item = impl Future<Output = Answer>>) -> Vec<u16> {
    let mut statuses = Vec::new();
    let mut set: Vec<_> = all.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        set.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                statuses.push(answer.status.as_u16());
                false
            }
            std::task::Poll::Pending => true,
        });
        if set.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    statuses
}

/// Another tenant's owner runs a provider of their own, and says of a stranger what they like.
#[tokio::test]
async fn a_tenants_provider_says_nothing_in_another_tenant() {
    let Scene { app, owner, provider } = Scene::new().await;
    let mallory = app.tenant("Evil").await;
    let evil = IdentityProvider::start(&app.clock).await.unwrap();
    put_sso(&mallory, over(settings(&evil), json!({ "slug": "evil", "domains": [] }))).await.expect(200);

    let journey = begin(&app.anybody, "evil").await;
    let ada = json!({ "sub": "ada-1", "email": owner.email, "email_verified": true });
    let given = evil.sign_in(&journey.authorization_url, ada);
    let signed_in = finish(&app.anybody, mallory.tenant, &journey.cookie, &given).await.expect(200);
    assert_ne!(signed_in["user"]["id"], json!(owner.user), "somebody of the same address, and nobody else");
    assert_eq!(
        (&signed_in["user"]["tenantId"], &signed_in["user"]["role"]),
        (&json!(mallory.tenant), &json!("viewer"))
    );
    let impostor = client_of(&app, &signed_in);
    let refused = impostor.post("/api/auth/tenant", json!({ "tenantId": owner.tenant })).await;
    assert!(refused.status.is_client_error(), "{}", refused.text);
    assert_eq!(app.platform.store.user_by_email(&owner.email.parse().unwrap()).await.unwrap().unwrap().id, owner.user);

    // Mix-up: the honest provider's code, brought back under a sign-in at the other one.
    let theirs = begin(&app.anybody, "evil").await;
    let ours = begin(&app.anybody, "acme").await;
    let (code, _) = provider.sign_in(&ours.authorization_url, grace());
    let (_, state) = evil.sign_in(&theirs.authorization_url, grace());
    let asked = evil.seen().len();
    let mixed = finish(&app.anybody, owner.tenant, &theirs.cookie, &(code, state)).await;
    assert!(mixed.refused(401, "sso-failed")["detail"].as_str().unwrap().contains("another identity provider"));
    assert_eq!(evil.seen().len(), asked, "the code was not taken to the other provider");

    // Nor does the tenant of a state follow from what the browser says.
    let given = evil.sign_in(&begin(&app.anybody, "evil").await.authorization_url, grace());
    finish(&app.anybody, owner.tenant, &theirs.cookie, &given).await.refused(401, "sso-failed");
    put_sso(&mallory, over(settings(&evil), json!({ "slug": "acme" }))).await.refused(422, "validation");
}

#[tokio::test]
async fn what_the_id_token_leaves_out_is_asked_for() {
    let scene =
        Scene::with(json!({ "roleClaim": "groups", "roleMapping": [{ "value": "net", "role": "network_admin" }] }))
            .await;
    scene.provider.tell_by_userinfo(json!({ "groups": ["net"] }));
    let signed_in = scene.sign_in(grace()).await.expect(200);
    assert_eq!((&signed_in["user"]["name"], &signed_in["user"]["role"]), (&json!("Grace"), &json!("network_admin")));
    scene.provider.tell_by_userinfo(json!({ "sub": "somebody-else" }));
    scene.sign_in(grace()).await.refused(401, "sso-failed");
    // What is signed counts more, and what is said of one address is not said of another.
    scene.provider.claim(json!({ "email": "ada@acme.example" }));
    scene.provider.tell_by_userinfo(json!({ "email": "grace@acme.example" }));
    let refused = scene.sign_in(over(grace(), json!({ "sub": "new" }))).await.refused(401, "sso-failed");
    assert!(refused["detail"].as_str().unwrap().contains("which owners and admins need"), "{refused}");
}

#[tokio::test]
async fn sessions_end_with_the_provider() {
    let scene = Scene::new().await;
    let signed_in = scene.sign_in(grace()).await.expect(200);
    let refresh =
        async |token: &Value| scene.app.anybody.post("/api/auth/refresh", json!({ "refreshToken": token })).await;
    let next = refresh(&signed_in["refreshToken"]).await.expect(200);
    assert_eq!(next["user"]["signInMethod"], "sso");
    scene.owner.delete("/api/tenant/sso").await.expect(204);
    refresh(&next["refreshToken"]).await.refused(401, "unauthenticated");
    // With the same provider again, she is who she was.
    scene.put(json!({})).await;
    assert_eq!(scene.sign_in(grace()).await.expect(200)["user"]["id"], signed_in["user"]["id"]);
}

#[tokio::test]
async fn nothing_is_left_of_a_deleted_tenants_provider() {
    let scene = Scene::new().await;
    let store = &scene.app.platform.store;
    let signed_in = scene.sign_in(grace()).await.expect(200);
    let user = platform_core::ids::UserId::from_uuid(signed_in["user"]["id"].as_str().unwrap().parse().unwrap());
    let journey = begin(&scene.app.anybody, "acme").await;
    let given = scene.provider.sign_in(&journey.authorization_url, grace());
    let body = json!({ "name": "Acme Networks", "password": OWNER_PASSWORD });
    scene.owner.post("/api/tenant/delete", body).await.expect(202);
    // From that moment nobody comes in, though the settings are still there.
    scene.app.anybody.post("/api/auth/sso/start", json!({ "slug": "acme" })).await.refused(404, "not-found");
    finish(&scene.app.anybody, scene.owner.tenant, &journey.cookie, &given).await.refused(401, "sso-failed");
    scene.app.pass(20).await;
    assert_eq!(store.sso_settings(scene.owner.tenant).await.unwrap(), None);
    assert_eq!(store.user(user).await.unwrap(), None);
    let other = scene.app.tenant("Globex").await;
    put_sso(&other, settings(&scene.provider)).await.expect(200);
}

#[tokio::test]
async fn guesses_are_slowed_down() {
    let Scene { app, owner, provider } = Scene::new().await;
    let given = ("a-code".to_owned(), "a-state".to_owned());
    for _ in 0..10 {
        finish(&app.anybody, owner.tenant, "__Host-sso=guess", &given).await.refused(401, "sso-failed");
    }
    finish(&app.anybody, owner.tenant, "__Host-sso=guess", &given).await.refused(429, "rate-limited");
    app.anybody.post("/api/auth/sso/start", json!({ "slug": "acme" })).await.refused(429, "rate-limited");
    // An office where everybody comes in is not slowed down.
    let office = app.anybody.from_ip([198, 51, 100, 20]);
    for _ in 0..15 {
        let journey = begin(&office, "acme").await;
        let given = provider.sign_in(&journey.authorization_url, grace());
        finish(&office, owner.tenant, &journey.cookie, &given).await.expect(200);
    }
}

#[tokio::test]
async fn other_sites_are_refused() {
    let Scene { app, owner, .. } = Scene::new().await;
    for (path, body) in [
        ("/api/auth/sso/start", json!({ "slug": "acme" })),
        ("/api/auth/sso/finish", json!({ "tenantId": owner.tenant.to_string(), "code": "c", "state": "s" })),
    ] {
        for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            let request = Request::post(path).header("content-type", "application/json").header(name, value);
            app.anybody.send(request.body(Body::from(body.to_string())).unwrap()).await.refused(403, "cross-site");
        }
    }
    let long = json!({ "tenantId": owner.tenant.to_string(), "code": "c".repeat(9_000), "state": "s" });
    app.anybody.post("/api/auth/sso/finish", long).await.refused(422, "validation");
}
