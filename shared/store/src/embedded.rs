//! The embedded database: DynamoDB's API on SQLite, in this process, behind the ordinary SDK client.
//!
//! The client's HTTP layer is replaced by a call into the database: no port is open, so nothing else on the machine
//! can read or write it. Three things that AWS gives beside the table are given here: the stream of changes
//! ([`Embedded::changes`]), expiry, and the capacity that each operation consumed.

#[cfg(feature = "testing")]
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use dynoxide::{Database, DynoxideError};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::feed::Changes;

#[cfg(feature = "testing")]
pub mod between;
mod commits;
#[cfg(feature = "testing")]
pub mod faults;
#[cfg(test)]
mod tests;

/// The one table.
const TABLE: &str = "platform";

/// An open database.
#[derive(Clone)]
pub struct Embedded {
    database: Database,
    commits: Arc<commits::Commits>,
    meter: Arc<Meter>,
    fuse: Arc<Fuse>,
    #[cfg(feature = "testing")]
    faults: Arc<faults::Faults>,
    #[cfg(feature = "testing")]
    between: Arc<between::Place>,
}

/// Lets so many more calls through and answers none after that, as if the process had died. For tests of what comes after.
#[derive(Debug)]
pub struct Fuse {
    left: AtomicU64,
    blown: Notify,
}

impl Default for Fuse {
    fn default() -> Self {
        Self { left: AtomicU64::new(u64::MAX), blown: Notify::new() }
    }
}

impl Fuse {
    /// Lets so many more calls through.
    pub fn set(&self, calls: u64) {
        self.left.store(calls, Ordering::SeqCst);
    }

    /// Lets every call through.
    pub fn replace(&self) {
        self.set(u64::MAX);
    }

    /// Waits for the first call that gets no answer.
    pub async fn blown(&self) {
        self.blown.notified().await;
    }

    async fn pass(&self) {
        let used = self.left.try_update(Ordering::SeqCst, Ordering::SeqCst, |left| match left {
            u64::MAX => Some(left),
            _ => left.checked_sub(1),
        });
        if used.is_err() {
            self.blown.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

/// Units consumed so far, as DynamoDB would bill them.
#[derive(Debug, Default)]
pub struct Meter {
    // In half units, the smallest that is billed.
    read: AtomicU64,
    written: AtomicU64,
    calls: AtomicU64,
    // Of one transaction since the last time: DynamoDB takes a hundred.
    most_writes: AtomicU64,
}

impl Meter {
    /// Read units, write units and calls since the last time; starts over.
    pub fn take(&self) -> (f64, f64, u64) {
        let halves = |counter: &AtomicU64| counter.swap(0, Ordering::Relaxed) as f64 / 2.0;
        (halves(&self.read), halves(&self.written), self.calls.swap(0, Ordering::Relaxed))
    }

    /// How many items the largest transaction wrote or looked at since the last time; starts over.
    pub fn take_most_writes(&self) -> u64 {
        self.most_writes.swap(0, Ordering::Relaxed)
    }

    fn look_at(&self, operation: &str, request: &Value) {
        if operation == "TransactWriteItems" {
            let writes = request["TransactItems"].as_array().map_or(0, Vec::len);
            self.most_writes.fetch_max(writes as u64, Ordering::Relaxed);
        }
    }

    fn add(&self, operation: &str, answer: &Value) {
        let capacity = match answer.get("ConsumedCapacity") {
            Some(Value::Array(tables)) => tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum(),
            Some(table) => table["CapacityUnits"].as_f64().unwrap_or(0.0),
            None => 0.0,
        };
        let reads = matches!(operation, "GetItem" | "BatchGetItem" | "Query" | "TransactGetItems");
        let counter = if reads { &self.read } else { &self.written };
        counter.fetch_add((capacity * 2.0).round() as u64, Ordering::Relaxed);
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}

impl Embedded {
    /// Opens or makes a database file.
    pub fn open(path: &Path) -> Result<Self, DynoxideError> {
        let path = path.to_str().ok_or_else(|| DynoxideError::ValidationException("the path is not UTF-8".into()))?;
        Ok(Self::on(Database::new(path)?))
    }

    /// A database that is gone with the process.
    pub fn in_memory() -> Result<Self, DynoxideError> {
        Ok(Self::on(Database::memory()?))
    }

    fn on(database: Database) -> Self {
        Self {
            database,
            commits: Arc::default(),
            meter: Arc::default(),
            fuse: Arc::default(),
            #[cfg(feature = "testing")]
            faults: Arc::default(),
            #[cfg(feature = "testing")]
            between: Arc::default(),
        }
    }

    /// Tells of every change from now on, in the order of the commits. Nothing waits for whoever listens: one that falls
    /// behind by more than [`ROOM`](crate::feed::ROOM) changes is told that it missed some.
    pub fn changes(&self) -> Changes {
        self.commits.feed().subscribe()
    }

    /// The same, whose subscribers may be behind by so many changes. For tests, which let jobs run only now and then.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub fn with_room(mut self, room: usize) -> Self {
        self.commits = Arc::new(commits::Commits::with_room(room));
        self
    }

    /// What was consumed.
    pub fn meter(&self) -> Arc<Meter> {
        self.meter.clone()
    }

    /// Breaks the connection when a test wants it to.
    pub fn fuse(&self) -> Arc<Fuse> {
        self.fuse.clone()
    }

    /// Answers as DynamoDB does when it cannot, where a test wants it to.
    #[cfg(feature = "testing")]
    pub fn faults(&self) -> Arc<faults::Faults> {
        self.faults.clone()
    }

    /// Has a test see every call, and say what becomes of it. Calls are carried out where they are made from then on, so that
    /// their order is the test's.
    #[cfg(feature = "testing")]
    pub fn put_between(&self, between: Arc<dyn between::Between>) {
        self.between.put(between);
    }

    /// Every item, for tests that ask what is left of something. The platform itself never scans.
    pub fn everything(&self) -> Result<Vec<Value>, DynoxideError> {
        let mut items = Vec::new();
        let mut start = Value::Null;
        loop {
            let mut request = json!({ "TableName": TABLE });
            if !start.is_null() {
                request["ExclusiveStartKey"] = start;
            }
            let mut page = self.scan(&request)?;
            items.extend(page["Items"].as_array_mut().map(std::mem::take).unwrap_or_default());
            start = page["LastEvaluatedKey"].take();
            if start.is_null() {
                return Ok(items);
            }
        }
    }

    /// Puts an item as [`Embedded::everything`] shows it, for tests that damage one.
    #[cfg(feature = "testing")]
    pub fn put_raw(&self, item: &Value) -> Result<(), DynoxideError> {
        self.commit("PutItem", &json!({ "TableName": TABLE, "Item": item })).map(drop)
    }

    /// Holds these items and no others from now on, as [`Embedded::everything`] gave them. Nobody is told.
    #[cfg(feature = "testing")]
    pub fn hold(&self, items: &[Value]) -> Result<(), DynoxideError> {
        let place =
            |item: &Value| [&item["pk"]["S"], &item["sk"]["S"]].map(|key| key.as_str().unwrap_or_default().to_owned());
        let mut there: HashMap<_, _> = self.everything()?.into_iter().map(|item| (place(&item), item)).collect();
        // Most is as it was: that is not written again.
        for item in items {
            if there.remove(&place(item)).as_ref() != Some(item) {
                self.dispatch("PutItem", &json!({ "TableName": TABLE, "Item": item }))?;
            }
        }
        for item in there.into_values() {
            let key = json!({ "pk": item["pk"], "sk": item["sk"] });
            self.dispatch("DeleteItem", &json!({ "TableName": TABLE, "Key": key }))?;
        }
        Ok(())
    }

    /// An SDK client that speaks to this database and nothing else.
    pub fn client(&self) -> aws_sdk_dynamodb::Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("local"))
            // Nobody would look at a signature.
            .allow_no_auth()
            .endpoint_url("http://embedded.invalid")
            .http_client(http_client_fn(move |_, _| connector.clone()))
            // What is worth another try is tried again by the store, here as everywhere; nothing else passes by itself.
            .retry_config(RetryConfig::disabled())
            .build();
        aws_sdk_dynamodb::Client::from_conf(config)
    }

    fn run(&self, operation: &str, body: &[u8]) -> (u16, String) {
        #[cfg(feature = "testing")]
        if let Some(answer) = self.faults.answer(operation, &serde_json::from_slice(body).unwrap_or_default()) {
            return answer;
        }
        match serde_json::from_slice(body) {
            Ok(request) => self.carry_out(operation, request),
            Err(error) => refuse(&DynoxideError::SerializationException(error.to_string())),
        }
    }

    fn carry_out(&self, operation: &str, mut request: Value) -> (u16, String) {
        if let Some(fields) = request.as_object_mut() {
            fields.insert("ReturnConsumedCapacity".into(), json!("TOTAL"));
        }
        self.meter.look_at(operation, &request);
        match self.commit(operation, &request) {
            Ok(answer) => {
                self.meter.add(operation, &answer);
                (200, answer.to_string())
            }
            Err(error) => refuse(&error),
        }
    }

    /// A call that a test decides on.
    #[cfg(feature = "testing")]
    async fn judged(&self, between: &dyn between::Between, operation: &str, body: &[u8]) -> Option<(u16, String)> {
        let mut request: Value = serde_json::from_slice(body).unwrap_or_default();
        match between.judge(operation, &mut request).await {
            between::Verdict::Carry => Some(self.carry_out(operation, request)),
            between::Verdict::Fail(fault) => Some(fault.answer(operation, &request)),
            between::Verdict::LoseAnswer => {
                self.carry_out(operation, request);
                None
            }
            between::Verdict::Die => std::future::pending().await,
            between::Verdict::CarryAndDie => {
                self.carry_out(operation, request);
                std::future::pending().await
            }
        }
    }

    /// For what AWS does by itself, and for tests: no client may scan.
    fn scan(&self, request: &Value) -> Result<Value, DynoxideError> {
        let request = Deserialize::deserialize(request)
            .map_err(|error: serde_json::Error| DynoxideError::SerializationException(error.to_string()))?;
        let page = self.database.scan(request)?;
        serde_json::to_value(page).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
    }

    fn dispatch(&self, operation: &str, request: &Value) -> Result<Value, DynoxideError> {
        macro_rules! operations {
            ($($name:literal => $method:ident,)*) => {
                match operation {
                    $($name => {
                        let request = Deserialize::deserialize(request)
                            .map_err(|error: serde_json::Error| DynoxideError::SerializationException(error.to_string()))?;
                        let answer = self.database.$method(request)?;
                        serde_json::to_value(answer).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
                    })*
                    other => Err(DynoxideError::ValidationException(format!("the embedded database has no {other}"))),
                }
            };
        }
        operations! {
            "GetItem" => get_item,
            "BatchGetItem" => batch_get_item,
            "Query" => query,
            "PutItem" => put_item,
            "UpdateItem" => update_item,
            "DeleteItem" => delete_item,
            "BatchWriteItem" => batch_write_item,
            "TransactWriteItems" => transact_write_items,
            "CreateTable" => create_table,
            "DescribeTable" => describe_table,
            "UpdateTimeToLive" => update_time_to_live,
        }
    }
}

impl HttpConnector for Embedded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let this = self.clone();
        HttpConnectorFuture::new(async move {
            let target = request.headers().get("x-amz-target").unwrap_or_default();
            let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
            let body = request.body().bytes().unwrap_or_default().to_vec();
            this.fuse.pass().await;
            #[cfg(feature = "testing")]
            if let Some(between) = this.between.taken() {
                let answer = this.judged(&**between, &operation, &body).await;
                return respond(answer.ok_or_else(|| ConnectorError::timeout("the answer is lost".into()))?);
            }
            // SQLite blocks, for a file's sync to disk above all.
            let answer = tokio::task::spawn_blocking(move || this.run(&operation, &body)).await;
            respond(answer.map_err(|panic| ConnectorError::other(panic.into(), None))?)
        })
    }
}

fn refuse(error: &DynoxideError) -> (u16, String) {
    (error.status_code(), error.to_json())
}

fn respond((status, body): (u16, String)) -> Result<HttpResponse, ConnectorError> {
    let status = status.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))?;
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    Ok(response)
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Embedded")
    }
}
