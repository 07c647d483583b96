//! Queues, and the change feed, that wait until the test lets them run.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform_core::clock::Clock;
use platform_runtime::queue::{Future, Message, Queue, QueueError, Queues};
use platform_store::feed::{Change, Changes};

use crate::clock::TestClock;

/// Tries before a message is given up as dead, as the queues of `template.yaml` have it.
pub const TRIES: u32 = 5;

/// A message and how often it was tried.
#[derive(Debug, Clone)]
pub struct Queued {
    /// The message.
    pub message: Message,
    /// How often it was tried before.
    pub tries: u32,
}

#[derive(Debug, Default)]
struct Waiting {
    /// By the time they may be taken, then in the order they came.
    messages: BTreeMap<(Timestamp, u64), Queued>,
    number: u64,
    changes: Option<Changes>,
    dead: Vec<Message>,
    failures: Vec<String>,
    ever: Vec<Message>,
    durable: bool,
    held: Option<Queue>,
    stalled: bool,
}

/// Every queue of the platform in one, in a fixed order.
#[derive(Debug, Clone)]
pub struct TestQueues {
    clock: TestClock,
    waiting: Arc<Mutex<Waiting>>,
}

impl TestQueues {
    pub(crate) fn new(clock: TestClock, changes: Changes) -> Self {
        let waiting = Waiting { changes: Some(changes), ..Waiting::default() };
        Self { clock, waiting: Arc::new(Mutex::new(waiting)) }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on these outlive the process, as SQS does: what is in them is not put there again.
    pub fn outlive_the_process(&self) {
        self.lock().durable = true;
    }

    /// Nobody takes from this queue until [`TestQueues::release`].
    pub fn hold(&self, queue: Queue) {
        self.lock().held = Some(queue);
    }

    /// Nothing is told of what is written, as when the table's stream stalls, until [`TestQueues::resume`].
    pub fn stall(&self) {
        self.lock().stalled = true;
    }

    /// What was written meanwhile is told, in its order.
    pub fn resume(&self) {
        self.lock().stalled = false;
    }

    /// Every queue is served again.
    pub fn release(&self) {
        self.lock().held = None;
    }

    /// Puts a message in, as often as one likes: queues deliver at least once.
    pub fn put(&self, message: Message) {
        self.put_after(Queued { message, tries: 0 }, SignedDuration::ZERO);
    }

    /// Puts a message in, to be taken after a while.
    pub fn put_after(&self, queued: Queued, delay: SignedDuration) {
        let at = self.clock.now() + delay;
        let mut waiting = self.lock();
        waiting.number += 1;
        let place = (at, waiting.number);
        waiting.ever.push(queued.message.clone());
        waiting.messages.insert(place, queued);
    }

    pub(crate) fn take_due(&self) -> Option<Queued> {
        let now = self.clock.now();
        let mut waiting = self.lock();
        let held = waiting.held;
        let is_free = |queued: &Queued| Some(queued.message.queue()) != held;
        let first = waiting.messages.iter().find(|(place, queued)| place.0 <= now && is_free(queued));
        let place = *first?.0;
        waiting.messages.remove(&place)
    }

    /// Takes one of those that are due, in whatever order: `which` says which of so many.
    pub fn take_any(&self, which: impl FnOnce(usize) -> usize) -> Option<Queued> {
        let now = self.clock.now();
        let mut waiting = self.lock();
        let due: Vec<_> = waiting.messages.range(..=(now, u64::MAX)).map(|(place, _)| *place).collect();
        let place = due.get(which(due.len()))?;
        waiting.messages.remove(place)
    }

    /// The next change that was told.
    pub fn take_change(&self) -> Option<Change> {
        let mut waiting = self.lock();
        let is_flowing = !waiting.stalled;
        let told = waiting.changes.as_mut().filter(|_| is_flowing)?.try_next()?;
        Some(told.expect("a test lets jobs run before it wrote more than the feed has room for"))
    }

    pub(crate) fn note_failure(&self, error: String) {
        self.lock().failures.push(error);
    }

    /// Gives a message up.
    pub fn bury(&self, message: Message) {
        self.lock().dead.push(message);
    }

    /// Forgets what waits, as the local host's queues do when the process dies, and as a stream that stalls does for a
    /// while.
    pub fn lose(&self) {
        let mut waiting = self.lock();
        waiting.messages.clear();
        while waiting.changes.as_mut().and_then(Changes::try_next).is_some() {}
    }

    /// As when nothing was ever put in.
    pub fn forget(&self) {
        self.lose();
        let mut waiting = self.lock();
        (waiting.dead, waiting.failures, waiting.ever) = (Vec::new(), Vec::new(), Vec::new());
    }

    /// Every message that was ever put in.
    pub fn ever(&self) -> Vec<Message> {
        self.lock().ever.clone()
    }

    /// Messages that were given up.
    pub fn dead_letters(&self) -> Vec<Message> {
        self.lock().dead.clone()
    }

    /// Tries that failed since the last time this was asked.
    pub fn take_failures(&self) -> Vec<String> {
        std::mem::take(&mut self.lock().failures)
    }
}

impl Queues for TestQueues {
    fn is_durable(&self) -> bool {
        self.lock().durable
    }

    fn send_after(&self, messages: Vec<Message>, delay: SignedDuration) -> Future<'_, Result<(), QueueError>> {
        Box::pin(async move {
            for message in messages {
                self.put_after(Queued { message, tries: 0 }, delay);
            }
            Ok(())
        })
    }
}
