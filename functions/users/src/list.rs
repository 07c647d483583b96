//! `GET /api/users`

use axum::extract::State;
use axum::response::Response;
use platform_core::access::Role;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of, order};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::view::{Entry, MemberStatus, PlatformUser, Sort, views};

const SORTS: [(&str, Sort); 5] = [
    ("createdAt", Sort::CreatedAt),
    ("name", Sort::Name),
    ("email", Sort::Email),
    ("role", Sort::Role),
    ("status", Sort::Status),
];

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsersQuery {
    /// Part of a name or an address, at most 200 characters.
    search: Option<String>,
    /// One or more of `owner`, `admin`, `network_admin`, `viewer`, with commas between.
    #[param(example = "owner,admin")]
    role: Option<String>,
    /// One or more of `active`, `inactive`, `invited`, with commas between.
    status: Option<String>,
    /// `createdAt`, `name`, `email`, `role` or `status`, with `-` in front for the other direction. `createdAt` if absent. Who has
    /// no name stands where the address does, and roles begin with the one that may do most.
    #[param(example = "-name")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Members and invitations
///
/// Oldest first, unless `sort` says otherwise. An invitation is in the list, with the status `invited`, until it is accepted or has expired.
#[utoipa::path(get, path = "/api/users", operation_id = "listUsers", tag = "users", params(UsersQuery),
    responses((status = 200, description = "A page of members and invitations", body = Vec<PlatformUser>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<UsersQuery>,
) -> Result<Response, Problem> {
    let mut problems = Problems::default();
    problems.text("/search", query.search.as_deref().unwrap_or_default(), 0, 200);
    problems.finish().map_err(Problem::validation)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let roles: Vec<Role> = one_of(query.role.as_deref(), "/role")?;
    let statuses: Vec<MemberStatus> = one_of(query.status.as_deref(), "/status")?;
    let limit = limit(query.limit)?;
    let (by, descending) = order(query.sort.as_deref(), &SORTS)?;
    let list = Paged::of(reader.tenant, "/api/users", &query);
    let after = list.open(query.cursor.as_deref())?;

    // A tenant has at most 1,000 members and 100 invitations: all are read, and what is wanted is picked out here.
    let (members, invitations) =
        tokio::try_join!(platform.store.members(reader.tenant), platform.store.invitations(reader.tenant))?;
    let all = members.into_iter().map(Entry::Member).chain(invitations.into_iter().map(Entry::Invited));
    let mut found: Vec<Entry> = all
        .filter(|entry| roles.is_empty() || roles.contains(&entry.role()))
        .filter(|entry| statuses.is_empty() || statuses.contains(&entry.status()))
        .filter(|entry| entry.matches(&search))
        .collect();
    found.sort_by_cached_key(|entry| entry.place(by));
    if descending {
        found.reverse();
    }
    let total = found.len();
    let is_past = |entry: &Entry, after: &String| {
        let place = entry.place(by);
        if descending { place >= *after } else { place <= *after }
    };
    let begin = after.map_or(0, |after| found.partition_point(|entry| is_past(entry, &after)));
    let page: Vec<Entry> = found.into_iter().skip(begin).take(limit).collect();
    let more = begin + page.len() < total;
    let next = page.last().filter(|_| more).map(|entry| entry.place(by));
    let views = views(&platform.store, reader.user, page).await?;
    Ok(list.answer(views, next.as_deref(), total, limit))
}
