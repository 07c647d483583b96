//! What silences mute at one moment: a rule as a whole, or what is about the groups and peers that they name.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Matchers, Silence};
use crate::condition::Observation;
use crate::finding::{Affected, Finding};
use crate::ids::{AccountId, SilenceId};
use crate::known_group::KnownGroup;
use crate::network::Peer;
use crate::rule::Rule;

/// That something is muted.
#[derive(Debug, Clone, Copy)]
pub struct Muted<'a> {
    /// By this.
    pub silence: &'a Silence,
    /// Until then.
    pub until: Timestamp,
}

impl Muted<'_> {
    /// What an alert keeps of it.
    pub fn held(self) -> HeldBy {
        HeldBy { id: self.silence.id, name: self.silence.name.clone() }
    }

    /// Why nobody is told, for an alert's history.
    pub fn reason(self) -> String {
        let until = self.silence.moment(self.until);
        format!("Nobody is told before {until}: the silence “{}” mutes it.", self.silence.name)
    }
}

/// The silence that holds an alert back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBy {
    /// Which.
    pub id: SilenceId,
    /// Its name at that time.
    pub name: String,
}

/// The silences that mute something at one moment.
#[derive(Debug, Default)]
pub struct Quiet(Vec<(Silence, Timestamp)>);

impl Quiet {
    /// Those of some that mute at a moment.
    pub fn at(silences: Vec<Silence>, now: Timestamp) -> Self {
        let active = |silence: Silence| {
            let until = silence.window_at(now)?.ends_at;
            Some((silence, until))
        };
        Self(silences.into_iter().filter_map(active).collect())
    }

    /// Those that mute a rule in an account, or some of what it tells there.
    fn of(&self, rule: &Rule, account: AccountId) -> Vec<Muted<'_>> {
        let matching =
            self.0.iter().filter(|(silence, _)| silence.matchers.match_rule(rule.id, rule.severity, account));
        matching.map(|(silence, until)| Muted { silence, until: *until }).collect()
    }
}

/// Of several silences that mute the same, the one that does so the longest.
fn longest<'a>(some: impl Iterator<Item = Muted<'a>>) -> Option<Muted<'a>> {
    some.max_by_key(|muted| (muted.until, muted.silence.id))
}

/// What mutes all of some peers: each may be muted by another silence, and the first to end ends it. None of nobody.
fn all<'a, 'p>(silences: &[Muted<'a>], peers: impl Iterator<Item = &'p Peer>) -> Option<Muted<'a>> {
    let mut first: Option<Muted<'a>> = None;
    for peer in peers {
        let muted = longest(silences.iter().filter(|muted| muted.silence.matchers.match_peer(peer)).copied())?;
        let is_first = first.is_none_or(|first| (muted.until, muted.silence.id) < (first.until, first.silence.id));
        if is_first {
            first = Some(muted);
        }
    }
    first
}

impl<'a> Observation<'a> {
    /// What mutes a rule as a whole, whatever it tells.
    pub fn mutes_rule(self, rule: &Rule) -> Option<Muted<'a>> {
        let silences = self.quiet.map(|quiet| quiet.of(rule, self.account)).unwrap_or_default();
        longest(silences.into_iter().filter(|muted| !muted.silence.matchers.names_things()))
    }

    /// What mutes an alert about these peers alone: all of them must be muted.
    pub fn mutes_peers<'p>(self, rule: &Rule, peers: impl Iterator<Item = &'p Peer>) -> Option<Muted<'a>> {
        let silences = self.quiet.map(|quiet| quiet.of(rule, self.account)).unwrap_or_default();
        if silences.is_empty() { None } else { all(&silences, peers) }
    }

    /// What mutes an alert of what a rule found: if all that it is about is muted, which is every group that the rule looks at,
    /// or every peer that is as it says.
    pub fn mutes(self, rule: &Rule, finding: &Finding) -> Option<Muted<'a>> {
        let silences = self.quiet.map(|quiet| quiet.of(rule, self.account)).unwrap_or_default();
        if silences.is_empty() {
            return None;
        }
        let groups = || looked_at(rule, self.groups);
        let is_whole = |matchers: &Matchers| !matchers.names_things() || matchers.match_groups(groups());
        let whole = longest(silences.iter().filter(|muted| is_whole(&muted.silence.matchers)).copied());
        let by_peers = named_peers(&finding.affected, self.peers).and_then(|peers| all(&silences, peers.into_iter()));
        longest(whole.into_iter().chain(by_peers))
    }

    /// Parts some peers by what mutes each of them; those that nothing mutes come first.
    pub fn part_by_silence<T>(
        self,
        rule: &Rule,
        some: Vec<T>,
        peer: impl Fn(&T) -> &Peer,
    ) -> Vec<(Option<SilenceId>, Vec<T>)> {
        let silences = self.quiet.map(|quiet| quiet.of(rule, self.account)).unwrap_or_default();
        let mut parts = vec![(None, Vec::new())];
        for one in some {
            let by = all(&silences, std::iter::once(peer(&one))).map(|muted| muted.silence.id);
            match parts.iter_mut().find(|(id, _)| *id == by) {
                Some((_, part)) => part.push(one),
                None => parts.push((by, vec![one])),
            }
        }
        parts
    }
}

/// NetBird's ids of the groups that a rule looks at, where the account has them.
fn looked_at<'k>(rule: &Rule, known: &'k [KnownGroup]) -> impl Iterator<Item = &'k str> {
    let groups = rule.condition.watch().groups();
    known.iter().filter(move |group| groups.contains(&group.named)).filter_map(KnownGroup::present_id)
}

/// The peers that an alert is about, if it names each: of one that names as many as it can, nobody knows whether there are more.
pub fn named_peers<'p>(affected: &Affected, peers: &'p [Peer]) -> Option<Vec<&'p Peer>> {
    let named: BTreeSet<&str> = affected.peers.iter().map(|peer| peer.id.as_str()).collect();
    if named.len() >= Affected::NAMED {
        return None;
    }
    let found: Vec<&Peer> = peers.iter().filter(|peer| named.contains(peer.id.as_str())).collect();
    (found.len() == named.len()).then_some(found)
}
