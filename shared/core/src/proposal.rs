//! Proposals: a change of a network that somebody tried and saved, for others to look at and decide.
//!
//! Nothing of it is written to NetBird. `docs/adr/0046-proposals.md` says why it is as it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::alert::Person;
use crate::ids::{AccountId, ProposalId, TenantId, UserId};
use crate::named;
use crate::tenancy::Retention;
use crate::validate::Problems;

/// Proposals that a tenant may have at a time that are open or approved.
pub const MAX_PROPOSALS: usize = 200;
/// Proposals that are kept, those that ended among them: the one that ended first makes room.
pub const MAX_KEPT: usize = 600;
/// Longest title, in characters.
pub const MAX_TITLE: usize = 100;
/// Longest description, in characters.
pub const MAX_DESCRIPTION: usize = 2_000;
/// Longest comment, and what is said with a decision, in characters.
pub const MAX_COMMENT: usize = 1_000;
/// Comments of a proposal.
pub const MAX_COMMENTS: usize = 200;
/// Decisions of a proposal.
pub const MAX_DECISIONS: usize = 100;
/// Bytes of its changes as JSON, and of what is noted of the things they touch.
pub const MAX_CHANGE_BYTES: usize = 100_000;
/// Bytes of all that is said in comments and with decisions. An item holds no more than 400 KB, with who said it and when.
pub const MAX_TALK_BYTES: usize = 100_000;

named! {
    /// Where a proposal stands.
    pub enum ProposalState {
        /// It waits to be decided.
        Open = "open",
        /// Somebody else than its author approved it as it is.
        Approved = "approved",
        /// Somebody did not want it.
        Rejected = "rejected",
        /// It is done or given up.
        Closed = "closed",
    }
}

named! {
    /// What somebody decides about a proposal.
    pub enum ProposalDecision {
        /// It is good as it is.
        Approve = "approve",
        /// It is not wanted.
        Reject = "reject",
        /// It is to be decided anew.
        Reopen = "reopen",
        /// It is done or given up.
        Close = "close",
    }
}

impl ProposalState {
    /// Whether nothing is expected of it any more: it does not count against the limit, and is forgotten in time.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Rejected | Self::Closed)
    }
}

impl ProposalDecision {
    /// Where a proposal stands after it; `None` if it cannot be decided so.
    pub const fn of(self, state: ProposalState) -> Option<ProposalState> {
        use ProposalState::{Approved, Closed, Open, Rejected};
        match (self, state) {
            (Self::Approve, Open) => Some(Approved),
            (Self::Reject, Open | Approved) => Some(Rejected),
            (Self::Close, Open | Approved) => Some(Closed),
            (Self::Reopen, Approved | Rejected | Closed) => Some(Open),
            _ => None,
        }
    }
}

/// A proposal, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// Id.
    pub id: ProposalId,
    /// Whose.
    pub tenant: TenantId,
    /// The account whose network it is about.
    pub account: AccountId,
    /// What that was called when it was made.
    pub account_name: String,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: ProposalState,
    /// How many changes it is.
    pub changes: usize,
    /// How many comments it has.
    pub comments: usize,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Person,
    /// When it was last changed: title, description or changes.
    pub changed_at: Timestamp,
    /// Who changed it last.
    pub changed_by: Person,
    /// When anything last happened to it.
    pub updated_at: Timestamp,
    /// When it is forgotten, once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<Timestamp>,
    /// Counts what an approval is of: what somebody says of it is none of that. Absent as long as nothing happened.
    #[serde(default, rename = "entityTag", skip_serializing_if = "Option::is_none")]
    pub edition: Option<u64>,
    /// Counts writes.
    pub version: u64,
}

/// The rest of a proposal, which no list needs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProposalText {
    /// What for.
    #[serde(default)]
    pub description: String,
    /// The changes, in the API's JSON.
    pub changes: String,
    /// What the changes touch, as it was when they were tried.
    pub touched: Vec<KnownThing>,
    /// Of when the lists were on which they were tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// What people said, oldest first.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// What was decided, oldest first.
    #[serde(default)]
    pub decisions: Vec<Decided>,
}

/// A thing of the network, as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownThing {
    /// The list it is in.
    pub list: String,
    /// NetBird's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of what of it the changes are made on; absent of what they only name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Person,
    /// What.
    #[serde(alias = "text")]
    pub message: String,
}

/// What somebody decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Person,
    /// What.
    pub decision: ProposalDecision,
    /// What they said with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Who approved it made it, too: nobody else may approve.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_alone: bool,
}

/// Why something cannot be done with a proposal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not where it would have to be.
    #[error("a proposal that is {0} cannot be decided so")]
    NotFrom(ProposalState),
    /// Four eyes.
    #[error("who made a proposal, or changed it last, cannot approve it: ask somebody else who may")]
    OwnProposal,
    /// It is over.
    #[error("the proposal is {0}: reopen it first")]
    Over(ProposalState),
    /// More is said about it than is kept.
    #[error("so much was said about this proposal that no more is kept: make another one")]
    TooMuch,
}

impl Proposal {
    /// Checks what somebody entered.
    pub fn check(title: &str, description: &str, problems: &mut Problems) {
        problems.text("/title", title, 1, MAX_TITLE);
        problems.text("/description", description, 0, MAX_DESCRIPTION);
    }

    /// Whether somebody made it or changed it last.
    pub fn is_of(&self, user: UserId) -> bool {
        self.created_by.id == user || self.changed_by.id == user
    }

    /// Which of its editions it is: what changes and decisions name.
    pub fn edition(&self) -> u64 {
        self.edition.unwrap_or(self.version)
    }

    /// It was changed: an approval was of what it was before.
    pub fn changed(&mut self, by: Person, now: Timestamp) -> Result<(), Refusal> {
        if self.state.is_over() {
            return Err(Refusal::Over(self.state));
        }
        (self.state, self.edition) = (ProposalState::Open, Some(self.edition() + 1));
        (self.changed_by, self.changed_at, self.updated_at) = (by, now, now);
        Ok(())
    }

    /// Somebody says something about it, which makes no other edition of it.
    pub fn comment(&mut self, text: &mut ProposalText, said: Comment) -> Result<(), Refusal> {
        if text.comments.len() >= MAX_COMMENTS || text.talk() + said.message.len() > MAX_TALK_BYTES {
            return Err(Refusal::TooMuch);
        }
        (self.updated_at, self.edition) = (said.at, Some(self.edition()));
        text.comments.push(said);
        self.comments = text.comments.len();
        Ok(())
    }

    /// Somebody decides about it. `approvers` are those who may approve.
    pub fn decide(
        &mut self,
        text: &mut ProposalText,
        mut decided: Decided,
        approvers: &[UserId],
        kept: Retention,
    ) -> Result<(), Refusal> {
        let state = decided.decision.of(self.state).ok_or(Refusal::NotFrom(self.state))?;
        if state == ProposalState::Approved && self.is_of(decided.by.id) {
            if approvers != [decided.by.id] {
                return Err(Refusal::OwnProposal);
            }
            decided.is_alone = true;
        }
        if text.decisions.len() >= MAX_DECISIONS || text.talk() + decided.message.len() > MAX_TALK_BYTES {
            return Err(Refusal::TooMuch);
        }
        (self.state, self.updated_at, self.edition) = (state, decided.at, Some(self.edition() + 1));
        self.keep_until = state.is_over().then(|| kept.end(decided.at));
        text.decisions.push(decided);
        Ok(())
    }
}

impl ProposalText {
    /// Bytes of what was said.
    fn talk(&self) -> usize {
        let said = self.comments.iter().map(|comment| comment.message.len());
        said.chain(self.decisions.iter().map(|decided| decided.message.len())).sum()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(n: u128) -> Person {
        Person { id: UserId::from_uuid(Uuid::from_u128(n)), name: format!("p{n}") }
    }

    fn proposal() -> Proposal {
        let at = Timestamp::UNIX_EPOCH;
        Proposal {
            id: ProposalId::from_uuid(Uuid::from_u128(9)),
            tenant: TenantId::from_uuid(Uuid::from_u128(8)),
            account: AccountId::from_uuid(Uuid::from_u128(7)),
            account_name: "HQ".into(),
            title: "Open the database".into(),
            state: ProposalState::Open,
            changes: 1,
            comments: 0,
            created_at: at,
            created_by: person(1),
            changed_at: at,
            changed_by: person(1),
            updated_at: at,
            keep_until: None,
            edition: None,
            version: 1,
        }
    }

    fn decided(by: u128, decision: ProposalDecision) -> Decided {
        Decided { at: Timestamp::UNIX_EPOCH, by: person(by), decision, message: String::new(), is_alone: false }
    }

    #[test]
    fn nobody_approves_their_own_unless_they_are_alone() {
        let (mut one, mut text, kept) = (proposal(), ProposalText::default(), Retention::default());
        let (ada, bob) = (person(1).id, person(2).id);
        let approve = ProposalDecision::Approve;
        assert_eq!(one.decide(&mut text, decided(1, approve), &[ada, bob], kept), Err(Refusal::OwnProposal));
        assert_eq!(one.decide(&mut text, decided(1, approve), &[bob], kept), Err(Refusal::OwnProposal));
        one.decide(&mut text, decided(2, approve), &[ada, bob], kept).unwrap();
        assert_eq!((one.state, text.decisions[0].is_alone), (ProposalState::Approved, false));
        one.changed(person(2), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(one.state, ProposalState::Open, "what was approved is not what it is now");
        assert_eq!(one.decide(&mut text, decided(2, approve), &[ada, bob], kept), Err(Refusal::OwnProposal));
        one.decide(&mut text, decided(2, approve), &[bob], kept).unwrap();
        assert!(text.decisions[1].is_alone);
    }

    #[test]
    fn what_is_over_is_kept_for_a_while_and_not_changed() {
        let (mut one, mut text, kept) = (proposal(), ProposalText::default(), Retention::default());
        one.decide(&mut text, decided(1, ProposalDecision::Close), &[], kept).unwrap();
        assert_eq!(one.keep_until, Some(kept.end(Timestamp::UNIX_EPOCH)));
        let over = ProposalState::Closed;
        assert_eq!(one.changed(person(1), Timestamp::UNIX_EPOCH), Err(Refusal::Over(over)));
        let reject = decided(2, ProposalDecision::Reject);
        assert_eq!(one.decide(&mut text, reject, &[], kept), Err(Refusal::NotFrom(over)));
        one.decide(&mut text, decided(2, ProposalDecision::Reopen), &[], kept).unwrap();
        assert_eq!((one.state, one.keep_until), (ProposalState::Open, None));
    }

    #[test]
    fn what_is_said_makes_no_other_edition() {
        let (mut one, mut text, kept) = (proposal(), ProposalText::default(), Retention::default());
        let said = Comment { at: Timestamp::UNIX_EPOCH, by: person(2), message: "why?".into() };
        one.comment(&mut text, said).unwrap();
        one.version += 1;
        assert_eq!(one.edition(), 1);
        one.changed(person(1), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(one.edition(), 2);
        one.decide(&mut text, decided(2, ProposalDecision::Approve), &[person(2).id], kept).unwrap();
        assert_eq!(one.edition(), 3);
    }

    #[test]
    fn talk_has_an_end() {
        let (mut one, mut text) = (proposal(), ProposalText::default());
        let said = |message: &str| Comment { at: Timestamp::UNIX_EPOCH, by: person(2), message: message.to_owned() };
        let long = "ä".repeat(MAX_COMMENT);
        for _ in 0..MAX_TALK_BYTES / long.len() {
            one.comment(&mut text, said(&long)).unwrap();
        }
        assert_eq!(one.comment(&mut text, said("one more")), Err(Refusal::TooMuch));
        assert_eq!(one.comments, text.comments.len());
    }
}
