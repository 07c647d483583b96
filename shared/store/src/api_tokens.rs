//! API tokens: what their owners see, and what requests find.

use std::net::IpAddr;

use aws_lc_rs::digest;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use platform_core::api_token::{ApiToken, TokenUse};
use platform_core::ids::{ApiTokenId, TenantId, UserId};

use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// What is stored of a token: its SHA-256, in hex.
pub fn hash(token: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

/// How often a request that met the first of its minute is counted again.
const TRIES: u32 = 4;

/// The token may be used, but not from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElsewhereOnly;

/// How a request is counted.
#[derive(Clone, Copy)]
struct Use {
    /// In this minute.
    minute: i64,
    /// As its first one, if the token still stands at this other one.
    after: Option<i64>,
    /// The address is one that the token may be used from.
    is_allowed: bool,
}

impl Use {
    /// How to count a request at `now`, by a token whose last minute is `last`. Two functions' clocks differ, so a minute
    /// that has just begun elsewhere has begun; one further ahead is what a clock said that was set back since.
    fn at(now: i64, last: i64) -> Self {
        let has_begun = last == now || last == now + 1;
        Self { minute: if has_begun { last } else { now }, after: (!has_begun).then_some(last), is_allowed: true }
    }
}

impl Transaction<'_> {
    /// Makes a token.
    pub fn create_api_token(&mut self, token: &ApiToken) -> Result<()> {
        let use_ = TokenUse {
            id: token.id,
            tenant: token.tenant,
            user: token.user,
            scopes: token.scopes.clone(),
            ip_allow_list: token.ip_allow_list.clone(),
            expires_at: token.expires_at,
            last_used_at: None,
            last_used_ip: None,
            minute: 0,
            requests: 0,
        };
        let key = keys::api_token(token.tenant, token.user, token.id);
        self.create(Item::new(&key, token)?.expiring(token.expires_at));
        self.create(Item::new(&keys::token_use(&token.hash), &use_)?.expiring(token.expires_at));
        Ok(())
    }

    /// Takes a token away. Conflicts if it is gone.
    pub fn revoke_api_token(&mut self, token: &ApiToken) {
        self.take(&keys::api_token(token.tenant, token.user, token.id));
        self.delete(&keys::token_use(&token.hash));
    }
}

impl Store {
    /// A tenant's tokens, or one member's.
    pub async fn api_tokens(&self, tenant: TenantId, user: Option<UserId>) -> Result<Vec<ApiToken>> {
        let prefix = user.map_or_else(|| keys::API_TOKEN.to_owned(), keys::api_tokens_of);
        Ok(self.query(Query::of(keys::tenant_partition(tenant), prefix).consistent()).await?.items)
    }

    /// A member's token.
    pub async fn api_token(&self, tenant: TenantId, user: UserId, token: ApiTokenId) -> Result<Option<ApiToken>> {
        self.get(&keys::api_token(tenant, user, token)).await
    }

    /// When and from where tokens were last used, in no order.
    pub async fn token_uses(&self, tokens: &[ApiToken]) -> Result<Vec<TokenUse>> {
        let keys: Vec<_> = tokens.iter().map(|token| keys::token_use(&token.hash)).collect();
        self.get_many_raw(&keys).await?.into_iter().map(decode).collect()
    }

    /// Counts a request of a token, by the token's SHA-256, and notes when and from where: one write that also reads what the
    /// request needs to know. `Ok(None)` if there is no such token. The inner error is a token that may not be used from
    /// `ip`: such a request is neither counted nor noted, so that a token that got lost cannot be worn out by strangers.
    pub async fn use_token(&self, hash: &str, ip: Option<IpAddr>) -> Result<Result<Option<TokenUse>, ElsewhereOnly>> {
        // First as one more in a minute that has begun; what stands in the way of that says how to go on.
        let mut how = Use { minute: self.minute(), after: None, is_allowed: false };
        for _ in 0..TRIES {
            let stored = match self.count_use(hash, ip, how).await? {
                Ok(found) => return Ok(Ok(Some(found))),
                Err(None) => return Ok(Ok(None)),
                Err(Some(stored)) => stored,
            };
            if !stored.allows(ip) {
                return Ok(Err(ElsewhereOnly));
            }
            how = Use::at(self.minute(), stored.minute);
        }
        // Others began the minute, or the next one, each time.
        Ok(Ok(None))
    }

    fn minute(&self) -> i64 {
        self.clock.now().as_second() / 60
    }

    /// The inner error is the token as it is, if there is one, where the request was not counted.
    async fn count_use(&self, hash: &str, ip: Option<IpAddr>, how: Use) -> Result<Result<TokenUse, Option<TokenUse>>> {
        let (update, mut condition) = match how.after {
            Some(_) => (
                "SET lastUsedAt = :now, lastUsedIp = :ip, #minute = :minute, requests = :one",
                "#minute = :last".to_owned(),
            ),
            None => ("SET lastUsedAt = :now, lastUsedIp = :ip ADD requests :one", "#minute = :minute".to_owned()),
        };
        if !how.is_allowed {
            condition.push_str(" AND (attribute_not_exists(ipAllowList) OR size(ipAllowList) < :one)");
        }
        let ip = ip.map_or_else(|| "unknown".to_owned(), |ip| ip.to_string());
        let key = keys::token_use(hash);
        let counted = self.update(&key, |mut request| {
            if let Some(last) = how.after {
                request = request.expression_attribute_values(":last", AttributeValue::N(last.to_string()));
            }
            request
                .update_expression(update)
                .condition_expression(condition)
                .expression_attribute_names("#minute", "minute")
                .expression_attribute_values(":now", AttributeValue::S(self.clock.now().to_string()))
                .expression_attribute_values(":ip", AttributeValue::S(ip))
                .expression_attribute_values(":minute", AttributeValue::N(how.minute.to_string()))
                .expression_attribute_values(":one", AttributeValue::N("1".into()))
                .return_values(ReturnValue::AllNew)
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        });
        Ok(match counted.await? {
            Ok(counted) => Ok(decode(counted)?),
            Err(stored) if stored.is_empty() => Err(None),
            Err(stored) => Err(Some(decode(stored)?)),
        })
    }
}
