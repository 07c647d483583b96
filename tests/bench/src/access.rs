//! What signing in costs, and what checking every request does.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Body;
use futures::future::join_all;
use http::{Request, StatusCode, header};
use jiff::SignedDuration;
use platform_core::access::Permission;
use platform_core::api_token::{self, ApiToken};
use platform_core::ids::ApiTokenId;
use platform_http::router::router;
use platform_http::{Access, endpoint, needs};
use platform_identity::password;
use platform_runtime::{Endpoint, Platform};
use serde_json::json;
use tower::ServiceExt;

use crate::installation::{Cost, Installation, OWNER_PASSWORD};
use crate::read::{middle, sign_in};
use crate::report::{Table, number};

const LOGINS: usize = 21;
const AT_ONCE: usize = 8;
const REQUESTS: usize = 500;

/// Endpoints that do nothing: what is left is the frame.
mod nothing {
    use http::StatusCode;

    /// Nothing
    #[utoipa::path(get, path = "/api/nothing", operation_id = "nothing", responses((status = 204)))]
    pub(crate) async fn handler() -> StatusCode {
        StatusCode::NO_CONTENT
    }
}

/// Measures sign-ins and the check of a request.
pub(crate) async fn measure() -> Result<Table> {
    let installation = Installation::new(10).await?;
    let mut table = Table::new(
        "Signing in, and being checked",
        &["What", "CPU, ms", "× baseline", "Read units", "Write units", "Database calls"],
    );
    sign_ins(&installation, &mut table).await?;
    checks(&installation, &mut table).await?;
    Ok(table)
}

async fn sign_ins(installation: &Installation, table: &mut Table) -> Result<()> {
    let platform = &installation.platform;
    let hash = password::hash(OWNER_PASSWORD.into(), platform.entropy.as_ref()).await;
    let mut alone = Vec::new();
    for _ in 0..LOGINS {
        let verify = password::verify(OWNER_PASSWORD.into(), Some(hash.clone()));
        let right = async { verify.await.then_some(()).ok_or("the password is right") };
        alone.push(installation.measure(right).await?);
    }
    let alone = middle(&alone);
    let baseline = total(&alone);
    table.row(row("Argon2id alone (baseline)", &alone, baseline));

    let mut costs = Vec::new();
    for _ in 0..LOGINS {
        costs.push(installation.measure(login(platform)).await?);
    }
    table.row(row("sign in by password", &middle(&costs), baseline));

    let (began, rounds) = (Instant::now(), 4);
    for _ in 0..rounds {
        for done in join_all((0..AT_ONCE).map(|_| login(platform))).await {
            done?;
        }
    }
    let per_second = (rounds * AT_ONCE) as f64 / began.elapsed().as_secs_f64();
    table.note(format!(
        "{} sign-ins a second on this machine, {AT_ONCE} at once. Argon2id with 19 MiB and two passes: OWASP's first \
         choice. A Lambda function of 1,024 MB has 0.6 of a core, so a sign-in takes about 1.7 times the CPU above; \
         with 512 MB twice that.",
        number(per_second)
    ));
    Ok(())
}

async fn login(platform: &Platform) -> Result<()> {
    let router = router(functions_auth::endpoints(), platform, Arc::new(platform.clone()));
    let body = json!({ "email": "owner@bench.example", "password": OWNER_PASSWORD }).to_string();
    let request = Request::post("/api/auth/login").header(header::CONTENT_TYPE, "application/json");
    answered(router, request.body(Body::from(body))?, StatusCode::OK).await
}

async fn checks(installation: &Installation, table: &mut Table) -> Result<()> {
    let platform = &installation.platform;
    platform.load_token_keys().await?;
    let session = sign_in(installation).await?;
    let token = api_token(installation).await?;
    let mut baseline = 0.0;
    for (what, access, bearer) in [
        ("a request that is not checked (baseline)", Access::Public, None),
        ("checked by session", Access::Permission(Permission::AlertsRead), Some(&session)),
        ("checked by API token", Access::Permission(Permission::AlertsRead), Some(&token)),
    ] {
        let rows: Vec<Endpoint> = vec![endpoint!(nothing, access, needs())];
        let router = router(rows, platform, Arc::new(platform.clone()));
        let mut costs = Vec::new();
        for _ in 0..REQUESTS {
            let request = Request::get("/api/nothing");
            let request = match bearer {
                Some(bearer) => request.header(header::AUTHORIZATION, format!("Bearer {bearer}")),
                None => request,
            };
            let request = request.body(Body::empty())?;
            costs.push(installation.measure(answered(router.clone(), request, StatusCode::NO_CONTENT)).await?);
        }
        let cost = middle(&costs);
        if bearer.is_none() {
            baseline = cost.cpu;
        } else {
            let overhead = (cost.cpu - baseline) * 1e3;
            table.note(format!("{what}: {} µs of CPU more than unchecked, without the database's.", number(overhead)));
        }
        // The database's own work is the embedded one's; on AWS it is a round trip.
        table.row(row(what, &Cost { database_cpu: 0.0, ..cost }, baseline));
    }
    Ok(())
}

async fn api_token(installation: &Installation) -> Result<String> {
    let Installation { platform, owner, .. } = installation;
    let (now, secret) = (platform.now(), api_token::generate(platform.entropy.as_ref()));
    let token = ApiToken {
        id: ApiTokenId::new(now, platform.entropy.as_ref()),
        tenant: owner.tenant,
        user: owner.user,
        user_name: owner.name.clone(),
        name: "bench".into(),
        hint: "nmp_".into(),
        hash: platform_store::api_tokens::hash(&secret),
        scopes: vec![Permission::AlertsRead],
        ip_allow_list: vec![],
        created_at: now,
        expires_at: now + SignedDuration::from_hours(24),
        version: 1,
    };
    let mut transaction = platform.store.transaction();
    transaction.create_api_token(&token)?;
    transaction.commit().await.context("the token was not made")?;
    Ok(secret)
}

async fn answered(router: Router, request: Request<Body>, status: StatusCode) -> Result<()> {
    let response = router.oneshot(request).await?;
    ensure!(response.status() == status, "answered {}", response.status());
    Ok(())
}

fn total(cost: &Cost) -> f64 {
    cost.cpu + cost.database_cpu
}

fn row(what: &str, cost: &Cost, baseline: f64) -> Vec<String> {
    vec![
        what.to_owned(),
        number(total(cost)),
        number(total(cost) / baseline),
        number(cost.reads),
        number(cost.writes),
        cost.calls.to_string(),
    ]
}
