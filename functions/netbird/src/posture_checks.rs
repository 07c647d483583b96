//! `GET /api/netbird/posture-checks`

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::{Policy, PostureCheck};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Beside, Index, Listing, Part};
use crate::names::{NamedRef, SHOWN};
use crate::posture_view::PostureChecksView;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PostureChecksQuery {
    /// Part of a name or a description, or of what a check says in words.
    search: Option<String>,
    /// Only this account's posture checks.
    account_id: Option<Uuid>,
    /// `name` or `policiesCount`; with `-` in front, the other way round.
    #[param(example = "name")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// What a peer must be like before a policy lets it through. It must pass everything that a check asks for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PostureCheck)]
pub(crate) struct PostureCheckView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    description: String,
    checks: PostureChecksView,
    /// Policies that ask for it; the first 10.
    policies: Vec<NamedRef>,
    /// How many policies ask for it.
    policies_count: usize,
    /// What it asks for, in words.
    #[schema(example = "client 0.60.0 or later; Linux kernel 5.0 or later, not Android, iOS, macOS, Windows")]
    sentence: String,
}

impl PostureCheckView {
    pub(crate) fn new(account: &Account, asking: &Asking, check: &PostureCheck) -> Self {
        Self {
            id: check.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: check.name.clone(),
            description: check.description.clone(),
            checks: PostureChecksView::from(&check.checks),
            policies_count: asking.count(check),
            policies: asking.first(check),
            sentence: check.checks.sentence(),
        }
    }
}

/// The policies that ask for checks: their places in the list of them, by the checks' ids.
pub(crate) struct Asking {
    policies: Option<Index<Policy>>,
    places: HashMap<String, Vec<usize>>,
}

impl Beside for Asking {
    async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        let policies = Index::<Policy>::read(store, tenant, sync).await?;
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, policy) in policies.iter().flat_map(Index::rows).enumerate() {
            for check in &policy.posture_checks {
                places.entry(check.clone()).or_default().push(place);
            }
        }
        Ok(Self { policies, places })
    }
}

impl Asking {
    fn count(&self, check: &PostureCheck) -> usize {
        self.places.get(&check.id).map_or(0, Vec::len)
    }

    /// The first of them.
    fn first(&self, check: &PostureCheck) -> Vec<NamedRef> {
        let places = self.places.get(&check.id).into_iter().flatten().take(SHOWN);
        let policies = places.filter_map(|place| self.policies.as_ref()?.at(*place));
        policies.map(|policy| NamedRef::new(&policy.id, Some(Some(&policy.name)))).collect()
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Policies,
}

impl Listing for Sort {
    type Row = PostureCheck;
    type Beside = Asking;
    const PATH: &'static str = "/api/netbird/posture-checks";
    const COLUMNS: &'static [&'static str] =
        &["id", "accountId", "accountName", "name", "description", "checks", "policies", "policiesCount", "sentence"];
    const SORTS: &'static [(&'static str, Self)] = &[("name", Self::Name), ("policiesCount", Self::Policies)];

    fn first(self, asking: &Asking, check: &PostureCheck) -> String {
        match self {
            Self::Name => String::new(),
            Self::Policies => format!("{:010}", asking.count(check)),
        }
    }

    fn name(check: &PostureCheck) -> &str {
        &check.name
    }
}

/// Posture checks
///
/// Of every connected account, each with a sentence that says what it asks for, and with the policies that ask for it; as of
/// the last time they were read: they take turns with other lists. After an update of the platform, posture checks may have
/// to be read anew first: 503 until then. 404 if no connected server gives posture checks: its release does not have them,
/// or the role of the token's user is too small.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `description`, `checks`, `policies`,
/// `policiesCount`, `sentence`.
#[utoipa::path(get, path = "/api/netbird/posture-checks", operation_id = "listPostureChecks", tag = "netbird",
    params(PostureChecksQuery), responses((status = 200, description = "A page of posture checks", content(
        (Vec<PostureCheckView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, or no server gives posture checks"),
    (status = 503, description = "The posture checks are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<PostureChecksQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |_: &Asking, check: &PostureCheck| {
        let has = |text: &str| text.to_lowercase().contains(&search);
        search.is_empty() || has(&check.name) || has(&check.description) || has(&check.checks.sentence())
    };
    part.answer(&platform, wanted, PostureCheckView::new).await
}
