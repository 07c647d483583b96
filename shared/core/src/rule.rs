//! Alert rules: what to watch for ([`condition`](crate::condition)), and whom to tell.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::account::Sealed;
use crate::channel::{Channel, Route};
use crate::chat::{ChatChannel, Messenger};
use crate::condition::{AccountUnreachable, Condition, minutes};
use crate::escalation::EscalationStep;
use crate::ids::{AccountId, ChannelId, RuleId, TenantId, UserId};
use crate::named;
use crate::tenancy::Email;
use crate::tenant_channel::SwitchedOff;
use crate::text;

named! {
    /// How bad it is.
    pub enum Severity {
        /// Worth knowing.
        Low = "low",
        /// Look at it today.
        Medium = "medium",
        /// Look at it soon.
        High = "high",
        /// Wake somebody.
        Critical = "critical",
    }
}

/// Whom to tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// By email.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailChannel>,
    /// By webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookChannel>,
    /// By chat.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub chats: BTreeMap<Messenger, ChatChannel>,
    /// Which of these the platform switched off, why and when, where nobody switched it on since.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub off: BTreeMap<Route, SwitchedOff>,
}

impl Notification {
    /// Switches a channel off for good reason. Whether it was on.
    pub fn switch_off(&mut self, channel: Channel, reason: String, now: Timestamp) -> bool {
        let enabled = match channel.messenger() {
            Some(messenger) => self.chats.get_mut(&messenger).map(|chat| &mut chat.enabled),
            None => self.webhook.as_mut().filter(|_| channel == Channel::Webhook).map(|webhook| &mut webhook.enabled),
        };
        let Some(enabled) = enabled.filter(|enabled| **enabled) else { return false };
        *enabled = false;
        self.off.insert(channel.into(), SwitchedOff { reason, at: now });
        true
    }

    /// What somebody made of it: what they left switched off stays so for the reason that it had.
    #[must_use]
    pub fn after(mut self, before: &Self) -> Self {
        let is_off = |route: &Route| match route.channel.messenger() {
            Some(messenger) => self.chats.get(&messenger).is_some_and(|chat| !chat.enabled),
            None => self.webhook.as_ref().is_some_and(|webhook| !webhook.enabled),
        };
        self.off = before.off.iter().filter(|(route, _)| is_off(route)).map(|(of, off)| (*of, off.clone())).collect();
        self
    }
}

/// Mail to a fixed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmailChannel {
    /// Switched on.
    pub enabled: bool,
    /// Who gets it.
    pub recipients: Vec<Email>,
}

/// A signed POST to a URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebhookChannel {
    /// Switched on.
    pub enabled: bool,
    /// Where to, encrypted: for Slack, Teams and their like whoever knows the address may write there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_url: Option<Sealed>,
    /// Where to, in rules that were made before addresses were encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<url::Url>,
    /// The address's host, which is no secret.
    #[serde(default)]
    pub host: String,
    /// The address's last characters, to tell one from another.
    #[serde(default)]
    pub url_hint: String,
    /// Names of the custom headers; their values are in `sealed_headers`.
    pub header_names: Vec<String>,
    /// Custom headers, a JSON object, encrypted: they often carry credentials.
    pub sealed_headers: Sealed,
    /// The signing secret, encrypted.
    pub secret: Sealed,
    /// The secret's last four characters, to tell one from another.
    pub secret_hint: String,
    /// The secret that it had before, if that was rotated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_secret: Option<OldSecret>,
}

/// A signing secret that signs beside the one that took its place, so that a receiver may switch at any time meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OldSecret {
    /// It, encrypted.
    pub secret: Sealed,
    /// Its last four characters.
    pub hint: String,
    /// How long it signs.
    pub until: Timestamp,
}

impl EmailChannel {
    /// Whom it goes to, as it may be shown: the first three.
    pub fn target(&self) -> String {
        text::names(self.recipients.iter().map(Email::as_str), 3)
    }
}

impl WebhookChannel {
    /// The secret that signs beside its own, if one does.
    pub fn old_secret_at(&self, now: Timestamp) -> Option<&OldSecret> {
        self.old_secret.as_ref().filter(|old| now < old.until)
    }

    /// With another signing secret. The one that it has signs beside it until then; one from before that does no more.
    #[must_use]
    pub fn rotated(self, secret: Sealed, hint: String, until: Timestamp, now: Timestamp) -> Self {
        let old = OldSecret { secret: self.secret, hint: self.secret_hint, until };
        Self { secret, secret_hint: hint, old_secret: Some(old).filter(|old| now < old.until), ..self }
    }

    /// The host it goes to, as it may be shown.
    pub fn host(&self) -> &str {
        match &self.url {
            Some(url) => url.host_str().unwrap_or_default(),
            None => &self.host,
        }
    }

    /// The address in part, enough to tell one from another: `https://hooks.slack.com/…x3Yz`.
    pub fn shortened(&self) -> String {
        match &self.url {
            Some(url) => shorten(url),
            None => format!("{}…{}", self.host, self.url_hint),
        }
    }
}

/// Fewest characters of an address that its last ones are shown of.
const LONG_ENOUGH_FOR_A_HINT: usize = 16;

/// An address's last characters: none where they would be most of it.
pub fn url_hint(url: &url::Url) -> String {
    let rest: Vec<char> = url[url::Position::BeforePath..].chars().collect();
    match rest.len() {
        LONG_ENOUGH_FOR_A_HINT.. => rest[rest.len() - 4..].iter().collect(),
        _ => String::new(),
    }
}

fn shorten(url: &url::Url) -> String {
    format!("{}…{}", url.host_str().unwrap_or_default(), url_hint(url))
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Id.
    pub id: RuleId,
    /// Whose.
    pub tenant: TenantId,
    /// Name.
    pub name: String,
    /// What for.
    pub description: String,
    /// What it watches for.
    #[serde(flatten)]
    pub condition: Condition,
    /// How bad it is.
    pub severity: Severity,
    /// Switched on.
    pub enabled: bool,
    /// Only this account; every account of the tenant if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The condition must hold this long before it fires.
    pub for_minutes: u32,
    /// It must be over this long before the alert resolves, so that a flapping peer is one alert.
    pub keep_firing_minutes: u32,
    /// Whom to tell, as only this rule says.
    pub notification: Notification,
    /// The channels of the tenant that it tells, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<ChannelId>,
    /// Who else is told while nobody acknowledges, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<EscalationStep>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who made it.
    pub created_by: UserId,
    /// Counts the changes of what it watches for, where and how bad that is: each begins anew, and what was open ends.
    /// Whom it tells and what it is called are no part of that.
    #[serde(default = "first")]
    pub edition: u64,
    /// Since when it watches for that: what was so before is no news.
    #[serde(default)]
    pub watching_since: Timestamp,
    /// Counts the changes of its groups: the edition of their names, so to say.
    #[serde(default = "first")]
    pub groups_edition: u64,
    /// When it was deleted. It is kept until what it told is told to be over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

const fn first() -> u64 {
    1
}

/// How long a rule that was deleted is kept to tell that what it told is over: longer than a message is tried.
pub const KEPT_AFTER_DELETION: SignedDuration = SignedDuration::from_hours(72);

/// Id of the built-in rule that tells a tenant's owners that an account cannot be read.
pub const ACCOUNT_UNREACHABLE: RuleId =
    RuleId::from_uuid(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));

/// Rules a tenant may have.
pub const MAX_RULES: usize = 200;
/// Longest name of a rule, in characters.
pub const MAX_NAME: usize = 100;
/// Longest description of a rule, in characters.
pub const MAX_DESCRIPTION: usize = 1_000;
/// Recipients of one rule.
pub const MAX_RECIPIENTS: usize = 20;
/// Channels of the tenant that one rule names.
pub const MAX_CHANNELS: usize = 10;
/// Custom headers of one webhook.
pub const MAX_HEADERS: usize = 20;
/// Longest `for` and keep-firing: a day, in minutes.
pub const MAX_FOR: u32 = 24 * 60;

impl Rule {
    /// The built-in rule that watches the accounts themselves. Its owners-only mail is decided when it is sent.
    pub fn account_unreachable(tenant: TenantId, since: Timestamp) -> Self {
        Self {
            id: ACCOUNT_UNREACHABLE,
            tenant,
            name: "Account unreachable".into(),
            description: "Built in: tells the owners when a NetBird account cannot be read.".into(),
            condition: Condition::AccountUnreachable(AccountUnreachable {}),
            severity: Severity::High,
            enabled: true,
            account: None,
            for_minutes: 0,
            keep_firing_minutes: 0,
            notification: Notification::default(),
            channels: Vec::new(),
            escalation: Vec::new(),
            created_at: since,
            updated_at: since,
            created_by: UserId::from_uuid(uuid::Uuid::nil()),
            edition: first(),
            watching_since: since,
            groups_edition: first(),
            deleted_at: None,
            version: 1,
        }
    }

    /// Notes that the rule watches for something else from now on.
    pub fn begin_anew(&mut self, now: Timestamp) {
        self.edition += 1;
        self.watching_since = now;
    }

    /// Whether the rule watches this account.
    pub fn covers(&self, account: AccountId) -> bool {
        self.account.is_none_or(|only| only == account)
    }

    /// The rule in a sentence: when it fires and whom it tells.
    pub fn sentence(&self) -> String {
        let mut sentence = self.condition.watch().sentence();
        if self.for_minutes > 0 {
            sentence.push_str(&format!(", and stays so for {}", minutes(self.for_minutes)));
        }
        let mut told = Vec::new();
        if let Some(email) = self.notification.email.as_ref().filter(|email| email.enabled) {
            told.push(text::names(email.recipients.iter().map(Email::as_str), 2));
        }
        if let Some(webhook) = self.notification.webhook.as_ref().filter(|webhook| webhook.enabled) {
            told.push(format!("the webhook at {}", webhook.host()));
        }
        for (messenger, chat) in self.notification.chats.iter().filter(|(_, chat)| chat.enabled) {
            told.push(match &chat.channel {
                Some(channel) => format!("{} in {channel}", messenger.title()),
                None => messenger.title().to_owned(),
            });
        }
        if !self.channels.is_empty() {
            told.push(text::count(self.channels.len(), "shared channel"));
        }
        if self.condition.is_about_account() {
            told.push("the owners".into());
        }
        match told.as_slice() {
            [] => sentence.push_str(", open an alert"),
            told => sentence.push_str(&format!(", tell {}", text::all(told))),
        }
        sentence.push('.');
        sentence.push_str(&self.escalation_sentence().unwrap_or_default());
        sentence
    }
}

/// Custom headers by name, in the clear; lives only between opening and sending.
pub type Headers = BTreeMap<String, String>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::{AlertPer, CountedStatus, Operator, PeerCount, PeerFilter, PeerOffline};

    fn rule(condition: Condition) -> Rule {
        Rule { condition, ..Rule::account_unreachable(TenantId::from_uuid(uuid::Uuid::nil()), Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn sentences() {
        let mut offline = rule(Condition::PeerOffline(PeerOffline {
            threshold: 1,
            duration: 5,
            peers: vec!["servers".to_owned()].into(),
            count_unconfirmed: false,
            alert_per: AlertPer::Peer,
        }));
        offline.notification.email =
            Some(EmailChannel { enabled: true, recipients: vec!["ops@acme.example".parse().unwrap()] });
        assert_eq!(offline.sentence(), "When any peer of servers is offline for 5 min, tell ops@acme.example.");
        let mut count = rule(Condition::PeerCount(PeerCount {
            operator: Operator::LessThan,
            threshold: 10,
            peers: PeerFilter::default(),
            status: CountedStatus::Online,
            alert_per: AlertPer::Rule,
        }));
        count.for_minutes = 90;
        assert_eq!(
            count.sentence(),
            "When the number of online peers of the network is below 10, and stays so for 1 h 30 min, open an alert."
        );
    }
}
