//! Settings as the API shows them.

use jiff::Timestamp;
use platform_core::access::Role;
use platform_core::ids::TenantId;
use platform_core::named;
use platform_core::sso::SsoSettings;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A tenant's sign-in by its identity provider.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SsoSettings)]
pub(crate) struct SsoSettingsView {
    /// Names the sign-in page.
    #[schema(example = "acme")]
    slug: String,
    #[schema(example = "https://id.acme.example")]
    issuer: String,
    client_id: String,
    /// The secret itself is never shown.
    has_client_secret: bool,
    /// Domains of addresses that are let in; any if empty.
    domains: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role_claim: Option<String>,
    role_mapping: Vec<RoleMapping>,
    /// The role of people whose values are not mapped; null if they are not let in.
    #[schema(value_type = Option<GivenRole>)]
    default_role: Option<String>,
    enabled: bool,
    /// What the provider must know as the place to send people back to.
    #[schema(example = "https://platform.example/sso/callback/0190f5fe-7c00-7000-8000-000000000000")]
    redirect_uri: String,
    /// Where people begin.
    #[schema(example = "https://platform.example/sso/acme")]
    sign_in_url: String,
    updated_at: Timestamp,
}

named! {
    /// A role that a provider may give: it makes nobody an owner.
    pub(crate) enum GivenRole {
        Viewer = "viewer",
        NetworkAdmin = "network_admin",
        Admin = "admin",
    }
}

/// A value of the role claim, and the role that it gives.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleMapping {
    #[schema(example = "network-team")]
    pub(crate) value: String,
    #[schema(value_type = GivenRole)]
    pub(crate) role: String,
}

impl SsoSettingsView {
    pub(crate) fn new(platform: &Platform, settings: &SsoSettings) -> Self {
        Self {
            slug: settings.slug.to_string(),
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            has_client_secret: settings.client_secret.is_some(),
            domains: settings.domains.clone(),
            role_claim: settings.role_claim.clone(),
            role_mapping: settings
                .role_mapping
                .iter()
                .map(|rule| RoleMapping { value: rule.value.clone(), role: rule.role.name().to_owned() })
                .collect(),
            default_role: settings.default_role.map(|role: Role| role.name().to_owned()),
            enabled: settings.enabled,
            redirect_uri: redirect_uri(platform, settings.tenant),
            sign_in_url: page(platform, settings.slug.as_str()),
            updated_at: settings.updated_at,
        }
    }
}

/// Where the provider sends people back to: a page for each tenant. With one for all, a tenant's provider that is not
/// honest could have another provider send people back to it, and get hold of their codes (RFC 9700, section 4.4).
pub(crate) fn redirect_uri(platform: &Platform, tenant: TenantId) -> String {
    page(platform, &format!("callback/{tenant}"))
}

fn page(platform: &Platform, path: &str) -> String {
    format!("{}/sso/{path}", platform.public_url.as_str().trim_end_matches('/'))
}
