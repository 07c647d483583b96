//! What becomes of the alerts of an account that was disconnected.

use std::collections::BTreeMap;

use platform_core::alert::Alert;
use platform_core::ids::AlertId;
use platform_core::intent::{Intent, told};
use platform_store::purge::DeletedAccount;
use platform_store::{Result, StoreError};

use crate::Platform;

/// Resolves alerts of an account that was disconnected, at most so many, and tells whom they were told. Those that a rule
/// stands for are found at once; what the index of active alerts lags behind with is found by a later call.
pub async fn resolve_alerts(platform: &Platform, deleted: &DeletedAccount, most: usize) -> Result<()> {
    let (tenant, store) = (deleted.tenant, &platform.store);
    let (standing, active) = tokio::try_join!(store.standing(tenant, deleted.account), store.active_alerts(tenant))?;
    let indexed = active.into_iter().filter(|alert| alert.account == deleted.account);
    let mut alerts: BTreeMap<AlertId, Alert> = indexed.map(|alert| (alert.id, alert)).collect();
    let stated = standing.states.into_iter().chain(standing.by_group).filter_map(|state| state.alert);
    for id in stated.chain(standing.episodes.into_iter().map(|episode| episode.alert)) {
        if let Some(alert) = store.alert(tenant, id).await? {
            alerts.insert(id, alert);
        }
    }
    for alert in alerts.into_values().filter(|alert| alert.status.is_active()).take(most) {
        match resolve(platform, deleted, alert).await {
            // Somebody resolved it just now, which is as well.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn resolve(platform: &Platform, deleted: &DeletedAccount, mut alert: Alert) -> Result<()> {
    let (tenant, now) = (deleted.tenant, platform.now());
    let reason = Some("The account was disconnected.".to_owned());
    let Ok(row) = alert.resolve(Some(deleted.by.clone()), reason, now) else { return Ok(()) };
    let mut transaction = platform.store.transaction();
    transaction.replace_alert(&mut alert, &row)?;
    for to in told(&platform.store.intents_of(tenant, alert.id).await?) {
        transaction.create_intent(&Intent::new(&alert, &row, to, now))?;
    }
    transaction.commit().await
}
