//! Whom a rule and the tenant's routes tell that something is wrong.

use platform_core::channel::{Addressee, channels_of};
use platform_core::escalation::Escalation;
use platform_core::routing::{RoutedBy, channels_of as routed_to};
use platform_core::rule::Rule;
use platform_core::tenant_channel::TenantChannel;
use platform_store::{Result, Store};

/// Everybody whom a rule tells that something is wrong, once that has escalated so far, and the channels of routes, each once. The
/// tenant's channels are read here, and so only when there is something to tell; whoever sends looks at them again.
pub async fn addressees(
    store: &Store,
    rule: &Rule,
    escalation: Option<Escalation>,
    routed: &[RoutedBy],
) -> Result<(Vec<Addressee>, Vec<TenantChannel>)> {
    let mut told = channels_of(rule);
    let mut named = rule.channels_at(escalation);
    let routed = routed_to(routed).into_iter().filter(|channel| !named.contains(channel));
    named.extend(routed.collect::<Vec<_>>());
    let shared = store.channels_by_id(rule.tenant, &named).await?;
    let takes = shared.iter().filter(|channel| channel.refuses(rule.severity).is_none());
    told.extend(takes.map(TenantChannel::addressee));
    Ok((told, shared))
}
