//! `evaluateAccount`: evaluates every rule that covers an account, and writes each result in one transaction: alert,
//! history, state, and what is to be told.

use std::sync::Arc;

use platform_core::account::SyncState;
use platform_core::evaluate::{Ending, RuleState};
use platform_core::ids::TenantId;
use platform_core::network::{Group, Peer};
use platform_core::resource::{Resource, Row};
use platform_core::rule::Rule;
use platform_core::silence::Quiet;
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::observed::Wanted;
use platform_store::silences::RulesAndSilences;
use platform_store::{Result, StoreError};

use crate::evaluation::{Evaluation, Of};
use crate::routing::Routing;

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Evaluate { tenant, account } = message else { return Err("not a message of this queue".into()) };
    let store = &platform.store;
    let (account, sync, rules_and_silences, standing) = tokio::join!(
        store.account(tenant, account),
        store.sync_state(tenant, account),
        store.rules_and_silences(tenant),
        store.standing(tenant, account),
    );
    let (Some(account), Some(sync)) = (account?, sync?) else { return Ok(()) };
    let (RulesAndSilences { mut rules, silences, has_routes }, standing) = (rules_and_silences?, standing?);
    rules.push(Rule::account_unreachable(tenant, account.created_at));
    let left: Vec<(&RuleState, Ending)> = standing
        .states
        .iter()
        .filter_map(|state| {
            let rule = rules.iter().find(|rule| rule.id == state.rule && rule.deleted_at.is_none());
            let ending = match rule {
                None => Ending::RuleDeleted,
                Some(rule) if !rule.covers(account.id) => Ending::RuleMoved,
                Some(_) => return None,
            };
            Some((state, ending))
        })
        .collect();
    rules.retain(|rule| rule.deleted_at.is_none() && rule.covers(account.id));
    let is_current = sync.is_current(platform.now());
    // One that is switched off looks at nothing, and of an account that cannot be read nothing is known but numbers.
    let looking = || {
        let watches = rules.iter().filter(|rule| rule.enabled).map(|rule| rule.condition.watch());
        watches.filter(|watch| is_current || watch.measures().is_some())
    };
    let wanted = Wanted::from_iter(looking());
    let names_groups = looking().any(|watch| !watch.named_groups().is_empty());
    let peers = match wanted.contains(Resource::Peers) {
        true => snapshot::<Peer>(&platform, tenant, &sync).await?,
        false => Some(Arc::default()),
    };
    // Without the list of groups they stay the ones that were known.
    let groups = match names_groups {
        true => snapshot::<Group>(&platform, tenant, &sync).await?,
        false => None,
    };
    let known = peers.as_deref().map_or(&[][..], Vec::as_slice);
    let mut observed = store.observe(tenant, &sync, known, &wanted).await?;
    for list in &observed.unreadable {
        store.note_unreadable(tenant, &sync, *list).await?;
    }
    if peers.is_none() {
        observed.missing.insert(Resource::Peers);
    }
    // Rules about what is not known keep their state until it is again.
    let (rules, blind): (Vec<Rule>, Vec<Rule>) =
        rules.into_iter().partition(|rule| !rule.enabled || observed.suffices(rule.condition.watch()));
    let peers = peers.unwrap_or_default();
    let access = observed.access(&peers, &wanted);
    // Making it takes a while, and so does each rule's look: others get their turn between them.
    tokio::task::yield_now().await;
    let job = Evaluation {
        platform: &platform,
        tenant,
        account: &account,
        sync: &sync,
        is_current,
        peers: &peers,
        groups,
        lists: &observed.lists,
        access: access.as_ref(),
        quiet: Quiet::at(silences, platform.now()),
        routing: Routing::new(has_routes),
    };
    // One rule's trouble does not keep the others from being evaluated.
    let mut failure = None;
    let mut note = |rule, result| match result {
        // Another evaluation, or a person, was faster; the next tick looks again.
        Ok(()) | Err(StoreError::Conflict) => {}
        Err(error) => {
            tracing::warn!(rule.id = %rule, account.id = %account.id, error = %error, "rule not evaluated");
            failure = Some(error);
        }
    };
    for (state, ending) in left {
        note(state.rule, job.leave(state, &Of::rule(&standing, state.rule), ending).await);
    }
    for rule in &rules {
        let state = standing.states.iter().find(|state| state.rule == rule.id);
        note(rule.id, job.evaluate(rule, state, &Of::rule(&standing, rule.id)).await);
        tokio::task::yield_now().await;
    }
    // What they told is still acknowledged by nobody.
    for rule in blind.iter().filter(|rule| !rule.escalation.is_empty()) {
        let state = standing.states.iter().find(|state| state.rule == rule.id);
        note(rule.id, job.escalate_blindly(rule, state, &Of::rule(&standing, rule.id)).await);
    }
    failure.map_or(Ok(()), |error| Err(error.into()))
}

/// A list of the account's, as last seen. `None` if it cannot be read before the next sync has written it anew.
async fn snapshot<T: Row>(platform: &Platform, tenant: TenantId, sync: &SyncState) -> Result<Option<Arc<Vec<T>>>> {
    let present = sync.snapshot(T::RESOURCE);
    let rows = platform.store.snapshot(tenant, sync.account, present).await?;
    if rows.is_none() && present.is_some() {
        platform.store.note_unreadable(tenant, sync, T::RESOURCE).await?;
    }
    Ok(rows)
}
