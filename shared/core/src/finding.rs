//! What a condition found, in numbers and words: what alerts are opened with, and what they end with.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::network::Peer;

/// A peer that an alert names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AffectedPeer {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Since when it has been as the rule says.
    pub since: Timestamp,
}

impl From<&Peer> for AffectedPeer {
    fn from(peer: &Peer) -> Self {
        Self { id: peer.id.clone(), name: peer.name.clone(), since: peer.since }
    }
}

/// What an alert is about: how many, of how many, and the first few.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Affected {
    /// How many meet the condition: peers, unless it is about something else.
    pub total: u32,
    /// Out of how many that the rule looks at.
    pub of: u32,
    /// The groups the rule looks at; empty for the whole network.
    pub groups: Vec<String>,
    /// The first [`Affected::NAMED`], longest first.
    pub peers: Vec<AffectedPeer>,
}

impl Affected {
    /// How many peers an alert and its messages name; the rest are a number and a link.
    pub const NAMED: usize = 20;
}

/// A condition that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// In a sentence.
    pub title: String,
    /// In a paragraph.
    pub message: String,
    /// Which peers.
    pub affected: Affected,
    /// When the condition began to hold, as exactly as NetBird tells.
    pub began_at: Timestamp,
}

/// A condition that held and holds no more: how it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recovery {
    /// In a sentence.
    pub title: String,
    /// In a paragraph.
    pub message: String,
    /// How many are now as the rule counts them.
    pub total: u32,
    /// Out of how many.
    pub of: u32,
}
