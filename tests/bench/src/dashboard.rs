//! What the pages cost that stay open all day: the overview, whose price is not to grow with the network, and the graph of a large
//! network.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::body::Body;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use platform_core::network::{Group, Peer, Policy};
use platform_core::resource::Row;
use platform_http::router::router;
use platform_store::Transaction;
use platform_store::snapshots::Prepared;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;

use crate::installation::{Cost, Installation};
use crate::matrix::{GROUPS, POLICIES, group, peer, policy};
use crate::read::{middle, sign_in};
use crate::report::{Budget, Table, judged, number};

const RUNS: usize = 11;
const OVERVIEW: &str = "/api/dashboard/overview";
const TOPOLOGY: &str = "/api/dashboard/topology";
/// Accounts of a tenant that watches several networks.
const ACCOUNTS: usize = 10;
/// Peers of the graph.
const DRAWN: usize = 5_000;

/// Measures the overview of networks of several sizes, and the graph of one of 5,000 peers, 200 groups and 300 policies.
pub(crate) async fn measure(sizes: &[usize]) -> Result<Table> {
    let heads = ["What", "CPU, ms", "Read units", "Database calls", "KB, compressed"];
    let mut table = Table::new("Pages that stay open", &heads);
    for size in sizes {
        let installation = Installation::new(*size).await?;
        installation.tick().await?;
        row(&mut table, &format!("overview, {size} peers"), &installation, OVERVIEW, (None, None)).await?;
    }
    let most = sizes.iter().copied().max().unwrap_or_default();
    let installation = Installation::new(most).await?;
    for nth in 1..ACCOUNTS {
        installation.connect_another(&format!("Network {nth}")).await?;
    }
    installation.tick().await?;
    row(&mut table, &format!("overview, {ACCOUNTS} x {most} peers"), &installation, OVERVIEW, (None, None)).await?;
    let installation = Installation::new(10).await?;
    furnish(&installation).await?;
    let what = format!("graph of {DRAWN} peers, {GROUPS} groups, {POLICIES} policies");
    let budgets = (Some(Budget(200.0)), Some(Budget(1_000.0)));
    row(&mut table, &what, &installation, TOPOLOGY, budgets).await?;
    table.note(format!(
        "Medians of {RUNS} runs, through the router, with authorization; compressed by gzip as the local host does."
    ));
    Ok(table)
}

async fn row(
    table: &mut Table,
    what: &str,
    installation: &Installation,
    path: &str,
    (cpu, size): (Option<Budget>, Option<Budget>),
) -> Result<()> {
    let token = sign_in(installation).await?;
    let mut costs: Vec<Cost> = Vec::new();
    for _ in 0..RUNS {
        let read = async { ask(installation, path, &token, false).await.map(|_| ()) };
        costs.push(installation.measure(read).await?);
    }
    let compressed = ask(installation, path, &token, true).await?;
    let cost = middle(&costs);
    table.row(vec![
        what.to_owned(),
        judged(cost.cpu, cpu),
        number(cost.reads),
        cost.calls.to_string(),
        judged(compressed as f64 / 1e3, size),
    ]);
    Ok(())
}

/// Asks for a page, and tells how many bytes it has.
async fn ask(installation: &Installation, path: &str, token: &str, compressed: bool) -> Result<usize> {
    let platform = &installation.platform;
    let endpoints = functions_dashboard::endpoints().into_iter().chain(functions_access::endpoints()).collect();
    let router = router(endpoints, platform, Arc::new(platform.clone())).layer(CompressionLayer::new());
    let mut request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    if compressed {
        request = request.header(header::ACCEPT_ENCODING, "gzip");
    }
    let response = router.oneshot(request.body(Body::empty())?).await?;
    ensure!(response.status() == StatusCode::OK, "{path} was not answered: {}", response.status());
    Ok(response.into_body().collect().await?.to_bytes().len())
}

/// Puts a large network in the place of the one that was read.
async fn furnish(installation: &Installation) -> Result<()> {
    let Installation { platform, owner, account, .. } = installation;
    let store = &platform.store;
    let mut sync = store.sync_state(owner.tenant, account.id).await?.context("the account is gone")?;
    let peers: Vec<Peer> = (0..DRAWN).map(peer).collect();
    let members = |id: &str| peers.iter().filter(|peer| peer.groups.iter().any(|group| group.id == id)).count();
    let groups = (0..GROUPS).map(group).map(|group| {
        let peers = u32::try_from(members(&group.id)).unwrap_or(u32::MAX);
        Group { id: group.id, name: group.name, issued: "api".into(), peers, resources: 0 }
    });
    let groups: Vec<Group> = groups.collect();
    let policies: Vec<Policy> = (0..POLICIES).map(policy).collect();
    let mut prepared: Vec<Prepared> = Vec::new();
    macro_rules! keep {
        ($($rows:ident: $row:ty),*) => {$(
            let present = sync.snapshot(<$row>::RESOURCE).map(str::to_owned);
            let one = store.prepare(owner.tenant, account.id, "bench", $rows, present.as_deref()).await?;
            let one = one.context("it is another list")?;
            sync.snapshots.insert(<$row>::RESOURCE, one.digest.clone());
            prepared.push(one);
        )*};
    }
    keep!(peers: Peer, groups: Group, policies: Policy);
    let mut transaction: Transaction<'_> = store.transaction();
    prepared.iter().for_each(|prepared| transaction.adopt(prepared));
    transaction.replace_sync(owner.tenant, &mut sync)?;
    transaction.commit().await?;
    store.finish(prepared).await?;
    Ok(())
}
