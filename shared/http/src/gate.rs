//! Authorization, from the row: no endpoint does it itself, none can forget it.
//!
//! The token says who calls; the table says whether the session still lives and which role the user has now, so that a
//! revoked session or a changed role takes effect on the next request. For reads that check runs beside the handler,
//! whose answer is thrown away if the check fails: a read costs one round trip in sequence.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::AUTHORIZATION;
use http::request::Parts;
use platform_core::access::Role;
use platform_core::alert::Person;
use platform_core::audit::Actor;
use platform_core::clock::Clock;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::tenancy::Membership;
use platform_store::Store;

use crate::client::Client;
use crate::endpoint::Access;
use crate::problem::Problem;
use crate::token::{Claims, Verifier};

/// What authorization needs of a host.
#[derive(Clone)]
pub struct Gate {
    /// The table.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The public keys.
    pub verifier: Arc<Verifier>,
}

/// Who reads. Present on every endpoint that is not public.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The user.
    pub user: UserId,
    /// The tenant; everything the request touches is in it.
    pub tenant: TenantId,
    /// The session.
    pub session: SessionId,
}

/// Who changes something. Present on endpoints whose method is not safe; the check has passed before the handler runs.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The tenant; everything the request touches is in it.
    pub tenant: TenantId,
    /// The session.
    pub session: SessionId,
    /// The user's place in the tenant, as it is now.
    pub membership: Membership,
    client: Client,
}

impl Caller {
    /// For the audit trail.
    pub fn actor(&self) -> Actor {
        Actor {
            user: self.membership.user,
            name: self.membership.name.clone(),
            session: Some(self.session),
            ip: self.client.ip.map(|ip| ip.to_string()),
            user_agent: self.client.user_agent.clone(),
        }
    }

    /// For what names a person.
    pub fn person(&self) -> Person {
        Person { id: self.membership.user, name: self.membership.name.clone() }
    }
}

impl Gate {
    async fn claims(&self, parts: &Parts) -> Result<Claims, Problem> {
        let header =
            parts.headers.get(AUTHORIZATION).ok_or_else(|| Problem::unauthenticated("send an access token"))?;
        let token = header.to_str().ok().and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        let token = token.ok_or_else(|| Problem::unauthenticated("send the access token as a Bearer token"))?;
        self.verifier.verify(token, &self.store, self.clock.now()).await
    }

    async fn membership(&self, claims: &Claims) -> Result<Membership, Problem> {
        let (session, membership) = self.store.session_and_membership(claims.sub, claims.sid, claims.tid).await?;
        let live = session.is_some_and(|session| session.is_live(self.clock.now()) && session.tenant == claims.tid);
        membership
            .filter(|membership| live && membership.active)
            .ok_or_else(|| Problem::unauthenticated("the session has ended"))
    }
}

fn require(role: Role, access: Access) -> Result<(), Problem> {
    match access {
        Access::Permission(permission) if !role.may(permission) => Err(Problem::forbidden(permission)),
        _ => Ok(()),
    }
}

/// The layer of one endpoint.
pub async fn authorize(
    State((gate, access)): State<(Gate, Access)>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if access == Access::Public {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    let claims = gate.claims(&parts).await?;
    parts.extensions.insert(Reader { user: claims.sub, tenant: claims.tid, session: claims.sid });
    // The handler may run beside the check only if it changes nothing and the token's role would let it.
    if parts.method.is_safe() && require(claims.role, access).is_ok() {
        let (membership, response) = tokio::join!(gate.membership(&claims), next.run(Request::from_parts(parts, body)));
        require(membership?.role, access)?;
        return Ok(response);
    }
    let membership = gate.membership(&claims).await?;
    require(membership.role, access)?;
    let client = Client::of(&parts);
    parts.extensions.insert(Caller { tenant: claims.tid, session: claims.sid, membership, client });
    Ok(next.run(Request::from_parts(parts, body)).await)
}

macro_rules! from_extensions {
    ($type:ident) => {
        impl<S: Send + Sync> FromRequestParts<S> for $type {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
                let missing = concat!("the row of this endpoint does not give it a ", stringify!($type));
                parts.extensions.get::<$type>().cloned().ok_or_else(|| Problem::internal(missing))
            }
        }
    };
}

from_extensions!(Reader);
from_extensions!(Caller);
