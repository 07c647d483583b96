//! Users by whom a rule chooses peers: one whom no account has is a mistake.

use futures::future::try_join_all;
use platform_core::account::Account;
use platform_core::network::User;
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;

/// Records the users whom none of the accounts that a rule covers has. One of which they are not known may have any.
pub(crate) async fn check(
    platform: &Platform,
    rule: &Rule,
    accounts: &[Account],
    problems: &mut Problems,
) -> Result<(), Problem> {
    let named = rule.condition.watch().peer_filter().map_or(&[][..], |filter| &filter.users);
    let covered: Vec<&Account> = accounts.iter().filter(|account| rule.covers(account.id)).collect();
    if named.is_empty() || covered.is_empty() {
        return Ok(());
    }
    let syncs = platform.store.sync_states(rule.tenant).await?;
    let lists = covered.iter().map(|account| {
        let sync = syncs.iter().find(|sync| sync.account == account.id);
        let digest = sync.and_then(|sync| sync.present(Resource::Users));
        platform.store.snapshot::<User>(rule.tenant, account.id, digest)
    });
    let Some(lists) = try_join_all(lists).await?.into_iter().collect::<Option<Vec<_>>>() else { return Ok(()) };
    let is =
        |user: &User, named: &str| user.id == named || !user.email.is_empty() && user.email.eq_ignore_ascii_case(named);
    for (index, named) in named.iter().enumerate() {
        if !lists.iter().any(|users| users.iter().any(|user| is(user, named))) {
            let detail = match covered.as_slice() {
                [account] => format!("is no user of {}, as of its last sync", account.name),
                _ => "is no user of any of the accounts, as of their last syncs".to_owned(),
            };
            problems.push(format!("/conditionConfig/users/{index}"), detail);
        }
    }
    Ok(())
}
