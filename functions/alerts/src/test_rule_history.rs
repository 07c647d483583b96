//! `POST /api/alerts/rules/test/history`

use axum::Json;
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use platform_core::condition::{Condition, ConditionConfig, ConditionType};
use platform_core::ids::AccountId;
use platform_core::known_group::KnownGroup;
use platform_core::replay::{MOST_ALERTS, WouldBe};
use platform_core::rule::{MAX_FOR, Rule};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::past::{Budget, Of};
use crate::rule_groups::{GroupLists, find};
use crate::rule_users::{self, UserLists};

/// Days of the past.
const MOST_DAYS: u32 = 14;
/// Gaps that are named.
const MOST_GAPS: usize = 100;
/// Peers, minutes and events that are looked at altogether, in each look: about ten seconds of a small function.
const MOST_LOOKED_AT: usize = 40_000_000;

/// What a rule would have watched for, and for how long.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TestRuleHistory {
    condition_type: ConditionType,
    #[schema(value_type = ConditionConfig)]
    condition_config: Map<String, Value>,
    /// Only this account; every account of the tenant if absent.
    account_id: Option<Uuid>,
    /// The condition must hold this long before the rule fires; 0 if absent.
    #[schema(maximum = 1440)]
    for_minutes: Option<u32>,
    /// It must be over this long before the alert resolves; 0 if absent.
    #[schema(maximum = 1440)]
    keep_firing_minutes: Option<u32>,
    /// How far back: 1 to 14 days.
    #[schema(minimum = 1, maximum = 14, example = 7)]
    days: u32,
}

/// What a rule would have told.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleHistoryTest)]
pub(crate) struct HistoryTestView {
    /// When it fires, as a sentence.
    sentence: String,
    from: Timestamp,
    to: Timestamp,
    /// The alerts that it would have opened, newest first, at most 200.
    alerts: Vec<WouldBeView>,
    /// How many more there would have been.
    omitted: usize,
    /// How many messages each of its channels would have been sent: that it fired, reminders, more, and that it was over. Nobody
    /// acknowledges or suppresses anything here.
    messages: u32,
    /// When nothing is known, at most 100: the rule would have kept its state.
    gaps: Vec<GapView>,
    /// Peers that were removed since, of which nothing is kept: they are left out.
    removed_peers: usize,
    /// There was too much to look at, so that this is how far it came; else absent. What is later is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped_at: Option<Timestamp>,
}

/// An alert that a rule would have opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WouldBeAlert)]
struct WouldBeView {
    account_id: Uuid,
    account_name: String,
    opened_at: Timestamp,
    /// When it would have ended; null if it would be open now.
    #[schema(required)]
    resolved_at: Option<Timestamp>,
    /// What it would have said first.
    title: String,
    /// How many peers, series or events it would have been about.
    peers: u32,
    /// Whether anybody would have been told: what was so before the span began is noted alone.
    told: bool,
}

/// A time of which nothing is known.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleHistoryGap)]
struct GapView {
    account_id: Uuid,
    account_name: String,
    from: Timestamp,
    to: Timestamp,
}

/// Test an alert rule on the past
///
/// What it would have told in the last days, had it been there: the same evaluation, fed with what is kept of them. Of peers by
/// their status, numbers, events and changes of the configuration there is a past; of other conditions there is none, and they are
/// refused. Groups are as they are now. Nothing is stored or told.
#[utoipa::path(post, path = "/api/alerts/rules/test/history", operation_id = "testRuleHistory", tag = "alerts",
    request_body = TestRuleHistory, responses((status = 200, description = "What it would have told", body = HistoryTestView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<TestRuleHistory>,
) -> Result<Json<HistoryTestView>, Problem> {
    let (tenant, to) = (caller.tenant, platform.now());
    let (accounts, states) = tokio::try_join!(platform.store.accounts(tenant), platform.store.sync_states(tenant))?;
    let mut problems = Problems::default();
    let (for_minutes, keep_firing) = (request.for_minutes.unwrap_or(0), request.keep_firing_minutes.unwrap_or(0));
    problems.require(for_minutes <= MAX_FOR, "/forMinutes", format!("must be at most {MAX_FOR}"));
    problems.require(keep_firing <= MAX_FOR, "/keepFiringMinutes", format!("must be at most {MAX_FOR}"));
    problems.require((1..=MOST_DAYS).contains(&request.days), "/days", format!("must be 1 to {MOST_DAYS} days"));
    let condition =
        Condition::read(request.condition_type, request.condition_config, "/conditionConfig", &mut problems);
    let account = request.account_id.map(AccountId::from_uuid);
    if account.is_some_and(|account| accounts.iter().all(|known| known.id != account)) {
        problems.push("/accountId", "is not a connected account");
    }
    let kept = condition.as_ref().and_then(Condition::kept);
    if let Some(condition) = &condition {
        condition.check_for(for_minutes, &mut problems);
        problems.require(kept.is_some(), "/conditionType", "looks at what is not kept of the past");
    }
    problems.finish().map_err(Problem::validation)?;
    let (Some(condition), Some(kept)) = (condition, kept) else {
        return Err(Problem::internal("input without problems is incomplete"));
    };
    let from = to - SignedDuration::from_hours(24 * i64::from(request.days));
    let rule = Rule {
        condition,
        account,
        for_minutes,
        keep_firing_minutes: keep_firing,
        ..Rule::account_unreachable(tenant, from)
    };
    let mut problems = Problems::default();
    let known = find(&GroupLists::of(&platform, tenant), &rule, &accounts, &[], &mut problems).await?;
    rule_users::check(&UserLists::of(&platform, tenant), &rule, &accounts, &mut problems).await?;
    problems.finish().map_err(Problem::validation)?;
    let _turn = platform.replay_turn(tenant).await?;
    let mut view = HistoryTestView {
        sentence: rule.sentence(),
        from,
        to,
        alerts: Vec::new(),
        omitted: 0,
        messages: 0,
        gaps: Vec::new(),
        removed_peers: 0,
        stopped_at: None,
    };
    let mut budget = Budget { left: MOST_LOOKED_AT };
    for account in accounts.iter().filter(|account| rule.covers(account.id)) {
        let (account_id, account_name) = (account.id.uuid(), account.name.clone());
        let gap = |from, to| GapView { account_id, account_name: account_name.clone(), from, to };
        let sync = states.iter().find(|sync| sync.account == account.id && sync.last_sync.is_some());
        let Some(sync) = sync else {
            view.gaps.push(gap(from, to));
            continue;
        };
        let groups: &[KnownGroup] =
            known.iter().find(|(one, _)| one.id == account.id).map_or(&[], |(_, groups)| groups.as_slice());
        let past = Of { rule: &rule, account, sync, groups, from, to };
        // One network after the other, so that a hundred large ones are never in memory at once.
        let outcome = past.play(&platform, kept, &mut budget).await?;
        view.messages = view.messages.saturating_add(outcome.messages);
        view.removed_peers += outcome.removed;
        view.gaps.extend(outcome.gaps.iter().map(|one| gap(one.from, one.to)));
        let would_be = |alert: WouldBe| WouldBeView {
            account_id,
            account_name: account_name.clone(),
            opened_at: alert.opened_at,
            resolved_at: alert.resolved_at,
            title: alert.title,
            peers: alert.peers,
            told: alert.told,
        };
        view.alerts.extend(outcome.alerts.into_iter().map(would_be));
        if let Some(at) = outcome.stopped_at {
            view.stopped_at = Some(at);
            break;
        }
    }
    view.alerts.sort_by_key(|alert| std::cmp::Reverse(alert.opened_at));
    view.omitted = view.alerts.len().saturating_sub(MOST_ALERTS);
    view.alerts.truncate(MOST_ALERTS);
    view.gaps.truncate(MOST_GAPS);
    Ok(Json(view))
}
