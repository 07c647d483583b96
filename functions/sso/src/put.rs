//! `PUT /api/tenant/sso`

use axum::Json;
use axum::extract::State;
use platform_core::ids::TenantId;
use platform_core::sso::SsoSettings;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::vault::Place;
use serde_json::{Value, json};

use crate::input::{PutSso, Wanted};
use crate::provider::Asker;
use crate::view::SsoSettingsView;

/// Sign in by an identity provider
///
/// Asks the provider for its OpenID Connect discovery document first, and keeps nothing if that does not work. Before
/// this, register the platform at the provider with the redirect URI `/sso/callback/{tenantId}` under the platform's
/// address.
#[utoipa::path(put, path = "/api/tenant/sso", operation_id = "putSso", tag = "tenant",
    request_body = PutSso, responses((status = 200, description = "Kept", body = SsoSettingsView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<PutSso>,
) -> Result<Json<SsoSettingsView>, Problem> {
    let wanted = request.check()?;
    let old = platform.store.sso_settings(caller.tenant).await?;
    if platform.store.slug_owner(&wanted.slug).await?.is_some_and(|owner| owner != caller.tenant) {
        return Err(Problem::field("/slug", "is taken"));
    }
    let secret = wanted.secret.clone();
    let has_secret = secret
        .as_ref()
        .map_or_else(|| old.as_ref().is_some_and(|old| old.client_secret.is_some()), |new| !new.is_empty());
    let asker = Asker::new(platform.addresses)?;
    let discovered = asker.discover(&wanted.issuer, has_secret, platform.now()).await;
    let (issuer, provider) = discovered.map_err(|trouble| Problem::field("/issuer", trouble.to_string()))?;

    // A secret goes to the provider that it was entered for, and to no other.
    let is_same = |old: &&SsoSettings| old.issuer == issuer && old.client_id == wanted.client_id;
    let kept = old.as_ref().filter(is_same).and_then(|old| old.client_secret.clone());
    let client_secret = match &secret {
        Some(plain) if plain.is_empty() => None,
        Some(plain) => Some(platform.vault()?.seal(secret_place(caller.tenant), plain, platform.entropy.as_ref())),
        None if has_secret && kept.is_none() => {
            return Err(Problem::field("/clientSecret", "enter it again: the issuer or the client has changed"));
        }
        None => kept,
    };
    let Wanted { slug, client_id, domains, role_claim, role_mapping, default_role, enabled, .. } = wanted;
    let mut settings = SsoSettings {
        tenant: caller.tenant,
        slug,
        issuer,
        client_id,
        client_secret,
        domains,
        role_claim,
        role_mapping,
        default_role,
        enabled,
        provider,
        updated_at: platform.now(),
        version: old.as_ref().map_or(0, |old| old.version),
    };
    let mut transaction = platform.store.transaction();
    // Asking the provider takes a while: whoever is not an owner any more sets up nothing.
    transaction.require_member(&caller.membership);
    transaction.put_sso(&mut settings, old.as_ref())?;
    let mut new = audited(&settings);
    new["clientSecretReplaced"] = json!(secret.is_some());
    let change = (old.as_ref().map(audited), Some(new));
    let entry = platform.audit_entry(caller.tenant, caller.actor(), "sso.update", caller.tenant, change);
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(Json(SsoSettingsView::new(&platform, &settings)))
}

/// Where the client's secret belongs.
pub(crate) fn secret_place(tenant: TenantId) -> Place<'static> {
    Place { owner: tenant.uuid(), record: "sso", purpose: "client-secret" }
}

/// Settings as the audit trail keeps them: never the secret.
pub(crate) fn audited(settings: &SsoSettings) -> Value {
    json!({
        "slug": settings.slug,
        "issuer": settings.issuer,
        "clientId": settings.client_id,
        "hasClientSecret": settings.client_secret.is_some(),
        "domains": settings.domains,
        "roleClaim": settings.role_claim,
        "roleMapping": settings.role_mapping,
        "defaultRole": settings.default_role,
        "enabled": settings.enabled,
    })
}
