//! Keeping somebody out of their account by guessing at it.

use axum::body::Body;
use http::Request;
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{Answer, Client, OWNER_PASSWORD, TestApp};
use serde_json::json;

const ADA: &str = "ada@acme.example";
const WRONG: &str = "not the right password";

async fn login(client: &Client, email: &str, password: &str) -> Answer {
    client.post("/api/auth/login", json!({ "email": email, "password": password })).await
}

/// A sign-in by the web app, with the cookies that the browser keeps.
async fn by_browser(client: &Client, email: &str, password: &str, cookie: Option<&str>) -> Answer {
    let body = json!({ "email": email, "password": password }).to_string();
    let mut request =
        Request::post("/api/auth/login").header("content-type", "application/json").header("x-client", "web");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    client.send(request.body(Body::from(body)).unwrap()).await
}

fn device(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let cookie = cookies.into_iter().find(|cookie| cookie.starts_with("__Host-device=")).unwrap();
    for wanted in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(cookie.contains(wanted), "{cookie}");
    }
    cookie.split(';').next().unwrap().to_owned()
}

/// Guesses as often as the platform lets them for hours, timed by `Retry-After`.
async fn siege(app: &TestApp, email: &str, guesses: usize) {
    let attacker = app.anybody.from_ip([192, 0, 2, 1]);
    for number in 0..guesses {
        // From another address each time, or the address would have to wait.
        let answer = login(&attacker.from_ip([192, 0, 2, number as u8]), email, WRONG).await;
        if let Some(seconds) = answer.header("retry-after") {
            app.skip(SignedDuration::from_secs(seconds.parse().unwrap()));
            login(&attacker.from_ip([192, 0, 2, 200]), email, WRONG).await;
        }
    }
}

#[tokio::test]
async fn an_owner_under_siege_gets_in_from_where_they_were_before() {
    let app = TestApp::start().await;
    app.set_up().await;
    let home = app.anybody.from_ip([203, 0, 113, 50]);
    let browser = device(&by_browser(&home, ADA, OWNER_PASSWORD, None).await);
    siege(&app, ADA, 14).await;
    let abroad = app.anybody.from_ip([198, 51, 100, 77]);
    login(&abroad, ADA, OWNER_PASSWORD).await.refused(429, "rate-limited");
    by_browser(&abroad, ADA, OWNER_PASSWORD, Some(&browser)).await.expect(200);
    login(&home, ADA, OWNER_PASSWORD).await.expect(200);
    // A name that the browser was not given is none.
    let forged = format!("__Host-device={}", "A".repeat(43));
    let another = app.anybody.from_ip([198, 51, 100, 78]);
    by_browser(&another, ADA, OWNER_PASSWORD, Some(&forged)).await.refused(429, "rate-limited");
}

#[tokio::test]
async fn a_reset_by_mail_forgets_the_siege() {
    let app = TestApp::start().await;
    app.set_up().await;
    siege(&app, ADA, 14).await;
    let abroad = app.anybody.from_ip([198, 51, 100, 77]);
    abroad.post("/api/auth/password/forgot", json!({ "email": ADA })).await.expect(202);
    app.settle().await;
    let token = app.mailbox.latest(ADA).token();
    let new = "another long passphrase";
    abroad.post("/api/auth/password/reset", json!({ "token": token, "password": new })).await.expect(204);
    siege(&app, ADA, 14).await;
    login(&abroad, ADA, new).await.expect(200);
}

#[tokio::test]
async fn a_colleague_behind_the_attackers_address_gets_in() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let grace = app.member(&ada, Role::Viewer).await;
    let office = app.anybody.from_ip([203, 0, 113, 50]);
    let browser = device(&by_browser(&office, &grace.email, OWNER_PASSWORD, None).await);
    for _ in 0..30 {
        login(&office, "nobody@acme.example", WRONG).await;
    }
    by_browser(&office, &grace.email, OWNER_PASSWORD, Some(&browser)).await.expect(200);
}

#[tokio::test]
async fn guesses_that_were_not_looked_at_do_not_use_up_the_address() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let grace = app.member(&ada, Role::Viewer).await;
    siege(&app, ADA, 11).await;
    let office = app.anybody.from_ip([198, 51, 100, 9]);
    for _ in 0..40 {
        login(&office, ADA, WRONG).await.refused(429, "rate-limited");
    }
    login(&office, &grace.email, OWNER_PASSWORD).await.expect(200);
}

/// Security check 5 holds for a known source too.
#[tokio::test]
async fn a_hundred_guesses_at_once_from_a_known_browser_are_ten() {
    let app = TestApp::start().await;
    app.set_up().await;
    let home = app.anybody.from_ip([203, 0, 113, 50]);
    let browser = device(&by_browser(&home, ADA, OWNER_PASSWORD, None).await);
    let guesses = (0..100).map(|_| {
        let (home, browser) = (home.clone(), browser.clone());
        tokio::spawn(async move { by_browser(&home, ADA, WRONG, Some(&browser)).await.status.as_u16() })
    });
    let mut looked_at = 0;
    for guess in guesses.collect::<Vec<_>>() {
        looked_at += u32::from(guess.await.unwrap() == 401);
    }
    assert_eq!(looked_at, 10);
}
