//! Whom a rule tells, by channels of its own: as people enter it, and as it is kept.

use std::collections::BTreeMap;

use platform_core::chat::Messenger;
use platform_core::rule::{EmailChannel, Headers, MAX_RECIPIENTS, Notification, WebhookChannel, url_hint};
use platform_core::tenancy::Email;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_notify::webhook::{CustomHeaders, Secret};
use platform_runtime::Platform;
use platform_runtime::receiver::{OpenWebhook, Secrets, WEBHOOK_SECRET};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::chat_input::{self, ChatInput, SlackInput};

/// Whom to tell when the rule fires and when it is over.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NotificationConfig {
    email: Option<EmailInput>,
    webhook: Option<WebhookInput>,
    slack: Option<SlackInput>,
    teams: Option<ChatInput>,
    discord: Option<ChatInput>,
}

/// A channel that is named is on, unless it says otherwise.
pub(crate) const fn is_on() -> bool {
    true
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmailInput {
    /// On if absent.
    #[serde(default = "is_on")]
    #[schema(default = true)]
    enabled: bool,
    /// 1 to 20 addresses.
    #[schema(min_items = 1, max_items = 20)]
    recipients: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WebhookInput {
    /// On if absent.
    #[serde(default = "is_on")]
    #[schema(default = true)]
    enabled: bool,
    /// Encrypted at rest; never shown again in full.
    #[schema(example = "https://hooks.example.com/netbird", max_length = 2000)]
    url: String,
    /// Sent with every message. Encrypted at rest; the values are never shown again.
    headers: Option<BTreeMap<String, String>>,
    /// A signing secret of Standard Webhooks, `whsec_…`; one is made if absent.
    secret: Option<String>,
}

/// Whom to tell from now on. A channel that is absent is told no more.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NotificationChange {
    email: Option<EmailInput>,
    webhook: Option<WebhookChange>,
    slack: Option<SlackInput>,
    teams: Option<ChatInput>,
    discord: Option<ChatInput>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookChange {
    /// On if absent.
    #[serde(default = "is_on")]
    #[schema(default = true)]
    pub(crate) enabled: bool,
    /// The one that it has if absent.
    #[schema(example = "https://hooks.example.com/netbird", max_length = 2000)]
    pub(crate) url: Option<String>,
    /// All of them, as they are if absent. One without a value keeps the one that it has. At another host they are to be
    /// entered again: what one receiver knows is not sent to another.
    pub(crate) headers: Option<BTreeMap<String, Option<String>>>,
    /// A signing secret of Standard Webhooks, `whsec_…`; the one that it has if absent.
    pub(crate) secret: Option<String>,
}

impl NotificationChange {
    /// Whether mail is on, and for whom.
    pub(crate) fn mail(&self) -> Option<(bool, Vec<String>)> {
        // As they are kept, so that they can be compared with those.
        let kept = |text: &String| text.parse::<Email>().map_or_else(|_| text.clone(), |email| email.to_string());
        self.email.as_ref().map(|email| (email.enabled, email.recipients.iter().map(kept).collect()))
    }

    /// Whether the webhook is on.
    pub(crate) fn webhook_enabled(&self) -> Option<bool> {
        self.webhook.as_ref().map(|webhook| webhook.enabled)
    }

    /// Which chats there are, whether they are on, and the channel that is asked for.
    pub(crate) fn chats(&self) -> Vec<(Messenger, bool, Option<String>)> {
        let slack = self.slack.as_ref().map(|slack| (Messenger::Slack, slack.enabled, slack.asked_for()));
        let teams = self.teams.as_ref().map(|chat| (Messenger::Teams, chat.enabled, None));
        let discord = self.discord.as_ref().map(|chat| (Messenger::Discord, chat.enabled, None));
        [slack, teams, discord].into_iter().flatten().collect()
    }

    /// The channels of which something secret was entered.
    pub(crate) fn secrets(&self) -> Vec<&'static str> {
        let webhook = self.webhook.as_ref();
        let brought = [
            ("webhook", webhook.is_some_and(|one| one.url.is_some() || one.headers.is_some() || one.secret.is_some())),
            (Messenger::Slack.name(), self.slack.as_ref().is_some_and(|chat| chat.webhook.is_some())),
            (Messenger::Teams.name(), self.teams.as_ref().is_some_and(|chat| chat.webhook.is_some())),
            (Messenger::Discord.name(), self.discord.as_ref().is_some_and(|chat| chat.webhook.is_some())),
        ];
        brought.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
    }
}

impl From<NotificationConfig> for NotificationChange {
    fn from(config: NotificationConfig) -> Self {
        let webhook = config.webhook.map(|webhook| WebhookChange {
            enabled: webhook.enabled,
            url: Some(webhook.url),
            headers: webhook
                .headers
                .map(|headers| headers.into_iter().map(|(name, value)| (name, Some(value))).collect()),
            secret: webhook.secret,
        });
        let NotificationConfig { email, slack, teams, discord, .. } = config;
        Self { email, webhook, slack, teams, discord }
    }
}

/// Where a rule's recipients are in the input.
pub(crate) const EMAIL: &str = "/notificationConfig/email";

/// Longest URL of a webhook, in characters.
pub(crate) const MAX_URL: usize = 2_000;

/// A notification as it is kept, and the webhook's secret to be shown this once, if it is new.
pub(crate) struct Checked {
    pub(crate) notification: Notification,
    pub(crate) secret: Option<String>,
}

/// Checks what was entered and seals what is secret. `present` is what the rule has: what is left out of a change stays.
/// `None` if there are problems, which are recorded.
pub(crate) fn check(
    platform: &Platform,
    secrets: &Secrets<'_>,
    input: NotificationChange,
    present: &Notification,
    problems: &mut Problems,
) -> Result<Option<Checked>, Problem> {
    const AT: &str = "/notificationConfig";
    let email = input.email.map(|email| check_email(EMAIL, email.enabled, &email.recipients, problems));
    let mut chats = BTreeMap::new();
    for entered in chat_input::entered(input.slack, input.teams, input.discord) {
        let messenger = entered.messenger;
        let (at, present) = (format!("{AT}/{}", messenger.name()), present.chats.get(&messenger));
        if let Some(chat) = chat_input::check(platform, secrets, &at, entered, present, problems)? {
            chats.insert(messenger, chat);
        }
    }
    let (webhook, secret) = match input.webhook {
        None => (None, None),
        Some(webhook) => match check_webhook(
            platform,
            secrets,
            &format!("{AT}/webhook"),
            webhook,
            present.webhook.as_ref(),
            problems,
        )? {
            Some((webhook, secret)) => (Some(webhook), secret),
            None => return Ok(None),
        },
    };
    let notification = Notification { email, webhook, chats, ..Notification::default() }.after(present);
    Ok(Some(Checked { notification, secret }))
}

/// Checks a webhook whose fields are at a place of the input. With its signing secret, if that is new.
pub(crate) fn check_webhook(
    platform: &Platform,
    secrets: &Secrets<'_>,
    at: &str,
    input: WebhookChange,
    present: Option<&WebhookChannel>,
    problems: &mut Problems,
) -> Result<Option<(WebhookChannel, Option<String>)>, Problem> {
    let seal = |purpose, plain: &str| secrets.seal(purpose, plain).map_err(Problem::internal);
    // Another secret takes the place of both at once.
    let old_secret = present.and_then(|channel| channel.old_secret.clone()).filter(|_| input.secret.is_none());
    let present = present.map(|channel| secrets.webhook(channel)).transpose().map_err(Problem::internal)?;
    let url = check_url(platform, at, input.url.as_deref(), present.as_ref(), problems);
    let is_elsewhere = |present: &OpenWebhook| url.as_ref().is_some_and(|url| url.origin() != present.url.origin());
    let is_elsewhere = present.as_ref().is_some_and(is_elsewhere);
    let headers = check_headers(at, input.headers, present.as_ref(), is_elsewhere, problems);
    let (secret, is_new) = match (&input.secret, present) {
        (None, Some(present)) => (Some(present.secret), false),
        (None, None) => (Some(Secret::generate(platform.entropy.as_ref()).reveal()), true),
        (Some(text), _) => {
            let secret: Result<Secret, _> = text.parse();
            let secret = secret.map_err(|error| problems.push(format!("{at}/secret"), format!("{error}")));
            (secret.ok().map(|secret| secret.reveal()), true)
        }
    };
    let (Some(url), Some(headers), Some(secret)) = (url, headers, secret) else { return Ok(None) };
    let webhook = WebhookChannel {
        enabled: input.enabled,
        sealed_url: Some(seal("webhook-url", url.as_str())?),
        url: None,
        host: url.host_str().unwrap_or_default().to_owned(),
        url_hint: url_hint(&url),
        header_names: headers.keys().cloned().collect(),
        sealed_headers: seal("webhook-headers", &serde_json::to_string(&headers).map_err(Problem::internal)?)?,
        secret: seal(WEBHOOK_SECRET, &secret)?,
        secret_hint: secret_hint(&secret),
        old_secret,
    };
    Ok(Some((webhook, is_new.then_some(secret))))
}

/// A signing secret's last characters.
pub(crate) fn secret_hint(secret: &str) -> String {
    secret.chars().skip(secret.chars().count().saturating_sub(4)).collect()
}

/// Checks recipients, who are at a place of the input.
pub(crate) fn check_email(at: &str, enabled: bool, entered: &[String], problems: &mut Problems) -> EmailChannel {
    let at = format!("{at}/recipients");
    let number_ok = (1..=MAX_RECIPIENTS).contains(&entered.len());
    problems.require(number_ok, &at, format!("must have 1 to {MAX_RECIPIENTS} addresses"));
    let mut recipients: Vec<Email> = Vec::new();
    for (index, text) in entered.iter().enumerate() {
        match text.parse() {
            Ok(email) if recipients.contains(&email) => problems.push(format!("{at}/{index}"), "is there twice"),
            Ok(email) => recipients.push(email),
            Err(error) => problems.push(format!("{at}/{index}"), format!("{error}")),
        }
    }
    EmailChannel { enabled, recipients }
}

fn check_url(
    platform: &Platform,
    at: &str,
    input: Option<&str>,
    present: Option<&OpenWebhook>,
    problems: &mut Problems,
) -> Option<url::Url> {
    let url = match (input.map(|text| (text.len(), text.parse::<url::Url>())), present) {
        (None, Some(present)) => Ok(present.url.clone()),
        (None, None) => Err("is required".to_owned()),
        (Some((length, Ok(_))), _) if length > MAX_URL => Err(format!("must have at most {MAX_URL} characters")),
        (Some((_, Ok(url))), _) => platform.check_receiver(&url).map(|()| url),
        (Some((_, Err(_))), _) => Err("must be a URL such as https://hooks.example.com/netbird".to_owned()),
    };
    url.map_err(|detail| problems.push(format!("{at}/url"), detail)).ok()
}

/// The headers from now on. Those that a receiver knows are kept for that receiver alone.
fn check_headers(
    at: &str,
    input: Option<BTreeMap<String, Option<String>>>,
    present: Option<&OpenWebhook>,
    is_elsewhere: bool,
    problems: &mut Problems,
) -> Option<Headers> {
    const AGAIN: &str = "must be entered again: the address is on another host";
    let known = present.map(|present| &present.headers);
    let headers = match input {
        None if is_elsewhere && known.is_some_and(|headers| !headers.is_empty()) => Err(AGAIN.to_owned()),
        None => Ok(known.cloned().unwrap_or_default()),
        Some(input) => {
            let value = |(name, value): (String, Option<String>)| match value {
                Some(value) => Ok((name, value)),
                None if is_elsewhere => Err(AGAIN.to_owned()),
                None => match known.and_then(|headers| headers.get(&name)) {
                    Some(value) => Ok((name, value.clone())),
                    None => Err(format!("{name} has no value to be kept")),
                },
            };
            input.into_iter().map(value).collect()
        }
    };
    let headers = headers.and_then(|headers: Headers| match CustomHeaders::parse(&headers) {
        Ok(_) => Ok(headers),
        Err(error) => Err(error.to_string()),
    });
    headers.map_err(|detail| problems.push(format!("{at}/headers"), detail)).ok()
}
