//! The host on AWS.
//!
//! An area is built into one artifact, a binary in `src/bin`. `Handler` in the template, `_HANDLER` in the environment,
//! names the one endpoint or job of it that this function serves, so that every one has a role, a size and alarms of its
//! own. An [`Artifact`] names the services that its rows need; those that it does not name are not linked.

mod aws;
mod edge;
mod s3;
mod secrets;
mod serve;
mod ses;
mod sockets;
mod sqs;

use std::env;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use jiff::SignedDuration;
pub use lambda_runtime::Error;
use platform_identity::issuer::TokenIssuer;
use platform_notify::email::{EmailTransport, Originator};
use platform_notify::guard::AddressPolicy;
use platform_runtime::files::{Files, NoFiles};
use platform_runtime::issuer::Issuer;
use platform_runtime::platform::{ALERT_MAILS_PER_RECIPIENT, Mail, SetupCode};
use platform_runtime::queue::{Message, QueueError, Queues};
use platform_runtime::secrets::SecretText;
use platform_runtime::sockets::{NoSockets, Sockets};
use platform_runtime::system::{SystemClock, SystemEntropy};
use platform_runtime::{Endpoint, Job, Parts, Platform, telemetry};
use platform_store::Store;

use crate::aws::Aws;
use crate::secrets::Keys;

type Soon<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'a>>;
type Serve<Row> = fn(Row, Platform) -> Soon<'static, ()>;

/// Makes a client of what AWS gives.
type Make<T> = fn(&Aws) -> Arc<T>;

type MakeIssuer = fn(&[SecretText]) -> Arc<dyn Issuer>;

/// What an area's binary is made of. Whatever a method brings is linked only where it is called.
#[derive(Default)]
pub struct Artifact {
    endpoints: Vec<Endpoint>,
    serve_endpoint: Option<Serve<Endpoint>>,
    jobs: Vec<Job>,
    serve_job: Option<Serve<Job>>,
    secrets: Option<for<'a> fn(&'a Aws) -> Soon<'a, Keys>>,
    issuer: Option<MakeIssuer>,
    queues: Option<Make<dyn Queues>>,
    mail: Option<Make<dyn EmailTransport>>,
    sockets: Option<Make<dyn Sockets>>,
    files: Option<Make<dyn Files>>,
}

impl Artifact {
    /// One that speaks to the table alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Serves one of these.
    #[must_use]
    pub fn endpoints(mut self, endpoints: Vec<Endpoint>) -> Self {
        self.endpoints = endpoints;
        self.serve_endpoint = Some(|endpoint, platform| Box::pin(serve::endpoint(endpoint, platform)));
        self
    }

    /// Or one of these.
    #[must_use]
    pub fn jobs(mut self, jobs: Vec<Job>) -> Self {
        self.jobs = jobs;
        self.serve_job = Some(|job, platform| Box::pin(serve::job(job, platform)));
        self
    }

    /// Some of them use keys from Secrets Manager.
    #[must_use]
    pub fn secrets(mut self) -> Self {
        self.secrets = Some(|aws| Box::pin(secrets::read(aws)));
        self
    }

    /// Some of them sign people in.
    #[must_use]
    pub fn issuer(mut self) -> Self {
        self.issuer = Some(|secrets| Arc::new(TokenIssuer::new(secrets)));
        self
    }

    /// Some of them put messages into queues.
    #[must_use]
    pub fn queues(mut self) -> Self {
        self.queues = Some(|aws| Arc::new(sqs::Sqs::new(aws)));
        self
    }

    /// Some of them send mail.
    #[must_use]
    pub fn mail(mut self) -> Self {
        self.mail = Some(|aws| Arc::new(ses::Ses::new(aws)));
        self
    }

    /// Some of them send frames over sockets.
    #[must_use]
    pub fn sockets(mut self) -> Self {
        self.sockets = Some(|aws| Arc::new(sockets::ApiGateway::new(aws)));
        self
    }

    /// Some of them handle files.
    #[must_use]
    pub fn files(mut self) -> Self {
        self.files = Some(|aws| Arc::new(s3::S3::new(aws)));
        self
    }

    /// Serves the endpoint or job that `_HANDLER` names, until the process is stopped.
    pub fn serve(mut self) -> Result<(), Error> {
        telemetry::init();
        let handler = env::var("_HANDLER")?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let platform = self.platform().await?;
            let endpoint = self.endpoints.drain(..).find(|endpoint| endpoint.operation_id == handler);
            if let Some((serve, endpoint)) = self.serve_endpoint.zip(endpoint) {
                return serve(endpoint, platform).await;
            }
            let job = self.jobs.drain(..).find(|job| job.name == handler);
            match self.serve_job.zip(job) {
                Some((serve, job)) => serve(job, platform).await,
                None => Err(format!("this artifact has no {handler}").into()),
            }
        })
    }

    /// The platform as the function's environment describes it.
    async fn platform(&self) -> Result<Platform, Error> {
        let aws = Aws::from_environment()?;
        let clock = Arc::new(SystemClock);
        let keys = match self.secrets {
            Some(read) => read(&aws).await?,
            None => Keys::default(),
        };
        let is_set = |name: &str| env::var(name).is_ok_and(|value| value == "true");
        let sender = env::var("SENDER_ADDRESS").ok().map(|address| address.parse()).transpose()?;
        let mail = self.mail.zip(sender).map(|(transport, address)| Mail {
            transport: transport(&aws),
            from: Originator { name: "NetBird platform".into(), address },
        });
        Ok(Platform::new(Parts {
            store: Store::new(aws.dynamodb(), env::var("TABLE_NAME").unwrap_or_default(), clock.clone()),
            clock,
            entropy: Arc::new(SystemEntropy),
            issuer: self.issuer.zip(keys.token).map(|(issuer, secrets)| issuer(&secrets)),
            vault: keys.vault,
            second_factors: keys.second_factors,
            queues: self.queues.map_or_else(|| Arc::new(NoQueues) as Arc<dyn Queues>, |queues| queues(&aws)),
            mail,
            sockets: self.sockets.map_or_else(|| Arc::new(NoSockets) as Arc<dyn Sockets>, |sockets| sockets(&aws)),
            files: self.files.map_or_else(|| Arc::new(NoFiles) as Arc<dyn Files>, |files| files(&aws)),
            addresses: AddressPolicy { allow_private: is_set("ALLOW_PRIVATE_ADDRESSES") },
            services_at: None,
            public_url: env::var("PUBLIC_URL")
                .ok()
                .and_then(|url| url.parse().ok())
                .unwrap_or_else(|| "http://localhost".parse().expect("is a URL")),
            setup_code: match keys.setup_code {
                Some(code) => SetupCode::Needed(code),
                None if is_set("SETUP_CODE_REQUIRED") => SetupCode::NeededElsewhere,
                None => SetupCode::NotNeeded,
            },
            open_sign_up: is_set("OPEN_SIGN_UP"),
            // What the Scheduler's rate in the template says.
            sync_interval: SignedDuration::from_mins(1),
            alert_mails_per_recipient: env::var("ALERT_MAILS_PER_RECIPIENT")
                .map_or(Ok(ALERT_MAILS_PER_RECIPIENT), |number| number.parse())?,
            // The function's role does.
            holds_to_rows: false,
        }))
    }
}

/// Of an artifact none of whose rows puts a message anywhere.
struct NoQueues;

impl Queues for NoQueues {
    fn send_after(
        &self,
        _: Vec<Message>,
        _: SignedDuration,
    ) -> platform_runtime::queue::Future<'_, Result<(), QueueError>> {
        Box::pin(async { Err(QueueError("this artifact has no queues".into())) })
    }
}
