//! Transactions: all writes or none.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};

use jiff::Timestamp;
use platform_core::version::Versioned;

use crate::keys::Key;
use crate::operations::{Attributes, Item, PERMANENT_REASONS, attributes_of, counted, unavailable, version_is};
use crate::retry::{CALLS, passes};
use crate::{Result, Store, StoreError, idempotency, watch};

/// Writes that happen together. DynamoDB carries out at most 100 at once.
#[derive(Debug)]
pub struct Transaction<'a> {
    store: &'a Store,
    writes: Vec<TransactWriteItem>,
}

impl<'a> Transaction<'a> {
    pub(crate) fn new(store: &'a Store) -> Self {
        Self { store, writes: Vec::new() }
    }

    /// The time by the store's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.store.clock.now()
    }

    /// An item that must not exist yet.
    pub(crate) fn create(&mut self, item: Item) {
        self.put_if(item, Some(("attribute_not_exists(pk)".to_owned(), Attributes::new())));
    }

    /// A value that must be at the version that was read. It counts the write: from here on the value is as it will be
    /// once the transaction is carried out, and good for nothing if it is not.
    pub(crate) fn replace<T: Versioned>(&mut self, value: &mut T, item: impl FnOnce(&T) -> Result<Item>) -> Result<()> {
        let (item, expected) = counted(value, item)?;
        self.put_if(item, Some(version_is(expected)));
        Ok(())
    }

    /// Like [`Transaction::replace`], and makes the item if it never was one.
    pub(crate) fn upsert<T: Versioned>(&mut self, value: &mut T, item: impl FnOnce(&T) -> Result<Item>) -> Result<()> {
        if value.version() > 0 {
            return self.replace(value, item);
        }
        let (item, _) = counted(value, item)?;
        self.create(item);
        Ok(())
    }

    /// An item, whatever was there.
    pub(crate) fn put(&mut self, item: Item) {
        self.put_if(item, None);
    }

    /// An item that is to go.
    pub(crate) fn delete(&mut self, key: &Key) {
        let delete = Delete::builder().table_name(&self.store.table).set_key(Some(attributes_of(key))).build();
        self.writes.push(TransactWriteItem::builder().delete(delete.expect("table and key are set")).build());
    }

    /// An item that must be there and go.
    pub(crate) fn take(&mut self, key: &Key) {
        if let Some(required) = watch::required_of(key) {
            return self.take_at(key, required);
        }
        let delete = Delete::builder()
            .table_name(&self.store.table)
            .set_key(Some(attributes_of(key)))
            .condition_expression("attribute_exists(pk)")
            .build();
        self.writes.push(TransactWriteItem::builder().delete(delete.expect("table and key are set")).build());
    }

    /// An item that must be at this version and go.
    pub(crate) fn take_at(&mut self, key: &Key, expected: u64) {
        self.take_exactly(key, watch::required_of(key).unwrap_or(expected));
    }

    /// The same, whatever version the request names.
    pub(crate) fn take_exactly(&mut self, key: &Key, expected: u64) {
        let (condition, values) = version_is(expected);
        let delete = Delete::builder()
            .table_name(&self.store.table)
            .set_key(Some(attributes_of(key)))
            .condition_expression(condition)
            .set_expression_attribute_values(Some(values))
            .build();
        self.writes.push(TransactWriteItem::builder().delete(delete.expect("table and key are set")).build());
    }

    /// Adds to numbers of an item, which is made if it is not there. `expires` is when that item does.
    pub(crate) fn add(&mut self, key: &Key, numbers: &[(String, i64)], expires: Option<Timestamp>) {
        let mut update = Update::builder().table_name(&self.store.table).set_key(Some(attributes_of(key)));
        let mut terms = Vec::new();
        for (place, (name, by)) in numbers.iter().enumerate() {
            terms.push(format!("#n{place} :n{place}"));
            update = update.expression_attribute_names(format!("#n{place}"), name);
            update = update.expression_attribute_values(format!(":n{place}"), AttributeValue::N(by.to_string()));
        }
        let mut expression = format!("ADD {}", terms.join(", "));
        if let Some(at) = expires {
            expression = format!("SET #ttl = :ttl {expression}");
            update = update.expression_attribute_names("#ttl", "ttl");
            update = update.expression_attribute_values(":ttl", AttributeValue::N(at.as_second().to_string()));
        }
        let update = update.update_expression(expression).build().expect("table, key and expression are set");
        self.writes.push(TransactWriteItem::builder().update(update).build());
    }

    /// Changes an item where it is, if a condition holds. `names` are attributes that are named by a mark in front.
    pub(crate) fn update(&mut self, key: &Key, expression: &str, condition: &str, names: &[&str], values: Attributes) {
        let names = names.iter().map(|name| (format!("#{name}"), (*name).to_owned())).collect();
        let update = Update::builder()
            .table_name(&self.store.table)
            .set_key(Some(attributes_of(key)))
            .update_expression(expression)
            .condition_expression(condition)
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(values));
        let update = update.build().expect("table, key and expression are set");
        self.writes.push(TransactWriteItem::builder().update(update).build());
    }

    /// An item that must be at this version for the rest to happen.
    pub(crate) fn require_at(&mut self, key: &Key, expected: u64) {
        let (condition, values) = version_is(expected);
        let check = ConditionCheck::builder()
            .table_name(&self.store.table)
            .set_key(Some(attributes_of(key)))
            .condition_expression(condition)
            .set_expression_attribute_values(Some(values))
            .build();
        self.writes.push(TransactWriteItem::builder().condition_check(check.expect("all is set")).build());
    }

    /// An item that must exist for the rest to happen.
    pub(crate) fn require(&mut self, key: &Key) {
        let check = ConditionCheck::builder()
            .table_name(&self.store.table)
            .set_key(Some(attributes_of(key)))
            .condition_expression("attribute_exists(pk)")
            .build();
        self.writes.push(TransactWriteItem::builder().condition_check(check.expect("all is set")).build());
    }

    pub(crate) fn put_if(&mut self, item: Item, condition: Option<(String, Attributes)>) {
        let mut put = Put::builder().table_name(&self.store.table).set_item(Some(item.attributes));
        if let Some((expression, values)) = condition {
            put = put.condition_expression(expression);
            put = put.set_expression_attribute_values(Some(values).filter(|values| !values.is_empty()));
        }
        self.writes.push(TransactWriteItem::builder().put(put.build().expect("table and item are set")).build());
    }

    /// Carries it out. [`StoreError::Conflict`] when a condition did not hold, and then nothing was written.
    pub async fn commit(mut self) -> Result<()> {
        let mark = watch::mark();
        if let Some((key, record, expected)) = &mark {
            self.put_if(idempotency::item(key, record)?, Some(version_is(*expected)));
        }
        for attempt in 1.. {
            let request = self.store.client.transact_write_items().set_transact_items(Some(self.writes.clone()));
            let answer = self.store.patiently(|| request.clone().send()).await;
            let Err(error) = answer else {
                if mark.is_some() {
                    watch::marked();
                }
                return Ok(());
            };
            let reasons: Vec<&str> = match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
                    canceled.cancellation_reasons().iter().filter_map(|reason| reason.code()).collect()
                }
                _ => Vec::new(),
            };
            if reasons.contains(&"ConditionalCheckFailed") {
                return Err(StoreError::Conflict);
            }
            // Another write held one of the items just then; nothing was written, so the same again is right.
            if !reasons.is_empty() && reasons.iter().all(|reason| passes(reason)) && attempt < CALLS {
                self.store.pause(attempt).await;
                continue;
            }
            if reasons.iter().any(|reason| PERMANENT_REASONS.contains(reason)) {
                return Err(StoreError::Refused { operation: "TransactWriteItems", source: error.into() });
            }
            return Err(unavailable("TransactWriteItems", error));
        }
        unreachable!("the loop returns")
    }
}
