//! Secrets Manager, and the keys that follow from its secrets.

use std::env;
use std::sync::Arc;

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use lambda_runtime::Error;
use platform_http::needs::Secret;
use platform_runtime::secrets::SecretText;
use platform_runtime::vault::Vault;

use crate::aws::Aws;

/// What a function is given of keys: those whose secret its environment names.
#[derive(Default)]
pub(crate) struct Keys {
    /// What tokens are signed by, the current secret first.
    pub(crate) token: Option<Vec<SecretText>>,
    pub(crate) vault: Option<Arc<Vault>>,
    pub(crate) second_factors: Option<Arc<Vault>>,
    pub(crate) setup_code: Option<SecretText>,
}

/// Reads the secrets that the environment names, and no other.
pub(crate) async fn read(aws: &Aws) -> Result<Keys, Error> {
    let secrets = async |secret: Secret| match env::var(secret.variable()) {
        Ok(arn) => of(aws, &arn).await.map(Some),
        Err(_) => Ok(None),
    };
    let (token, vault, second_factors, setup) = tokio::join!(
        secrets(Secret::Token),
        secrets(Secret::Vault),
        secrets(Secret::SecondFactor),
        secrets(Secret::Setup)
    );
    Ok(Keys {
        token: token?,
        vault: vault?.as_deref().map(Vault::new).map(Arc::new),
        second_factors: second_factors?.as_deref().map(Vault::new).map(Arc::new),
        setup_code: setup?.and_then(|codes| codes.into_iter().next()),
    })
}

/// A secret as it is, then as it was before its last rotation, if it was rotated.
async fn of(aws: &Aws, arn: &str) -> Result<Vec<SecretText>, Error> {
    let client = aws.secretsmanager();
    let version = |stage| client.get_secret_value().secret_id(arn).version_stage(stage).send();
    let (current, previous) = tokio::join!(version("AWSCURRENT"), version("AWSPREVIOUS"));
    let current = current?.secret_string.and_then(SecretText::new);
    let short = || format!("the secret {arn} has fewer than {} characters", SecretText::MIN);
    let previous = match previous {
        Ok(answer) => answer.secret_string.and_then(SecretText::new),
        Err(error) if error.as_service_error().is_some_and(GetSecretValueError::is_resource_not_found_exception) => {
            None
        }
        Err(error) => return Err(error.into()),
    };
    Ok([current.ok_or_else(short)?].into_iter().chain(previous).collect())
}
