//! The settings: how they are kept, tried and told.

use super::*;

#[tokio::test]
async fn every_way_to_show_the_secret() {
    let scene = Scene::new().await;
    scene
        .provider
        .discovery(Discovery::Document(json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] })));
    scene.put(json!({})).await;
    scene.sign_in(grace()).await.expect(200);
    scene.put(json!({ "clientSecret": "the wrong one" })).await;
    let refused = scene.sign_in(grace()).await.refused(401, "sso-failed");
    assert!(refused["detail"].as_str().unwrap().ends_with("with status 401 (invalid_client)"), "{refused}");
    assert!(!refused.to_string().contains("planted-description"), "{refused}");
    scene.provider.ask_no_secret();
    scene.put(json!({ "clientSecret": "" })).await;
    scene.sign_in(grace()).await.expect(200);
}

#[tokio::test]
async fn settings_are_kept_without_telling_the_secret() {
    let Scene { app, owner, provider } = Scene::new().await;
    let shown = owner.get("/api/tenant/sso").await.expect(200);
    assert_eq!(shown["redirectUri"], format!("https://platform.example/sso/callback/{}", owner.tenant));
    assert_eq!(
        (&shown["signInUrl"], &shown["hasClientSecret"]),
        (&json!("https://platform.example/sso/acme"), &json!(true))
    );
    let without = |changes: Value| {
        let mut body = over(settings(&provider), changes);
        body.as_object_mut().unwrap().remove("clientSecret");
        body
    };
    // Kept if it is not sent, moved to a new slug, and freed with the old one.
    put_sso(&owner, without(json!({ "slug": "acme-networks" }))).await.expect(200);
    app.anybody.post("/api/auth/sso/start", json!({ "slug": "acme" })).await.refused(404, "not-found");
    let journey = begin(&app.anybody, "acme-networks").await;
    let given = provider.sign_in(&journey.authorization_url, grace());
    finish(&app.anybody, owner.tenant, &journey.cookie, &given).await.expect(200);
    let other = app.tenant("Globex").await;
    put_sso(&other, over(settings(&provider), json!({}))).await.expect(200);
    let taken = put_sso(&owner, without(json!({}))).await.refused(422, "validation");
    assert_eq!(taken["errors"][0]["pointer"], "/slug");

    // It does not travel to another provider or under another client's name.
    let elsewhere = IdentityProvider::start(&app.clock).await.unwrap();
    for changes in [json!({ "issuer": elsewhere.issuer() }), json!({ "clientId": "another" })] {
        let body = without(over(json!({ "slug": "acme-networks" }), changes));
        assert_eq!(put_sso(&owner, body).await.refused(422, "validation")["errors"][0]["pointer"], "/clientSecret");
    }
    // A ciphertext moved to another tenant does not open.
    let store = &app.platform.store;
    let (ours, mut theirs) = (
        store.sso_settings(owner.tenant).await.unwrap().unwrap(),
        store.sso_settings(other.tenant).await.unwrap().unwrap(),
    );
    assert!(!format!("{ours:?}").contains(CLIENT_SECRET));
    theirs.client_secret = ours.client_secret;
    store.replace_sso(&mut theirs).await.unwrap();
    let journey = begin(&app.anybody, "acme").await;
    let given = provider.sign_in(&journey.authorization_url, grace());
    finish(&app.anybody, other.tenant, &journey.cookie, &given).await.refused(500, "internal");

    owner.delete("/api/tenant/sso").await.expect(204);
    owner.delete("/api/tenant/sso").await.refused(404, "not-found");
    owner.get("/api/tenant/sso").await.refused(404, "not-found");
    app.anybody.post("/api/auth/sso/start", json!({ "slug": "acme-networks" })).await.refused(404, "not-found");
    let trail = owner.get("/api/audit/logs?limit=100").await.expect(200);
    assert!(!trail.to_string().contains(CLIENT_SECRET));
    let of = |action: &str| trail.as_array().unwrap().iter().filter(|entry| entry["action"] == action).count();
    assert_eq!((of("sso.update"), of("sso.delete")), (2, 1));
    let moved = trail.as_array().unwrap().iter().find(|entry| entry["oldValues"]["slug"] == "acme").unwrap();
    assert_eq!(moved["newValues"]["slug"], "acme-networks");
}

#[tokio::test]
async fn settings_that_are_wrong_are_named() {
    let Scene { owner, provider, .. } = Scene::new().await;
    let rule = |value: &str, role: &str| json!({ "value": value, "role": role });
    for (changes, pointer) in [
        (json!({ "slug": "no" }), "/slug"),
        (json!({ "slug": "Acme" }), "/slug"),
        (json!({ "slug": "callback" }), "/slug"),
        (json!({ "issuer": "" }), "/issuer"),
        (json!({ "issuer": "acme" }), "/issuer"),
        (json!({ "issuer": "https://id.example?x=1" }), "/issuer"),
        (json!({ "issuer": "http://id.example" }), "/issuer"),
        (json!({ "issuer": "https://user:pass@id.example" }), "/issuer"),
        (json!({ "issuer": format!("https://{}.example", "i".repeat(500)) }), "/issuer"),
        (json!({ "clientId": "" }), "/clientId"),
        (json!({ "clientSecret": "s".repeat(501) }), "/clientSecret"),
        (json!({ "domains": ["acme.example", "@acme"] }), "/domains/1"),
        (json!({ "domains": vec!["acme.example"; 21] }), "/domains"),
        (json!({ "roleMapping": [rule("a", "viewer")] }), "/roleClaim"),
        (json!({ "roleClaim": "g", "roleMapping": [rule("a", "owner")] }), "/roleMapping/0/role"),
        (json!({ "roleClaim": "g", "roleMapping": [rule("a", "root")] }), "/roleMapping/0/role"),
        (json!({ "roleClaim": "g", "roleMapping": [rule("a", "admin"), rule("a", "viewer")] }), "/roleMapping/1/value"),
        (json!({ "roleClaim": "g", "roleMapping": [rule("", "admin")] }), "/roleMapping/0/value"),
        (json!({ "defaultRole": "owner" }), "/defaultRole"),
        (json!({ "defaultRole": "root" }), "/defaultRole"),
        (json!({ "colour": "red" }), "/colour"),
    ] {
        let problem = put_sso(&owner, over(settings(&provider), changes.clone())).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{changes}: {problem}");
    }
    let rules: Vec<_> = (0..51).map(|n| rule(&n.to_string(), "viewer")).collect();
    let many = over(settings(&provider), json!({ "roleClaim": "g", "roleMapping": rules }));
    assert_eq!(put_sso(&owner, many).await.refused(422, "validation")["errors"][0]["pointer"], "/roleMapping");
}

#[tokio::test]
async fn a_provider_is_tried_before_it_is_kept() {
    let Scene { app, owner, provider } = Scene::new().await;
    let elsewhere = IdentityProvider::start(&app.clock).await.unwrap();
    for (discovery, why) in [
        (Discovery::Document(json!({ "issuer": "https://id.example" })), "calls itself https://id.example"),
        (Discovery::Document(json!({ "token_endpoint": null })), "not what OpenID Connect asks for"),
        (Discovery::Document(json!({ "jwks_uri": "http://id.example/keys" })), "jwks_uri is not an https:// address"),
        (
            Discovery::Document(json!({ "authorization_endpoint": "javascript:alert(1)" })),
            "authorization_endpoint is not",
        ),
        (Discovery::Document(json!({ "token_endpoint": "https://169.254.169.254/" })), "cloud metadata"),
        (Discovery::Document(json!({ "response_types_supported": ["id_token"] })), "authorization code flow"),
        (Discovery::Document(json!({ "code_challenge_methods_supported": ["plain"] })), "PKCE"),
        (Discovery::Document(json!({ "id_token_signing_alg_values_supported": ["HS256"] })), "ID tokens signed with"),
        (
            Discovery::Document(json!({ "token_endpoint_auth_methods_supported": ["private_key_jwt"] })),
            "client_secret_basic",
        ),
        (Discovery::Status(500), "status 500"),
        (Discovery::Status(404), "status 404"),
        (Discovery::Huge(300 * 1024), "larger than 256 KB"),
        (Discovery::Huge(10), "not what OpenID Connect asks for"),
        (Discovery::Redirect(format!("{}/.well-known/openid-configuration", elsewhere.issuer())), "status 302"),
    ] {
        provider.discovery(discovery.clone());
        let problem =
            put_sso(&owner, over(settings(&provider), json!({ "slug": "changed" }))).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/issuer", "{problem}");
        assert!(problem["errors"][0]["detail"].as_str().unwrap().contains(why), "{discovery:?}: {problem}");
    }
    assert_eq!(elsewhere.seen(), [""; 0], "no redirect is followed");
    provider.discovery(Discovery::Hang);
    let slow = app.without_waiting(put_sso(&owner, settings(&provider))).await.refused(422, "validation");
    assert!(slow["errors"][0]["detail"].as_str().unwrap().contains("in time"), "{slow}");
    let closed = over(settings(&provider), json!({ "issuer": "http://127.0.0.1:1" }));
    let closed = put_sso(&owner, closed).await.refused(422, "validation");
    assert!(closed["errors"][0]["detail"].as_str().unwrap().contains("cannot be reached"), "{closed}");
    assert_eq!(owner.get("/api/tenant/sso").await.expect(200)["slug"], "acme", "nothing was kept");
    // A last slash too few or too many is no other provider.
    provider.discovery(Discovery::Document(json!({})));
    let kept = put_sso(&owner, over(settings(&provider), json!({ "issuer": format!("{}/", provider.issuer()) })))
        .await
        .expect(200);
    assert_eq!(kept["issuer"], provider.issuer());
}

#[tokio::test]
async fn a_hosted_platform_asks_no_private_address() {
    let app = TestApp::start_with(Options { allow_private: false, ..Default::default() }).await;
    let owner = app.set_up().await;
    let provider = IdentityProvider::start(&app.clock).await.unwrap();
    let port = provider.issuer().rsplit(':').next().unwrap();
    for issuer in [
        provider.issuer().to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("https://localhost:{port}"),
        format!("https://[::ffff:127.0.0.1]:{port}"),
        format!("https://0x7f.1:{port}"),
        "https://169.254.169.254".into(),
        "https://10.0.0.1".into(),
    ] {
        let problem =
            put_sso(&owner, over(settings(&provider), json!({ "issuer": issuer }))).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/issuer", "{issuer}: {problem}");
        let detail = problem["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("may not be connected to") || detail.contains("not an https://"), "{issuer}: {detail}");
    }
    assert_eq!(provider.seen(), [""; 0]);
}

/// Providers move their endpoints now and then.
#[tokio::test]
async fn a_providers_addresses_are_asked_for_again_after_a_day() {
    let scene = Scene::new().await;
    let asked = || scene.provider.seen().iter().filter(|path| *path == "discovery").count();
    scene.sign_in(grace()).await.expect(200);
    assert_eq!(asked(), 1, "only when it was set up");
    scene.app.skip(SignedDuration::from_hours(24));
    let moved = json!({ "authorization_endpoint": format!("{}/moved", scene.provider.issuer()) });
    scene.provider.discovery(Discovery::Document(moved));
    let journey = begin(&scene.app.anybody, "acme").await;
    assert!(journey.authorization_url.contains("/moved?"), "{}", journey.authorization_url);
    // If it does not answer, things are taken to be as they were.
    scene.provider.discovery(Discovery::Status(503));
    scene.app.skip(SignedDuration::from_hours(24));
    assert!(begin(&scene.app.anybody, "acme").await.authorization_url.contains("/moved?"));
    assert_eq!(asked(), 3);
}
