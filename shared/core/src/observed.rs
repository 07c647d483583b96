//! What else is known of a network, beside its peers, for rules that look at it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::change::LoggedChange;
use crate::metrics::Rollup;
use crate::network::{
    Event, Group, NetbirdAccount, Network, NetworkResource, NetworkRouter, Policy, PostureCheck, Route, SetupKey, User,
};
use crate::own_metrics::{Folded, Series};
use crate::peer_history::Logged;

/// Lists of an account, as last seen. What no rule looks at is empty.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// The account itself, as NetBird has it.
    pub accounts: Arc<Vec<NetbirdAccount>>,
    /// Setup keys.
    pub setup_keys: Arc<Vec<SetupKey>>,
    /// Users.
    pub users: Arc<Vec<User>>,
    /// Groups.
    pub groups: Arc<Vec<Group>>,
    /// Policies.
    pub policies: Arc<Vec<Policy>>,
    /// Posture checks.
    pub posture_checks: Arc<Vec<PostureCheck>>,
    /// Networks.
    pub networks: Arc<Vec<Network>>,
    /// Their routers.
    pub network_routers: Arc<Vec<NetworkRouter>>,
    /// Their resources.
    pub network_resources: Arc<Vec<NetworkResource>>,
    /// Routes.
    pub routes: Arc<Vec<Route>>,
    /// What peers did lately, by their ids, oldest first.
    pub status: Arc<HashMap<String, Vec<Logged>>>,
    /// What happened lately, newest first.
    pub events: Arc<Vec<Event>>,
    /// What was seen lately to have changed in the configuration, newest first.
    pub changes: Arc<Vec<LoggedChange>>,
    /// Numbers; none if no rule looks at them, or they cannot be read.
    pub measured: Option<Arc<Measured>>,
}

/// Numbers of an account, lately.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// The minutes of what the platform records.
    pub platform: BTreeMap<i64, Rollup>,
    /// The tenant's own series.
    pub own: Vec<OwnMeasured>,
}

/// A series of the tenant's own.
#[derive(Debug, Clone)]
pub struct OwnMeasured {
    /// Its id, as text.
    pub key: String,
    /// The series.
    pub series: Series,
    /// Its minutes, as far back as rules look at more than the last value.
    pub minutes: BTreeMap<i64, Folded>,
}

impl Lists {
    /// None of them.
    pub fn none() -> &'static Self {
        static NONE: std::sync::LazyLock<Lists> = std::sync::LazyLock::new(Lists::default);
        &NONE
    }
}
