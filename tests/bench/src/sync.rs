//! What keeping up with one network costs, by its size.

use anyhow::{Context, Result};
use serde_json::json;

use crate::installation::{Installation, Tick};
use crate::report::{Budget, Table, judged, number};

/// CPU that Prometheus took for scraping 10,000 peers and evaluating 100 rules, in milliseconds; the better of two runs.
const PROMETHEUS: f64 = 170.0;
/// The size that the budgets of CPU and memory are for.
const BUDGET_PEERS: usize = 10_000;
/// Ticks after which every slow list was read twice.
const QUIET_TICKS: usize = 6;
/// Ticks after which a restart of the management server is over.
const SETTLING_TICKS: usize = 4;

/// The case that a row tells of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    First,
    Quiet,
    QuietCold,
    OneChanged,
    Restarted,
    AllChanged,
}

impl Case {
    const fn name(self) -> &'static str {
        match self {
            Case::First => "first sync",
            Case::Quiet => "quiet",
            Case::QuietCold => "quiet, in a cold function",
            Case::OneChanged => "one peer left",
            Case::Restarted => "NetBird restarted: every peer reconnected",
            Case::AllChanged => "every peer left; an alert fires",
        }
    }
}

/// Measures networks of these sizes.
pub(crate) async fn measure(sizes: &[usize]) -> Result<Vec<Table>> {
    let mut operations = Table::new(
        "Operations of a tick, for one account with 3 rules",
        &["Peers", "Tick", "NetBird calls", "Read units", "Write units", "of which evaluation", "Database calls"],
    );
    let mut resources = Table::new(
        "CPU and memory of a tick",
        &["Peers", "Tick", "Sync, ms", "Evaluation, ms", "Together, ms", "Embedded database, ms", "Peak memory, MB"],
    );
    let mut dispatch = Tick::default();
    for &peers in sizes {
        for (case, tick) in network(peers).await? {
            operations.row(operations_row(peers, case, &tick));
            resources.row(resources_row(peers, case, &tick));
            dispatch = tick;
        }
        eprintln!("{peers} peers measured");
    }
    operations.note(format!(
        "Dispatch is apart: {} read units and {} database calls a tick for all accounts of the platform together. Quiet is \
         the dearest of {QUIET_TICKS} ticks; the one in an hour that writes history away, with 5 units more, is left out.",
        number(dispatch.dispatch.reads),
        dispatch.dispatch.calls
    ));
    resources.note(format!(
        "CPU is the platform's own thread; NetBird runs in a process of its own. Peak memory is the whole process's, \
         the embedded database in it. Prometheus took {PROMETHEUS} ms for its scrape of 10,000 peers and 100 rules: a \
         quiet tick may take a tenth of that, one in which everything changed twice as much."
    ));
    Ok(vec![operations, resources])
}

async fn network(peers: usize) -> Result<Vec<(Case, Tick)>> {
    let mut installation = Installation::new(peers).await?;
    let mut cases = vec![(Case::First, installation.tick().await?)];
    cases.push((Case::Quiet, quiet(&installation).await?));
    installation.start_anew()?;
    cases.push((Case::QuietCold, installation.tick().await?));
    installation.fake.script("disconnect", &json!({ "count": 1 })).await?;
    cases.push((Case::OneChanged, installation.tick().await?));
    installation.fake.script("restart", &json!({ "spreadSeconds": 0 })).await?;
    cases.push((Case::Restarted, installation.tick().await?));
    for _ in 0..SETTLING_TICKS {
        installation.tick().await?;
    }
    installation.fake.script("disconnect", &json!({ "count": peers })).await?;
    cases.push((Case::AllChanged, installation.tick().await?));
    Ok(cases)
}

/// The worst of several quiet ticks, but the mean of their CPU: a few milliseconds are a few ticks of the scheduler. One in
/// sixty writes an hour's history away (docs/adr/0029), which is none of them: the dearest of one more is left out.
async fn quiet(installation: &Installation) -> Result<Tick> {
    let mut ticks = Vec::new();
    for _ in 0..=QUIET_TICKS {
        ticks.push(installation.tick().await?);
    }
    ticks.sort_by(|one, two| units(one).total_cmp(&units(two)));
    ticks.truncate(QUIET_TICKS);
    let mean = |of: fn(&Tick) -> f64| ticks.iter().map(of).sum::<f64>() / QUIET_TICKS as f64;
    let cpu = (mean(|tick| tick.sync.cpu), mean(|tick| tick.evaluation.cpu), mean(|tick| tick.sync.database_cpu));
    let peak = ticks.iter().map(|tick| tick.peak).fold(0.0, f64::max);
    let mut worst = ticks.pop().context("there are quiet ticks")?;
    worst.peak = peak;
    (worst.sync.cpu, worst.evaluation.cpu, worst.sync.database_cpu) = cpu;
    Ok(worst)
}

fn units(tick: &Tick) -> f64 {
    tick.sync.reads + tick.sync.writes + tick.evaluation.reads + tick.evaluation.writes
}

fn operations_row(peers: usize, case: Case, tick: &Tick) -> Vec<String> {
    let quiet = |budget| (case == Case::Quiet).then_some(Budget(budget));
    let (sync, evaluation) = (&tick.sync, &tick.evaluation);
    vec![
        peers.to_string(),
        case.name().to_owned(),
        judged(tick.netbird_calls as f64, quiet(3.0)),
        judged(sync.reads + evaluation.reads, quiet(5.0)),
        judged(sync.writes + evaluation.writes, quiet(2.0)),
        format!("{} + {}", number(evaluation.reads), number(evaluation.writes)),
        (sync.calls + evaluation.calls).to_string(),
    ]
}

fn resources_row(peers: usize, case: Case, tick: &Tick) -> Vec<String> {
    let is_all = matches!(case, Case::First | Case::Restarted | Case::AllChanged);
    let budget = |is_meant: bool, most: f64| (peers == BUDGET_PEERS && is_meant).then_some(Budget(most));
    let together = match case {
        Case::Quiet => budget(true, PROMETHEUS / 10.0),
        _ => budget(is_all, PROMETHEUS * 2.0),
    };
    let (sync, evaluation) = (&tick.sync, &tick.evaluation);
    vec![
        peers.to_string(),
        case.name().to_owned(),
        judged(sync.cpu, budget(is_all, 1_000.0)),
        number(evaluation.cpu),
        judged(sync.cpu + evaluation.cpu, together),
        number(sync.database_cpu + evaluation.database_cpu),
        judged(tick.peak, budget(is_all, 128.0)),
    ]
}
