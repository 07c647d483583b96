//! `POST /api/alerts/rules/test`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::by_group::parts;
use platform_core::condition::{Condition, ConditionConfig, ConditionType, Observation};
use platform_core::evaluate::preview;
use platform_core::finding::Finding;
use platform_core::ids::AccountId;
use platform_core::known_group::KnownGroup;
use platform_core::network::Peer;
use platform_core::resource::Resource;
use platform_core::rule::{MAX_FOR, Rule};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_store::observed::{Observed, Wanted};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::alert_view::AffectedPeerView;
use crate::rule_ends::name_ends;
use crate::rule_groups::{GroupLists, find};
use crate::rule_logins;
use crate::rule_users::{self, UserLists};
use crate::rule_waits::{MissingListView, books, lacked, lacked_metric};

/// What a rule would watch for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TestAlertRule {
    condition_type: ConditionType,
    #[schema(value_type = ConditionConfig)]
    condition_config: Map<String, Value>,
    /// Only this account; every account of the tenant if absent.
    account_id: Option<Uuid>,
    /// The condition must hold this long before the rule fires; 0 if absent.
    #[schema(maximum = 1440)]
    for_minutes: Option<u32>,
}

/// What a rule would find now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleTest)]
pub(crate) struct RuleTestView {
    /// When it would fire, as a sentence.
    sentence: String,
    /// What it finds in each account that it would watch.
    accounts: Vec<AccountTestView>,
}

/// What a rule would find in an account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccountTest)]
struct AccountTestView {
    account_id: Uuid,
    account_name: String,
    /// As of when that is. Absent if nothing is known of the account now, so that no rule would fire.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
    /// Whether the condition holds.
    holds: bool,
    /// What an alert would say, in a sentence, if it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// How it is now, in a sentence, whether the condition holds or not: what is compared, of a condition about numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<String>,
    /// How many peers it looks at now, whether the condition holds or not; absent of a rule that chooses none, and where nothing
    /// is known of them. Of none it tells nothing: its groups or patterns of names fit nobody there.
    #[serde(skip_serializing_if = "Option::is_none")]
    looks_at: Option<u32>,
    /// How many peers are as the rule counts them.
    total: u32,
    /// Out of how many that it looks at, if the condition holds.
    of: u32,
    /// The first 20.
    peers: Vec<AffectedPeerView>,
    /// What it finds of each group, where the rule has an alert for each; else absent. Above is what it finds of the first for which
    /// the condition holds, and the numbers of all for which it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupTestView>>,
    /// Lists that the rule needs and that are not known of the account, or a metric of which no values came: until they are,
    /// it neither fires nor ends there.
    waits_for: Vec<MissingListView>,
}

/// What a rule would find of a group.
#[derive(Serialize, ToSchema)]
#[schema(as = GroupTest)]
struct GroupTestView {
    /// As it is called now.
    #[schema(example = "servers")]
    name: String,
    /// Whether the condition holds.
    holds: bool,
    /// What an alert would say, in a sentence, if it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// How many peers are as the rule counts them, if it holds.
    total: u32,
    /// Out of how many that it looks at.
    of: u32,
}

impl GroupTestView {
    fn new(name: String, finding: Option<&Finding>) -> Self {
        let (total, of) = finding.map_or((0, 0), |finding| (finding.affected.total, finding.affected.of));
        let title = finding.map(|finding| finding.title.clone());
        Self { name, holds: finding.is_some(), title, total, of }
    }
}

impl AccountTestView {
    /// Notes what holds: of several, what the first says, and how many they are about.
    fn note(&mut self, finding: Finding) {
        if !self.holds {
            self.title = Some(finding.title);
            self.peers = finding.affected.peers.into_iter().map(AffectedPeerView::from).collect();
        }
        self.holds = true;
        self.total = self.total.saturating_add(finding.affected.total);
        self.of = self.of.saturating_add(finding.affected.of);
    }
}

/// Test an alert rule
///
/// On what is known now, before it is saved; nothing is stored or told. What holds already when a rule that tells of each
/// peer is made opens an alert, of which nobody is told.
#[utoipa::path(post, path = "/api/alerts/rules/test", operation_id = "testRule", tag = "alerts",
    request_body = TestAlertRule, responses((status = 200, description = "What it would find", body = RuleTestView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<TestAlertRule>,
) -> Result<Json<RuleTestView>, Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let for_minutes = request.for_minutes.unwrap_or(0);
    let mut problems = Problems::default();
    problems.require(for_minutes <= MAX_FOR, "/forMinutes", format!("must be at most {MAX_FOR}"));
    let condition =
        Condition::read(request.condition_type, request.condition_config, "/conditionConfig", &mut problems);
    let (accounts, states) = tokio::try_join!(platform.store.accounts(tenant), platform.store.sync_states(tenant))?;
    let account = request.account_id.map(AccountId::from_uuid);
    if account.is_some_and(|account| accounts.iter().all(|known| known.id != account)) {
        problems.push("/accountId", "is not a connected account");
    }
    if let Some(condition) = &condition {
        condition.check_for(for_minutes, &mut problems);
        condition.check_account(account, &mut problems);
    }
    let Some(condition) = condition else {
        problems.finish().map_err(Problem::validation)?;
        return Err(Problem::internal("input without problems is incomplete"));
    };
    let mut rule = Rule { condition, account, for_minutes, ..Rule::account_unreachable(tenant, now) };
    let _turn = platform.list_turn(tenant).await?;
    name_ends(&platform, &mut rule, &mut problems).await?;
    let known = find(&GroupLists::of(&platform, tenant), &rule, &accounts, &[], &mut problems).await?;
    rule_logins::check(&platform, &rule, &accounts, &mut problems).await?;
    let users = UserLists::of(&platform, tenant).within_turn();
    rule_users::check(&users, &rule, &accounts, &mut problems).await?;
    problems.finish().map_err(Problem::validation)?;

    let watch = rule.condition.watch();
    let wanted = Wanted::from_iter([watch]);
    let books = books(&platform, tenant, &rule, &accounts).await?;
    let mut found = Vec::new();
    for account in accounts.iter().filter(|account| rule.covers(account.id)) {
        let mut view = AccountTestView {
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            as_of: None,
            holds: false,
            title: None,
            present: None,
            looks_at: None,
            total: 0,
            of: 0,
            peers: Vec::new(),
            groups: None,
            waits_for: Vec::new(),
        };
        let is_readable = |sync: &&SyncState| sync.stands_for(now).is_some() || watch.measures().is_some();
        let sync = states.iter().find(|sync| sync.account == account.id).filter(is_readable);
        view.waits_for = sync.map(|sync| lacked(&rule, sync)).unwrap_or_default();
        view.waits_for.extend(lacked_metric(&rule, books.get(&account.id), now));
        // One network after the other, so that a hundred large ones are never in memory at once.
        let (peers, observed) = match sync {
            Some(sync) => {
                let peers = match watch.measures() {
                    None => platform.store.snapshot::<Peer>(tenant, account.id, sync.snapshot(Resource::Peers)).await?,
                    Some(_) => Some(Arc::default()),
                };
                let known = peers.as_deref().map_or(&[][..], Vec::as_slice);
                let observed = platform.store.observe(tenant, sync, known, &wanted).await?;
                (peers, observed)
            }
            None => (None, Observed::default()),
        };
        if let (Some(sync), Some(peers), true) = (sync, peers, observed.suffices(watch)) {
            // What is read seldom is judged as it was read.
            let now = if watch.measures().is_some() { now } else { sync.stands_for(now).unwrap_or(now) };
            let groups: &[KnownGroup] =
                known.iter().find(|(one, _)| one.id == account.id).map_or(&[], |(_, groups)| groups.as_slice());
            let (peers, lists) = (peers.as_slice(), &observed.lists);
            let access = observed.access(peers, &wanted);
            tokio::task::yield_now().await;
            let seen = Observation {
                account: account.id,
                account_name: &account.name,
                sync,
                peers,
                groups,
                lists,
                since: Timestamp::MIN,
                access: access.as_ref(),
                quiet: None,
            };
            view.as_of = match watch.measures() {
                None => sync.last_sync,
                Some(_) => watch.knows(seen, now).then_some(now),
            };
            view.looks_at = watch.peer_filter().filter(|_| sync.is_current(now)).map(|filter| filter.count(seen));
            view.present = watch.measures().and_then(|watch| watch.present(seen, now));
            if watch.is_by_group() {
                let mut views = Vec::new();
                for part in parts(&rule, groups, &[]) {
                    let finding = preview(&rule, part.seen(seen), now);
                    views.push(GroupTestView::new(part.group.name.clone(), finding.as_ref()));
                    finding.into_iter().for_each(|finding| view.note(finding));
                    // Fifty groups of a large network take a while: others get their turn.
                    tokio::task::yield_now().await;
                }
                view.groups = Some(views);
            } else if let Some(finding) = preview(&rule, seen, now) {
                view.note(finding);
            }
            tokio::task::yield_now().await;
        }
        found.push(view);
    }
    Ok(Json(RuleTestView { sentence: rule.sentence(), accounts: found }))
}
