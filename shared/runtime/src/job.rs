//! Job rows: what runs by schedule, queue or stream.

use std::sync::Arc;

use platform_store::keys::Key;

use crate::platform::Platform;
use crate::queue::{Future, Message, Queue};

/// Why a job failed. It is logged and tried again by what triggered it.
pub type JobError = Box<dyn std::error::Error + Send + Sync>;
/// The result of a job.
pub type JobResult = Result<(), JobError>;

type Scheduled = Arc<dyn Fn(Platform) -> Future<'static, JobResult> + Send + Sync>;
type PerMessage = Arc<dyn Fn(Platform, Message) -> Future<'static, JobResult> + Send + Sync>;
type PerKey = Arc<dyn Fn(Platform, Key) -> Future<'static, JobResult> + Send + Sync>;

/// What makes a job run.
#[derive(Clone)]
pub enum Trigger {
    /// Every minute.
    Schedule(Scheduled),
    /// Every message of a queue.
    Queue(Queue, PerMessage),
    /// Every new item of the outbox.
    Outbox(PerKey),
}

/// One job: its name, and what makes it run.
#[derive(Clone)]
pub struct Job {
    /// Names the job everywhere: Lambda handler, logs, sample event.
    pub name: &'static str,
    /// What makes it run.
    pub trigger: Trigger,
}

impl Job {
    /// Runs every minute.
    pub fn every_minute<F>(name: &'static str, run: fn(Platform) -> F) -> Self
    where
        F: std::future::Future<Output = JobResult> + Send + 'static,
    {
        Self { name, trigger: Trigger::Schedule(Arc::new(move |platform| Box::pin(run(platform)))) }
    }

    /// Runs for every message of a queue.
    pub fn on_message<F>(name: &'static str, queue: Queue, run: fn(Platform, Message) -> F) -> Self
    where
        F: std::future::Future<Output = JobResult> + Send + 'static,
    {
        let run: PerMessage = Arc::new(move |platform, message| Box::pin(run(platform, message)));
        Self { name, trigger: Trigger::Queue(queue, run) }
    }

    /// Runs for every new item of the outbox.
    pub fn on_outbox<F>(name: &'static str, run: fn(Platform, Key) -> F) -> Self
    where
        F: std::future::Future<Output = JobResult> + Send + 'static,
    {
        Self { name, trigger: Trigger::Outbox(Arc::new(move |platform, key| Box::pin(run(platform, key)))) }
    }
}
