//! Alert rules, and where each stands for each account.

use aws_lc_rs::digest;
use platform_core::alert::Alert;
use platform_core::episode::Episode;
use platform_core::evaluate::RuleState;
use platform_core::ids::{AccountId, AlertId, RuleId, TenantId};
use platform_core::rule::{KEPT_AFTER_DELETION, Rule};
use serde::Deserialize;

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// Where the rules of a tenant stand for an account.
#[derive(Debug, Default)]
pub struct Standing {
    /// Each rule that was evaluated for it.
    pub states: Vec<RuleState>,
    /// Groups of it, of rules that look at each by itself.
    pub by_group: Vec<RuleState>,
    /// Peers that went together, of rules that tell of each; in the order of their rules.
    pub episodes: Vec<Episode>,
}

impl Standing {
    /// A rule's episodes.
    pub fn episodes_of(&self, rule: RuleId) -> &[Episode] {
        let begin = self.episodes.partition_point(|episode| episode.rule < rule);
        let end = self.episodes.partition_point(|episode| episode.rule <= rule);
        &self.episodes[begin..end]
    }

    /// A rule's groups, if it looks at each by itself.
    pub fn groups_of(&self, rule: RuleId) -> Vec<RuleState> {
        self.by_group.iter().filter(|state| state.rule == rule).cloned().collect()
    }
}

/// Where a state is kept: a rule's own, or that of one of its groups.
fn state_key(tenant: TenantId, state: &RuleState) -> Key {
    match &state.group {
        Some(group) => keys::group_state(tenant, state.account, state.rule, &digest_of(&group.id)),
        None => keys::state(tenant, state.account, state.rule),
    }
}

/// A server's id as a key has it: of one length, whatever it is.
fn digest_of(id: &str) -> String {
    hex::encode(&digest::digest(&digest::SHA256, id.as_bytes()).as_ref()[..16])
}

/// What lies under the prefix of an account's states.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Episode(Episode),
    State(RuleState),
}

/// A rule that was deleted is forgotten when nothing of it can be left to tell.
fn item(rule: &Rule) -> Result<Item> {
    let item = Item::new(&keys::rule(rule.tenant, rule.id), rule)?;
    Ok(match rule.deleted_at {
        Some(at) => item.expiring(at + KEPT_AFTER_DELETION),
        None => item,
    })
}

impl Transaction<'_> {
    /// Makes a rule.
    pub fn create_rule(&mut self, rule: &Rule) -> Result<()> {
        self.create(item(rule)?);
        Ok(())
    }

    /// Replaces a rule that must be as it was read.
    pub fn replace_rule(&mut self, rule: &mut Rule) -> Result<()> {
        self.replace(rule, item)
    }

    /// Removes a rule, which must be as it was read, without a trace.
    pub fn remove_rule(&mut self, rule: &Rule) {
        self.take_at(&keys::rule(rule.tenant, rule.id), rule.version);
    }

    /// The rule must be as it was read: what it no longer says is not told.
    pub fn require_rule(&mut self, rule: &Rule) {
        self.require_at(&keys::rule(rule.tenant, rule.id), rule.version);
    }

    /// Writes a rule's state. Conflicts if another evaluation was faster.
    pub fn write_state(&mut self, tenant: TenantId, state: &mut RuleState) -> Result<()> {
        self.upsert(state, |state| Item::new(&state_key(tenant, state), state))
    }

    /// Writes an episode, which must be as it was read.
    pub fn write_episode(&mut self, tenant: TenantId, episode: &mut Episode) -> Result<()> {
        self.upsert(episode, |episode| {
            Item::new(&keys::episode(tenant, episode.account, episode.rule, episode.alert), episode)
        })
    }

    /// Forgets an episode, which must be as it was read.
    pub fn forget_episode(&mut self, tenant: TenantId, episode: &Episode) {
        let key = keys::episode(tenant, episode.account, episode.rule, episode.alert);
        self.take_at(&key, episode.version);
    }

    /// Forgets where a rule stood for an account, which must be as it was read.
    pub fn forget_state(&mut self, tenant: TenantId, state: &RuleState) {
        self.take_at(&state_key(tenant, state), state.version);
    }
}

impl Store {
    /// A tenant's rules, oldest first.
    pub async fn rules(&self, tenant: TenantId) -> Result<Vec<Rule>> {
        let mut rules = self.rules_with_deleted(tenant).await?;
        rules.retain(|rule| rule.deleted_at.is_none());
        Ok(rules)
    }

    /// A tenant's rules, oldest first, and those that were deleted lately.
    pub async fn rules_with_deleted(&self, tenant: TenantId) -> Result<Vec<Rule>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::RULE).consistent()).await?.items)
    }

    /// A rule.
    pub async fn rule(&self, tenant: TenantId, rule: RuleId) -> Result<Option<Rule>> {
        Ok(self.rule_even_deleted(tenant, rule).await?.filter(|rule| rule.deleted_at.is_none()))
    }

    /// A rule, also one that was deleted lately: what it told is told to be over by its channels.
    pub async fn rule_even_deleted(&self, tenant: TenantId, rule: RuleId) -> Result<Option<Rule>> {
        self.get(&keys::rule(tenant, rule)).await
    }

    /// Where the tenant's rules stand for an account.
    pub async fn standing(&self, tenant: TenantId, account: AccountId) -> Result<Standing> {
        // Consistent: a peer that is in an episode that was not seen would begin another.
        let query = Query::of(keys::tenant_partition(tenant), keys::state_prefix(account)).consistent();
        let mut standing = Standing::default();
        for stored in self.query(query).await?.items {
            match stored {
                Stored::Episode(episode) => standing.episodes.push(episode),
                Stored::State(state) if state.group.is_some() => standing.by_group.push(state),
                Stored::State(state) => standing.states.push(state),
            }
        }
        standing.episodes.sort_by_key(|episode| episode.rule);
        Ok(standing)
    }

    /// Where a rule stands with what an alert of it is about: its group, if it is of one.
    pub async fn state_behind(&self, alert: &Alert) -> Result<Option<RuleState>> {
        let (tenant, account, rule) = (alert.tenant, alert.account, alert.rule);
        self.get(&match &alert.group {
            Some(group) => keys::group_state(tenant, account, rule, &digest_of(&group.id)),
            None => keys::state(tenant, account, rule),
        })
        .await
    }

    /// The episode that an alert tells of, while a peer of it is away.
    pub async fn episode(
        &self,
        tenant: TenantId,
        account: AccountId,
        rule: RuleId,
        alert: AlertId,
    ) -> Result<Option<Episode>> {
        self.get(&keys::episode(tenant, account, rule, alert)).await
    }

    /// Where a rule stands for each of these accounts that it was evaluated for.
    pub async fn states_of_rule(
        &self,
        tenant: TenantId,
        rule: RuleId,
        accounts: &[AccountId],
    ) -> Result<Vec<RuleState>> {
        let keys: Vec<Key> = accounts.iter().map(|account| keys::state(tenant, *account, rule)).collect();
        self.get_many_raw(&keys).await?.into_iter().map(decode).collect()
    }

    /// Writes a rule's state when nothing else changed.
    pub async fn write_state(&self, tenant: TenantId, state: &mut RuleState) -> Result<()> {
        self.upsert(state, |state| Item::new(&state_key(tenant, state), state)).await
    }

    /// Forgets where a rule stood for an account when there is nothing to tell of it.
    pub async fn forget_state(&self, tenant: TenantId, state: &RuleState) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.forget_state(tenant, state);
        transaction.commit().await
    }
}
