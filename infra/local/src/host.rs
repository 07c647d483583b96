//! Puts the host together and runs it.

use std::fs::File;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use functions_accounts::{NewAccount, connect};
use jiff::SignedDuration;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use platform_core::tenancy::Membership;
use platform_http::gate::Gate;
use platform_http::router::{Observer, routes, with_boundary};
use platform_identity::bootstrap::{FirstOwner, create_first_tenant};
use platform_identity::issuer::TokenIssuer;
use platform_netbird::BaseUrl;
use platform_netbird::fake::FakeServer;
use platform_notify::email::eml::FileTransport;
use platform_notify::email::smtp::SmtpTransport;
use platform_notify::email::{EmailTransport, Originator};
use platform_notify::guard::AddressPolicy;
use platform_runtime::platform::{Mail, SetupCode};
use platform_runtime::system::{SystemClock, SystemEntropy};
use platform_runtime::vault::Vault;
use platform_runtime::{Parts, Platform};
use platform_store::Store;
use platform_store::embedded::Embedded;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use crate::edge::{Edge, Rate, limit, name_client};
use crate::files::{self, Folder};
use crate::live::LocalSockets;
use crate::names::require_loopback_name;
use crate::queues::LocalQueues;
use crate::secrets::Secrets;
use crate::serve::{self, Limits, serve};
use crate::settings::Settings;
use crate::{changes, data_folder, demo, endpoints, jobs, live, mailbox, metrics, ticker, web};

/// Seconds' worth of requests that an address may make in one go: the app opens several at once.
const BURST: NonZeroU32 = NonZeroU32::new(4).expect("it is not zero");
/// How often expired items are deleted. AWS takes up to two days.
const SWEEP_EXPIRED_EVERY: Duration = Duration::from_secs(600);

/// Runs the platform until it is told to stop.
pub async fn run(settings: Settings) -> Result<()> {
    data_folder::keep_to_ourselves();
    let open_files = serve::raise_open_files();
    let _lock = data_folder::own(&settings.data_dir)?;
    let address = SocketAddr::from((settings.host, settings.port));
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; choose another with PORT, or HOST"))?;
    let metrics = recorder()?;

    let secrets = Secrets::load(&settings.data_dir, &SystemEntropy)?;
    let embedded = open_database(&settings.data_dir)?;
    let changes = embedded.changes();
    let queues = LocalQueues::new();
    let sockets = LocalSockets::default();
    let mail_folder = settings.data_dir.join("mail");
    let store = Store::new(embedded.client(), "platform", Arc::new(SystemClock));
    store.create_table().await.context("the database cannot be written")?;
    let plays_demo = plays_demo(&store, &settings).await?;
    let tick = Duration::from_secs(settings.tick_seconds(plays_demo));
    let files = Folder::new(settings.data_dir.join("files"), Arc::new(SystemClock), settings.public_url())?;
    let platform = build(&settings, &secrets, store, (&queues, &sockets, &files), &mail_folder, tick)?;
    platform.publish_token_keys().await?;
    platform.load_token_keys().await?;

    let jobs = jobs();
    queues.work(&platform, &jobs);
    tokio::spawn(changes::run(changes, platform.clone(), jobs.clone()));
    let demo = match plays_demo {
        true => Some(demo::start_network(settings.demo_port, Arc::new(SystemClock)).await?),
        false => None,
    };
    begin(&platform, &settings, &secrets, demo.as_ref().map(FakeServer::url)).await?;
    let observed = queues.clone();
    let kept = metrics.clone();
    let open = sockets.clone();
    let after_each = move || {
        observed.observe();
        open.observe();
        // Durations are collected one by one until they are counted up, and perhaps nobody ever reads the metrics.
        kept.run_upkeep();
    };
    tokio::spawn(ticker::run(platform.clone(), jobs.clone(), tick, after_each));
    tokio::spawn(sweep_expired(embedded, platform.clone(), files.clone()));

    let live = live::router(sockets.clone(), &platform, jobs);
    let app = app(&settings, &platform, metrics, &mail_folder, live, files::router(&files))?;
    greet(&settings, &platform, &secrets, plays_demo).await?;
    let stop = async {
        told_to_stop().await;
        sockets.close_all();
    };
    serve(listener, app, limits(&settings, open_files), stop).await;
    Ok(())
}

/// What keeps the metrics: one for the process, however many hosts a test runs in it.
fn recorder() -> Result<PrometheusHandle> {
    static RECORDER: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
    let mut recorder = RECORDER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*recorder {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new().install_recorder().context("metrics cannot be kept")?;
    Ok(recorder.insert(handle).clone())
}

fn open_database(folder: &Path) -> Result<Embedded> {
    let path = folder.join("platform.db");
    // Asked for by hand, since SQLite opens what it may only read and fails later.
    let writable = File::options().append(true).create(true).open(&path);
    writable.with_context(|| format!("the database {} cannot be written", path.display()))?;
    Embedded::open(&path).with_context(|| format!("the database {} cannot be opened", path.display()))
}

fn build(
    settings: &Settings,
    secrets: &Secrets,
    store: Store,
    (queues, sockets, files): (&LocalQueues, &LocalSockets, &Folder),
    mail_folder: &Path,
    tick: Duration,
) -> Result<Platform> {
    let transport: Arc<dyn EmailTransport> = match &settings.smtp_url {
        Some(url) => Arc::new(url.parse::<SmtpTransport>()?),
        None => Arc::new(FileTransport::open(mail_folder).context("the mail folder cannot be made")?),
    };
    // Whoever can open the set-up page becomes the owner, so others are asked for the code.
    let setup_code = match settings.is_private() {
        true => SetupCode::NotNeeded,
        false => SetupCode::Needed(secrets.setup()?),
    };
    Ok(Platform::new(Parts {
        store,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        issuer: Some(Arc::new(TokenIssuer::new(&secrets.token()?))),
        vault: Some(Arc::new(Vault::new(&secrets.vault()?))),
        second_factors: Some(Arc::new(Vault::new(&secrets.second_factors()?))),
        queues: Arc::new(queues.clone()),
        sockets: Arc::new(sockets.clone()),
        files: Arc::new(files.clone()),
        mail: Some(Mail {
            transport,
            from: Originator { name: "NetBird platform".into(), address: settings.mail_from.clone() },
        }),
        addresses: AddressPolicy { allow_private: settings.allow_private_addresses },
        services_at: None,
        public_url: settings.public_url(),
        setup_code,
        open_sign_up: settings.open_sign_up(),
        sync_interval: SignedDuration::try_from(tick)?,
        alert_mails_per_recipient: settings.alert_mails_per_recipient,
        holds_to_rows: true,
    }))
}

/// The demo is for an installation of its own: it never joins a tenant that watches real networks.
async fn plays_demo(store: &Store, settings: &Settings) -> Result<bool> {
    let is_foreign = first_owner(store).await?.is_some_and(|owner| owner.email.as_str() != demo::EMAIL);
    if is_foreign && settings.demo == Some(true) {
        bail!("DEMO=1 needs a DATA_DIR of its own: the one given holds a platform that was set up without it");
    }
    Ok(settings.wants_demo() && !is_foreign)
}

/// What the settings ask for at start: a first owner, the demo, an account.
async fn begin(platform: &Platform, settings: &Settings, secrets: &Secrets, demo_url: Option<String>) -> Result<()> {
    if platform.store.setup_done().await?.is_none() {
        let first = match (&settings.admin_email, &settings.admin_password) {
            (Some(email), Some(password)) => Some(("My network", email.clone(), password.clone())),
            _ if demo_url.is_some() => Some(("Demo Networks", demo::EMAIL.parse()?, secrets.demo_password.clone())),
            _ => None,
        };
        if let Some((tenant_name, email, password)) = first {
            let name = email.as_str().split('@').next().unwrap_or("Owner").to_owned();
            create_first_tenant(platform, FirstOwner { tenant_name: tenant_name.into(), name, email, password })
                .await?;
        }
    }
    let owner = first_owner(&platform.store).await?;
    if let (Some(url), Some(owner)) = (demo_url, &owner) {
        demo::furnish(platform, owner, url).await?;
    }
    if let (Some(url), Some(token)) = (&settings.netbird_api_url, &settings.netbird_api_token) {
        let owner = owner.context(
            "NETBIRD_API_URL needs a tenant: give ADMIN_EMAIL and ADMIN_PASSWORD too, or set the platform up first",
        )?;
        connect_given(platform, &owner, url, token).await?;
    }
    Ok(())
}

async fn first_owner(store: &Store) -> Result<Option<Membership>> {
    let Some(done) = store.setup_done().await? else { return Ok(None) };
    Ok(store.owners(done.tenant).await?.into_iter().next())
}

/// Connects the account of the settings unless it is connected. A server that does not answer just now is no reason
/// not to start.
async fn connect_given(platform: &Platform, owner: &Membership, url: &url::Url, token: &str) -> Result<()> {
    let base = BaseUrl::new(url.clone()).context("NETBIRD_API_URL is not the address of a management server")?;
    if platform.store.accounts(owner.tenant).await?.iter().any(|account| account.base_url == *base.as_url()) {
        return Ok(());
    }
    let name = url.host_str().unwrap_or("NetBird").to_owned();
    let account =
        NewAccount { name, base_url: Some(url.to_string()), api_token: token.to_owned(), sync_interval_seconds: None };
    if let Err(problem) = connect(platform, owner.tenant, demo::actor(owner), account).await {
        tracing::error!(problem = problem.detail(), "NETBIRD_API_URL was not connected; connect it in Settings");
    }
    Ok(())
}

/// What connections may take. Half of the files that may be open are left to everything else.
fn limits(settings: &Settings, open_files: u64) -> Limits {
    let most = usize::try_from(open_files / 2).unwrap_or(usize::MAX);
    Limits {
        head: serve::HEAD,
        body: serve::BODY,
        stalled: serve::STALLED,
        per_address: settings.connections_per_address.get(),
        in_all: settings.connections.get().min(most),
        exempt: settings.trusted_proxies.clone(),
    }
}

fn app(
    settings: &Settings,
    platform: &Platform,
    metrics: PrometheusHandle,
    mail_folder: &Path,
    live: Router,
    files: Router,
) -> Result<Router> {
    let observer: Arc<dyn Observer> = Arc::new(platform.clone());
    let rate =
        Rate { burst: settings.requests_per_second.saturating_mul(BURST), per_second: settings.requests_per_second };
    let edge = Edge::new(rate);
    let mut local = with_boundary(files.layer(from_fn_with_state(edge.clone(), limit)), observer.clone());
    if settings.smtp_url.is_none() {
        let mailbox =
            mailbox::router(mail_folder.to_path_buf(), FileTransport::open(mail_folder)?, Gate::from_ref(platform));
        local = local.merge(with_boundary(mailbox, observer.clone()));
    }
    let api = routes(endpoints(), platform).merge(live).layer(from_fn_with_state(edge, limit));
    let metrics = metrics::router(metrics, settings);
    let guarded = settings.is_private().then(|| observer.clone());
    Ok(with_boundary(api.merge(metrics), observer)
        .merge(local)
        .fallback_service(web::router(&settings.web_dir))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(guarded, require_loopback_name))
        .layer(from_fn_with_state(Arc::new(settings.trusted_proxies.clone()), name_client)))
}

async fn sweep_expired(embedded: Embedded, platform: Platform, files: Folder) {
    loop {
        tokio::time::sleep(SWEEP_EXPIRED_EVERY).await;
        if let Err(error) = embedded.sweep_expired(platform.now()).await {
            tracing::error!(error = %error, "expired items were not deleted");
        }
        if let Err(error) = files.sweep().await {
            tracing::error!(error = %error, "old files were not deleted");
        }
    }
}

async fn greet(settings: &Settings, platform: &Platform, secrets: &Secrets, plays_demo: bool) -> Result<()> {
    let has_demo_owner = plays_demo && platform.store.user_by_email(&demo::EMAIL.parse()?).await?.is_some();
    let is_set_up = platform.store.setup_done().await?.is_some();
    let mut out = io::stderr().lock();
    writeln!(out, "\n  NetBird Web Management Platform is ready at {}\n", settings.public_url())?;
    if has_demo_owner {
        writeln!(out, "  Sign in as  {}  with  {}\n", demo::EMAIL, secrets.demo_password)?;
    }
    if !is_set_up {
        writeln!(out, "  Open it to make the first tenant and its owner.\n")?;
        if !settings.is_private() {
            writeln!(out, "  The set-up code is  {}\n", secrets.setup()?.expose())?;
        }
    }
    Ok(())
}

async fn told_to_stop() {
    let mut terminate =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).expect("signals can be heard");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
