//! `GET /api/roles`

use axum::response::Response;
use platform_core::access::{Permission, Role};
use platform_http::page::whole;
use serde::Serialize;
use utoipa::ToSchema;

/// A role.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleView {
    name: Role,
    #[schema(example = "Network admin")]
    title: &'static str,
    description: &'static str,
    /// What it may do.
    permissions: Vec<PermissionView>,
}

/// A permission.
#[derive(Serialize, ToSchema)]
pub(crate) struct PermissionView {
    name: Permission,
    #[schema(example = "Take an alert on")]
    description: &'static str,
}

impl RoleView {
    fn new(role: Role) -> Self {
        let permission =
            |permission: Permission| PermissionView { name: permission, description: permission.description() };
        Self {
            name: role,
            title: role.title(),
            description: role.description(),
            permissions: role.permissions().map(permission).collect(),
        }
    }
}

/// Roles
///
/// From the one that may do least to the one that may do most; each may do what those before it may.
#[utoipa::path(get, path = "/api/roles", operation_id = "listRoles", tag = "tenants",
    responses((status = 200, description = "The roles and what they may do", body = Vec<RoleView>)))]
pub(crate) async fn handler() -> Response {
    whole(Role::ALL.iter().copied().map(RoleView::new).collect())
}
