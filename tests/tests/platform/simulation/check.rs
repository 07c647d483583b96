//! What must hold: after every minute, and when all has come to rest.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use platform_core::alert::{Alert, AlertEvent, AlertHistory, AlertStatus};
use platform_core::condition::ConditionType;
use platform_core::ids::{AlertId, TenantId};
use platform_core::intent::{Intent, IntentStatus};
use platform_core::rule::ACCOUNT_UNREACHABLE;
use platform_notify::email::message_id;
use platform_runtime::queue::Message;
use platform_store::alerts::AlertFilter;
use serde_json::Value;

use super::world::{Network, Tenant, World, recipient};

/// What came of a play beside what the world itself shows.
#[derive(Default)]
pub(super) struct Seen {
    /// Messages that may arrive twice: a sender of theirs was hurt, perhaps between sending and writing that down.
    excused: BTreeSet<String>,
    /// Jobs that failed though nothing hurt them.
    pub(super) failures: Vec<String>,
    /// Tenants that are gone, and how much was sent to them until then.
    gone: BTreeMap<usize, usize>,
    /// How much of what happened: who checks nothing finds nothing.
    pub(super) tally: Tally,
}

/// How often something happened.
pub(super) type Tally = BTreeMap<&'static str, u64>;

/// Fails with a text unless something holds.
macro_rules! hold {
    ($holds:expr, $($text:tt)+) => {
        if !$holds {
            return Err(format!($($text)+));
        }
    };
}

type Held = Result<(), String>;

impl Seen {
    pub(super) fn excuse(&mut self, message: &Message) {
        if let Message::Notify { intent, .. } = message {
            self.excused.insert(intent.clone());
        }
    }

    /// Something happened.
    pub(super) fn count(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    pub(super) fn tenant_is_gone(&mut self, world: &World, tenant: usize) {
        self.gone.insert(tenant, sent_to(world, tenant));
    }

    /// What holds after every minute.
    pub(super) async fn look(&self, world: &World) -> Held {
        for network in &world.networks {
            let tenant = &world.tenants[network.tenant];
            if !tenant.is_deleted {
                look_at(world, tenant, network).await?;
            }
        }
        for (tenant, sent) in &self.gone {
            let now = sent_to(world, *tenant);
            hold!(now == *sent, "C: {} messages were sent for a tenant that was deleted", now - sent);
        }
        Ok(())
    }

    /// When the last of what waits is due, if something waits.
    pub(super) async fn due_last(&self, world: &World) -> Result<Option<Timestamp>, String> {
        let mut last = None;
        for tenant in world.tenants.iter().filter(|tenant| !tenant.is_deleted) {
            for (_, _, intents) in alerts_of(world, tenant.owner.tenant).await? {
                let pending = intents.iter().filter(|intent| intent.status == IntentStatus::Pending);
                last = last.max(pending.map(|intent| intent.ready_at).max());
            }
        }
        Ok(last)
    }

    /// What holds when all has come to rest.
    pub(super) async fn finish(&mut self, world: &World) -> Held {
        self.look(world).await?;
        hold!(self.failures.is_empty(), "jobs failed by themselves: {:#?}", self.failures);
        hold!(world.app.queues.dead_letters().is_empty(), "given up: {:?}", world.app.queues.dead_letters());
        for (nth, tenant) in world.tenants.iter().enumerate().filter(|(_, tenant)| !tenant.is_deleted) {
            let alerts = alerts_of(world, tenant.owner.tenant).await?;
            for (alert, history, intents) in &alerts {
                if intents.iter().any(|intent| intent.quiet.is_some()) {
                    self.count("held by quiet hours");
                }
                if !alert.routed.is_empty() {
                    self.count("routed");
                }
                let kinds = history.iter().map(|row| row.event.name());
                for kind in kinds.chain(intents.iter().map(|intent| intent.status.name())) {
                    self.count(kind);
                }
                legal(alert, history).map_err(|error| format!("D: alert {}: {error}", alert.id))?;
                told(world, alert, intents).map_err(|error| {
                    format!("A: alert {} ({}, {:?}): {error}\n{intents:#?}", alert.id, alert.title, alert.status)
                })?;
            }
            let rules = tenant.owner.get("/api/alerts/rules").await.expect(200);
            for network in world.networks.iter().filter(|network| network.tenant == nth) {
                open_as_the_model_says(world, network, &rules, &alerts)?;
            }
            self.apart(world, nth).await?;
            let verdict = tenant.owner.get("/api/audit/verify").await.expect(200);
            hold!(verdict["verdict"] == "intact", "F: {verdict}");
        }
        self.once(world)
    }

    /// B: nothing arrives twice, but what may.
    fn once(&self, world: &World) -> Held {
        let mut counts = BTreeMap::<String, usize>::new();
        let from = &world.app.platform.mail.as_ref().expect("the platform sends mail").from;
        let hooks = world.app.receiver.received();
        for hook in hooks.iter().filter(|hook| hook.status < 300) {
            *counts.entry(hook.id.clone()).or_default() += 1;
        }
        for mail in world.app.mailbox.mails() {
            *counts.entry(mail.id.clone()).or_default() += 1;
        }
        for (id, count) in counts {
            let is_excused = self.excused.iter().any(|key| id.contains(key.as_str()) || id == message_id(key, from));
            hold!(count == 1 || is_excused, "B: {id} arrived {count} times");
        }
        Ok(())
    }

    /// C: nothing of a tenant is in what another sees.
    async fn apart(&self, world: &World, nth: usize) -> Held {
        let tenant = &world.tenants[nth];
        let mut texts = Vec::new();
        let path = format!("/hook/{}", tenant.mark);
        let hooks = world.app.receiver.received();
        texts.extend(hooks.iter().filter(|hook| hook.path == path).map(|hook| hook.body.to_string()));
        let domain = format!("@{}.example", tenant.mark.to_lowercase());
        let mails = world.app.mailbox.mails();
        let to_us = mails.iter().filter(|mail| mail.to.iter().any(|to| to.ends_with(&domain)));
        texts.extend(to_us.map(|mail| format!("{} {}", mail.subject, mail.text)));
        if world.tenants.len() > 1 {
            for path in [
                "alerts",
                "alerts/rules",
                "alerts/silences",
                "alerts/channels",
                "alerts/routes",
                "alerts/deliveries",
                "audit/logs",
                "netbird/peers",
            ] {
                texts.push(tenant.owner.get(&format!("/api/{path}")).await.text);
            }
        }
        for (other, foreign) in world.tenants.iter().enumerate().filter(|(other, _)| *other != nth) {
            let accounts = world.networks.iter().filter(|network| network.tenant == other);
            let mut marks: Vec<String> = accounts.map(|network| network.account.to_string()).collect();
            marks.extend([foreign.mark.to_lowercase(), foreign.owner.tenant.to_string()]);
            for text in &texts {
                let text = text.to_lowercase();
                let found = marks.iter().find(|mark| text.contains(mark.as_str()));
                hold!(found.is_none(), "C: {} sees {found:?}: {text}", tenant.mark);
            }
        }
        Ok(())
    }
}

/// A: there is one alert of what holds, and something knows of each.
async fn look_at(world: &World, tenant: &Tenant, network: &Network) -> Held {
    let (store, id) = (&world.app.platform.store, tenant.owner.tenant);
    let standing = store.standing(id, network.account).await.map_err(|error| error.to_string())?;
    let active = store.active_alerts_of(id, network.account).await.map_err(|error| error.to_string())?;
    let mut known = BTreeSet::<AlertId>::new();
    for state in standing.states.iter().chain(&standing.by_group) {
        known.extend(state.alert);
        known.extend(state.missing.as_ref().map(|missing| missing.alert));
    }
    let mut members = BTreeSet::new();
    for episode in &standing.episodes {
        known.insert(episode.alert);
        for peer in episode.members() {
            let is_new = members.insert((episode.rule, peer.to_owned()));
            hold!(is_new, "A: peer {peer} is in two alerts of rule {}", episode.rule);
        }
    }
    for alert in &active {
        hold!(known.contains(&alert.id), "A: nobody knows of the open alert {} ({})", alert.id, alert.title);
    }
    for alert in known {
        if active.iter().all(|one| one.id != alert) {
            let history = store.alert_history(id, alert).await.map_err(|error| error.to_string())?;
            return Err(format!("A: alert {alert} is over, and its rule does not know: {history:#?} {standing:#?}"));
        }
    }
    Ok(())
}

type Told = (Alert, Vec<AlertHistory>, Vec<Intent>);

async fn alerts_of(world: &World, tenant: TenantId) -> Result<Vec<Told>, String> {
    let store = &world.app.platform.store;
    let alerts =
        store.alerts(tenant, &AlertFilter::default(), None, 10_000).await.map_err(|error| error.to_string())?;
    let mut told = Vec::new();
    for alert in alerts.items {
        let history = store.alert_history(tenant, alert.id).await.map_err(|error| error.to_string())?;
        let intents = store.intents_of(tenant, alert.id).await.map_err(|error| error.to_string())?;
        told.push((alert, history, intents));
    }
    Ok(told)
}

/// D: every step is one that may be taken, and none is missing.
fn legal(alert: &Alert, history: &[AlertHistory]) -> Held {
    hold!(alert.history as usize == history.len(), "{} steps, {} rows", alert.history, history.len());
    let mut status = None;
    for (number, row) in history.iter().enumerate() {
        hold!(row.number as usize == number, "row {number} is number {}", row.number);
        hold!(row.before.is_none() || row.before == status, "row {number} was {:?}, and not {status:?}", row.before);
        use AlertEvent::{Acknowledged, Fired, Grew, Reopened, Repeated, Resolved, Suppressed};
        use AlertStatus as Is;
        status = match (row.event, status) {
            (Fired, None) if row.message.as_deref().is_some_and(|why| why.starts_with("Nobody is told before")) => {
                Some(Is::Suppressed)
            }
            (Fired, None) => Some(Is::Open),
            (Acknowledged, Some(Is::Open)) => Some(Is::Acknowledged),
            (Suppressed, Some(Is::Open | Is::Acknowledged | Is::Suppressed)) => Some(Is::Suppressed),
            (Reopened, Some(Is::Suppressed)) => Some(Is::Open),
            (Grew, Some(Is::Open | Is::Acknowledged | Is::Suppressed)) => Some(Is::Open),
            (Repeated, Some(Is::Open)) => Some(Is::Open),
            (Resolved, Some(Is::Open | Is::Acknowledged | Is::Suppressed)) => Some(Is::Resolved),
            (event, status) => return Err(format!("{event:?} from {status:?}")),
        };
    }
    hold!(status == Some(alert.status), "it is {:?}, and its history says {status:?}", alert.status);
    Ok(())
}

/// A: whatever was to be told came to an end, and the last word is right.
fn told(world: &World, alert: &Alert, intents: &[Intent]) -> Held {
    let now = world.app.now();
    let hooks = world.app.receiver.received();
    for intent in intents {
        hold!(intent.status != IntentStatus::Pending, "{} waits", intent.key);
        let is_explained = intent.status != IntentStatus::Failed || intent.last_error.is_some();
        hold!(is_explained, "{} failed, and nobody sees why", intent.key);
        if intent.status == IntentStatus::Delivered && intent.channel().is_posted() {
            let has_come = hooks.iter().any(|hook| hook.id == intent.key && hook.status < 300);
            hold!(has_come, "{} is said to be delivered, and never came", intent.key);
        }
    }
    if let Some(until) = alert.suppressed_until {
        hold!(until > now - SignedDuration::from_mins(2), "it was held back until {until}, and nobody woke it");
    }
    let routes: BTreeSet<_> = intents.iter().map(|intent| intent.route).collect();
    for route in routes {
        let of = || intents.iter().filter(|intent| intent.route == route);
        let is_through = |intent: &&Intent| intent.status != IntentStatus::Superseded;
        let bad = of().filter(|intent| intent.event.is_bad_news()).filter(is_through);
        let end = of().filter(|intent| intent.event == AlertEvent::Resolved).find(is_through);
        if let Some(end) = end.filter(|end| end.status == IntentStatus::Delivered) {
            let is_held = |intent: &Intent| intent.quiet.as_ref().is_some_and(|quiet| quiet.untried);
            let mut bad = of().filter(|intent| intent.event.is_bad_news());
            hold!(bad.any(|intent| !is_held(intent)), "{route} heard nothing, and was told that it is over: {end:?}");
        }
        // Quiet hours have one message tell what they held.
        let told = of().filter(|intent| intent.event.is_bad_news() && intent.status == IntentStatus::Delivered);
        let mut ends: Vec<_> = told.filter_map(|intent| Some(intent.quiet.as_ref()?.until)).collect();
        let count = ends.len();
        ends.dedup();
        hold!(ends.len() == count, "{route} was told twice when quiet hours ended");
        if alert.status == AlertStatus::Resolved {
            let was_told = bad.clone().any(|intent| intent.status == IntentStatus::Delivered);
            hold!(!was_told || end.is_some(), "{route} was told that it fired, and never that it is over");
        } else {
            hold!(bad.count() > 0, "it is open, and {route} never heard of it");
        }
    }
    // By the order in which a receiver got them.
    let came: Vec<_> = hooks.iter().filter(|hook| hook.status < 300).collect();
    let place = |intent: &Intent| came.iter().rposition(|hook| hook.id == intent.key);
    for end in intents.iter().filter(|intent| intent.event == AlertEvent::Resolved && place(intent).is_some()) {
        let mut same_way = intents.iter().filter(|intent| intent.route == end.route && intent.event.is_bad_news());
        let late = same_way.find(|intent| place(intent) > place(end));
        hold!(late.is_none(), "{late:?} came after its end");
    }
    Ok(())
}

/// A: what is open is what an independent look at the network says.
fn open_as_the_model_says(world: &World, network: &Network, rules: &Value, alerts: &[Told]) -> Held {
    let of_account = |alert: &&Alert| alert.account == network.account && alert.status.is_active();
    let active: Vec<&Alert> = alerts.iter().map(|(alert, ..)| alert).filter(of_account).collect();
    let (online, offline) = network.server.look(|there| {
        let (online, offline): (Vec<_>, Vec<_>) = there.peers().iter().partition(|peer| peer.connected);
        (online.len(), offline.iter().map(|peer| peer.id.clone()).collect::<BTreeSet<_>>())
    });
    let unreachable = active.iter().filter(|alert| alert.rule == ACCOUNT_UNREACHABLE).count();
    hold!(unreachable == 0, "A: the account can be read, and an alert says that it cannot");
    let mut of_rules = 0;
    for rule in rules.as_array().into_iter().flatten() {
        let is_of = |alert: &&&Alert| rule["id"] == alert.rule.to_string();
        let of: Vec<&&Alert> = active.iter().filter(is_of).collect();
        of_rules += of.len();
        let number = |field: &str| rule["conditionConfig"][field].as_u64().unwrap_or_default() as usize;
        let name = format!("A: {} of {}", rule["sentence"], world.app.now());
        if rule["enabled"] != true {
            hold!(of.is_empty(), "{name} is off, and has open alerts");
        } else if rule["conditionConfig"]["alertPer"] == "peer" {
            let mut told = BTreeSet::new();
            for peer in of.iter().flat_map(|alert| &alert.affected.peers) {
                hold!(told.insert(peer.id.clone()), "{name}: {} is in two alerts", peer.name);
            }
            hold!(told == offline, "{name}: {told:?} are told, {offline:?} are offline");
        } else {
            let holds = match rule["conditionType"].as_str() {
                Some("peer_count") => online < number("threshold"),
                _ => offline.len() >= number("threshold"),
            };
            hold!(of.len() == usize::from(holds), "{name}: {} open alerts, holds: {holds}", of.len());
        }
    }
    hold!(of_rules == active.len(), "A: there are open alerts of rules that are gone");
    // Whoever was told of was away.
    for (alert, ..) in alerts.iter().filter(|(alert, ..)| alert.account == network.account) {
        let is_of_peers = alert.condition == Some(ConditionType::PeerOffline);
        for peer in alert.affected.peers.iter().filter(|_| is_of_peers) {
            hold!(
                network.went.contains_key(&peer.id),
                "A: {} never was offline, and {} says so",
                peer.name,
                alert.title
            );
        }
    }
    Ok(())
}

/// How many messages about alerts were sent to a tenant.
fn sent_to(world: &World, tenant: usize) -> usize {
    let mark = &world.tenants[tenant].mark;
    let path = format!("/hook/{mark}");
    let hooks = world.app.receiver.received();
    hooks.iter().filter(|hook| hook.path == path).count() + world.app.mailbox.to(&recipient(mark)).len()
}
