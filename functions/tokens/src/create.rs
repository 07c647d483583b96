//! `POST /api/tokens`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use ipnet::IpNet;
use jiff::SignedDuration;
use platform_core::access::Permission;
use platform_core::api_token::{self, ApiToken, MAX_DAYS, MAX_RANGES, MAX_TOKENS};
use platform_core::ids::ApiTokenId;
use platform_core::validate::Problems;
use platform_http::gate::Person;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::api_tokens;
use platform_store::quotas::Quota;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::view::ApiTokenView;

/// Characters of a token that lists show.
const HINT: usize = 8;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateApiToken {
    /// What it is for.
    #[schema(example = "nightly report", max_length = 100)]
    name: String,
    /// Permissions, each one that the maker holds.
    #[schema(value_type = Vec<Permission>, example = json!(["netbird:read", "alerts:read"]), min_items = 1)]
    scopes: Vec<String>,
    /// Days until it ends.
    #[schema(example = 90, minimum = 1, maximum = 365)]
    expires_in_days: u32,
    /// Addresses and ranges it may come from; any if empty.
    #[serde(default)]
    #[schema(example = json!(["203.0.113.0/24"]), max_items = 20)]
    ip_allow_list: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreatedApiToken {
    #[serde(flatten)]
    view: ApiTokenView,
    /// The token, shown this once. Send it as `Authorization: Bearer …`.
    #[schema(example = "nmp_")]
    token: String,
}

/// Make an API token
///
/// For scripts: it may do what its scopes say, as long as its maker may. The answer is the only one that holds it.
#[utoipa::path(post, path = "/api/tokens", operation_id = "createToken", tag = "tokens", request_body = CreateApiToken,
    responses((status = 201, description = "Made", body = CreatedApiToken),
    (status = 409, description = "There are too many")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    Person { caller, .. }: Person,
    extract::Json(request): extract::Json<CreateApiToken>,
) -> Result<(StatusCode, Json<CreatedApiToken>), Problem> {
    let mut problems = Problems::default();
    problems.text("/name", &request.name, 1, 100);
    let scopes = scopes(&request.scopes, |permission| caller.grant.may(permission), &mut problems);
    let days = request.expires_in_days;
    problems.require((1..=MAX_DAYS).contains(&days), "/expiresInDays", format!("must be from 1 to {MAX_DAYS}"));
    let ip_allow_list = ranges(&request.ip_allow_list, &mut problems);
    problems.finish().map_err(Problem::validation)?;

    let (tenant, user) = (caller.tenant, caller.membership.user);
    let now = platform.now();
    let secret = api_token::generate(platform.entropy.as_ref());
    let token = ApiToken {
        id: ApiTokenId::new(now, platform.entropy.as_ref()),
        tenant,
        user,
        user_name: caller.membership.name.clone(),
        name: request.name.trim().to_owned(),
        hint: secret.chars().take(HINT).collect(),
        hash: api_tokens::hash(&secret),
        scopes,
        ip_allow_list,
        created_at: now,
        expires_at: now + SignedDuration::from_hours(24 * i64::from(days)),
        version: 1,
    };
    let new = json!({
        "name": token.name, "scopes": token.scopes, "expiresAt": token.expires_at, "ipAllowList": token.ip_allow_list,
    });
    let entry = platform.audit_entry(tenant, caller.actor(), "token.create", token.id, (None, Some(new)));
    let mut tries = Tries::new(&platform, tenant, Quota::ApiTokens(user));
    while let Some(pass) = tries.next().await? {
        if platform.store.api_tokens(tenant, Some(user)).await?.len() >= MAX_TOKENS {
            let detail = format!("you have {MAX_TOKENS} API tokens, which is the most; revoke one first");
            return Err(Problem::conflict(detail));
        }
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.require_member(&caller.membership);
        transaction.create_api_token(&token)?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    let view = ApiTokenView::new(token, None, user);
    Ok((StatusCode::CREATED, Json(CreatedApiToken { view, token: secret })))
}

fn scopes(asked: &[String], may: impl Fn(Permission) -> bool, problems: &mut Problems) -> Vec<Permission> {
    let mut scopes = Vec::new();
    problems.require(!asked.is_empty(), "/scopes", "must name at least one permission");
    problems.require(asked.len() <= Permission::ALL.len(), "/scopes", "must not name a permission twice");
    for (index, name) in asked.iter().enumerate().take(Permission::ALL.len()) {
        let pointer = format!("/scopes/{index}");
        match name.parse::<Permission>() {
            Ok(permission) if scopes.contains(&permission) => problems.push(pointer, "is named twice"),
            Ok(permission) if may(permission) => scopes.push(permission),
            Ok(_) => problems.push(pointer, "is a permission that your role does not hold"),
            Err(_) => problems.push(pointer, "is not a permission; GET /api/roles names them all"),
        }
    }
    scopes
}

fn ranges(asked: &[String], problems: &mut Problems) -> Vec<IpNet> {
    problems.require(asked.len() <= MAX_RANGES, "/ipAllowList", format!("must have at most {MAX_RANGES} entries"));
    let mut ranges = Vec::new();
    for (index, text) in asked.iter().enumerate().take(MAX_RANGES) {
        // A single address is a range of one.
        let range = text.parse::<IpNet>().or_else(|_| text.parse().map(|address: std::net::IpAddr| address.into()));
        match range {
            Ok(range) => ranges.push(range.trunc()),
            Err(_) => problems.push(
                format!("/ipAllowList/{index}"),
                "must be an address or a range such as 203.0.113.0/24 or 2001:db8::/32",
            ),
        }
    }
    ranges
}
