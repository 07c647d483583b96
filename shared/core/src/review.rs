//! What stands out in how a network is configured: what is wider than it need be, what does nothing, what hangs on one peer.
//!
//! It goes by the configuration alone. What is not known is not judged: without the list of routes nobody can say that a
//! group is used nowhere.

mod rules;
mod things;

use jiff::Timestamp;

use crate::named;
use crate::network::{DnsSettings, NameserverGroup, SetupKey};
use crate::reach::Inventory;
use crate::rule::Severity;

/// Most concerns that are told of one network, the worst ones.
pub const MOST: usize = 1_000;
/// The group that every peer is in.
const EVERYBODY: &str = "All";
/// Longest name in a sentence, in characters.
const NAME: usize = 80;
/// Names in a sentence before they are counted.
const NAMED: usize = 3;

/// What is known of a network. What is `None` could not be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Configuration<'a> {
    /// What who reaches what follows from.
    pub lists: Inventory<'a>,
    /// Nameservers.
    pub nameservers: Option<&'a [NameserverGroup]>,
    /// Settings of DNS.
    pub dns: Option<&'a [DnsSettings]>,
    /// Setup keys.
    pub setup_keys: Option<&'a [SetupKey]>,
}

named! {
    /// What a finding about a network's configuration is.
    pub enum ConcernKind {
        /// A rule lets every peer reach every other on everything.
        OpenToAll = "open-to-all",
        /// Nobody can reach what is in a network: it has no router.
        Unrouted = "unrouted",
        /// One peer alone routes somewhere.
        SingleRouter = "single-router",
        /// A setup key that is never used up and never expires.
        EndlessSetupKey = "endless-setup-key",
        /// A rule that allows nothing, since another forbids all of it.
        Overruled = "overruled",
        /// A rule that says no more than another does.
        Redundant = "redundant",
        /// A rule that is about nobody: groups of it are empty.
        Idle = "idle",
        /// A group that nothing names.
        UnusedGroup = "unused-group",
        /// A posture check that no policy asks for.
        UnusedPostureCheck = "unused-posture-check",
    }
}

named! {
    /// What a finding about a network's configuration is about.
    pub enum Subject {
        /// A policy, or one of its rules.
        Policy = "policy",
        /// A group.
        Group = "group",
        /// A network.
        Network = "network",
        /// A route of the older kind.
        Route = "route",
        /// A setup key.
        SetupKey = "setup-key",
        /// A posture check.
        PostureCheck = "posture-check",
    }
}

impl ConcernKind {
    /// How much it matters.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Unrouted => Severity::High,
            Self::OpenToAll | Self::EndlessSetupKey | Self::Overruled => Severity::Medium,
            Self::SingleRouter | Self::Redundant | Self::Idle | Self::UnusedGroup | Self::UnusedPostureCheck => {
                Severity::Low
            }
        }
    }

    /// What to do about it.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::OpenToAll => "Say who needs what in policies of their own, then switch this one off.",
            Self::Unrouted => "Add a routing peer to the network, or switch its router on.",
            Self::SingleRouter => "Add a second routing peer: while this one is away, nobody gets through.",
            Self::EndlessSetupKey => "Give it an end, or a number of uses: whoever has it may join at any time.",
            Self::Overruled => "Remove one of the two, whichever is not meant.",
            Self::Redundant => "Remove it, or narrow the other one.",
            Self::Idle => "Put peers into the group, or have them pass the checks, or remove the rule.",
            Self::UnusedGroup => "Remove it, unless users are assigned to it: which groups users have is not read.",
            Self::UnusedPostureCheck => "Remove it, or ask for it in a policy.",
        }
    }
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concern {
    /// What it is.
    pub kind: ConcernKind,
    /// What it is about.
    pub subject: Subject,
    /// Its id in NetBird.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The rule of the policy, from 0.
    pub rule: Option<usize>,
    /// It in a sentence.
    pub sentence: String,
}

/// What stands out in a network of what is wanted, what matters most first; at most [`MOST`], and how many more there are.
pub fn review(seen: Configuration<'_>, wanted: impl Fn(&Concern) -> bool, now: Timestamp) -> (Vec<Concern>, usize) {
    let mut concerns = rules::concerns(seen);
    concerns.extend(things::networks(seen));
    concerns.extend(things::routes(seen));
    concerns.extend(things::setup_keys(seen, now));
    concerns.extend(things::unused(seen));
    concerns.retain(wanted);
    concerns.sort_by(|a, b| {
        let order = |one: &Concern| (std::cmp::Reverse(one.kind.severity()), one.kind);
        order(a).cmp(&order(b)).then_with(|| (&a.name, &a.id, a.rule).cmp(&(&b.name, &b.id, b.rule)))
    });
    let more = concerns.len().saturating_sub(MOST);
    concerns.truncate(MOST);
    (concerns, more)
}

#[cfg(test)]
mod tests;
