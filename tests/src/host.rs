//! The local host in this process, behind its real listener.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use clap::Parser;
use platform_local::host;
use platform_local::settings::Settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Long enough for whatever is waited for on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The local host, with a data folder of its own, until it is dropped.
#[derive(Debug)]
pub struct LocalHost {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its data folder.
    pub data: tempfile::TempDir,
    running: JoinHandle<()>,
}

impl LocalHost {
    /// Starts it with these flags, besides those for a port and a data folder, and without the demo.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub async fn start(flags: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().expect("there is room for a folder"), flags).await
    }

    /// The same with this data folder.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub async fn start_in(data: tempfile::TempDir, flags: &[&str]) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.expect("a port is free");
        let (port, folder) = (address.port().to_string(), data.path().display().to_string());
        let own = ["netbird-platform", "--demo", "0", "--port", &port, "--data-dir", &folder];
        let settings = Settings::parse_from(own.iter().chain(flags));
        let running = tokio::spawn(async move {
            if let Err(error) = host::run(settings).await {
                panic!("the host did not start: {error:#}");
            }
        });
        let host = Self { address, data, running };
        let answers = async {
            while TcpStream::connect(address).await.is_err() {
                assert!(!host.running.is_finished(), "the host did not start");
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, answers).await.expect("the host listens");
        host
    }

    /// The answer to a `GET` with these header lines: its head and its body.
    pub async fn get(&self, path: &str, headers: &[&str]) -> String {
        let mut request = format!("GET {path} HTTP/1.1\r\nconnection: close\r\n");
        headers.iter().for_each(|header| request.push_str(&format!("{header}\r\n")));
        if !headers.iter().any(|header| header.to_ascii_lowercase().starts_with("host:")) {
            request.push_str(&format!("host: {}\r\n", self.address));
        }
        exchange(self.address, &format!("{request}\r\n")).await
    }
}

impl Drop for LocalHost {
    fn drop(&mut self) {
        self.running.abort();
    }
}

/// Sends bytes over a connection of their own, and returns what comes back until it is closed.
///
/// # Panics
///
/// If there is no connection, or it stays open for long.
pub async fn exchange(address: SocketAddr, request: &str) -> String {
    let talk = async {
        let mut connection = TcpStream::connect(address).await.expect("somebody listens");
        // Whoever refuses early closes early; what was answered is what counts.
        let _ = connection.write_all(request.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = connection.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    timeout(PATIENCE, talk).await.expect("the connection ends")
}
