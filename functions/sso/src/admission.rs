//! Who somebody at the provider is here, and whether they are let in.
//!
//! A tenant chooses its provider, so the provider's word counts in that tenant alone: it finds members of the tenant, or
//! makes users who exist for the tenant only. Nobody is looked up by address over the platform.

use aws_lc_rs::digest;
use platform_core::access::Role;
use platform_core::ids::UserId;
use platform_core::invitation::MAX_MEMBERS;
use platform_core::sso::{SsoIdentity, SsoSettings, claim};
use platform_core::tenancy::{Email, Membership, User};
use platform_core::text::printable;
use platform_http::Problem;
use platform_http::client::Client;
use platform_identity::account::actor;
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use platform_store::{Contended, StoreError};
use serde_json::{Value, json};

use crate::finish::failed;

/// What a provider vouches for.
pub(crate) struct Vouched {
    /// SHA-256 of issuer and subject.
    identity: String,
    email: Email,
    /// It says in so many words that the address was proven; silence is no proof.
    email_is_proven: bool,
    name: String,
    /// What it says they may do.
    role: Option<Role>,
}

impl Vouched {
    /// Whether the ID token says too little, and the provider is to be asked for more.
    pub(crate) fn needs_more(settings: &SsoSettings, claims: &Value) -> bool {
        let lacks = |name: &str| claim(claims, name).is_none();
        lacks("email") || settings.role_claim.as_deref().is_some_and(lacks)
    }

    /// The address in claims that were verified. The error is for the person.
    pub(crate) fn email(claims: &Value) -> Result<Email, &'static str> {
        let email = claims["email"].as_str().ok_or("the identity provider does not tell your email address")?;
        email.parse().map_err(|_| "the identity provider tells an email address that is none")
    }

    /// Reads claims that were verified, of whoever has this address. The error is for the person.
    pub(crate) fn read(settings: &SsoSettings, claims: &Value, email: Email) -> Result<Self, &'static str> {
        let proven = match &claims["email_verified"] {
            Value::Null => None,
            // Some providers write it as a text.
            value => Some(value == true || value == "true"),
        };
        if proven == Some(false) {
            return Err("the identity provider says that your email address is not proven");
        }
        if !settings.allows(&email) {
            return Err("email addresses of your domain are not let in");
        }
        let subject = claims["sub"].as_str().unwrap_or_default();
        let name = claims["name"].as_str().map(|name| printable(name, 100)).unwrap_or_default();
        let local = email.as_str().split('@').next().unwrap_or_default();
        Ok(Self {
            identity: identity(&settings.issuer, subject),
            email_is_proven: proven == Some(true),
            name: if name.trim().is_empty() { local.to_owned() } else { name.trim().to_owned() },
            role: settings.role_of(claims),
            email,
        })
    }
}

/// An issuer holds no zero byte, so that no two pairs are one text.
fn identity(issuer: &str, subject: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, format!("{issuer}\0{subject}").as_bytes()))
}

/// Who it is.
enum Known {
    /// A member, found by what the provider calls them, and whether their address was proven then.
    Member(User, Membership, bool),
    /// A member, found by their address: from now on by what the provider calls them.
    Linked(User, Membership),
    /// Somebody whom the provider brought before, and who was removed since.
    Removed(User),
    Nobody,
}

/// Lets somebody in, as a member who is there already or as a new one.
pub(crate) async fn admit(
    platform: &Platform,
    settings: &SsoSettings,
    vouched: &Vouched,
    client: &Client,
) -> Result<(User, Membership), Problem> {
    let let_in = platform.store.retry(|| async {
        let known = find(platform, settings, vouched).await?;
        match known {
            Known::Member(user, membership, is_proven) => {
                let link = if is_proven { Link::Proven } else { Link::Unproven };
                update(platform, settings, vouched, client, (user, membership), link).await
            }
            Known::Linked(user, membership) => {
                update(platform, settings, vouched, client, (user, membership), Link::New).await
            }
            Known::Removed(user) => welcome(platform, settings, vouched, client, Some(user)).await,
            Known::Nobody => welcome(platform, settings, vouched, client, None).await,
        }
    });
    let_in.await.map_err(|failure| match failure {
        Failure::Store(error) => error.into(),
        Failure::Refused(detail) => failed(settings, detail),
    })
}

/// Why somebody was not let in.
enum Failure {
    Refused(&'static str),
    Store(StoreError),
}

impl Contended for Failure {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(StoreError::Conflict))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

const NO_ROLE: Failure = Failure::Refused("the identity provider gives you no role here; ask an administrator");

async fn find(platform: &Platform, settings: &SsoSettings, vouched: &Vouched) -> Result<Known, StoreError> {
    let (store, tenant) = (&platform.store, settings.tenant);
    if let Some(SsoIdentity { user: id, is_proven }) = store.sso_identity(tenant, &vouched.identity).await? {
        let (user, membership) = tokio::join!(store.user(id), store.membership(tenant, id));
        match (user?, membership?) {
            (Some(user), Some(membership)) => return Ok(Known::Member(user, membership, is_proven)),
            // Somebody who has a life outside the tenant and has left it is not drawn back in.
            (Some(user), None) if user.sso_tenant == Some(tenant) => return Ok(Known::Removed(user)),
            _ => {}
        }
    }
    let members = store.members(tenant).await?;
    let member = members.into_iter().find(|member| member.email == vouched.email);
    Ok(match member {
        Some(member) => match store.user(member.user).await? {
            Some(user) => Known::Linked(user, member),
            None => Known::Nobody,
        },
        None => Known::Nobody,
    })
}

/// How a member and who is at the provider came together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// By an address that the provider called proven.
    Proven,
    /// By an address of which the provider said nothing. It holds for those who may only see.
    Unproven,
    /// They are about to.
    New,
}

/// Lets a member in, with the role that the provider gives them now.
async fn update(
    platform: &Platform,
    settings: &SsoSettings,
    vouched: &Vouched,
    client: &Client,
    (mut user, mut membership): (User, Membership),
    link: Link,
) -> Result<(User, Membership), Failure> {
    if !membership.active {
        return Err(Failure::Refused("your place in this tenant is switched off; ask an administrator"));
    }
    let is_owner = membership.role == Role::Owner;
    let is_own = user.sso_tenant == Some(settings.tenant);
    let brings_proof = vouched.email_is_proven && vouched.email == membership.email;
    // Where people set their address at the provider themselves, anybody could be anybody: also whoever came while the
    // member was none of these.
    if link != Link::Proven && !is_own && membership.role >= Role::Admin && !brings_proof {
        return Err(Failure::Refused(
            "the identity provider does not say that your email address is proven, which owners and admins need; use \
             your password",
        ));
    }
    let (role, old) = (membership.role, membership.clone());
    if settings.maps_roles() && !is_owner {
        membership.role = vouched.role.ok_or(NO_ROLE)?;
    }
    // The provider is where these people keep their name and address.
    if is_own {
        membership.email.clone_from(&vouched.email);
        membership.name.clone_from(&vouched.name);
    }
    let has_changed = membership != old;
    let is_written = link == Link::New || link == Link::Unproven && brings_proof;
    if !has_changed && !is_written {
        return Ok((user, membership));
    }
    let mut transaction = platform.store.transaction();
    if is_written {
        let identity = SsoIdentity { user: user.id, is_proven: brings_proof };
        transaction.put_sso_identity(settings.tenant, &vouched.identity, identity)?;
    }
    if has_changed {
        transaction.replace_member(&mut membership)?;
    }
    if membership.email != user.email || membership.name != user.name {
        user.email.clone_from(&membership.email);
        user.name.clone_from(&membership.name);
        transaction.replace_user(&mut user)?;
    }
    let values = |of: &Membership| json!({ "role": of.role, "email": of.email, "name": of.name });
    let change = (Some(values(&old)), Some(values(&membership)));
    let action = if has_changed { "member.update" } else { "member.link" };
    let entry = platform.audit_entry(settings.tenant, actor(&user, client), action, user.id, change);
    transaction.audit(&entry)?;
    transaction.commit().await?;
    if role != membership.role {
        tracing::info!(tenant.id = %settings.tenant, user.id = %user.id, "role changed by the identity provider");
    }
    Ok((user, membership))
}

/// Makes somebody a member.
async fn welcome(
    platform: &Platform,
    settings: &SsoSettings,
    vouched: &Vouched,
    client: &Client,
    known: Option<User>,
) -> Result<(User, Membership), Failure> {
    let role = vouched.role.ok_or(NO_ROLE)?;
    let store = &platform.store;
    let pass = store.pass(settings.tenant, Quota::Members).await?;
    let (tenant, members) = tokio::join!(store.tenant(settings.tenant), store.members(settings.tenant));
    let tenant = tenant?.ok_or(Failure::Refused("the tenant is gone"))?;
    if members?.len() >= MAX_MEMBERS {
        return Err(Failure::Refused("the tenant has as many members as it may have"));
    }
    let now = platform.now();
    let mut transaction = store.transaction();
    transaction.hand_in(&pass)?;
    let (user, membership) = match known {
        Some(user) => {
            let membership = Membership::new(&tenant, &user, role, now);
            transaction.create_membership(&membership)?;
            (user, membership)
        }
        None => {
            let id = UserId::new(now, platform.entropy.as_ref());
            let mut user = User::new(id, vouched.email.clone(), vouched.name.clone(), None, now);
            user.sso_tenant = Some(tenant.id);
            let membership = Membership::new(&tenant, &user, role, now);
            transaction.create_sso_member(&user, &membership)?;
            let identity = SsoIdentity { user: user.id, is_proven: vouched.email_is_proven };
            transaction.put_sso_identity(tenant.id, &vouched.identity, identity)?;
            (user, membership)
        }
    };
    let new = json!({ "email": user.email, "name": user.name, "role": role, "method": "sso" });
    let entry = platform.audit_entry(tenant.id, actor(&user, client), "member.create", user.id, (None, Some(new)));
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok((user, membership))
}
