//! Queues in this process. They forget on a restart, as they may: whatever matters waits in the table, and the first
//! tick puts it back.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use jiff::SignedDuration;
use platform_http::router::chain;
use platform_runtime::job::Trigger;
use platform_runtime::queue::{Future, Message, Queue, QueueError, Queues};
use platform_runtime::{Job, Platform};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex, Semaphore};

/// Messages of one queue handled at once.
const CONCURRENCY: usize = 8;
/// Tries before a message is given up as dead, as the queues of `template.yaml` have it.
const TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(200);

/// One queue's ends and counters.
struct Channel {
    queue: Queue,
    sender: UnboundedSender<Message>,
    receiver: Mutex<UnboundedReceiver<Message>>,
    waiting: AtomicI64,
    dead: AtomicU64,
}

/// The platform's queues.
#[derive(Clone)]
pub struct LocalQueues(Arc<Vec<Channel>>);

impl LocalQueues {
    /// Empty queues.
    pub fn new() -> Self {
        let channel = |queue: &Queue| {
            let (sender, receiver) = unbounded_channel();
            let (waiting, dead) = (AtomicI64::new(0), AtomicU64::new(0));
            Channel { queue: *queue, sender, receiver: Mutex::new(receiver), waiting, dead }
        };
        Self(Arc::new(Queue::ALL.iter().map(channel).collect()))
    }

    fn channel(&self, queue: Queue) -> &Channel {
        self.0.iter().find(|channel| channel.queue == queue).expect("every queue has a channel")
    }

    /// Handles messages with these jobs until the process ends.
    pub fn work(&self, platform: &Platform, jobs: &[Job]) {
        for job in jobs {
            let Trigger::Queue(queue, run) = &job.trigger else { continue };
            let (queues, platform, run, name, queue) = (self.clone(), platform.clone(), run.clone(), job.name, *queue);
            tokio::spawn(async move {
                let permits = Arc::new(Semaphore::new(CONCURRENCY));
                let channel = queues.channel(queue);
                let mut receiver = channel.receiver.lock().await;
                while let Some(message) = receiver.recv().await {
                    let Ok(permit) = permits.clone().acquire_owned().await else { return };
                    let (queues, platform, run) = (queues.clone(), platform.clone(), run.clone());
                    tokio::spawn(async move {
                        let mut pause = FIRST_PAUSE;
                        for attempt in 1..=TRIES {
                            // A panic ends this try, not the queue.
                            let tried = tokio::spawn(run(platform.clone(), message.clone())).await;
                            let result = tried.unwrap_or_else(|panic| Err(panic.into()));
                            let Err(error) = result else { break };
                            tracing::error!(job = name, attempt, error = chain(error.as_ref()), "message failed");
                            if attempt == TRIES {
                                queues.channel(queue).dead.fetch_add(1, Ordering::Relaxed);
                                tracing::error!(job = name, message = ?message, "message is dead");
                                break;
                            }
                            tokio::time::sleep(pause).await;
                            pause *= 4;
                        }
                        queues.channel(queue).waiting.fetch_sub(1, Ordering::Relaxed);
                        drop(permit);
                    });
                }
            });
        }
    }

    /// Tells how full the queues are.
    pub fn observe(&self) {
        for channel in self.0.iter() {
            let queue = channel.queue.name();
            metrics::gauge!("queue_messages", "queue" => queue).set(channel.waiting.load(Ordering::Relaxed) as f64);
            metrics::gauge!("queue_dead_letters", "queue" => queue).set(channel.dead.load(Ordering::Relaxed) as f64);
        }
    }
}

impl Default for LocalQueues {
    fn default() -> Self {
        Self::new()
    }
}

impl Queues for LocalQueues {
    fn send_after(&self, messages: Vec<Message>, delay: SignedDuration) -> Future<'_, Result<(), QueueError>> {
        let queues = self.clone();
        Box::pin(async move {
            let put = move || {
                for message in messages {
                    let channel = queues.channel(message.queue());
                    channel.waiting.fetch_add(1, Ordering::Relaxed);
                    // The receiver lives as long as the queues do.
                    let _ = channel.sender.send(message);
                }
            };
            match delay.unsigned_abs() {
                Duration::ZERO => put(),
                delay => drop(tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    put();
                })),
            }
            Ok(())
        })
    }
}
