//! The tenant's channels that a rule names.

use platform_core::ids::{ChannelId, TenantId};
use platform_core::rule::{MAX_CHANNELS, Rule};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_store::Transaction;
use uuid::Uuid;

/// Finds the channels that were named, each of which the tenant must have.
pub(crate) async fn find(
    platform: &Platform,
    tenant: TenantId,
    named: Option<Vec<Uuid>>,
    problems: &mut Problems,
) -> Result<Vec<ChannelId>, Problem> {
    const AT: &str = "/channelIds";
    let named: Vec<ChannelId> = named.unwrap_or_default().into_iter().map(ChannelId::from_uuid).collect();
    if named.len() > MAX_CHANNELS {
        problems.push(AT, format!("must have at most {MAX_CHANNELS} channels"));
        return Ok(Vec::new());
    }
    for (index, id) in named.iter().enumerate() {
        problems.require(!named[..index].contains(id), &format!("{AT}/{index}"), "is there twice");
    }
    let known = platform.store.channels_by_id(tenant, &dedup(&named)).await?;
    for (index, id) in named.iter().enumerate() {
        let is_known = known.iter().any(|channel| channel.id == *id);
        problems.require(is_known, &format!("{AT}/{index}"), "is not a channel of this tenant");
    }
    Ok(named)
}

/// Nobody asks for one item twice at once.
fn dedup(named: &[ChannelId]) -> Vec<ChannelId> {
    let mut ids = named.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// They must still be there when the rule is written: nobody is named who is gone.
pub(crate) fn require(transaction: &mut Transaction<'_>, rule: &Rule) {
    for channel in &rule.channels {
        transaction.require_channel(rule.tenant, *channel);
    }
}
