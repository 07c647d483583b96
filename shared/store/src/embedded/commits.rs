//! What was committed, told to the change feed.
//!
//! The database does not say what a write changed, so every write is held between two looks at the items it names. Writes
//! wait for each other anyway, since SQLite has one writer; with the lock here they also are told in the order in which
//! they were committed. Reads do not wait.

use std::sync::{Mutex, PoisonError};

use dynoxide::DynoxideError;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Embedded, TABLE};
use crate::feed::{Change, Feed, How, ROOM};
use crate::keys::Key;

/// Rows that are looked through at once for what expired. Others have their turn between.
const SWEPT_AT_ONCE: usize = 100;

/// The feed, and the number of the last change.
pub(super) struct Commits {
    feed: Feed,
    last: Mutex<u64>,
}

impl Default for Commits {
    fn default() -> Self {
        Self::with_room(ROOM)
    }
}

impl Commits {
    pub(super) fn with_room(room: usize) -> Self {
        Self { feed: Feed::new(room), last: Mutex::default() }
    }

    pub(super) fn feed(&self) -> &Feed {
        &self.feed
    }
}

/// One item that a request writes.
struct Write<'a> {
    table: &'a Value,
    key: Key,
    /// As it will be, where the request says it in full; null where it will be gone. `None` where only the database knows.
    after: Option<&'a Value>,
}

impl<'a> Write<'a> {
    fn put(table: &'a Value, item: &'a Value) -> Option<Self> {
        Some(Self { table, key: key_of(item)?, after: Some(item) })
    }

    fn delete(table: &'a Value, key: &Value) -> Option<Self> {
        Some(Self { table, key: key_of(key)?, after: Some(&Value::Null) })
    }

    fn update(table: &'a Value, key: &Value) -> Option<Self> {
        Some(Self { table, key: key_of(key)?, after: None })
    }
}

fn key_of(attributes: &Value) -> Option<Key> {
    let text = |name: &str| attributes[name]["S"].as_str().map(str::to_owned);
    Some(Key { pk: text("pk")?, sk: text("sk")? })
}

/// The items that a request writes, in its order.
fn writes<'a>(operation: &str, request: &'a Value, tables: &'a [Value]) -> Vec<Write<'a>> {
    let table = &request["TableName"];
    let of = |write: Option<Write<'a>>| write.into_iter().collect();
    match operation {
        "PutItem" => of(Write::put(table, &request["Item"])),
        "UpdateItem" => of(Write::update(table, &request["Key"])),
        "DeleteItem" => of(Write::delete(table, &request["Key"])),
        "BatchWriteItem" => {
            let named = tables.iter().flat_map(|table| {
                let batch = request["RequestItems"][table.as_str().unwrap_or_default()].as_array();
                batch.into_iter().flatten().map(move |write| (table, write))
            });
            named
                .filter_map(|(table, write)| match &write["PutRequest"]["Item"] {
                    Value::Null => Write::delete(table, &write["DeleteRequest"]["Key"]),
                    item => Write::put(table, item),
                })
                .collect()
        }
        "TransactWriteItems" => {
            let written = |write: &'a Value| {
                let (put, update, delete) = (&write["Put"], &write["Update"], &write["Delete"]);
                Write::put(&put["TableName"], &put["Item"])
                    .or_else(|| Write::update(&update["TableName"], &update["Key"]))
                    .or_else(|| Write::delete(&delete["TableName"], &delete["Key"]))
            };
            request["TransactItems"].as_array().into_iter().flatten().filter_map(written).collect()
        }
        _ => Vec::new(),
    }
}

/// The tables that a batch writes to.
fn tables(request: &Value) -> Vec<Value> {
    request["RequestItems"].as_object().into_iter().flat_map(|tables| tables.keys()).map(|name| json!(name)).collect()
}

/// What became of an item. A write that changes nothing is told on neither host.
fn difference(before: Option<&Value>, after: Option<&Value>) -> Option<How> {
    match (before, after) {
        (None, Some(_)) => Some(How::Created),
        (Some(_), None) => Some(How::Deleted),
        (Some(before), Some(after)) if before != after => Some(How::Replaced),
        _ => None,
    }
}

impl Embedded {
    /// Carries out an operation. What it changed is told once it is committed.
    pub(super) fn commit(&self, operation: &str, request: &Value) -> Result<Value, DynoxideError> {
        let tables = tables(request);
        let writes = writes(operation, request, &tables);
        let feed = self.commits.feed();
        if writes.is_empty() || !feed.is_heard() {
            return self.dispatch(operation, request);
        }
        let mut last = self.commits.last.lock().unwrap_or_else(PoisonError::into_inner);
        let before = writes.iter().map(|write| self.look(write)).collect::<Result<Vec<_>, _>>()?;
        let answer = self.dispatch(operation, request);
        for (write, before) in writes.iter().zip(before) {
            let looked;
            let after = match write.after {
                // A batch that fails may have written a part of it.
                Some(after) if answer.is_ok() => Some(after).filter(|after| !after.is_null()),
                _ => {
                    looked = self.look(write).unwrap_or_else(|error| {
                        tracing::error!(%error, "what was written cannot be read: told as if it were replaced");
                        Some(Value::Null)
                    });
                    looked.as_ref()
                }
            };
            let Some(how) = difference(before.as_ref(), after) else { continue };
            *last += 1;
            match Change::of(&write.key, how, after, (*last).into()) {
                Ok(change) => feed.tell(change),
                Err(error) => tracing::error!(%error, "a change is told to nobody"),
            }
        }
        answer
    }

    /// An item as it is stored.
    fn look(&self, write: &Write<'_>) -> Result<Option<Value>, DynoxideError> {
        let key = json!({ "pk": { "S": write.key.pk }, "sk": { "S": write.key.sk } });
        let request = json!({ "TableName": write.table, "Key": key, "ConsistentRead": true });
        let mut answer = self.dispatch("GetItem", &request)?;
        Ok(answer.get_mut("Item").map(Value::take).filter(|item| !item.is_null()))
    }

    /// Deletes what expired, and tells of it like of any deletion. AWS does so by itself. Returns how much it was.
    pub async fn sweep_expired(&self, now: Timestamp) -> Result<usize, DynoxideError> {
        let (mut swept, mut start) = (0, Value::Null);
        loop {
            let this = self.clone();
            // A call for each page: whoever waits for the database has a turn between.
            let page = tokio::task::spawn_blocking(move || this.sweep_page(now, start)).await;
            let (deleted, next) = page.map_err(|panic| DynoxideError::InternalServerError(panic.to_string()))??;
            swept += deleted;
            start = next;
            if start.is_null() {
                return Ok(swept);
            }
        }
    }

    fn sweep_page(&self, now: Timestamp, start: Value) -> Result<(usize, Value), DynoxideError> {
        let names = json!({ "#ttl": "ttl" });
        let values = json!({ ":now": { "N": now.as_second().to_string() } });
        let expired = "#ttl < :now";
        let mut request = json!({
            "TableName": TABLE, "Limit": SWEPT_AT_ONCE, "ProjectionExpression": "pk, sk", "FilterExpression": expired,
            "ExpressionAttributeNames": names, "ExpressionAttributeValues": values,
        });
        if !start.is_null() {
            request["ExclusiveStartKey"] = start;
        }
        let mut page = self.scan(&request)?;
        let mut deleted = 0;
        for key in page["Items"].as_array().into_iter().flatten() {
            let request = json!({
                "TableName": TABLE, "Key": key, "ConditionExpression": expired,
                "ExpressionAttributeNames": names, "ExpressionAttributeValues": values,
            });
            match self.commit("DeleteItem", &request) {
                Ok(_) => deleted += 1,
                // Somebody wrote it again meanwhile.
                Err(DynoxideError::ConditionalCheckFailedException(..)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok((deleted, page["LastEvaluatedKey"].take()))
    }
}
