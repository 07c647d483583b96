//! Alert rules, and where each stands for each account.

use platform_core::evaluate::RuleState;
use platform_core::ids::{AccountId, RuleId, TenantId};
use platform_core::rule::{KEPT_AFTER_DELETION, Rule};

use crate::keys::Key;
use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

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
        self.upsert(state, |state| Item::new(&keys::state(tenant, state.account, state.rule), state))
    }

    /// Forgets where a rule stood for an account, which must be as it was read.
    pub fn forget_state(&mut self, tenant: TenantId, state: &RuleState) {
        self.take_at(&keys::state(tenant, state.account, state.rule), state.version);
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
    pub async fn rule_states(&self, tenant: TenantId, account: AccountId) -> Result<Vec<RuleState>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::state_prefix(account));
        Ok(self.query(query).await?.items)
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
        self.upsert(state, |state| Item::new(&keys::state(tenant, state.account, state.rule), state)).await
    }

    /// Forgets where a rule stood for an account when there is nothing to tell of it.
    pub async fn forget_state(&self, tenant: TenantId, state: &RuleState) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.forget_state(tenant, state);
        transaction.commit().await
    }
}
