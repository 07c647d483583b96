//! Routes: which alerts are also told to which channels of the tenant, whatever their rules say.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::channel::Addressee;
use crate::escalation::beyond_words;
use crate::ids::{AccountId, AlertRouteId, ChannelId, TenantId};
use crate::rule::{Rule, Severity};
use crate::silence::Matchers;
use crate::tenant_channel::TenantChannel;
use crate::text;
use crate::validate::Problems;

/// Routes that a tenant may have.
pub const MAX_ROUTES: usize = 50;
/// Channels that one route names.
pub const MAX_CHANNELS: usize = 10;
/// Longest name of a route, in characters.
pub const MAX_NAME: usize = 100;

/// A route: alerts that match are also told to its channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertRoute {
    /// Id.
    pub id: AlertRouteId,
    /// Whose.
    pub tenant: TenantId,
    /// Name.
    pub name: String,
    /// Switched on.
    pub enabled: bool,
    /// Which alerts: what silences say by the same.
    pub matchers: Matchers,
    /// Where they are told.
    pub channels: Vec<ChannelId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

impl AlertRoute {
    /// Checks what was entered, but for what may be named.
    pub fn check(&self, problems: &mut Problems) {
        problems.text("/name", &self.name, 1, MAX_NAME);
        self.matchers.check(problems);
        let count = (1..=MAX_CHANNELS).contains(&self.channels.len());
        problems.require(count, "/channelIds", format!("must have from 1 to {MAX_CHANNELS} channels"));
    }

    /// Whether it tells an alert of a rule in an account that is about these groups.
    pub fn matches(&self, rule: &Rule, account: AccountId, about: &BTreeSet<String>) -> bool {
        self.enabled && self.matchers.match_alert(rule, account, about)
    }

    /// Whether no other is called so, in whatever case.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.trim().to_lowercase() == name.trim().to_lowercase()
    }
}

/// A route that an alert went by, as it was then: what becomes of the route later changes nothing for whoever was told by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoutedBy {
    /// Which.
    pub id: AlertRouteId,
    /// Its name at that time.
    pub name: String,
    /// Its channels at that time.
    pub channels: Vec<ChannelId>,
}

impl From<&AlertRoute> for RoutedBy {
    fn from(route: &AlertRoute) -> Self {
        Self { id: route.id, name: route.name.clone(), channels: route.channels.clone() }
    }
}

/// The channels of routes, each once, in their order.
pub fn channels_of(routes: &[RoutedBy]) -> Vec<ChannelId> {
    let mut channels = Vec::new();
    for channel in routes.iter().flat_map(|route| &route.channels) {
        if !channels.contains(channel) {
            channels.push(*channel);
        }
    }
    channels
}

/// Which routes told an alert of a rule of this severity to whom, for its history, and whom they did not tell, and why.
pub fn words(
    routes: &[RoutedBy],
    channels: &[TenantChannel],
    told: &[Addressee],
    severity: Severity,
) -> Option<String> {
    let is_told = |channel: &&TenantChannel| told.iter().any(|to| to.route.of == Some(channel.id));
    let names = |some: &[&TenantChannel]| text::names(some.iter().map(|channel| channel.name.as_str()), MAX_CHANNELS);
    let said = routes.iter().map(|route| {
        let named = channels.iter().filter(|channel| route.channels.contains(&channel.id));
        let (heard, others): (Vec<&TenantChannel>, Vec<&TenantChannel>) = named.partition(is_told);
        let left: Vec<&TenantChannel> =
            others.into_iter().filter(|channel| channel.refuses(severity).is_some()).collect();
        match (heard.as_slice(), left.as_slice()) {
            ([], []) => format!("The route “{}” told nobody.", route.name),
            ([], left) => format!("The route “{}” told nobody: {} took no message.", route.name, names(left)),
            (heard, []) => format!("The route “{}” told {}.", route.name, names(heard)),
            (heard, left) => {
                format!(
                    "The route “{}” told {}, but not {}, which took no message.",
                    route.name,
                    names(heard),
                    names(left)
                )
            }
        }
    });
    let is_routed = |channel: &&TenantChannel| routes.iter().any(|route| route.channels.contains(&channel.id));
    let beyond = channels.iter().filter(is_routed).filter(|channel| !is_told(channel));
    let beyond: Vec<&str> =
        beyond.filter(|channel| channel.refuses(severity).is_none()).map(|channel| channel.name.as_str()).collect();
    let said: Vec<String> = said.chain(beyond_words(beyond.into_iter())).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn route(matchers: Matchers, groups: &[&str]) -> AlertRoute {
        let matchers = Matchers { groups: groups.iter().map(|id| (*id).to_owned()).collect(), ..matchers };
        AlertRoute {
            id: AlertRouteId::from_uuid(Uuid::nil()),
            tenant: TenantId::from_uuid(Uuid::nil()),
            name: "Night".into(),
            enabled: true,
            matchers,
            channels: vec![ChannelId::from_uuid(Uuid::nil())],
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn all_that_is_named_must_match() {
        let rule = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), Timestamp::UNIX_EPOCH);
        let (here, elsewhere) = (AccountId::from_uuid(Uuid::nil()), AccountId::from_uuid(Uuid::from_u128(2)));
        let about = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
        let everything = route(Matchers { everything: true, ..Matchers::default() }, &[]);
        assert!(everything.matches(&rule, here, &about(&[])));
        assert!(!AlertRoute { enabled: false, ..everything }.matches(&rule, here, &about(&[])));
        let severe = route(Matchers { severities: [Severity::High].into(), ..Matchers::default() }, &[]);
        assert!(severe.matches(&rule, here, &about(&[])) && severe.matches(&rule, elsewhere, &about(&["g1"])));
        let servers = route(Matchers { accounts: [here].into(), ..Matchers::default() }, &["g1", "g2"]);
        assert!(servers.matches(&rule, here, &about(&["g2", "g3"])));
        assert!(!servers.matches(&rule, here, &about(&["g3"])) && !servers.matches(&rule, elsewhere, &about(&["g1"])));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let complaints = |route: &AlertRoute| {
            let mut problems = Problems::default();
            route.check(&mut problems);
            problems.finish().err().unwrap_or_default().into_iter().map(|problem| problem.pointer).collect::<Vec<_>>()
        };
        let sound = route(Matchers { everything: true, ..Matchers::default() }, &[]);
        assert_eq!(complaints(&sound), [""; 0]);
        assert_eq!(complaints(&route(Matchers::default(), &[])), ["/matchers"]);
        let severe = Matchers { severities: [Severity::High].into(), ..Matchers::default() };
        assert_eq!(complaints(&route(severe, &["g1"])), ["/matchers/groupIds"], "whose?");
        assert_eq!(
            complaints(&AlertRoute { name: " ".into(), channels: Vec::new(), ..sound }),
            ["/name", "/channelIds"]
        );
    }
}
