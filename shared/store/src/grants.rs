//! What an operation may do to the table: verbs on partitions.
//!
//! On AWS a function's role says it. [`Store::held_to`] says the same on a laptop and in tests, where the requests are
//! sent: what a row forgot to declare is refused there as its role would refuse it here.

use std::fmt;
use std::ops::BitOr;
use std::sync::Arc;

use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::box_error::BoxError;
use serde_json::Value;

use crate::Store;

/// A kind of partition: what the keys of one aggregate begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// A tenant's own items, its accounts' and its audit trail.
    Tenant,
    /// A user and their sessions.
    User,
    /// Who has an address.
    Email,
    /// API tokens as requests find them.
    Token,
    /// Links of mails.
    Link,
    /// Sign-ups that wait for their link.
    SignUp,
    /// Mails that wait.
    Mail,
    /// Counters of guesses and requests.
    Throttle,
    /// Whose a slug is.
    Slug,
    /// Sign-ins under way at identity providers.
    SsoState,
    /// The registry of active accounts.
    Registry,
    /// The first set-up, and the public keys that verify tokens.
    Platform,
    /// Tenants and places that are being deleted.
    Deleted,
    /// Open connections.
    Connection,
    /// Tenants of whom somebody watches.
    Watched,
    /// Audit trails alone, of what else is a tenant's.
    Trail,
    /// Counters of what trails take only so much of.
    Limited,
}

impl Partition {
    /// Every kind.
    pub const ALL: &[Partition] = &[
        Partition::Tenant,
        Partition::User,
        Partition::Email,
        Partition::Token,
        Partition::Link,
        Partition::SignUp,
        Partition::Mail,
        Partition::Throttle,
        Partition::Slug,
        Partition::SsoState,
        Partition::Registry,
        Partition::Platform,
        Partition::Deleted,
        Partition::Connection,
        Partition::Watched,
        Partition::Trail,
        Partition::Limited,
    ];

    /// Its keys, as the condition `dynamodb:LeadingKeys` of a policy has them.
    pub const fn pattern(self) -> &'static str {
        match self {
            Partition::Tenant => "TENANT#*",
            Partition::User => "USER#*",
            Partition::Email => "EMAIL#*",
            Partition::Token => "TOKEN#*",
            Partition::Link => "LINK#*",
            Partition::SignUp => "SIGNUP#*",
            Partition::Mail => "MAIL#*",
            Partition::Throttle => "THROTTLE#*",
            Partition::Slug => "SLUG#*",
            Partition::SsoState => "SSOSTATE#*",
            Partition::Registry => "REGISTRY#*",
            Partition::Platform => "PLATFORM",
            Partition::Deleted => "DELETED",
            Partition::Connection => "CONNECTION#*",
            Partition::Watched => "WATCHED",
            Partition::Trail => TRAIL,
            Partition::Limited => "LIMITED#*",
        }
    }

    /// The kind that a partition key is of.
    pub fn of(key: &str) -> Option<Self> {
        if is_trail(key) {
            return Some(Partition::Trail);
        }
        Self::ALL.iter().copied().find(|kind| match kind.pattern().strip_suffix('*') {
            Some(prefix) => key.starts_with(prefix),
            None => key == kind.pattern(),
        })
    }
}

/// Things that may be done to items. Each is one action of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verbs(u8);

impl Verbs {
    /// Every single one, with the action of a policy.
    pub const ACTIONS: [(Verbs, &'static str); 8] = [
        (GET, "GetItem"),
        (GET_MANY, "BatchGetItem"),
        (QUERY, "Query"),
        (PUT, "PutItem"),
        (UPDATE, "UpdateItem"),
        (DELETE, "DeleteItem"),
        (CHECK, "ConditionCheckItem"),
        (WRITE_MANY, "BatchWriteItem"),
    ];

    /// Whether all of these are among them.
    pub const fn contains(self, others: Verbs) -> bool {
        self.0 & others.0 == others.0
    }
}

impl BitOr for Verbs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Reads one item.
pub const GET: Verbs = Verbs(1);
/// Reads several items by their keys.
pub const GET_MANY: Verbs = Verbs(1 << 1);
/// Reads a range of a partition.
pub const QUERY: Verbs = Verbs(1 << 2);
/// Writes an item, alone or in a transaction.
pub const PUT: Verbs = Verbs(1 << 3);
/// Changes an item where it is.
pub const UPDATE: Verbs = Verbs(1 << 4);
/// Deletes an item, alone or in a transaction.
pub const DELETE: Verbs = Verbs(1 << 5);
/// Makes a transaction depend on an item.
pub const CHECK: Verbs = Verbs(1 << 6);
/// Writes and deletes items by the batch.
pub const WRITE_MANY: Verbs = Verbs(1 << 7);

/// What may be done to which partitions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grants {
    partitions: Vec<(Partition, Verbs)>,
    index: bool,
    erases_trail: bool,
}

/// Audit trails, as the condition `dynamodb:LeadingKeys` of a policy has them. Their entries are added and read like
/// anything of a tenant.
pub const TRAIL: &str = "TENANT#*#AUDIT#*";

/// What is done to no entry of an audit trail that is there, but by who removes a deleted tenant.
pub const ERASING: &[Verbs] = &[UPDATE, DELETE, WRITE_MANY];

fn is_trail(key: &str) -> bool {
    key.starts_with("TENANT#") && key.contains("#AUDIT#")
}

impl Grants {
    /// Adds verbs on a kind of partition.
    pub fn allow(&mut self, partition: Partition, verbs: Verbs) {
        match self.partitions.iter_mut().find(|(known, _)| *known == partition) {
            Some((_, granted)) => *granted = *granted | verbs,
            None => self.partitions.push((partition, verbs)),
        }
    }

    /// Adds reading the index.
    pub fn allow_index(&mut self) {
        self.index = true;
    }

    /// Adds removing audit trails, as far as items of tenants may be removed at all.
    pub fn allow_erasing_trails(&mut self) {
        self.erases_trail = true;
    }

    /// Whether this would reach entries of audit trails that are there, and is not meant to.
    pub fn must_spare_trails(&self) -> bool {
        !self.erases_trail && ERASING.iter().any(|verb| self.on(Partition::Tenant).contains(*verb))
    }

    /// Whether the index may be read.
    pub fn has_index(&self) -> bool {
        self.index
    }

    /// What may be done to a kind of partition.
    pub fn on(&self, partition: Partition) -> Verbs {
        self.partitions.iter().find(|(known, _)| *known == partition).map_or(Verbs::default(), |(_, verbs)| *verbs)
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: &Grants) -> Self {
        others.partitions.iter().for_each(|(partition, verbs)| self.allow(*partition, *verbs));
        self.index |= others.index;
        self.erases_trail |= others.erases_trail;
        self
    }

    fn refuses(&self, touch: &Touch) -> bool {
        match touch {
            Touch::Index => !self.index,
            Touch::Item(verb, key) if is_trail(key) && ERASING.contains(verb) && !self.erases_trail => true,
            Touch::Item(verb, key) => match Partition::of(key) {
                // Who may do something to all that is a tenant's may do it to the trail.
                Some(Partition::Trail) => {
                    !self.on(Partition::Tenant).contains(*verb) && !self.on(Partition::Trail).contains(*verb)
                }
                Some(partition) => !self.on(partition).contains(*verb),
                None => true,
            },
        }
    }
}

/// One thing that a request does.
#[derive(Debug, PartialEq, Eq)]
enum Touch {
    Index,
    Item(Verbs, String),
}

impl fmt::Display for Touch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Touch::Index => f.write_str("Query on the index"),
            Touch::Item(verb, key) => {
                let action = Verbs::ACTIONS.iter().find(|(known, _)| known == verb).map_or("?", |(_, action)| action);
                // Never the whole key: it names a person or a tenant.
                let kind = match Partition::of(key) {
                    Some(_) if is_trail(key) => TRAIL,
                    known => known.map_or("an unknown partition", Partition::pattern),
                };
                write!(f, "{action} on {kind}")
            }
        }
    }
}

/// What a request of the SDK does, by its action and body.
fn touches(action: &str, body: &[u8]) -> Vec<Touch> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let key = |item: &Value| item["pk"]["S"].as_str().unwrap_or_default().to_owned();
    let of_tables = || body["RequestItems"].as_object().into_iter().flat_map(serde_json::Map::values);
    match action {
        "GetItem" => vec![Touch::Item(GET, key(&body["Key"]))],
        "PutItem" => vec![Touch::Item(PUT, key(&body["Item"]))],
        "UpdateItem" => vec![Touch::Item(UPDATE, key(&body["Key"]))],
        "DeleteItem" => vec![Touch::Item(DELETE, key(&body["Key"]))],
        "Query" if body["IndexName"].is_string() => vec![Touch::Index],
        "Query" => {
            let key = body["ExpressionAttributeValues"][":pk"]["S"].as_str().unwrap_or_default();
            vec![Touch::Item(QUERY, key.to_owned())]
        }
        "BatchGetItem" => {
            let keys = of_tables().flat_map(|table| table["Keys"].as_array().into_iter().flatten());
            keys.map(|wanted| Touch::Item(GET_MANY, key(wanted))).collect()
        }
        "BatchWriteItem" => {
            let writes = of_tables().flat_map(|table| table.as_array().into_iter().flatten());
            let key = |write: &Value| match &write["PutRequest"]["Item"] {
                Value::Null => key(&write["DeleteRequest"]["Key"]),
                item => key(item),
            };
            writes.map(|write| Touch::Item(WRITE_MANY, key(write))).collect()
        }
        "TransactWriteItems" => {
            let writes = body["TransactItems"].as_array().into_iter().flatten();
            let parts = writes.flat_map(|write| write.as_object().into_iter().flatten());
            let touch = |(what, detail): (&String, &Value)| match what.as_str() {
                "Put" => Touch::Item(PUT, key(&detail["Item"])),
                "Update" => Touch::Item(UPDATE, key(&detail["Key"])),
                "Delete" => Touch::Item(DELETE, key(&detail["Key"])),
                _ => Touch::Item(CHECK, key(&detail["Key"])),
            };
            parts.map(touch).collect()
        }
        // Tables are made by hosts, not by operations; and what is new here is refused until somebody says what it does.
        _ => vec![Touch::Item(Verbs(u8::MAX), String::new())],
    }
}

/// Hears of what was refused, in words.
pub type OnRefusal = Arc<dyn Fn(String) + Send + Sync>;

/// Something that an operation's row does not grant.
#[derive(Debug, thiserror::Error)]
#[error("the row of {operation} does not grant {what}")]
pub struct NotGranted {
    /// Whose row.
    pub operation: String,
    /// What was tried.
    pub what: String,
}

/// Whether an operation's row is what stood in the way.
pub(crate) fn is_refusal(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(<dyn std::error::Error>::is::<NotGranted>)
}

struct Held {
    operation: String,
    grants: Grants,
    on_refusal: OnRefusal,
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Held").field("operation", &self.operation).finish_non_exhaustive()
    }
}

impl Intercept for Held {
    fn name(&self) -> &'static str {
        "an operation's row"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let action = target.rsplit('.').next().unwrap_or_default();
        let touched = touches(action, request.body().bytes().unwrap_or_default());
        let Some(refused) = touched.iter().find(|touch| self.grants.refuses(touch)) else { return Ok(()) };
        let refused = NotGranted { operation: self.operation.clone(), what: refused.to_string() };
        tracing::error!(operation = refused.operation, what = refused.what, "not granted by the operation's row");
        (self.on_refusal)(refused.to_string());
        Err(refused.into())
    }
}

impl Store {
    /// The same table, for an operation that may do no more than this. What it tries beyond that is refused, logged, and
    /// told to `on_refusal`.
    #[must_use]
    pub fn held_to(&self, operation: &str, grants: &Grants, on_refusal: OnRefusal) -> Self {
        let held = Held { operation: operation.to_owned(), grants: grants.clone(), on_refusal };
        let config = self.client.config().to_builder().interceptor(held).build();
        Self { client: aws_sdk_dynamodb::Client::from_conf(config), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_partition_is_told_from_the_others() {
        for kind in Partition::ALL {
            let key = kind.pattern().replace('*', "0199e7a0-0000-7000-8000-0000000000c1");
            assert_eq!(Partition::of(&key), Some(*kind));
        }
        assert_eq!(Partition::of("PLATFORMS"), None);
        assert_eq!(Partition::of(""), None);
    }

    #[test]
    fn a_request_is_read_for_what_it_touches() {
        let one = |action: &str, body: &str| touches(action, body.as_bytes());
        let item = |verb, key: &str| Touch::Item(verb, key.to_owned());
        assert_eq!(one("GetItem", r#"{"Key":{"pk":{"S":"USER#1"}}}"#), [item(GET, "USER#1")]);
        let query = r#"{"ExpressionAttributeValues":{":pk":{"S":"TENANT#1"}}}"#;
        assert_eq!(one("Query", query), [item(QUERY, "TENANT#1")]);
        assert_eq!(one("Query", r#"{"IndexName":"index1"}"#), [Touch::Index]);
        let batch = r#"{"RequestItems":{"t":[{"PutRequest":{"Item":{"pk":{"S":"LINK#1"}}}},
            {"DeleteRequest":{"Key":{"pk":{"S":"TENANT#1"}}}}]}}"#;
        assert_eq!(one("BatchWriteItem", batch), [item(WRITE_MANY, "LINK#1"), item(WRITE_MANY, "TENANT#1")]);
        let reads = r#"{"RequestItems":{"t":{"Keys":[{"pk":{"S":"USER#1"}}]}}}"#;
        assert_eq!(one("BatchGetItem", reads), [item(GET_MANY, "USER#1")]);
        let transaction = r#"{"TransactItems":[{"Put":{"Item":{"pk":{"S":"TENANT#1"}}}},
            {"ConditionCheck":{"Key":{"pk":{"S":"USER#1"}}}}]}"#;
        assert_eq!(one("TransactWriteItems", transaction), [item(PUT, "TENANT#1"), item(CHECK, "USER#1")]);
    }

    #[test]
    fn an_entry_of_an_audit_trail_is_there_for_good() {
        let mut grants = Grants::default();
        let touch = |verb| Touch::Item(verb, "TENANT#1#AUDIT#202611".into());
        grants.allow(Partition::Tenant, GET | PUT | CHECK | QUERY);
        assert!(!grants.must_spare_trails());
        grants.allow(Partition::Tenant, UPDATE | DELETE | WRITE_MANY);
        assert!(grants.must_spare_trails());
        assert!([GET, PUT, CHECK, QUERY].into_iter().all(|verb| !grants.refuses(&touch(verb))));
        assert!(ERASING.iter().all(|verb| grants.refuses(&touch(*verb))));
        assert!(!grants.refuses(&Touch::Item(DELETE, "TENANT#1".into())));
        assert_eq!(touch(DELETE).to_string(), "DeleteItem on TENANT#*#AUDIT#*");
        grants.allow_erasing_trails();
        assert!(!grants.must_spare_trails());
        assert!(ERASING.iter().all(|verb| !grants.refuses(&touch(*verb))));
        let mut appends = Grants::default();
        appends.allow(Partition::Trail, PUT);
        assert!(!appends.refuses(&touch(PUT)) && appends.refuses(&touch(QUERY)));
        assert!(appends.refuses(&Touch::Item(PUT, "TENANT#1".into())), "and nothing else of the tenant");
    }

    #[test]
    fn what_is_not_granted_is_refused() {
        let mut grants = Grants::default();
        grants.allow(Partition::Tenant, GET | PUT);
        assert!(!grants.refuses(&Touch::Item(PUT, "TENANT#1#AUDIT#202611".into())));
        assert!(grants.refuses(&Touch::Item(DELETE, "TENANT#1".into())));
        assert!(grants.refuses(&Touch::Item(GET, "USER#1".into())));
        assert!(grants.refuses(&Touch::Index));
        assert!(touches("Scan", b"{}").iter().all(|touch| grants.refuses(touch)));
    }
}
