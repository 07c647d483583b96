//! `GET /api/netbird/policies`

use axum::extract::State;
use axum::response::Response;
use platform_core::network::Policy;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::lists::{Listing, Part};
use crate::policy_view::{Checks, PolicyView};

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PoliciesQuery {
    /// Part of a name or a description.
    search: Option<String>,
    /// Only policies in force, or only those switched off.
    enabled: Option<bool>,
    /// Name of a group that one of its rules is about, on either side.
    group: Option<String>,
    /// Only this account's policies.
    account_id: Option<Uuid>,
    /// `name` or `enabled`; with `-` in front, the other way round.
    #[param(example = "name")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Enabled,
}

impl Listing for Sort {
    type Row = Policy;
    type Beside = Checks;
    const PATH: &'static str = "/api/netbird/policies";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "name",
        "description",
        "enabled",
        "sourcePostureChecks",
        "sourcePostureChecksCount",
        "rules",
    ];
    const SORTS: &'static [(&'static str, Self)] = &[("name", Self::Name), ("enabled", Self::Enabled)];

    fn first(self, _: &Checks, policy: &Policy) -> String {
        match self {
            Self::Name => String::new(),
            Self::Enabled => u8::from(policy.enabled).to_string(),
        }
    }

    fn name(policy: &Policy) -> &str {
        &policy.name
    }
}

/// Access policies
///
/// Of every connected account, each with its rules and a sentence that says what a rule allows; as of the last time they
/// were read: they take turns with other lists. After an update of the platform, policies may have to be read anew first:
/// 503 until the next sync.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `description`, `enabled`,
/// `sourcePostureChecks`, `sourcePostureChecksCount`, `rules`.
#[utoipa::path(get, path = "/api/netbird/policies", operation_id = "listPolicies", tag = "netbird", params(PoliciesQuery),
    responses((status = 200, description = "A page of policies", content(
        (Vec<PolicyView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account"),
    (status = 503, description = "The policies are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<PoliciesQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |_: &Checks, policy: &Policy| {
        let texts = [&policy.name, &policy.description];
        query.enabled.is_none_or(|is| is == policy.enabled)
            && query.group.as_deref().is_none_or(|group| policy.is_about(group))
            && (search.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&search)))
    };
    part.answer(&platform, wanted, PolicyView::new).await
}
