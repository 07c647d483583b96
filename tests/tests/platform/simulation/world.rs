//! A small world: tenants with their people, accounts and networks, before anything happens.
//!
//! Making one takes longer than what happens in it. So a thread makes one of each shape, keeps what is in the database then,
//! and begins every story with that: same items, time, networks and dice.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use platform_core::access::Role;
use platform_core::ids::AccountId;
use platform_core::silence::Weekday;
use platform_netbird::fake::{self, FakeServer, Handle};
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

use super::chaos::{Chaos, Planted};
use super::schedule::{Quiet, Rule, SHAPES, Story, Telling, Watches};

/// A tenant and its people.
#[derive(Clone)]
pub(super) struct Tenant {
    /// Is in every name that is the tenant's, and in no other's.
    pub(super) mark: String,
    pub(super) owner: Member,
    /// Acts on alerts, until they are demoted.
    pub(super) operator: Member,
    /// Its channels: one that always tells, and one that has quiet hours.
    pub(super) channels: [String; 2],
    pub(super) is_deleted: bool,
}

/// A connected account and its NetBird.
#[derive(Clone)]
pub(super) struct Network {
    pub(super) tenant: usize,
    pub(super) account: AccountId,
    pub(super) server: Handle,
    /// Every time that a peer went, by its id, as the server dates it.
    pub(super) went: BTreeMap<String, Vec<Timestamp>>,
}

/// All of it.
pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) chaos: Arc<Chaos>,
    pub(super) tenants: Vec<Tenant>,
    pub(super) networks: Vec<Network>,
    tellings: Vec<Telling>,
    servers: Vec<FakeServer>,
    beginnings: BTreeMap<usize, Beginning>,
}

/// What a world of a shape is before anything happens.
struct Beginning {
    items: Vec<Value>,
    now: Timestamp,
    tenants: Vec<Tenant>,
    networks: Vec<Network>,
    inside: Vec<fake::Network>,
}

impl World {
    /// One without anybody.
    pub(super) async fn empty() -> Self {
        let app = TestApp::start_with(Options { peers: 1, ..Options::default() }).await;
        app.queues.outlive_the_process();
        let chaos = Arc::new(Chaos::default());
        app.database.put_between(chaos.clone());
        let most = SHAPES.iter().map(|tenants| tenants.iter().map(|accounts| accounts.len()).sum()).max();
        let mut servers = Vec::new();
        for _ in 0..most.unwrap_or(0) {
            let clock = Arc::new(app.clock.clone());
            servers
                .push(FakeServer::start((Ipv4Addr::LOCALHOST, 0).into(), 1, 1, clock).await.expect("a port is free"));
        }
        let beginnings = BTreeMap::new();
        Self { app, chaos, tenants: Vec::new(), networks: Vec::new(), tellings: Vec::new(), servers, beginnings }
    }

    /// As a story begins.
    pub(super) async fn begin(&mut self, story: &Story, planted: Option<Planted>) {
        self.chaos.calm();
        if !self.beginnings.contains_key(&story.shape) {
            let beginning = self.make(story.shape).await;
            self.beginnings.insert(story.shape, beginning);
        }
        let Beginning { items, now, tenants, networks, inside } = &self.beginnings[&story.shape];
        self.app.database.hold(items).expect("the database takes what it gave");
        self.app.clock.set(*now);
        self.app.entropy.reseed(story.seed);
        self.app.platform.store.forget_decoded();
        self.app.queues.forget();
        self.app.queues.outlive_the_process();
        self.app.receiver.forget();
        self.app.mailbox.forget();
        (self.tenants, self.networks) = (tenants.clone(), networks.clone());
        for (network, inside) in networks.iter().zip(inside) {
            network.server.reset(1, None);
            network.server.change(|there, _| there.clone_from(inside));
        }
        self.chaos.begin(story.seed, planted);
        self.tellings.clone_from(&story.tellings);
        for (nth, telling) in story.tellings.iter().enumerate() {
            let Tenant { owner, mark, channels, .. } = &self.tenants[nth];
            let body = self.channel_body(nth, 1, true, telling.quiet);
            owner.call("PUT", &format!("/api/alerts/channels/{}", channels[1]), Some(body)).await.expect(200);
            if telling.is_routed {
                let route = json!({ "name": format!("{mark} route"), "matchers": {}, "channelIds": channels });
                owner.post("/api/alerts/routes", route).await.expect(201);
            }
        }
        for (tenant, rules) in story.rules.iter().enumerate() {
            for rule in rules {
                self.make_rule(tenant, *rule).await;
            }
        }
    }

    async fn make(&mut self, shape: usize) -> Beginning {
        let empty = self.app.database.everything().expect("the database answers");
        (self.tenants, self.networks) = (Vec::new(), Vec::new());
        for (nth, accounts) in SHAPES[shape].iter().enumerate() {
            let mark = format!("Mark{nth}");
            let owner = self.app.tenant(&mark).await;
            let operator = self.app.member(&owner, Role::Admin).await;
            let channels = [String::new(), String::new()];
            self.tenants.push(Tenant { mark, owner, operator, channels, is_deleted: false });
            for which in 0..2 {
                let body = self.channel_body(nth, which, true, None);
                let made = self.tenants[nth].owner.post("/api/alerts/channels", body).await.expect(201);
                self.tenants[nth].channels[which] = made["id"].as_str().expect("it has an id").to_owned();
            }
            for peers in *accounts {
                self.connect(nth, *peers).await;
            }
        }
        self.app.settle().await;
        let inside = self.networks.iter().map(|network| network.server.look(Clone::clone)).collect();
        let (tenants, networks) = (std::mem::take(&mut self.tenants), std::mem::take(&mut self.networks));
        let items = self.app.database.everything().expect("the database answers");
        self.app.database.hold(&empty).expect("the database takes what it gave");
        Beginning { items, now: self.app.now(), tenants, networks, inside }
    }

    async fn connect(&mut self, tenant: usize, peers: usize) {
        let number = self.networks.len();
        let server = &self.servers[number];
        server.handle().reset(peers, Some(number as u64 + 1));
        server.handle().change(|there, now| {
            let names: Vec<String> = there.peers().iter().map(|peer| peer.name.clone()).collect();
            there.connect(&names, now);
        });
        let Tenant { owner, mark, .. } = &self.tenants[tenant];
        let id = self.app.connect_account_at(owner, &format!("{mark} network {number}"), server).await;
        let account = AccountId::from_uuid(id.parse().expect("it is an id"));
        let server = server.handle().clone();
        self.networks.push(Network { tenant, account, server, went: BTreeMap::new() });
    }

    async fn make_rule(&self, tenant: usize, rule: Rule) {
        let Tenant { owner, mark, .. } = &self.tenants[tenant];
        owner.post("/api/alerts/rules", self.body_of(tenant, rule)).await.expect(201);
        self.app.want_alerts(owner.tenant, &recipient(mark)).await;
    }

    /// One of a tenant's channels as it is entered.
    pub(super) fn channel_body(&self, tenant: usize, which: usize, is_on: bool, quiet: Option<Quiet>) -> Value {
        let mark = &self.tenants[tenant].mark;
        let config = json!({ "type": "webhook", "url": format!("{}/{mark}", self.app.receiver.url()) });
        let name = format!("{mark} channel {which}");
        let mut body = json!({ "name": name, "enabled": is_on, "config": config });
        if let Some(Quiet { from, minutes }) = quiet {
            let clock = |minutes| (self.app.now() + SignedDuration::from_mins(minutes)).strftime("%H:%M").to_string();
            let window = json!({ "weekdays": Weekday::ALL, "from": clock(from), "to": clock(from + minutes) });
            body["quietHours"] = json!({ "timeZone": "UTC", "windows": [window] });
        }
        body
    }

    /// A rule as it is entered.
    pub(super) fn body_of(&self, tenant: usize, rule: Rule) -> Value {
        let Tenant { mark, channels, .. } = &self.tenants[tenant];
        let named: &[String] = if self.tellings[tenant].is_named { &channels[..1] } else { &[] };
        let (kind, config) = match rule.watches {
            Watches::EachOffline(minutes) => ("peer_offline", json!({ "duration": minutes })),
            Watches::ManyOffline(peers, minutes) => {
                ("peer_offline", json!({ "threshold": peers, "duration": minutes }))
            }
            Watches::FewOnline(peers) => {
                ("peer_count", json!({ "operator": "less_than", "threshold": peers, "status": "online" }))
            }
        };
        json!({
            "name": format!("{mark} {kind}"), "conditionType": kind, "conditionConfig": config, "severity": "high",
            "forMinutes": rule.for_minutes, "keepFiringMinutes": rule.keep_firing,
            "channelIds": named,
            "notificationConfig": {
                "email": { "enabled": true, "recipients": [recipient(mark)] },
                "webhook": { "enabled": true, "url": format!("{}/{mark}", self.app.receiver.url()) },
            },
        })
    }

    /// Notes which peers are away, as the servers say it.
    pub(super) fn note_who_went(&mut self) {
        for network in &mut self.networks {
            let away = network.server.look(|there| {
                let away = there.peers().iter().filter(|peer| !peer.connected);
                away.map(|peer| (peer.id.clone(), peer.last_seen)).collect::<Vec<_>>()
            });
            for (peer, since) in away {
                let went = network.went.entry(peer).or_default();
                if went.last() != Some(&since) {
                    went.push(since);
                }
            }
        }
    }
}

/// Who gets a tenant's mails.
pub(super) fn recipient(mark: &str) -> String {
    format!("ops@{}.example", mark.to_lowercase())
}
