//! What leads to a domain or an address, and who reaches it by that.
//!
//! Several things may lead to one place: a peer has the address, a resource is at it, a route covers it. Which of them a client takes is
//! not told by NetBird. So a place is reached for sure where each way that the client may know lets it there, and perhaps where one does.

use std::collections::{BTreeSet, HashMap};

use ipnet::IpNet;

use super::ask::{Answer, AnswerWay, Ask, Counts, End, Examples, Unanswered, Verdict};
use super::compile::{Model, Resource};
use super::difference::{Budget, TooLarge};
use super::evaluate::{Classes, Places, Plan, Tally};
use super::question::{STEPS_OF_AN_ADDRESS, Target};
use super::reasons::{Reason, ReasonKind, first};
use super::services::Services;
use super::set::Set;
use crate::network::Route;
use crate::text;

/// Ways that an answer tells of.
const MOST_TOLD: usize = 20;
/// Ways that a sentence names.
const NAMED: usize = 4;
/// Pairs of each kind that are examples.
const EXAMPLES: usize = 5;

/// A range of addresses or names, which may be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Range(IpNet),
    Name(String),
}

impl Spot {
    fn of(text: &str) -> Self {
        let range = || text.parse().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from));
        range().map_or_else(
            || Self::Name(text.trim_end_matches('.').to_ascii_lowercase()),
            |range| Self::Range(range.trunc()),
        )
    }

    fn asked(to: &End) -> Option<Self> {
        match to {
            End::Domain(domain) => Some(Self::Name(domain.name().to_owned())),
            End::Address(place) => Some(Self::Range(place.range)),
            _ => None,
        }
    }

    /// Whether all of another is in it.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Range(range), Self::Range(other)) => range.contains(other),
            (Self::Name(name), Self::Name(other)) => {
                name == other || name.strip_prefix('*').is_some_and(|domain| other.ends_with(domain))
            }
            _ => false,
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.covers(other) || other.covers(self)
    }
}

/// Something that leads to what is asked to.
struct Way<'m> {
    to: Target<'m>,
    /// Where it leads, as far as that is asked for.
    spots: Vec<Spot>,
}

/// What somebody reaches by one way: for sure, and perhaps.
type Open = (Services, Services);

/// A way, ready to be asked what a source reaches by it.
struct Asked<'p> {
    classes: Classes<'p>,
    places: Places,
    /// Who may know the way, on whatever services.
    users: Set,
    known: HashMap<(u32, Option<usize>), Option<Open>>,
}

impl Asked<'_> {
    fn open(&mut self, source: usize, budget: &mut Budget) -> Result<Option<Open>, TooLarge> {
        let kind = self.classes.kind_of(source, self.places);
        budget.take(2)?;
        if let Some(open) = self.known.get(&kind) {
            return Ok(open.clone());
        }
        let open = self.classes.seen(kind, budget)?.map(|seen| (seen.open, seen.may_be_open));
        self.known.insert(kind, open.clone());
        Ok(open)
    }
}

impl Model<'_> {
    /// Who reaches a domain or an address, by whatever leads there.
    pub(super) fn answer_by_ways(
        &self,
        (from, sources): (&End, &Set),
        to: &End,
        ask: Ask,
        budget: &mut Budget,
    ) -> Result<Answer, Unanswered> {
        let wanted = ask.services();
        let ways = self.ways_to(to, budget)?;
        let unread = self.unread_ways();
        let unresolved = self.is_unresolved(to, &ways);
        let (mut tally, undecided) = self.tally_ways(sources, to, &ways, &wanted, &mut |_, _, _| {}, budget)?;
        if !unread.is_empty() || unresolved {
            // Something that is not known may lead there.
            tally.unknown = tally.pairs - tally.allowed;
            tally.perhaps = tally.sources - tally.reaching;
            tally.may_be_open = wanted.clone();
            tally.examples.denied.clear();
        }
        let (verdict, extent) = (tally.verdict(), tally.extent());
        let mut reasons: Vec<Reason> = unread;
        let name = self.called(to);
        if unresolved {
            let sentence = format!(
                "Nothing in this network has the name {name}. Which address it has is not known here: ask about that."
            );
            reasons.push(Reason::new(ReasonKind::NotResolved, sentence, sources.len()));
        } else if ways.is_empty() && reasons.is_empty() {
            let sentence = format!(
                "Nothing in this network leads to {name}: NetBird decides nothing about it, and a connection there goes past it."
            );
            reasons.push(Reason::new(ReasonKind::NothingLeads, sentence, sources.len()));
        }
        let ends: Vec<End> = ways.iter().flat_map(|way| self.ends_of(way)).filter(|end| end != from).collect();
        if undecided > 0 {
            let called: Vec<String> = ends.iter().map(|end| format!("{} {}", end.kind(), self.called(end))).collect();
            let called = text::names(called.iter().map(String::as_str), NAMED);
            let sentence = format!(
                "More than one way leads to {name}: {called}. Which of them a client takes is not told by NetBird."
            );
            reasons.push(Reason::new(ReasonKind::OtherWay, sentence, undecided));
        }
        let (mut told, mut omitted) = (Vec::new(), 0);
        for end in ends.iter().take(MOST_TOLD) {
            let answer = self.answer(from, end, ask, budget)?;
            // Where one way leads there, why another does not is no reason.
            let says = verdict != Verdict::Allowed || answer.verdict != Verdict::Denied;
            omitted += if says { answer.omitted } else { 0 };
            for reason in answer.reasons.into_iter().filter(|_| says) {
                if reasons.iter().all(|known| known.sentence != reason.sentence) {
                    reasons.push(reason);
                }
            }
            let (verdict, sentence) = (answer.verdict, answer.sentence);
            told.push(AnswerWay { to: end.clone(), name: self.called(end), verdict, sentence });
        }
        omitted += first(&mut reasons, verdict);
        let sentence = if ways.is_empty() && verdict == Verdict::Denied {
            format!("Nothing in this network leads to {name}.")
        } else {
            self.answer_in_words(from, to, &wanted, &tally, verdict, extent)
        };
        let names = |pairs: &[(usize, usize)]| -> Vec<(String, String)> {
            pairs.iter().map(|(from, _)| (self.lists.peers[*from].name.clone(), name.clone())).collect()
        };
        let examples = Examples { allowed: names(&tally.examples.allowed), denied: names(&tally.examples.denied) };
        let Tally { sources, reaching, perhaps, pairs, allowed, unknown, open, may_be_open, .. } = tally;
        let counts = Counts { sources, reaching, perhaps, targets: 1, pairs, allowed, unknown };
        let omitted_ways = ends.len() - told.len();
        Ok(Answer {
            verdict,
            extent,
            sentence,
            reasons,
            omitted,
            open,
            may_be_open,
            counts,
            examples,
            ways: told,
            omitted_ways,
        })
    }

    /// Everything that leads there, wholly or in part: peers first, then resources, then routes.
    fn ways_to(&self, to: &End, budget: &mut Budget) -> Result<Vec<Way<'_>>, TooLarge> {
        let Some(asked) = Spot::asked(to) else { return Ok(Vec::new()) };
        let rows = self.lists.peers.len() + self.resources.len() + self.routes.len();
        budget.take(rows.saturating_mul(STEPS_OF_AN_ADDRESS))?;
        let mut ways = Vec::new();
        let (mut peers, mut spots) = (self.none(), BTreeSet::new());
        for (place, peer) in self.lists.peers.iter().enumerate() {
            let names = match &asked {
                Spot::Range(_) => [Some(peer.ip.as_str()), peer.ipv6.as_deref()],
                Spot::Name(_) => [Some(peer.dns_label.as_str()), None],
            };
            for spot in names.into_iter().flatten().filter(|name| !name.is_empty()).map(Spot::of) {
                if asked.covers(&spot) {
                    peers.insert(place);
                    spots.insert(spot);
                }
            }
        }
        if !peers.is_empty() {
            ways.push(Way { to: Target::Peers(peers), spots: spots.into_iter().collect() });
        }
        for resource in self.resources.values() {
            let spot = Spot::of(&resource.row.address);
            if spot.meets(&asked) {
                ways.push(Way { to: Target::Resource(resource), spots: vec![spot] });
            }
        }
        for route in self.routes.values() {
            let own = std::slice::from_ref(&route.network);
            let named = if route.domains.is_empty() { own } else { &route.domains };
            budget.take(named.len())?;
            let spots: Vec<Spot> = named.iter().map(|name| Spot::of(name)).filter(|spot| spot.meets(&asked)).collect();
            if !spots.is_empty() {
                ways.push(Way { to: Target::Route(route), spots });
            }
        }
        Ok(ways)
    }

    /// What a way is, peer by peer.
    fn ends_of(&self, way: &Way<'_>) -> Vec<End> {
        match &way.to {
            Target::Peers(peers) => peers.iter().map(|place| End::Peer(self.lists.peers[place].id.clone())).collect(),
            Target::Resource(resource) => vec![End::Resource(resource.row.id.clone())],
            Target::Route(route) => vec![End::Route(route.id.clone())],
        }
    }

    /// Tells of each source what it reaches of it: for sure, and perhaps.
    pub(super) fn each_by_ways(
        &self,
        sources: &Set,
        to: &End,
        wanted: &Services,
        note: &mut dyn FnMut(usize, &Services, &Services),
        budget: &mut Budget,
    ) -> Result<(), TooLarge> {
        let ways = self.ways_to(to, budget)?;
        let is_unknown = self.may_lead_unseen(to, &ways);
        let mut each = |source: usize, open: &Services, may: &Services| {
            note(source, open, if is_unknown { wanted } else { may });
        };
        self.tally_ways(sources, to, &ways, wanted, &mut each, budget)?;
        Ok(())
    }

    /// Whether something that is not known may lead there.
    fn may_lead_unseen(&self, to: &End, ways: &[Way<'_>]) -> bool {
        !self.unread_ways().is_empty() || self.is_unresolved(to, ways)
    }

    /// Whether it is a name that nothing has, while what it resolves to may be reached.
    fn is_unresolved(&self, to: &End, ways: &[Way<'_>]) -> bool {
        matches!(to, End::Domain(_)) && ways.is_empty() && self.leads_to_addresses()
    }

    /// Counts who reaches it, and whose way is not known; tells of each, too.
    fn tally_ways(
        &self,
        sources: &Set,
        to: &End,
        ways: &[Way<'_>],
        wanted: &Services,
        note: &mut dyn FnMut(usize, &Services, &Services),
        budget: &mut Budget,
    ) -> Result<(Tally, usize), TooLarge> {
        let places = places(to, ways, budget)?;
        let mut plans: Vec<Plan<'_>> = Vec::new();
        for way in ways {
            budget.take(self.steps_beside(&way.to))?;
            budget.keep(2 * self.rules.len())?;
            plans.push(match &way.to {
                Target::Peers(targets) => {
                    let grants = self.directions().map(|(_, grant)| grant);
                    self.to_peers(
                        targets,
                        grants.filter(|grant| grant.from.1.meets(sources) && grant.to.1.meets(targets)),
                    )
                }
                Target::Resource(resource) => self.by_its_routers(resource, None),
                Target::Route(route) => self.to_route(route, None),
            });
        }
        let mut asked = Vec::new();
        for (way, plan) in ways.iter().zip(&plans) {
            let places = if matches!(way.to, Target::Peers(_)) { Places::Same } else { Places::Nowhere };
            let classes = Classes::of(sources, wanted, plan, budget)?;
            asked.push(Asked { classes, places, users: self.users_of(&way.to, plan), known: HashMap::new() });
        }
        let itself = ways.iter().find_map(|way| match &way.to {
            Target::Peers(peers) if peers.len() == 1 && (ways.len() == 1 || is_one(to)) => peers.iter().next(),
            _ => None,
        });
        let (mut tally, mut undecided) = (Tally::default(), 0);
        for source in sources.iter() {
            tally.sources += 1;
            budget.take(1 + ways.len())?;
            if itself == Some(source) {
                continue;
            }
            tally.pairs += 1;
            let open = asked.iter_mut().map(|way| way.open(source, budget)).collect::<Result<Vec<_>, _>>()?;
            let mut may = Services::default();
            open.iter().flatten().for_each(|(_, perhaps)| may.add(perhaps));
            if may.is_empty() {
                note(source, &may, &may);
                if tally.examples.denied.len() < EXAMPLES {
                    tally.examples.denied.push((source, 0));
                }
                continue;
            }
            let (mut sure, mut has_choice) = (Services::default(), false);
            for place in &places {
                budget.take(place.len())?;
                let used = place.iter().filter(|way| asked[**way].users.contains(source));
                let each = used.map(|way| open[*way].as_ref().map_or_else(Services::default, |(sure, _)| sure.clone()));
                let each: Vec<Services> = each.collect();
                has_choice |= each.iter().any(|one| *one != each[0]);
                if let Some(all) = each.into_iter().reduce(|one, other| one.and(&other)) {
                    sure.add(&all);
                }
            }
            undecided += usize::from(has_choice && sure != may);
            if sure.is_empty() {
                tally.perhaps += 1;
                tally.unknown += 1;
            } else {
                tally.reaching += 1;
                tally.allowed += 1;
                if tally.examples.allowed.len() < EXAMPLES {
                    tally.examples.allowed.push((source, 0));
                }
            }
            note(source, &sure, &may);
            tally.open.add(&sure);
            tally.may_be_open.add(&may);
        }
        Ok((tally, undecided))
    }

    /// Who may know a way: whoever a rule in force is about, whatever it says and on whatever.
    fn users_of(&self, target: &Target<'_>, plan: &Plan<'_>) -> Set {
        if self.lists.policies.is_none() {
            return Set::all(self.size());
        }
        let mut users = plan.beside.clone();
        let rules = || self.rules.iter().filter(|rule| rule.is_on());
        match target {
            Target::Peers(peers) => {
                for rule in rules() {
                    if rule.to.meets(peers) {
                        users.add(&rule.may);
                    }
                    if rule.may.meets(peers) {
                        users.add(&rule.to);
                    }
                }
                for (nth, network) in self.networks.iter().enumerate() {
                    let mut through = self.none();
                    rules().filter(|rule| rule.networks.contains(&nth)).for_each(|rule| through.add(&rule.may));
                    if network.live.meets(peers) {
                        users.add(&through);
                    }
                    if through.meets(peers) {
                        users.add(&network.live);
                    }
                }
            }
            Target::Resource(resource) => {
                let mut some = self.none();
                rules().filter(|rule| rule.is_about(resource.row)).for_each(|rule| some.add(&rule.may));
                some.keep(&plan.way.1);
                users.add(&some);
            }
            Target::Route(route) => {
                let mut some = self.in_groups(route.groups.iter().map(String::as_str));
                some.keep(&plan.way.1);
                users.add(&some);
            }
        }
        users
    }

    /// Lists that could not be read, and may have something that leads there.
    fn unread_ways(&self) -> Vec<Reason> {
        let unread = [("network resources", self.lists.resources.is_none()), ("routes", self.lists.routes.is_none())];
        let reason = |what: &str| Reason::new(ReasonKind::Unread, format!("The list of {what} could not be read."), 0);
        unread.into_iter().filter(|(_, is_unread)| *is_unread).map(|(what, _)| reason(what)).collect()
    }

    /// Whether something in force leads to addresses: a name that is resolved to one of them leads there.
    fn leads_to_addresses(&self) -> bool {
        let is_range = |text: &str| matches!(Spot::of(text), Spot::Range(_));
        let by_resource = |one: &Resource<'_>| one.row.enabled && is_range(&one.row.address);
        let by_route = |route: &&Route| route.enabled && route.domains.is_empty() && is_range(&route.network);
        self.resources.values().any(by_resource) || self.routes.values().any(by_route)
    }
}

fn is_one(to: &End) -> bool {
    match to {
        End::Address(place) => place.is_one(),
        End::Domain(domain) => !domain.is_wildcard(),
        _ => false,
    }
}

/// The places that are told apart, each with the ways that lead to all of it.
fn places(to: &End, ways: &[Way<'_>], budget: &mut Budget) -> Result<Vec<Vec<usize>>, TooLarge> {
    let Some(asked) = Spot::asked(to) else { return Ok(Vec::new()) };
    let spots: usize = ways.iter().map(|way| way.spots.len()).sum();
    // Each of them may be looked for in each.
    budget.take(spots.saturating_mul(spots))?;
    let mut inside: BTreeSet<&Spot> = BTreeSet::new();
    let mut places = Vec::new();
    let leading = |spots: &[&Spot]| -> Vec<usize> {
        let leads = |way: &Way<'_>| way.spots.iter().any(|one| spots.iter().any(|spot| one.covers(spot)));
        ways.iter().enumerate().filter(|(_, way)| leads(way)).map(|(nth, _)| nth).collect()
    };
    for way in ways {
        let within: Vec<&Spot> = way.spots.iter().filter(|spot| asked.covers(spot) && **spot != asked).collect();
        // Peers are one place together: what leads to one of them may lead to each.
        if matches!(way.to, Target::Peers(_)) {
            if !within.is_empty() {
                places.push(leading(&within));
            }
            inside.extend(within);
        } else {
            for spot in within {
                if inside.insert(spot) {
                    let leading = leading(&[spot]);
                    budget.keep(leading.len())?;
                    places.push(leading);
                }
            }
        }
    }
    let ranges: Vec<IpNet> = inside
        .into_iter()
        .filter_map(|spot| match spot {
            Spot::Range(range) => Some(*range),
            Spot::Name(_) => None,
        })
        .collect();
    // What is left of it beside those, if anything is.
    let is_left = !IpNet::aggregate(&ranges).iter().any(|range| Spot::Range(*range).covers(&asked));
    let whole = leading(&[&asked]);
    if is_left && !whole.is_empty() {
        places.push(whole);
    }
    Ok(places)
}
