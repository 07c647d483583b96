//! A test between the client and the database: it sees every call before it is carried out, and says what becomes of it.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use super::faults::Fault;

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is carried out.
    Carry,
    /// It is not, and answered by a fault.
    Fail(Fault),
    /// It is carried out, and the answer gets lost.
    LoseAnswer,
    /// It is neither carried out nor answered, as where the process died.
    Die,
    /// It is carried out, and the process dies before it hears of it.
    CarryAndDie,
}

/// A verdict that may take a while.
pub type Judging<'a> = Pin<Box<dyn Future<Output = Verdict> + Send + 'a>>;

/// Whoever is between the client and the database.
pub trait Between: Send + Sync {
    /// What becomes of a call. It may change the call, too: whoever looks for mistakes plants some.
    fn judge<'a>(&'a self, operation: &'a str, request: &'a mut Value) -> Judging<'a>;
}

/// Nobody, or whoever was put there once.
#[derive(Default)]
pub(super) struct Place(OnceLock<Arc<dyn Between>>);

impl Place {
    pub(super) fn put(&self, between: Arc<dyn Between>) {
        assert!(self.0.set(between).is_ok(), "one test puts itself between client and database once");
    }

    pub(super) fn taken(&self) -> Option<&Arc<dyn Between>> {
        self.0.get()
    }
}
