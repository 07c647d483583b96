//! Messages through SQS.

use std::env;

use jiff::SignedDuration;
use platform_runtime::queue::{Future, Message, Queue, QueueError, Queues};

use crate::aws::Aws;

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
                for batch in of_queue.chunks(10) {
                    self.send_batch(url, batch, delay).await?;
                }
            }
            Ok(())
        })
    }
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
