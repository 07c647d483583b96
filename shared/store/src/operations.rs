//! The table's operations, typed: what repositories are made of.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, KeysAndAttributes, PutRequest, Select, WriteRequest};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::keys::Key;
use crate::{Result, Store, StoreError, grants};

pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// A value with its key, ready to be written.
#[derive(Debug, Clone)]
pub struct Item {
    pub(crate) attributes: Attributes,
}

impl Item {
    /// A value under a key.
    pub fn new(key: &Key, value: &impl Serialize) -> Result<Self> {
        let mut attributes: Attributes = serde_dynamo::to_item(value)
            .map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?;
        attributes.insert("pk".into(), AttributeValue::S(key.pk.clone()));
        attributes.insert("sk".into(), AttributeValue::S(key.sk.clone()));
        Ok(Self { attributes })
    }

    /// Puts it in the index too.
    #[must_use]
    pub fn indexed(mut self, partition: String, sort: String) -> Self {
        self.attributes.insert("gsi1pk".into(), AttributeValue::S(partition));
        self.attributes.insert("gsi1sk".into(), AttributeValue::S(sort));
        self
    }

    /// The database may forget it after this.
    #[must_use]
    pub fn expiring(mut self, at: Timestamp) -> Self {
        self.attributes.insert("ttl".into(), AttributeValue::N(at.as_second().to_string()));
        self
    }
}

/// A query of one partition, in the order of its sort key.
#[derive(Debug, Clone)]
pub struct Query {
    partition: String,
    prefix: String,
    index: bool,
    until: Option<String>,
    after: Option<String>,
    limit: Option<i32>,
    descending: bool,
    consistent: bool,
}

impl Query {
    /// Items of `partition` whose sort key begins with `prefix`.
    pub fn of(partition: impl Into<String>, prefix: impl Into<String>) -> Self {
        Self {
            partition: partition.into(),
            prefix: prefix.into(),
            index: false,
            until: None,
            after: None,
            limit: None,
            descending: false,
            consistent: false,
        }
    }

    /// Items of the index instead of the table.
    #[must_use]
    pub fn index(mut self) -> Self {
        self.index = true;
        self
    }

    /// Only up to this sort key, itself included; the prefix then is the first one.
    #[must_use]
    pub fn until(mut self, sort: String) -> Self {
        self.until = Some(sort);
        self
    }

    /// Only what comes after this sort key in the chosen order.
    #[must_use]
    pub fn after(mut self, sort: Option<String>) -> Self {
        self.after = sort;
        self
    }

    /// At most this many.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = i32::try_from(limit).ok();
        self
    }

    /// Last first.
    #[must_use]
    pub fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// Sees every write that was answered before.
    #[must_use]
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// The first and the last sort key that may be found, or `None` if nothing lies between.
    pub(crate) fn range(&self) -> Option<(String, String)> {
        // A key condition may name the sort key once, so "begins with" and "after" become one range. DynamoDB refuses
        // an empty text in it; no key is below this one.
        let mut low = if self.prefix.is_empty() { "\u{0}".to_owned() } else { self.prefix.clone() };
        let mut high = self.until.clone().unwrap_or_else(|| format!("{}\u{10FFFF}", self.prefix));
        // A cursor that somebody made up must not lead out of the list.
        match &self.after {
            None => {}
            Some(after) if self.descending => high = high.min(before(after)),
            Some(after) => low = low.max(format!("{after}\u{0}")),
        }
        (low <= high).then_some((low, high))
    }
}

/// Items, and where to go on.
#[derive(Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Sort key of the last item read, if there may be more.
    pub next: Option<String>,
}

impl Store {
    /// One item, as last written.
    pub(crate) async fn get<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>> {
        self.get_raw(key).await?.filter(|item| !self.is_expired(item)).map(decode).transpose()
    }

    /// One item, as last written, expired or not.
    pub(crate) async fn get_raw(&self, key: &Key) -> Result<Option<Attributes>> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(attributes_of(key)))
            .consistent_read(true)
            .send()
            .await
            .map_err(|error| unavailable("GetItem", error))?;
        Ok(answer.item)
    }

    /// Several items, as last written, in no order; those that do not exist are left out.
    pub(crate) async fn get_many_raw(&self, keys: &[Key]) -> Result<Vec<Attributes>> {
        let mut found = Vec::with_capacity(keys.len());
        for batch in keys.chunks(100) {
            let wanted = KeysAndAttributes::builder()
                .set_keys(Some(batch.iter().map(attributes_of).collect()))
                .consistent_read(true)
                .build()
                .map_err(|error| StoreError::Unavailable { operation: "BatchGetItem", source: error.into() })?;
            let mut pending = HashMap::from([(self.table.clone(), wanted)]);
            while !pending.is_empty() {
                let answer = self
                    .client
                    .batch_get_item()
                    .set_request_items(Some(pending))
                    .send()
                    .await
                    .map_err(|error| unavailable("BatchGetItem", error))?;
                let items = answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default();
                found.extend(items.into_iter().filter(|item| !self.is_expired(item)));
                pending = answer.unprocessed_keys.unwrap_or_default();
            }
        }
        Ok(found)
    }

    /// One page of a query.
    pub(crate) async fn query<T: DeserializeOwned>(&self, query: Query) -> Result<Page<T>> {
        let sort = if query.index { "gsi1sk" } else { "sk" };
        let wanted = query.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(0));
        let Some(range) = query.range() else { return Ok(Page { items: Vec::new(), next: None }) };
        let mut items = Vec::new();
        let mut start = None;
        let mut last = None;
        loop {
            let answer = self
                .request(&query, range.clone())
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| unavailable("Query", error))?;
            let more = answer.last_evaluated_key;
            let mut cut = false;
            for item in answer.items.unwrap_or_default() {
                if items.len() == wanted {
                    cut = true;
                    break;
                }
                last = item.get(sort).and_then(|value| value.as_s().ok()).cloned();
                if !self.is_expired(&item) {
                    items.push(decode(item)?);
                }
            }
            match more {
                _ if cut => break Ok(Page { items, next: last }),
                Some(key) if items.len() < wanted => start = Some(key),
                Some(_) => break Ok(Page { items, next: last }),
                None => break Ok(Page { items, next: None }),
            }
        }
    }

    /// How many items a query finds, reading on to its end.
    pub(crate) async fn count(&self, query: Query) -> Result<usize> {
        let Some(range) = query.range() else { return Ok(0) };
        let (mut total, mut start) = (0, None);
        loop {
            let answer = self
                .request(&query, range.clone())
                .select(Select::Count)
                // What expired is not in the list either, though it may not be deleted yet.
                .filter_expression("attribute_not_exists(#ttl) OR #ttl > :now")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":now", AttributeValue::N(self.clock.now().as_second().to_string()))
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| unavailable("Query", error))?;
            total += usize::try_from(answer.count).unwrap_or(0);
            start = answer.last_evaluated_key;
            if start.is_none() {
                break Ok(total);
            }
        }
    }

    pub(crate) fn request(
        &self,
        query: &Query,
        (low, high): (String, String),
    ) -> aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder {
        let (pk, sk) = if query.index { ("gsi1pk", "gsi1sk") } else { ("pk", "sk") };
        let request = self
            .client
            .query()
            .table_name(&self.table)
            .set_index_name(query.index.then(|| crate::table::INDEX.to_owned()))
            .key_condition_expression(format!("{pk} = :pk AND {sk} BETWEEN :low AND :high"))
            .expression_attribute_values(":pk", AttributeValue::S(query.partition.clone()))
            .expression_attribute_values(":low", AttributeValue::S(low))
            .expression_attribute_values(":high", AttributeValue::S(high))
            .scan_index_forward(!query.descending)
            .consistent_read(query.consistent && !query.index);
        // One more than asked for tells whether there is a next page.
        request.set_limit(query.limit.map(|limit| limit.saturating_add(1)))
    }

    /// Writes an item that must not exist yet.
    pub(crate) async fn create(&self, item: Item) -> Result<()> {
        self.put_if(item, Some("attribute_not_exists(pk)".to_owned()), Attributes::new()).await
    }

    /// Replaces an item that must be at this version.
    pub(crate) async fn replace(&self, item: Item, expected: u64) -> Result<()> {
        let (condition, values) = version_is(expected);
        self.put_if(item, Some(condition), values).await
    }

    /// Writes an item, whatever was there.
    pub(crate) async fn put(&self, item: Item) -> Result<()> {
        self.put_if(item, None, Attributes::new()).await
    }

    async fn put_if(&self, item: Item, condition: Option<String>, values: Attributes) -> Result<()> {
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item.attributes))
            .set_condition_expression(condition)
            .set_expression_attribute_values(Some(values).filter(|values| !values.is_empty()))
            .send()
            .await
            .map_err(|error| match error.as_service_error() {
                Some(service) if service.is_conditional_check_failed_exception() => StoreError::Conflict,
                _ => unavailable("PutItem", error),
            })?;
        Ok(())
    }

    /// Deletes an item, if it is there.
    pub(crate) async fn delete(&self, key: &Key) -> Result<()> {
        self.client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(attributes_of(key)))
            .send()
            .await
            .map_err(|error| unavailable("DeleteItem", error))?;
        Ok(())
    }

    /// Writes and deletes many items, each on its own; the order is not kept.
    pub(crate) async fn write_many(&self, items: Vec<Item>, deletes: Vec<Key>) -> Result<()> {
        let failed = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Unavailable {
            operation: "BatchWriteItem",
            source: error.into(),
        };
        let mut requests = Vec::with_capacity(items.len() + deletes.len());
        let mut seen = HashSet::new();
        for item in items {
            // DynamoDB refuses a batch that names a key twice; what comes twice here is the same.
            let key = ["pk", "sk"].map(|name| item.attributes.get(name).and_then(|value| value.as_s().ok()).cloned());
            if !seen.insert(key) {
                continue;
            }
            let put = PutRequest::builder().set_item(Some(item.attributes)).build().map_err(failed)?;
            requests.push(WriteRequest::builder().put_request(put).build());
        }
        for key in deletes {
            let delete = DeleteRequest::builder().set_key(Some(attributes_of(&key))).build().map_err(failed)?;
            requests.push(WriteRequest::builder().delete_request(delete).build());
        }
        for batch in requests.chunks(25) {
            let mut pending = HashMap::from([(self.table.clone(), batch.to_vec())]);
            while !pending.is_empty() {
                let answer = self
                    .client
                    .batch_write_item()
                    .set_request_items(Some(pending))
                    .send()
                    .await
                    .map_err(|error| unavailable("BatchWriteItem", error))?;
                pending = answer.unprocessed_items.unwrap_or_default();
            }
        }
        Ok(())
    }

    fn is_expired(&self, item: &Attributes) -> bool {
        let ttl = item.get("ttl").and_then(|value| value.as_n().ok()).and_then(|text| text.parse::<i64>().ok());
        ttl.is_some_and(|ttl| ttl <= self.clock.now().as_second())
    }
}

/// The condition that an item is at a version.
pub(crate) fn version_is(expected: u64) -> (String, Attributes) {
    let values = HashMap::from([(":expected".to_owned(), AttributeValue::N(expected.to_string()))]);
    ("version = :expected".to_owned(), values)
}

pub(crate) fn attributes_of(key: &Key) -> Attributes {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}

pub(crate) fn decode<T: DeserializeOwned>(item: Attributes) -> Result<T> {
    let what = item.get("sk").and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    serde_dynamo::from_item(item).map_err(|error| StoreError::Corrupt { what, source: error.into() })
}

pub(crate) fn unavailable<E, R>(operation: &'static str, error: SdkError<E, R>) -> StoreError
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let is_refused = error.code() == Some("AccessDeniedException") || grants::is_refusal(&error);
    match is_refused {
        true => StoreError::NotGranted { operation, source: error.into() },
        false => StoreError::Unavailable { operation, source: error.into() },
    }
}

/// The greatest text below `sort`, near enough for keys of printable ASCII.
fn before(sort: &str) -> String {
    let mut bytes = sort.as_bytes().to_vec();
    match bytes.pop() {
        Some(last) => {
            bytes.push(last.saturating_sub(1));
            let mut text = String::from_utf8_lossy(&bytes).into_owned();
            text.push('\u{10FFFF}');
            text
        }
        None => String::new(),
    }
}
