//! A tenant as the API shows it.

use jiff::Timestamp;
use platform_core::access::Role;
use platform_core::sso::SsoSettings;
use platform_core::tenancy::{Membership, Tenant};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A tenant.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenantView {
    id: Uuid,
    #[schema(example = "Acme Networks")]
    name: String,
    created_at: Timestamp,
    /// How many days alerts are kept that are over, and what was told of them.
    #[schema(minimum = 30, maximum = 1825)]
    alert_retention_days: u32,
    /// How many members it has, switched off ones too.
    members: usize,
    /// Names of the active owners.
    owner_names: Vec<String>,
    /// Single sign-on, if it is set up.
    sso: Option<TenantSso>,
}

/// A tenant's single sign-on.
#[derive(Serialize, ToSchema)]
pub(crate) struct TenantSso {
    enabled: bool,
    /// The last part of the sign-in page's address.
    #[schema(example = "acme")]
    slug: String,
}

impl TenantView {
    pub(crate) fn new(tenant: Tenant, members: &[Membership], sso: Option<&SsoSettings>) -> Self {
        let owners = members.iter().filter(|member| member.active && member.role == Role::Owner);
        Self {
            id: tenant.id.uuid(),
            name: tenant.name,
            created_at: tenant.created_at,
            alert_retention_days: tenant.alert_retention.days(),
            members: members.len(),
            owner_names: owners.map(|owner| owner.name.clone()).collect(),
            sso: sso.map(|sso| TenantSso { enabled: sso.enabled, slug: sso.slug.to_string() }),
        }
    }
}
