//! Keys by which peers join a network without a user.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Characters of a key that may be known: those by which NetBird itself shows it.
const SHOWN: usize = 5;

/// A setup key. The key itself is nowhere in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupKey {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// How the key begins.
    pub key: String,
    /// `reusable` or `one-off`; text, since a newer server may know more.
    pub kind: String,
    /// `valid`, `overused`, `expired` or `revoked`.
    pub state: String,
    /// Whether peers that join by it are removed when they are gone for a while.
    pub ephemeral: bool,
    /// Whether peers that join by it may bring names of their own.
    pub allow_extra_dns_labels: bool,
    /// How many peers joined by it.
    pub used_times: u32,
    /// How many may; without a limit if 0.
    pub usage_limit: u32,
    /// From when on it is no good; `None` if never.
    pub expires: Option<Timestamp>,
    /// When a peer last joined by it.
    pub last_used: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
    /// Ids of the groups that peers are put into.
    pub auto_groups: Vec<String>,
}

impl SetupKey {
    /// Its state now: NetBird does not tell when one expires.
    pub fn state_at(&self, now: Timestamp) -> &str {
        let is_expired = self.expires.is_some_and(|at| at <= now);
        if self.state == "valid" && is_expired { "expired" } else { &self.state }
    }
}

/// What of a key may be kept, whatever a server sends: it lets whoever has it into the network.
pub fn masked(key: &str) -> String {
    let shown: String = key.chars().take_while(|c| *c != '*').take(SHOWN).collect();
    format!("{shown}****")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_of_a_key_is_kept_than_its_beginning() {
        for (sent, kept) in [
            ("1DF7C****", "1DF7C****"),
            ("1DF7C2B0-6E0B-4D53-8D8A-5B8B3F1D9D11", "1DF7C****"),
            ("A616*", "A616****"),
            ("", "****"),
        ] {
            assert_eq!(masked(sent), kept);
        }
    }
}
