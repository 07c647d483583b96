//! Logs: JSON lines with stable event names and fields, on standard output. On a terminal, words for people.

use std::io::IsTerminal;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// Starts logging. `RUST_LOG` says how much, as `info` or `info,platform_store=debug`; `info` unless it is set.
pub fn init() {
    // Targets rather than EnvFilter: that one brings a regex engine, a tenth of a function's artifact.
    let wanted = std::env::var("RUST_LOG").ok().and_then(|filter| filter.parse::<Targets>().ok());
    // What alarms read is written in any case.
    let filter = wanted
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO))
        .with_target("metrics", LevelFilter::INFO);
    let layer = fmt::layer().with_target(false);
    let layer = match std::io::stdout().is_terminal() {
        true => layer.compact().boxed(),
        false => layer.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    };
    // A second start, as in tests, is no fault.
    drop(tracing_subscriber::registry().with(layer.with_filter(filter)).try_init());
}
