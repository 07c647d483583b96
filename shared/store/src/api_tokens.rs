//! API tokens: what their owners see, and what requests find.

use aws_lc_rs::digest;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use platform_core::api_token::{ApiToken, TokenUse};
use platform_core::ids::{ApiTokenId, TenantId, UserId};

use crate::operations::{attributes_of, decode, unavailable};
use crate::{Item, Query, Result, Store, Transaction, keys};

/// What is stored of a token: its SHA-256, in hex.
pub fn hash(token: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, token.as_bytes()))
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
    /// request needs to know. None if there is no such token.
    pub async fn use_token(&self, hash: &str, ip: Option<&str>) -> Result<Option<TokenUse>> {
        // First as one more in a minute that has begun, then as the first of its minute, then again as one more, in
        // case another request began it. A token that takes none of them is not there.
        for begins in [false, true, false] {
            if let Some(found) = self.count_use(hash, ip, begins).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    async fn count_use(&self, hash: &str, ip: Option<&str>, begins: bool) -> Result<Option<TokenUse>> {
        let now = self.clock.now();
        let (update, condition) = if begins {
            ("SET lastUsedAt = :now, lastUsedIp = :ip, #minute = :minute, requests = :one", "#minute < :minute")
        } else {
            ("SET lastUsedAt = :now, lastUsedIp = :ip ADD requests :one", "#minute = :minute")
        };
        let answer = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(attributes_of(&keys::token_use(hash))))
            .update_expression(update)
            .condition_expression(condition)
            .expression_attribute_names("#minute", "minute")
            .expression_attribute_values(":now", AttributeValue::S(now.to_string()))
            .expression_attribute_values(":ip", AttributeValue::S(ip.unwrap_or("unknown").to_owned()))
            .expression_attribute_values(":minute", AttributeValue::N((now.as_second() / 60).to_string()))
            .expression_attribute_values(":one", AttributeValue::N("1".into()))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        match answer {
            Ok(answer) => answer.attributes.map(decode).transpose(),
            Err(error) => match error.as_service_error() {
                Some(service) if service.is_conditional_check_failed_exception() => Ok(None),
                _ => Err(unavailable("UpdateItem", error)),
            },
        }
    }
}
