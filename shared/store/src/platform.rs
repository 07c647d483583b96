//! Items of the whole platform: its first set-up, and the public keys that verify access tokens.

use jiff::Timestamp;
use platform_core::ids::TenantId;
use serde::{Deserialize, Serialize};

use crate::{Item, Query, Result, Store, StoreError, keys};

/// That the first tenant was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetupDone {
    /// The first tenant.
    pub tenant: TenantId,
    /// When.
    pub at: Timestamp,
}

/// A public key that verifies access tokens. Published by the functions that hold the signing key, read by all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenKey {
    /// Names the key in a token's header.
    pub kid: String,
    /// Ed25519 public key, base64url.
    pub public: String,
}

impl Store {
    /// The first set-up, if it was done.
    pub async fn setup_done(&self) -> Result<Option<SetupDone>> {
        self.get(&keys::setup()).await
    }

    /// Every published public key.
    pub async fn token_keys(&self) -> Result<Vec<TokenKey>> {
        let key = keys::token_key("");
        Ok(self.query(Query::of(key.pk, key.sk).consistent()).await?.items)
    }

    /// Publishes a public key unless it is published.
    pub async fn publish_token_key(&self, key: &TokenKey) -> Result<()> {
        match self.create(Item::new(&keys::token_key(&key.kid), key)?).await {
            Err(StoreError::Conflict) => Ok(()),
            other => other,
        }
    }

    /// Takes a public key back: nothing it signed is good any more.
    pub async fn retire_token_key(&self, kid: &str) -> Result<()> {
        self.delete(&keys::token_key(kid)).await
    }
}
