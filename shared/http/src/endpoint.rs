//! Endpoint rows.

use axum::routing::{MethodFilter, MethodRouter};
use platform_core::access::Permission;
use platform_store::watch::Resource;
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::{RefOr, Schema};

use crate::conventions::{Creates, Promises};
use crate::needs::{Grants, Needs};

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

/// A host, as the router sees it: it gives each endpoint no more than its row says.
pub trait Host: Clone + Send + Sync + 'static {
    /// The same host for one operation.
    #[must_use]
    fn held_to(&self, operation: &str, needs: &Needs) -> Self;
}

/// One endpoint: route, authorization, needs, documentation and code.
pub struct Endpoint<S> {
    /// Names the endpoint everywhere: Lambda handler, OpenAPI operation, sample event.
    pub operation_id: String,
    /// HTTP method.
    pub method: HttpMethod,
    /// Path, with `{id}` for parameters.
    pub path: String,
    /// Who may call it.
    pub access: Access,
    /// What its own code needs, beside the gate.
    pub needs: Needs,
    /// Its documentation.
    pub operation: Operation,
    /// The schemas its documentation names.
    pub schemas: Vec<(String, RefOr<Schema>)>,
    /// What it promises beside that.
    pub promises: Promises,
    pub(crate) route: MethodRouter<S>,
}

impl<S> Endpoint<S> {
    /// A row from what `#[utoipa::path]` generated for the handler. Use [`endpoint!`](crate::endpoint).
    pub fn new<P: utoipa::Path + utoipa::__dev::SchemaReferences>(
        access: Access,
        needs: Needs,
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
            needs,
            route: route(filter(&method)),
            method,
            operation,
            schemas,
            promises: Promises::default(),
        }
    }

    /// All that it does to the table, the gate included: what its role allows.
    pub fn grants(&self) -> Grants {
        self.needs.grants.clone().and(&self.access.grants())
    }

    /// It refuses what a browser sends on behalf of another site: it trusts a cookie, sets one, or is asked by a page.
    #[must_use]
    pub fn same_site(mut self) -> Self {
        self.promises.same_site = true;
        self
    }

    /// It makes something, or does something many times over, once for each `Idempotency-Key`; what it answers may rest in
    /// the table for a day.
    #[must_use]
    pub fn creates(mut self) -> Self {
        self.promises.creates = Some(Creates::Answer);
        self
    }

    /// It makes something, once for each `Idempotency-Key`, and its answer holds a secret that is shown once.
    #[must_use]
    pub fn creates_secret(mut self) -> Self {
        self.promises.creates = Some(Creates::Secret);
        self
    }

    /// It shows or changes a resource, whose version is its `ETag`; a change may name the one it is of, by `If-Match`.
    #[must_use]
    pub fn of(mut self, resource: Resource) -> Self {
        self.promises.resource = Some(resource);
        self
    }

    /// It is about a resource as somebody saw it: a request must name its version by `If-Match`.
    #[must_use]
    pub fn as_seen(mut self) -> Self {
        self.promises.as_seen = true;
        self
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

/// A row: the module of the endpoint's file, who may call it, and what it needs.
///
/// ```text
/// endpoint!(acknowledge, Access::Permission(Permission::AlertsAcknowledge), needs().tenant(GET | QUERY | PUT))
/// ```
#[macro_export]
macro_rules! endpoint {
    ($module:ident, $access:expr, $needs:expr) => {
        $crate::Endpoint::new::<$module::__path_handler>($access, $needs, |method| {
            $crate::axum::routing::on(method, $module::handler)
        })
    };
}
