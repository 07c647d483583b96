//! The groups that matchers name: those of the one account that they name.

use std::collections::BTreeSet;

use platform_core::ids::TenantId;
use platform_core::silence::Matchers;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;

use crate::rule_groups::GroupLists;
use crate::silence_input::Nameable;

/// Records groups that the account does not have, unless they were named of it before, or nothing is known of its groups yet.
pub(crate) async fn check_groups(
    (platform, tenant): (&Platform, TenantId),
    names: &Nameable,
    matchers: &Matchers,
    before: &Matchers,
    problems: &mut Problems,
) -> Result<(), Problem> {
    let nothing = BTreeSet::new();
    let kept = if matchers.accounts == before.accounts { &before.groups } else { &nothing };
    if matchers.groups.is_subset(kept) {
        return Ok(());
    }
    let Some(account) = names.accounts.iter().find(|account| matchers.accounts.contains(&account.id)) else {
        return Ok(());
    };
    let lists = GroupLists::of(platform, tenant).of_accounts(&[account]).await?;
    let known = lists.into_iter().flatten().next().filter(|groups| !groups.is_empty());
    let Some(known) = known else { return Ok(()) };
    let strange = |id: &&String| !kept.contains(*id) && !known.iter().any(|group| group.id == **id);
    if let Some(id) = matchers.groups.iter().find(strange) {
        let detail = format!("has {id}, which is no group of {}, as of its last sync", account.name);
        problems.push("/matchers/groupIds", detail);
    }
    Ok(())
}
