//! Lists that a rule needs and that are not known: while one is not, the rule neither fires nor ends there.

use platform_core::account::{Account, Lack, SyncState};
use platform_core::rule::Rule;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A list that a rule needs, and that is not known of an account as it is now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MissingList)]
pub(crate) struct MissingListView {
    /// What it is a list of, in words.
    #[schema(example = "setup keys")]
    list: String,
    reason: Lack,
}

/// An account in which a rule waits.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleWait)]
pub(crate) struct RuleWaitView {
    account_id: Uuid,
    account_name: String,
    lists: Vec<MissingListView>,
}

/// The lists that a rule lacks in an account.
pub(crate) fn lacked(rule: &Rule, sync: &SyncState) -> Vec<MissingListView> {
    let needs = rule.condition.watch().needs().iter();
    needs.filter_map(|list| Some(MissingListView { list: list.words(), reason: sync.lacks(*list)? })).collect()
}

/// The accounts in which a rule waits. Of those that were never read in full nothing is known, which is told elsewhere.
pub(crate) fn waits(rule: &Rule, accounts: &[Account], states: &[SyncState]) -> Vec<RuleWaitView> {
    let covered = accounts.iter().filter(|account| rule.covers(account.id));
    let one = |account: &Account| {
        let sync = states.iter().find(|sync| sync.account == account.id).filter(|sync| sync.last_sync.is_some())?;
        let lists = lacked(rule, sync);
        let (account_id, account_name) = (account.id.uuid(), account.name.clone());
        (!lists.is_empty()).then_some(RuleWaitView { account_id, account_name, lists })
    };
    covered.filter_map(one).collect()
}
