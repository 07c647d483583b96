//! `sweepOutbox`: puts what is due in the outbox, and that nobody took, on its queue.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::SignedDuration;
use platform_core::ids::TenantId;
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::{DUE_SHARDS, Result};

/// Items read at once, and pages read of one shard: a tenant with ever so many does not hide the others' behind them.
const PAGE: usize = 500;
const PAGES: usize = 40;
/// Items taken from one shard in one sweep, and of one tenant; the rest waits a minute.
const MOST: usize = 1_000;
const MOST_OF_TENANT: usize = 200;
/// Items of deleted tenants dropped from one shard in one sweep.
const MOST_DROPPED: usize = 5_000;
/// What is due is in a queue already, by the stream or with a delay, unless it has been due for this long.
const GRACE: SignedDuration = SignedDuration::from_secs(60);
/// What was put into a queue that keeps it is not put there again before this.
const QUEUED: SignedDuration = SignedDuration::from_mins(5);

pub(crate) async fn run(platform: Platform) -> JobResult {
    for shard in 0..DUE_SHARDS {
        let messages = due(&platform, shard).await?;
        if !messages.is_empty() {
            tracing::info!(shard, messages = messages.len(), "outbox swept");
            platform.queues.send(messages).await?;
        }
    }
    Ok(())
}

/// What is to be put on queues of one shard. What is due for a tenant that was deleted is dropped: nothing would be sent
/// of it, and it would stand before what is due for others.
async fn due(platform: &Platform, shard: u32) -> Result<Vec<Message>> {
    let is_durable = platform.queues.is_durable();
    let now = platform.now();
    let due_by = if is_durable { now - GRACE } else { now };
    let (mut messages, mut of_group) = (Vec::new(), HashMap::<String, usize>::new());
    let mut lives = HashMap::<TenantId, bool>::new();
    let mut dropped = 0;
    let mut after = None;
    for _ in 0..PAGES {
        let page = platform.store.due(shard, due_by, after, PAGE).await?;
        let mut gone = Vec::new();
        for found in &page.items {
            if let Some(tenant) = found.key.tenant() {
                let lives = match lives.entry(tenant) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(unknown) => {
                        let tenant = platform.store.tenant(tenant).await?;
                        *unknown.insert(tenant.is_some_and(|tenant| tenant.deleted_at.is_none()))
                    }
                };
                if !lives {
                    if dropped + gone.len() < MOST_DROPPED {
                        gone.push(found.clone());
                    }
                    continue;
                }
            }
            let message = found.key.names().and_then(|(tenant, what)| Message::of_outbox(tenant, what));
            let Some(message) = message else { continue };
            let taken = of_group.entry(message.group()).or_default();
            if *taken >= MOST_OF_TENANT {
                continue;
            }
            if is_durable && !platform.store.note_queued(found, now + QUEUED).await? {
                continue;
            }
            *taken += 1;
            messages.push(message);
            if messages.len() >= MOST {
                return Ok(messages);
            }
        }
        dropped += gone.len();
        platform.store.drop_due(gone).await?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    if dropped > 0 {
        tracing::info!(shard, messages = dropped, "outbox of deleted tenants dropped");
    }
    Ok(messages)
}
