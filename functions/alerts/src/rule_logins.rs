//! Rules about logins that are about to expire: they make no sense where logins do not.

use futures::future::try_join_all;
use platform_core::account::Account;
use platform_core::condition::Condition;
use platform_core::network::NetbirdAccount;
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;

/// Records that a rule would watch for the end of logins that do not end, in none of the accounts that it covers. One of which
/// nothing is known yet may have such.
pub(crate) async fn check(
    platform: &Platform,
    rule: &Rule,
    accounts: &[Account],
    problems: &mut Problems,
) -> Result<(), Problem> {
    if !matches!(rule.condition, Condition::LoginExpiring(_)) {
        return Ok(());
    }
    let covered: Vec<&Account> = accounts.iter().filter(|account| rule.covers(account.id)).collect();
    let syncs = platform.store.sync_states(rule.tenant).await?;
    let settings = covered.iter().map(|account| {
        let sync = syncs.iter().find(|sync| sync.account == account.id);
        let digest = sync.and_then(|sync| sync.snapshot(Resource::Accounts));
        platform.store.snapshot::<NetbirdAccount>(rule.tenant, account.id, digest)
    });
    let settings = try_join_all(settings).await?;
    let never = settings.iter().all(|known| {
        let one = known.as_ref().and_then(|accounts| accounts.first());
        one.is_some_and(|account| account.settings.peer_login_expiration_enabled == Some(false))
    });
    if never && !covered.is_empty() {
        let detail = match covered.as_slice() {
            [account] => {
                format!("makes no sense: logins do not expire in {}, by its settings in NetBird", account.name)
            }
            _ => "makes no sense: logins expire in none of the accounts, by their settings in NetBird".to_owned(),
        };
        problems.push("/conditionType", detail);
    }
    Ok(())
}
