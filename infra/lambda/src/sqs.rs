//! Messages through SQS.

use std::env;

use futures::stream::{self, StreamExt};
use jiff::SignedDuration;
use platform_runtime::queue::{Future, Message, Queue, QueueError, Queues};

use crate::aws::Aws;

/// Messages of a batch: as many as SQS takes.
const BATCH: usize = 10;
/// Batches that are under way at once.
const BATCHES_AT_ONCE: usize = 32;

/// SQS, with the addresses of the queues that this function may send to.
pub(crate) struct Sqs {
    client: aws_sdk_sqs::Client,
    urls: Vec<(Queue, String)>,
}

impl Sqs {
    /// The queues whose addresses the environment tells.
    pub(crate) fn new(aws: &Aws) -> Self {
        let url = |queue: &Queue| Some((*queue, env::var(queue.variable()).ok()?));
        Self { client: aws.sqs(), urls: Queue::ALL.iter().filter_map(url).collect() }
    }
}

impl Queues for Sqs {
    fn send_after(&self, messages: Vec<Message>, delay: SignedDuration) -> Future<'_, Result<(), QueueError>> {
        // Rounded up: a message that comes early finds nothing due.
        let seconds = delay.as_secs() + i64::from(delay.subsec_nanos() > 0);
        let delay = i32::try_from(seconds.clamp(0, 900)).unwrap_or(0);
        Box::pin(async move {
            for queue in Queue::ALL {
                let of_queue: Vec<_> = messages.iter().filter(|message| message.queue() == *queue).collect();
                if of_queue.is_empty() {
                    continue;
                }
                let url = self.urls.iter().find(|(known, _)| known == queue).map(|(_, url)| url);
                let url = url.ok_or_else(|| QueueError(format!("no address of the queue {}", queue.name()).into()))?;
                let batches = of_queue.chunks(BATCH).map(|batch| self.send_batch(url, batch, delay));
                several_at_once(batches.collect()).await?;
            }
            Ok(())
        })
    }
}

/// Sends batches, several at once, so that those of 30,000 accounts take seconds. All are tried; the first error is
/// returned.
async fn several_at_once<F>(batches: Vec<F>) -> Result<(), QueueError>
where
    F: std::future::Future<Output = Result<(), QueueError>>,
{
    let sent = stream::iter(batches).buffer_unordered(BATCHES_AT_ONCE);
    sent.fold(Ok(()), async |all: Result<(), QueueError>, one| all.and(one)).await
}

impl Sqs {
    async fn send_batch(&self, url: &str, batch: &[&Message], delay: i32) -> Result<(), QueueError> {
        let mut request = self.client.send_message_batch().queue_url(url);
        for (index, message) in batch.iter().enumerate() {
            let body = serde_json::to_string(message).map_err(|error| QueueError(error.into()))?;
            let entry = aws_sdk_sqs::types::SendMessageBatchRequestEntry::builder()
                .id(index.to_string())
                .message_body(body)
                .delay_seconds(delay)
                // On a standard queue this asks for fairness between tenants, not for order.
                .message_group_id(message.group())
                .build()
                .map_err(|error| QueueError(error.into()))?;
            request = request.entries(entry);
        }
        let answer = request.send().await.map_err(|error| QueueError(error.into()))?;
        match answer.failed.first() {
            Some(failed) => {
                Err(QueueError(format!("{} of {} messages: {}", answer.failed.len(), batch.len(), failed.code).into()))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::*;

    /// By a clock that only moves when everybody waits.
    #[tokio::test(start_paused = true)]
    async fn the_messages_of_a_large_platform_are_sent_well_within_a_functions_time() {
        let messages: Vec<u32> = (0..30_000).collect();
        let (calls, depth, deepest) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let begun = Instant::now();
        let send = |batch: &[u32]| {
            assert!(batch.len() <= 10);
            let (calls, depth, deepest) = (&calls, &depth, &deepest);
            async move {
                calls.set(calls.get() + 1);
                depth.set(depth.get() + 1);
                deepest.set(deepest.get().max(depth.get()));
                // Slower than SQS is.
                sleep(Duration::from_millis(50)).await;
                depth.set(depth.get() - 1);
                Ok(())
            }
        };
        several_at_once(messages.chunks(BATCH).map(send).collect()).await.unwrap();
        assert_eq!((calls.get(), deepest.get()), (3_000, BATCHES_AT_ONCE));
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?} of the 30 s that a dispatcher has", begun.elapsed());
    }

    #[tokio::test]
    async fn a_batch_that_fails_keeps_no_other_from_being_sent() {
        let sent = Cell::new(0);
        let send = |batch: usize| {
            let sent = &sent;
            async move {
                if batch == 0 {
                    return Err(QueueError("busy".into()));
                }
                sent.set(sent.get() + 1);
                Ok(())
            }
        };
        assert!(several_at_once((0..100).map(send).collect()).await.is_err());
        assert_eq!(sent.get(), 99);
    }
}
