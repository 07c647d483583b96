//! A row of a review: a peer, and how it reaches a group or resource.

use jiff::Timestamp;
use platform_core::access_review::{Frozen, FrozenRow, FrozenRule, Subject};
use platform_http::Problem;
use serde::Serialize;
use utoipa::ToSchema;

/// A peer that reaches a group or resource, or may.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewRow)]
pub(crate) struct RowView {
    /// `group:ID` or `resource:ID`.
    #[schema(example = "group:d1k5c8aqmd2opbica0p0")]
    pub(crate) subject_id: String,
    pub(crate) subject_name: String,
    /// NetBird's id.
    pub(crate) peer_id: String,
    pub(crate) peer_name: String,
    /// It reaches one of it for sure; else that is not known.
    pub(crate) is_certain: bool,
    /// How many of it the peer reaches for sure: peers of the group, or the one resource.
    pub(crate) reached: usize,
    /// How many others perhaps.
    pub(crate) perhaps: usize,
    /// How many there are.
    pub(crate) targets: usize,
    /// On what it reaches one for sure.
    #[schema(example = json!(["TCP 5432"]))]
    pub(crate) open: Vec<String>,
    /// On what it does or may; more than `open` where something is not known.
    pub(crate) may_be_open: Vec<String>,
    /// Why something is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unknown: Option<String>,
    /// The rules that let it. None where no rule of a policy does.
    pub(crate) rules: Vec<RowRule>,
}

/// A rule that lets a peer in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewRule)]
pub(crate) struct RowRule {
    /// NetBird's id.
    pub(crate) policy_id: String,
    pub(crate) policy_name: String,
    /// The place of the rule in its policy, from 0.
    pub(crate) rule: usize,
    pub(crate) rule_name: String,
    /// Names of the groups that the rule names and the peer is in; none if it names the peer itself.
    pub(crate) groups: Vec<String>,
    /// When the policy was last changed; absent if it was not since `watchedSince` of the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_changed_at: Option<Timestamp>,
    /// Who changed it, if NetBird's activity log tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_changed_by: Option<String>,
}

impl RowView {
    pub(crate) fn new(subjects: &[Subject], rows: &Frozen, row: FrozenRow<'_>) -> Self {
        let (subject, way) = (subjects.get(row.subject), row.way);
        let rule = |(place, groups): &(usize, Vec<String>)| Some(RowRule::new(rows.rules.get(*place)?, groups.clone()));
        Self {
            subject_id: subject.map(|one| one.key.clone()).unwrap_or_default(),
            subject_name: subject.map(|one| one.name.clone()).unwrap_or_default(),
            peer_id: row.peer.id.clone(),
            peer_name: row.peer.name.clone(),
            is_certain: way.reached > 0,
            reached: way.reached,
            perhaps: way.perhaps,
            targets: subject.map_or(0, |one| one.targets),
            open: way.open.clone(),
            may_be_open: way.may_be_open.clone(),
            unknown: way.unknown.clone(),
            rules: way.by.iter().filter_map(rule).collect(),
        }
    }

    /// It in the one form of RFC 8785, as a line: what digests are of, and what the export has.
    pub(crate) fn line(&self) -> Result<Vec<u8>, Problem> {
        let mut line = serde_jcs::to_vec(self).map_err(Problem::internal)?;
        line.push(b'\n');
        Ok(line)
    }
}

impl RowRule {
    fn new(rule: &FrozenRule, groups: Vec<String>) -> Self {
        let (last_changed_at, last_changed_by) = match rule.changed.clone() {
            Some(change) => (Some(change.at), change.by),
            None => (None, None),
        };
        Self {
            policy_id: rule.policy.clone(),
            policy_name: rule.policy_name.clone(),
            rule: rule.rule,
            rule_name: rule.rule_name.clone(),
            groups,
            last_changed_at,
            last_changed_by,
        }
    }
}
