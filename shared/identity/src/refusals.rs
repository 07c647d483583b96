//! Wrong passwords and codes, as the trails of the tenants tell them whose member somebody claims to be.
//!
//! What a refusal takes must not tell whether an address is anybody's: the same calls of the database are made for one that is
//! nobody's. What was typed is written nowhere. `docs/adr/0069-refusals-in-the-trail.md` says more.

use platform_core::ids::{TenantId, UserId};
use platform_core::tenancy::{Email, User};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::gate::Caller;
use platform_http::router::chain;
use platform_runtime::Platform;
use platform_store::StoreError;
use serde_json::json;
use uuid::Uuid;

/// Tenants that are told of one person's refused sign-ins.
const MOST_TENANTS: usize = 5;

/// Why somebody was refused.
#[derive(Debug, Clone, Copy)]
pub enum Refused {
    /// The password was wrong.
    Password,
    /// The password was right, and the code was not.
    Code,
    /// There were too many guesses before: this one was not looked at.
    TooMany,
}

impl Refused {
    const fn name(self) -> &'static str {
        match self {
            Refused::Password => "wrong-password",
            Refused::Code => "wrong-code",
            Refused::TooMany => "too-many-attempts",
        }
    }
}

/// Tells that somebody tried to sign in by an address. `user` is whose it is, if it is anybody's. The answer is what it is,
/// whether telling works or not.
pub async fn of_sign_in(platform: &Platform, email: &Email, user: Option<&User>, client: &Client, why: Refused) {
    log(write(platform, email, user, client, why).await);
}

async fn write(
    platform: &Platform,
    email: &Email,
    user: Option<&User>,
    client: &Client,
    why: Refused,
) -> Result<(), StoreError> {
    let store = &platform.store;
    let Some(times) = store.count_repeated(&["sign-in", email.as_str(), why.name()]).await? else { return Ok(()) };
    let whose = user.map_or(UserId::from_uuid(Uuid::nil()), |user| user.id);
    let memberships = store.memberships(whose).await?;
    let tenants = memberships.iter().filter(|membership| membership.active).map(|membership| membership.tenant);
    let tenants: Vec<TenantId> = tenants.take(MOST_TENANTS).collect();
    let Some(user) = user.filter(|_| !tenants.is_empty()) else {
        return store.append_to_no_trail(email.as_str()).await;
    };
    let actor = client.actor(user.id, &user.name);
    let entries = tenants.into_iter().map(|tenant| {
        let refused = json!({ "reason": why.name(), "times": times });
        platform.audit_entry(tenant, actor.clone(), "session.refuse", user.id, (None, Some(refused)))
    });
    store.append_refusals(entries.collect()).await
}

/// Tells that a tenant's identity provider, or its answer, let somebody not in. `who` is whom it vouched for, if it did.
pub async fn of_single_sign_on(
    platform: &Platform,
    tenant: TenantId,
    who: Option<&Email>,
    client: &Client,
    problem: &Problem,
) {
    let written = async {
        let name = who.map_or("Somebody unknown", Email::as_str);
        let of_tenant = tenant.to_string();
        let Some(times) = platform.store.count_repeated(&["sso", &of_tenant, name]).await? else { return Ok(()) };
        let actor = client.actor(UserId::from_uuid(Uuid::nil()), name);
        let refused = json!({ "reason": problem.slug(), "detail": problem.detail(), "times": times });
        let entry = platform.audit_entry(tenant, actor, "session.refuse", tenant, (None, Some(refused)));
        platform.store.append_refusals(vec![entry]).await
    };
    log(written.await);
}

/// Tells that somebody signed in did not prove again who they are.
pub(crate) async fn of_member(platform: &Platform, caller: &Caller, why: Refused) {
    let written = async {
        let (tenant, user) = (caller.tenant, caller.membership.user);
        let (of_tenant, of_user) = (tenant.to_string(), user.to_string());
        let repeated = ["confirm", &of_tenant, &of_user, why.name()];
        let Some(times) = platform.store.count_repeated(&repeated).await? else { return Ok(()) };
        let refused = json!({ "reason": why.name(), "times": times });
        let change = (None, Some(refused));
        let entry = platform.audit_entry(tenant, caller.actor(), "access.refuse", user, change);
        platform.store.append_refusals(vec![entry]).await
    };
    log(written.await);
}

fn log(written: Result<(), StoreError>) {
    if let Err(error) = written {
        tracing::error!(error = chain(&error), "a refusal could not be written into the trail");
    }
}
