//! Alert rules, and where each stands for each account.

use platform_core::evaluate::RuleState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::rule::Rule;

use crate::{Item, Query, Result, Store, Transaction, keys};

impl Transaction<'_> {
    /// Makes a rule.
    pub fn create_rule(&mut self, rule: &Rule) -> Result<()> {
        self.create(Item::new(&keys::rule(rule.tenant, rule.id), rule)?);
        Ok(())
    }

    /// Writes a rule's state. Conflicts if another evaluation was faster.
    pub fn write_state(&mut self, tenant: TenantId, state: &mut RuleState) -> Result<()> {
        self.upsert(state, |state| Item::new(&keys::state(tenant, state.account, state.rule), state))
    }
}

impl Store {
    /// A tenant's rules, oldest first.
    pub async fn rules(&self, tenant: TenantId) -> Result<Vec<Rule>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::RULE).consistent()).await?.items)
    }

    /// A rule.
    pub async fn rule(&self, tenant: TenantId, rule: platform_core::ids::RuleId) -> Result<Option<Rule>> {
        self.get(&keys::rule(tenant, rule)).await
    }

    /// Where the tenant's rules stand for an account.
    pub async fn rule_states(&self, tenant: TenantId, account: AccountId) -> Result<Vec<RuleState>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::state_prefix(account));
        Ok(self.query(query).await?.items)
    }

    /// Writes a rule's state when nothing else changed.
    pub async fn write_state(&self, tenant: TenantId, state: &mut RuleState) -> Result<()> {
        self.upsert(state, |state| Item::new(&keys::state(tenant, state.account, state.rule), state)).await
    }
}
