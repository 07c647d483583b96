//! The tenant's channels that a rule names.

use std::collections::BTreeSet;

use platform_core::escalation;
use platform_core::ids::ChannelId;
use platform_core::rule::{MAX_CHANNELS, Rule};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_store::Transaction;
use uuid::Uuid;

use crate::rule_escalation;

/// Finds the channels that were named to be told at once, each of which the tenant must have. So it must have those of the
/// rule's steps, which it has by now.
pub(crate) async fn find(
    platform: &Platform,
    rule: &Rule,
    named: Option<Vec<Uuid>>,
    problems: &mut Problems,
) -> Result<Vec<ChannelId>, Problem> {
    const AT: &str = "/channelIds";
    let mut named: Vec<ChannelId> = named.unwrap_or_default().into_iter().map(ChannelId::from_uuid).collect();
    if named.len() > MAX_CHANNELS {
        problems.push(AT, format!("must have at most {MAX_CHANNELS} channels"));
        named.clear();
    }
    let of_steps: BTreeSet<ChannelId> = rule.escalation.iter().flat_map(|step| step.channels.iter().copied()).collect();
    if of_steps.len() > escalation::MAX_CHANNELS {
        let most = escalation::MAX_CHANNELS;
        problems.push(rule_escalation::AT, format!("must name at most {most} different channels"));
        return Ok(named);
    }
    // Nobody asks for one item twice at once.
    let asked: BTreeSet<ChannelId> = of_steps.iter().chain(&named).copied().collect();
    let known = platform.store.channels_by_id(rule.tenant, &Vec::from_iter(asked)).await?;
    let steps = rule.escalation.iter().enumerate();
    let steps = steps.map(|(index, step)| (format!("{}/{index}{AT}", rule_escalation::AT), step.channels.as_slice()));
    for (at, named) in std::iter::once((AT.to_owned(), named.as_slice())).chain(steps) {
        for (index, id) in named.iter().enumerate() {
            problems.require(!named[..index].contains(id), &format!("{at}/{index}"), "is there twice");
            let is_known = known.iter().any(|channel| channel.id == *id);
            problems.require(is_known, &format!("{at}/{index}"), "is not a channel of this tenant");
        }
    }
    Ok(named)
}

/// They must still be there when the rule is written: nobody is named who is gone.
pub(crate) fn require(transaction: &mut Transaction<'_>, rule: &Rule) {
    for channel in rule.named_channels() {
        transaction.require_channel(rule.tenant, channel);
    }
}
