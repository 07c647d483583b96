//! A change, as somebody asks about it.

use std::collections::HashMap;

use platform_core::change::{Change as Logged, ChangeId};
use platform_core::ids::TenantId;
use platform_core::network::{GroupRef, OsVersionCheck, Policy, PolicyRule, ResourceRef};
use platform_core::reach::{Change, Ports};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Changes that may be asked about together.
const MOST_CHANGES: usize = 50;
/// Rules of a policy.
const MOST_RULES: usize = 20;
/// Ports, groups of one side, posture checks.
const MOST_NAMED: usize = 200;
/// Peers that come to a group, and that leave it.
const MOST_PEERS: usize = 5_000;
/// Characters of a name.
const LONGEST_NAME: usize = 256;
/// Characters of a version.
const LONGEST_VERSION: usize = 100;
/// Characters of an id.
const LONGEST_ID: usize = 100;

/// A change of the configuration. What is there already is named by NetBird's id.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = AccessChange)]
pub(crate) enum ChangeInput {
    /// A policy takes the place of the one with its id; without an id it is a new one.
    PolicyPut { policy: PolicyInput },
    /// A policy is taken away.
    PolicyDelete { id: String },
    /// A policy is switched on or off.
    PolicySwitch { id: String, enabled: bool },
    /// Peers come to a group, and leave it.
    GroupMembers {
        id: String,
        /// Ids of peers.
        #[serde(default)]
        #[schema(max_items = 5000)]
        add: Vec<String>,
        /// Ids of peers.
        #[serde(default)]
        #[schema(max_items = 5000)]
        remove: Vec<String>,
    },
    /// A posture check asks for something else.
    PosturePut {
        id: String,
        /// The lowest version of the client; it asks for none if absent.
        #[serde(default, rename = "clientVersion", skip_serializing_if = "Option::is_none")]
        #[schema(example = "0.70.0")]
        client_version: Option<String>,
        /// The lowest versions of operating systems; it asks for none if absent.
        #[serde(default, rename = "osVersion", skip_serializing_if = "Option::is_none")]
        os_version: Option<OsVersionInput>,
        /// What it asks for of places, addresses and processes stays; else it asks for nothing of that.
        #[serde(default = "yes", rename = "keepsOthers")]
        keeps_others: bool,
    },
    /// A change that is in the log of changes is undone. One that is too large to be kept there cannot be.
    ChangeUndo {
        /// The change's id in `GET /api/netbird/changes`.
        id: String,
    },
    /// A router of a network is switched on or off.
    RouterSwitch { id: String, enabled: bool },
    /// A resource of a network is switched on or off.
    ResourceSwitch { id: String, enabled: bool },
}

/// The lowest versions of operating systems. Of these, one that is not named fails.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessChangeOsVersion)]
pub(crate) struct OsVersionInput {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    android: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ios: Option<String>,
    /// Of macOS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    darwin: Option<String>,
    /// Of the Linux kernel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    linux: Option<String>,
    /// Of the Windows kernel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    windows: Option<String>,
}

/// A policy as it would be.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessChangePolicy)]
pub(crate) struct PolicyInput {
    /// NetBird's id of the policy that it takes the place of; absent for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    /// In force if absent.
    #[serde(default = "yes")]
    enabled: bool,
    /// Ids of the posture checks that peers of the sources must pass.
    #[serde(default)]
    #[schema(max_items = 200)]
    posture_checks: Vec<String>,
    #[schema(min_items = 1, max_items = 20)]
    rules: Vec<RuleInput>,
}

/// A rule of a policy as it would be.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessChangeRule)]
struct RuleInput {
    #[serde(default)]
    name: String,
    /// In force, while its policy is, if absent.
    #[serde(default = "yes")]
    enabled: bool,
    /// `accept` or `drop`.
    #[schema(example = "accept")]
    action: String,
    /// `all`, `tcp`, `udp`, `icmp` or `netbird-ssh`.
    #[schema(example = "tcp")]
    protocol: String,
    /// Ports and ranges of them; every port if empty. Not for `all` and `icmp`.
    #[serde(default)]
    #[schema(max_items = 200, example = json!(["443", "8000-8010"]))]
    ports: Vec<String>,
    /// Destinations may reach sources, too.
    #[serde(default)]
    bidirectional: bool,
    /// Ids of groups.
    #[serde(default)]
    #[schema(max_items = 200)]
    sources: Vec<String>,
    /// The one peer or network resource that it is about, instead of groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_resource: Option<ResourceInput>,
    /// Ids of groups.
    #[serde(default)]
    #[schema(max_items = 200)]
    destinations: Vec<String>,
    /// The one peer or network resource that may be reached, instead of groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    destination_resource: Option<ResourceInput>,
}

/// A peer or a network resource.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessChangeResource)]
struct ResourceInput {
    /// NetBird's id.
    id: String,
    /// `peer`, `host`, `subnet` or `domain`.
    #[serde(rename = "type")]
    #[schema(example = "host")]
    kind: String,
}

/// Changes of the log that somebody asks about, by their ids.
pub(crate) type Log = HashMap<String, Logged>;

/// Finds the changes of the log that are asked about, as far as they are in this account's.
pub(crate) async fn log(
    platform: &Platform,
    tenant: TenantId,
    account: Uuid,
    inputs: &[ChangeInput],
) -> Result<Log, Problem> {
    let mut log = Log::new();
    for input in inputs.iter().take(MOST_CHANGES) {
        let ChangeInput::ChangeUndo { id } = input else { continue };
        let Some(known) = id.parse::<ChangeId>().ok().filter(|id| id.account.uuid() == account) else { continue };
        if let Some(logged) = platform.store.change(tenant, known).await? {
            log.insert(id.clone(), logged.change);
        }
    }
    Ok(log)
}

/// Reads changes that are asked about together. What is wrong with them is recorded.
pub(crate) fn read_changes(inputs: Vec<ChangeInput>, log: &Log, problems: &mut Problems) -> Vec<Change> {
    let are_few = (1..=MOST_CHANGES).contains(&inputs.len());
    problems.require(are_few, "/changes", format!("must be 1 to {MOST_CHANGES} changes"));
    let inputs = inputs.into_iter().enumerate();
    inputs.filter_map(|(nth, change)| change.read(&format!("/changes/{nth}"), log, problems)).collect()
}

const fn yes() -> bool {
    true
}

impl ChangeInput {
    /// A change as somebody would ask about it. `None` for one that only the log has.
    pub(crate) fn of(change: &Change) -> Option<Self> {
        Some(match change.clone() {
            Change::PutPolicy(policy) => Self::PolicyPut { policy: PolicyInput::of(policy) },
            Change::DeletePolicy { id } => Self::PolicyDelete { id },
            Change::SwitchPolicy { id, enabled } => Self::PolicySwitch { id, enabled },
            Change::GroupMembers { id, add, remove } => Self::GroupMembers { id, add, remove },
            Change::SwitchRouter { id, enabled } => Self::RouterSwitch { id, enabled },
            Change::SwitchResource { id, enabled } => Self::ResourceSwitch { id, enabled },
            Change::PutPosture { .. } | Change::Undo(_) => return None,
        })
    }

    /// Reads it, below the pointer `at`. What is wrong with it is recorded.
    fn read(self, at: &str, log: &Log, problems: &mut Problems) -> Option<Change> {
        let mut id = |id: String| {
            problems.text(&format!("{at}/id"), &id, 1, LONGEST_ID);
            id
        };
        Some(match self {
            Self::ChangeUndo { id } => {
                let logged = log.get(&id).cloned();
                problems.require(logged.is_some(), &format!("{at}/id"), "is not a change in the log of this account");
                Change::Undo(Box::new(logged?))
            }
            Self::PosturePut { id: one, client_version, os_version, keeps_others } => {
                let id = id(one);
                let mut version = |name: &str, version: &Option<String>| {
                    if let Some(version) = version {
                        problems.text(&format!("{at}/{name}"), version, 1, LONGEST_VERSION);
                    }
                };
                version("clientVersion", &client_version);
                let os_version = os_version.map(|OsVersionInput { android, ios, darwin, linux, windows }| {
                    let named = [
                        ("android", &android),
                        ("ios", &ios),
                        ("darwin", &darwin),
                        ("linux", &linux),
                        ("windows", &windows),
                    ];
                    named.into_iter().for_each(|(name, least)| version(&format!("osVersion/{name}"), least));
                    OsVersionCheck { android, ios, darwin, linux, windows }
                });
                Change::PutPosture { id, client_version, os_version, keeps_others }
            }
            Self::PolicyPut { policy } => Change::PutPolicy(policy.read(&format!("{at}/policy"), problems)),
            Self::PolicyDelete { id: one } => Change::DeletePolicy { id: id(one) },
            Self::PolicySwitch { id: one, enabled } => Change::SwitchPolicy { id: id(one), enabled },
            Self::RouterSwitch { id: one, enabled } => Change::SwitchRouter { id: id(one), enabled },
            Self::ResourceSwitch { id: one, enabled } => Change::SwitchResource { id: id(one), enabled },
            Self::GroupMembers { id: one, add, remove } => {
                let id = id(one);
                for (what, peers) in [("add", &add), ("remove", &remove)] {
                    problems.require(
                        peers.len() <= MOST_PEERS,
                        &format!("{at}/{what}"),
                        format!("must be at most {MOST_PEERS} peers"),
                    );
                }
                Change::GroupMembers { id, add, remove }
            }
        })
    }
}

impl PolicyInput {
    fn of(policy: Policy) -> Self {
        let Policy { id, name, description: _, enabled, posture_checks, rules } = policy;
        let id = Some(id).filter(|id| !id.is_empty());
        Self { id, name, enabled, posture_checks, rules: rules.into_iter().map(RuleInput::of).collect() }
    }

    fn read(self, at: &str, problems: &mut Problems) -> Policy {
        let Self { id, name, enabled, posture_checks, rules } = self;
        if let Some(id) = &id {
            problems.text(&format!("{at}/id"), id, 1, LONGEST_ID);
        }
        problems.text(&format!("{at}/name"), &name, 1, LONGEST_NAME);
        few(&posture_checks, &format!("{at}/postureChecks"), problems);
        let are_few = (1..=MOST_RULES).contains(&rules.len());
        problems.require(are_few, &format!("{at}/rules"), format!("must be 1 to {MOST_RULES} rules"));
        let rules = rules.into_iter().enumerate().map(|(nth, rule)| rule.read(&format!("{at}/rules/{nth}"), problems));
        let rules = rules.collect();
        Policy { id: id.unwrap_or_default(), name, description: String::new(), enabled, posture_checks, rules }
    }
}

impl RuleInput {
    fn of(rule: PolicyRule) -> Self {
        let ids = |groups: Vec<GroupRef>| groups.into_iter().map(|group| group.id).collect();
        let one = |one: Option<ResourceRef>| one.map(|ResourceRef { id, kind }| ResourceInput { id, kind });
        Self {
            name: rule.name,
            enabled: rule.enabled,
            action: rule.action,
            protocol: rule.protocol,
            ports: rule.ports,
            bidirectional: rule.bidirectional,
            sources: ids(rule.sources),
            source_resource: one(rule.source_resource),
            destinations: ids(rule.destinations),
            destination_resource: one(rule.destination_resource),
        }
    }

    fn read(self, at: &str, problems: &mut Problems) -> PolicyRule {
        problems.text(&format!("{at}/name"), &self.name, 0, LONGEST_NAME);
        let is_action = matches!(self.action.as_str(), "accept" | "drop");
        problems.require(is_action, &format!("{at}/action"), "must be accept or drop");
        let is_protocol = matches!(self.protocol.as_str(), "all" | "tcp" | "udp" | "icmp" | "netbird-ssh");
        let protocols = "must be one of all, tcp, udp, icmp, netbird-ssh";
        problems.require(is_protocol, &format!("{at}/protocol"), protocols);
        few(&self.ports, &format!("{at}/ports"), problems);
        if matches!(self.protocol.as_str(), "all" | "icmp") && !self.ports.is_empty() {
            problems.push(format!("{at}/ports"), format!("cannot be given with {}", self.protocol));
        }
        for (nth, port) in self.ports.iter().enumerate() {
            let is_port = Ports::parse([port.as_str()]).is_some();
            problems.require(is_port, &format!("{at}/ports/{nth}"), "must be a port or a range such as 8000-8010");
        }
        for (side, groups, one) in [
            ("sources", &self.sources, &self.source_resource),
            ("destinations", &self.destinations, &self.destination_resource),
        ] {
            let at = format!("{at}/{side}");
            few(groups, &at, problems);
            let side = side.trim_end_matches('s');
            problems.require(
                groups.is_empty() == one.is_some(),
                &at,
                format!("must be groups, or else {side}Resource is given"),
            );
        }
        let groups = |ids: Vec<String>| ids.into_iter().map(|id| GroupRef { id, name: String::new() }).collect();
        let mut one = |one: Option<ResourceInput>, side: &str| {
            one.map(|ResourceInput { id, kind }| {
                let is_kind = matches!(kind.as_str(), "peer" | "host" | "subnet" | "domain");
                let kinds = "must be one of peer, host, subnet, domain";
                problems.require(is_kind, &format!("{at}/{side}/type"), kinds);
                ResourceRef { id, kind }
            })
        };
        PolicyRule {
            name: self.name,
            description: String::new(),
            enabled: self.enabled,
            action: self.action,
            bidirectional: self.bidirectional,
            protocol: self.protocol,
            ports: self.ports,
            sources: groups(self.sources),
            source_resource: one(self.source_resource, "sourceResource"),
            destinations: groups(self.destinations),
            destination_resource: one(self.destination_resource, "destinationResource"),
        }
    }
}

fn few(named: &[String], at: &str, problems: &mut Problems) {
    problems.require(named.len() <= MOST_NAMED, at, format!("must be at most {MOST_NAMED}"));
}
