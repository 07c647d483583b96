//! What rules watch for, one file per condition: its configuration and the checks of it, when it holds, what is said
//! when it does and when it is over, and what must be known of the account.
//!
//! To add one: a file beside the others with a configuration that is a [`Watch`], its `mod`, and its row in the list
//! below. The stored form, the API's types and its document, and with it the web app's types, follow from the row.

mod access;
mod account_unreachable;
mod apart;
mod approval_pending;
mod client_version;
mod configuration_changed;
mod custom_metric;
mod fields;
mod group_health;
mod login_expired;
mod login_expiring;
mod name_pattern;
mod network_event;
mod network_unrouted;
mod of_peers;
mod operator;
mod peer_added;
mod peer_count;
mod peer_filter;
mod peer_flapping;
mod peer_inactive;
mod peer_offline;
mod setup_key_expiring;
mod window;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::account::SyncState;
use crate::finding::{Affected, AffectedPeer, Finding, Recovery};
use crate::ids::AccountId;
use crate::known_group::KnownGroup;
use crate::network::Peer;
use crate::observed::Lists;
use crate::reach::Model;
use crate::resource::Resource;
use crate::silence::Quiet;
use crate::text;
use crate::validate::Problems;

pub use access::{Access, Expected};
pub use account_unreachable::AccountUnreachable;
pub use apart::{AlertPer, Apart};
pub use approval_pending::ApprovalPending;
pub use client_version::ClientVersion;
pub use configuration_changed::ConfigurationChanged;
pub use custom_metric::{CustomMetric, MetricAggregate, NoData, Threshold};
pub use fields::Fields;
pub use group_health::GroupHealth;
pub use login_expired::LoginExpired;
pub use login_expiring::LoginExpiring;
pub use network_event::NetworkEvent;
pub use network_unrouted::NetworkUnrouted;
pub use operator::Operator;
pub use peer_added::PeerAdded;
pub use peer_count::{CountedStatus, PeerCount};
pub use peer_filter::PeerFilter;
pub use peer_flapping::PeerFlapping;
pub use peer_inactive::PeerInactive;
pub use peer_offline::PeerOffline;
pub use setup_key_expiring::SetupKeyExpiring;

/// Groups that one rule may filter by.
pub const MAX_GROUPS: usize = 50;
/// Longest name of a group, in characters.
pub const MAX_GROUP_NAME: usize = 200;
/// Longest duration that a condition may ask for: a week, in minutes.
pub const MAX_DURATION: u32 = 7 * 24 * 60;

/// What is known of an account at one moment. Of the network, only what the condition [`needs`](Watch::needs) is there.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: &'a str,
    /// How reading it goes.
    pub sync: &'a SyncState,
    /// Its peers as last seen.
    pub peers: &'a [Peer],
    /// The groups that the rule names, as the account knows them.
    pub groups: &'a [KnownGroup],
    /// Its other lists.
    pub lists: &'a Lists,
    /// Since when the rule looks at the account: what happened before is no news.
    pub since: Timestamp,
    /// Who reaches whom, if a condition looks at that; `None` if it is too much to be judged, too.
    pub access: Option<&'a Model<'a>>,
    /// What mutes something now; none where nobody is to be told.
    pub quiet: Option<&'a Quiet>,
}

impl<'a> Observation<'a> {
    /// The names that a rule has for groups, as the groups are called now; as the rule has them where none is there.
    fn names(self, named: &'a [String]) -> Vec<&'a str> {
        let there = |name: &String| {
            self.groups.iter().find(|group| group.named == *name && !group.gone).map(|group| group.name.as_str())
        };
        let present: Vec<&str> = named.iter().filter_map(there).collect();
        if present.is_empty() { named.iter().map(String::as_str).collect() } else { present }
    }

    /// Whether there is none of the groups that a condition looks at, so that there is nothing to look at.
    pub fn lacks_all(self, named: &[String]) -> bool {
        let is_there = |group: &KnownGroup| group.present_id().is_some() && named.contains(&group.named);
        !named.is_empty() && !self.groups.iter().any(is_there)
    }
}

/// A condition.
pub trait Watch: Sync {
    /// Reads what somebody entered. What is wrong is recorded field by field, all of it at once.
    fn read(fields: &mut Fields<'_>) -> Option<Self>
    where
        Self: Sized;

    /// What of the network must be known. A condition that needs nothing, and looks at no numbers, is about the account
    /// itself, and is evaluated when the account cannot be read, too.
    fn needs(&self) -> &'static [Resource];

    /// The numbers that it looks at, if it does. It is evaluated whether the account can be read or not.
    fn measures(&self) -> Option<&CustomMetric> {
        None
    }

    /// Whether what it looks at is known. While it is not, a rule keeps its state.
    fn knows(&self, seen: Observation<'_>, now: Timestamp) -> bool {
        seen.sync.is_current(now)
    }

    /// How far back it looks at what happened.
    fn looks_back(&self) -> SignedDuration {
        SignedDuration::ZERO
    }

    /// Whether it looks at what peers did, as far back as that.
    fn looks_at_status(&self) -> bool {
        false
    }

    /// Whether it looks at changes of the configuration.
    fn looks_at_changes(&self) -> bool {
        false
    }

    /// Whether it looks at who reaches whom.
    fn looks_at_access(&self) -> bool {
        false
    }

    /// Whether it names things by NetBird's ids, so that a rule must be about one account.
    fn names_things_of_one_account(&self) -> bool {
        false
    }

    /// Activity codes of the events that it looks at, or what they begin with.
    fn activity_codes(&self) -> &[String] {
        &[]
    }

    /// How many minutes it holds at a time, if that is bounded: a rule that asks for longer never fires.
    fn holds_for(&self) -> Option<u32> {
        None
    }

    /// Which peers it looks at, if somebody chooses them.
    fn peer_filter(&self) -> Option<&PeerFilter> {
        None
    }

    /// The same, to be changed.
    fn peer_filter_mut(&mut self) -> Option<&mut PeerFilter> {
        None
    }

    /// The groups that it looks at, by name; none for the whole network.
    fn groups(&self) -> &[String] {
        self.peer_filter().map_or(&[], |filter| &filter.groups)
    }

    /// The groups that it names: those that it looks at, and then those that it leaves out.
    fn named_groups(&self) -> Vec<&String> {
        self.peer_filter().into_iter().flat_map(PeerFilter::named_groups).collect()
    }

    /// Records what is wrong with the numbers, beyond what their types forbid.
    fn check(&self, problems: &mut Problems);

    /// How it looks at each peer by itself, if every one that it holds for is told of, and not only that there are such.
    fn apart(&self) -> Option<&dyn Apart> {
        None
    }

    /// Whether each group that it looks at is looked at by itself, and has an alert of its own.
    fn is_by_group(&self) -> bool {
        false
    }

    /// Whether it holds, and what there is to tell of it.
    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding>;

    /// What it holds for, by id, where one more is news and all are one alert: the first ones. Peers that are told of one by
    /// one have episodes instead.
    fn cases<'a>(&self, _: Observation<'a>, _: Timestamp) -> Vec<&'a str> {
        Vec::new()
    }

    /// How it is now that it holds no more. `was` is what the alert was about when it was last told.
    fn recovery(&self, was: &Affected, seen: Observation<'_>, now: Timestamp) -> Recovery;

    /// When a rule fires, as a sentence without its end: `When any peer of the network is offline for 5 min`.
    fn sentence(&self) -> String;
}

macro_rules! conditions {
    (
        made by users: { $($(#[$doc:meta])* $name:ident: $config:ident,)* }
        built in: { $($(#[$built_in_doc:meta])* $built_in_name:ident: $built_in:ident,)* }
    ) => {
        /// What a rule watches for.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "conditionType", content = "conditionConfig", rename_all = "snake_case")]
        pub enum Condition {
            $($(#[$doc])* $config($config),)*
            $($(#[$built_in_doc])* $built_in($built_in),)*
        }

        /// What a rule watches for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ConditionType {
            $($(#[$doc])* $config,)*
        }

        /// The numbers of a condition. Which they are depends on its type.
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(untagged)]
        pub enum ConditionConfig {
            $($(#[$doc])* $config($config),)*
        }

        impl ConditionType {
            /// Every condition that users may watch for.
            pub const ALL: &[Self] = &[$(Self::$config,)*];

            fn read(self, fields: &mut Fields<'_>) -> Option<Condition> {
                match self {
                    $(Self::$config => $config::read(fields).map(Condition::$config),)*
                }
            }
        }

        impl Condition {
            /// The name in the API.
            pub const fn name(&self) -> &'static str {
                match self {
                    $(Self::$config(_) => stringify!($name),)*
                    $(Self::$built_in(_) => stringify!($built_in_name),)*
                }
            }

            /// The condition itself.
            pub fn watch(&self) -> &dyn Watch {
                match self {
                    $(Self::$config(config) => config,)*
                    $(Self::$built_in(config) => config,)*
                }
            }

            fn peer_filter_mut(&mut self) -> Option<&mut PeerFilter> {
                match self {
                    $(Self::$config(config) => config.peer_filter_mut(),)*
                    $(Self::$built_in(config) => config.peer_filter_mut(),)*
                }
            }

            /// What users may make of it: nothing of what is built in.
            pub fn made(&self) -> Option<(ConditionType, ConditionConfig)> {
                match self {
                    $(Self::$config(config) =>
                        Some((ConditionType::$config, ConditionConfig::$config(config.clone()))),)*
                    $(Self::$built_in(_) => None,)*
                }
            }
        }
    };
}

conditions! {
    made by users: {
        /// Enough peers have been offline for long enough.
        peer_offline: PeerOffline,
        /// The number of peers stands in a relation to a threshold.
        peer_count: PeerCount,
        /// Too small a share of some peers is online.
        group_health: GroupHealth,
        /// A peer comes and goes, again and again.
        peer_flapping: PeerFlapping,
        /// A peer has not been connected for days.
        peer_inactive: PeerInactive,
        /// A peer waits for somebody to approve it.
        approval_pending: ApprovalPending,
        /// A peer's login has expired.
        login_expired: LoginExpired,
        /// A peer's login is about to expire.
        login_expiring: LoginExpiring,
        /// A peer joined the network.
        peer_added: PeerAdded,
        /// A peer runs a client that is too old.
        client_version: ClientVersion,
        /// Nobody routes to a network that has resources, or where a route leads.
        network_unrouted: NetworkUnrouted,
        /// A setup key is about to expire, or is used up.
        setup_key_expiring: SetupKeyExpiring,
        /// Something happened that NetBird logs.
        network_event: NetworkEvent,
        /// The configuration changed.
        configuration_changed: ConfigurationChanged,
        /// Somebody reaches what they should not, or does not reach what they should.
        access: Access,
        /// A number that is recorded or pushed stands in a relation to a threshold.
        custom_metric: CustomMetric,
    }
    built in: {
        /// The account cannot be read. One rule per tenant.
        account_unreachable: AccountUnreachable,
    }
}

impl Condition {
    /// Reads and checks what somebody entered, below the pointer `at`. `None` if something is wrong, which is recorded.
    pub fn read(kind: ConditionType, config: Map<String, Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let mut fields = Fields::new(config, at, problems);
        let condition = kind.read(&mut fields);
        fields.finish();
        condition.as_ref()?.check(at, problems);
        condition
    }

    fn check(&self, at: &str, problems: &mut Problems) {
        let watch = self.watch();
        watch.check(problems);
        if let Some(filter) = watch.peer_filter() {
            filter.check(at, problems);
        }
        let names_some = !watch.is_by_group() || !watch.groups().is_empty();
        problems.require(names_some, &format!("{at}/alertPer"), "is \"group\", so that the rule must name groups");
    }

    /// The same, of the peers of these groups.
    #[must_use]
    pub fn with_groups(mut self, groups: Vec<String>) -> Self {
        if let Some(filter) = self.peer_filter_mut() {
            filter.groups = groups;
        }
        self
    }

    /// The same, with other names for its groups: those that it looks at, and then those that it leaves out.
    #[must_use]
    pub fn with_names(mut self, names: Vec<String>) -> Self {
        if let Some(filter) = self.peer_filter_mut() {
            filter.rename_groups(names);
        }
        self
    }

    /// Records that the condition never holds as long as a rule asks for.
    pub fn check_for(&self, for_minutes: u32, problems: &mut Problems) {
        if let Some(most) = self.watch().holds_for().filter(|most| for_minutes >= *most) {
            problems.push("/forMinutes", format!("must be less than the {most} minutes that the condition holds for"));
        }
    }

    /// Records that the condition names things of one account, and a rule is about several.
    pub fn check_account(&self, account: Option<AccountId>, problems: &mut Problems) {
        let is_one = account.is_some() || !self.watch().names_things_of_one_account();
        problems.require(is_one, "/accountId", "is required: the condition names things of one account");
    }

    /// Whether it is about the account itself, not about what is in its network.
    pub fn is_about_account(&self) -> bool {
        self.watch().needs().is_empty() && self.watch().measures().is_none()
    }
}

/// ` of servers, routers`, after "peers"; nothing for the whole network.
fn of_groups(groups: &[&str]) -> String {
    if groups.is_empty() { String::new() } else { format!(" of {}", groups.join(", ")) }
}

/// What a sentence says where each group has an alert of its own.
const fn by_group(alert_per: AlertPer) -> &'static str {
    match alert_per {
        AlertPer::Group => ", group by group",
        AlertPer::Peer | AlertPer::Rule => "",
    }
}

/// `servers or routers`, or `the network`.
fn where_in_words(groups: &[&str]) -> String {
    if groups.is_empty() { "the network".to_owned() } else { groups.join(" or ") }
}

/// The names of groups as a rule has them.
fn as_named(groups: &[String]) -> Vec<&str> {
    groups.iter().map(String::as_str).collect()
}

/// Minutes in words: `1 h 30 min`.
pub(crate) fn minutes(minutes: u32) -> String {
    text::duration(jiff::SignedDuration::from_mins(i64::from(minutes)))
}

/// A number of things; of more than fit, as many as do.
pub(crate) fn saturate(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn affected(peers: &[&Peer], of: u32, groups: &[&str]) -> Affected {
    Affected {
        total: saturate(peers.len()),
        of,
        groups: groups.iter().map(ToString::to_string).collect(),
        peers: peers.iter().take(Affected::NAMED).map(|peer| AffectedPeer::from(*peer)).collect(),
    }
}

#[cfg(test)]
pub(crate) mod tests;
