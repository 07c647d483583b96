//! What DynamoDB answers when it cannot, on purpose: for tests of who has to live with it. The embedded database itself
//! never conflicts, throttles or leaves anything undone.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// An answer that no operation likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A transaction holds the item just then.
    Conflict,
    /// Somebody else wrote the item since it was read.
    Overtaken,
    /// Too many calls at once.
    Throttled,
    /// A batch comes back undone.
    Unprocessed,
    /// The item is larger than the database takes. Permanent.
    Oversized,
}

/// Faults that wait for their operation.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Planned>>);

#[derive(Debug)]
struct Planned {
    operation: &'static str,
    after: u64,
    left: u64,
    fault: Fault,
}

impl Faults {
    /// The next so many calls of an operation, such as `PutItem`, are answered by a fault.
    pub fn next(&self, operation: &'static str, count: u64, fault: Fault) {
        self.after(0, operation, count, fault);
    }

    /// Like [`Faults::next`], after so many calls of it that are carried out.
    pub fn after(&self, after: u64, operation: &'static str, count: u64, fault: Fault) {
        self.lock().push(Planned { operation, after, left: count, fault });
    }

    /// None any more. Returns how many did not come.
    pub fn clear(&self) -> u64 {
        self.lock().drain(..).map(|planned| planned.left).sum()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Planned>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer to a call, if it is one that is to fail.
    pub(super) fn answer(&self, operation: &str, request: &Value) -> Option<(u16, String)> {
        let mut planned = self.lock();
        let next = planned.iter_mut().find(|planned| planned.operation == operation && planned.left > 0)?;
        if next.after > 0 {
            next.after -= 1;
            return None;
        }
        next.left -= 1;
        let fault = next.fault;
        planned.retain(|planned| planned.left > 0);
        drop(planned);
        Some(fault.answer(operation, request))
    }
}

impl Fault {
    /// The answer to a call that meets it.
    pub(super) fn answer(self, operation: &str, request: &Value) -> (u16, String) {
        match (self, operation) {
            (Fault::Unprocessed, "BatchGetItem") => {
                (200, json!({ "Responses": {}, "UnprocessedKeys": request["RequestItems"] }).to_string())
            }
            (Fault::Unprocessed, _) => (200, json!({ "UnprocessedItems": request["RequestItems"] }).to_string()),
            (Fault::Conflict, "TransactWriteItems") => canceled(request, "TransactionConflict"),
            (Fault::Overtaken, "TransactWriteItems") => canceled(request, "ConditionalCheckFailed"),
            (Fault::Throttled, "TransactWriteItems") => canceled(request, "ThrottlingError"),
            (Fault::Conflict, _) => refused("TransactionConflictException", "a transaction is ongoing for the item"),
            (Fault::Overtaken, _) => refused("ConditionalCheckFailedException", "The conditional request failed"),
            (Fault::Throttled, _) => refused("ProvisionedThroughputExceededException", "the rate of calls is too high"),
            (Fault::Oversized, _) => refused("ValidationException", "Item size has exceeded the maximum allowed size"),
        }
    }
}

fn refused(kind: &str, message: &str) -> (u16, String) {
    (400, json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{kind}"), "message": message }).to_string())
}

/// A transaction that was given up, for what its first item met.
fn canceled(request: &Value, code: &str) -> (u16, String) {
    let count = request["TransactItems"].as_array().map_or(1, Vec::len);
    let reason = |number| json!({ "Code": if number == 0 { code } else { "None" } });
    let answer = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "message": format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{code}]"),
        "CancellationReasons": (0..count).map(reason).collect::<Vec<_>>(),
    });
    (400, answer.to_string())
}
