//! `evaluateAccount`: evaluates every rule that covers an account, and writes each result in one transaction: alert,
//! history, state, and what is to be told.

use std::sync::Arc;

use platform_core::account::{Account, SyncState};
use platform_core::alert::{Alert, AlertStatus};
use platform_core::condition::Observation;
use platform_core::evaluate::{Ending, Phase, RuleState, Transition, evaluate};
use platform_core::finding::Finding;
use platform_core::ids::{AlertId, TenantId};
use platform_core::intent::{Intent, channels_of, told};
use platform_core::network::Peer;
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::{Result, StoreError};

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Evaluate { tenant, account } = message else { return Err("not a message of this queue".into()) };
    let store = &platform.store;
    let (account, sync, rules, states) = tokio::join!(
        store.account(tenant, account),
        store.sync_state(tenant, account),
        store.rules(tenant),
        store.rule_states(tenant, account),
    );
    let (Some(account), Some(sync)) = (account?, sync?) else { return Ok(()) };
    let (mut rules, states) = (rules?, states?);
    rules.push(Rule::account_unreachable(tenant, account.created_at));
    rules.retain(|rule| rule.covers(account.id));
    let peers = peers(&platform, tenant, &sync, &rules).await?.unwrap_or_else(|| {
        // Rules about peers keep their state until they can be read again.
        rules.retain(|rule| !rule.condition.watch().needs().contains(&Resource::Peers));
        Arc::default()
    });
    let job = Evaluation { platform: &platform, tenant, account: &account, sync: &sync, peers };
    // One rule's trouble does not keep the others from being evaluated.
    let mut failure = None;
    for rule in &rules {
        let state = states.iter().find(|state| state.rule == rule.id);
        match job.evaluate(rule, state).await {
            // Another evaluation, or a person, was faster; the next tick looks again.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => {
                tracing::warn!(rule.id = %rule.id, account.id = %account.id, error = %error, "rule not evaluated");
                failure = Some(error);
            }
        }
    }
    failure.map_or(Ok(()), |error| Err(error.into()))
}

/// The account's peers, if any rule looks at them. `None` if they cannot be read before the next sync has written them
/// anew.
async fn peers(
    platform: &Platform,
    tenant: TenantId,
    sync: &SyncState,
    rules: &[Rule],
) -> Result<Option<Arc<Vec<Peer>>>> {
    let looks = |rule: &Rule| rule.enabled && rule.condition.watch().needs().contains(&Resource::Peers);
    if !sync.is_current(platform.now()) || !rules.iter().any(looks) {
        return Ok(Some(Arc::default()));
    }
    let peers = platform.store.snapshot(tenant, sync.account, sync.snapshot(Resource::Peers)).await?;
    if peers.is_none() && sync.snapshot(Resource::Peers).is_some() {
        platform.store.note_unreadable(tenant, sync, Resource::Peers).await?;
    }
    Ok(peers)
}

struct Evaluation<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    account: &'a Account,
    sync: &'a SyncState,
    peers: Arc<Vec<Peer>>,
}

impl Evaluation<'_> {
    fn seen(&self) -> Observation<'_> {
        Observation {
            account: self.account.id,
            account_name: &self.account.name,
            sync: self.sync,
            peers: self.peers.as_slice(),
        }
    }

    async fn evaluate(&self, rule: &Rule, state: Option<&RuleState>) -> Result<()> {
        let now = self.platform.now();
        let mut before = state.cloned().unwrap_or_else(|| RuleState::new(rule, self.account.id, now));
        // Resolved by hand while the condition was ending: should it begin again, that is a new alert.
        let ended = before.phase == Phase::Recovering
            && self.alert(&before).await?.is_none_or(|alert| !alert.status.is_active());
        if ended {
            before = RuleState { version: before.version, ..RuleState::new(rule, self.account.id, now) };
        }
        let (mut next, transition) = evaluate(rule, &before, self.seen(), now);
        match transition {
            None if next == before && !ended => return Ok(()),
            None => return self.platform.store.write_state(self.tenant, &mut next).await,
            Some(Transition::Fire(finding)) => self.fire(rule, next, finding).await?,
            Some(Transition::Resolve(ending)) => self.resolve(rule, &before, next, ending).await?,
            Some(Transition::Repeat(finding)) => self.repeat(rule, &before, next, finding).await?,
        }
        Ok(())
    }

    async fn fire(&self, rule: &Rule, mut next: RuleState, finding: Finding) -> Result<()> {
        let now = self.platform.now();
        let id = AlertId::new(now, self.platform.entropy.as_ref());
        let Some(tenant) = self.platform.store.tenant(self.tenant).await? else { return Ok(()) };
        let (alert, row) = Alert::open(id, rule, self.account, finding, tenant.alert_retention, now);
        next.alert = Some(alert.id);
        let mut transaction = self.platform.store.transaction();
        transaction.require_account(self.tenant, self.account.id);
        transaction.write_state(self.tenant, &mut next)?;
        transaction.create_alert(&alert, &row)?;
        for (channel, target) in channels_of(rule) {
            transaction.create_intent(&Intent::new(&alert, &row, channel, target, now))?;
        }
        transaction.commit().await?;
        metrics::counter!("alerts_triggered_total", "condition" => rule.condition.name(), "severity" => rule.severity.name()).increment(1);
        tracing::info!(alert.id = %alert.id, rule.id = %rule.id, account.id = %self.account.id, "alert fired");
        Ok(())
    }

    async fn resolve(&self, rule: &Rule, before: &RuleState, mut next: RuleState, ending: Ending) -> Result<()> {
        let now = self.platform.now();
        next.alert = None;
        let mut transaction = self.platform.store.transaction();
        transaction.require_account(self.tenant, self.account.id);
        transaction.write_state(self.tenant, &mut next)?;
        // Somebody may have resolved it by hand meanwhile; then only the state moves on.
        if let Some(mut alert) = self.alert(before).await?.filter(|alert| alert.status.is_active()) {
            let row = match ending {
                Ending::Recovered => {
                    let recovery = rule.condition.watch().recovery(&alert.affected, self.seen(), now);
                    alert.recover(recovery, now)
                }
                Ending::RuleChanged => alert.resolve(None, Some("The rule was changed.".to_owned()), now),
                Ending::RuleSwitchedOff => alert.resolve(None, Some("The rule was switched off.".to_owned()), now),
            };
            let Ok(row) = row else { return Ok(()) };
            transaction.replace_alert(&mut alert, &row)?;
            for (channel, target) in told(&self.platform.store.intents_of(self.tenant, alert.id).await?) {
                transaction.create_intent(&Intent::new(&alert, &row, channel, target, now))?;
            }
            tracing::info!(alert.id = %alert.id, rule.id = %rule.id, account.id = %self.account.id, "alert resolved");
        }
        transaction.commit().await
    }

    /// Tells again, unless somebody is on it.
    async fn repeat(&self, rule: &Rule, before: &RuleState, mut next: RuleState, finding: Finding) -> Result<()> {
        let now = self.platform.now();
        let mut transaction = self.platform.store.transaction();
        transaction.require_account(self.tenant, self.account.id);
        transaction.write_state(self.tenant, &mut next)?;
        if let Some(mut alert) = self.alert(before).await?.filter(|alert| alert.status == AlertStatus::Open) {
            let row = alert.repeat(finding, now);
            transaction.replace_alert(&mut alert, &row)?;
            for (channel, target) in channels_of(rule) {
                transaction.create_intent(&Intent::new(&alert, &row, channel, target, now))?;
            }
        }
        transaction.commit().await
    }

    async fn alert(&self, state: &RuleState) -> Result<Option<Alert>> {
        match state.alert {
            Some(alert) => self.platform.store.alert(self.tenant, alert).await,
            None => Ok(None),
        }
    }
}
