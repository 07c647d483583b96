//! What the platform costs, in tables beside the budgets: operations, CPU and memory of keeping up with networks of
//! several sizes, of looking at a large one, and cold starts of the artifacts that Lambda runs.
//!
//! Counts are exact and CPU is the thread's own clock, so that a busy machine changes little; only the cold starts need
//! a quiet one. The tables go to standard output and are Markdown.

mod access;
mod attack;
mod cold;
mod cost;
mod dashboard;
mod export;
mod fake;
mod functions;
mod installation;
mod lambda;
mod live;
mod matrix;
mod read;
mod report;
mod rules;
mod sync;
mod usage;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Measures what the platform costs.
#[derive(Parser)]
struct Options {
    /// What to measure; everything if absent.
    #[command(subcommand)]
    what: Option<What>,
    /// Measure a network of 25,000 peers too.
    #[arg(long, global = true)]
    large: bool,
    /// Cold starts of each function.
    #[arg(long, global = true, default_value_t = 15)]
    runs: usize,
}

#[derive(Clone, Copy, Subcommand)]
enum What {
    /// Ticks of networks of 100, 1,000 and 10,000 peers.
    Sync,
    /// Rules and lists over 10,000 peers; the overview, and the graph of a large network.
    Read,
    /// Sign-ins, the check of every request, the access matrix, and what changes would open.
    Access,
    /// Attacks on the local host: memory, log and health meanwhile.
    Attack,
    /// Open pages: sockets of the local host, and how soon they hear.
    Live,
    /// The audit trail as a file: 100,000 and 1,000,000 entries.
    Export,
    /// What a tenant costs on AWS in a month, and what an installation does that nobody uses.
    Cost,
    /// Cold starts of the artifacts under target/lambda.
    Cold,
    /// Serves a fake NetBird network.
    #[command(hide = true)]
    Fake {
        /// Its size.
        peers: usize,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let wants = |what: fn(&What) -> bool| options.what.as_ref().is_none_or(what);
    if let Some(What::Fake { peers }) = options.what {
        return fake::serve(peers).await;
    }
    if wants(|what| matches!(what, What::Sync)) {
        let sizes: &[usize] = if options.large { &[100, 1_000, 10_000, 25_000] } else { &[100, 1_000, 10_000] };
        for table in sync::measure(sizes).await? {
            println!("{table}");
        }
    }
    if wants(|what| matches!(what, What::Read)) {
        println!("{}", read::measure().await?);
        let sizes: &[usize] = if options.large { &[10, 10_000, 25_000] } else { &[10, 10_000] };
        println!("{}", dashboard::measure(sizes).await?);
    }
    if wants(|what| matches!(what, What::Access)) {
        println!("{}", access::measure().await?);
        let sizes = [100, 1_000, 5_000, 25_000];
        println!("{}", matrix::measure_questions(&sizes)?);
        println!("{}", matrix::measure(&sizes)?);
        println!("{}", matrix::measure_differences(&sizes)?);
    }
    if wants(|what| matches!(what, What::Live)) {
        println!("{}", live::measure()?);
    }
    if wants(|what| matches!(what, What::Attack)) {
        println!("{}", attack::measure()?);
    }
    if wants(|what| matches!(what, What::Export)) {
        println!("{}", export::measure(&[100_000, 1_000_000]).await?);
    }
    if wants(|what| matches!(what, What::Cost)) {
        let sizes: &[usize] = if options.large { &[10, 100, 500, 5_000, 25_000] } else { &[10, 100, 500, 5_000] };
        for table in cost::measure(sizes).await? {
            println!("{table}");
        }
    }
    if wants(|what| matches!(what, What::Cold)) {
        println!("{}", cold::measure(options.runs).await?);
    }
    Ok(())
}
