//! `GET /api/access/findings`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::{DnsSettings, NameserverGroup, SetupKey};
use platform_core::review::{Concern, ConcernKind, Configuration, Subject, review};
use platform_core::rule::Severity;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::one_of;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::Lists;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindingsQuery {
    /// The account whose network is looked at; if absent, the oldest.
    account_id: Option<Uuid>,
    /// Only these kinds, with commas between.
    #[param(example = "open-to-all,unrouted")]
    kind: Option<String>,
    /// Only of these severities, with commas between.
    #[param(example = "high,medium")]
    severity: Option<String>,
}

/// What stands out in a network's configuration.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessFindings)]
pub(crate) struct FindingsView {
    account_id: Uuid,
    account_name: String,
    /// What matters most first; at most 1000.
    findings: Vec<FindingView>,
    /// How many more there are of what is asked for.
    omitted: usize,
    /// Names of lists that are missing, or older than the others: what hangs on them was not looked for.
    unread: Vec<String>,
    /// When the account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// Something that stands out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessFinding)]
struct FindingView {
    /// The same in each answer, for as long as it stands.
    #[schema(example = "redundant:policy:d1k5c8aqmd2opbica0p0:0")]
    id: String,
    kind: ConcernKind,
    severity: Severity,
    subject: SubjectView,
    /// It in a sentence.
    sentence: String,
    /// What to do about it.
    advice: &'static str,
}

/// What a finding is about.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessFindingSubject)]
struct SubjectView {
    #[serde(rename = "type")]
    kind: Subject,
    /// NetBird's id.
    id: String,
    name: String,
    /// The place of the rule in the policy, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<usize>,
}

impl From<Concern> for FindingView {
    fn from(concern: Concern) -> Self {
        let Concern { kind, subject, id, name, rule, sentence } = concern;
        let place = rule.map(|rule| format!(":{rule}")).unwrap_or_default();
        Self {
            id: format!("{}:{}:{id}{place}", kind.name(), subject.name()),
            kind,
            severity: kind.severity(),
            subject: SubjectView { kind: subject, id, name, rule },
            sentence,
            advice: kind.advice(),
        }
    }
}

/// What stands out in a network's configuration
///
/// Rules that let everybody do everything, that say no more than others, that others overrule, that are about nobody; networks
/// and routes without a routing peer, or with a single one; setup keys without an end; groups and posture checks that nothing
/// names. By the account's configuration as of its last sync. 503 while lists have to be read anew.
#[utoipa::path(get, path = "/api/access/findings", operation_id = "listFindings", tag = "access", params(FindingsQuery),
    responses((status = 200, description = "The findings", body = FindingsView),
    (status = 404, description = "No such account, or none at all"),
    (status = 409, description = "The network is too large to be judged"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<FindingsQuery>,
) -> Result<Json<FindingsView>, Problem> {
    let kinds: Vec<ConcernKind> = one_of(query.kind.as_deref(), "/kind")?;
    let severities: Vec<Severity> = one_of(query.severity.as_deref(), "/severity")?;
    let mut lists = Lists::read(&platform, reader.tenant, query.account_id).await?;
    let nameservers = lists.also::<NameserverGroup>(&platform).await?;
    let dns = lists.also::<DnsSettings>(&platform).await?;
    let keys = lists.also::<SetupKey>(&platform).await?;
    let now = platform.now();
    // Of a large network this takes milliseconds: other requests go on meanwhile.
    let looked = tokio::task::spawn_blocking(move || {
        let seen = Configuration {
            lists: lists.inventory(),
            nameservers: nameservers.as_deref().map(Vec::as_slice),
            dns: dns.as_deref().map(Vec::as_slice),
            setup_keys: keys.as_deref().map(Vec::as_slice),
        };
        let wanted = |one: &Concern| {
            (kinds.is_empty() || kinds.contains(&one.kind))
                && (severities.is_empty() || severities.contains(&one.kind.severity()))
        };
        let (concerns, omitted) = review(seen, wanted, now);
        FindingsView {
            account_id: lists.account.id.uuid(),
            account_name: lists.account.name.clone(),
            findings: concerns.into_iter().map(FindingView::from).collect(),
            omitted,
            unread: lists.unread.clone(),
            as_of: lists.as_of(),
        }
    });
    looked.await.map_err(Problem::internal).map(Json)
}
