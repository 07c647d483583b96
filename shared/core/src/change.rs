//! What changed in the configuration of a network: found by comparing a list with the one before, told field by field
//! and in words.
//!
//! A row is looked at as its JSON, without what is no configuration: each type says in [`rows`] what that is, and which of
//! its fields name other things by id. What is told has bounds; what is beyond them is counted.

mod actor;
mod compare;
mod fields;
mod members;
mod rows;
mod undo;
mod words;

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::AccountId;
use crate::named;
use crate::resource::Resource;

pub use actor::{Actor, SLACK};
pub use compare::{MOST_CHANGES, compare, has_changed};
pub use fields::FieldChange;
pub use members::members;
pub use rows::Configured;
pub use undo::{Lost, undo, undo_members};

named! {
    /// A list of a network's configuration.
    pub enum Configuration {
        /// Groups, with who is in them.
        Groups = "groups",
        /// Users of the NetBird account.
        Users = "users",
        /// Access policies.
        Policies = "policies",
        /// Networks.
        Networks = "networks",
        /// What networks make reachable.
        NetworkResources = "network_resources",
        /// Who routes to networks.
        NetworkRouters = "network_routers",
        /// Routes.
        Routes = "routes",
        /// Posture checks.
        PostureChecks = "posture_checks",
        /// Nameserver groups.
        NameserverGroups = "nameserver_groups",
        /// How the account hands out name resolution.
        DnsSettings = "dns_settings",
        /// Setup keys.
        SetupKeys = "setup_keys",
        /// The account's settings.
        Settings = "settings",
    }
}

impl Configuration {
    /// The list that a resource is; `None` for what is no configuration.
    pub const fn of(resource: Resource) -> Option<Self> {
        Some(match resource {
            Resource::Groups => Self::Groups,
            Resource::Users => Self::Users,
            Resource::Policies => Self::Policies,
            Resource::Networks => Self::Networks,
            Resource::NetworkResources => Self::NetworkResources,
            Resource::NetworkRouters => Self::NetworkRouters,
            Resource::Routes => Self::Routes,
            Resource::PostureChecks => Self::PostureChecks,
            Resource::NameserverGroups => Self::NameserverGroups,
            Resource::DnsSettings => Self::DnsSettings,
            Resource::SetupKeys => Self::SetupKeys,
            Resource::Accounts => Self::Settings,
            Resource::Peers | Resource::Events => return None,
        })
    }

    /// Whether it says who can reach what.
    pub const fn decides_access(self) -> bool {
        matches!(
            self,
            Self::Groups
                | Self::Policies
                | Self::Networks
                | Self::NetworkResources
                | Self::NetworkRouters
                | Self::Routes
                | Self::PostureChecks
        )
    }

    /// One of it, in words.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Groups => "group",
            Self::Users => "user",
            Self::Policies => "policy",
            Self::Networks => "network",
            Self::NetworkResources => "network resource",
            Self::NetworkRouters => "network router",
            Self::Routes => "route",
            Self::PostureChecks => "posture check",
            Self::NameserverGroups => "nameserver group",
            Self::DnsSettings => "DNS settings",
            Self::SetupKeys => "setup key",
            Self::Settings => "account settings",
        }
    }

    /// All of it, in words.
    pub fn words(self) -> String {
        match self {
            Self::DnsSettings | Self::Settings => self.noun().to_owned(),
            _ => self.name().replace('_', " "),
        }
    }

    /// How the codes of events begin that tell of its changes.
    const fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Groups => &["group", "peer.group"],
            Self::Users => &["user", "service"],
            Self::Policies => &["policy", "rule"],
            Self::Networks => &["network"],
            Self::NetworkResources => &["network.resource", "resource.group"],
            Self::NetworkRouters => &["network.router"],
            Self::Routes => &["route"],
            Self::PostureChecks => &["posture"],
            Self::NameserverGroups => &["nameserver"],
            Self::DnsSettings => &["dns"],
            Self::SetupKeys => &["setupkey"],
            Self::Settings => &["account"],
        }
    }

    /// Whether there is one of an account, so that its events need not name it.
    const fn is_single(self) -> bool {
        matches!(self, Self::DnsSettings | Self::Settings)
    }
}

named! {
    /// What became of a thing.
    pub enum ChangeKind {
        /// It is new.
        Created = "created",
        /// It is not as it was.
        Updated = "updated",
        /// It is gone.
        Deleted = "deleted",
        /// More changed than is kept one by one: about no thing.
        Omitted = "omitted",
        /// The list could not be compared with the one before, so that what changed in between is not known: about no thing.
        Uncompared = "uncompared",
    }
}

/// A change of one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// In which list.
    pub resource: Configuration,
    /// NetBird's id of it; empty where the change is about no thing.
    pub item_id: String,
    /// Its name, the new one if it changed.
    pub item_name: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// It in words.
    pub sentences: Vec<String>,
    /// Fields that differ, of an update.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// How many more fields differ.
    #[serde(default)]
    pub omitted_fields: usize,
    /// The whole of it before, without what is no configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The whole of it since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// Whether the whole was too large to be kept.
    #[serde(default)]
    pub is_cut: bool,
    /// When the list was last read before: it happened since. Unknown of a list that was last read by an older version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Who did it, as NetBird's activity log has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
}

/// Where a change stands in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeId {
    /// The account.
    pub account: AccountId,
    /// When it was seen, to the millisecond.
    pub seen_at: Timestamp,
    /// Which part of what was seen then it is in.
    pub part: usize,
    /// Its number there.
    pub number: usize,
}

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, seen_at, part, number } = self;
        write!(f, "{account}_{}_{part}_{number}", seen_at.as_millisecond())
    }
}

/// A text that is no change's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no id of a change")]
pub struct NoChangeId;

impl FromStr for ChangeId {
    type Err = NoChangeId;

    fn from_str(text: &str) -> Result<Self, NoChangeId> {
        let mut parts = text.split('_');
        let mut next = || parts.next().ok_or(NoChangeId);
        let account = next()?.parse().map_err(|_| NoChangeId)?;
        let millis = next()?.parse().map_err(|_| NoChangeId)?;
        let seen_at = Timestamp::from_millisecond(millis).map_err(|_| NoChangeId)?;
        let mut number = || next()?.parse().map_err(|_| NoChangeId);
        let id = Self { account, seen_at, part: number()?, number: number()? };
        // One text for each, so that nothing is known by two names.
        (id.to_string() == text).then_some(id).ok_or(NoChangeId)
    }
}

/// A change as the log has it.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedChange {
    /// Its id.
    pub id: ChangeId,
    /// When it was seen.
    pub seen_at: Timestamp,
    /// By how much the server's clock was ahead then.
    pub skew: SignedDuration,
    /// What changed.
    pub change: Change,
}

impl LoggedChange {
    /// When it happened, by our clock; when it was seen where nothing tells.
    pub fn at(&self) -> Timestamp {
        self.change.by.as_ref().and_then(|by| by.at.checked_sub(self.skew).ok()).unwrap_or(self.seen_at)
    }
}

#[cfg(test)]
mod tests;
