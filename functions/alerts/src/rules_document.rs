//! A tenant's rules as a document, in YAML or JSON: how it is written, and how it is read.
//!
//! People, accounts and channels are named, and nothing secret is in it. A webhook or chat that a rule has of its own is there
//! by reference: that it is, and whether it is on. Reading it back keeps the address that the rule has.

use std::collections::{BTreeMap, HashMap};

use platform_core::account::Account;
use platform_core::chat::Messenger;
use platform_core::condition::{ConditionConfig, ConditionType};
use platform_core::ids::{AccountId, ChannelId};
use platform_core::rule::{MAX_RULES, Notification, Rule, Severity};
use platform_core::tenant_channel::TenantChannel;
use platform_core::validate::FieldError;
use platform_http::Problem;
use platform_http::extract::{Document, field_error};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::notification_input::NotificationChange;

/// The layout of the document.
const VERSION: u32 = 1;

/// What stands above a document that is written.
const HEAD: &str = "\
# Alert rules. What is changed here takes effect when it is imported again; rules are recognised by their names.
# Left out, since they are secrets: addresses, headers and signing secrets of webhooks and chats that a rule has of its own.
# Such a channel is kept as it is where a rule of that name has it. A new rule must bring its address
# (notificationConfig.webhook.url, notificationConfig.slack.webhook), or name channels of the tenant.
";

/// A tenant's rules as a document.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is read rule by rule, so that all of what is wrong is told; this is how it looks")]
pub(crate) struct RulesDocument {
    /// The layout: 1.
    #[schema(minimum = 1, maximum = 1)]
    version: u32,
    #[schema(max_items = 200)]
    rules: Vec<DocumentRule>,
}

/// A document whose rules are not read yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outer<R> {
    version: u32,
    rules: Vec<R>,
}

/// A rule in a document. What is absent is as if it had never been set.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DocumentRule {
    /// By which it is recognised.
    #[schema(example = "Servers down", max_length = 100)]
    pub(crate) name: String,
    #[schema(max_length = 1000)]
    pub(crate) description: Option<String>,
    pub(crate) condition_type: ConditionType,
    #[schema(value_type = ConditionConfig)]
    pub(crate) condition_config: Map<String, Value>,
    pub(crate) severity: Severity,
    /// True if absent.
    pub(crate) enabled: Option<bool>,
    /// Only this account, by its name or id; every account if absent.
    #[schema(example = "HQ", max_length = 200)]
    pub(crate) account: Option<String>,
    #[schema(maximum = 1440)]
    pub(crate) for_minutes: Option<u32>,
    #[schema(maximum = 1440)]
    pub(crate) keep_firing_minutes: Option<u32>,
    /// Channels of the tenant that it tells, by their names: at most 10.
    #[schema(max_items = 10)]
    pub(crate) channels: Option<Vec<String>>,
    /// Who else is told while nobody acknowledges: at most 5 steps, the earliest first.
    #[schema(max_items = 5)]
    pub(crate) escalation: Option<Vec<DocumentStep>>,
    /// Whom it tells by channels of its own. What is left out of a webhook or chat that the rule has stays as it is.
    pub(crate) notification_config: Option<NotificationChange>,
}

/// Who else is told, and when, in a document.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DocumentStep {
    /// If nobody acknowledged the alert within so many minutes: more than at the step before.
    #[schema(minimum = 1, maximum = 1440, example = 15)]
    pub(crate) after_minutes: u32,
    /// By these channels of the tenant, by their names.
    #[schema(min_items = 1, max_items = 10)]
    pub(crate) channels: Vec<String>,
}

/// A rule as it stands in a document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Written {
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    condition_type: ConditionType,
    condition_config: ConditionConfig,
    severity: Severity,
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    for_minutes: u32,
    keep_firing_minutes: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    channels: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    escalation: Vec<DocumentStep>,
    #[serde(skip_serializing_if = "Told::is_empty")]
    notification_config: Told,
}

/// Whom a rule tells by channels of its own, without what is secret.
#[derive(Default, Serialize)]
pub(crate) struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<ToldByMail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<ToldByReference>,
    #[serde(flatten)]
    chats: BTreeMap<&'static str, ToldByReference>,
}

#[derive(Serialize)]
struct ToldByMail {
    enabled: bool,
    recipients: Vec<String>,
}

#[derive(Serialize)]
struct ToldByReference {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
}

impl Told {
    fn is_empty(&self) -> bool {
        self.email.is_none() && self.webhook.is_none() && self.chats.is_empty()
    }
}

impl From<&Notification> for Told {
    fn from(told: &Notification) -> Self {
        let chat = |(messenger, chat): (&Messenger, &platform_core::chat::ChatChannel)| {
            (messenger.name(), ToldByReference { enabled: chat.enabled, channel: chat.channel.clone() })
        };
        Self {
            email: told.email.as_ref().map(|email| ToldByMail {
                enabled: email.enabled,
                recipients: email.recipients.iter().map(ToString::to_string).collect(),
            }),
            webhook: told.webhook.as_ref().map(|webhook| ToldByReference { enabled: webhook.enabled, channel: None }),
            chats: told.chats.iter().map(chat).collect(),
        }
    }
}

impl From<&NotificationChange> for Told {
    fn from(entered: &NotificationChange) -> Self {
        let mut chats = BTreeMap::new();
        for (messenger, enabled, channel) in entered.chats() {
            chats.insert(messenger.name(), ToldByReference { enabled, channel });
        }
        let email = entered.mail().map(|(enabled, recipients)| ToldByMail { enabled, recipients });
        let webhook = entered.webhook_enabled().map(|enabled| ToldByReference { enabled, channel: None });
        Self { email, webhook, chats }
    }
}

/// What accounts and channels are called.
pub(crate) struct Names<'a> {
    accounts: &'a [Account],
    channels: &'a [TenantChannel],
}

impl<'a> Names<'a> {
    pub(crate) const fn new(accounts: &'a [Account], channels: &'a [TenantChannel]) -> Self {
        Self { accounts, channels }
    }

    /// An account by its name; by its id where several have the name.
    fn of_account(&self, id: AccountId) -> String {
        let named = |name: &str| self.accounts.iter().filter(|account| account.name == name).count();
        let account = self.accounts.iter().find(|account| account.id == id);
        account.filter(|account| named(&account.name) == 1).map_or_else(|| id.to_string(), |one| one.name.clone())
    }

    /// The account that a name or an id means. `Err` says why it means none.
    pub(crate) fn account(&self, name: &str) -> Result<AccountId, &'static str> {
        let mut named = self.accounts.iter().filter(|account| account.name == name);
        match (named.next(), named.next()) {
            (Some(one), None) => Ok(one.id),
            (Some(_), Some(_)) => Err("is the name of several accounts; give the id"),
            (None, _) => {
                let by_id = self.accounts.iter().find(|account| account.id.to_string() == name);
                by_id.map(|account| account.id).ok_or("is not the name or id of a connected account")
            }
        }
    }

    /// The channel that has a name.
    pub(crate) fn channel(&self, name: &str) -> Option<ChannelId> {
        self.channels.iter().find(|channel| channel.name == name).map(|channel| channel.id)
    }

    /// A rule as it stands in a document, with these channels, those of its steps, and others whom it tells.
    pub(crate) fn write(
        &self,
        rule: &Rule,
        (channels, escalation): (Vec<String>, Vec<DocumentStep>),
        told: Told,
    ) -> Option<Written> {
        let (condition_type, condition_config) = rule.condition.made()?;
        Some(Written {
            name: rule.name.clone(),
            description: rule.description.clone(),
            condition_type,
            condition_config,
            severity: rule.severity,
            enabled: rule.enabled,
            account: rule.account.map(|account| self.of_account(account)),
            for_minutes: rule.for_minutes,
            keep_firing_minutes: rule.keep_firing_minutes,
            channels,
            escalation,
            notification_config: told,
        })
    }

    /// A rule as it is.
    pub(crate) fn written(&self, rule: &Rule) -> Option<Written> {
        let called = |ids: &[ChannelId]| {
            let channels = ids.iter().filter_map(|id| self.channels.iter().find(|channel| channel.id == *id));
            channels.map(|channel| channel.name.clone()).collect::<Vec<_>>()
        };
        let steps = rule.escalation.iter();
        let steps = steps
            .map(|step| DocumentStep { after_minutes: step.after_minutes, channels: called(&step.channels) })
            .collect();
        self.write(rule, (called(&rule.channels), steps), Told::from(&rule.notification))
    }
}

/// Rules as YAML.
pub(crate) fn to_yaml(rules: Vec<Written>) -> Result<String, Problem> {
    #[derive(Serialize)]
    struct Whole {
        version: u32,
        rules: Vec<Written>,
    }
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    let body = serde_saphyr::to_string_with_options(&Whole { version: VERSION, rules }, options);
    Ok(format!("{HEAD}{}", body.map_err(Problem::internal)?))
}

/// What is wrong with a document.
#[derive(Serialize, ToSchema)]
#[schema(as = RulesImportError)]
pub(crate) struct DocumentError {
    /// JSON pointer to the field, such as `/rules/3/conditionConfig/threshold`; empty for the document.
    pub(crate) pointer: String,
    /// What is wrong and what would be right.
    pub(crate) detail: String,
    /// The line of the document, from 1; of what is wrong in a rule, the one where the rule begins. Absent for JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u32>,
}

/// A rule as it stands in a document that was sent, and the line where it begins.
pub(crate) struct Entry {
    pub(crate) value: Value,
    pub(crate) line: Option<u32>,
}

impl Entry {
    /// The rule, in its own terms.
    pub(crate) fn read(&mut self) -> Result<DocumentRule, FieldError> {
        serde_path_to_error::deserialize(self.value.take()).map_err(|error| {
            let found = field_error(&error);
            FieldError { pointer: found.pointer.trim_end_matches('/').to_owned(), ..found }
        })
    }
}

/// The rules of a document that was sent.
pub(crate) fn entries(document: &Document) -> Result<Vec<Entry>, DocumentError> {
    let (version, entries) = match document {
        Document::Json(text) => {
            let mut json = serde_json::Deserializer::from_str(text);
            let read: Outer<Value> = serde_path_to_error::deserialize(&mut json).map_err(|error| {
                if !error.inner().is_data() {
                    let line = u32::try_from(error.inner().line()).ok();
                    return DocumentError { pointer: String::new(), detail: "is not JSON".to_owned(), line };
                }
                let FieldError { pointer, detail } = field_error(&error);
                DocumentError { pointer: pointer.trim_end_matches('/').to_owned(), detail, line: None }
            })?;
            let entries = read.rules.into_iter().map(|value| Entry { value, line: None }).collect();
            (read.version, entries)
        }
        Document::Yaml(text) => {
            let read: Outer<serde_saphyr::Spanned<Value>> = from_yaml(text)?;
            let entry = |one: serde_saphyr::Spanned<Value>| Entry {
                line: u32::try_from(one.referenced.line()).ok(),
                value: one.value,
            };
            (read.version, read.rules.into_iter().map(entry).collect::<Vec<_>>())
        }
    };
    let wrong = |pointer: &str, detail: String| DocumentError { pointer: pointer.to_owned(), detail, line: None };
    if version != VERSION {
        return Err(wrong("/version", format!("must be {VERSION}")));
    }
    if entries.len() > MAX_RULES {
        return Err(wrong("/rules", format!("must have at most {MAX_RULES} rules")));
    }
    Ok(entries)
}

/// YAML of the plain kind. Nobody writes a rule with anchors and aliases, which are what small documents grow large by.
fn from_yaml<T: DeserializeOwned>(text: &str) -> Result<T, DocumentError> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_documents: 1,
            max_depth: 16,
            max_nodes: 100_000,
            max_aliases: 0,
            max_anchors: 0,
            max_merge_keys: 0,
        },
        with_snippet: false,
        strict_booleans: true,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let line = error.location().and_then(|place| u32::try_from(place.line()).ok());
        let text = error.to_string();
        // Where it is, is said beside it.
        let detail = text.rsplit_once(" at line ").map_or(text.as_str(), |(detail, _)| detail);
        let detail = match detail.strip_prefix("budget breached: ") {
            Some(what) => format!("is more than a document of rules may have: {what}"),
            None => detail.to_owned(),
        };
        DocumentError { pointer: String::new(), detail, line }
    })
}

/// A field of a rule that would be another.
#[derive(Serialize, ToSchema)]
#[schema(as = RulesImportField)]
pub(crate) struct FieldChange {
    /// JSON pointer within the rule, such as `/conditionConfig/duration`.
    pub(crate) pointer: String,
    /// What it is; absent if it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<Value>,
    /// What it would be; absent if it would not be set, and of what is secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<Value>,
}

/// In which fields a rule would be another.
pub(crate) fn difference(before: &Written, after: &Written) -> Result<Vec<FieldChange>, Problem> {
    let fields = |rule: &Written| -> Result<BTreeMap<String, Value>, Problem> {
        let mut found = BTreeMap::new();
        flatten(String::new(), serde_json::to_value(rule).map_err(Problem::internal)?, &mut found);
        // What the ends of an access test are called is looked up, whatever is sent.
        found
            .retain(|pointer, _| !["/conditionConfig/fromName", "/conditionConfig/toName"].contains(&pointer.as_str()));
        Ok(found)
    };
    let (before, mut after) = (fields(before)?, fields(after)?);
    let mut changes = Vec::new();
    for (pointer, from) in before {
        match after.remove(&pointer) {
            Some(to) if to == from => {}
            to => changes.push(FieldChange { pointer, from: Some(from), to }),
        }
    }
    changes.extend(after.into_iter().map(|(pointer, to)| FieldChange { pointer, from: None, to: Some(to) }));
    changes.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    Ok(changes)
}

/// The fields of objects, by their pointers. Lists are compared as a whole.
fn flatten(at: String, value: Value, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), value, found);
            }
        }
        value => drop(found.insert(at, value)),
    }
}

/// Where names stand more than once.
pub(crate) fn repeated<'a>(names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut seen = HashMap::new();
    let again = |(index, name)| seen.insert(name, index).map(|_| index);
    names.enumerate().filter_map(again).collect()
}
