//! The scheduler: jobs, messages, changes and what people do run side by side, and get their turns by the seed.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::alert::Alert;
use platform_http::router::chain;
use platform_netbird::fake::{Fault, Handle, Network, TokenState, Tokens};
use platform_runtime::job::{JobResult, Trigger};
use platform_store::feed::Change;
use platform_tests::{Answer, Member, OWNER_PASSWORD, Queued, SeededEntropy, TRIES};
use serde_json::{Value, json};

use super::chaos::Task;
use super::check::Seen;
use super::schedule::{Act, Alerts, Minute, Quiet, Story, Tick};
use super::world::{self, Tenant, World};

/// So many run side by side at most.
const AT_ONCE: usize = 4;
/// More of them than any minute has.
const MOST_STEPS: usize = 5_000;
/// When a message comes again that somebody took and did not come to an end with.
const COMES_AGAIN: SignedDuration = SignedDuration::from_secs(40);

/// Something that runs, and what is to be done when it ends.
enum Work {
    Scheduled(&'static str),
    Message(Queued),
    Change(Change, usize),
    Person(String),
}

/// How it ended.
enum End {
    Job(JobResult),
    Answer(Box<Answer>),
    Died,
}

type Running = Pin<Box<dyn Future<Output = (Work, Arc<Task>, End)>>>;

/// A story under way.
pub(super) struct Play<'a> {
    pub(super) world: &'a mut World,
    pub(super) seen: Seen,
    dice: SeededEntropy,
    /// Changes that jobs are to be told of, each in its order.
    changes: VecDeque<(Change, usize)>,
    is_stalled: bool,
    copies: usize,
    waiting: VecDeque<Running>,
    running: FuturesUnordered<Running>,
    /// Whether a change is being told: the next one waits for it.
    tells: bool,
}

impl<'a> Play<'a> {
    pub(super) fn new(world: &'a mut World, story: &Story) -> Self {
        Self {
            world,
            seen: Seen::default(),
            dice: SeededEntropy::new(story.seed ^ 0x0dd5),
            changes: VecDeque::new(),
            is_stalled: false,
            copies: 1,
            waiting: VecDeque::new(),
            running: FuturesUnordered::new(),
            tells: false,
        }
    }

    /// Plays one minute.
    pub(super) async fn minute(&mut self, minute: &Minute) -> Result<(), String> {
        self.world.chaos.set_rate(minute.trouble);
        (self.is_stalled, self.copies) = (minute.stalled, minute.copies.max(1));
        // What people do comes before the tick, or falls together with it.
        let late = if let Tick::Late(seconds) = minute.tick { seconds } else { 0 };
        let before = SignedDuration::from_secs(25);
        self.world.app.skip(before);
        for act in &minute.acts {
            self.world.note_who_went();
            self.act(act).await?;
            if self.dice.below(2) == 0 {
                self.settle().await?;
            }
        }
        self.world.note_who_went();
        self.settle().await?;
        self.world.app.skip(SignedDuration::from_secs(35 + late));
        self.world.note_who_went();
        let ticks = match minute.tick {
            Tick::Skipped => 0,
            Tick::Twice => 2,
            Tick::Once | Tick::Late(_) | Tick::Backwards => 1,
        };
        for _ in 0..ticks {
            self.tick(minute.tick == Tick::Backwards);
        }
        self.settle().await?;
        self.world.app.skip(-SignedDuration::from_secs(late));
        self.world.note_who_went();
        self.seen.look(self.world).await
    }

    /// Nothing goes wrong any more: the minutes in which all comes to rest.
    pub(super) async fn rest(&mut self) -> Result<(), String> {
        self.world.chaos.set_rate(0);
        self.world.app.receiver.reply_normally();
        for nth in 0..self.world.networks.len() {
            let handle = self.network(nth);
            handle.heal();
            handle.set_token(TokenState::Good);
            handle.set_clock_offset(SignedDuration::ZERO);
            self.act(&Act::Resume { network: nth }).await?;
        }
        // Servers back off for a quarter of an hour, and people hold alerts back for less.
        for skip in [0, 8, 8, 0, 0] {
            self.quiet_minute(skip).await?;
        }
        // What is tried again later is waited for.
        for _ in 0..6 {
            let Some(last) = self.seen.due_last(self.world).await? else { break };
            let minutes = last.duration_since(self.world.app.now()).as_mins().max(0);
            self.quiet_minute(minutes).await?;
            self.quiet_minute(0).await?;
        }
        Ok(())
    }

    async fn quiet_minute(&mut self, skip: i64) -> Result<(), String> {
        self.world.app.skip(SignedDuration::from_mins(skip));
        self.minute(&Minute { copies: 1, ..Minute::default() }).await
    }

    fn tick(&mut self, backwards: bool) {
        // No page is open, and nobody is purged before somebody is deleted.
        let has_work = |job: &str| match job {
            "tendLive" => false,
            "purgeTenants" => self.world.tenants.iter().any(|tenant| tenant.is_deleted),
            _ => true,
        };
        let scheduled = self.world.app.jobs().iter().filter_map(|job| match &job.trigger {
            Trigger::Schedule(run) if has_work(job.name) => Some((job.name, run(self.world.app.platform.clone()))),
            _ => None,
        });
        let mut runs: Vec<_> = scheduled.collect();
        if backwards {
            runs.reverse();
        }
        for (name, run) in runs {
            self.start_job(Work::Scheduled(name), run);
        }
    }

    fn start_job(&mut self, work: Work, run: impl Future<Output = JobResult> + 'static) {
        self.start(work, async { End::Job(run.await) });
    }

    fn start(&mut self, work: Work, run: impl Future<Output = End> + 'static) {
        let task = Arc::new(Task::default());
        self.waiting.push_back(Box::pin(async move {
            let end = task.run(run).await.unwrap_or(End::Died);
            (work, task, end)
        }));
    }

    /// Lets everything run that is due, until nothing is.
    async fn settle(&mut self) -> Result<(), String> {
        for _ in 0..MOST_STEPS {
            self.take_changes();
            while self.running.len() + self.waiting.len() < AT_ONCE && self.take_work() {}
            while self.running.len() < AT_ONCE
                && let Some(next) = self.waiting.pop_front()
            {
                self.running.push(next);
            }
            let Some((work, task, end)) = self.running.next().await else { return Ok(()) };
            self.end(work, &task, end)?;
        }
        Err("messages lead to ever more messages".into())
    }

    /// Notes what jobs are to be told of.
    fn take_changes(&mut self) {
        while let Some(change) = self.world.app.queues.take_change() {
            for (nth, job) in self.world.app.jobs().iter().enumerate() {
                if matches!(&job.trigger, Trigger::Change(interest, _) if interest.covers(&change)) {
                    self.changes.push_back((change.clone(), nth));
                }
            }
        }
    }

    /// Begins with something that is due, if there is anything.
    fn take_work(&mut self) -> bool {
        let platform = self.world.app.platform.clone();
        if !self.is_stalled
            && !self.tells
            && (self.changes.len() > 8 || self.dice.below(2) == 0)
            && let Some((change, nth)) = self.changes.pop_front()
            && let Trigger::Change(_, run) = &self.world.app.jobs()[nth].trigger
        {
            self.tells = true;
            let run = run(platform, change.clone());
            self.start_job(Work::Change(change, nth), run);
            return true;
        }
        let dice = &self.dice;
        if let Some(queued) = self.world.app.queues.take_any(|due| dice.below(due as u64) as usize) {
            for _ in 1..self.copies {
                self.start_message(Queued { tries: TRIES, ..queued.clone() });
            }
            self.start_message(queued);
            return true;
        }
        if self.is_stalled || self.tells || self.changes.is_empty() {
            return false;
        }
        self.take_work()
    }

    fn start_message(&mut self, queued: Queued) {
        let run = self.world.app.jobs().iter().find_map(|job| match &job.trigger {
            Trigger::Queue(queue, run) if *queue == queued.message.queue() => Some(run.clone()),
            _ => None,
        });
        let run = run.expect("every queue has a job")(self.world.app.platform.clone(), queued.message.clone());
        self.start_job(Work::Message(queued), run);
    }

    fn end(&mut self, work: Work, task: &Task, end: End) -> Result<(), String> {
        if let (Work::Message(queued), true) = (&work, task.is_hurt()) {
            self.seen.excuse(&queued.message);
        }
        if task.is_hurt() {
            self.seen.count("hurt");
        }
        let failed = match &end {
            End::Job(Ok(())) | End::Answer(_) => None,
            End::Job(Err(error)) => Some(chain(error.as_ref()).to_string()),
            End::Died => {
                self.seen.count("died");
                Some("it died".to_owned())
            }
        };
        match (work, failed) {
            (Work::Person(what), _) => {
                if let End::Answer(answer) = end
                    && answer.status.is_server_error()
                    && !task.is_hurt()
                {
                    return Err(format!("{what} was answered {}: {}", answer.status, answer.text));
                }
            }
            (Work::Change(change, nth), failed) => {
                self.tells = false;
                if failed.is_some() {
                    self.changes.push_front((change, nth));
                }
            }
            (Work::Message(queued), Some(why)) => {
                if !task.is_hurt() {
                    self.seen.failures.push(format!("{}: {why}", queued.message.queue().name()));
                }
                if queued.tries < TRIES {
                    let tries = queued.tries + 1;
                    self.world.app.queues.put_after(Queued { tries, ..queued }, COMES_AGAIN);
                }
            }
            (Work::Scheduled(name), Some(why)) if !task.is_hurt() => self.seen.failures.push(format!("{name}: {why}")),
            (Work::Message(_) | Work::Scheduled(_), _) => {}
        }
        Ok(())
    }

    async fn act(&mut self, act: &Act) -> Result<(), String> {
        let app = &self.world.app;
        match act {
            Act::Leave { network, peers } => {
                self.change(*network, *peers, Network::disconnect);
            }
            Act::Return { network, peers } => {
                self.change(*network, *peers, Network::connect);
            }
            Act::Cut { network, peers } => {
                self.change(*network, *peers, Network::cut_link);
            }
            Act::Restart { network, away } => {
                self.change(*network, *away, |there, names, now| there.restart(names, 5, now));
            }
            Act::Add { network } => {
                let name = format!("added-{}", self.dice.below(1_000_000));
                self.change(*network, 0, |there, _, now| {
                    there.add_peer(&name, "servers", now);
                });
            }
            Act::Remove { network, which } => self.change(*network, u64::MAX, |there, names, now| {
                // Enough stay for a network to be one.
                if names.len() > 3 {
                    there.remove_peer(&names[which % names.len()], 0, now);
                }
            }),
            Act::Fault { network, kind, path, times } => {
                let fault = Fault { kind: kind.clone(), path: path.map(str::to_owned), times: Some(*times) };
                self.network(*network).fault(fault);
            }
            Act::TokenExpires { network } => self.network(*network).set_token(TokenState::Expired),
            Act::Resume { network } => {
                self.network(*network).set_token(TokenState::Good);
                let network = &self.world.networks[*network];
                let path = format!("/api/netbird/accounts/{}", network.account);
                self.ask(network.tenant, true, "PUT", path, Some(json!({ "apiToken": Tokens::GOOD })));
            }
            Act::Receiver(replies) => app.receiver.reply(replies.clone()),
            Act::MailFails { times, retryable } => app.mailbox.refuse(*times, *retryable),
            Act::Clock { seconds } => app.skip(SignedDuration::from_secs(*seconds)),
            Act::ServerClock { network, seconds } => {
                self.network(*network).set_clock_offset(SignedDuration::from_secs(*seconds));
            }
            Act::Acknowledge { tenant, which } => self.step(*tenant, *which, "acknowledge", json!({})).await,
            Act::Resolve { tenant, which } => self.step(*tenant, *which, "resolve", json!({})).await,
            Act::Reopen { tenant, which } => self.step(*tenant, *which, "reopen", json!({})).await,
            Act::Suppress { tenant, which, minutes } => {
                let until = app.now() + SignedDuration::from_mins(*minutes);
                self.step(*tenant, *which, "suppress", json!({ "until": until })).await;
            }
            Act::MakeRule { tenant, rule } => {
                let body = self.world.body_of(*tenant, *rule);
                self.ask(*tenant, true, "POST", "/api/alerts/rules".into(), Some(body));
            }
            Act::ChangeRule { tenant, which, rule } => {
                let body = self.world.body_of(*tenant, *rule);
                self.of_rule(*tenant, *which, "PUT", "", Some(body)).await;
            }
            Act::RenameRule { tenant, which } => {
                let rules = self.rules(*tenant).await;
                if let Some(rule) = rules.get(which % rules.len().max(1)) {
                    let mark = &self.world.tenants[*tenant].mark;
                    let mut body = json!({ "name": format!("{mark} renamed"), "severity": "high" });
                    for field in ["conditionType", "conditionConfig", "forMinutes", "keepFiringMinutes"] {
                        body[field] = rule[field].clone();
                    }
                    body["notificationConfig"] = json!({
                        "email": { "enabled": true, "recipients": [super::world::recipient(mark)] },
                        "webhook": { "enabled": true },
                    });
                    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap_or_default());
                    self.ask(*tenant, true, "PUT", path, Some(body));
                }
            }
            Act::SwitchRule { tenant, which, on } => {
                let step = if *on { "/enable" } else { "/disable" };
                self.of_rule(*tenant, *which, "POST", step, Some(json!({}))).await;
            }
            Act::DeleteRule { tenant, which } => self.of_rule(*tenant, *which, "DELETE", "", None).await,
            Act::Silence { tenant, rule, minutes } => {
                let rules = self.rules(*tenant).await;
                let named = rule.and_then(|which| rules.get(which % rules.len().max(1)));
                let matchers = match named {
                    Some(rule) => json!({ "ruleIds": [rule["id"]] }),
                    None => json!({ "everything": true }),
                };
                let ends_at = self.world.app.now() + SignedDuration::from_mins(*minutes);
                let name = format!("{} is quiet", self.world.tenants[*tenant].mark);
                let body = json!({ "name": name, "matchers": matchers, "endsAt": ends_at });
                self.ask(*tenant, false, "POST", "/api/alerts/silences".into(), Some(body));
            }
            Act::SilenceSome { tenant, which, minutes } => {
                let matchers = self.matchers(*tenant, *which).await;
                let ends_at = self.world.app.now() + SignedDuration::from_mins(*minutes);
                let name = format!("{} is partly quiet", self.world.tenants[*tenant].mark);
                let body = json!({ "name": name, "matchers": matchers, "endsAt": ends_at });
                self.ask(*tenant, false, "POST", "/api/alerts/silences".into(), Some(body));
            }
            Act::MakeRoute { tenant, which, is_loud } => {
                let matchers = self.matchers(*tenant, *which).await;
                let Tenant { mark, channels, .. } = &self.world.tenants[*tenant];
                let named = if *is_loud { &channels[..] } else { &channels[1..] };
                let name = format!("{mark} route {}", self.dice.below(1_000_000));
                let body = json!({ "name": name, "matchers": matchers, "channelIds": named });
                self.ask(*tenant, true, "POST", "/api/alerts/routes".into(), Some(body));
            }
            Act::DeleteRoute { tenant, which } => {
                let routes = self.list(*tenant, "/api/alerts/routes").await;
                if let Some(route) = routes.get(which % routes.len().max(1)) {
                    let path = format!("/api/alerts/routes/{}", route["id"].as_str().unwrap_or_default());
                    self.ask(*tenant, true, "DELETE", path, None);
                }
            }
            Act::ChangeQuiet { tenant, quiet } => self.change_channel(*tenant, 1, true, *quiet),
            Act::SwitchChannel { tenant, is_loud, on } => {
                self.change_channel(*tenant, usize::from(!is_loud), *on, None);
            }
            Act::EndSilence { tenant, which } => {
                let silences = self.list(*tenant, "/api/alerts/silences").await;
                if let Some(silence) = silences.get(which % silences.len().max(1)) {
                    let path = format!("/api/alerts/silences/{}/end", silence["id"].as_str().unwrap_or_default());
                    self.ask(*tenant, false, "POST", path, Some(json!({})));
                }
            }
            Act::Demote { tenant } => {
                let path = format!("/api/users/{}", self.world.tenants[*tenant].operator.user);
                self.ask(*tenant, true, "PUT", path, Some(json!({ "role": Role::Viewer })));
            }
            Act::DeleteTenant { tenant } => {
                self.settle().await?;
                self.delete_tenant(*tenant).await;
            }
            Act::ForgetSnapshots => app.platform.store.forget_decoded(),
        }
        Ok(())
    }

    /// Not a task, and while nothing else is under way: what is sent from then on is sent too late.
    async fn delete_tenant(&mut self, tenant: usize) {
        let one = &mut self.world.tenants[tenant];
        if one.is_deleted {
            return;
        }
        one.is_deleted = true;
        let body = json!({ "password": OWNER_PASSWORD, "name": one.mark });
        let owner = one.owner.clone();
        owner.post("/api/tenant/delete", body).await.expect(202);
        self.seen.tenant_is_gone(self.world, tenant);
    }

    fn network(&self, network: usize) -> &Handle {
        &self.world.networks[network].server
    }

    /// Does something with some peers of a network: those whose bit is set.
    fn change(&self, network: usize, peers: u64, how: impl FnOnce(&mut Network, &[String], jiff::Timestamp)) {
        self.network(network).change(|there, now| {
            let is_meant = |(nth, _): &(usize, _)| peers >> (nth % 64) & 1 == 1;
            let names: Vec<String> =
                there.peers().iter().enumerate().filter(is_meant).map(|(_, peer)| peer.name.clone()).collect();
            how(there, &names, now);
        });
    }

    /// Somebody asks for something; the answer comes when it comes.
    fn ask(&mut self, tenant: usize, by_owner: bool, method: &'static str, path: String, body: Option<Value>) {
        let tenant = &self.world.tenants[tenant];
        let member: Member = if by_owner { tenant.owner.clone() } else { tenant.operator.clone() };
        let what = format!("{method} {path}");
        self.start(Work::Person(what), async move { End::Answer(Box::new(member.call(method, &path, body).await)) });
    }

    async fn step(&mut self, tenant: usize, which: usize, step: &str, body: Value) {
        let alerts: Vec<Alert> =
            self.world.app.platform.store.active_alerts(self.world.tenants[tenant].owner.tenant).await.unwrap();
        let Some(alert) = alerts.get(which % alerts.len().max(1)) else { return };
        self.ask(tenant, false, "POST", format!("/api/alerts/{}/{step}", alert.id), Some(body));
    }

    async fn of_rule(&mut self, tenant: usize, which: usize, method: &'static str, step: &str, body: Option<Value>) {
        let rules = self.rules(tenant).await;
        let Some(rule) = rules.get(which % rules.len().max(1)) else { return };
        let path = format!("/api/alerts/rules/{}{step}", rule["id"].as_str().unwrap_or_default());
        self.ask(tenant, true, method, path, body);
    }

    /// What says which alerts of a tenant are meant.
    async fn matchers(&self, tenant: usize, which: Alerts) -> Value {
        let rules = self.rules(tenant).await;
        let of_tenant = |network: &&world::Network| network.tenant == tenant;
        let networks: Vec<_> = self.world.networks.iter().filter(of_tenant).collect();
        match which {
            Alerts::InAccount(which) => json!({ "accountIds": [networks[which % networks.len()].account] }),
            Alerts::OfRule(which) if !rules.is_empty() => json!({ "ruleIds": [rules[which % rules.len()]["id"]] }),
            Alerts::Severe | Alerts::OfRule(_) => json!({ "severities": ["high"] }),
        }
    }

    fn change_channel(&mut self, tenant: usize, which: usize, is_on: bool, quiet: Option<Quiet>) {
        let path = format!("/api/alerts/channels/{}", self.world.tenants[tenant].channels[which]);
        let body = self.world.channel_body(tenant, which, is_on, quiet);
        self.ask(tenant, true, "PUT", path, Some(body));
    }

    async fn rules(&self, tenant: usize) -> Vec<Value> {
        self.list(tenant, "/api/alerts/rules").await
    }

    async fn list(&self, tenant: usize, path: &str) -> Vec<Value> {
        let tenant = &self.world.tenants[tenant];
        if tenant.is_deleted {
            return Vec::new();
        }
        tenant.owner.get(path).await.expect(200).as_array().cloned().unwrap_or_default()
    }
}
