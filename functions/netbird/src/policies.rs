//! `GET /api/netbird/policies`

use axum::extract::State;
use axum::response::Response;
use platform_core::account::Account;
use platform_core::network::Policy;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::lists::{Order, Part};
use crate::policy_view::PolicyView;

#[derive(Deserialize, IntoParams)]
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

const SORTS: &[(&str, Sort)] = &[("name", Sort::Name), ("enabled", Sort::Enabled)];

impl Sort {
    /// What a policy is sorted by, as text that sorts alike; the ids make it unique.
    fn place(self, account: &Account, policy: &Policy) -> String {
        let first = match self {
            Sort::Name => "",
            Sort::Enabled if policy.enabled => "1",
            Sort::Enabled => "0",
        };
        format!("{first}\u{1}{}\u{1}{}\u{1}{}", policy.name.to_lowercase(), policy.id, account.id)
    }
}

/// Access policies
///
/// Of every connected account, each with its rules and a sentence that says what a rule allows; as of the last time they
/// were read: they take turns with other lists. After an update of the platform, policies may have to be read anew first:
/// 503 until the next sync.
#[utoipa::path(get, path = "/api/netbird/policies", operation_id = "listPolicies", tag = "netbird", params(PoliciesQuery),
    responses((status = 200, description = "A page of policies", body = Vec<PolicyView>),
    (status = 404, description = "No such account"),
    (status = 503, description = "The policies are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<PoliciesQuery>,
) -> Result<Response, Problem> {
    let order = Order::parse(query.sort.as_deref(), SORTS)?;
    let limit = limit(query.limit)?;
    let filters = [
        ("search", query.search.clone()),
        ("enabled", query.enabled.map(|is| is.to_string())),
        ("group", query.group.clone()),
        ("accountId", query.account_id.map(|id| id.to_string())),
        ("sort", query.sort.clone()),
    ];
    let list = Paged::new(reader.tenant, "/api/netbird/policies", &filters);
    let after = list.open(query.cursor.as_deref())?;

    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |policy: &Policy| {
        let texts = [&policy.name, &policy.description];
        query.enabled.is_none_or(|is| is == policy.enabled)
            && query.group.as_deref().is_none_or(|group| policy.is_about(group))
            && (search.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&search)))
    };
    let part = Part { tenant: reader.tenant, account: query.account_id, order, after, limit };
    let place = |account: &Account, policy: &Policy| wanted(policy).then(|| order.by.place(account, policy));
    let page = part.page(&platform, place, PolicyView::new).await?;
    Ok(list.answer(page.items, page.next.as_deref(), page.total, limit))
}
