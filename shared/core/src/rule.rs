//! Alert rules: what to watch for, and whom to tell.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::Sealed;
use crate::ids::{AccountId, RuleId, TenantId, UserId};
use crate::network::{Peer, PeerStatus};
use crate::tenancy::Email;
use crate::text;
use crate::validate::Problems;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Look at it today.
    Medium,
    /// Look at it soon.
    High,
    /// Wake somebody.
    Critical,
}

impl Severity {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

/// Compares a count with a threshold. An unknown operator is refused when a rule is written, never when it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// `>`
    GreaterThan,
    /// `<`
    LessThan,
    /// `=`
    Equals,
    /// `≠`
    NotEquals,
    /// `≥`
    GreaterThanOrEqual,
    /// `≤`
    LessThanOrEqual,
}

impl Operator {
    /// Whether `value` stands in this relation to `threshold`.
    pub fn holds(self, value: u32, threshold: u32) -> bool {
        match self {
            Operator::GreaterThan => value > threshold,
            Operator::LessThan => value < threshold,
            Operator::Equals => value == threshold,
            Operator::NotEquals => value != threshold,
            Operator::GreaterThanOrEqual => value >= threshold,
            Operator::LessThanOrEqual => value <= threshold,
        }
    }

    /// In words, after "the number".
    pub const fn words(self) -> &'static str {
        match self {
            Operator::GreaterThan => "is above",
            Operator::LessThan => "is below",
            Operator::Equals => "is exactly",
            Operator::NotEquals => "is not",
            Operator::GreaterThanOrEqual => "is at least",
            Operator::LessThanOrEqual => "is at most",
        }
    }
}

/// What a rule watches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "conditionType", content = "conditionConfig", rename_all = "snake_case")]
pub enum Condition {
    /// Enough peers have been offline for long enough.
    PeerOffline(PeerOffline),
    /// The number of peers stands in a relation to a threshold.
    PeerCount(PeerCount),
    /// The account cannot be read. Built in, one per tenant, not made by users.
    AccountUnreachable,
}

/// See [`Condition::PeerOffline`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeerOffline {
    /// Fires when at least this many are offline.
    pub threshold: u32,
    /// A peer counts once it has been offline this many minutes, by NetBird's own time of disconnection.
    pub duration: u32,
    /// Only peers in one of these groups, by name; every peer if empty.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Peers whose connection is unconfirmed after a restart of the management server count as offline.
    #[serde(default)]
    pub count_unconfirmed: bool,
}

/// See [`Condition::PeerCount`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PeerCount {
    /// The relation.
    pub operator: Operator,
    /// What the count is compared with.
    pub threshold: u32,
    /// Only peers in one of these groups, by name; every peer if empty.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Which peers count.
    #[serde(default)]
    pub status: CountedStatus,
}

/// Which peers a [`PeerCount`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountedStatus {
    /// All of them.
    #[default]
    Any,
    /// Those online, unconfirmed ones too: the management server says they are.
    Online,
    /// Those offline.
    Offline,
}

impl CountedStatus {
    /// Whether a peer of this status counts.
    pub fn includes(self, status: PeerStatus) -> bool {
        match self {
            CountedStatus::Any => true,
            CountedStatus::Online => status != PeerStatus::Offline,
            CountedStatus::Offline => status == PeerStatus::Offline,
        }
    }
}

/// Whether the peer is in one of the groups, or no group is asked for.
pub fn in_groups(peer: &Peer, groups: &[String]) -> bool {
    groups.is_empty() || peer.groups.iter().any(|group| groups.contains(&group.name))
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
}

impl WebhookChannel {
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
    /// Whom to tell.
    pub notification: Notification,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who made it.
    pub created_by: UserId,
    /// Counts writes.
    pub version: u64,
}

/// Id of the built-in rule that tells a tenant's owners that an account cannot be read.
pub const ACCOUNT_UNREACHABLE: RuleId =
    RuleId::from_uuid(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));

/// Rules a tenant may have.
pub const MAX_RULES: usize = 200;
/// Longest name of a rule, in characters.
pub const MAX_NAME: usize = 100;
/// Longest description of a rule, in characters.
pub const MAX_DESCRIPTION: usize = 1_000;
/// Groups that one rule may filter by.
pub const MAX_GROUPS: usize = 50;
/// Recipients of one rule.
pub const MAX_RECIPIENTS: usize = 20;
/// Custom headers of one webhook.
pub const MAX_HEADERS: usize = 20;
/// Longest duration that a condition may ask for: a week, in minutes.
pub const MAX_DURATION: u32 = 7 * 24 * 60;
/// Longest `for` and keep-firing: a day, in minutes.
pub const MAX_FOR: u32 = 24 * 60;

impl Condition {
    /// The name in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Condition::PeerOffline(_) => "peer_offline",
            Condition::PeerCount(_) => "peer_count",
            Condition::AccountUnreachable => "account_unreachable",
        }
    }

    /// Records what is wrong with the numbers and groups.
    pub fn check(&self, problems: &mut Problems) {
        let groups = match self {
            Condition::PeerOffline(config) => {
                problems.require(config.threshold >= 1, "/conditionConfig/threshold", "must be at least 1 peer");
                problems.require(
                    config.duration <= MAX_DURATION,
                    "/conditionConfig/duration",
                    format!("must be at most {MAX_DURATION} minutes"),
                );
                &config.groups
            }
            Condition::PeerCount(config) => {
                let never = config.operator == Operator::LessThan && config.threshold == 0;
                problems.require(!never, "/conditionConfig/threshold", "less than 0 can never be true");
                &config.groups
            }
            Condition::AccountUnreachable => {
                problems.push("/conditionType", "is built in and cannot be made");
                return;
            }
        };
        problems.require(groups.len() <= MAX_GROUPS, "/conditionConfig/groups", format!("at most {MAX_GROUPS} groups"));
        for (index, group) in groups.iter().enumerate() {
            problems.text(&format!("/conditionConfig/groups/{index}"), group, 1, 200);
        }
    }
}

impl Rule {
    /// The built-in rule that watches the accounts themselves. Its owners-only mail is decided when it is sent.
    pub fn account_unreachable(tenant: TenantId, since: Timestamp) -> Self {
        Self {
            id: ACCOUNT_UNREACHABLE,
            tenant,
            name: "Account unreachable".into(),
            description: "Built in: tells the owners when a NetBird account cannot be read.".into(),
            condition: Condition::AccountUnreachable,
            severity: Severity::High,
            enabled: true,
            account: None,
            for_minutes: 0,
            keep_firing_minutes: 0,
            notification: Notification::default(),
            created_at: since,
            updated_at: since,
            created_by: UserId::from_uuid(uuid::Uuid::nil()),
            version: 1,
        }
    }

    /// Whether the rule watches this account.
    pub fn covers(&self, account: AccountId) -> bool {
        self.account.is_none_or(|only| only == account)
    }

    /// The rule in a sentence: when it fires and whom it tells.
    pub fn sentence(&self) -> String {
        let of = |groups: &[String]| match groups {
            [] => "the network".to_owned(),
            groups => groups.join(" or "),
        };
        let mut sentence = match &self.condition {
            Condition::PeerOffline(config) => {
                let who = if config.threshold == 1 {
                    "any peer".to_owned()
                } else {
                    format!("{} or more peers", config.threshold)
                };
                let verb = if config.threshold == 1 { "is" } else { "are" };
                let long =
                    if config.duration == 0 { String::new() } else { format!(" for {}", minutes(config.duration)) };
                format!("When {who} of {} {verb} offline{long}", of(&config.groups))
            }
            Condition::PeerCount(config) => {
                let what = match config.status {
                    CountedStatus::Any => "peers",
                    CountedStatus::Online => "online peers",
                    CountedStatus::Offline => "offline peers",
                };
                format!(
                    "When the number of {what} of {} {} {}",
                    of(&config.groups),
                    config.operator.words(),
                    config.threshold
                )
            }
            Condition::AccountUnreachable => "When an account cannot be read".to_owned(),
        };
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
        if self.condition == Condition::AccountUnreachable {
            told.push("the owners".into());
        }
        match told.as_slice() {
            [] => sentence.push_str(", open an alert"),
            told => sentence.push_str(&format!(", tell {}", told.join(" and "))),
        }
        sentence.push('.');
        sentence
    }
}

fn minutes(minutes: u32) -> String {
    text::duration(jiff::SignedDuration::from_mins(i64::from(minutes)))
}

/// Custom headers by name, in the clear; lives only between opening and sending.
pub type Headers = BTreeMap<String, String>;

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(condition: Condition) -> Rule {
        Rule { condition, ..Rule::account_unreachable(TenantId::from_uuid(uuid::Uuid::nil()), Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn sentences() {
        let mut offline = rule(Condition::PeerOffline(PeerOffline {
            threshold: 1,
            duration: 5,
            groups: vec!["servers".into()],
            count_unconfirmed: false,
        }));
        offline.notification.email =
            Some(EmailChannel { enabled: true, recipients: vec!["ops@acme.example".parse().unwrap()] });
        assert_eq!(offline.sentence(), "When any peer of servers is offline for 5 min, tell ops@acme.example.");
        let mut count = rule(Condition::PeerCount(PeerCount {
            operator: Operator::LessThan,
            threshold: 10,
            groups: vec![],
            status: CountedStatus::Online,
        }));
        count.for_minutes = 90;
        assert_eq!(
            count.sentence(),
            "When the number of online peers of the network is below 10, and stays so for 1 h 30 min, open an alert."
        );
    }

    #[test]
    fn operators() {
        use Operator::*;
        let truth = |op: Operator| [1, 2, 3].map(|value| op.holds(value, 2));
        assert_eq!(truth(GreaterThan), [false, false, true]);
        assert_eq!(truth(LessThan), [true, false, false]);
        assert_eq!(truth(Equals), [false, true, false]);
        assert_eq!(truth(NotEquals), [true, false, true]);
        assert_eq!(truth(GreaterThanOrEqual), [false, true, true]);
        assert_eq!(truth(LessThanOrEqual), [true, true, false]);
        assert!(serde_json::from_str::<Operator>("\"about\"").is_err());
    }

    #[test]
    fn impossible_conditions_are_named() {
        let mut problems = Problems::default();
        Condition::PeerOffline(PeerOffline {
            threshold: 0,
            duration: 20_000,
            groups: vec![String::new()],
            count_unconfirmed: false,
        })
        .check(&mut problems);
        let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|problem| problem.pointer).collect();
        assert_eq!(pointers, ["/conditionConfig/threshold", "/conditionConfig/duration", "/conditionConfig/groups/0"]);
    }
}
