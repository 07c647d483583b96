//! What looking at a large network costs: many rules, and the first page of a filtered list.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::body::Body;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use platform_core::access::Role;
use platform_core::condition::Observation;
use platform_core::episode::look;
use platform_core::evaluate::{RuleState, evaluate};
use platform_core::ids::SessionId;
use platform_core::known_group::{Directory, recognise};
use platform_core::network::{Group, Peer};
use platform_core::observed::Lists;
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_http::router::router;
use platform_identity::issuer::begin_session;
use platform_runtime::Platform;
use tower::ServiceExt;

use crate::installation::{Cost, Installation};
use crate::report::{Budget, Table, judged, median, number};
use crate::rules;

const PEERS: usize = 10_000;
const RULES: usize = 100;
const RUNS: usize = 21;
const PAGE: &str = "/api/netbird/peers?status=online&group=servers&search=s&sort=-lastSeen&limit=50";

/// Measures both over 10,000 peers.
pub(crate) async fn measure() -> Result<Table> {
    let mut installation = Installation::new(PEERS).await?;
    installation.tick().await?;
    let mut table = Table::new(
        format!("Looking at {PEERS} peers"),
        &["What", "CPU, ms", "Read units", "Database calls", "Embedded database, ms"],
    );

    let costs = evaluator(&installation).await?;
    let cpu = middle(&costs).cpu;
    table.row(vec![
        format!("{RULES} rules evaluated"),
        judged(cpu, Some(Budget(50.0))),
        "0".into(),
        "0".into(),
        "0".into(),
    ]);

    let token = sign_in(&installation).await?;
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        costs.push(installation.measure(page(&installation.platform, &token)).await?);
    }
    table.row(page_row("first page of filtered peers", &middle(&costs), Some(Budget(20.0))));

    installation.start_anew()?;
    installation.platform.load_token_keys().await?;
    let cost = installation.measure(page(&installation.platform, &token)).await?;
    table.row(page_row("the same in a cold function", &cost, None));
    table.note(format!("Medians of {RUNS} runs. The page is `{PAGE}`, through the router, with its authorization."));
    Ok(table)
}

async fn evaluator(installation: &Installation) -> Result<Vec<Cost>> {
    let Installation { platform, owner, account, .. } = installation;
    let sync = platform.store.sync_state(owner.tenant, account.id).await?.context("the account is gone")?;
    let digest = sync.snapshot(Resource::Peers);
    let peers = platform.store.snapshot::<Peer>(owner.tenant, account.id, digest).await?.context("no peers")?;
    let digest = sync.snapshot(Resource::Groups);
    let groups = platform.store.snapshot::<Group>(owner.tenant, account.id, digest).await?.context("no groups")?;
    let directory = Directory { groups: Some(&groups), peers: &peers };
    let seen = Observation {
        account: account.id,
        account_name: &account.name,
        sync: &sync,
        peers: &peers,
        groups: &[],
        lists: Lists::none(),
        since: jiff::Timestamp::MIN,
        access: None,
        quiet: None,
    };
    let rules = rules::many(platform, owner, RULES);
    let now = platform.now();
    // As it is from the second evaluation on: the rules know their groups, and look for them again.
    let state = |rule: &Rule| {
        let groups = recognise(rule, &[], directory, true);
        RuleState { groups, groups_edition: rule.groups_edition, ..RuleState::new(rule, account.id, now) }
    };
    let states: Vec<RuleState> = rules.iter().map(state).collect();
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        let all = async {
            let fires = |(rule, state): &(&Rule, &RuleState)| {
                let groups = recognise(rule, &state.groups, directory, false);
                let seen = Observation { groups: &groups, ..seen };
                evaluate(rule, state, seen, now).1.is_some()
                    || !look(rule, &[], seen, rule.watching_since, false, now).is_empty()
            };
            let fired = rules.iter().zip(&states).filter(fires);
            match fired.count() {
                0 => Err("no rule fired: the evaluator had nothing to do"),
                _ => Ok(()),
            }
        };
        costs.push(installation.measure(all).await?);
    }
    Ok(costs)
}

/// Begins a session of the owner; answers its access token.
pub(crate) async fn sign_in(installation: &Installation) -> Result<String> {
    let Installation { platform, owner, .. } = installation;
    let now = platform.now();
    let id = SessionId::new(now, platform.entropy.as_ref());
    let session = begin_session(id, owner.user, owner.tenant, platform.random(), false, now);
    let mut transaction = platform.store.transaction();
    transaction.create_session(&session)?;
    transaction.commit().await?;
    let issuer = platform.issuer().map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    issuer.access_token(&session, Role::Owner, now).map_err(|problem| anyhow::anyhow!("{problem:?}"))
}

async fn page(platform: &Platform, token: &str) -> Result<()> {
    let router = router(functions_netbird::endpoints(), platform, Arc::new(platform.clone()));
    let request = Request::get(PAGE).header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty())?;
    let response = router.oneshot(request).await?;
    ensure!(response.status() == StatusCode::OK, "the page was not answered: {}", response.status());
    let body = response.into_body().collect().await?.to_bytes();
    ensure!(body.len() > 1_000, "the page is empty");
    Ok(())
}

fn page_row(what: &str, cost: &Cost, budget: Option<Budget>) -> Vec<String> {
    let numbers = [number(cost.reads), cost.calls.to_string(), number(cost.database_cpu)];
    [what.to_owned(), judged(cost.cpu, budget)].into_iter().chain(numbers).collect()
}

/// The last cost, with the median of CPU.
pub(crate) fn middle(costs: &[Cost]) -> Cost {
    let of = |field: fn(&Cost) -> f64| median(&costs.iter().map(field).collect::<Vec<_>>());
    let last = costs.last().copied().unwrap_or_default();
    Cost { cpu: of(|cost| cost.cpu), database_cpu: of(|cost| cost.database_cpu), ..last }
}
