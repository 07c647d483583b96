//! `POST /api/alerts/silences/preview`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::alert::{Alert, AlertStatus};
use platform_core::ids::{AccountId, SilenceId};
use platform_core::rule::{ACCOUNT_UNREACHABLE, Rule, Severity};
use platform_core::silence::{Matchers, Silence, Weekly};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::silence_input::{MatchersInput, Nameable, WeeklyInput, blank};
use crate::silence_view::{SilenceWindowView, windows};

/// Alerts that are not over and looked through, the worst first.
const LOOKED_THROUGH: usize = 1_000;
/// Alerts that are named.
const ALERTS: usize = 20;
/// Accounts that are named of each rule.
const ACCOUNTS: usize = 5;
/// Peers that are named.
const PEERS: usize = 5;

/// A silence that is not made yet.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PreviewSilence {
    matchers: MatchersInput,
    /// Now if absent.
    starts_at: Option<Timestamp>,
    /// In the future; at most 90 days after the start, 366 if it recurs.
    ends_at: Timestamp,
    /// Mutes only in these windows; all the time if absent.
    recurrence: Option<WeeklyInput>,
}

/// What a silence would mute.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SilencePreview)]
pub(crate) struct PreviewView {
    /// What it would mute, in words.
    mutes: String,
    /// When, in words.
    when: String,
    /// The window that it would be in now, if it is in one, and the next ones: three in all.
    windows: Vec<SilenceWindowView>,
    /// Which peers it is about, if it is about some only.
    #[serde(skip_serializing_if = "Option::is_none")]
    peers: Option<MutedPeersView>,
    /// Rules that are on and that it would mute somewhere. Of a silence about some peers and groups: those that may tell of
    /// them, which are muted where they tell of nothing else.
    rules: Vec<MutedRuleView>,
    /// In how many accounts, added up over the rules.
    pairs: usize,
    /// The first 20 alerts that are not over and of which nothing would be told but their end; the worst first.
    alerts: Vec<MutedAlertView>,
    /// How many there are of them, among the 1,000 worst.
    alerts_total: usize,
}

/// Peers that a silence is about: those that it names, and those that are now in its groups.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MutedPeers)]
struct MutedPeersView {
    /// How many.
    total: usize,
    /// The first five, by name.
    names: Vec<String>,
}

/// A rule that a silence would mute.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MutedRule)]
struct MutedRuleView {
    rule_id: Uuid,
    rule_name: String,
    severity: Severity,
    /// Whether it is the one that tells that an account cannot be read.
    is_built_in: bool,
    /// In how many accounts.
    accounts: usize,
    /// The first five of them.
    account_names: Vec<String>,
}

/// An alert that a silence would mute.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MutedAlert)]
struct MutedAlertView {
    id: Uuid,
    title: String,
    severity: Severity,
    status: AlertStatus,
    rule_name: String,
    account_name: String,
}

impl From<Alert> for MutedAlertView {
    fn from(alert: Alert) -> Self {
        Self {
            id: alert.id.uuid(),
            title: alert.title_now().to_owned(),
            severity: alert.severity,
            status: alert.status,
            rule_name: alert.rule_name,
            account_name: alert.account_name,
        }
    }
}

/// Ask what a silence would mute
///
/// Nothing is made.
#[utoipa::path(post, path = "/api/alerts/silences/preview", operation_id = "previewSilence", tag = "alerts",
    request_body = PreviewSilence, responses((status = 200, description = "What it would mute", body = PreviewView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<PreviewSilence>,
) -> Result<Json<PreviewView>, Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let (mut names, mut alerts) = tokio::try_join!(Nameable::of(&platform, tenant), async {
        platform.store.worst_alerts(tenant, None, LOOKED_THROUGH).await.map_err(Problem::from)
    })?;
    let mut problems = Problems::default();
    let whose = (tenant, &Matchers::default());
    let (matchers, things) = request.matchers.read(&platform, &names, whose, &mut problems).await?;
    let silence = Silence {
        matchers,
        starts_at: request.starts_at.unwrap_or(now),
        ends_at: request.ends_at,
        recurrence: request.recurrence.map(Weekly::from),
        ..blank(SilenceId::from_uuid(Uuid::nil()), tenant, caller.person(), now)
    };
    silence.check_what_and_when(now, &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let matchers = &silence.matchers;
    let is_muted =
        |alert: &Alert| matchers.match_rule(alert.rule, alert.severity, alert.account) && things.mute(matchers, alert);
    alerts.retain(is_muted);
    let meant = if matchers.names_things() { things.meant(matchers) } else { Vec::new() };
    let (mutes, alerts_total) = (matchers.words(&names), alerts.len());
    names.rules.push(Rule::account_unreachable(tenant, now));
    let rules = names.rules.iter().filter(|rule| things.may_mute(matchers, &meant, rule));
    let rules: Vec<MutedRuleView> = rules.filter_map(|rule| muted(rule, matchers, &names)).collect();
    Ok(Json(PreviewView {
        mutes,
        when: silence.when(),
        windows: windows(&silence, now),
        pairs: rules.iter().map(|rule| rule.accounts).sum(),
        rules,
        peers: matchers.names_things().then(|| MutedPeersView {
            total: meant.len(),
            names: meant.iter().take(PEERS).map(|peer| peer.name.clone()).collect(),
        }),
        alerts: alerts.into_iter().take(ALERTS).map(MutedAlertView::from).collect(),
        alerts_total,
    }))
}

/// Where a rule would be muted, if it is anywhere.
fn muted(rule: &Rule, matchers: &Matchers, names: &Nameable) -> Option<MutedRuleView> {
    let is_muted = |account: AccountId| rule.covers(account) && matchers.match_rule(rule.id, rule.severity, account);
    let accounts: Vec<_> = names.accounts.iter().filter(|account| is_muted(account.id)).collect();
    (rule.enabled && !accounts.is_empty()).then(|| MutedRuleView {
        rule_id: rule.id.uuid(),
        rule_name: rule.name.clone(),
        severity: rule.severity,
        is_built_in: rule.id == ACCOUNT_UNREACHABLE,
        accounts: accounts.len(),
        account_names: accounts.iter().take(ACCOUNTS).map(|account| account.name.clone()).collect(),
    })
}
