//! `DELETE /api/tokens/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::access::Permission;
use platform_core::ids::ApiTokenId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Person;
use platform_runtime::Platform;
use platform_store::StoreError;
use serde_json::json;
use uuid::Uuid;

/// Revoke an API token
///
/// One's own, or, with the permission `tokens:manage`, anybody's. It stops working with the next request.
#[utoipa::path(delete, path = "/api/tokens/{id}", operation_id = "revokeToken", tag = "tokens",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Revoked")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    Person { caller, .. }: Person,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id, missing) = (caller.tenant, ApiTokenId::from_uuid(id), || Problem::not_found("API token"));
    let own = platform.store.api_token(tenant, caller.membership.user, id).await?;
    let token = match own {
        Some(token) => token,
        // Whose token it is is part of its key; a tenant has few enough to look through.
        None if caller.grant.may(Permission::TokensManage) => {
            let all = platform.store.api_tokens(tenant, None).await?;
            all.into_iter().find(|token| token.id == id).ok_or_else(missing)?
        }
        None => return Err(missing()),
    };
    let old = json!({ "name": token.name, "owner": token.user_name });
    let mut transaction = platform.store.transaction();
    transaction.revoke_api_token(&token);
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "token.revoke", id, (Some(old), None)))?;
    match transaction.commit().await {
        // Gone already: somebody else revoked it just now.
        Err(StoreError::Conflict) => Err(missing()),
        result => {
            result?;
            Ok(StatusCode::NO_CONTENT)
        }
    }
}
