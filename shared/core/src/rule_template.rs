//! Rules to start from: what most networks want to be told of, each as a rule without anybody whom it tells.

use crate::condition::{
    AlertPer, ApprovalPending, ClientVersion, Condition, ConfigurationChanged, GroupHealth, LoginExpired, NetworkEvent,
    NetworkUnrouted, PeerFilter, PeerFlapping, PeerInactive, PeerOffline, SetupKeyExpiring,
};
use crate::named;
use crate::rule::Severity;

named! {
    /// What has to be said before a rule can be made of a template.
    pub enum Need {
        /// Which groups it watches: the whole network would be too much.
        Group = "group",
    }
}

/// A rule to start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTemplate {
    /// Names it for good.
    pub id: &'static str,
    /// What it is called, and the rule.
    pub name: &'static str,
    /// What it is for, and what to do when it fires: the rule's description.
    pub description: &'static str,
    /// Whether every network should have it, with nothing to be said before.
    pub recommended: bool,
    /// What has to be said first.
    pub needs: &'static [Need],
    /// What it watches for.
    pub condition: Condition,
    /// How bad it is.
    pub severity: Severity,
    /// How long it must hold, in minutes.
    pub for_minutes: u32,
    /// How long it must be over, in minutes.
    pub keep_firing_minutes: u32,
}

/// All of them: what is recommended first, and then the worst.
pub fn rule_templates() -> Vec<RuleTemplate> {
    let plain = |id, name, description, severity, condition| RuleTemplate {
        id,
        name,
        description,
        recommended: false,
        needs: &[],
        condition,
        severity,
        for_minutes: 0,
        keep_firing_minutes: 0,
    };
    let everywhere = PeerFilter::default;
    vec![
        RuleTemplate {
            recommended: true,
            for_minutes: 3,
            keep_firing_minutes: 5,
            ..plain(
                "many-offline",
                "Many peers are offline at once",
                "Fewer than 70 % of all peers are online: a site, a provider or the relay is down. Lower the share where most \
                 peers are laptops.",
                Severity::Critical,
                Condition::GroupHealth(GroupHealth { percent: 70, peers: everywhere(), alert_per: AlertPer::Rule }),
            )
        },
        RuleTemplate {
            recommended: true,
            for_minutes: 2,
            ..plain(
                "network-unrouted",
                "A network has no router online",
                "Nobody routes to a network that has resources, so that nobody reaches them. Look at its routing peers, and add \
                 a second one.",
                Severity::High,
                Condition::NetworkUnrouted(NetworkUnrouted { networks: Vec::new(), routes: true }),
            )
        },
        RuleTemplate {
            recommended: true,
            ..plain(
                "approval-pending",
                "A new peer waits for approval",
                "Somebody set up a device that reaches nothing before it is approved. Approve it in NetBird, or remove it.",
                Severity::Low,
                Condition::ApprovalPending(ApprovalPending { peers: everywhere(), alert_per: AlertPer::Peer }),
            )
        },
        RuleTemplate {
            recommended: true,
            ..plain(
                "setup-key-expires",
                "A setup key expires",
                "Machines that are set up with it find no way in from then on. Make a new one, and replace it where it is used.",
                Severity::Medium,
                Condition::SetupKeyExpiring(SetupKeyExpiring { days: 14, used_up: true }),
            )
        },
        RuleTemplate {
            needs: &[Need::Group],
            ..plain(
                "server-offline",
                "A server is offline",
                "A peer that should always be there has been away for 5 minutes.",
                Severity::High,
                Condition::PeerOffline(PeerOffline {
                    threshold: 1,
                    duration: 5,
                    peers: everywhere(),
                    count_unconfirmed: false,
                    alert_per: AlertPer::Peer,
                }),
            )
        },
        RuleTemplate {
            needs: &[Need::Group],
            keep_firing_minutes: 5,
            ..plain(
                "group-half-offline",
                "A group loses half of its peers",
                "Fewer than half of the peers of a group are online.",
                Severity::Critical,
                Condition::GroupHealth(GroupHealth { percent: 50, peers: everywhere(), alert_per: AlertPer::Rule }),
            )
        },
        plain(
            "peer-flapping",
            "A peer comes and goes",
            "A peer came or went six times within an hour: its link, its power or its client is unwell, and none of it lasts long \
             enough for other rules to tell of it.",
            Severity::Medium,
            Condition::PeerFlapping(PeerFlapping { min_changes: 6, within_minutes: 60, peers: everywhere() }),
        ),
        plain(
            "configuration-changed",
            "The configuration changed",
            "Somebody changed policies, groups, routes or other parts of the configuration. The page Changes tells what it was \
             before.",
            Severity::Low,
            Condition::ConfigurationChanged(ConfigurationChanged {
                resources: Vec::new(),
                by: Vec::new(),
                except_by: Vec::new(),
                window: 10,
            }),
        ),
        plain(
            "policy-deleted",
            "An access policy was deleted",
            "What it let through is cut off, unless another policy lets it through.",
            Severity::Medium,
            Condition::NetworkEvent(NetworkEvent {
                activity_codes: vec!["policy.delete".to_owned()],
                threshold: 1,
                window: 10,
            }),
        ),
        plain(
            "login-expired",
            "A login has expired",
            "A peer stays away until its user signs in again.",
            Severity::Low,
            Condition::LoginExpired(LoginExpired { peers: everywhere(), alert_per: AlertPer::Peer }),
        ),
        plain(
            "client-too-old",
            "A client is too old",
            "A peer runs a client older than the version of the rule. Set the version to the oldest that you support.",
            Severity::Low,
            Condition::ClientVersion(ClientVersion {
                minimum: "0.60.0".to_owned(),
                peers: everywhere(),
                alert_per: AlertPer::Peer,
            }),
        ),
        plain(
            "peer-inactive",
            "Nobody uses a device any more",
            "A peer was not connected for 30 days. Remove it in NetBird if it is gone for good.",
            Severity::Low,
            Condition::PeerInactive(PeerInactive { days: 30, peers: everywhere(), alert_per: AlertPer::Peer }),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::rule::{MAX_DESCRIPTION, MAX_NAME};
    use crate::validate::Problems;

    #[test]
    fn each_is_a_rule_that_somebody_could_have_entered() {
        let templates = rule_templates();
        assert!((8..=12).contains(&templates.len()));
        let names: BTreeSet<_> = templates.iter().flat_map(|one| [one.id, one.name]).collect();
        assert_eq!(names.len(), 2 * templates.len(), "ids and names are unique");
        for one in templates {
            let (kind, config) = one.condition.made().unwrap();
            let Value::Object(config) = serde_json::to_value(config).unwrap() else { panic!("a config is an object") };
            let mut problems = Problems::default();
            let read = Condition::read(kind, config, "/conditionConfig", &mut problems);
            read.as_ref().unwrap().check_for(one.for_minutes, &mut problems);
            read.as_ref().unwrap().check_account(None, &mut problems);
            problems.finish().unwrap();
            assert_eq!(read, Some(one.condition), "{}", one.id);
            assert!(one.name.len() <= MAX_NAME && one.description.len() <= MAX_DESCRIPTION);
        }
    }

    #[test]
    fn four_are_recommended_and_need_nothing() {
        let templates = rule_templates();
        let recommended: Vec<_> = templates.iter().filter(|one| one.recommended).collect();
        assert_eq!(recommended.len(), 4);
        assert!(recommended.iter().all(|one| one.needs.is_empty()));
    }

    /// A rule that needs groups can be given some.
    #[test]
    fn groups_go_where_they_are_needed() {
        for one in rule_templates().into_iter().filter(|one| one.needs.contains(&Need::Group)) {
            let given = one.condition.with_groups(vec!["servers".into()]);
            assert_eq!(given.watch().groups(), ["servers"], "{}", one.id);
        }
    }
}
