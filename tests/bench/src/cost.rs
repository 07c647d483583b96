//! What an installation costs on AWS: operations that are counted here, at list prices.
//!
//! What cannot be counted on this machine is assumed, and said: how long NetBird and the database take to answer, and how many
//! accounts share a function.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use platform_http::Needs;
use platform_runtime::Job;
use serde_json::json;

use crate::installation::{Cost, Installation};
use crate::report::{Table, number};

/// Ticks of an hour, in which each slow list is read and the history is written away once.
const TICKS: u32 = 60;
/// Of so many peers one leaves or comes in an hour.
const STEADY: usize = 50;
/// Ticks of a month of 30 days.
const A_MONTH: f64 = 43_200.0;

/// List prices in US dollars, of us-east-1 for ARM, without free tiers.
mod price {
    /// A GB-second of Lambda.
    pub(super) const GB_SECOND: f64 = 0.000_013_333_4;
    /// A million requests of Lambda.
    pub(super) const INVOCATIONS: f64 = 0.20;
    /// A million read units, and write units, of DynamoDB on demand.
    pub(super) const READS: f64 = 0.125;
    pub(super) const WRITES: f64 = 0.625;
    /// A million requests to SQS, with fair queues.
    pub(super) const QUEUE: f64 = 0.50;
    /// A GB of log.
    pub(super) const LOG: f64 = 0.50;
    /// A month of an alarm, a secret, and a metric of one's own.
    pub(super) const ALARM: f64 = 0.10;
    pub(super) const SECRET: f64 = 0.40;
    pub(super) const METRIC: f64 = 0.30;
    /// A million runs of a schedule.
    pub(super) const SCHEDULE: f64 = 1.0;
}

/// Seconds that NetBird takes to answer a call; those of one tick are made one after the other.
const NETBIRD: f64 = 0.08;
/// Seconds that DynamoDB takes to answer.
const DATABASE: f64 = 0.004;
/// Accounts that share one run of a function: a full batch, as with a hundred tenants and more.
const SHARED: f64 = 10.0;
/// MB of memory with which a function has a whole core.
const A_CORE: f64 = 1_769.0;
/// Bytes of log that a run leaves: Lambda's own lines, and one of ours.
const LOG_OF_A_RUN: f64 = 700.0;
/// Times a queue is asked in a minute while it is empty, by the pollers of a function.
const POLLS: f64 = 15.0;

/// Measures networks of these sizes, and what an installation costs that does nothing.
pub(crate) async fn measure(sizes: &[usize]) -> Result<Vec<Table>> {
    let mut tenants = Table::new(
        "A tenant with one account and 3 rules, in US dollars a month",
        &["Peers", "Functions", "Reads", "Writes", "Queues and log", "Together"],
    );
    for &peers in sizes {
        tenants.row(tenant(peers).await?);
        eprintln!("{peers} peers measured");
    }
    tenants.note(format!(
        "An hour is counted, in which one peer of {STEADY} leaves or comes. Assumed: NetBird answers in {} ms, DynamoDB in {} ms, \
         {SHARED} accounts share a run, and no page is open. Storage, requests and mails come on top: 25, 1 and 10 cents a GB, a \
         million and a thousand mails.",
        NETBIRD * 1e3,
        DATABASE * 1e3
    ));
    Ok(vec![tenants, idle()?])
}

async fn tenant(peers: usize) -> Result<Vec<String>> {
    let installation = Installation::new(peers).await?;
    installation.tick().await?;
    let leaves = (peers / STEADY).clamp(1, TICKS as usize);
    let (mut sync, mut evaluation, mut calls) = (Cost::default(), Cost::default(), 0);
    for minute in 0..TICKS {
        if (minute as usize * leaves / TICKS as usize) != ((minute as usize + 1) * leaves / TICKS as usize) {
            installation.fake.script("disconnect", &json!({ "count": 1 })).await?;
        }
        let tick = installation.tick().await?;
        sync += tick.sync;
        evaluation += tick.evaluation;
        calls += tick.netbird_calls;
    }
    let of_a_tick = |total: f64| total / f64::from(TICKS);
    let waits = of_a_tick(calls as f64) * NETBIRD;
    let jobs: Vec<Job> = functions_sync::jobs().into_iter().chain(functions_evaluate::jobs()).collect();
    let needs = |name: &str| jobs.iter().find(|job| job.name == name).map(|job| &job.needs).context("no such job");
    let functions = run(needs("syncAccount")?, &sync, waits) + run(needs("evaluateAccount")?, &evaluation, 0.0);
    let reads = of_a_tick(sync.reads + evaluation.reads) * A_MONTH * price::READS / 1e6;
    let writes = of_a_tick(sync.writes + evaluation.writes) * A_MONTH * price::WRITES / 1e6;
    // Sent, received and deleted, ten at a time; two queues.
    let queued = 2.0 * 3.0 / SHARED * A_MONTH * price::QUEUE / 1e6;
    let logged = 2.0 * LOG_OF_A_RUN / SHARED * A_MONTH * price::LOG / 1e9;
    let together = functions + reads + writes + queued + logged;
    Ok([peers.to_string()]
        .into_iter()
        .chain([functions, reads, writes, queued + logged, together].map(cents))
        .collect())
}

/// What the runs of a job for one account cost in a month, if they wait for so long each.
fn run(needs: &Needs, cost: &Cost, waits: f64) -> f64 {
    let ticks = f64::from(TICKS);
    let memory = f64::from(needs.memory);
    let working = cost.cpu / 1e3 / ticks / (memory / A_CORE).min(1.0);
    // Who shares a run waits at the same time, and works one after the other.
    let seconds = (waits + cost.calls as f64 / ticks * DATABASE) / SHARED + working;
    A_MONTH * (seconds * memory / 1_024.0 * price::GB_SECOND + price::INVOCATIONS / 1e6 / SHARED)
}

/// What there is whether anybody uses it or not.
fn idle() -> Result<Table> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut templates = vec![root.join("template.yaml")];
    for folder in ["infra", "infra/areas"] {
        for file in fs::read_dir(root.join(folder))? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                templates.push(path);
            }
        }
    }
    let templates: Vec<String> = templates.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    let count = |kind: &str| -> f64 {
        let line = format!("Type: {kind}\n");
        templates.iter().map(|text| text.matches(&line).count()).sum::<usize>() as f64
    };
    let ticks = count("AWS::Scheduler::Schedule");
    let run = 0.05 * 0.25 * price::GB_SECOND + (price::INVOCATIONS + price::SCHEDULE) / 1e6;
    let mut table =
        Table::new("An installation that nobody uses, in US dollars a month", &["What", "How many", "Cost"]);
    let mut total = 0.0;
    for (what, many, each) in [
        ("alarms", count("AWS::CloudWatch::Alarm"), price::ALARM),
        ("metrics of our own", count("AWS::Logs::MetricFilter"), price::METRIC),
        ("secrets", count("AWS::SecretsManager::Secret"), price::SECRET),
        ("queues that functions ask", count("AWS::Lambda::EventSourceMapping"), POLLS * A_MONTH * price::QUEUE / 1e6),
        ("jobs that run each minute", ticks, A_MONTH * run),
    ] {
        total += many * each;
        table.row(vec![what.to_owned(), number(many), cents(many * each)]);
    }
    table.row(vec!["together".to_owned(), String::new(), cents(total)]);
    table.note("The firewall, which can be declined, is 5 dollars and 1 for each of its rules. The first ten alarms and the first million of a queue's requests are free.");
    Ok(table)
}

fn cents(dollars: f64) -> String {
    format!("{dollars:.3}")
}
