//! A silence as the API shows it.

use jiff::Timestamp;
use platform_core::ids::{AccountId, RuleId};
use platform_core::rule::Severity;
use platform_core::silence::{Matchers, Named, Silence, SilenceStatus, Window};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::alert_view::PersonView;
use crate::silence_input::{Nameable, WeeklyInput};
use crate::silence_things::{ThingView, Things};

/// Windows that are shown of a silence.
const WINDOWS: usize = 3;

/// A silence: what fires of what it mutes is told to nobody before its end, and then only if it still holds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Silence)]
pub(crate) struct SilenceView {
    id: Uuid,
    name: String,
    comment: String,
    matchers: MatchersView,
    /// The peers and groups that it is about, if it is about some only.
    named: Vec<ThingView>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    recurrence: Option<WeeklyInput>,
    enabled: bool,
    /// Where it stands now.
    status: SilenceStatus,
    /// What it mutes, in words.
    #[schema(example = "Critical alerts of Servers down in HQ")]
    mutes: String,
    /// When, in words.
    #[schema(example = "Every Monday from 22:00 for 4 h (Europe/Berlin), until 2026-12-31 00:00 CET")]
    when: String,
    /// The window it is in, if it is in one, and the next ones: three in all.
    windows: Vec<SilenceWindowView>,
    created_at: Timestamp,
    created_by: PersonView,
    updated_at: Timestamp,
    /// Counts changes: its `ETag`, and what a change may name by `If-Match`.
    version: u64,
}

/// What a silence mutes: what all of these say together, or everything.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SilenceMatchers)]
struct MatchersView {
    rule_ids: Vec<Uuid>,
    severities: Vec<Severity>,
    account_ids: Vec<Uuid>,
    group_ids: Vec<String>,
    peer_ids: Vec<String>,
    everything: bool,
}

impl From<&Matchers> for MatchersView {
    fn from(matchers: &Matchers) -> Self {
        Self {
            rule_ids: matchers.rules.iter().map(|rule| rule.uuid()).collect(),
            severities: matchers.severities.iter().copied().collect(),
            account_ids: matchers.accounts.iter().map(|account| account.uuid()).collect(),
            group_ids: matchers.groups.iter().cloned().collect(),
            peer_ids: matchers.peers.iter().cloned().collect(),
            everything: matchers.everything,
        }
    }
}

/// A stretch of time in which a silence mutes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SilenceWindow)]
pub(crate) struct SilenceWindowView {
    starts_at: Timestamp,
    ends_at: Timestamp,
    /// By the clocks of its place.
    #[schema(example = "Mon 2026-11-23 22:00 to Tue 2026-11-24 02:00 CET")]
    words: String,
}

/// The window that a silence is in, and the next ones.
pub(crate) fn windows(silence: &Silence, now: Timestamp) -> Vec<SilenceWindowView> {
    let view = |window: Window| SilenceWindowView {
        starts_at: window.starts_at,
        ends_at: window.ends_at,
        words: silence.window_words(window),
    };
    silence.next_windows(now, WINDOWS).into_iter().map(view).collect()
}

impl Named for Nameable {
    fn rule(&self, rule: RuleId) -> Option<&str> {
        self.rules.iter().find(|one| one.id == rule).map(|rule| rule.name.as_str())
    }

    fn account(&self, account: AccountId) -> Option<&str> {
        self.accounts.iter().find(|one| one.id == account).map(|account| account.name.as_str())
    }
}

impl SilenceView {
    /// A silence, with what rules and accounts are called, and what became of its groups and peers.
    pub(crate) fn new(silence: &Silence, names: &Nameable, things: &Things, now: Timestamp) -> Self {
        let recurrence = silence.recurrence.clone().map(|weekly| WeeklyInput {
            days: weekly.days,
            from: weekly.from,
            minutes: weekly.minutes,
            time_zone: weekly.time_zone,
        });
        Self {
            id: silence.id.uuid(),
            name: silence.name.clone(),
            comment: silence.comment.clone(),
            matchers: MatchersView::from(&silence.matchers),
            named: things.views(&silence.matchers),
            starts_at: silence.starts_at,
            ends_at: silence.ends_at,
            recurrence,
            enabled: silence.enabled,
            status: silence.status(now),
            mutes: silence.matchers.words(names),
            when: silence.when(),
            windows: windows(silence, now),
            created_at: silence.created_at,
            created_by: PersonView::from(&silence.created_by),
            updated_at: silence.updated_at,
            version: silence.version,
        }
    }
}
