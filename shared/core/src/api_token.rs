//! API tokens: for scripts and other programs, with a part of what their maker may do.

use ipnet::IpNet;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

use crate::access::Permission;
use crate::clock::Entropy;
use crate::ids::{ApiTokenId, TenantId, UserId};

/// Tokens a member may have.
pub const MAX_TOKENS: usize = 50;
/// Ranges in a token's list of addresses.
pub const MAX_RANGES: usize = 20;
/// Longest life, in days.
pub const MAX_DAYS: u32 = 365;
/// Requests of one token in a minute.
pub const REQUESTS_PER_MINUTE: u64 = 600;

/// What every token begins with, for secret scanners.
pub const PREFIX: &str = "nmp_";
const RANDOM: usize = 30;
const CHECKSUM: usize = 6;
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A token as its owner sees it. The token itself is shown once and not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiToken {
    /// Id.
    pub id: ApiTokenId,
    /// The tenant it acts in.
    pub tenant: TenantId,
    /// Its maker: it never may more than they may at that moment.
    pub user: UserId,
    /// The maker's name.
    pub user_name: String,
    /// What it is for.
    pub name: String,
    /// Its first characters, to tell tokens apart.
    pub hint: String,
    /// SHA-256 of the token, in hex.
    pub hash: String,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// Addresses it may come from; any if empty.
    #[serde(default)]
    pub ip_allow_list: Vec<IpNet>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// What a request finds by a token: enough to decide, and the count of its requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenUse {
    /// The token.
    pub id: ApiTokenId,
    /// The tenant it acts in.
    pub tenant: TenantId,
    /// Its maker.
    pub user: UserId,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// Addresses it may come from.
    #[serde(default)]
    pub ip_allow_list: Vec<IpNet>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// From which address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_ip: Option<String>,
    /// The minute that `requests` counts, since 1970.
    #[serde(default)]
    pub minute: i64,
    /// Requests in that minute.
    #[serde(default)]
    pub requests: u64,
}

impl TokenUse {
    /// Whether it may be used from there.
    pub fn allows(&self, ip: Option<IpAddr>) -> bool {
        self.ip_allow_list.is_empty() || ip.is_some_and(|ip| self.ip_allow_list.iter().any(|range| range.contains(&ip)))
    }
}

/// A new token: `nmp_`, 30 random characters (178 bits), 6 of a checksum.
pub fn generate(entropy: &dyn Entropy) -> String {
    let mut token = String::from(PREFIX);
    while token.len() < PREFIX.len() + RANDOM {
        let mut byte = [0];
        entropy.fill(&mut byte);
        // Bytes past the last whole alphabet are drawn again, so that every character is as likely.
        if let Some(letter) = BASE62.get(usize::from(byte[0] >> 2)) {
            token.push(char::from(*letter));
        }
    }
    let sum = checksum(token.as_bytes());
    token + &sum
}

/// Whether the text has the shape and the checksum of a token: what is mistyped or made up costs no read.
pub fn is_well_formed(token: &str) -> bool {
    let Some(random) = token.strip_prefix(PREFIX) else { return false };
    random.len() == RANDOM + CHECKSUM
        && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && checksum(&token.as_bytes()[..PREFIX.len() + RANDOM]) == random[RANDOM..]
}

fn checksum(bytes: &[u8]) -> String {
    let mut sum = crc32fast::hash(bytes);
    let mut digits = [b'0'; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(sum % 62) as usize];
        sum /= 62;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte in turn.
    struct Counter(std::sync::atomic::AtomicU8);

    impl Entropy for Counter {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.fetch_add(7, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn tokens_carry_a_checksum() {
        let entropy = Counter(0.into());
        let (token, other) = (generate(&entropy), generate(&entropy));
        assert_ne!(token, other);
        assert_eq!(token.len(), 40);
        assert!(is_well_formed(&token), "{token}");
        for at in PREFIX.len()..token.len() {
            let mut mistyped = token.clone().into_bytes();
            mistyped[at] = if mistyped[at] == b'x' { b'y' } else { b'x' };
            assert!(!is_well_formed(std::str::from_utf8(&mistyped).unwrap()), "at {at}");
        }
        for bad in ["", "nmp_", "nbp_aaaa", &token[..39], &format!("{token}0"), "nmp_ääääääääääääääääää"]
        {
            assert!(!is_well_formed(bad), "{bad}");
        }
    }
}
