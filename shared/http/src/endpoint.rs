//! Endpoint rows.

use axum::routing::{MethodFilter, MethodRouter};
use platform_core::access::Permission;
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::{RefOr, Schema};

/// Who may call an endpoint. Every row says so; there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// A person signed in, whichever way. Never an API token: it is about the person's own sessions or place.
    Session,
    /// A person who signed in by password: it is about their account on the platform, which reaches beyond the tenant. A
    /// tenant chooses its identity provider, so that one can make such a session of anybody it has as a member.
    Account,
    /// Any member, a person or an API token.
    Member,
    /// Members whose role, and API tokens whose scopes too, hold the permission.
    Permission(Permission),
    /// Like a permission, but never an API token: one token must not make another.
    PersonWith(Permission),
    /// Like [`Access::PersonWith`], for a person who signed in by password and gives it again.
    AccountWith(Permission),
}

impl Access {
    /// The permission it asks for.
    pub const fn permission(self) -> Option<Permission> {
        match self {
            Access::Permission(permission) | Access::PersonWith(permission) | Access::AccountWith(permission) => {
                Some(permission)
            }
            Access::Public | Access::Session | Access::Account | Access::Member => None,
        }
    }

    /// Whether a session that an identity provider began is refused.
    pub const fn needs_password_session(self) -> bool {
        matches!(self, Access::Account | Access::AccountWith(_))
    }

    /// Whether an API token may call it at all.
    pub const fn takes_tokens(self) -> bool {
        matches!(self, Access::Member | Access::Permission(_))
    }
}

/// One endpoint: route, authorization, documentation and code.
pub struct Endpoint<S> {
    /// Names the endpoint everywhere: Lambda handler, OpenAPI operation, sample event.
    pub operation_id: String,
    /// HTTP method.
    pub method: HttpMethod,
    /// Path, with `{id}` for parameters.
    pub path: String,
    /// Who may call it.
    pub access: Access,
    /// Its documentation.
    pub operation: Operation,
    /// The schemas its documentation names.
    pub schemas: Vec<(String, RefOr<Schema>)>,
    pub(crate) route: MethodRouter<S>,
}

impl<S> Endpoint<S> {
    /// A row from what `#[utoipa::path]` generated for the handler. Use [`endpoint!`](crate::endpoint).
    pub fn new<P: utoipa::Path + utoipa::__dev::SchemaReferences>(
        access: Access,
        route: impl FnOnce(MethodFilter) -> MethodRouter<S>,
    ) -> Self {
        let method = P::methods().into_iter().next().unwrap_or(HttpMethod::Get);
        let operation = P::operation();
        let mut schemas = Vec::new();
        <P as utoipa::__dev::SchemaReferences>::schemas(&mut schemas);
        Self {
            operation_id: operation.operation_id.clone().unwrap_or_default(),
            path: P::path(),
            access,
            route: route(filter(&method)),
            method,
            operation,
            schemas,
        }
    }
}

fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Patch => MethodFilter::PATCH,
        _ => MethodFilter::GET,
    }
}

/// A row: the module of the endpoint's file, and who may call it.
///
/// ```text
/// endpoint!(acknowledge, Access::Permission(Permission::AlertsAcknowledge))
/// ```
#[macro_export]
macro_rules! endpoint {
    ($module:ident, $access:expr) => {
        $crate::Endpoint::new::<$module::__path_handler>($access, |method| {
            $crate::axum::routing::on(method, $module::handler)
        })
    };
}
