//! The fake NetBird server in a process of its own, so that its work is not taken for the platform's.

use std::collections::BTreeMap;
use std::env;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;
use std::sync::Arc;

use anyhow::{Context, Result};
use platform_netbird::fake::FakeServer;
use platform_runtime::system::SystemClock;
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Serves a network of so many peers until the process is stopped; prints where.
pub(crate) async fn serve(peers: usize) -> Result<()> {
    let server = FakeServer::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), peers, 1, Arc::new(SystemClock)).await?;
    println!("{}", server.url());
    std::future::pending().await
}

/// A running fake; it stops when it is dropped.
pub(crate) struct Fake {
    /// Its base URL.
    pub(crate) url: String,
    http: reqwest::Client,
    _process: Child,
}

impl Fake {
    /// Starts one.
    pub(crate) async fn start(peers: usize) -> Result<Self> {
        let mut process = Command::new(env::current_exe()?)
            .args(["fake", &peers.to_string()])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = process.stdout.take().context("the fake has no output")?;
        let url = BufReader::new(output).lines().next_line().await?.context("the fake did not start")?;
        Ok(Self { url, http: reqwest::Client::builder().no_proxy().build()?, _process: process })
    }

    /// Changes the network by a line of the fake's script.
    pub(crate) async fn script(&self, what: &str, body: &Value) -> Result<()> {
        let request = self.http.post(format!("{}/_fake/{what}", self.url));
        let request = request.header("content-type", "application/json").body(body.to_string());
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// How many calls it answered so far.
    pub(crate) async fn calls(&self) -> Result<u64> {
        #[derive(Deserialize)]
        struct Stats {
            calls: BTreeMap<String, u64>,
        }
        let answer = self.http.get(format!("{}/_fake/stats", self.url)).send().await?.bytes().await?;
        Ok(serde_json::from_slice::<Stats>(&answer)?.calls.values().sum())
    }
}
