//! An API token as the API shows it: never the token itself.

use jiff::Timestamp;
use platform_core::access::Permission;
use platform_core::api_token::{ApiToken, TokenUse};
use platform_core::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiToken)]
pub(crate) struct ApiTokenView {
    id: Uuid,
    #[schema(example = "nightly report")]
    name: String,
    /// The token's first characters, to tell tokens apart.
    #[schema(example = "nmp_4fK2")]
    prefix: String,
    /// Permissions it was given; it never may more than its owner may at that moment.
    #[schema(example = json!(["netbird:read"]))]
    scopes: Vec<Permission>,
    /// Addresses and ranges it may come from; any if empty.
    ip_allow_list: Vec<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_ip: Option<String>,
    owner: TokenOwner,
    is_own: bool,
}

/// Whose token it is.
#[derive(Serialize, ToSchema)]
struct TokenOwner {
    id: Uuid,
    name: String,
}

impl ApiTokenView {
    /// The token as `reader` sees it, with its last use if it was used.
    pub(crate) fn new(token: ApiToken, last: Option<&TokenUse>, reader: UserId) -> Self {
        Self {
            id: token.id.uuid(),
            name: token.name,
            prefix: token.hint,
            scopes: token.scopes,
            ip_allow_list: token.ip_allow_list.iter().map(ToString::to_string).collect(),
            created_at: token.created_at,
            expires_at: token.expires_at,
            last_used_at: last.and_then(|last| last.last_used_at),
            last_used_ip: last.and_then(|last| last.last_used_ip.clone()),
            is_own: token.user == reader,
            owner: TokenOwner { id: token.user.uuid(), name: token.user_name },
        }
    }
}
