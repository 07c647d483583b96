//! Starts the local host.

use clap::Parser;
use platform_local::{host, settings::Settings};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    platform_runtime::telemetry::init();
    host::run(settings).await
}
