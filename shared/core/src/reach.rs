//! Who can reach what in a NetBird network, and why.
//!
//! A [`Model`] is made of the lists that are read from NetBird. It answers questions ([`Model::question`], or of many groups at
//! once [`Model::matrix`]) and tells what the policies say between groups ([`Model::edges`]). What NetBird decides by something that its API does not show, or that
//! was not read, is *unknown*, and said to be so: it is never guessed.
//!
//! How NetBird does it, in short. A policy's rules let the peers of its sources that pass its posture checks reach the peers
//! of its destinations, and the other way round if they are bidirectional. A rule that drops counts before any that accepts.
//! What is behind a router (a network's resource, or a route) is let through there, by the rules about it.

mod address;
mod ask;
mod change;
mod closing;
mod compile;
mod connections;
mod cover;
mod crossing;
mod difference;
mod different_pairs;
mod edges;
mod evaluate;
mod keys;
mod kinds;
#[cfg(test)]
mod laws;
mod matrix;
mod opening;
mod pairs;
mod past;
mod plans;
mod posture;
mod question;
mod quick;
mod reasons;
mod regions;
mod remedies;
mod report;
mod rules;
mod services;
mod set;
mod size;
mod standing;
#[cfg(test)]
pub(crate) mod tests;
mod ways;
mod words;

pub use ask::{
    ANY_END, Answer, AnswerWay, Ask, Counts, Domain, END_OF_PEERS, End, Examples, Extent, NotThere, Place, Protocol,
    Unanswered, Verdict,
};
pub use change::{Change, Changed, NoChange};
pub use compile::{Inventory, Model};
pub use difference::{Comparison, Difference, Differences, TooLarge};
pub use different_pairs::DifferentPair;
pub use edges::{Edge, EdgeEnd};
pub use matrix::{Cell, CellVerdict, Matrix, MatrixGroup, NamedPolicy, NoMatrix};
pub use pairs::Pair;
pub use past::Past;
pub(crate) use posture::fails;
pub use reasons::{Reason, ReasonKind, ReasonPolicy};
pub use remedies::{Remedy, RemedyKind};
pub use report::{ByRule, NoReport, Reached, Way};
pub use services::{Ports, Services};
pub use standing::Touched;
