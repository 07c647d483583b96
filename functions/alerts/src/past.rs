//! The past of one account, as far as it is kept: read once, and led through by a replay.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use platform_core::account::{Account, SyncState};
use platform_core::by_group::parts;
use platform_core::change::LoggedChange;
use platform_core::condition::{CustomMetric, Observation};
use platform_core::known_group::KnownGroup;
use platform_core::metrics::{Resolution, Rollup, minute_of};
use platform_core::network::{Event, Peer, User};
use platform_core::observed::{Lists, Measured, OwnMeasured};
use platform_core::own_metrics::{Folded, Series};
use platform_core::peer_history::{Gap, Logged};
use platform_core::replay::{Kept, PastNetwork, Replay, WouldBe, moments};
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_core::text;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_store::changes::ChangeRange;
use platform_store::events::EventRange;

/// Items of the log of peer status that are read of an account.
const MOST_LOGGED: usize = 4_000;
/// Events, and changes of the configuration, that are read of an account.
const MOST_HAPPENED: usize = 1_000;
/// What a look takes, whatever there is to see: as much as looking at so many peers.
const OF_A_LOOK: usize = 50;
/// Gaps that are passed by as quickly as one peer is looked at.
const GAPS_OF_A_UNIT: usize = 500;
/// What it takes to have an event, and a change with what it holds, before one's eyes.
const OF_AN_EVENT: usize = 5;
const OF_A_CHANGE: usize = 100;
/// How much is looked at before others have their turn.
const AT_ONCE: usize = 5_000;
/// Between two looks at most: what a moment does not name is seen by then.
const REST: SignedDuration = SignedDuration::from_hours(1);

/// What a replay of a request may look at altogether: peers, minutes or events, in each look.
pub(crate) struct Budget {
    pub(crate) left: usize,
}

/// What came of an account's past.
pub(crate) struct Outcome {
    pub(crate) alerts: Vec<WouldBe>,
    pub(crate) messages: u32,
    /// When nothing is known.
    pub(crate) gaps: Vec<Gap>,
    /// Peers that were removed since, of which nothing is kept.
    pub(crate) removed: usize,
    /// How far it came, if there was too much to go on.
    pub(crate) stopped_at: Option<Timestamp>,
}

/// What is fed to the evaluator.
enum Feed {
    /// With what peers did, for conditions that look at it.
    Status(Box<PastNetwork>, Lists),
    Platform(BTreeMap<i64, Rollup>),
    Own(Vec<(Series, BTreeMap<i64, Folded>)>),
    /// Oldest first.
    Events(Vec<Event>),
    /// Oldest first.
    Changes(Vec<LoggedChange>),
}

/// Of whom, and from when to when.
pub(crate) struct Of<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) account: &'a Account,
    pub(crate) sync: &'a SyncState,
    pub(crate) groups: &'a [KnownGroup],
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl Of<'_> {
    /// Plays the rule over the account's past.
    pub(crate) async fn play(&self, platform: &Platform, kept: Kept, budget: &mut Budget) -> Result<Outcome, Problem> {
        let mut gaps = Vec::new();
        let mut from = self.from;
        if self.account.created_at > from {
            gaps.push(Gap { from, to: self.account.created_at });
            from = self.account.created_at;
        }
        let (mut feed, at, read_from) = self.read(platform, kept, from, &mut gaps).await?;
        if let Some(read_from) = read_from.filter(|read| *read > from) {
            gaps.push(Gap { from, to: read_from });
            from = read_from;
        }
        // Afterwards, too: nobody has read it since.
        let read_until = self.sync.last_sync.unwrap_or(from);
        if kept != Kept::Numbers && !self.sync.is_current(self.to) && read_until < self.to {
            gaps.push(Gap { from: read_until.max(from), to: self.to });
        }
        let rule = Rule { updated_at: from, watching_since: from, created_at: from, ..self.rule.clone() };
        let mut due = moments(&rule, at, self.to);
        let mut regular = from;
        while regular <= self.to {
            due.insert(regular);
            regular += REST;
        }
        due.insert(self.to);
        let due = due.split_off(&from);
        let (replay, stopped_at) = self.run(&rule, &mut feed, due, &gaps, budget).await;
        let removed = if let Feed::Status(network, _) = &feed { network.removed } else { 0 };
        gaps.sort_by_key(|gap| gap.from);
        Ok(Outcome { alerts: replay.0, messages: replay.1, gaps, removed, stopped_at })
    }

    async fn run(
        &self,
        rule: &Rule,
        feed: &mut Feed,
        mut due: BTreeSet<Timestamp>,
        gaps: &[Gap],
        budget: &mut Budget,
    ) -> ((Vec<WouldBe>, u32), Option<Timestamp>) {
        let from = rule.watching_since;
        let mut replay = Replay::new(rule, self.account.id, from);
        let mut sync = SyncState { account: self.account.id, ..self.sync.clone() };
        (sync.paused, sync.reason, sync.errors, sync.not_before, sync.implausible) = (false, None, 0, None, 0);
        // Each of its groups is looked at by itself, too, among all peers.
        let groups = parts(rule, self.groups, &[]).len();
        let (mut rested, mut stopped_at) = (budget.left, None);
        while let Some(now) = due.pop_first() {
            if rested - budget.left > AT_ONCE {
                tokio::task::yield_now().await;
                rested = budget.left;
            }
            let Some(left) = budget.left.checked_sub(OF_A_LOOK + gaps.len() / GAPS_OF_A_UNIT) else {
                stopped_at = Some(now);
                break;
            };
            budget.left = left;
            // Nobody looked: the rule kept its state.
            if gaps.iter().any(|gap| gap.from < now && now < gap.to) {
                continue;
            }
            (sync.last_sync, sync.last_attempt) = (Some(now), Some(now));
            let (peers, lists, cost) = feed.at(rule, now);
            let Some(left) = budget.left.checked_sub(cost + groups * (OF_A_LOOK + cost)) else {
                stopped_at = Some(now);
                break;
            };
            budget.left = left;
            let seen = Observation {
                account: self.account.id,
                account_name: &self.account.name,
                sync: &sync,
                peers,
                groups: self.groups,
                lists: &lists,
                since: from,
                access: None,
                quiet: None,
            };
            due.extend(replay.look(seen, now).into_iter().filter(|wake| *wake <= self.to));
        }
        ((replay.alerts, replay.messages), stopped_at)
    }

    /// Reads what is kept, and when something happened in it. With how far back it was read, if there was too much.
    async fn read(
        &self,
        platform: &Platform,
        kept: Kept,
        from: Timestamp,
        gaps: &mut Vec<Gap>,
    ) -> Result<(Feed, Vec<Timestamp>, Option<Timestamp>), Problem> {
        let (store, tenant, account) = (&platform.store, self.rule.tenant, self.account.id);
        let watch = self.rule.condition.watch();
        match kept {
            Kept::Status => {
                let looked_at = if watch.looks_at_status() { from - watch.looks_back() } else { from };
                let (peers, mut log) = tokio::try_join!(
                    store.snapshot::<Peer>(tenant, account, self.sync.snapshot(Resource::Peers)),
                    store.status_log(tenant, account, looked_at, MOST_LOGGED),
                )?;
                let peers = peers.ok_or_else(|| Problem::not_read_yet(60))?;
                // Peers keep their user, and users their address.
                let users = match watch.needs().contains(&Resource::Users) {
                    true => store.snapshot::<User>(tenant, account, self.sync.snapshot(Resource::Users)).await?,
                    false => Some(Arc::default()),
                };
                let users = users.ok_or_else(|| Problem::not_read_yet(60))?;
                let lists = if watch.looks_at_status() {
                    let there: HashSet<&str> = peers.iter().map(|peer| peer.id.as_str()).collect();
                    let mut status = log.clone().by_peer();
                    // Who is gone meanwhile is not looked at.
                    status.retain(|peer, _| there.contains(peer.as_str()));
                    Lists { status: Arc::new(status), users, ..Lists::default() }
                } else {
                    Lists { users, ..Lists::default() }
                };
                // What was before is looked back at, and changes nothing any more.
                log.found.retain(|found| found.seen_at >= from);
                let (mut at, mut changes) = (Vec::new(), Vec::new());
                for found in log.found {
                    gaps.extend(found.unread_since.map(|since| Gap { from: since.max(from), to: found.seen_at }));
                    at.push(found.seen_at);
                    // When it counts is reckoned from when it happened.
                    at.extend(found.entries.iter().map(|one| self.sync.our_time(one.at)));
                    changes.extend(found.entries.into_iter().map(|one| (found.seen_at, one)));
                }
                let network = PastNetwork::before(from, &peers, changes);
                Ok((Feed::Status(Box::new(network), lists), at, log.read_from))
            }
            Kept::Numbers => {
                let Some(metric) = watch.measures() else { return Err(Problem::internal("a metric measures")) };
                let range = minute_of(from) - i64::from(metric.window)..minute_of(self.to) + 1;
                let at = |minute: &i64| Timestamp::from_second(minute * 60).unwrap_or_default();
                if metric.platform().is_some() {
                    let minutes = store.metrics(tenant, self.sync, Resolution::Minute, range).await?;
                    let moments = minutes.keys().map(at).collect();
                    return Ok((Feed::Platform(minutes), moments, None));
                }
                let book = store.own_book(tenant, account).await?;
                let mut points = store.own_points(tenant, account, &book, Resolution::Minute, range).await?;
                let series: Vec<_> = book.series().iter().filter(|series| metric.is_about(series)).cloned().collect();
                let own: Vec<_> = series
                    .into_iter()
                    .map(|series| {
                        let minutes = points.remove(&series.number).unwrap_or_default();
                        (series, minutes)
                    })
                    .collect();
                let window = i64::from(metric.window);
                let minutes = own.iter().flat_map(|(_, minutes)| minutes.keys());
                let moments = minutes.flat_map(|minute| [at(minute), at(&(minute + window))]).collect();
                Ok((Feed::Own(own), moments, None))
            }
            Kept::Events => {
                let codes = watch.activity_codes();
                let wanted = |event: &Event| codes.iter().any(|code| text::is_under(&event.activity_code, code));
                let range = EventRange { from: Some(self.sync.server_time(from)), ..EventRange::default() };
                let page = store.wanted_events(tenant, account, range, Some(&wanted), MOST_HAPPENED).await?;
                let mut events = page.items;
                events.reverse();
                let read_from = page.next.and_then(|_| Some(self.sync.our_time(events.first()?.timestamp)));
                let at = events.iter().map(|event| self.sync.our_time(event.timestamp)).collect();
                Ok((Feed::Events(events), at, read_from))
            }
            Kept::Changes => {
                let range = ChangeRange { from: Some(from), ..ChangeRange::default() };
                let page = store.changes(tenant, account, range, None, MOST_HAPPENED).await?;
                let mut changes = page.items;
                changes.reverse();
                let read_from = page.next.and_then(|_| Some(changes.first()?.seen_at));
                let at = changes.iter().map(|change| change.seen_at).collect();
                Ok((Feed::Changes(changes), at, read_from))
            }
        }
    }
}

impl Feed {
    /// What was known at a moment, and how much there is to look at.
    fn at(&mut self, rule: &Rule, now: Timestamp) -> (&[Peer], Lists, usize) {
        let watch = rule.condition.watch();
        let back = now - watch.looks_back();
        match self {
            Feed::Status(network, lists) => {
                let peers = network.at(now);
                let happened: usize = lists.status.values().map(|logged| between(logged, back, now)).sum();
                (peers, lists.clone(), 1 + peers.len() + lists.status.len() + happened)
            }
            Feed::Platform(minutes) => {
                let range = window(watch.measures(), now);
                let platform: BTreeMap<i64, Rollup> = minutes.range(range).map(|(at, one)| (*at, *one)).collect();
                let cost = 1 + platform.len();
                (&[], measured(Measured { platform, own: Vec::new() }), cost)
            }
            Feed::Own(series) => {
                let range = window(watch.measures(), now);
                let one = |(series, minutes): &(Series, BTreeMap<i64, Folded>)| {
                    let (at, last) = minutes.range(..=minute_of(now)).next_back()?;
                    let minutes = minutes.range(range.clone()).map(|(at, one)| (*at, *one)).collect();
                    Some(OwnMeasured { key: series.id.to_string(), series: series.as_of(*at, last.last), minutes })
                };
                let own: Vec<OwnMeasured> = series.iter().filter_map(one).collect();
                let cost = 1 + own.iter().map(|one| 1 + one.minutes.len()).sum::<usize>();
                (&[], measured(Measured { platform: BTreeMap::new(), own }), cost)
            }
            Feed::Events(events) => {
                let to = events.partition_point(|event| event.timestamp <= now);
                let from = events.partition_point(|event| event.timestamp < back).min(to);
                let events: Vec<Event> = events[from..to].iter().rev().cloned().collect();
                let cost = OF_AN_EVENT * events.len();
                (&[], Lists { events: Arc::new(events), ..Lists::default() }, cost)
            }
            Feed::Changes(changes) => {
                let to = changes.partition_point(|change| change.seen_at <= now);
                let from = changes.partition_point(|change| change.seen_at < back).min(to);
                let changes: Vec<LoggedChange> = changes[from..to].iter().rev().cloned().collect();
                let cost = OF_A_CHANGE * changes.len();
                (&[], Lists { changes: Arc::new(changes), ..Lists::default() }, cost)
            }
        }
    }
}

/// How much of what a peer did was seen from one moment to another.
fn between(logged: &[Logged], from: Timestamp, to: Timestamp) -> usize {
    let by = |moment: Timestamp| logged.partition_point(|change| change.seen_at <= moment);
    by(to) - by(from).min(by(to))
}

/// The minutes that a metric looks at.
fn window(metric: Option<&CustomMetric>, now: Timestamp) -> std::ops::RangeInclusive<i64> {
    let minutes = metric.map_or(1, |metric| i64::from(metric.window));
    minute_of(now) + 1 - minutes..=minute_of(now)
}

fn measured(measured: Measured) -> Lists {
    Lists { measured: Some(Arc::new(measured)), ..Lists::default() }
}
