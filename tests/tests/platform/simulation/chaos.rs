//! What may become of every call of the database: another task gets its turn, the database does not answer as one likes, the
//! process dies.

use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use platform_store::embedded::between::{Between, Judging, Verdict};
use platform_store::embedded::faults::Fault;
use platform_tests::SeededEntropy;
use serde_json::Value;
use tokio::sync::Notify;

tokio::task_local! {
    static TASK: Arc<Task>;
}

/// One job or request under way.
#[derive(Default)]
pub(super) struct Task {
    dies: Notify,
    is_hurt: AtomicBool,
}

impl Task {
    /// Whether something went wrong on its way that is not its own fault.
    pub(super) fn is_hurt(&self) -> bool {
        self.is_hurt.load(Ordering::SeqCst)
    }

    /// Does work whose calls may go wrong. `None` if it died over one of them.
    pub(super) async fn run<T>(self: &Arc<Self>, work: impl Future<Output = T>) -> Option<T> {
        let dies = self.clone();
        tokio::select! {
            biased;
            done = TASK.scope(self.clone(), work) => Some(done),
            () = dies.dies.notified() => None,
        }
    }
}

/// A mistake that is planted to see whether the simulation notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Planted {
    /// Where a rule stands is written whatever another evaluation wrote meanwhile.
    NoCondition,
    /// The rules of all tenants lie in one partition.
    NoTenant,
}

/// Decides, by a seed.
pub(super) struct Chaos {
    dice: SeededEntropy,
    /// Of ten thousand calls so many go wrong.
    rate: AtomicU64,
    planted: Mutex<Option<Planted>>,
}

impl Default for Chaos {
    fn default() -> Self {
        Self { dice: SeededEntropy::new(0), rate: AtomicU64::new(0), planted: Mutex::new(None) }
    }
}

impl Chaos {
    /// Nothing goes wrong from now on.
    pub(super) fn calm(&self) {
        self.begin(0, None);
    }

    /// Begins anew, with dice of this seed.
    pub(super) fn begin(&self, seed: u64, planted: Option<Planted>) {
        self.dice.reseed(seed ^ 0xc4a0_5000);
        self.set_rate(0);
        *self.planted.lock().unwrap() = planted;
    }

    /// Of ten thousand calls so many go wrong from now on.
    pub(super) fn set_rate(&self, rate: u64) {
        self.rate.store(rate, Ordering::SeqCst);
    }

    fn choose(&self, operation: &str) -> Verdict {
        let reads = matches!(operation, "GetItem" | "BatchGetItem" | "Query");
        if self.dice.below(10_000) >= self.rate.load(Ordering::SeqCst) {
            return Verdict::Carry;
        }
        match self.dice.below(5) {
            0 => Verdict::Fail(Fault::Throttled),
            1 if !reads => Verdict::Fail(Fault::Conflict),
            1 | 2 => Verdict::LoseAnswer,
            3 if !reads => Verdict::CarryAndDie,
            _ => Verdict::Die,
        }
    }
}

impl Between for Chaos {
    fn judge<'a>(&'a self, operation: &'a str, request: &'a mut Value) -> Judging<'a> {
        let planted = *self.planted.lock().unwrap();
        match planted {
            Some(Planted::NoCondition) => drop_condition(request),
            Some(Planted::NoTenant) => drop_tenant(request),
            None => {}
        }
        // What the simulation itself looks at goes well.
        let Ok(task) = TASK.try_with(Arc::clone) else { return Box::pin(std::future::ready(Verdict::Carry)) };
        Box::pin(async move {
            for _ in 0..self.dice.below(4) {
                tokio::task::yield_now().await;
            }
            let verdict = self.choose(operation);
            if verdict != Verdict::Carry {
                task.is_hurt.store(true, Ordering::SeqCst);
            }
            if matches!(verdict, Verdict::Die | Verdict::CarryAndDie) {
                task.dies.notify_one();
            }
            verdict
        })
    }
}

/// Takes the conditions from writes of where a rule stands.
fn drop_condition(request: &mut Value) {
    let strip = |write: &mut Value| {
        let key = write.get("Key").or(write.get("Item"));
        let is_state = key.is_some_and(|key| key["sk"]["S"].as_str().is_some_and(|sort| sort.starts_with("STATE#")));
        if let Some(fields) = write.as_object_mut().filter(|_| is_state) {
            fields.remove("ConditionExpression");
            fields.remove("ExpressionAttributeValues");
        }
    };
    for write in request["TransactItems"].as_array_mut().into_iter().flatten() {
        write.as_object_mut().into_iter().flatten().for_each(|(_, write)| strip(write));
    }
    if request.get("Item").is_some() {
        strip(request);
    }
}

/// Takes the tenant from the keys of rules.
fn drop_tenant(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let text = |value: &Value| value.as_object().and_then(|one| one.get("S")?.as_str().map(str::to_owned));
            let is_of_rules = fields.values().filter_map(text).any(|text| text.starts_with("RULE"));
            for value in fields.values_mut() {
                let is_tenant = text(value).is_some_and(|text| text.starts_with("TENANT#") && !text[7..].contains('#'));
                if is_of_rules && is_tenant {
                    value["S"] = "TENANT#00000000-0000-0000-0000-000000000000".into();
                } else {
                    drop_tenant(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(drop_tenant),
        _ => {}
    }
}
