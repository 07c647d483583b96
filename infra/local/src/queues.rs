//! Queues in this process. They forget on a restart, as they may: whatever matters waits in the table, and the first
//! tick puts it back.
//!
//! Tenants take turns, and none has more than its slots, however many messages of it wait and however long each takes. A
//! message that waits already is not taken in again, so a queue holds at most one for each account and each intent.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use platform_http::router::chain;
use platform_runtime::job::Trigger;
use platform_runtime::queue::{Future, Message, Queue, QueueError, Queues};
use platform_runtime::{Job, Platform};
use tokio::sync::Notify;
use tokio::time::Instant;

/// Tries before a message is given up as dead, as the queues of `template.yaml` have it.
const TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// Messages of one tenant that may wait in one queue. What is over it is found in the table by a later tick.
const MOST_WAITING: usize = 2_000;

/// Messages of a queue handled at once: in all, and of one tenant.
const fn slots(queue: Queue) -> (usize, usize) {
    match queue {
        // A NetBird server may take its time.
        Queue::Sync => (16, 2),
        Queue::Evaluate => (8, 2),
        // Most of the time these wait for a receiver.
        Queue::Webhook => (32, 4),
        Queue::AlertMail => (8, 2),
        // Each person's mails are a group of their own.
        Queue::Mail => (8, 1),
        // One after the other, as they are sent.
        Queue::Live => (16, 1),
        // Each reads and writes as fast as it can.
        Queue::Export => (2, 1),
    }
}

/// A tenant whose message took longer than this is a slow one for a while: it has one slot, and slow ones together half of
/// all. So the others' slots stay free however many tenants are slow.
const SLOW: Duration = Duration::from_secs(4);
const SLOW_FOR: Duration = Duration::from_secs(600);
/// Slow tenants that are remembered.
const MOST_SLOW: usize = 10_000;

/// One queue.
struct Lane {
    queue: Queue,
    state: Mutex<State>,
    /// Told when there may be something to take.
    wake: Notify,
    dead: AtomicU64,
}

#[derive(Default)]
struct State {
    /// Tenants with something in the queue or under way.
    groups: HashMap<String, Group>,
    /// Those with something in the queue, in the order of their turns.
    turns: VecDeque<String>,
    /// What waits, by [`Message::subject`].
    waiting: HashSet<Message>,
    /// What is being handled, and since when: nothing is handled twice at once.
    running: HashMap<Message, Instant>,
    /// Tenants that are slow, until when.
    slow: HashMap<String, Instant>,
    /// Slots that slow tenants have.
    held_by_slow: usize,
}

#[derive(Default)]
struct Group {
    waiting: VecDeque<Message>,
    running: usize,
    /// Of those, taken while the tenant was slow.
    running_slow: usize,
}

impl Lane {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a message in, unless it waits already.
    fn put(&self, message: Message) {
        let mut state = self.lock();
        let name = message.group();
        let group = state.groups.entry(name.clone()).or_default();
        if group.waiting.len() >= MOST_WAITING {
            metrics::counter!("queue_messages_refused_total", "queue" => self.queue.name()).increment(1);
            return;
        }
        let is_first = group.waiting.is_empty();
        if !state.waiting.insert(message.subject()) {
            // Asked for anew: by when it was asked for its job tells whether it is still wanted.
            let waiting = state.groups.get_mut(&name).map(|group| &mut group.waiting);
            let same = waiting.into_iter().flatten().find(|waiting| waiting.subject() == message.subject());
            if let Some(waiting) = same {
                *waiting = message;
            }
            return;
        }
        if let Some(group) = state.groups.get_mut(&name) {
            group.waiting.push_back(message);
        }
        if is_first {
            state.turns.push_back(name);
        }
        drop(state);
        self.wake.notify_one();
    }

    /// The next message that may be handled: of the tenant whose turn it is and who has a slot.
    fn take(&self) -> Option<Message> {
        let (in_all, of_tenant) = slots(self.queue);
        let now = Instant::now();
        let mut guard = self.lock();
        let state = &mut *guard;
        if state.running.len() >= in_all {
            return None;
        }
        for _ in 0..state.turns.len() {
            let name = state.turns.pop_front()?;
            let Some(group) = state.groups.get_mut(&name) else { continue };
            let is_free = |message: &Message| !state.running.contains_key(&message.subject());
            let is_slow = state.slow.get(&name).is_some_and(|until| now < *until);
            let has_slot = match is_slow {
                true => group.running == 0 && state.held_by_slow < in_all / 2,
                false => group.running < of_tenant,
            };
            let next = match has_slot {
                true => group.waiting.iter().position(is_free),
                false => None,
            };
            let message = next.and_then(|next| group.waiting.remove(next));
            if message.is_some() {
                group.running += 1;
                group.running_slow += usize::from(is_slow);
                state.held_by_slow += usize::from(is_slow);
            }
            if !group.waiting.is_empty() {
                state.turns.push_back(name);
            }
            if let Some(message) = message {
                let subject = message.subject();
                state.waiting.remove(&subject);
                state.running.insert(subject, now);
                return Some(message);
            }
        }
        None
    }

    fn done(&self, message: &Message) {
        let mut guard = self.lock();
        let state = &mut *guard;
        let began = state.running.remove(&message.subject());
        let (name, now) = (message.group(), Instant::now());
        if began.is_some_and(|began| now.duration_since(began) > SLOW) {
            if state.slow.len() >= MOST_SLOW {
                state.slow.retain(|_, until| now < *until);
            }
            state.slow.insert(name.clone(), now + SLOW_FOR);
        }
        if let Some(group) = state.groups.get_mut(&name) {
            group.running -= 1;
            if group.running_slow > 0 {
                group.running_slow -= 1;
                state.held_by_slow -= 1;
            }
            if group.running == 0 && group.waiting.is_empty() {
                state.groups.remove(&name);
            }
        }
        drop(guard);
        self.wake.notify_one();
    }

    fn len(&self) -> usize {
        let state = self.lock();
        state.waiting.len() + state.running.len()
    }
}

/// The platform's queues.
#[derive(Clone)]
pub struct LocalQueues(Arc<Vec<Lane>>);

impl LocalQueues {
    /// Empty queues.
    pub fn new() -> Self {
        let lane = |queue: &Queue| {
            let (state, wake, dead) = (Mutex::default(), Notify::new(), AtomicU64::new(0));
            Lane { queue: *queue, state, wake, dead }
        };
        Self(Arc::new(Queue::ALL.iter().map(lane).collect()))
    }

    fn lane(&self, queue: Queue) -> &Lane {
        self.0.iter().find(|lane| lane.queue == queue).expect("every queue has a lane")
    }

    /// Messages that wait in a queue or are being handled.
    pub fn len(&self, queue: Queue) -> usize {
        self.lane(queue).len()
    }

    /// Handles messages with these jobs until the process ends.
    pub fn work(&self, platform: &Platform, jobs: &[Job]) {
        for job in jobs {
            let Trigger::Queue(queue, _) = &job.trigger else { continue };
            let (queues, platform, job, queue) = (self.clone(), platform.clone(), job.clone(), *queue);
            tokio::spawn(async move {
                loop {
                    while let Some(message) = queues.lane(queue).take() {
                        tokio::spawn(handle(queues.clone(), platform.clone(), job.clone(), message));
                    }
                    queues.lane(queue).wake.notified().await;
                }
            });
        }
    }

    /// Tells how full the queues are.
    pub fn observe(&self) {
        for lane in self.0.iter() {
            let queue = lane.queue.name();
            metrics::gauge!("queue_messages", "queue" => queue).set(lane.len() as f64);
            metrics::gauge!("queue_dead_letters", "queue" => queue).set(lane.dead.load(Ordering::Relaxed) as f64);
        }
    }
}

async fn handle(queues: LocalQueues, platform: Platform, job: Job, message: Message) {
    let Trigger::Queue(queue, run) = &job.trigger else { return };
    let lane = queues.lane(*queue);
    let mut pause = FIRST_PAUSE;
    for attempt in 1..=TRIES {
        // A panic ends this try, not the queue.
        let tried = tokio::spawn(run(platform.clone(), message.clone())).await;
        let result = tried.unwrap_or_else(|panic| Err(panic.into()));
        let Err(error) = result else { break };
        tracing::error!(job = job.name, attempt, error = chain(error.as_ref()), "message failed");
        if attempt == TRIES {
            lane.dead.fetch_add(1, Ordering::Relaxed);
            tracing::error!(job = job.name, message = ?message, "message is dead");
            break;
        }
        tokio::time::sleep(pause).await;
        pause *= 4;
    }
    lane.done(&message);
}

impl Default for LocalQueues {
    fn default() -> Self {
        Self::new()
    }
}

impl Queues for LocalQueues {
    fn is_durable(&self) -> bool {
        false
    }

    fn send_after(&self, messages: Vec<Message>, delay: SignedDuration) -> Future<'_, Result<(), QueueError>> {
        let queues = self.clone();
        Box::pin(async move {
            let put = move || messages.into_iter().for_each(|message| queues.lane(message.queue()).put(message));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sync(tenant: u32, account: u32) -> Message {
        let id = |number: u32| format!("01980000-0000-7000-8000-{number:012x}");
        let (tenant, account) = (id(tenant).parse().unwrap(), id(account).parse().unwrap());
        Message::Sync { tenant, account, asked_at: Some(jiff::Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn tenants_take_turns_and_have_so_many_slots() {
        let queues = LocalQueues::new();
        let lane = queues.lane(Queue::Sync);
        (0..100).for_each(|account| lane.put(sync(1, account)));
        lane.put(sync(2, 200));
        lane.put(sync(2, 201));
        let taken: Vec<Message> = std::iter::from_fn(|| lane.take()).collect();
        assert_eq!(taken, [sync(1, 0), sync(2, 200), sync(1, 1), sync(2, 201)], "two of each, in turn");
        lane.done(&sync(2, 200));
        assert_eq!(lane.take(), None, "the other tenant keeps its two");
        lane.done(&sync(1, 0));
        assert_eq!(lane.take(), Some(sync(1, 2)));
    }

    #[test]
    fn a_message_waits_once_and_is_handled_once_at_a_time() {
        let queues = LocalQueues::new();
        let lane = queues.lane(Queue::Sync);
        (0..5).for_each(|_| lane.put(sync(1, 1)));
        assert_eq!(lane.len(), 1);
        assert_eq!(lane.take(), Some(sync(1, 1)));
        lane.put(sync(1, 1));
        assert_eq!(lane.take(), None, "it is being handled");
        lane.done(&sync(1, 1));
        assert_eq!(lane.take(), Some(sync(1, 1)), "what came meanwhile");
        lane.done(&sync(1, 1));
        assert_eq!(lane.len(), 0);
        assert!(lane.lock().groups.is_empty());
    }

    /// However many tenants are slow, half of the slots are for those who are not.
    #[tokio::test(start_paused = true)]
    async fn slow_tenants_share_half_of_the_slots() {
        let queues = LocalQueues::new();
        let lane = queues.lane(Queue::Sync);
        let take_all = || std::iter::from_fn(|| lane.take()).collect::<Vec<Message>>();
        let fill = || (1..=20).for_each(|tenant| (0..3).for_each(|account| lane.put(sync(tenant, account))));
        for _ in 0..4 {
            fill();
            let taken = take_all();
            tokio::time::advance(Duration::from_secs(26)).await;
            taken.iter().for_each(|message| lane.done(message));
        }
        fill();
        let slow = take_all();
        assert_eq!(slow.len(), 8, "one each, and half in all");
        (100..120).for_each(|tenant| lane.put(sync(tenant, 1)));
        let quick = take_all();
        assert_eq!(quick.len(), 8);
        quick.iter().chain(&slow).for_each(|message| lane.done(message));
        tokio::time::advance(SLOW_FOR).await;
        assert_eq!(take_all().len(), 16, "nobody is slow for ever");
    }

    #[test]
    fn a_queue_has_an_end() {
        let queues = LocalQueues::new();
        let lane = queues.lane(Queue::Sync);
        (0..2 * MOST_WAITING as u32).for_each(|account| lane.put(sync(1, account)));
        assert_eq!(lane.len(), MOST_WAITING);
        lane.put(sync(2, 1));
        assert_eq!(lane.len(), MOST_WAITING + 1, "each tenant has its own");
    }
}
