//! What two models differ in, pair by pair, in the order of their ids: for files.

use std::collections::BTreeMap;

use super::ask::{Ask, End};
use super::compile::Model;
use super::difference::{Block, TooLarge};
use super::services::Services;

/// Two who reach each other by one model on what they do not by the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferentPair {
    /// The place of the peer that opens the connection.
    pub from: usize,
    /// Who or what is reached.
    pub to: End,
    /// Whether it is reached by the first model, and not by the second; else the other way round.
    pub is_closed: bool,
    /// One of the two is not known.
    pub is_doubtful: bool,
    /// On what.
    pub services: Services,
}

impl DifferentPair {
    /// Its place in a file, which is one after another.
    pub fn place(&self, ids: impl Fn(usize) -> String) -> String {
        let (opens, doubt) = (u8::from(self.is_closed), u8::from(self.is_doubtful));
        format!("{}\t{}:{}\t{opens}{doubt}", ids(self.from), self.to.kind(), self.to.id())
    }
}

impl Model<'_> {
    /// Tells of each pair in which `after` differs, after one whose place is named, until there is enough.
    pub fn different_pairs(
        &self,
        after: &Model<'_>,
        ask: Ask,
        place: Option<&str>,
        is_enough: &mut dyn FnMut(DifferentPair) -> bool,
    ) -> Result<(), TooLarge> {
        let blocks: Vec<Block> = self.blocks(after, ask)?;
        let mut of_source: BTreeMap<&str, (usize, Vec<&Block>)> = BTreeMap::new();
        let first = place.and_then(|place| place.split('\t').next()).unwrap_or_default();
        for block in &blocks {
            for source in block.members.iter() {
                let id = self.lists.peers[source].id.as_str();
                if id >= first {
                    of_source.entry(id).or_insert_with(|| (source, Vec::new())).1.push(block);
                }
            }
        }
        for (source, blocks) in of_source.into_values() {
            let mut pairs: BTreeMap<(End, bool, bool), Services> = BTreeMap::new();
            for block in blocks {
                let peers = block.peers.iter().filter(|target| **target as usize != source);
                let peers = peers.map(|target| End::Peer(self.lists.peers[*target as usize].id.clone()));
                for to in peers.chain(block.to.clone()) {
                    pairs.entry((to, block.is_closed, block.is_doubtful)).or_default().add(&block.services);
                }
            }
            for ((to, is_closed, is_doubtful), services) in pairs {
                let pair = DifferentPair { from: source, to, is_closed, is_doubtful, services };
                let at = |source: usize| self.lists.peers[source].id.clone();
                // Ends of other kinds come in the order of the kinds, and so are compared as they come.
                let is_told =
                    id_of(place) == Some(at(source).as_str()) && place.is_some_and(|place| !is_after(&pair, place));
                if !is_told && is_enough(pair) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

fn id_of(place: Option<&str>) -> Option<&str> {
    place.and_then(|place| place.split('\t').next())
}

/// Whether a pair of the same source comes after a place.
fn is_after(pair: &DifferentPair, place: &str) -> bool {
    let mut words = place.split('\t').skip(1);
    let (Some(to), Some(what)) = (words.next().and_then(|to| to.parse::<End>().ok()), words.next()) else {
        return true;
    };
    let doing = format!("{}{}", u8::from(pair.is_closed), u8::from(pair.is_doubtful));
    (&pair.to, doing.as_str()) > (&to, what)
}
