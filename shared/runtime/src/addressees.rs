//! Whom a rule tells that something is wrong.

use platform_core::channel::{Addressee, channels_of};
use platform_core::escalation::Escalation;
use platform_core::rule::Rule;
use platform_core::tenant_channel::TenantChannel;
use platform_store::{Result, Store};

/// Everybody whom a rule tells that something is wrong, once that has escalated so far. The tenant's channels are read here, and
/// so only when there is something to tell; whoever sends looks at them again.
pub async fn addressees(store: &Store, rule: &Rule, escalation: Option<Escalation>) -> Result<Vec<Addressee>> {
    let mut told = channels_of(rule);
    let shared = store.channels_by_id(rule.tenant, &rule.channels_at(escalation)).await?;
    let takes = shared.iter().filter(|channel| channel.refuses(rule.severity).is_none());
    told.extend(takes.map(TenantChannel::addressee));
    Ok(told)
}
