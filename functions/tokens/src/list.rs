//! `GET /api/tokens`

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use platform_core::access::Permission;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::view::ApiTokenView;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TokenQuery {
    /// Everybody's tokens, not only one's own. Needs the permission `tokens:manage`.
    #[serde(default)]
    all: bool,
}

/// API tokens
///
/// One's own, or with `all` those of every member; newest first.
#[utoipa::path(get, path = "/api/tokens", operation_id = "listTokens", tag = "tokens", params(TokenQuery),
    responses((status = 200, description = "The tokens, without what makes them work", body = [ApiTokenView])))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<TokenQuery>,
) -> Result<Response, Problem> {
    let (store, tenant) = (&platform.store, reader.tenant);
    if query.all {
        // The row asks for the smaller permission; whoever wants all needs the role to be looked at here.
        let membership = store.membership(tenant, reader.user).await?;
        if !membership.is_some_and(|membership| membership.role.may(Permission::TokensManage)) {
            return Err(Problem::forbidden(Permission::TokensManage));
        }
    }
    let owner = (!query.all).then_some(reader.user);
    let mut tokens = store.api_tokens(tenant, owner).await?;
    tokens.sort_by_key(|token| std::cmp::Reverse((token.created_at, token.id)));
    let uses: HashMap<_, _> = store.token_uses(&tokens).await?.into_iter().map(|last| (last.id, last)).collect();
    let view = |token: platform_core::api_token::ApiToken| {
        let last = uses.get(&token.id);
        ApiTokenView::new(token, last, reader.user)
    };
    Ok(whole(tokens.into_iter().map(view).collect()))
}
