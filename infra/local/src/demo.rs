//! The demo: a NetBird server of our own, a tenant that watches it, and rules that will fire.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use functions_accounts::{NewAccount, connect};
use platform_core::audit::Actor;
use platform_core::clock::Clock;
use platform_core::condition::{AlertPer, Condition, CountedStatus, Operator, PeerCount, PeerFilter, PeerOffline};
use platform_core::ids::RuleId;
use platform_core::rule::{EmailChannel, Notification, Rule, Severity};
use platform_core::tenancy::Membership;
use platform_netbird::fake::{FakeServer, Tokens, demo};
use platform_runtime::Platform;
use serde_json::json;

/// Address that the demo's owner signs in with.
pub const EMAIL: &str = "demo@example.com";
const SEED: u64 = 7;

/// Starts the demo's NetBird server.
pub async fn start_network(port: u16, clock: Arc<dyn Clock>) -> Result<FakeServer> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let server = FakeServer::start(address, demo::PEERS, SEED, clock).await;
    let server = server.with_context(|| format!("cannot listen on port {port}; choose another with DEMO_PORT"))?;
    tokio::spawn(demo::play(server.handle().clone(), SEED));
    Ok(server)
}

/// Sees to it that the demo's tenant watches its network, with two rules; what is there stays as it is.
pub async fn furnish(platform: &Platform, owner: &Membership, url: String) -> Result<()> {
    let base: url::Url = url.parse()?;
    if !platform.store.accounts(owner.tenant).await?.iter().any(|account| account.base_url == base) {
        let account = NewAccount {
            name: "Demo network".into(),
            base_url: Some(url),
            api_token: Tokens::GOOD.into(),
            sync_interval_seconds: None,
        };
        let connected = connect(platform, owner.tenant, actor(owner), account).await;
        connected.map_err(|problem| anyhow!("the demo network could not be connected: {}", problem.detail()))?;
    }
    let present = platform.store.rules(owner.tenant).await?;
    let servers_down = Condition::PeerOffline(PeerOffline {
        threshold: 1,
        duration: 1,
        peers: vec!["servers".to_owned()].into(),
        count_unconfirmed: false,
        alert_per: AlertPer::Peer,
    });
    let few_online = Condition::PeerCount(PeerCount {
        operator: Operator::LessThan,
        threshold: 30,
        peers: PeerFilter::default(),
        status: CountedStatus::Online,
        alert_per: AlertPer::Rule,
    });
    for (name, condition, severity) in
        [("Server down", servers_down, Severity::High), ("Half of the network is gone", few_online, Severity::Critical)]
    {
        if present.iter().any(|rule| rule.name == name) {
            continue;
        }
        let rule = rule(platform, owner, name, condition, severity);
        let new = json!({ "name": rule.name, "sentence": rule.sentence() });
        let mut transaction = platform.store.transaction();
        transaction.create_rule(&rule)?;
        transaction.audit(&platform.audit_entry(
            owner.tenant,
            actor(owner),
            "rule.create",
            rule.id,
            (None, Some(new)),
        ))?;
        transaction.commit().await?;
    }
    Ok(())
}

fn rule(platform: &Platform, owner: &Membership, name: &str, condition: Condition, severity: Severity) -> Rule {
    let now = platform.now();
    Rule {
        id: RuleId::new(now, platform.entropy.as_ref()),
        tenant: owner.tenant,
        name: name.to_owned(),
        description: String::new(),
        condition,
        severity,
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

/// The owner as who does what a host does at start.
pub fn actor(owner: &Membership) -> Actor {
    Actor { user_agent: Some("netbird-platform".into()), ..Actor::new(owner.user, &owner.name) }
}
