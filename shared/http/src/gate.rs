//! Authorization, from the row: no endpoint does it itself, none can forget it.
//!
//! The token says who calls; the table says whether the session still lives and which role the user has now, so that a
//! revoked session or a changed role takes effect on the next request. For reads that check runs beside the handler,
//! whose answer is thrown away if the check fails: a read costs one round trip in sequence, and by an API token two, since
//! only the table knows whose it is.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::AUTHORIZATION;
use http::request::Parts;
use platform_core::access::{Grant, Permission};
use platform_core::api_token::{self, TokenUse};
use platform_core::audit::Actor;
use platform_core::clock::{Clock, Entropy};
use platform_core::ids::{ApiTokenId, SessionId, TenantId, UserId};
use platform_core::tenancy::{Membership, Session, SignInMethod};
use platform_store::{Store, api_tokens};

use crate::client::{Client, refuse_cross_site};
use crate::conventions::{Promises, Under};
use crate::endpoint::Access;
use crate::problem::Problem;
use crate::refusal::{self, Asks};
use crate::token::{Claims, Verifier};

/// What authorization needs of a host.
#[derive(Clone)]
pub struct Gate {
    /// The table.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness, for the ids of entries of the trail.
    pub entropy: Arc<dyn Entropy>,
    /// The public keys.
    pub verifier: Arc<Verifier>,
    /// The platform's own origin, such as `https://platform.example`.
    pub origin: Arc<str>,
}

/// What the layer of an endpoint knows of its row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Who may call it.
    pub access: Access,
    /// What it promises.
    pub promises: Promises,
    /// What it is called.
    pub operation: Arc<str>,
}

/// By what a request is authorized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// A person's session.
    Session(SessionId),
    /// An API token.
    Token(ApiTokenId),
}

impl Credential {
    /// Somebody who acts by it, for an audit trail.
    pub(crate) fn actor(self, who: Actor) -> Actor {
        match self {
            Self::Session(session) => Actor { session: Some(session), ..who },
            Self::Token(token) => Actor { token: Some(token), ..who },
        }
    }
}

/// Who reads. Present on every endpoint that is not public.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The user.
    pub user: UserId,
    /// The tenant; everything the request touches is in it.
    pub tenant: TenantId,
    /// By what.
    pub credential: Credential,
    /// How the session began, if it is one.
    pub method: Option<SignInMethod>,
    /// The API token's scopes, if it is one.
    pub scopes: Option<Vec<Permission>>,
}

impl Reader {
    /// The session, if it is one.
    pub fn session(&self) -> Option<SessionId> {
        match self.credential {
            Credential::Session(session) => Some(session),
            Credential::Token(_) => None,
        }
    }
}

/// Who changes something. Present on endpoints whose method is not safe; the check has passed before the handler runs.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The tenant; everything the request touches is in it.
    pub tenant: TenantId,
    /// By what.
    pub credential: Credential,
    /// The user's place in the tenant, as it is now.
    pub membership: Membership,
    /// What the request may do.
    pub grant: Grant,
    /// How the session began, if it is one.
    pub method: Option<SignInMethod>,
    client: Client,
}

/// A person who changes something of their own account, with the session as it is now. Present on endpoints for people
/// only whose method is not safe.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub caller: Caller,
    /// Their session.
    pub session: Session,
}

impl Caller {
    /// For the audit trail.
    pub fn actor(&self) -> Actor {
        self.credential.actor(self.client.actor(self.membership.user, self.membership.name.clone()))
    }

    /// For what names a person.
    pub fn person(&self) -> platform_core::alert::Person {
        platform_core::alert::Person { id: self.membership.user, name: self.membership.name.clone() }
    }

    /// From where.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Refuses what the caller may not do beyond what the endpoint's row asks for.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        require(&self.grant, Access::Permission(permission))
    }
}

/// What a request shows to be let in, not yet held against the table.
enum Shown {
    Session(Claims),
    Token(TokenUse),
}

impl Shown {
    fn reader(&self) -> Reader {
        match self {
            Shown::Session(claims) => Reader {
                user: claims.sub,
                tenant: claims.tid,
                credential: Credential::Session(claims.sid),
                method: Some(claims.method),
                scopes: None,
            },
            Shown::Token(token) => Reader {
                user: token.user,
                tenant: token.tenant,
                credential: Credential::Token(token.id),
                method: None,
                scopes: Some(token.scopes.clone()),
            },
        }
    }
}

impl Gate {
    async fn shown(&self, parts: &Parts) -> Result<Shown, Problem> {
        let header =
            parts.headers.get(AUTHORIZATION).ok_or_else(|| Problem::unauthenticated("send an access token"))?;
        let token = header.to_str().ok().and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        let token = token.ok_or_else(|| Problem::unauthenticated("send the access token as a Bearer token"))?;
        if token.starts_with(api_token::PREFIX) {
            return self.api_token(token, &Client::of(parts)).await.map(Shown::Token);
        }
        self.verifier.verify(token, &self.store, self.clock.now()).await.map(Shown::Session)
    }

    async fn api_token(&self, token: &str, client: &Client) -> Result<TokenUse, Problem> {
        let bad = || Problem::unauthenticated("the API token is not valid, has expired or was revoked");
        if !api_token::is_well_formed(token) {
            return Err(bad());
        }
        let now = self.clock.now();
        let found = self.store.use_token(&api_tokens::hash(token), client.ip).await?;
        let elsewhere = |_| Problem::unauthenticated("the API token may not be used from this address");
        let found = found.map_err(elsewhere)?.filter(|found| now < found.expires_at).ok_or_else(bad)?;
        if found.requests > api_token::REQUESTS_PER_MINUTE {
            let left = u64::try_from(60 - now.as_second().rem_euclid(60)).unwrap_or(60);
            let most = api_token::REQUESTS_PER_MINUTE;
            return Err(Problem::rate_limited(format!("a token may make {most} requests a minute"), left));
        }
        Ok(found)
    }

    /// Who a person's access token is of, with their place in its tenant as it is now.
    pub async fn person(&self, token: &str) -> Result<(Claims, Membership), Problem> {
        let claims = self.verifier.verify(token, &self.store, self.clock.now()).await?;
        let (membership, _) = self.current(&Shown::Session(claims.clone())).await?;
        Ok((claims, membership))
    }

    /// The member as the table has them now, and the session if it is one.
    async fn current(&self, shown: &Shown) -> Result<(Membership, Option<Session>), Problem> {
        let ended = || Problem::unauthenticated("the session has ended");
        let (membership, session) = match shown {
            Shown::Session(claims) => {
                let (session, membership) =
                    self.store.session_and_membership(claims.sub, claims.sid, claims.tid).await?;
                let live = |session: &Session| session.is_live(self.clock.now()) && session.acts_in(claims.tid);
                (membership, Some(session.filter(live).ok_or_else(ended)?))
            }
            Shown::Token(token) => (self.store.membership(token.tenant, token.user).await?, None),
        };
        let admits = |membership: &Membership| match &session {
            Some(session) => membership.admits(session),
            None => membership.active,
        };
        let membership = membership.filter(admits).ok_or_else(ended)?;
        Ok((membership, session))
    }
}

fn require(grant: &Grant, access: Access) -> Result<(), Problem> {
    match access.permission() {
        Some(permission) if !grant.role.may(permission) => Err(Problem::forbidden(permission)),
        Some(permission) if !grant.may(permission) => Err(Problem::out_of_scope(permission)),
        _ => Ok(()),
    }
}

/// The layer of one endpoint.
pub async fn authorize(
    State((gate, row)): State<(Gate, Row)>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let mut asks = None;
    let answer = admit(&gate, &row, request, next, &mut asks).await;
    let problem = match &answer {
        Ok(response) => response.extensions().get::<Problem>(),
        Err(problem) => Some(problem),
    };
    // By the row or by the handler: alike.
    let refused = problem.filter(|problem| problem.status() == StatusCode::FORBIDDEN).cloned();
    if let Some((problem, asks)) = refused.zip(asks) {
        refusal::tell(&gate, &row, &asks, &problem).await;
    }
    answer
}

async fn admit(
    gate: &Gate,
    row: &Row,
    request: Request,
    next: Next,
    asks: &mut Option<Asks>,
) -> Result<Response, Problem> {
    let access = row.access;
    if row.promises.same_site {
        refuse_cross_site(request.headers(), &gate.origin)?;
    }
    if access == Access::Public {
        return Ok(next.run(request).await);
    }
    let (mut parts, body) = request.into_parts();
    let shown = gate.shown(&parts).await?;
    let reader = shown.reader();
    *asks = Some(Asks { reader: reader.clone(), client: Client::of(&parts) });
    if matches!(shown, Shown::Token(_)) && !access.takes_tokens() {
        return Err(Problem::session_required());
    }
    if reader.method == Some(SignInMethod::Sso) && access.needs_password_session() {
        return Err(Problem::password_session_required());
    }
    parts.extensions.insert(reader.clone());
    let grant = |role| Grant { role, scopes: reader.scopes.clone() };
    let (tenant, user) = (reader.tenant, reader.user);
    let under = Under { store: &gate.store, promises: row.promises, operation: &row.operation, tenant, user };
    // The handler may run beside the check only if it changes nothing and what the request shows would let it.
    let seems_to_hold = match &shown {
        Shown::Session(claims) => require(&grant(claims.role), access).is_ok(),
        Shown::Token(token) => access.permission().is_none_or(|permission| token.scopes.contains(&permission)),
    };
    if parts.method.is_safe() && seems_to_hold {
        let (current, response) = tokio::join!(gate.current(&shown), under.run(Request::from_parts(parts, body), next));
        require(&grant(current?.0.role), access)?;
        return response;
    }
    let (membership, session) = gate.current(&shown).await?;
    // The token says it too; the table has the last word.
    if access.needs_password_session() && session.as_ref().is_some_and(|session| session.method == SignInMethod::Sso) {
        return Err(Problem::password_session_required());
    }
    let grant = grant(membership.role);
    require(&grant, access)?;
    let client = Client::of(&parts);
    let Reader { tenant, credential, method, .. } = reader;
    let caller = Caller { tenant, credential, membership, grant, method, client };
    if let Some(session) = session {
        parts.extensions.insert(Person { caller: caller.clone(), session });
    }
    parts.extensions.insert(caller);
    under.run(Request::from_parts(parts, body), next).await
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
from_extensions!(Person);
