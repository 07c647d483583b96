//! The table's operations, typed: what repositories are made of.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use jiff::Timestamp;
use platform_core::version::Versioned;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::keys::Key;
use crate::retry::CALLS;
use crate::{Result, Store, StoreError, grants, watch};

pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// A value with its key, ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) attributes: Attributes,
}

impl Item {
    /// A value under a key.
    pub(crate) fn new(key: &Key, value: &impl Serialize) -> Result<Self> {
        let mut attributes: Attributes = serde_dynamo::to_item(value)
            .map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?;
        attributes.insert("pk".into(), AttributeValue::S(key.pk.clone()));
        attributes.insert("sk".into(), AttributeValue::S(key.sk.clone()));
        Ok(Self { attributes })
    }

    /// The same with the fields of another value beside its own.
    pub(crate) fn with(mut self, key: &Key, value: &impl Serialize) -> Result<Self> {
        let more = Self::new(key, value)?;
        self.attributes.extend(more.attributes);
        Ok(self)
    }

    /// Puts it in the index too.
    #[must_use]
    pub(crate) fn indexed(mut self, partition: String, sort: String) -> Self {
        self.attributes.insert("gsi1pk".into(), AttributeValue::S(partition));
        self.attributes.insert("gsi1sk".into(), AttributeValue::S(sort));
        self
    }

    /// The database may forget it after this.
    #[must_use]
    pub(crate) fn expiring(mut self, at: Timestamp) -> Self {
        self.attributes.insert("ttl".into(), AttributeValue::N(at.as_second().to_string()));
        self
    }
}

/// A query of one partition, in the order of its sort key.
#[derive(Debug, Clone)]
pub(crate) struct Query {
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
    pub(crate) fn of(partition: impl Into<String>, prefix: impl Into<String>) -> Self {
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
    pub(crate) fn index(mut self) -> Self {
        self.index = true;
        self
    }

    /// Only up to this sort key, itself included; the prefix then is the first one.
    #[must_use]
    pub(crate) fn until(mut self, sort: String) -> Self {
        self.until = Some(sort);
        self
    }

    /// Only what comes after this sort key in the chosen order.
    #[must_use]
    pub(crate) fn after(mut self, sort: Option<String>) -> Self {
        self.after = sort;
        self
    }

    /// At most this many.
    #[must_use]
    pub(crate) fn limit(mut self, limit: usize) -> Self {
        self.limit = i32::try_from(limit).ok();
        self
    }

    /// Last first.
    #[must_use]
    pub(crate) fn descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// Sees every write that was answered before.
    #[must_use]
    pub(crate) fn consistent(mut self) -> Self {
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
        let request =
            self.client.get_item().table_name(&self.table).set_key(Some(attributes_of(key))).consistent_read(true);
        let answer = self.patiently(|| request.clone().send()).await;
        Ok(answer.map_err(|error| unavailable("GetItem", error))?.item)
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
            let items = self.read_batch(wanted).await?;
            found.extend(items.into_iter().filter(|item| !self.is_expired(item)));
        }
        Ok(found)
    }

    /// Items that one read names. What the database is too busy for is asked for again, a little later each time.
    async fn read_batch(&self, wanted: KeysAndAttributes) -> Result<Vec<Attributes>> {
        let mut found = Vec::new();
        let mut pending = HashMap::from([(self.table.clone(), wanted)]);
        let mut rounds = Rounds::new(self, "BatchGetItem");
        while !pending.is_empty() {
            let request = self.client.batch_get_item().set_request_items(Some(pending));
            let answer = self.patiently(|| request.clone().send()).await;
            let answer = answer.map_err(|error| unavailable("BatchGetItem", error))?;
            let items = answer.responses.unwrap_or_default().remove(&self.table).unwrap_or_default();
            pending = answer.unprocessed_keys.unwrap_or_default();
            rounds.ended(!items.is_empty(), pending.is_empty()).await?;
            found.extend(items);
        }
        Ok(found)
    }

    /// Some fields of several items as they were a moment ago, in no order.
    pub(crate) async fn glance<T: DeserializeOwned>(&self, keys: &[Key], fields: &str) -> Result<Vec<T>> {
        let wanted = KeysAndAttributes::builder()
            .set_keys(Some(keys.iter().map(attributes_of).collect()))
            .projection_expression(fields)
            .build()
            .map_err(|error| StoreError::Unavailable { operation: "BatchGetItem", source: error.into() })?;
        self.read_batch(wanted).await?.into_iter().map(decode).collect()
    }

    /// One page of a query.
    pub(crate) async fn query<T: DeserializeOwned>(&self, query: Query) -> Result<Page<T>> {
        let page = self.query_raw(query).await?;
        Ok(Page { items: page.items.into_iter().map(decode).collect::<Result<_>>()?, next: page.next })
    }

    /// One page of a query, as it is stored.
    pub(crate) async fn query_raw(&self, query: Query) -> Result<Page<Attributes>> {
        let sort = if query.index { "gsi1sk" } else { "sk" };
        let wanted = query.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(0));
        let Some(range) = query.range() else { return Ok(Page { items: Vec::new(), next: None }) };
        let mut items = Vec::new();
        let mut start = None;
        let mut last = None;
        loop {
            let request = self.request(&query, range.clone()).set_exclusive_start_key(start);
            let answer = self.patiently(|| request.clone().send()).await;
            let answer = answer.map_err(|error| unavailable("Query", error))?;
            let more = answer.last_evaluated_key;
            let mut cut = false;
            for item in answer.items.unwrap_or_default() {
                if items.len() == wanted {
                    cut = true;
                    break;
                }
                last = item.get(sort).and_then(|value| value.as_s().ok()).cloned();
                if !self.is_expired(&item) {
                    items.push(item);
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

    /// Replaces a value that must be at the version that was read, and counts the write. Where it failed, the value is as
    /// it was.
    pub(crate) async fn replace<T: Versioned>(
        &self,
        value: &mut T,
        item: impl FnOnce(&T) -> Result<Item>,
    ) -> Result<()> {
        let (item, expected) = counted(value, item)?;
        let (condition, values) = version_is(expected);
        let written = self.put_if(item, Some(condition), values).await;
        if written.is_err() {
            value.set_version(expected);
        }
        written
    }

    /// Like [`Store::replace`], and makes the item if it never was one.
    pub(crate) async fn upsert<T: Versioned>(
        &self,
        value: &mut T,
        item: impl FnOnce(&T) -> Result<Item>,
    ) -> Result<()> {
        if value.version() > 0 {
            return self.replace(value, item).await;
        }
        let (item, expected) = counted(value, item)?;
        let written = self.create(item).await;
        if written.is_err() {
            value.set_version(expected);
        }
        written
    }

    /// Writes an item, whatever was there.
    pub(crate) async fn put(&self, item: Item) -> Result<()> {
        self.put_if(item, None, Attributes::new()).await
    }

    async fn put_if(&self, item: Item, condition: Option<String>, values: Attributes) -> Result<()> {
        let request = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item.attributes))
            .set_condition_expression(condition)
            .set_expression_attribute_values(Some(values).filter(|values| !values.is_empty()));
        let written = self.patiently(|| request.clone().send()).await;
        written.map_err(|error| match error.as_service_error() {
            Some(service) if service.is_conditional_check_failed_exception() => StoreError::Conflict,
            _ => unavailable("PutItem", error),
        })?;
        Ok(())
    }

    /// Deletes an item, if it is there.
    pub(crate) async fn delete(&self, key: &Key) -> Result<()> {
        let request = self.client.delete_item().table_name(&self.table).set_key(Some(attributes_of(key)));
        let deleted = self.patiently(|| request.clone().send()).await;
        deleted.map_err(|error| unavailable("DeleteItem", error))?;
        Ok(())
    }

    /// Changes an item in place, by a request that names the rest. The inner error is a condition that did not hold, with
    /// the item as it is if the request asks for it.
    pub(crate) async fn update(
        &self,
        key: &Key,
        change: impl FnOnce(UpdateItemFluentBuilder) -> UpdateItemFluentBuilder,
    ) -> Result<Result<Attributes, Attributes>> {
        let request = self.client.update_item().table_name(&self.table).set_key(Some(attributes_of(key)));
        let request = change(request);
        match self.patiently(|| request.clone().send()).await {
            Ok(answer) => Ok(Ok(answer.attributes.unwrap_or_default())),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                    Ok(Err(failed.item.clone().unwrap_or_default()))
                }
                _ => Err(unavailable("UpdateItem", error)),
            },
        }
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
            let mut rounds = Rounds::new(self, "BatchWriteItem");
            while !pending.is_empty() {
                let before = pending.values().map(Vec::len).sum::<usize>();
                let request = self.client.batch_write_item().set_request_items(Some(pending));
                let answer = self.patiently(|| request.clone().send()).await;
                pending =
                    answer.map_err(|error| unavailable("BatchWriteItem", error))?.unprocessed_items.unwrap_or_default();
                let after = pending.values().map(Vec::len).sum::<usize>();
                rounds.ended(after < before, after == 0).await?;
            }
        }
        Ok(())
    }

    fn is_expired(&self, item: &Attributes) -> bool {
        let ttl = item.get("ttl").and_then(|value| value.as_n().ok()).and_then(|text| text.parse::<i64>().ok());
        ttl.is_some_and(|ttl| ttl <= self.clock.now().as_second())
    }
}

/// Rounds of a batch of which the database leaves some undone: with pauses between them that grow while nothing is done,
/// and an end.
struct Rounds<'a> {
    store: &'a Store,
    operation: &'static str,
    /// In a row that did nothing.
    idle: u32,
    paused: u32,
}

impl<'a> Rounds<'a> {
    fn new(store: &'a Store, operation: &'static str) -> Self {
        Self { store, operation, idle: 0, paused: 0 }
    }

    /// A round ended. Waits before the next one, if there is one.
    async fn ended(&mut self, did_some: bool, did_all: bool) -> Result<()> {
        if did_all {
            return Ok(());
        }
        self.idle = if did_some { 0 } else { self.idle + 1 };
        if self.idle >= CALLS {
            let source = "it leaves everything undone".into();
            return Err(StoreError::Unavailable { operation: self.operation, source });
        }
        self.paused += 1;
        self.store.pause(self.paused).await;
        Ok(())
    }
}

/// Counts a write of a value: its item as it will be, and the version that it replaces.
pub(crate) fn counted<T: Versioned>(value: &mut T, item: impl FnOnce(&T) -> Result<Item>) -> Result<(Item, u64)> {
    let expected = value.version();
    value.set_version(expected + 1);
    match item(value).and_then(|item| watch::replaces(&item, expected).map(|()| item)) {
        Ok(item) => Ok((item, expected)),
        Err(error) => {
            value.set_version(expected);
            Err(error)
        }
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
    watch::read(&item);
    let what = item.get("sk").and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
    serde_dynamo::from_item(item).map_err(|error| StoreError::Corrupt { what, source: error.into() })
}

pub(crate) fn unavailable<E, R>(operation: &'static str, error: SdkError<E, R>) -> StoreError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    if error.code() == Some("AccessDeniedException") || grants::is_refusal(&error) {
        return StoreError::NotGranted { operation, source: error.into() };
    }
    let is_permanent = match &error {
        SdkError::ServiceError(service) => PERMANENT.contains(&service.err().code().unwrap_or_default()),
        SdkError::ConstructionFailure(_) => true,
        _ => false,
    };
    match is_permanent {
        true => StoreError::Refused { operation, source: error.into() },
        false => StoreError::Unavailable { operation, source: error.into() },
    }
}

/// Errors of DynamoDB that the same call meets again: an item over 400 KB, a key over 1 KB, over 100 writes, a partition
/// that is full.
const PERMANENT: &[&str] = &["ValidationException", "ItemCollectionSizeLimitExceededException"];
/// The same among the reasons for which a transaction was cancelled.
pub(crate) const PERMANENT_REASONS: &[&str] = &["ValidationError", "ItemCollectionSizeLimitExceeded"];

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
