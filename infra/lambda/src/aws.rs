//! What AWS's services are reached by.

use std::env;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedHttpClient};
use aws_sdk_s3::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use lambda_runtime::Error;

/// Amazon's own root certificates: all that its endpoints' certificates lead to, and a tenth of the time that loading
/// the system's 140 takes at every cold start.
const AMAZON_ROOTS: &[u8] = include_bytes!("../roots/amazon.pem");

/// What Lambda's environment says of the region, the credentials and, on an emulator, the endpoint. Read directly: the
/// SDK's chain of providers asks many more places and doubles the cold start.
pub(crate) struct Aws {
    region: Region,
    credentials: Credentials,
    endpoint: Option<String>,
    http: SharedHttpClient,
}

macro_rules! client {
    ($name:ident, $sdk:ident) => {
        pub(crate) fn $name(&self) -> $sdk::Client {
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
    pub(crate) fn from_environment() -> Result<Self, Error> {
        let credentials = Credentials::new(
            env::var("AWS_ACCESS_KEY_ID")?,
            env::var("AWS_SECRET_ACCESS_KEY")?,
            env::var("AWS_SESSION_TOKEN").ok(),
            None,
            "lambda environment",
        );
        // As with every AWS tool: an authority of one's own, such as of a proxy that opens TLS.
        let roots = match env::var_os("AWS_CA_BUNDLE") {
            Some(path) => std::fs::read(path)?,
            None => AMAZON_ROOTS.to_vec(),
        };
        let roots = TrustStore::empty().with_pem_certificate(roots);
        let tls = TlsContext::builder().with_trust_store(roots).build()?;
        let provider = Provider::Rustls(CryptoMode::AwsLc);
        let http = aws_smithy_http_client::Builder::new().tls_provider(provider).tls_context(tls).build_https();
        let region = Region::new(env::var("AWS_REGION")?);
        Ok(Self { region, credentials, endpoint: env::var("AWS_ENDPOINT_URL").ok(), http })
    }

    /// Sockets, which each API has an endpoint of its own for.
    pub(crate) fn sockets(&self, endpoint: String) -> aws_sdk_apigatewaymanagement::Client {
        let config = aws_sdk_apigatewaymanagement::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(self.region.clone())
            .credentials_provider(self.credentials.clone())
            .http_client(self.http.clone())
            .endpoint_url(endpoint);
        aws_sdk_apigatewaymanagement::Client::from_conf(config.build())
    }

    /// Objects. An emulator has no host for each bucket. Checksums only where S3 asks for them: of a file in parts it would ask for
    /// those of all parts again at its end.
    pub(crate) fn s3(&self) -> aws_sdk_s3::Client {
        let mut config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(self.region.clone())
            .credentials_provider(self.credentials.clone())
            .http_client(self.http.clone())
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            .force_path_style(self.endpoint.is_some());
        config.set_endpoint_url(self.endpoint.clone());
        aws_sdk_s3::Client::from_conf(config.build())
    }

    client!(dynamodb, aws_sdk_dynamodb);
    client!(sqs, aws_sdk_sqs);
    client!(ses, aws_sdk_ses);
    client!(secretsmanager, aws_sdk_secretsmanager);
}
