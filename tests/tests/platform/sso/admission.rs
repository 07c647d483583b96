//! Whom the provider brings in, as what, and whom it does not.

use super::*;

#[tokio::test]
async fn who_is_not_let_in() {
    let scene = Scene::new().await;
    let failed = async |person: Value, why: &str| {
        let refused = scene.sign_in(person.clone()).await.refused(401, "sso-failed");
        assert!(refused["detail"].as_str().unwrap().contains(why), "{person}: {refused}");
    };
    failed(over(grace(), json!({ "email_verified": false })), "not proven").await;
    failed(over(grace(), json!({ "email_verified": "false" })), "not proven").await;
    failed(over(grace(), json!({ "email": "grace@evil.example" })), "of your domain").await;
    failed(over(grace(), json!({ "email": "grace@acme.example.evil.example" })), "of your domain").await;
    failed(over(grace(), json!({ "email": "not an address" })), "that is none").await;
    failed(json!({ "sub": "grace-1" }), "does not tell your email").await;
    // An owner's place needs more than silence.
    failed(json!({ "sub": "x", "email": scene.owner.email }), "which owners and admins need").await;
    assert_eq!(scene.members().await.len(), 1);
    let bob = scene.app.member(&scene.owner, Role::Admin).await;
    scene.put(json!({ "domains": [] })).await;
    failed(json!({ "sub": "y", "email": bob.email }), "which owners and admins need").await;

    let vera = scene.app.member(&scene.owner, Role::Viewer).await;
    scene.put(json!({ "domains": [] })).await;
    let person = json!({ "sub": "vera", "email": vera.email });
    assert_eq!(scene.sign_in(person.clone()).await.expect(200)["user"]["id"], json!(vera.user));
    scene.owner.call("PUT", &format!("/api/users/{}", vera.user), Some(json!({ "active": false }))).await.expect(200);
    failed(person.clone(), "switched off").await;
    failed(over(person, json!({ "sub": "another" })), "switched off").await;

    scene.put(json!({ "defaultRole": null })).await;
    failed(grace(), "no role").await;
    scene.put(json!({ "enabled": false })).await;
    scene.app.anybody.post("/api/auth/sso/start", json!({ "slug": "acme" })).await.refused(404, "not-found");
    for slug in ["unknown", "no slug", "", "../acme"] {
        scene.app.anybody.post("/api/auth/sso/start", json!({ "slug": slug })).await.refused(404, "not-found");
    }
}

/// An administrator sees who came from the provider in vain, and why; another tenant does not.
#[tokio::test]
async fn who_is_not_let_in_is_in_the_trail() {
    let scene = Scene::new().await;
    let told = async |owner: &Member| {
        let entries = owner.get("/api/audit/logs?action=session.refuse").await.expect(200);
        entries.as_array().unwrap().clone()
    };
    for _ in 0..12 {
        scene.app.skip(SignedDuration::from_secs(1));
        let stranger = over(grace(), json!({ "email": "grace@evil.example" }));
        scene.sign_in(stranger).await.refused(401, "sso-failed");
    }
    scene.provider.claim(json!({ "aud": "another-client" }));
    scene.app.skip(SignedDuration::from_secs(1));
    scene.sign_in(grace()).await.refused(401, "sso-failed");
    let vera = scene.app.member(&scene.owner, Role::Viewer).await;
    scene.owner.call("PUT", &format!("/api/users/{}", vera.user), Some(json!({ "active": false }))).await.expect(200);
    scene.provider.claim(json!({}));
    scene.put(json!({ "domains": [] })).await;
    scene.app.skip(SignedDuration::from_secs(1));
    scene.sign_in(json!({ "sub": "vera", "email": vera.email })).await.refused(401, "sso-failed");

    let entries = told(&scene.owner).await;
    let said: Vec<(&str, &str)> = entries
        .iter()
        .map(|entry| (entry["user"]["name"].as_str().unwrap(), entry["newValues"]["detail"].as_str().unwrap()))
        .collect();
    let vera = vera.email.to_string();
    assert!(said.len() == 4 && said[0].0 == vera && said[0].1.contains("switched off"), "{said:?}");
    // A token that is not genuine names nobody.
    assert!(said[1].0 == "Somebody unknown" && said[1].1.contains("another client"), "{said:?}");
    // The first time, and the tenth.
    let of_stranger = |(who, why): &(&str, &str)| *who == "grace@evil.example" && why.contains("of your domain");
    assert!(said[2..].iter().all(of_stranger), "{said:?}");
    let other = scene.app.tenant("Beta").await;
    assert_eq!(told(&other).await.len(), 0, "it is no matter of another tenant");
}

/// Whoever called themselves by a viewer's address was the owner's session once the viewer was made an owner.
#[tokio::test]
async fn a_link_without_proof_is_none_for_owners_and_admins() {
    let scene = Scene::with(json!({ "domains": [] })).await;
    let vera = scene.app.member(&scene.owner, Role::Viewer).await;
    let silent = json!({ "sub": "whoever", "email": vera.email });
    assert_eq!(scene.sign_in(silent.clone()).await.expect(200)["user"]["id"], json!(vera.user));
    let path = format!("/api/users/{}", vera.user);
    scene.owner.call("PUT", &path, Some(json!({ "role": "admin" }))).await.expect(200);
    let refused = scene.sign_in(silent.clone()).await.refused(401, "sso-failed");
    assert!(refused["detail"].as_str().unwrap().contains("which owners and admins need"), "{refused}");
    let other = over(silent.clone(), json!({ "email": "whoever@elsewhere.example", "email_verified": true }));
    scene.sign_in(other).await.refused(401, "sso-failed");
    let proven = over(silent.clone(), json!({ "email_verified": true }));
    assert_eq!(scene.sign_in(proven).await.expect(200)["user"]["role"], "admin");
    // It was proven once: the provider need not say so again.
    assert_eq!(scene.sign_in(silent).await.expect(200)["user"]["id"], json!(vera.user));
}

/// Whoever signs in as somebody all the time would keep them from changing their address or second factor.
#[tokio::test]
async fn a_guests_sign_in_writes_nothing_of_theirs() {
    let scene = Scene::with(json!({ "domains": [] })).await;
    let vera = scene.app.member(&scene.owner, Role::Viewer).await;
    let user = async || scene.app.platform.store.user(vera.user).await.unwrap().unwrap();
    let before = user().await;
    let known = json!({ "sub": "vera", "email": vera.email, "email_verified": true });
    for _ in 0..3 {
        scene.sign_in(known.clone()).await.expect(200);
    }
    assert_eq!(user().await, before);
    // Somebody who came by the provider is the provider's to write.
    let id = scene.sign_in(grace()).await.expect(200)["user"]["id"].as_str().unwrap().to_owned();
    let grace = scene.app.platform.store.user(id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(grace.last_login, Some(scene.app.now()));
}

#[tokio::test]
async fn roles_follow_the_provider_but_never_an_owners() {
    let mapping = json!([{ "value": "it", "role": "admin" }, { "value": "net", "role": "network_admin" }]);
    let scene = Scene::with(json!({ "roleClaim": "groups", "roleMapping": mapping, "defaultRole": null })).await;
    let with = |groups: Value| over(grace(), json!({ "groups": groups }));
    let role =
        async |person: Value| scene.sign_in(person).await.expect(200)["user"]["role"].as_str().unwrap().to_owned();
    scene.sign_in(with(json!(["sales"]))).await.refused(401, "sso-failed");
    assert_eq!(role(with(json!(["sales", "net"]))).await, "network_admin");
    assert_eq!(role(with(json!(["net", "it"]))).await, "admin");
    let signed_in = scene.sign_in(with(json!("it"))).await.expect(200);
    let admin = client_of(&scene.app, &signed_in);
    admin.get("/api/audit/logs").await.expect(200);
    assert_eq!(role(with(json!(["net"]))).await, "network_admin");
    admin.get("/api/audit/logs").await.refused(403, "forbidden");
    scene.sign_in(with(json!([]))).await.refused(401, "sso-failed");
    scene.sign_in(with(json!(["owner"]))).await.refused(401, "sso-failed");

    let ada = json!({ "sub": "ada", "email": scene.owner.email, "email_verified": true, "groups": ["net"] });
    assert_eq!(role(ada).await, "owner");
    let trail = scene.owner.get("/api/audit/logs?limit=100").await.expect(200);
    let changes = trail.as_array().unwrap().iter().filter(|entry| entry["action"] == "member.update");
    let change = |entry: &Value| format!("{} to {}", entry["oldValues"]["role"], entry["newValues"]["role"]);
    // All at one moment, so in no order.
    let changes: BTreeSet<_> = changes.map(change).collect();
    let expected = [r#""admin" to "network_admin""#, r#""network_admin" to "admin""#];
    assert_eq!(changes, expected.map(str::to_owned).into());
}

#[tokio::test]
async fn somebody_removed_comes_back_only_if_they_were_the_providers() {
    let scene = Scene::new().await;
    let signed_in = scene.sign_in(grace()).await.expect(200);
    let id = signed_in["user"]["id"].as_str().unwrap().to_owned();
    scene.owner.delete(&format!("/api/users/{id}")).await.expect(204);
    client_of(&scene.app, &signed_in).get("/api/alerts").await.refused(401, "unauthenticated");
    assert_eq!(scene.sign_in(grace()).await.expect(200)["user"]["id"], id, "the provider brings her back");

    let vera = scene.app.member(&scene.owner, Role::Viewer).await;
    scene.put(json!({ "domains": [] })).await;
    let person = json!({ "sub": "vera", "email": vera.email });
    assert_eq!(scene.sign_in(person.clone()).await.expect(200)["user"]["id"], json!(vera.user));
    scene.owner.delete(&format!("/api/users/{}", vera.user)).await.expect(204);
    let again = scene.sign_in(person).await.expect(200);
    assert_ne!(again["user"]["id"], json!(vera.user), "who left with an account of their own is not drawn back in");
}
