//! Signing in, and everything that must not pass for it.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use http::Request;
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_runtime::secrets::SecretText;
use platform_tests::{Answer, Client, Member, OWNER_PASSWORD, Options, TOKEN_SECRET, TestApp};
use serde_json::{Value, json};

const OWNER: &str = "ada@acme.example";

async fn login(client: &Client, email: &str, password: &str) -> Answer {
    client.post("/api/auth/login", json!({ "email": email, "password": password })).await
}

async fn refresh(client: &Client, token: &Value) -> Answer {
    client.post("/api/auth/refresh", json!({ "refreshToken": token })).await
}

/// A request as the web app sends it.
async fn from_web(client: &Client, path: &str, body: Value, headers: &[(&str, &str)]) -> Answer {
    let request = Request::post(path).header("content-type", "application/json").header("x-client", "web");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    client.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let app = TestApp::start().await;
    app.set_up().await;
    let wrong = login(&app.anybody, OWNER, "not the right password").await;
    let unknown = login(&app.anybody, "nobody@acme.example", "not the right password").await;
    let headers = |answer: &Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(headers(&wrong), headers(&unknown));
    let [mut wrong, mut unknown] = [wrong, unknown].map(|answer| answer.refused(401, "unauthenticated"));
    for body in [&mut wrong, &mut unknown] {
        body.as_object_mut().unwrap().remove("requestId");
    }
    assert_eq!(wrong, unknown);
}

#[tokio::test]
async fn guessing_is_slowed_down_after_ten_attempts() {
    let app = TestApp::start().await;
    app.set_up().await;
    for address in [OWNER, "nobody@acme.example"] {
        for _ in 0..10 {
            // Not from where the owner signed in before: those guesses count apart.
            let stranger = app.anybody.from_ip([192, 0, 2, 1]);
            login(&stranger, address, "not the right password").await.refused(401, "unauthenticated");
        }
        // A pause that grows with every further guess, from wherever it comes.
        for seconds in [30, 60, 120, 240, 480, 900, 900] {
            let elsewhere = app.anybody.from_ip([198, 51, 100, 9]);
            let answer = login(&elsewhere, address, OWNER_PASSWORD).await;
            assert_eq!(answer.header("retry-after"), Some(format!("{}", seconds + 1).as_str()), "{address}");
            answer.refused(429, "rate-limited");
            app.skip(SignedDuration::from_secs(seconds));
            let last = app.anybody.from_ip([192, 0, 2, 2 + (seconds % 200) as u8]);
            login(&last, address, "not the right password").await.refused(401, "unauthenticated");
        }
        app.skip(SignedDuration::from_mins(60));
    }
    let elsewhere = app.anybody.from_ip([198, 51, 100, 9]);
    for _ in 0..20 {
        login(&elsewhere, OWNER, OWNER_PASSWORD).await.expect(200);
    }
}

#[tokio::test]
async fn guessing_at_many_addresses_from_one_place_is_slowed_down_too() {
    let app = TestApp::start().await;
    app.set_up().await;
    for number in 0..9 {
        let address = format!("nobody{number}@acme.example");
        login(&app.anybody, &address, "not the right password").await.refused(401, "unauthenticated");
        // Somebody's right password does not buy further guesses.
        login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    }
    login(&app.anybody, "nobody@acme.example", "not the right password").await.refused(401, "unauthenticated");
    login(&app.anybody, OWNER, OWNER_PASSWORD).await.refused(429, "rate-limited");
    login(&app.anybody.from_ip([198, 51, 100, 9]), OWNER, OWNER_PASSWORD).await.expect(200);
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_ten() {
    let app = TestApp::start().await;
    app.set_up().await;
    let guesses: Vec<_> = (0..100)
        .map(|number| {
            let client = app.anybody.from_ip([198, 51, 100, number]);
            tokio::spawn(async move { login(&client, OWNER, "not the right password").await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for guess in guesses {
        statuses.push(guess.await.unwrap());
    }
    let with = |status| statuses.iter().filter(|one| **one == status).count();
    assert_eq!((with(401), with(429)), (10, 90));
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let app = TestApp::start().await;
    app.set_up().await;
    let first = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    assert_eq!(first["expiresIn"], 600);
    app.skip(SignedDuration::from_mins(11));
    let old = app.anybody.with_token(first["accessToken"].as_str().unwrap());
    old.get("/api/auth/profile").await.refused(401, "token-expired");
    let second = refresh(&app.anybody, &first["refreshToken"]).await.expect(200);
    assert_ne!(second["refreshToken"], first["refreshToken"]);
    let ada = app.anybody.with_token(second["accessToken"].as_str().unwrap());
    assert_eq!(ada.get("/api/auth/profile").await.expect(200)["email"], OWNER);

    // Its answer got lost: within ten seconds the same one comes again.
    app.skip(SignedDuration::from_secs(10));
    let again = refresh(&app.anybody, &first["refreshToken"]).await.expect(200);
    assert_eq!(again["refreshToken"], second["refreshToken"]);

    // Later it is somebody else's copy, and the whole family ends.
    app.skip(SignedDuration::from_secs(1));
    refresh(&app.anybody, &first["refreshToken"]).await.refused(401, "unauthenticated");
    refresh(&app.anybody, &second["refreshToken"]).await.refused(401, "unauthenticated");
    ada.get("/api/auth/profile").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn refreshes_at_once_lead_to_one_successor() {
    let app = TestApp::start().await;
    app.set_up().await;
    let first = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let token = &first["refreshToken"];
    let (a, b, c) =
        tokio::join!(refresh(&app.anybody, token), refresh(&app.anybody, token), refresh(&app.anybody, token));
    let [a, b, c] = [a, b, c].map(|answer| answer.expect(200)["refreshToken"].clone());
    assert!(a == b && b == c, "two tabs that refresh together both stay signed in");
    refresh(&app.anybody, &a).await.expect(200);
}

#[tokio::test]
async fn refresh_tokens_that_were_made_up_are_refused() {
    let app = TestApp::start().await;
    app.set_up().await;
    let good = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200)["refreshToken"].clone();
    let parts: Vec<&str> = good.as_str().unwrap().split('.').collect();
    let with = |index: usize, part: &str| {
        let mut parts = parts.clone();
        parts[index] = part;
        json!(parts.join("."))
    };
    for bad in [
        json!(""),
        json!("nbr_"),
        json!("x"),
        with(0, "nbr_00"),
        with(1, "0"),
        with(2, "1"),
        with(2, "-1"),
        with(3, "AAAA"),
        with(3, ""),
    ] {
        refresh(&app.anybody, &bad).await.refused(401, "unauthenticated");
    }
    app.anybody.post("/api/auth/refresh", json!({})).await.refused(401, "unauthenticated");
    refresh(&app.anybody, &good).await.expect(200);
}

#[tokio::test]
async fn a_session_has_an_end() {
    let app = TestApp::start().await;
    app.set_up().await;
    for (remember, hours) in [(false, 12), (true, 30 * 24)] {
        let body = json!({ "email": OWNER, "password": OWNER_PASSWORD, "rememberMe": remember });
        let mut token = app.anybody.post("/api/auth/login", body).await.expect(200)["refreshToken"].clone();
        for _ in 0..2 {
            app.skip(SignedDuration::from_hours(hours) / 2 - SignedDuration::from_secs(1));
            token = refresh(&app.anybody, &token).await.expect(200)["refreshToken"].clone();
        }
        app.skip(SignedDuration::from_secs(2));
        refresh(&app.anybody, &token).await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn signing_out_ends_the_access_token_at_once() {
    let app = TestApp::start().await;
    app.set_up().await;
    let one = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let two = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let [ada, elsewhere] = [&one, &two].map(|answer| app.anybody.with_token(answer["accessToken"].as_str().unwrap()));
    let answer = ada.post("/api/auth/logout", json!({})).await;
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    answer.expect(204);
    ada.get("/api/auth/profile").await.refused(401, "unauthenticated");
    ada.post("/api/alerts/rules", json!({})).await.refused(401, "unauthenticated");
    refresh(&app.anybody, &one["refreshToken"]).await.refused(401, "unauthenticated");
    elsewhere.get("/api/auth/profile").await.expect(200);
}

#[tokio::test]
async fn a_changed_role_and_a_switched_off_member_take_effect_on_the_next_request() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let grace = app.member(&owner, Role::Admin).await;
    let token = grace.with_token(grace.token().unwrap());
    let path = "/api/netbird/accounts/00000000-0000-7000-8000-000000000000";
    token.delete(path).await.refused(404, "not-found");
    app.set_role(&grace, Role::Viewer, true).await;
    assert_eq!(token.delete(path).await.refused(403, "forbidden")["permission"], "accounts:write");
    assert_eq!(token.get("/api/auth/profile").await.expect(200)["role"], "viewer");
    app.set_role(&grace, Role::Owner, true).await;
    token.delete(path).await.refused(404, "not-found");
    app.set_role(&grace, Role::Owner, false).await;
    for answer in [token.get("/api/alerts").await, token.delete(path).await, token.get("/api/auth/profile").await] {
        answer.refused(401, "unauthenticated");
    }
    let session = app.platform.store.session(grace.user, grace.session).await.unwrap().unwrap();
    let kept = app.platform.issuer.as_ref().unwrap().refresh_token(&session);
    refresh(&app.anybody, &json!(kept)).await.refused(401, "unauthenticated");
}

/// Signs header and claims with an Ed25519 key.
fn sign(key: &Ed25519KeyPair, header: &Value, claims: &Value) -> String {
    let content = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
    format!("{content}.{}", BASE64.encode(key.sign(content.as_bytes())))
}

#[tokio::test]
async fn only_genuine_access_tokens_are_taken() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let genuine = owner.token().unwrap();
    let parts: Vec<&str> = genuine.split('.').collect();
    let decode = |part: &str| serde_json::from_slice::<Value>(&BASE64.decode(part).unwrap()).unwrap();
    let (header, claims) = (decode(parts[0]), decode(parts[1]));
    assert_eq!((&header["alg"], &header["typ"]), (&json!("EdDSA"), &json!("at+jwt")));
    let seed = SecretText::new(TOKEN_SECRET.to_owned()).unwrap().derive("access-token");
    let ours = Ed25519KeyPair::from_seed_unchecked(&seed).unwrap();
    let foreign = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();

    let profile = async |token: &str| app.anybody.with_token(token).get("/api/auth/profile").await;
    profile(&genuine).await.expect(200);
    profile(&sign(&ours, &header, &claims)).await.expect(200);

    let with = |value: &Value, field: &str, to: Value| {
        let mut value = value.clone();
        value[field] = to;
        value
    };
    let mut bad = vec![
        ("no token at all", String::new()),
        ("not a token", "x.y.z".to_owned()),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("another's signature", sign(&foreign, &header, &claims)),
        ("an unknown key", sign(&foreign, &with(&header, "kid", json!("0123456789abcdef")), &claims)),
        ("no key named", sign(&ours, &with(&header, "kid", json!(null)), &claims)),
        ("another type", sign(&ours, &with(&header, "typ", json!("JWT")), &claims)),
        ("another audience", sign(&ours, &header, &with(&claims, "aud", json!("another-api")))),
        ("another issuer", sign(&ours, &header, &with(&claims, "iss", json!("somebody")))),
        ("no end", sign(&ours, &header, &with(&claims, "exp", json!(null)))),
        (
            "somebody who is not there",
            sign(&ours, &header, &with(&claims, "sub", json!("00000000-0000-7000-8000-000000000000"))),
        ),
        (
            "a session that is not there",
            sign(&ours, &header, &with(&claims, "sid", json!("00000000-0000-7000-8000-000000000000"))),
        ),
    ];
    let swapped = BASE64.encode(with(&claims, "role", json!("viewer")).to_string());
    bad.push(("other claims under the signature", format!("{}.{swapped}.{}", parts[0], parts[2])));
    for alg in ["none", "None", "NONE"] {
        let header = BASE64.encode(with(&header, "alg", json!(alg)).to_string());
        bad.push(("no algorithm", format!("{header}.{}.", parts[1])));
        bad.push(("no algorithm, but a signature", format!("{header}.{}.{}", parts[1], parts[2])));
    }
    let content = format!("{}.{}", BASE64.encode(with(&header, "alg", json!("HS256")).to_string()), parts[1]);
    let public = hmac::Key::new(hmac::HMAC_SHA256, ours.public_key().as_ref());
    let mac = BASE64.encode(hmac::sign(&public, content.as_bytes()));
    bad.push(("the public key as a shared secret", format!("{content}.{mac}")));
    for (what, token) in bad {
        let answer = profile(&token).await;
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{what}: {}", answer.text);
        answer.refused(401, "unauthenticated");
    }
    let request = Request::get("/api/auth/profile").header("authorization", format!("Basic {genuine}"));
    app.anybody.send(request.body(Body::empty()).unwrap()).await.refused(401, "unauthenticated");

    // A role that somebody put into a token of the right key is still not what the table says.
    let viewer = app.member(&owner, Role::Viewer).await;
    let claims = decode(viewer.token().unwrap().split('.').nth(1).unwrap());
    let promoted = app.anybody.with_token(sign(&ours, &header, &with(&claims, "role", json!("owner"))));
    promoted.post("/api/alerts/rules", json!({})).await.refused(403, "forbidden");

    app.skip(SignedDuration::from_mins(10));
    profile(&genuine).await.refused(401, "token-expired");
}

#[tokio::test]
async fn the_web_app_gets_its_refresh_token_as_a_cookie() {
    let app = TestApp::start().await;
    app.set_up().await;
    for remember in [false, true] {
        let body = json!({ "email": OWNER, "password": OWNER_PASSWORD, "rememberMe": remember });
        let answer = from_web(&app.anybody, "/api/auth/login", body, &[]).await;
        let set = answer.header("set-cookie").unwrap().to_owned();
        assert_eq!(answer.expect(200)["refreshToken"], json!(null), "no script can read it");
        let (cookie, flags) = set.split_once(';').unwrap();
        assert!(cookie.starts_with("__Host-refresh=nbr_"), "{set}");
        let mut flags: Vec<&str> = flags.split(';').map(str::trim).collect();
        assert_eq!(flags.contains(&"Max-Age=2592000"), remember, "{set}");
        flags.retain(|flag| !flag.starts_with("Max-Age"));
        assert_eq!(flags, ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"]);

        for headers in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            from_web(&app.anybody, "/api/auth/refresh", json!({}), &[("cookie", cookie), headers])
                .await
                .refused(403, "cross-site");
        }
        let own = [("cookie", cookie), ("sec-fetch-site", "same-origin"), ("origin", "https://platform.example")];
        let refreshed = from_web(&app.anybody, "/api/auth/refresh", json!({}), &own).await;
        assert!(refreshed.header("set-cookie").is_some_and(|next| !next.starts_with(cookie)), "it was rotated");
        refreshed.expect(200);
    }
    let body = json!({ "email": OWNER, "password": OWNER_PASSWORD });
    let forged = from_web(&app.anybody, "/api/auth/login", body, &[("origin", "https://evil.example")]).await;
    forged.refused(403, "cross-site");
}

#[tokio::test]
async fn the_platform_is_set_up_once() {
    let app = TestApp::start().await;
    let body = |email: &str| json!({ "tenantName": "T", "name": "N", "email": email, "password": OWNER_PASSWORD });
    let set_up = async |email: &str| app.anybody.post("/api/setup", body(email)).await;
    let (a, b, c) = tokio::join!(set_up("a@acme.example"), set_up("b@acme.example"), set_up("c@acme.example"));
    let mut statuses = [a, b, c].map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409]);
    set_up("d@acme.example").await.refused(409, "conflict");
}

#[tokio::test]
async fn a_set_up_that_others_can_reach_asks_for_the_code() {
    const CODE: &str = "the code from the deployment's secrets";
    let app = TestApp::start_with(Options { setup_code: Some(CODE), ..Options::default() }).await;
    assert_eq!(
        app.anybody.get("/api/setup").await.expect(200),
        json!({ "required": true, "codeRequired": true, "signUp": true })
    );
    let mut body = json!({ "tenantName": "T", "name": "N", "email": OWNER, "password": OWNER_PASSWORD });
    for wrong in [json!(null), json!(""), json!("guess"), json!(CODE.to_uppercase())] {
        body["setupCode"] = wrong;
        app.anybody.post("/api/setup", body.clone()).await.refused(401, "unauthenticated");
    }
    body["setupCode"] = json!(format!(" {CODE}\n"));
    app.anybody.post("/api/setup", body).await.expect(201);
}

#[tokio::test]
async fn answers_carry_the_security_headers() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for answer in
        [owner.get("/api/alerts").await, app.anybody.get("/api/alerts").await, app.anybody.get("/api/nowhere").await]
    {
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("strict-transport-security").unwrap().contains("max-age=63072000"));
        let policy = answer.header("content-security-policy").unwrap();
        for directive in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(directive), "{policy}");
        }
        assert!(answer.header("x-request-id").is_some_and(|id| !id.is_empty()));
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

/// Two signing keys are good at once, so that a rotation signs nobody out; the one before them is good no more.
#[tokio::test]
async fn signing_keys_are_rotated() {
    let app = TestApp::start().await;
    app.set_up().await;
    let (second, third) = ("the token secret after the first rotation", "the token secret after the second rotation");
    let old = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let token = |answer: &Value| answer["accessToken"].as_str().unwrap().to_owned();
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();

    let rotated = app.restarted_with(&[second, TOKEN_SECRET]).await;
    rotated.with_token(token(&old)).get("/api/auth/profile").await.expect(200);
    let next = refresh(&rotated, &old["refreshToken"]).await.expect(200);
    assert_ne!(kid(&token(&next)), kid(&token(&old)), "new tokens are signed with the new key");
    // A function that started before the rotation learns the new key when it sees it.
    app.skip(SignedDuration::from_secs(5));
    app.anybody.with_token(token(&next)).get("/api/auth/profile").await.expect(200);

    let again = app.restarted_with(&[third, second]).await;
    again.with_token(token(&next)).get("/api/auth/profile").await.expect(200);
    again.with_token(token(&old)).get("/api/auth/profile").await.refused(401, "unauthenticated");
    // A function that runs on trusts what it read for five minutes.
    app.skip(SignedDuration::from_mins(5));
    app.anybody.with_token(token(&old)).get("/api/auth/profile").await.refused(401, "unauthenticated");
    refresh(&again, &next["refreshToken"]).await.expect(200);
}

/// A token in an address lands in logs and in the history of browsers.
#[tokio::test]
async fn an_access_token_in_the_address_is_not_looked_at() {
    let app = TestApp::start().await;
    let token = app.set_up().await.token().unwrap();
    for name in ["access_token", "token", "jwt"] {
        app.anybody.get(&format!("/api/alerts?{name}={token}")).await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_session_goes_on_in_another_tenant() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.skip(SignedDuration::from_secs(1));
    let other = app.tenant("Globex").await;
    app.join(&owner, other.tenant, Role::Viewer).await;
    let signed_in = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let names = |answer: &Value| answer["user"]["tenants"].as_array().unwrap().len();
    assert_eq!((names(&signed_in), &signed_in["user"]["tenantName"]), (2, &json!("Acme Networks")));
    let before = app.anybody.with_token(signed_in["accessToken"].as_str().unwrap());
    let switched = before.post("/api/auth/tenant", json!({ "tenantId": other.tenant })).await.expect(200);
    assert_eq!((&switched["user"]["tenantName"], &switched["user"]["role"]), (&json!("Globex"), &json!("viewer")));
    // What was opened before it stays where it is.
    let profile = before.get("/api/auth/profile").await.expect(200);
    assert_eq!(profile["tenantName"], "Acme Networks");
    refresh(&app.anybody, &signed_in["refreshToken"]).await.expect(200);
    let after = app.anybody.with_token(switched["accessToken"].as_str().unwrap());
    after.get("/api/alerts").await.expect(200);
    after.post("/api/alerts/rules", json!({})).await.refused(403, "forbidden");
    after.post("/api/auth/tenant", json!({ "tenantId": owner.tenant })).await.expect(200);
}

#[tokio::test]
async fn a_user_acts_in_several_of_their_tenants_beside_one_another() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.skip(SignedDuration::from_secs(1));
    let (other, foreign) = (app.tenant("Globex").await, app.tenant("Initech").await);
    app.join(&owner, other.tenant, Role::Viewer).await;
    let signed_in = login(&app.anybody, OWNER, OWNER_PASSWORD).await.expect(200);
    let into = async |token: &Value, tenant: &str| {
        app.anybody.post("/api/auth/refresh", json!({ "refreshToken": token, "tenantId": tenant })).await
    };
    let (home, away) = (owner.tenant.to_string(), other.tenant.to_string());
    let there = into(&signed_in["refreshToken"], &away).await.expect(200);
    assert_eq!((&there["user"]["tenantName"], &there["user"]["role"]), (&json!("Globex"), &json!("viewer")));
    let [here_client, there_client] =
        [&signed_in, &there].map(|answer| app.anybody.with_token(answer["accessToken"].as_str().unwrap()));
    for (client, tenant) in [(&here_client, "Acme Networks"), (&there_client, "Globex")] {
        assert_eq!(client.get("/api/auth/profile").await.expect(200)["tenantName"], tenant);
    }
    // Each with the role there.
    there_client.post("/api/alerts/rules", json!({})).await.refused(403, "forbidden");
    here_client.post("/api/alerts/rules", json!({})).await.refused(422, "validation");
    // Without a tenant it goes on where it was last; a tenant of others changes nothing about the session.
    let stayed = refresh(&app.anybody, &there["refreshToken"]).await.expect(200);
    assert_eq!(stayed["user"]["tenantName"], "Globex");
    into(&stayed["refreshToken"], &foreign.tenant.to_string()).await.refused(404, "not-found");
    let back = into(&stayed["refreshToken"], &home).await.expect(200);
    let again = into(&back["refreshToken"], &away).await.expect(200);
    // The trail of each tenant tells of the session once, and of no other tenant.
    let entries = other.get("/api/audit/logs").await.expect(200);
    let entered: Vec<_> =
        entries.as_array().unwrap().iter().filter(|entry| entry["action"] == "session.enter").collect();
    assert_eq!(entered.len(), 1);
    assert!(!entries.to_string().contains(&home));
    // Whose place is gone is out at once, and goes on in the other tenant.
    app.set_role(&Member { tenant: other.tenant, ..owner.clone() }, Role::Viewer, false).await;
    there_client.get("/api/alerts").await.refused(401, "unauthenticated");
    into(&again["refreshToken"], &away).await.refused(404, "not-found");
    let rest = refresh(&app.anybody, &again["refreshToken"]).await.expect(200);
    assert_eq!(rest["user"]["tenantName"], "Acme Networks");
}
