//! `POST /api/auth/sso/start`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use platform_core::sso::{PROVIDER_FRESH, STATE_LIFE, Slug, SsoSettings, SsoState};
use platform_core::text;
use platform_http::client::Client;
use platform_http::router::{MOST_LOGGED, chain};
use platform_http::{Problem, extract};
use platform_identity::guesses::Guess;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use crate::browser::{cookie, random, sha256_hex};
use crate::provider::{Asker, challenge};
use crate::view::redirect_uri;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StartSso {
    /// The tenant's, from the address of its sign-in page.
    #[schema(example = "acme")]
    slug: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SsoStarted {
    /// Where to send the browser now.
    authorization_url: String,
}

/// Begin to sign in by an identity provider
///
/// Sets a cookie that binds the sign-in to this browser for ten minutes. The provider sends the browser back to
/// `/sso/callback/{tenantId}`, whose page calls `finishSso`.
#[utoipa::path(post, path = "/api/auth/sso/start", operation_id = "startSso", tag = "auth",
    request_body = StartSso, responses((status = 200, description = "Where to go", body = SsoStarted),
    (status = 404, description = "No tenant signs in there")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<StartSso>,
) -> Result<Response, Problem> {
    let guess = Guess::at_link(&platform, &client).await?;
    let settings = find(&platform, &request.slug).await?.ok_or_else(|| Problem::not_found("sign-in page"))?;
    guess.was_right(&platform.store).await?;
    let settings = refreshed(&platform, settings).await?;

    let (secret, state) = (random(&platform), random(&platform));
    let begun = SsoState {
        tenant: settings.tenant,
        browser: sha256_hex(&secret),
        nonce: random(&platform),
        verifier: random(&platform),
        expires_at: platform.now() + STATE_LIFE,
    };
    platform.store.begin_sso(&sha256_hex(&state), &begun).await?;
    let authorization_url = authorization_url(&platform, &settings, &state, &begun)?;
    Ok(([(header::SET_COOKIE, cookie(&secret)?)], Json(SsoStarted { authorization_url })).into_response())
}

async fn find(platform: &Platform, slug: &str) -> Result<Option<SsoSettings>, Problem> {
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(None) };
    let Some(settings) = platform.store.sso_by_slug(&slug).await?.filter(|settings| settings.enabled) else {
        return Ok(None);
    };
    let tenant = platform.store.tenant(settings.tenant).await?;
    Ok(tenant.is_some_and(|tenant| tenant.deleted_at.is_none()).then_some(settings))
}

/// The settings with the provider's addresses as they are now. One that cannot be asked is taken to be as it was.
async fn refreshed(platform: &Platform, mut settings: SsoSettings) -> Result<SsoSettings, Problem> {
    let now = platform.now();
    if now.duration_since(settings.provider.read_at) < PROVIDER_FRESH {
        return Ok(settings);
    }
    let has_secret = settings.client_secret.is_some();
    match Asker::new(platform.addresses)?.discover(&settings.issuer, has_secret, now).await {
        Ok((issuer, provider)) if issuer == settings.issuer => {
            settings.provider = provider;
            // Not worth failing for: somebody else does it, or changes the settings, just now.
            if let Err(error) = platform.store.replace_sso(&mut settings).await {
                tracing::info!(tenant.id = %settings.tenant, error = %error, "the provider's addresses were not kept");
            }
        }
        Ok((issuer, _)) => {
            let issuer = text::printable(issuer.as_str(), MOST_LOGGED);
            tracing::warn!(tenant.id = %settings.tenant, issuer, "the provider changed its name");
        }
        Err(error) => {
            tracing::warn!(tenant.id = %settings.tenant, error = chain(&error), "the provider was not asked again");
        }
    }
    Ok(settings)
}

fn authorization_url(
    platform: &Platform,
    settings: &SsoSettings,
    state: &str,
    begun: &SsoState,
) -> Result<String, Problem> {
    let mut url: Url = settings.provider.authorization_endpoint.parse().map_err(Problem::internal)?;
    let groups = settings.role_claim.is_some() && settings.provider.has_groups_scope;
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &settings.client_id)
        .append_pair("redirect_uri", &redirect_uri(platform, settings.tenant))
        .append_pair("scope", if groups { "openid email profile groups" } else { "openid email profile" })
        .append_pair("state", state)
        .append_pair("nonce", &begun.nonce)
        .append_pair("code_challenge", &challenge(&begun.verifier))
        .append_pair("code_challenge_method", "S256");
    Ok(url.into())
}
