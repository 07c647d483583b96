//! Who may do what: roles, permissions, and the one table between them.

use crate::named;

named! {
    /// A member's role in a tenant. Ordered: each role may do what the ones before it may.
    pub enum Role {
        /// Reads.
        Viewer = "viewer",
        /// Runs the network: rules, alerts, syncs.
        NetworkAdmin = "network_admin",
        /// Runs the tenant too: NetBird accounts.
        Admin = "admin",
        /// Owns the tenant.
        Owner = "owner",
    }
}

macro_rules! permissions {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal from $role:ident,)*) => {
        named! {
            /// A verb on a resource.
            pub enum Permission {
                $(#[doc = $doc] $variant = $name,)*
            }
        }

        impl Permission {
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
    /// See alert rules, and the tenant's channels, routes and on-call rotas.
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
    /// Hold an alert back until a time.
    AlertsSuppress = "alerts:suppress" from NetworkAdmin,
    /// Make, change, switch and delete alert rules, channels, routes and on-call rotas.
    RulesWrite = "rules:write" from NetworkAdmin,
    /// Propose changes of a network, discuss and close them.
    ProposalsWrite = "proposals:write" from NetworkAdmin,
    /// Approve and reject what others propose.
    ProposalsApprove = "proposals:approve" from Admin,
    /// Make access reviews and sign them.
    ReviewsWrite = "reviews:write" from NetworkAdmin,
    /// Push metrics of one's own, and remove them.
    MetricsWrite = "metrics:write" from NetworkAdmin,
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
    /// Transfer ownership: make somebody else an owner.
    TenantTransfer = "tenant:transfer" from Owner,
    /// Delete the tenant and all that is in it.
    TenantDelete = "tenant:delete" from Owner,
}

impl Role {
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
}

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
