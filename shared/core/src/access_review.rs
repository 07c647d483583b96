//! Access reviews: who can reach some groups and resources, frozen as it was, for people to look at and sign.
//!
//! `docs/adr/0051-access-reviews.md` says why it is as it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::alert::Person;
use crate::ids::{AccountId, ReviewId, TenantId};
use crate::named;
use crate::reach::Way;
use crate::text::printable;
use crate::validate::Problems;

/// Reviews that a tenant may have.
pub const MAX_REVIEWS: usize = 200;
/// Groups, and resources, of a review.
pub const MAX_OF_A_KIND: usize = 50;
/// Rows of a review: a peer and what it reaches.
pub const MAX_ROWS: usize = 250_000;
/// Bytes of what is frozen, as JSON.
pub const MAX_BYTES: usize = 8_000_000;
/// Longest name, in characters.
pub const MAX_NAME: usize = 100;
/// Longest note, and comment of a sign-off, in characters.
pub const MAX_TEXT: usize = 2_000;
/// Sign-offs of a review.
pub const MAX_SIGN_OFFS: usize = 300;
/// Bytes of all that is said with them.
pub const MAX_TALK_BYTES: usize = 100_000;
/// Characters of a name that NetBird gives which are kept.
pub const LONGEST_NAME: usize = 200;

named! {
    /// How far a review is signed.
    pub enum ReviewStatus {
        /// Nobody signed anything.
        Open = "open",
        /// Some of it is signed.
        Partly = "partly",
        /// All of it is.
        Signed = "signed",
    }
}

named! {
    /// What somebody signs.
    pub enum ReviewDecision {
        /// It is as it should be.
        Approved = "approved",
        /// It is not, and is to be changed.
        ChangeNeeded = "change_needed",
    }
}

/// A review, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReview {
    /// Id.
    pub id: ReviewId,
    /// Whose.
    pub tenant: TenantId,
    /// The account whose network it is about.
    pub account: AccountId,
    /// What that was called.
    pub account_name: String,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: Person,
    /// How many groups and resources it is about.
    pub subjects: usize,
    /// How many of them are signed.
    pub signed: usize,
    /// How many of those are to be changed.
    pub change_needed: usize,
    /// How many rows it has.
    pub rows: usize,
    /// SHA-256 of its rows, in hexadecimal digits.
    pub digest: String,
    /// When anything last happened to it.
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// The rest of a review but its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewText {
    /// What for.
    #[serde(default)]
    pub note: String,
    /// When the account had been read in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// Names of lists that were missing.
    #[serde(default)]
    pub unread: Vec<String>,
    /// Since when changes of policies were known.
    pub watched_since: Timestamp,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// What was signed, oldest first.
    #[serde(default)]
    pub sign_offs: Vec<SignOff>,
}

/// A group or resource that a review is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// `group:ID` or `resource:ID`, with NetBird's id.
    pub key: String,
    /// What it was called.
    pub name: String,
    /// Peers of the group; one if it is a resource.
    pub targets: usize,
    /// Resources in the group, which are subjects of their own or none.
    pub resources: usize,
    /// Peers that reached it for sure.
    pub peers: usize,
    /// Others that might.
    pub perhaps: usize,
    /// Rules that let them.
    pub rules: usize,
    /// Every peer of the account that is not in it reached it for sure.
    pub anybody: bool,
    /// SHA-256 of its rows.
    pub digest: String,
    /// SHA-256 of who reached it on what by which rules, without names and moments: what is compared with today.
    pub answer: String,
    /// The place among the sign-offs of the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<usize>,
}

/// What somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Person,
    /// What.
    pub decision: ReviewDecision,
    /// What they said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// Why something cannot be done with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What was signed stays.
    #[error("somebody signed a part of this review: make another one")]
    Signed,
    /// There is none.
    #[error("is none of what the review is about")]
    NoSubject,
    /// More is said than is kept.
    #[error("so much was signed and said about this review that no more is kept: make another one")]
    TooMuch,
}

impl AccessReview {
    /// Checks what somebody entered.
    pub fn check(name: &str, note: &str, problems: &mut Problems) {
        problems.text("/name", name, 1, MAX_NAME);
        problems.text("/note", note, 0, MAX_TEXT);
    }

    /// How far it is signed.
    pub const fn status(&self) -> ReviewStatus {
        match self.signed {
            0 => ReviewStatus::Open,
            signed if signed < self.subjects => ReviewStatus::Partly,
            _ => ReviewStatus::Signed,
        }
    }

    /// It is called otherwise, or is for something else.
    pub fn rename(
        &mut self,
        text: &mut ReviewText,
        (name, note): (String, String),
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if self.signed > 0 {
            return Err(Refusal::Signed);
        }
        (self.name, text.note, self.updated_at) = (name, note, now);
        Ok(())
    }

    /// Somebody signs one subject, or all.
    pub fn sign(&mut self, text: &mut ReviewText, subject: Option<&str>, sign_off: SignOff) -> Result<(), Refusal> {
        let said: usize = text.sign_offs.iter().map(|one| one.comment.len()).sum();
        if text.sign_offs.len() >= MAX_SIGN_OFFS || said + sign_off.comment.len() > MAX_TALK_BYTES {
            return Err(Refusal::TooMuch);
        }
        let place = text.sign_offs.len();
        let mut meant = text.subjects.iter_mut().filter(|one| subject.is_none_or(|key| one.key == key)).peekable();
        meant.peek().ok_or(Refusal::NoSubject)?;
        meant.for_each(|one| one.sign_off = Some(place));
        self.updated_at = sign_off.at;
        text.sign_offs.push(sign_off);
        let decisions = || text.subjects.iter().filter_map(|one| text.sign_offs.get(one.sign_off?));
        self.signed = decisions().count();
        self.change_needed = decisions().filter(|one| one.decision == ReviewDecision::ChangeNeeded).count();
        Ok(())
    }
}

/// The rows of a review as they are kept: what peers have in common is there once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Frozen {
    /// Peers that reach anything, by name.
    pub peers: Vec<FrozenPeer>,
    /// Rules that let them.
    pub rules: Vec<FrozenRule>,
    /// What peers have in common, subject by subject.
    pub subjects: Vec<Vec<FrozenWay>>,
}

/// A peer as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPeer {
    /// NetBird's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A rule as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrozenRule {
    /// NetBird's id of the policy.
    pub policy: String,
    /// Its name.
    pub policy_name: String,
    /// The rule's place in it.
    pub rule: usize,
    /// The rule's name.
    pub rule_name: String,
    /// When the policy was last changed, and by whom, as far as the log of changes tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<LastChange>,
}

/// The last change of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// When.
    pub at: Timestamp,
    /// Who, if an event of NetBird's tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What some peers have in common that reach the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrozenWay {
    /// Their places among the peers, in order.
    pub who: Vec<usize>,
    /// How many targets each reaches for sure.
    pub reached: usize,
    /// How many others perhaps.
    pub perhaps: usize,
    /// On what for sure.
    pub open: Vec<String>,
    /// On what for sure or perhaps.
    pub may_be_open: Vec<String>,
    /// By which rules: their places, and the groups that they name.
    pub by: Vec<(usize, Vec<String>)>,
    /// Why something of it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
}

/// A row: a peer, and how it reaches a subject.
#[derive(Debug, Clone, Copy)]
pub struct FrozenRow<'f> {
    /// The place of the subject.
    pub subject: usize,
    /// The peer.
    pub peer: &'f FrozenPeer,
    /// How.
    pub way: &'f FrozenWay,
}

impl Frozen {
    /// Takes in who reaches the next subject. `peer` tells the place of each peer of the account among those of this.
    pub fn add(&mut self, ways: &[Way], peer: &[usize]) {
        let key = |policy: &str, rule: usize| (policy.to_owned(), rule);
        let known = self.rules.iter().enumerate().map(|(place, one)| (key(&one.policy, one.rule), place));
        let mut known: BTreeMap<(String, usize), usize> = known.collect();
        let mut frozen: Vec<FrozenWay> = Vec::with_capacity(ways.len());
        for way in ways {
            let mut who: Vec<usize> = way.peers.iter().filter_map(|place| peer.get(*place).copied()).collect();
            who.sort_unstable();
            let by = way.rules.iter().map(|rule| {
                let place = *known.entry(key(&rule.policy, rule.rule)).or_insert_with(|| {
                    self.rules.push(FrozenRule {
                        policy: rule.policy.clone(),
                        policy_name: printable(&rule.policy_name, LONGEST_NAME),
                        rule: rule.rule,
                        rule_name: printable(&rule.rule_name, LONGEST_NAME),
                        changed: None,
                    });
                    self.rules.len() - 1
                });
                (place, rule.from.iter().map(|name| printable(name, LONGEST_NAME)).collect())
            });
            frozen.push(FrozenWay {
                who,
                reached: way.reached,
                perhaps: way.perhaps,
                open: way.open.whole_words(),
                may_be_open: way.may_be_open.whole_words(),
                by: by.collect(),
                unknown: way.unknown.clone(),
            });
        }
        self.subjects.push(frozen);
    }

    /// The rows of one subject, in the order of the peers.
    pub fn rows_of(&self, subject: usize) -> Vec<FrozenRow<'_>> {
        let mut rows: Vec<(usize, FrozenRow<'_>)> = Vec::new();
        for way in self.subjects.get(subject).into_iter().flatten() {
            let peers = way.who.iter().filter_map(|place| Some((*place, self.peers.get(*place)?)));
            rows.extend(peers.map(|(place, peer)| (place, FrozenRow { subject, peer, way })));
        }
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// All rows, subject by subject.
    pub fn rows(&self) -> impl Iterator<Item = FrozenRow<'_>> {
        (0..self.subjects.len()).flat_map(|subject| self.rows_of(subject))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::UserId;

    fn review() -> (AccessReview, ReviewText) {
        let at = Timestamp::UNIX_EPOCH;
        let subject = |key: &str| Subject {
            key: key.into(),
            name: key.into(),
            targets: 1,
            resources: 0,
            peers: 1,
            perhaps: 0,
            rules: 1,
            anybody: false,
            digest: String::new(),
            answer: String::new(),
            sign_off: None,
        };
        let text = ReviewText {
            note: String::new(),
            as_of: None,
            unread: Vec::new(),
            watched_since: at,
            subjects: vec![subject("group:a"), subject("resource:b")],
            sign_offs: Vec::new(),
        };
        let review = AccessReview {
            id: ReviewId::from_uuid(Uuid::from_u128(9)),
            tenant: TenantId::from_uuid(Uuid::from_u128(8)),
            account: AccountId::from_uuid(Uuid::from_u128(7)),
            account_name: "HQ".into(),
            name: "Quarter".into(),
            made_at: at,
            made_by: Person { id: UserId::from_uuid(Uuid::from_u128(1)), name: "Ada".into() },
            subjects: 2,
            signed: 0,
            change_needed: 0,
            rows: 2,
            digest: String::new(),
            updated_at: at,
            version: 1,
        };
        (review, text)
    }

    fn signing(decision: ReviewDecision, comment: &str) -> SignOff {
        let by = Person { id: UserId::from_uuid(Uuid::from_u128(2)), name: "Bob".into() };
        SignOff { at: Timestamp::UNIX_EPOCH, by, decision, comment: comment.into() }
    }

    #[test]
    fn it_is_signed_part_by_part_and_stays_as_it_was_signed() {
        use ReviewDecision::{Approved, ChangeNeeded};
        let (mut one, mut text) = review();
        let renamed = |name: &str| (name.to_owned(), String::new());
        one.rename(&mut text, renamed("Year"), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(one.sign(&mut text, Some("group:b"), signing(Approved, "")), Err(Refusal::NoSubject));
        assert_eq!(one.status(), ReviewStatus::Open);
        one.sign(&mut text, Some("group:a"), signing(ChangeNeeded, "too wide")).unwrap();
        assert_eq!((one.status(), one.change_needed), (ReviewStatus::Partly, 1));
        assert_eq!(one.rename(&mut text, renamed("Again"), Timestamp::UNIX_EPOCH), Err(Refusal::Signed));
        one.sign(&mut text, None, signing(Approved, "")).unwrap();
        assert_eq!((one.status(), one.change_needed, text.sign_offs.len()), (ReviewStatus::Signed, 0, 2));
        assert_eq!(text.subjects[0].sign_off, Some(1));
    }

    #[test]
    fn what_is_said_has_an_end() {
        let (mut one, mut text) = review();
        let long = "ä".repeat(MAX_TEXT);
        for _ in 0..MAX_TALK_BYTES / long.len() {
            one.sign(&mut text, None, signing(ReviewDecision::Approved, &long)).unwrap();
        }
        assert_eq!(one.sign(&mut text, None, signing(ReviewDecision::Approved, "x")), Err(Refusal::TooMuch));
    }
}
