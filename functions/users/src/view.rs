//! Members and those who are invited, as the API shows them: in one list, since to their tenant they are one thing.

use jiff::Timestamp;
use platform_core::access::Role;
use platform_core::ids::UserId;
use platform_core::invitation::Invitation;
use platform_core::named;
use platform_core::tenancy::{Membership, SignInMethod, User};
use platform_store::{Result, Store, sortable};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

named! {
    /// Whether somebody may act in the tenant.
    pub(crate) enum MemberStatus {
        Active = "active",
        Inactive = "inactive",
        Invited = "invited",
    }
}

/// Somebody in the tenant, or invited into it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlatformUser {
    /// The user's, or, as long as they are invited, the invitation's.
    id: Uuid,
    #[schema(example = "ops@example.com")]
    email: String,
    /// Empty as long as they are invited.
    name: String,
    role: Role,
    status: MemberStatus,
    /// It is the caller.
    is_self: bool,
    /// Whether a code is asked for beside their password. Null where the platform does not ask for one: of somebody who is
    /// invited, or comes from the tenant's identity provider.
    second_factor: Option<bool>,
    /// How they sign in.
    method: SignInMethod,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Timestamp>,
    /// Since when they are a member, or invited.
    created_at: Timestamp,
    /// The name of who invited them, as long as they are invited.
    #[serde(skip_serializing_if = "Option::is_none")]
    invited_by: Option<String>,
    /// When the invitation ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
}

/// What the list may be sorted by: what is known of everybody in it without reading each user.
#[derive(Clone, Copy)]
pub(crate) enum Sort {
    CreatedAt,
    Name,
    Email,
    Role,
    Status,
}

/// A row of the list.
#[derive(Debug)]
pub(crate) enum Entry {
    Member(Membership),
    Invited(Invitation),
}

impl Entry {
    pub(crate) fn id(&self) -> Uuid {
        match self {
            Entry::Member(member) => member.user.uuid(),
            Entry::Invited(invitation) => invitation.id.uuid(),
        }
    }

    fn created_at(&self) -> Timestamp {
        match self {
            Entry::Member(member) => member.created_at,
            Entry::Invited(invitation) => invitation.created_at,
        }
    }

    /// Where it stands in a list sorted so: no two stand at the same place.
    pub(crate) fn place(&self, by: Sort) -> String {
        let first = match by {
            Sort::CreatedAt => String::new(),
            Sort::Name => self.name_or_email().to_lowercase(),
            Sort::Email => self.email().to_owned(),
            // Who may do most comes first.
            Sort::Role => (Role::ALL.len() - self.role() as usize).to_string(),
            Sort::Status => (self.status() as usize).to_string(),
        };
        format!("{first}\u{1}{}#{}", sortable(self.created_at()), self.id())
    }

    fn email(&self) -> &str {
        match self {
            Entry::Member(member) => member.email.as_str(),
            Entry::Invited(invitation) => invitation.email.as_str(),
        }
    }

    fn name_or_email(&self) -> &str {
        match self {
            Entry::Member(member) if !member.name.is_empty() => &member.name,
            _ => self.email(),
        }
    }

    pub(crate) fn role(&self) -> Role {
        match self {
            Entry::Member(member) => member.role,
            Entry::Invited(invitation) => invitation.role,
        }
    }

    pub(crate) fn status(&self) -> MemberStatus {
        match self {
            Entry::Member(member) if member.active => MemberStatus::Active,
            Entry::Member(_) => MemberStatus::Inactive,
            Entry::Invited(_) => MemberStatus::Invited,
        }
    }

    /// Whether name or address contain a text in lower case.
    pub(crate) fn matches(&self, search: &str) -> bool {
        match self {
            Entry::Member(member) => {
                member.email.as_str().contains(search) || member.name.to_lowercase().contains(search)
            }
            Entry::Invited(invitation) => invitation.email.as_str().contains(search),
        }
    }

    fn view(self, me: UserId, users: &[User]) -> PlatformUser {
        let (id, role, status, created_at) = (self.id(), self.role(), self.status(), self.created_at());
        match self {
            Entry::Member(member) => {
                let user = users.iter().find(|user| user.id == member.user);
                let by_password = user.is_none_or(|user| user.sso_tenant.is_none());
                PlatformUser {
                    id,
                    email: member.email.to_string(),
                    name: member.name,
                    role,
                    status,
                    is_self: member.user == me,
                    second_factor: user.filter(|_| by_password).map(|user| user.second_factor.is_some()),
                    method: if by_password { SignInMethod::Password } else { SignInMethod::Sso },
                    last_login: user.and_then(|user| user.last_login),
                    created_at,
                    invited_by: None,
                    expires_at: None,
                }
            }
            Entry::Invited(invitation) => PlatformUser {
                id,
                email: invitation.email.to_string(),
                name: String::new(),
                role,
                status,
                is_self: false,
                second_factor: None,
                method: SignInMethod::Password,
                last_login: None,
                created_at,
                invited_by: Some(invitation.invited_by_name),
                expires_at: Some(invitation.expires_at),
            },
        }
    }
}

/// Rows as the API shows them to `me`. What only the users themselves hold is read for these rows, not for the whole list.
pub(crate) async fn views(store: &Store, me: UserId, entries: Vec<Entry>) -> Result<Vec<PlatformUser>> {
    let members: Vec<UserId> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Member(member) => Some(member.user),
            Entry::Invited(_) => None,
        })
        .collect();
    let users = store.users(&members).await?;
    Ok(entries.into_iter().map(|entry| entry.view(me, &users)).collect())
}

/// One row as the API shows it to `me`.
pub(crate) async fn view(store: &Store, me: UserId, entry: Entry) -> Result<PlatformUser> {
    let users = match &entry {
        Entry::Member(member) => store.users(&[member.user]).await?,
        Entry::Invited(_) => Vec::new(),
    };
    Ok(entry.view(me, &users))
}
