//! `POST /api/auth/sso/finish`

use std::fmt::Display;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use platform_core::ids::TenantId;
use platform_core::sso::{SsoSettings, SsoState};
use platform_core::tenancy::{Email, Membership, SignInMethod, User};
use platform_core::text;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract::Json;
use platform_http::router::MOST_LOGGED;
use platform_identity::guesses::Guess;
use platform_identity::refusals;
use platform_identity::sign_in::{AuthResponse, UserProfile, begin, signed_in};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::admission::{Vouched, admit};
use crate::browser::{cleared, same, secret, sha256_hex};
use crate::id_token::{self, Expected};
use crate::provider::Asker;
use crate::put::secret_place;
use crate::view::redirect_uri;

/// Providers' codes are some hundred characters long; Microsoft's reach two thousand.
const MAX_CODE: usize = 8 * 1024;
const MAX_STATE: usize = 128;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct FinishSso {
    /// From the path of the page that the provider sent the browser back to.
    tenant_id: Uuid,
    /// From that page's query.
    code: String,
    /// From that page's query.
    state: String,
}

/// Finish signing in by an identity provider
///
/// Takes what the provider gave the browser. Works once, within ten minutes, in the browser that began. The session
/// acts in the provider's tenant only.
#[utoipa::path(post, path = "/api/auth/sso/finish", operation_id = "finishSso", tag = "auth",
    request_body = FinishSso, responses((status = 200, description = "Signed in", body = AuthResponse),
    (status = 401, description = "It did not work, and why")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    headers: HeaderMap,
    Json(request): Json<FinishSso>,
) -> Result<Response, Problem> {
    for (pointer, text, most) in [("/code", &request.code, MAX_CODE), ("/state", &request.state, MAX_STATE)] {
        if text.is_empty() || text.len() > most {
            return Err(Problem::field(pointer, format!("must have 1 to {most} characters")));
        }
    }
    // Without a cookie there is nothing to guess: no state would be looked at.
    let secret = secret(&headers).ok_or_else(elsewhere)?;
    let guess = Guess::at_link(&platform, &client).await?;
    let begun = platform.store.take_sso(&sha256_hex(&request.state)).await?;
    let begun =
        begun.ok_or_else(|| Problem::sso_failed("the sign-in took too long or was finished before; begin again"))?;
    if let Err(problem) = is_of(&begun, &request, secret) {
        return Err(told(&platform, &begun, &client, problem.into()).await);
    }
    // The state was no guess. What goes wrong from here on is the provider's doing.
    guess.was_right(&platform.store).await?;
    let (user, membership) = match let_in(&platform, &begun, &request.code, &client).await {
        Ok(member) => member,
        Err(not_let_in) => return Err(told(&platform, &begun, &client, not_let_in).await),
    };
    let method = SignInMethod::Sso;
    let session = begin(&platform, &user, &membership, method, false, &client).await?;
    let profile = UserProfile::new(&user, &membership, std::slice::from_ref(&membership), Some(method), None);
    let mut response = signed_in(&platform, StatusCode::OK, &client, &session, &membership, profile)?;
    response.headers_mut().append(header::SET_COOKIE, cleared()?);
    Ok(response)
}

fn elsewhere() -> Problem {
    Problem::sso_failed("the sign-in was begun in another browser; begin again in this one")
}

/// Why somebody was not let in, and whom the provider vouched for, if it did.
pub(crate) struct NotLetIn {
    who: Option<Email>,
    problem: Problem,
}

impl From<Problem> for NotLetIn {
    fn from(problem: Problem) -> Self {
        Self { who: None, problem }
    }
}

/// Whoever was not let in is in the tenant's trail. Where something is out of order, nobody was refused.
async fn told(platform: &Platform, begun: &SsoState, client: &Client, NotLetIn { who, problem }: NotLetIn) -> Problem {
    if problem.status() == StatusCode::UNAUTHORIZED {
        refusals::of_single_sign_on(platform, begun.tenant, who.as_ref(), client, &problem).await;
    }
    problem
}

/// Whether this browser began the sign-in, with this tenant.
fn is_of(begun: &SsoState, request: &FinishSso, secret: &str) -> Result<(), Problem> {
    if !same(&begun.browser, &sha256_hex(secret)) {
        tracing::warn!(tenant.id = %begun.tenant, "single sign-on finished in another browser");
        return Err(elsewhere());
    }
    if begun.tenant != TenantId::from_uuid(request.tenant_id) {
        tracing::warn!(tenant.id = %begun.tenant, other = %request.tenant_id, "single sign-on came back to another tenant");
        return Err(Problem::sso_failed("another identity provider answered than the one that was asked; begin again"));
    }
    Ok(())
}

/// Asks the provider who somebody is, and lets them in.
async fn let_in(
    platform: &Platform,
    begun: &SsoState,
    code: &str,
    client: &Client,
) -> Result<(User, Membership), NotLetIn> {
    let settings = settings_of(platform, begun.tenant).await?;
    let claims = vouched_claims(platform, &settings, begun, code).await?;
    let who = Vouched::email(&claims).map_err(|detail| failed(&settings, detail))?;
    let not_let_in = |problem| NotLetIn { who: Some(who.clone()), problem };
    let vouched = Vouched::read(&settings, &claims, who.clone());
    let vouched = vouched.map_err(|detail| not_let_in(failed(&settings, detail)))?;
    admit(platform, &settings, &vouched, client).await.map_err(not_let_in)
}

async fn settings_of(platform: &Platform, tenant: TenantId) -> Result<SsoSettings, Problem> {
    let (settings, tenant) = tokio::join!(platform.store.sso_settings(tenant), platform.store.tenant(tenant));
    let lives = tenant?.is_some_and(|tenant| tenant.deleted_at.is_none());
    let settings = settings?.filter(|settings| settings.enabled && lives);
    settings.ok_or_else(|| Problem::sso_failed("the tenant does not sign in by an identity provider any more"))
}

/// What the provider says of the person, once it is proven to be the provider that says it.
async fn vouched_claims(
    platform: &Platform,
    settings: &SsoSettings,
    begun: &SsoState,
    code: &str,
) -> Result<Value, Problem> {
    let secret = match &settings.client_secret {
        Some(sealed) => Some(platform.vault()?.open(secret_place(settings.tenant), sealed).map_err(Problem::internal)?),
        None => None,
    };
    let asker = Asker::new(platform.addresses)?;
    let redirect = redirect_uri(platform, settings.tenant);
    let exchange = asker.exchange(settings, secret.as_deref(), code, &begun.verifier, &redirect);
    let (tokens, keys) = tokio::join!(exchange, asker.keys(&settings.provider));
    let tokens = tokens.map_err(|trouble| failed(settings, trouble))?;
    let keys = keys.map_err(|trouble| failed(settings, trouble))?;
    let expected =
        Expected { issuer: &settings.issuer, client_id: &settings.client_id, nonce: &begun.nonce, now: platform.now() };
    let mut claims =
        id_token::verify(&tokens.id_token, &keys, expected).map_err(|refused| failed(settings, refused))?;
    if let (Some(endpoint), Some(token)) = (&settings.provider.userinfo_endpoint, &tokens.access_token)
        && Vouched::needs_more(settings, &claims)
    {
        let more = asker.userinfo(endpoint, token).await.map_err(|trouble| failed(settings, trouble))?;
        // Somebody else's details, if the subject differs (OpenID Connect Core, section 5.3.2).
        if more["sub"] != claims["sub"] {
            return Err(failed(settings, "the provider tells the details of another person"));
        }
        add(&mut claims, more);
    }
    Ok(claims)
}

/// Adds what the signed claims do not say.
fn add(claims: &mut Value, more: Value) {
    if let (Value::Object(claims), Value::Object(mut more)) = (claims, more) {
        // An address and whether it is proven come from one place.
        if !claims.contains_key("email") {
            claims.remove("email_verified");
        }
        // It is said of the address that comes with it.
        if claims.contains_key("email") {
            more.remove("email_verified");
        }
        for (name, value) in more {
            claims.entry(name).or_insert(value);
        }
    }
}

/// Tells the person, and the log: no reason holds a secret.
pub(crate) fn failed(settings: &SsoSettings, detail: impl Display) -> Problem {
    // The provider chose some of it.
    let detail = text::printable(&detail.to_string(), MOST_LOGGED);
    tracing::warn!(tenant.id = %settings.tenant, reason = detail, "single sign-on failed");
    Problem::sso_failed(detail)
}
