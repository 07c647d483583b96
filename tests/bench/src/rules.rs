//! Rules to evaluate.

use platform_core::condition::{AlertPer, Condition, CountedStatus, Operator, PeerCount, PeerFilter, PeerOffline};
use platform_core::ids::RuleId;
use platform_core::rule::{EmailChannel, Notification, Rule, Severity};
use platform_core::tenancy::Membership;
use platform_runtime::Platform;

/// Groups of the fake's network.
const GROUPS: [&str; 4] = ["All", "servers", "routers", "laptops"];

/// Three rules that look at every peer. While the network is at rest none fires; when everybody is gone, the first does.
pub(crate) fn three(platform: &Platform, owner: &Membership) -> Vec<Rule> {
    let few_online = Condition::PeerCount(PeerCount {
        operator: Operator::LessThan,
        threshold: 5,
        peers: PeerFilter::default(),
        status: CountedStatus::Online,
        alert_per: AlertPer::Rule,
    });
    vec![
        rule(platform, owner, "Nobody is online", few_online),
        rule(platform, owner, "Far too many are offline", offline(u32::MAX, Vec::new())),
        rule(platform, owner, "Far too many servers are offline", offline(u32::MAX, vec!["servers".into()])),
    ]
}

/// So many rules, both kinds in turn, half of them for a group. Those of peers offline find some: naming them is work too.
pub(crate) fn many(platform: &Platform, owner: &Membership, count: usize) -> Vec<Rule> {
    let nth = |n: usize| {
        let groups = match n % 4 {
            0 | 1 => Vec::new(),
            _ => vec![GROUPS[n % GROUPS.len()].to_owned()],
        };
        let condition = match n % 2 {
            0 => offline(1, groups),
            _ => Condition::PeerCount(PeerCount {
                operator: Operator::GreaterThan,
                threshold: u32::MAX,
                peers: groups.into(),
                status: CountedStatus::Online,
                alert_per: AlertPer::Rule,
            }),
        };
        rule(platform, owner, &format!("Rule {n}"), condition)
    };
    (0..count).map(nth).collect()
}

fn offline(threshold: u32, groups: Vec<String>) -> Condition {
    let alert_per = if threshold == 1 { AlertPer::Peer } else { AlertPer::Rule };
    Condition::PeerOffline(PeerOffline {
        threshold,
        duration: 5,
        peers: groups.into(),
        count_unconfirmed: false,
        alert_per,
    })
}

fn rule(platform: &Platform, owner: &Membership, name: &str, condition: Condition) -> Rule {
    let now = platform.now();
    Rule {
        id: RuleId::new(now, platform.entropy.as_ref()),
        tenant: owner.tenant,
        name: name.to_owned(),
        description: String::new(),
        condition,
        severity: Severity::High,
        enabled: true,
        account: None,
        for_minutes: 0,
        keep_firing_minutes: 0,
        notification: Notification {
            email: Some(EmailChannel { enabled: true, recipients: vec![owner.email.clone()] }),
            ..Notification::default()
        },
        channels: Vec::new(),
        escalation: Vec::new(),
        created_at: now,
        updated_at: now,
        created_by: owner.user,
        edition: 1,
        watching_since: now,
        groups_edition: 1,
        deleted_at: None,
        version: 1,
    }
}
