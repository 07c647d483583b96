//! Conditions that single peers meet or do not, each for itself: what they share in finding, telling and ending.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{AlertPer, Apart, Fields, Observation, PeerFilter, Watch, affected, saturate};
use crate::episode::Away;
use crate::finding::{Affected, Finding, Recovery};
use crate::network::Peer;
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// A condition that a peer meets or does not. Whoever is one is a [`Watch`].
pub(super) trait OfPeers: Sync + Sized {
    /// Reads what somebody entered, beside what all of them have.
    fn read(fields: &mut Fields<'_>, peers: PeerFilter, alert_per: AlertPer) -> Option<Self>;

    /// Which peers it looks at.
    fn filter(&self) -> &PeerFilter;

    /// The same, to be changed.
    fn filter_mut(&mut self) -> &mut PeerFilter;

    /// Records what is wrong with the numbers.
    fn check(&self, _: &mut Problems) {}

    /// Whether somebody chooses what an alert is of.
    const CHOOSES: bool = true;

    /// Whether every peer that comes to be so is told of, and not only that there are such.
    fn alert_per(&self) -> AlertPer;

    /// Since when the peer is as the rule says, by our clock; none if it is not.
    fn since(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp>;

    /// What so many peers do, after their name: `awaits approval`, `await approval`.
    fn what(&self, peers: usize) -> String;

    /// What so many peers go on doing: `still awaits approval`, `is still flapping`.
    fn still(&self, peers: usize) -> String {
        let what = self.what(peers);
        match what.split_once(' ') {
            Some((verb @ ("is" | "are" | "has" | "have" | "must"), rest)) => format!("{verb} still {rest}"),
            _ => format!("still {what}"),
        }
    }

    /// What one does that is so no more, after its name: `no longer awaits approval`.
    fn no_more(&self) -> String;

    /// What one that is so no more does, as it is now.
    fn became(&self, _: &Peer) -> String {
        self.no_more()
    }

    /// What there is to say of the only one that is so, in a few words.
    fn about(&self, only: Away<'_>, _: Observation<'_>) -> String {
        format!("since {}", text::moment(only.began_at))
    }

    /// Since when a peer of whom was told goes on counting, though it may not be as the rule says: it ends later than it begins.
    fn lingers(&self, _: &Peer, _: Observation<'_>, _: Timestamp) -> Option<Timestamp> {
        None
    }

    /// How far back it looks at the log of peer status, if it does.
    fn status_back(&self) -> Option<SignedDuration> {
        None
    }

    /// What must be known of the account.
    fn needs(&self) -> &'static [Resource] {
        self.filter().needs()
    }

    /// How many minutes a peer is so, if that is bounded.
    fn holds_for(&self) -> Option<u32> {
        None
    }

    /// What so many peers do, with all numbers, where it is said when a rule fires.
    fn when(&self, peers: usize) -> String {
        self.what(peers)
    }

    /// What there is to say of one peer beside that it is so, as a sentence.
    fn more(&self, _: &Peer, _: Observation<'_>, _: Timestamp) -> Option<String> {
        None
    }

    /// How it is of one peer that is so no more, as a sentence.
    fn after(&self, _: &Peer, _: Observation<'_>) -> Option<String> {
        None
    }

    /// When a rule fires, as a sentence without its end.
    fn said(&self) -> String {
        let place = self.filter().place();
        match self.alert_per() {
            AlertPer::Peer => format!("When any peer{place} {}", self.when(1)),
            AlertPer::Group => format!("When one or more peers{place} {}, group by group", self.when(2)),
            AlertPer::Rule => format!("When one or more peers{place} {}", self.when(2)),
        }
    }
}

/// The peers that are so, longest first, and out of how many.
fn those<'a, T: OfPeers>(rule: &T, seen: Observation<'a>, now: Timestamp) -> (Vec<Away<'a>>, u32) {
    let (mut of, mut those) = (0, Vec::new());
    let chosen = rule.filter().chosen(seen);
    for peer in seen.peers.iter().filter(|peer| chosen.has(peer)) {
        of += 1;
        those.extend(rule.since(peer, seen, now).map(|began_at| Away { peer, began_at }));
    }
    those.sort_by(|a, b| (a.began_at, &a.peer.name).cmp(&(b.began_at, &b.peer.name)));
    (those, of)
}

/// How many peers it looks at.
fn looked_at<T: OfPeers>(rule: &T, seen: Observation<'_>) -> u32 {
    let chosen = rule.filter().chosen(seen);
    saturate(seen.peers.iter().filter(|peer| chosen.has(peer)).count())
}

fn finding<T: OfPeers>(rule: &T, those: &[Away<'_>], of: u32, seen: Observation<'_>, now: Timestamp) -> Finding {
    let title = match those {
        [one] => format!("{} {}", one.peer.name, rule.what(1)),
        many => format!("{} of {of} peers{} {}", many.len(), rule.filter().of(seen), rule.what(many.len())),
    };
    let began_at = those.iter().map(|one| one.began_at).min().unwrap_or(now);
    // Messages list the peers beside this, so the sentence need not.
    let message = match those {
        [one] => {
            let about = format!("In {}, {}.", seen.account_name, rule.about(*one, seen));
            rule.more(one.peer, seen, now).map_or(about.clone(), |more| format!("{about} {more}"))
        }
        many => format!("In {}: {}.", seen.account_name, text::count(many.len(), "peer")),
    };
    let peers: Vec<&Peer> = those.iter().map(|one| one.peer).collect();
    let mut affected = affected(&peers, of, &seen.names(&rule.filter().groups));
    for (named, one) in affected.peers.iter_mut().zip(those) {
        named.since = one.began_at;
    }
    Finding { title, message, affected, began_at }
}

/// How it is of the one peer that an alert was about, and not so any more.
fn over<T: OfPeers>(rule: &T, id: &str, name: &str, seen: Observation<'_>) -> (String, String) {
    let account = seen.account_name;
    match seen.peers.iter().find(|peer| peer.id == id) {
        None => (format!("{name} is no longer in the network"), format!("{name} was removed from {account}.")),
        Some(peer) if !rule.filter().chosen(seen).has(peer) => (
            format!("{} {}", peer.name, rule.filter().left(seen)),
            format!("The rule does not look at {} of {account} any more.", peer.name),
        ),
        Some(peer) => {
            let after = rule.after(peer, seen).unwrap_or_else(|| format!("In {account}, as of its last sync."));
            (format!("{} {}", peer.name, rule.became(peer)), after)
        }
    }
}

impl<T: OfPeers> Watch for T {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let peers = PeerFilter::read(fields);
        let alert_per = if T::CHOOSES { fields.optional("alertPer", AlertPer::Peer) } else { Some(AlertPer::Peer) };
        // What is wrong with the others is told, too.
        let read = T::read(fields, peers.clone().unwrap_or_default(), alert_per.unwrap_or(AlertPer::Peer));
        peers.and(alert_per).and(read)
    }

    fn needs(&self) -> &'static [Resource] {
        OfPeers::needs(self)
    }

    fn looks_back(&self) -> SignedDuration {
        OfPeers::status_back(self).unwrap_or_default()
    }

    fn looks_at_status(&self) -> bool {
        OfPeers::status_back(self).is_some()
    }

    fn holds_for(&self) -> Option<u32> {
        OfPeers::holds_for(self)
    }

    fn peer_filter(&self) -> Option<&PeerFilter> {
        Some(self.filter())
    }

    fn peer_filter_mut(&mut self) -> Option<&mut PeerFilter> {
        Some(self.filter_mut())
    }

    fn check(&self, problems: &mut Problems) {
        OfPeers::check(self, problems);
    }

    fn is_by_group(&self) -> bool {
        self.alert_per() == AlertPer::Group
    }

    fn cases<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a str> {
        if !self.is_by_group() {
            return Vec::new();
        }
        those(self, seen, now).0.into_iter().map(|one| one.peer.id.as_str()).collect()
    }

    fn apart(&self) -> Option<&dyn Apart> {
        (self.alert_per() == AlertPer::Peer).then_some(self)
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let (those, of) = those(self, seen, now);
        (!those.is_empty()).then(|| finding(self, &those, of, seen, now))
    }

    fn recovery(&self, was: &Affected, seen: Observation<'_>, now: Timestamp) -> Recovery {
        let (those, of) = those(self, seen, now);
        let groups = self.filter().of(seen);
        let (title, message) = match (was.peers.as_slice(), those.len()) {
            ([one], _) if was.total == 1 => over(self, &one.id, &one.name, seen),
            (_, 0) => (
                format!("No peer{groups} {} any more", self.what(1)),
                format!("In {}, as of its last sync.", seen.account_name),
            ),
            (_, left) => (
                format!("{left} of {of} peers{groups} {}", self.what(left)),
                format!("In {}, not for long enough for the rule to fire.", seen.account_name),
            ),
        };
        Recovery { title, message, total: saturate(those.len()), of }
    }

    fn sentence(&self) -> String {
        self.said()
    }
}

impl<T: OfPeers> Apart for T {
    fn away<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<Away<'a>> {
        those(self, seen, now).0
    }

    fn lingering<'a>(&self, members: &HashSet<&str>, seen: Observation<'a>, now: Timestamp) -> Vec<Away<'a>> {
        let chosen = self.filter().chosen(seen);
        let told = seen.peers.iter().filter(|peer| members.contains(peer.id.as_str()) && chosen.has(peer));
        told.filter_map(|peer| Some(Away { peer, began_at: self.lingers(peer, seen, now)? })).collect()
    }

    fn tell(&self, away: &[Away<'_>], size: u32, seen: Observation<'_>, now: Timestamp) -> Finding {
        let told = finding(self, away, looked_at(self, seen), seen, now);
        let groups = self.filter().of(seen);
        let title = match away {
            [one] if size > 1 => format!("{} {}, of {size} peers{groups}", one.peer.name, self.still(1)),
            [one, other] if size == 2 => format!("{} and {} {}", one.peer.name, other.peer.name, self.what(2)),
            many if many.len() > 1 && many.len() == size as usize => {
                format!("{size} peers{groups} {}", self.what(many.len()))
            }
            many if many.len() > 1 => format!("{} of {size} peers{groups} {}", many.len(), self.still(many.len())),
            _ => told.title,
        };
        Finding { title, ..told }
    }

    fn returned(&self, left: &[&str], size: u32, was: &Affected, seen: Observation<'_>) -> Recovery {
        let of = looked_at(self, seen);
        let (title, message) = match was.peers.as_slice() {
            [one] if size == 1 => over(self, &one.id, &one.name, seen),
            _ => {
                let left: HashSet<&str> = left.iter().copied().collect();
                let there = seen.peers.iter().filter(|peer| left.contains(peer.id.as_str())).count();
                let gone = left.len() - there;
                let mut message = format!("In {}, as of its last sync", seen.account_name);
                if gone > 0 {
                    message.push_str(&format!("; {} removed", text::count(gone, "peer")));
                }
                message.push('.');
                (format!("None of {size} peers{} {} any more", self.filter().of(seen), self.what(1)), message)
            }
        };
        Recovery { title, message, total: 0, of }
    }
}
