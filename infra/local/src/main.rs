//! Starts the local host.

use std::process::ExitCode;

use clap::Parser;
use platform_local::{host, settings::Settings};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    platform_runtime::telemetry::init();
    match host::run(settings).await {
        Ok(()) => ExitCode::SUCCESS,
        // For who started it: what is wrong and why, and no trace of the code.
        Err(error) => {
            eprintln!("netbird-platform: {error:#}");
            ExitCode::FAILURE
        }
    }
}
