//! The ends of an access test: what they are called in the account, when a rule is written.

use platform_core::account::SyncState;
use platform_core::condition::Condition;
use platform_core::ids::TenantId;
use platform_core::network::{Group, NetworkResource, Peer, Route, User};
use platform_core::reach::End;
use platform_core::resource::Row;
use platform_core::rule::Rule;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;

/// Keeps what the ends are called now, so that the rule can be told of when one is gone. What the account does not have is
/// recorded; of what is not known of it, nothing is said.
pub(crate) async fn name_ends(platform: &Platform, rule: &mut Rule, problems: &mut Problems) -> Result<(), Problem> {
    let (Condition::Access(access), Some(account)) = (&mut rule.condition, rule.account) else { return Ok(()) };
    let Some((from, to)) = access.ends() else { return Ok(()) };
    let Some(sync) = platform.store.sync_state(rule.tenant, account).await? else { return Ok(()) };
    for (field, end, name) in [("from", from, &mut access.from_name), ("to", to, &mut access.to_name)] {
        match called(platform, rule.tenant, &sync, &end).await? {
            Called::Name(found) => *name = found,
            Called::Unknown => {}
            Called::Gone => {
                let detail = format!("is no {} of the account, as of its last sync", end.kind());
                problems.push(format!("/conditionConfig/{field}"), detail);
            }
        }
    }
    Ok(())
}

enum Called {
    Name(String),
    Gone,
    /// The list is not known.
    Unknown,
}

async fn called(platform: &Platform, tenant: TenantId, sync: &SyncState, end: &End) -> Result<Called, Problem> {
    let id = end.id();
    match end {
        End::Peer(_) => find::<Peer>(platform, tenant, sync, id, |peer| peer.name.clone()).await,
        End::Group(_) => find::<Group>(platform, tenant, sync, id, |group| group.name.clone()).await,
        End::Resource(_) => find::<NetworkResource>(platform, tenant, sync, id, |one| one.name.clone()).await,
        End::Route(_) => find::<Route>(platform, tenant, sync, id, |route| route.network_id.clone()).await,
        End::User(_) => {
            let name = |user: &User| if user.name.trim().is_empty() { user.email.clone() } else { user.name.clone() };
            find::<User>(platform, tenant, sync, id, name).await
        }
        End::Any => Ok(Called::Name("any peer".to_owned())),
        End::Domain(_) | End::Address(_) => Ok(Called::Name(id.to_owned())),
    }
}

async fn find<T: Row>(
    platform: &Platform,
    tenant: TenantId,
    sync: &SyncState,
    id: &str,
    name: impl Fn(&T) -> String,
) -> Result<Called, Problem> {
    let Some(rows) = platform.store.snapshot::<T>(tenant, sync.account, sync.present(T::RESOURCE)).await? else {
        return Ok(Called::Unknown);
    };
    Ok(rows.iter().find(|row| row.id() == id).map_or(Called::Gone, |row| Called::Name(name(row))))
}
