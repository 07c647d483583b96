//! Whom a rule tells: as people enter it, and as it is kept.

use std::collections::BTreeMap;

use platform_core::account::Sealed;
use platform_core::ids::{RuleId, TenantId};
use platform_core::rule::{EmailChannel, MAX_RECIPIENTS, Notification, WebhookChannel, url_hint};
use platform_core::tenancy::Email;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_notify::webhook::{CustomHeaders, Secret};
use platform_runtime::Platform;
use platform_runtime::vault::Place;
use serde::Deserialize;
use utoipa::ToSchema;

/// Whom to tell when the rule fires and when it is over.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NotificationConfig {
    email: Option<EmailInput>,
    webhook: Option<WebhookInput>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmailInput {
    enabled: bool,
    /// 1 to 20 addresses.
    #[schema(min_items = 1, max_items = 20)]
    recipients: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookInput {
    enabled: bool,
    /// Encrypted at rest; never shown again in full.
    #[schema(example = "https://hooks.example.com/netbird", max_length = 2000)]
    url: String,
    /// Sent with every message. Encrypted at rest; the values are never shown again.
    headers: Option<BTreeMap<String, String>>,
    /// A signing secret of Standard Webhooks, `whsec_…`; one is made if absent.
    secret: Option<String>,
}

/// Longest URL of a webhook, in characters.
const MAX_URL: usize = 2_000;

/// A notification as it is kept, and the webhook's secret to be shown this once.
pub(crate) struct Checked {
    pub(crate) notification: Notification,
    pub(crate) secret: Option<String>,
}

/// Checks what was entered and seals what is secret. `None` if there are problems, which are recorded.
pub(crate) fn check(
    platform: &Platform,
    tenant: TenantId,
    rule: RuleId,
    input: NotificationConfig,
    problems: &mut Problems,
) -> Result<Option<Checked>, Problem> {
    let email = input.email.map(|email| check_email(&email, problems));
    let (mut webhook, mut shown) = (None, None);
    if let Some(input) = input.webhook {
        let (headers, secret, url) = check_webhook(platform, &input, problems);
        if let (Some(headers), Some(secret), Some(url)) = (headers, secret, url) {
            let revealed = secret.reveal();
            let seal = |purpose: &'static str, plain: &str| -> Result<Sealed, Problem> {
                let record = format!("rule/{rule}");
                let place = Place { owner: tenant.uuid(), record: &record, purpose };
                Ok(platform.vault()?.seal(place, plain, platform.entropy.as_ref()))
            };
            webhook = Some(WebhookChannel {
                enabled: input.enabled,
                sealed_url: Some(seal("webhook-url", url.as_str())?),
                url: None,
                host: url.host_str().unwrap_or_default().to_owned(),
                url_hint: url_hint(&url),
                header_names: headers.keys().cloned().collect(),
                sealed_headers: seal("webhook-headers", &serde_json::to_string(&headers).map_err(Problem::internal)?)?,
                secret: seal("webhook-secret", &revealed)?,
                secret_hint: revealed.chars().skip(revealed.len() - 4).collect(),
            });
            shown = Some(revealed);
        } else {
            return Ok(None);
        }
    }
    Ok(Some(Checked { notification: Notification { email, webhook }, secret: shown }))
}

fn check_email(input: &EmailInput, problems: &mut Problems) -> EmailChannel {
    let at = "/notificationConfig/email/recipients";
    let number_ok = (1..=MAX_RECIPIENTS).contains(&input.recipients.len());
    problems.require(number_ok, at, format!("must have 1 to {MAX_RECIPIENTS} addresses"));
    let mut recipients: Vec<Email> = Vec::new();
    for (index, text) in input.recipients.iter().enumerate() {
        match text.parse() {
            Ok(email) if recipients.contains(&email) => problems.push(format!("{at}/{index}"), "is there twice"),
            Ok(email) => recipients.push(email),
            Err(error) => problems.push(format!("{at}/{index}"), format!("{error}")),
        }
    }
    EmailChannel { enabled: input.enabled, recipients }
}

type Webhook = (Option<BTreeMap<String, String>>, Option<Secret>, Option<url::Url>);

fn check_webhook(platform: &Platform, input: &WebhookInput, problems: &mut Problems) -> Webhook {
    let at = |field: &str| format!("/notificationConfig/webhook/{field}");
    let url = match input.url.parse::<url::Url>() {
        Ok(_) if input.url.len() > MAX_URL => Err(format!("must have at most {MAX_URL} characters")),
        Ok(url) if url.scheme() != "https" && !platform.addresses.allow_private => {
            Err(format!("must begin with https://, not {}://", url.scheme()))
        }
        Ok(url) => platform.addresses.check_url(&url).map(|()| url).map_err(|error| error.to_string()),
        Err(_) => Err("must be a URL such as https://hooks.example.com/netbird".to_owned()),
    };
    let url = url.map_err(|detail| problems.push(at("url"), detail)).ok();
    let headers = input.headers.clone().unwrap_or_default();
    let headers = match CustomHeaders::parse(&headers) {
        Ok(_) => Some(headers),
        Err(error) => {
            problems.push(at("headers"), error.to_string());
            None
        }
    };
    let secret = match &input.secret {
        None => Some(Secret::generate(platform.entropy.as_ref())),
        Some(text) => text.parse().map_err(|error| problems.push(at("secret"), format!("{error}"))).ok(),
    };
    (headers, secret, url)
}
