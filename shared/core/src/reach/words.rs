//! What things are called, and answers in one sentence.

use super::ask::{End, Extent, Verdict};
use super::compile::Model;
use super::evaluate::Tally;
use super::services::Services;
use super::set::Set;
use crate::network::{GroupRef, ResourceRef};
use crate::text;

/// Groups and peers that a sentence names before it counts them.
const NAMED: usize = 4;

impl Model<'_> {
    /// The answer in one sentence.
    pub(super) fn answer_in_words(
        &self,
        from: &End,
        to: &End,
        wanted: &Services,
        tally: &Tally,
        verdict: Verdict,
        extent: Extent,
    ) -> String {
        let on = wanted.phrase();
        let is_plain = tally.pairs == 1 || extent != Extent::Some;
        match verdict {
            Verdict::Allowed if is_plain => {
                let open = if tally.open == *wanted { on } else { tally.open.phrase() };
                let who = match from {
                    End::Peer(_) => self.called(from),
                    _ if tally.pairs > 1 || !matches!(from, End::Group(_)) => self.each_of(from),
                    _ => self.any_of(from),
                };
                // Not each of them on all of it: what is open is of all pairs together.
                let is_shared = tally.pairs > 1 && tally.open != *wanted && tally.open.is_several();
                if is_shared && !matches!(from, End::Peer(_)) {
                    let open = open.replacen(" on", "", 1);
                    return format!("{who} can reach {}, each on some of{open}.", self.all_at(to));
                }
                format!("{who} can reach {}{open}.", self.all_at(to))
            }
            Verdict::Allowed => {
                let who = match from {
                    End::Peer(_) => self.called(from),
                    End::Any => format!("{} of {}", tally.reaching, text::count(tally.sources, "peer")),
                    _ => {
                        let (of, name) = (text::count(tally.sources, "peer"), self.called(from));
                        format!("{} of {of} of {name}", tally.reaching)
                    }
                };
                let pairs = format!("{} of {}", tally.allowed, text::count(tally.pairs, "pair"));
                format!("{who} can reach {}{}: {pairs}.", self.some_at(to), tally.open.phrase())
            }
            Verdict::Denied => match from {
                End::Peer(_) => format!("{} cannot reach {}{on}.", self.called(from), self.any_at(to)),
                End::Any => format!("No peer can reach {}{on}.", self.any_at(to)),
                _ => format!("No peer of {} can reach {}{on}.", self.called(from), self.any_at(to)),
            },
            Verdict::Unknown => {
                format!("Whether {} can reach {}{on} is not known.", self.any_of(from), self.any_at(to))
            }
        }
    }

    /// `Every peer of laptops`.
    fn each_of(&self, from: &End) -> String {
        match from {
            End::Any => "Every peer".to_owned(),
            _ => format!("Every peer of {}", self.called(from)),
        }
    }

    /// Who is asked from, where it is said of all of them together: `laptops`, `any peer`.
    pub(super) fn any_of(&self, from: &End) -> String {
        match from {
            End::Any => "any peer".to_owned(),
            End::User(_) => format!("a peer of {}", self.called(from)),
            _ => self.called(from),
        }
    }

    /// Whom all reach: `servers`, `every other peer`.
    fn all_at(&self, to: &End) -> String {
        match to {
            End::Any => "every other peer".to_owned(),
            End::User(_) => format!("the peers of {}", self.called(to)),
            _ => self.somewhere(to, "something"),
        }
    }

    /// Of whom some reach some: `peers of servers`.
    fn some_at(&self, to: &End) -> String {
        match to {
            End::Any => "other peers".to_owned(),
            End::Group(_) | End::User(_) => format!("peers of {}", self.called(to)),
            _ => self.somewhere(to, "something"),
        }
    }

    /// Of whom nobody reaches one: `servers`, `any other peer`.
    pub(super) fn any_at(&self, to: &End) -> String {
        match to {
            End::Any => "any other peer".to_owned(),
            End::User(_) => format!("a peer of {}", self.called(to)),
            _ => self.somewhere(to, "anything"),
        }
    }

    /// What is there: of a range one of its addresses, `something in 10.0.0.0/8`.
    fn somewhere(&self, to: &End, what: &str) -> String {
        match to {
            End::Address(place) if !place.is_one() => format!("{what} in {}", self.called(to)),
            End::Domain(domain) if domain.is_wildcard() => format!("{what} under {}", self.called(to)),
            _ => self.called(to),
        }
    }

    /// The first of some peers and how many more there are.
    pub(super) fn some(&self, peers: &Set) -> String {
        let names: Vec<&str> = peers.iter().map(|place| self.lists.peers[place].name.as_str()).collect();
        text::names(names.into_iter(), NAMED)
    }

    pub(super) fn some_do(&self, peers: &Set) -> String {
        format!("{} {}", self.some(peers), if peers.len() == 1 { "does" } else { "do" })
    }

    /// What a side of a question is called.
    pub fn called(&self, end: &End) -> String {
        let (id, name) = match end {
            End::Peer(id) => (id, self.places.get(id.as_str()).map(|place| self.lists.peers[*place].name.as_str())),
            End::Group(id) => (id, self.groups.get(id.as_str()).map(|group| group.name)),
            End::Resource(id) => (id, self.resources.get(id.as_str()).map(|one| one.row.name.as_str())),
            End::Route(id) => (id, self.routes.get(id.as_str()).map(|route| route.network_id.as_str())),
            End::User(id) => return self.user(id),
            End::Any => return "every peer".to_owned(),
            End::Domain(_) | End::Address(_) => return end.id().to_owned(),
        };
        name.unwrap_or(id).to_owned()
    }

    /// A user's name, or else address, as far as it is known.
    fn user(&self, id: &str) -> String {
        let user = self.lists.users.unwrap_or_default().iter().find(|user| user.id == id);
        let names = user.map(|user| [user.name.as_str(), user.email.as_str()]);
        let name = names.into_iter().flatten().find(|name| !name.trim().is_empty());
        name.unwrap_or(id).to_owned()
    }

    /// What a side of a rule is called.
    pub(super) fn side_in_words(&self, groups: &[GroupRef], resource: Option<&ResourceRef>) -> String {
        match resource {
            Some(one) if one.kind == "peer" => self.called(&End::Peer(one.id.clone())),
            Some(one) => self.called(&End::Resource(one.id.clone())),
            None if groups.is_empty() => "nobody".to_owned(),
            None => text::names(groups.iter().map(|group| group.name.as_str()), NAMED),
        }
    }
}
