//! The groups that a rule names: which they are in each account.

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::try_join_all;
use platform_core::account::{Account, SyncState};
use platform_core::evaluate::RuleState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::known_group::{Directory, KnownGroup, present_names, recognise};
use platform_core::network::Group;
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use tokio::sync::{Mutex, OnceCell};
use utoipa::ToSchema;
use uuid::Uuid;

/// What each account that a rule covers knows of its groups.
pub(crate) type Known<'a> = Vec<(&'a Account, Vec<KnownGroup>)>;

/// A group that a rule names, to look at its peers or to leave them out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleGroup)]
pub(crate) struct RuleGroupView {
    /// Its name in `conditionConfig`.
    name: String,
    /// The accounts that have it, or had it. An account that the rule covers and that never had such a group is not there.
    accounts: Vec<GroupInAccount>,
}

/// A group in one account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupInAccount {
    account_id: Uuid,
    account_name: String,
    /// NetBird's id. Absent if the account never had the group, and the rule watches this account alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    group_id: Option<String>,
    /// What it is called now, or was when it was last there.
    name: String,
    /// The account does not have it: the rule sees none of its peers.
    missing: bool,
}

/// The groups that a rule names, under the names that it has for them now.
pub(crate) fn views(rule: &Rule, known: &Known<'_>) -> Vec<RuleGroupView> {
    let names = shown_names(rule, known);
    let in_accounts = |named: &str| {
        let one = |(account, groups): &(&Account, Vec<KnownGroup>)| {
            let group = groups.iter().find(|group| group.named == *named)?;
            Some(GroupInAccount {
                account_id: account.id.uuid(),
                account_name: account.name.clone(),
                group_id: group.id.clone(),
                name: group.name.clone(),
                missing: group.gone,
            })
        };
        known.iter().filter_map(one).collect()
    };
    let named = rule.condition.watch().named_groups().into_iter();
    named.zip(names).map(|(named, name)| RuleGroupView { name, accounts: in_accounts(named) }).collect()
}

/// What the groups of a rule are called now.
pub(crate) fn shown_names(rule: &Rule, known: &Known<'_>) -> Vec<String> {
    let known: Vec<&[KnownGroup]> = known.iter().map(|(_, groups)| groups.as_slice()).collect();
    present_names(rule, &known)
}

/// What the last evaluation of each account knew.
pub(crate) fn evaluated<'a>(rule: &Rule, accounts: &'a [Account], states: &[RuleState]) -> Known<'a> {
    let covered = accounts.iter().filter(|account| rule.covers(account.id));
    let known = |account: &'a Account| {
        let state = states.iter().find(|state| state.account == account.id)?;
        Some((account, state.groups.clone()))
    };
    covered.filter_map(known).collect()
}

/// The groups of a tenant's accounts, where they are known: each list is read when the first rule asks for it, and once however
/// many rules do.
pub(crate) struct GroupLists<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    syncs: OnceCell<Vec<SyncState>>,
    read: Mutex<HashMap<AccountId, GroupList>>,
}

type GroupList = Option<Arc<Vec<Group>>>;

impl<'a> GroupLists<'a> {
    /// Those of a tenant. Nothing is read yet.
    pub(crate) fn of(platform: &'a Platform, tenant: TenantId) -> Self {
        Self { platform, tenant, syncs: OnceCell::new(), read: Mutex::default() }
    }

    /// Those of some accounts, in their order.
    pub(crate) async fn of_accounts(&self, accounts: &[&Account]) -> Result<Vec<GroupList>, Problem> {
        let (store, tenant) = (&self.platform.store, self.tenant);
        let syncs = self.syncs.get_or_try_init(|| store.sync_states(tenant)).await?;
        let mut read = self.read.lock().await;
        let missing = accounts.iter().map(|account| account.id).filter(|id| !read.contains_key(id));
        let list = |account: AccountId| {
            let sync = syncs.iter().find(|sync| sync.account == account);
            let digest = sync.and_then(|sync| sync.snapshot(Resource::Groups));
            async move { Ok::<_, Problem>((account, store.snapshot::<Group>(tenant, account, digest).await?)) }
        };
        let lists = try_join_all(missing.map(list)).await?;
        read.extend(lists);
        Ok(accounts.iter().map(|account| read.get(&account.id).cloned().flatten()).collect())
    }
}

/// Finds the groups of a rule as it is to be, in the lists of the accounts that it covers. Those that none of them has are
/// recorded as problems, unless an account may have them of which nothing is known yet.
pub(crate) async fn find<'a>(
    lists: &GroupLists<'_>,
    rule: &Rule,
    accounts: &'a [Account],
    states: &[RuleState],
    problems: &mut Problems,
) -> Result<Known<'a>, Problem> {
    let names = rule.condition.watch().named_groups();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let covered: Vec<&Account> = accounts.iter().filter(|account| rule.covers(account.id)).collect();
    let lists = lists.of_accounts(&covered).await?;
    let (mut known, mut is_all_known) = (Vec::new(), true);
    for (account, groups) in covered.into_iter().zip(lists) {
        let state = states.iter().find(|state| state.account == account.id);
        let before = state.map(|state| state.groups.as_slice()).unwrap_or_default();
        let chosen_anew = state.is_none_or(|state| state.groups_edition != rule.groups_edition);
        let directory = Directory { groups: groups.as_deref().map(Vec::as_slice), peers: &[] };
        is_all_known &= directory.is_known();
        known.push((account, recognise(rule, before, directory, chosen_anew)));
    }
    let is_there =
        |name: &String| known.iter().any(|(_, groups)| groups.iter().any(|group| group.named == *name && !group.gone));
    let looked_at = rule.condition.watch().groups().len();
    for (index, name) in names.into_iter().enumerate() {
        if !known.is_empty() && is_all_known && !is_there(name) {
            let detail = match known.as_slice() {
                [(account, _)] => format!("is no group of {}, as of its last sync", account.name),
                _ => "is no group of any of the accounts, as of their last syncs".to_owned(),
            };
            let field = match index.checked_sub(looked_at) {
                None => format!("groups/{index}"),
                Some(index) => format!("exceptGroups/{index}"),
            };
            problems.push(format!("/conditionConfig/{field}"), detail);
        }
    }
    Ok(known)
}
