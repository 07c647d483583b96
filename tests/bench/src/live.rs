//! Open pages: what a thousand sockets of one tenant and ten thousand in all cost the local host, and how soon they hear.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use futures::{SinkExt, StreamExt};
use platform_core::access::Role;
use platform_core::alert::{Alert, AlertEvent};
use platform_core::clock::Clock;
use platform_core::ids::{AlertId, SessionId, TenantId, UserId};
use platform_core::live::{MOST_OF_TENANT, MOST_OF_USER};
use platform_core::tenancy::{Membership, Tenant, User};
use platform_core::testing;
use platform_identity::issuer::{TokenIssuer, begin_session};
use platform_local::secrets::Secrets;
use platform_local::serve::raise_open_files;
use platform_runtime::issuer::Issuer;
use platform_runtime::system::{SystemClock, SystemEntropy};
use platform_store::Store;
use platform_store::embedded::Embedded;
use platform_tests::attack::program;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::report::{Budget, Table, median, number};
use crate::usage::{cpu_of, resident_megabytes};

/// Tenants, each of which has as many sockets as it may.
const TENANTS: usize = 10;
/// Alerts that something happens to, once each.
const ALERTS: usize = 20;
/// Sockets that are opened at once.
const AT_ONCE: usize = 200;
const PATIENCE: Duration = Duration::from_secs(120);
/// How long nothing happens while CPU is measured.
const QUIET: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A tenant with the access tokens of its members.
struct Watchers {
    tokens: Vec<String>,
    alerts: Vec<AlertId>,
}

/// The local host as a program of its own.
struct Host {
    process: Child,
    address: SocketAddr,
    _data: tempfile::TempDir,
}

/// Opens sockets against the local host that is built beside this program.
pub(crate) fn measure() -> Result<Table> {
    // Threads of its own: thousands of sockets are read at once.
    let work = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(run())
    });
    work.join().map_err(|_| anyhow!("the sockets failed"))?
}

async fn run() -> Result<Table> {
    let open_files = raise_open_files();
    // A host takes half of the files that it may open.
    let most = usize::try_from(open_files / 2)?.saturating_sub(50);
    let (host, tenants) = Host::start().await?;
    let heads = ["Sockets", "Opened in, s", "Memory, MB", "KB each", "CPU to open, ms each", "CPU idle, ms/s"];
    let mut table = Table::new("Open pages on the local host", &heads);
    let process = host.process.id().context("it is gone")?;
    let before = resident_megabytes(process)?;
    let (mut open, mut delays) = (Vec::<Socket>::new(), Vec::new());
    for wanted in [0, MOST_OF_TENANT, TENANTS * MOST_OF_TENANT] {
        let wanted = wanted.min(most);
        let (began, cpu) = (Instant::now(), cpu_of(process)?);
        let new = wanted - open.len();
        let tokens = tenants.iter().flat_map(|tenant| &tenant.tokens);
        let tokens: Vec<&String> = tokens.flat_map(|token| std::iter::repeat_n(token, MOST_OF_USER)).collect();
        open.extend(host.open(&tokens[open.len()..wanted], None).await?);
        let (took, spent) = (began.elapsed(), cpu_of(process)? - cpu);
        sleep(Duration::from_secs(2)).await;
        let cpu = cpu_of(process)?;
        sleep(QUIET).await;
        let idle = (cpu_of(process)? - cpu).as_secs_f64() / QUIET.as_secs_f64();
        let memory = resident_megabytes(process)?;
        let per = |whole: f64, of: usize| if of == 0 { "".to_owned() } else { number(whole / of as f64) };
        table.row(vec![
            open.len().to_string(),
            number(took.as_secs_f64()),
            number(memory),
            per((memory - before) * 1e3, open.len()),
            per(spent.as_secs_f64() * 1e3, new),
            number(idle * 1e3),
        ]);
        if open.len() >= MOST_OF_TENANT {
            let half = ALERTS / 2 * delays.len();
            let alerts = &tenants[0].alerts[half..half + ALERTS / 2];
            delays.push((open.len(), host.tell(&tenants[0].tokens[0], alerts, &mut open[..MOST_OF_TENANT]).await?));
        }
    }
    for (sockets, delay) in delays {
        table.note(format!(
            "From the request that changes an alert to a tenant's {MOST_OF_TENANT} pages, {sockets} sockets open: the \
             first after {} ms, all after {} ms, of a budget of 2 s; at worst {}.",
            number(delay.first),
            number(delay.all),
            Budget(2_000.0).judge(delay.worst)
        ));
    }
    drop(open);
    let storm = host.storm(&tenants[0]).await?;
    table.note(format!(
        "All {MOST_OF_TENANT} pages of a tenant gone and back at once: all are ready after {} s; health answered within {} ms.",
        number(storm.0.as_secs_f64()),
        number(storm.1.as_secs_f64() * 1e3)
    ));
    Ok(table)
}

/// Milliseconds from a change to the pages.
struct Delay {
    first: f64,
    all: f64,
    worst: f64,
}

impl Host {
    /// Starts the program over a folder in which tenants, their members and alerts are already.
    async fn start() -> Result<(Self, Vec<Watchers>)> {
        let data = tempfile::tempdir()?;
        let tenants = furnish(data.path()).await?;
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let sockets = (TENANTS * MOST_OF_TENANT + 100).to_string();
        let process = Command::new(program("netbird-platform"))
            .env_clear()
            .env("PORT", free.port().to_string())
            .env("DATA_DIR", data.path())
            .env("DEMO", "0")
            .env("TICK_SECONDS", "5")
            .env("REQUESTS_PER_SECOND", "100000")
            .env("CONNECTIONS", &sockets)
            .env("CONNECTIONS_PER_ADDRESS", &sockets)
            .stdout(File::create(data.path().join("log"))?)
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let host = Self { process, address: free, _data: data };
        timeout(PATIENCE, async {
            while host.health().await.is_err() {
                sleep(Duration::from_millis(100)).await;
            }
        })
        .await
        .context("the host does not start")?;
        Ok((host, tenants))
    }

    async fn health(&self) -> Result<Duration> {
        let began = Instant::now();
        let answer = reqwest::get(format!("http://{}/api/health", self.address)).await?;
        ensure!(answer.status().is_success(), "health answers {}", answer.status());
        Ok(began.elapsed())
    }

    /// Opens a socket for each of these tokens, so many at once, and waits until all are told that they may.
    async fn open(&self, tokens: &[&String], after: Option<u64>) -> Result<Vec<Socket>> {
        let opening = tokens.iter().map(|token| self.socket(token, after));
        futures::stream::iter(opening).buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
    }

    async fn socket(&self, token: &str, after: Option<u64>) -> Result<Socket> {
        let mut request = format!("ws://{}/ws", self.address).into_client_request()?;
        request.headers_mut().insert("origin", format!("http://{}", self.address).parse()?);
        let (mut socket, _) = timeout(PATIENCE, connect_async(request)).await??;
        let auth = json!({ "type": "auth", "token": token, "after": after });
        socket.send(Message::text(auth.to_string())).await?;
        let ready = next(&mut socket).await?;
        ensure!(ready["type"] == "ready", "{ready}");
        Ok(socket)
    }

    /// Acknowledges alerts one after the other, and waits each time until every page has heard of it.
    #[expect(clippy::disallowed_methods, reason = "it asks the host that it has started, and nobody else")]
    async fn tell(&self, token: &str, alerts: &[AlertId], pages: &mut [Socket]) -> Result<Delay> {
        let (mut first, mut all) = (Vec::new(), Vec::new());
        let client = reqwest::Client::new();
        for alert in alerts {
            let began = Instant::now();
            let heard = futures::future::join_all(pages.iter_mut().map(|page| async move {
                loop {
                    let message = next(page).await?;
                    if message["type"] == "alert_updated" && message["alert"]["id"] == alert.to_string() {
                        return anyhow::Ok(began.elapsed());
                    }
                }
            }));
            let change = async {
                let path = format!("http://{}/api/alerts/{alert}/acknowledge", self.address);
                let answer = client.post(path).bearer_auth(token).header("content-type", "application/json");
                let answer = answer.body("{}").send().await?;
                ensure!(answer.status().is_success(), "{}", answer.text().await?);
                Ok(())
            };
            let (heard, changed) = tokio::join!(heard, change);
            changed?;
            let heard = heard.into_iter().collect::<Result<Vec<Duration>>>()?;
            let millis = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e3);
            first.push(millis(heard.iter().min()));
            all.push(millis(heard.iter().max()));
        }
        Ok(Delay { first: median(&first), all: median(&all), worst: all.iter().copied().fold(0.0, f64::max) })
    }

    /// All pages of a tenant come at once. Returns when the last was let in, and the slowest answer meanwhile.
    async fn storm(&self, tenant: &Watchers) -> Result<(Duration, Duration)> {
        let tokens: Vec<&String> =
            tenant.tokens.iter().flat_map(|token| std::iter::repeat_n(token, MOST_OF_USER)).collect();
        // Those that are gone make room within a moment.
        sleep(Duration::from_secs(5)).await;
        let began = Instant::now();
        let mut coming = JoinSet::new();
        for token in tokens {
            let (address, token) = (self.address, token.clone());
            coming.spawn(async move {
                let mut request = format!("ws://{address}/ws").into_client_request()?;
                request.headers_mut().insert("origin", format!("http://{address}").parse()?);
                let (mut socket, _) = timeout(PATIENCE, connect_async(request)).await??;
                let auth = json!({ "type": "auth", "token": token, "after": 1 });
                socket.send(Message::text(auth.to_string())).await?;
                loop {
                    let message = next(&mut socket).await?;
                    if message["type"] == "ready" {
                        return anyhow::Ok(socket);
                    }
                }
            });
        }
        let mut slowest = Duration::ZERO;
        let mut open = Vec::new();
        loop {
            tokio::select! {
                came = coming.join_next() => match came {
                    Some(came) => open.push(came??),
                    None => return Ok((began.elapsed(), slowest)),
                },
                answered = async { sleep(Duration::from_millis(50)).await; self.health().await } => {
                    slowest = slowest.max(answered?);
                }
            }
        }
    }
}

/// The next message of the platform.
async fn next(socket: &mut Socket) -> Result<Value> {
    loop {
        match timeout(PATIENCE, socket.next()).await.context("nothing comes")? {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text)?),
            Some(Ok(Message::Close(frame))) => bail!("closed: {frame:?}"),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.into()),
            None => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
        }
    }
}

/// Makes tenants whose members have signed in, and alerts of the first, in a folder that no host has open.
async fn furnish(folder: &Path) -> Result<Vec<Watchers>> {
    let secrets = Secrets::load(folder, &SystemEntropy)?;
    let embedded = Embedded::open(&folder.join("platform.db"))?;
    let store = Store::new(embedded.client(), "platform", Arc::new(SystemClock));
    store.create_table().await?;
    let issuer = TokenIssuer::new(&secrets.token()?);
    let mut tenants = Vec::new();
    for number in 0..TENANTS {
        let now = SystemClock.now();
        let tenant = Tenant::new(TenantId::new(now, &SystemEntropy), format!("Tenant {number}"), now);
        let mut tokens = Vec::new();
        for member in 0..MOST_OF_TENANT.div_ceil(MOST_OF_USER) {
            let id = UserId::new(now, &SystemEntropy);
            let email = format!("member-{member}@tenant-{number}.example").parse()?;
            let user = User::new(id, email, format!("Member {member}"), None, now);
            let membership = Membership::new(&tenant, &user, Role::Owner, now);
            let session = SessionId::new(now, &SystemEntropy);
            let nonce = *user.id.uuid().as_bytes();
            let session = begin_session(session, user.id, tenant.id, nonce, false, now);
            let mut transaction = store.transaction();
            match member {
                0 => transaction.create_tenant(&tenant, &user, &membership)?,
                _ => transaction.create_member(&user, &membership)?,
            }
            transaction.create_session(&session)?;
            transaction.commit().await?;
            let token = issuer.access_token(&session, Role::Owner, now);
            tokens.push(token.map_err(|problem| anyhow!("{problem:?}"))?);
        }
        let mut alerts = Vec::new();
        for _ in 0..if number == 0 { ALERTS } else { 0 } {
            let id = AlertId::new(now, &SystemEntropy);
            let mut alert = Alert { id, tenant: tenant.id, began_at: now, triggered_at: now, ..testing::alert() };
            let row = alert.record(AlertEvent::Fired, now, None, None);
            let mut transaction = store.transaction();
            transaction.create_alert(&alert, &row)?;
            transaction.commit().await?;
            alerts.push(id);
        }
        tenants.push(Watchers { tokens, alerts });
    }
    Ok(tenants)
}
