//! Lists that a rule needs and that are not known: while one is not, the rule neither fires nor ends there. So it is with a
//! metric of which no value came.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::account::{Account, Lack, SyncState};
use platform_core::condition::NoData;
use platform_core::ids::{AccountId, TenantId};
use platform_core::named;
use platform_core::own_metrics::{Book, label};
use platform_core::rule::Rule;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A list, or a metric, that a rule needs, and that is not known of an account as it is now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MissingList)]
pub(crate) struct MissingListView {
    /// What it is a list of, in words.
    #[schema(example = "setup keys")]
    list: String,
    reason: WaitReason,
}

named! {
    /// Why what a rule needs is not known.
    pub(crate) enum WaitReason {
        /// The server does not give the list: its release does not have it, or the token's role is too small for it.
        NotGiven = "not_given",
        /// The server's last answer for the list could not be read.
        NotReadable = "not_readable",
        /// The list was not read yet; it is, when it has its turn.
        NotYet = "not_yet",
        /// No value of the metric was pushed, or none for as long as the rule looks back.
        NoData = "no_data",
    }
}

impl From<Lack> for WaitReason {
    fn from(lack: Lack) -> Self {
        match lack {
            Lack::NotGiven => Self::NotGiven,
            Lack::NotReadable => Self::NotReadable,
            Lack::NotYet => Self::NotYet,
        }
    }
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
    needs.filter_map(|list| Some(MissingListView { list: list.words(), reason: sync.lacks(*list)?.into() })).collect()
}

/// The metric of the tenant's own that a rule lacks in an account.
pub(crate) fn lacked_metric(rule: &Rule, book: Option<&Book>, now: Timestamp) -> Option<MissingListView> {
    let watch = rule.condition.watch().measures().filter(|watch| watch.platform().is_none())?;
    let series = || book.into_iter().flat_map(Book::series).filter(|series| watch.is_about(series));
    let is_silent = series().all(|series| watch.is_silent(series, now));
    let waits = series().next().is_none() || is_silent && watch.no_data == NoData::Keep;
    waits.then(|| MissingListView { list: label(&watch.metric, &watch.tags), reason: WaitReason::NoData })
}

/// The series of the tenant's own, if a rule looks at some.
pub(crate) async fn books(
    platform: &Platform,
    tenant: TenantId,
    rule: &Rule,
    accounts: &[Account],
) -> Result<BTreeMap<AccountId, Book>, Problem> {
    let looks = rule.condition.watch().measures().is_some_and(|watch| watch.platform().is_none());
    let covered = accounts.iter().map(|account| account.id).filter(|account| looks && rule.covers(*account));
    Ok(platform.store.own_books(tenant, &covered.collect::<Vec<_>>()).await?)
}

/// The accounts in which a rule waits. Of those that were never read in full nothing is known, which is told elsewhere.
pub(crate) fn waits(
    rule: &Rule,
    accounts: &[Account],
    states: &[SyncState],
    books: &BTreeMap<AccountId, Book>,
    now: Timestamp,
) -> Vec<RuleWaitView> {
    let covered = accounts.iter().filter(|account| rule.covers(account.id));
    let one = |account: &Account| {
        let sync = states.iter().find(|sync| sync.account == account.id).filter(|sync| sync.last_sync.is_some());
        let mut lists = sync.map(|sync| lacked(rule, sync)).unwrap_or_default();
        lists.extend(lacked_metric(rule, books.get(&account.id), now));
        let (account_id, account_name) = (account.id.uuid(), account.name.clone());
        (!lists.is_empty()).then_some(RuleWaitView { account_id, account_name, lists })
    };
    covered.filter_map(one).collect()
}
