//! What things are called, and answers in one sentence.

use super::compile::Model;
use super::evaluate::Tally;
use super::question::{End, Extent, Verdict};
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
        let (from_name, to_name, on) = (self.called(from), self.called(to), wanted.phrase());
        let is_plain = tally.pairs == 1 || extent != Extent::Some;
        match verdict {
            Verdict::Allowed if is_plain => {
                let open = if tally.open == *wanted { on } else { tally.open.phrase() };
                let each = if tally.pairs > 1 { "Every peer of " } else { "" };
                match from {
                    // Not each of them on all of it: what is open is of all pairs together.
                    End::Group(_) if tally.pairs > 1 && tally.open != *wanted && tally.open.is_several() => {
                        format!(
                            "{each}{from_name} can reach {to_name}, each on some of{}.",
                            open.replacen(" on", "", 1)
                        )
                    }
                    End::Group(_) => format!("{each}{from_name} can reach {to_name}{open}."),
                    _ => format!("{from_name} can reach {to_name}{open}."),
                }
            }
            Verdict::Allowed => {
                let who = match from {
                    End::Group(_) => {
                        format!("{} of {} of {from_name}", tally.reaching, text::count(tally.sources, "peer"))
                    }
                    _ => from_name,
                };
                let pairs = format!("{} of {}", tally.allowed, text::count(tally.pairs, "pair"));
                let at = if matches!(to, End::Group(_)) { format!("peers of {to_name}") } else { to_name };
                format!("{who} can reach {at}{}: {pairs}.", tally.open.phrase())
            }
            Verdict::Denied => match from {
                End::Group(_) => format!("No peer of {from_name} can reach {to_name}{on}."),
                _ => format!("{from_name} cannot reach {to_name}{on}."),
            },
            Verdict::Unknown => format!("Whether {from_name} can reach {to_name}{on} is not known."),
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
        };
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
