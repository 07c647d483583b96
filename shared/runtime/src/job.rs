//! Job rows: what runs by schedule, queue or stream, or for a socket.

use std::sync::Arc;

use platform_http::{Host, Needs};
use platform_store::feed::{Change, Interest};

use crate::platform::Platform;
use crate::queue::{Future, Message, Queue};
use crate::sockets::{Arrival, Step, Verdict};

/// Why a job failed. It is logged and tried again by what triggered it.
pub type JobError = Box<dyn std::error::Error + Send + Sync>;
/// The result of a job.
pub type JobResult = Result<(), JobError>;

type Scheduled = Arc<dyn Fn(Platform) -> Future<'static, JobResult> + Send + Sync>;
type PerMessage = Arc<dyn Fn(Platform, Message) -> Future<'static, JobResult> + Send + Sync>;
type PerChange = Arc<dyn Fn(Platform, Change) -> Future<'static, JobResult> + Send + Sync>;

type PerStep = Arc<dyn Fn(Platform, Arrival) -> Future<'static, Result<Verdict, JobError>> + Send + Sync>;

/// What makes a job run.
#[derive(Clone)]
pub enum Trigger {
    /// Every minute.
    Schedule(Scheduled),
    /// Every message of a queue.
    Queue(Queue, PerMessage),
    /// Every change of the table that it is interested in. At least once, and those of one item in their order.
    Change(Interest, PerChange),
    /// A step of a socket's life.
    Socket(Step, PerStep),
}

/// One job: its name, and what makes it run.
#[derive(Clone)]
pub struct Job {
    /// Names the job everywhere: Lambda handler, logs, sample event.
    pub name: &'static str,
    /// What makes it run. What runs is given no more than the row says it needs.
    pub trigger: Trigger,
    /// What it needs.
    pub needs: Needs,
}

impl Job {
    /// Runs every minute.
    pub fn every_minute<F>(name: &'static str, run: fn(Platform) -> F, needs: Needs) -> Self
    where
        F: std::future::Future<Output = JobResult> + Send + 'static,
    {
        let held = needs.clone();
        let run: Scheduled = Arc::new(move |platform| Box::pin(run(platform.held_to(name, &held))));
        Self { name, trigger: Trigger::Schedule(run), needs }
    }

    /// Runs for every message of a queue.
    pub fn on_message<F>(name: &'static str, queue: Queue, run: fn(Platform, Message) -> F, needs: Needs) -> Self
    where
        F: std::future::Future<Output = JobResult> + Send + 'static,
    {
        let held = needs.clone();
        let run: PerMessage = Arc::new(move |platform, message| Box::pin(run(platform.held_to(name, &held), message)));
        Self { name, trigger: Trigger::Queue(queue, run), needs }
    }

    /// Runs for a step of every socket's life.
    pub fn on_step<F>(name: &'static str, step: Step, run: fn(Platform, Arrival) -> F, needs: Needs) -> Self
    where
        F: std::future::Future<Output = Result<Verdict, JobError>> + Send + 'static,
    {
        let held = needs.clone();
        let run: PerStep = Arc::new(move |platform, arrival| Box::pin(run(platform.held_to(name, &held), arrival)));
        Self { name, trigger: Trigger::Socket(step, run), needs }
    }

    /// Runs for every change that it is interested in.
    pub fn on_change<F>(name: &'static str, interest: Interest, run: fn(Platform, Change) -> F, needs: Needs) -> Self
    where
        F: std::future::Future<Output = JobResult> + Send + 'static,
    {
        let held = needs.clone();
        let run: PerChange = Arc::new(move |platform, change| Box::pin(run(platform.held_to(name, &held), change)));
        Self { name, trigger: Trigger::Change(interest, run), needs }
    }
}
