//! The entry point of a Lambda function.
//!
//! An area is built into one artifact. `Handler` in the template, `_HANDLER` in the environment, names the one endpoint
//! or job of it that this function serves, so that every one has a role, a size and alarms of its own.

use std::env;
use std::net::IpAddr;
use std::sync::Arc;

use aws_lambda_events::dynamodb::Event as StreamEvent;
use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use futures::future::join_all;
use jiff::SignedDuration;
use lambda_http::request::RequestContext;
use lambda_http::{RequestExt, tower::ServiceBuilder};
pub use lambda_runtime::Error;
use lambda_runtime::{LambdaEvent, service_fn};
use platform_http::Access;
use platform_http::client::{ClientIp, RequestId};
use platform_http::router::{chain, router};
use platform_notify::email::Originator;
use platform_notify::guard::AddressPolicy;
use platform_store::Store;
use platform_store::keys::Key;
use serde_json::Value;

use crate::edge::Edge;
use crate::issuer::Issuer;
use crate::job::{Job, Trigger};
use crate::mail::Ses;
use crate::platform::{ALERT_MAILS_PER_RECIPIENT, Mail, Parts, Platform, SetupCode};
use crate::queue::{Message, Queue, Sqs};
use crate::secrets::SecretText;
use crate::system::{SystemClock, SystemEntropy};
use crate::vault::Vault;
use crate::{Endpoint, telemetry};

/// Serves the endpoint or job that `_HANDLER` names, until the process is stopped.
pub fn serve(endpoints: Vec<Endpoint>, jobs: Vec<Job>) -> Result<(), Error> {
    telemetry::init();
    let handler = env::var("_HANDLER")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let platform = from_environment().await?;
        if let Some(endpoint) = endpoints.into_iter().find(|endpoint| endpoint.operation_id == handler) {
            return serve_endpoint(endpoint, platform).await;
        }
        match jobs.into_iter().find(|job| job.name == handler) {
            Some(job) => serve_job(job, platform).await,
            None => Err(format!("this artifact has no {handler}").into()),
        }
    })
}

async fn serve_endpoint(endpoint: Endpoint, platform: Platform) -> Result<(), Error> {
    // During init, where Lambda gives full CPU: the connection to the table and what every request needs.
    platform.publish_token_keys().await?;
    if endpoint.access != Access::Public {
        platform.load_token_keys().await?;
    }
    let router = router(vec![endpoint], platform.clone(), Arc::new(platform));
    let edge = Edge::new(env::var("ORIGIN_SECRET").ok());
    let service = ServiceBuilder::new()
        .map_request(move |mut request: lambda_http::Request| {
            let viewer = edge.viewer(request.headers_mut());
            if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref() {
                let ip = context.http.source_ip.as_deref().and_then(|ip| ip.parse::<IpAddr>().ok());
                let id = context.request_id.clone();
                viewer.or(ip).and_then(|ip| request.extensions_mut().insert(ClientIp(ip)));
                id.and_then(|id| request.extensions_mut().insert(RequestId(id)));
            }
            request
        })
        .service(router);
    lambda_http::run(service).await
}

async fn serve_job(job: Job, platform: Platform) -> Result<(), Error> {
    match job.trigger {
        Trigger::Schedule(run) => {
            lambda_runtime::run(service_fn(|_: LambdaEvent<Value>| async { run(platform.clone()).await })).await
        }
        Trigger::Queue(_, run) => {
            lambda_runtime::run(service_fn(|event: LambdaEvent<SqsEvent>| async {
                let tries = event.payload.records.into_iter().map(|record| async {
                    let id = record.message_id.unwrap_or_default();
                    let message = serde_json::from_str::<Message>(&record.body.unwrap_or_default());
                    // A task of its own: a panic over one tenant's data fails that message, not the batch.
                    let result = match message {
                        Ok(message) => {
                            tokio::spawn(run(platform.clone(), message)).await.unwrap_or_else(|panic| Err(panic.into()))
                        }
                        Err(error) => Err(error.into()),
                    };
                    failed(job.name, &id, result)
                });
                let failures = join_all(tries).await.into_iter().flatten();
                let batch_item_failures = failures.map(|id| {
                    let mut failure = BatchItemFailure::default();
                    failure.item_identifier = id;
                    failure
                });
                let mut response = SqsBatchResponse::default();
                response.batch_item_failures = batch_item_failures.collect();
                Ok::<_, Error>(response)
            }))
            .await
        }
        Trigger::Outbox(run) => {
            let (run, platform) = (&run, &platform);
            lambda_runtime::run(service_fn(|event: LambdaEvent<StreamEvent>| async move {
                let tries = event.payload.records.into_iter().map(|record| async move {
                    let text = |name: &str| {
                        let keys = record.change.keys.inner();
                        match keys.get(name) {
                            Some(serde_dynamo::AttributeValue::S(text)) => Some(text.clone()),
                            _ => None,
                        }
                    };
                    let id = record.change.sequence_number.clone().unwrap_or_default();
                    let key = text("pk").zip(text("sk")).map(|(pk, sk)| Key { pk, sk });
                    let result = match key {
                        Some(key) => run(platform.clone(), key).await,
                        None => Err("a stream record without keys".into()),
                    };
                    failed(job.name, &id, result)
                });
                let failures = join_all(tries).await.into_iter().flatten();
                let batch_item_failures = failures.map(|id| {
                    let mut failure = DynamoDbBatchItemFailure::default();
                    failure.item_identifier = Some(id);
                    failure
                });
                let mut response = DynamoDbEventResponse::default();
                response.batch_item_failures = batch_item_failures.collect();
                Ok::<_, Error>(response)
            }))
            .await
        }
    }
}

/// The id of a message that failed, so that only it is tried again.
fn failed(job: &str, id: &str, result: crate::job::JobResult) -> Option<String> {
    let error = result.err()?;
    tracing::error!(job, message.id = id, error = chain(error.as_ref()), "message failed");
    Some(id.to_owned())
}

async fn from_environment() -> Result<Platform, Error> {
    let aws = Aws::from_environment()?;
    let clock = Arc::new(SystemClock);
    let store = Store::new(aws.dynamodb(), env::var("TABLE_NAME").unwrap_or_default(), clock.clone());
    let urls = [
        (Queue::Sync, "SYNC_QUEUE_URL"),
        (Queue::Evaluate, "EVALUATE_QUEUE_URL"),
        (Queue::Webhook, "WEBHOOK_QUEUE_URL"),
        (Queue::AlertMail, "ALERT_MAIL_QUEUE_URL"),
        (Queue::Mail, "MAIL_QUEUE_URL"),
    ];
    let urls = urls.into_iter().filter_map(|(queue, name)| Some((queue, env::var(name).ok()?))).collect();
    let secrets = async |name: &str| match env::var(name) {
        Ok(arn) => aws.secrets(&arn).await.map(Some),
        Err(_) => Ok(None),
    };
    let (token, vault, second_factors, setup) = tokio::join!(
        secrets("TOKEN_SECRET_ARN"),
        secrets("VAULT_SECRET_ARN"),
        secrets("SECOND_FACTOR_SECRET_ARN"),
        secrets("SETUP_SECRET_ARN")
    );
    let sender = env::var("SENDER_ADDRESS").ok().map(|address| address.parse()).transpose()?;
    let needs_code = env::var("SETUP_CODE_REQUIRED").is_ok_and(|needed| needed == "true");
    Ok(Platform::new(Parts {
        store,
        clock,
        entropy: Arc::new(SystemEntropy),
        issuer: token?.as_deref().map(Issuer::new),
        vault: vault?.as_deref().map(Vault::new),
        second_factors: second_factors?.as_deref().map(Vault::new),
        queues: Arc::new(Sqs::new(aws.sqs(), urls)),
        mail: sender.map(|address| Mail {
            transport: Arc::new(Ses::new(aws.ses())),
            from: Originator { name: "NetBird platform".into(), address },
        }),
        addresses: AddressPolicy {
            allow_private: env::var("ALLOW_PRIVATE_ADDRESSES").is_ok_and(|allow| allow == "true"),
        },
        public_url: env::var("PUBLIC_URL")
            .ok()
            .and_then(|url| url.parse().ok())
            .unwrap_or_else(|| "http://localhost".parse().expect("is a URL")),
        setup_code: match setup? {
            Some(codes) => SetupCode::Needed(codes.into_iter().next().ok_or("there is no set-up code")?),
            None if needs_code => SetupCode::NeededElsewhere,
            None => SetupCode::NotNeeded,
        },
        open_sign_up: env::var("OPEN_SIGN_UP").is_ok_and(|open| open == "true"),
        // What the Scheduler's rate in the template says.
        sync_interval: SignedDuration::from_mins(1),
        alert_mails_per_recipient: env::var("ALERT_MAILS_PER_RECIPIENT")
            .map_or(Ok(ALERT_MAILS_PER_RECIPIENT), |number| number.parse())?,
    }))
}

/// Amazon's own root certificates: all that its endpoints' certificates lead to, and a tenth of the time that loading
/// the system's 140 takes at every cold start.
const AMAZON_ROOTS: &[u8] = include_bytes!("../roots/amazon.pem");

/// What Lambda's environment says of the region, the credentials and, on an emulator, the endpoint. Read directly: the
/// SDK's chain of providers asks many more places and doubles the cold start.
struct Aws {
    region: Region,
    credentials: Credentials,
    endpoint: Option<String>,
    http: SharedHttpClient,
}

macro_rules! client {
    ($name:ident, $sdk:ident) => {
        fn $name(&self) -> $sdk::Client {
            let mut config = $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(self.region.clone())
                .credentials_provider(self.credentials.clone())
                .http_client(self.http.clone());
            config.set_endpoint_url(self.endpoint.clone());
            $sdk::Client::from_conf(config.build())
        }
    };
}

impl Aws {
    fn from_environment() -> Result<Self, Error> {
        let credentials = Credentials::new(
            env::var("AWS_ACCESS_KEY_ID")?,
            env::var("AWS_SECRET_ACCESS_KEY")?,
            env::var("AWS_SESSION_TOKEN").ok(),
            None,
            "lambda environment",
        );
        let roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS);
        let tls = TlsContext::builder().with_trust_store(roots).build()?;
        let provider = Provider::Rustls(CryptoMode::AwsLc);
        let http = aws_smithy_http_client::Builder::new().tls_provider(provider).tls_context(tls).build_https();
        let region = Region::new(env::var("AWS_REGION")?);
        Ok(Self { region, credentials, endpoint: env::var("AWS_ENDPOINT_URL").ok(), http })
    }

    client!(dynamodb, aws_sdk_dynamodb);
    client!(sqs, aws_sdk_sqs);
    client!(ses, aws_sdk_ses);
    client!(secretsmanager, aws_sdk_secretsmanager);

    /// A secret as it is, then as it was before its last rotation, if it was rotated.
    async fn secrets(&self, arn: &str) -> Result<Vec<SecretText>, Error> {
        let client = self.secretsmanager();
        let version = |stage| client.get_secret_value().secret_id(arn).version_stage(stage).send();
        let (current, previous) = tokio::join!(version("AWSCURRENT"), version("AWSPREVIOUS"));
        let current = current?.secret_string.and_then(SecretText::new);
        let short = || format!("the secret {arn} has fewer than {} characters", SecretText::MIN);
        let previous = match previous {
            Ok(answer) => answer.secret_string.and_then(SecretText::new),
            Err(error)
                if error.as_service_error().is_some_and(GetSecretValueError::is_resource_not_found_exception) =>
            {
                None
            }
            Err(error) => return Err(error.into()),
        };
        Ok([current.ok_or_else(short)?].into_iter().chain(previous).collect())
    }
}
