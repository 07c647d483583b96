//! An event as the API shows it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::Event;
use platform_store::{Result, Store};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An entry of a network's activity log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Event)]
pub struct EventView {
    /// NetBird's id, unique in the account.
    id: String,
    account_id: Uuid,
    timestamp: Timestamp,
    /// What happened, in words.
    activity: String,
    /// What happened, as a code. NetBird adds codes.
    #[schema(example = "peer.add")]
    activity_code: String,
    /// Empty, like the other two, for what a peer or the system did.
    initiator_id: String,
    initiator_name: String,
    initiator_email: String,
    target_id: String,
    /// Further facts, which differ by code.
    meta: BTreeMap<String, String>,
}

impl EventView {
    pub(crate) fn new(account: AccountId, event: Event) -> Self {
        Self {
            id: event.id,
            account_id: account.uuid(),
            timestamp: event.timestamp,
            activity: event.activity,
            activity_code: event.activity_code,
            initiator_id: event.initiator_id,
            initiator_name: event.initiator_name,
            initiator_email: event.initiator_email,
            target_id: event.target_id,
            meta: event.meta,
        }
    }
}

/// The newest events of some accounts, newest first.
pub async fn latest_events(
    store: &Store,
    tenant: TenantId,
    accounts: &[AccountId],
    most: usize,
) -> Result<Vec<EventView>> {
    let reads = accounts.iter().map(|account| async {
        let page = store.events(tenant, *account, None, most).await?;
        Ok::<_, platform_store::StoreError>(
            page.items.into_iter().map(|event| EventView::new(*account, event)).collect::<Vec<_>>(),
        )
    });
    let mut events: Vec<EventView> = futures::future::try_join_all(reads).await?.into_iter().flatten().collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.timestamp));
    events.truncate(most);
    Ok(events)
}
