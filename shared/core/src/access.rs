//! Who may do what: roles, permissions, and the one table between them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A member's role in a tenant. Ordered: each role may do what the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Runs the network: rules, alerts, syncs.
    NetworkAdmin,
    /// Runs the tenant too: NetBird accounts.
    Admin,
    /// Owns the tenant.
    Owner,
}

macro_rules! permissions {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal from $role:ident,)*) => {
        /// A verb on a resource.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum Permission {
            $(#[doc = $doc] $variant,)*
        }

        impl Permission {
            /// Every permission there is.
            pub const ALL: &[Permission] = &[$(Permission::$variant,)*];

            /// The name in the API, such as `alerts:acknowledge`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Permission::$variant => $name,)*
                }
            }

            /// What it allows, in a few words.
            pub fn description(self) -> &'static str {
                match self {
                    $(Permission::$variant => $doc,)*
                }
                .trim()
                .trim_end_matches('.')
            }

            /// The smallest role that holds it.
            pub const fn least_role(self) -> Role {
                match self {
                    $(Permission::$variant => Role::$role,)*
                }
            }
        }
    };
}

// The table of roles and permissions. One row each; every larger role holds what a smaller one does.
permissions! {
    /// See the overview.
    DashboardRead = "dashboard:read" from Viewer,
    /// See peers and events of the connected networks.
    NetbirdRead = "netbird:read" from Viewer,
    /// See connected NetBird accounts and their health.
    AccountsRead = "accounts:read" from Viewer,
    /// See alerts.
    AlertsRead = "alerts:read" from Viewer,
    /// See alert rules.
    RulesRead = "rules:read" from Viewer,
    /// See the tenant and its settings.
    TenantRead = "tenant:read" from Viewer,
    /// See the members.
    UsersRead = "users:read" from Viewer,
    /// Make and revoke API tokens of one's own.
    TokensWrite = "tokens:write" from Viewer,
    /// Take an alert on.
    AlertsAcknowledge = "alerts:acknowledge" from NetworkAdmin,
    /// End an alert by hand.
    AlertsResolve = "alerts:resolve" from NetworkAdmin,
    /// Make alert rules.
    RulesWrite = "rules:write" from NetworkAdmin,
    /// Sync an account now.
    AccountsSync = "accounts:sync" from NetworkAdmin,
    /// Connect and remove NetBird accounts.
    AccountsWrite = "accounts:write" from Admin,
    /// Invite, change and remove members.
    UsersWrite = "users:write" from Admin,
    /// See and revoke everybody's API tokens.
    TokensManage = "tokens:manage" from Admin,
    /// Read the audit trail.
    AuditRead = "audit:read" from Admin,
    /// Change the tenant's settings.
    TenantWrite = "tenant:write" from Admin,
    /// Set up single sign-on.
    SsoWrite = "sso:write" from Owner,
    /// Make somebody else an owner, and hand the tenant over.
    TenantTransfer = "tenant:transfer" from Owner,
    /// Delete the tenant and all that is in it.
    TenantDelete = "tenant:delete" from Owner,
}

impl Role {
    /// Every role, smallest first.
    pub const ALL: &[Role] = &[Role::Viewer, Role::NetworkAdmin, Role::Admin, Role::Owner];

    /// What it is called in the app.
    pub const fn title(self) -> &'static str {
        match self {
            Role::Viewer => "Viewer",
            Role::NetworkAdmin => "Network admin",
            Role::Admin => "Admin",
            Role::Owner => "Owner",
        }
    }

    /// Who it is for.
    pub const fn description(self) -> &'static str {
        match self {
            Role::Viewer => "Sees everything about the networks, changes nothing",
            Role::NetworkAdmin => "Runs the networks: rules, alerts, syncs",
            Role::Admin => "Runs the tenant too: NetBird accounts, members, audit trail",
            Role::Owner => "Owns the tenant: owners, single sign-on, deletion",
        }
    }

    /// Whether the role holds the permission.
    pub fn may(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }

    /// Every permission of the role.
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.may(*permission))
    }

    /// The name in the API, such as `network_admin`.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::NetworkAdmin => "network_admin",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Role::ALL.iter().copied().find(|role| role.name() == text).ok_or(UnknownRole)
    }
}

/// A text that names no role.
#[derive(Debug, thiserror::Error)]
#[error("not a role: expected owner, admin, network_admin or viewer")]
pub struct UnknownRole;

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Permission::ALL.iter().copied().find(|permission| permission.name() == text).ok_or(UnknownPermission)
    }
}

impl TryFrom<String> for Permission {
    type Error = UnknownPermission;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Permission> for String {
    fn from(permission: Permission) -> Self {
        permission.name().to_owned()
    }
}

/// A text that names no permission.
#[derive(Debug, thiserror::Error)]
#[error("not a permission")]
pub struct UnknownPermission;

/// What a request may do: the role's permissions as they are now, for an API token only those in its scopes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The member's role.
    pub role: Role,
    /// The API token's scopes; none for a person.
    pub scopes: Option<Vec<Permission>>,
}

impl Grant {
    /// Whether it holds the permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.may(permission) && self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&permission))
    }

    /// Every permission it holds.
    pub fn permissions(&self) -> impl Iterator<Item = Permission> {
        self.role.permissions().filter(|permission| self.may(*permission))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_grow() {
        for pair in Role::ALL.windows(2) {
            assert!(pair[0].permissions().all(|permission| pair[1].may(permission)));
        }
        assert!(!Role::Viewer.may(Permission::AlertsAcknowledge));
        assert!(!Role::NetworkAdmin.may(Permission::AccountsWrite));
        assert_eq!(Role::Owner.permissions().count(), Permission::ALL.len());
    }

    #[test]
    fn names_are_unique_and_roles_parse() {
        let names: std::collections::BTreeSet<_> = Permission::ALL.iter().map(|p| p.name()).collect();
        assert_eq!(names.len(), Permission::ALL.len());
        for role in Role::ALL {
            assert_eq!(role.name().parse::<Role>().ok(), Some(*role));
        }
        assert!("root".parse::<Role>().is_err());
    }
}
