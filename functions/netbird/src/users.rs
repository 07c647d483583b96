//! `GET /api/netbird/users`

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::network::User;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use platform_store::sortable;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Order, Part};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsersQuery {
    /// Part of a name, an email address or an id.
    search: Option<String>,
    /// A role in NetBird, such as `admin`.
    role: Option<String>,
    /// `active`, `invited` or `blocked`.
    status: Option<String>,
    /// Only service users, or only people.
    is_service_user: Option<bool>,
    /// Only this account's users.
    account_id: Option<Uuid>,
    /// `name`, `email`, `role`, `status` or `lastLogin`; with `-` in front, the other way round.
    #[param(example = "-lastLogin")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// A user of a connected network; not one of this platform.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetbirdUser)]
pub(crate) struct UserView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    /// Empty for service users.
    email: String,
    /// Role in NetBird.
    #[schema(example = "admin")]
    role: String,
    /// `active`, `invited` or `blocked`.
    #[schema(example = "active")]
    status: String,
    is_service_user: bool,
    is_blocked: bool,
    /// Somebody must approve the user first.
    pending_approval: bool,
    /// How the user came to be; empty on servers that do not tell.
    #[schema(example = "api")]
    issued: String,
    /// Last login to NetBird's dashboard; absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Timestamp>,
}

impl UserView {
    fn new(account: &Account, user: &User) -> Self {
        Self {
            id: user.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role.clone(),
            status: user.status.clone(),
            is_service_user: user.is_service_user,
            is_blocked: user.is_blocked,
            pending_approval: user.pending_approval,
            issued: user.issued.clone(),
            last_login: user.last_login,
        }
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Email,
    Role,
    Status,
    LastLogin,
}

const SORTS: &[(&str, Sort)] = &[
    ("name", Sort::Name),
    ("email", Sort::Email),
    ("role", Sort::Role),
    ("status", Sort::Status),
    ("lastLogin", Sort::LastLogin),
];

impl Sort {
    /// What a user is sorted by, as text that sorts alike; the ids make it unique.
    fn place(self, account: &Account, user: &User) -> String {
        let first = match self {
            Sort::Name => String::new(),
            Sort::Email => user.email.to_lowercase(),
            Sort::Role => user.role.to_lowercase(),
            Sort::Status => user.status.to_lowercase(),
            // Who never logged in comes before who did long ago.
            Sort::LastLogin => user.last_login.map(sortable).unwrap_or_default(),
        };
        format!("{first}\u{1}{}\u{1}{}\u{1}{}", user.name.to_lowercase(), user.id, account.id)
    }
}

/// Users of NetBird
///
/// Of every connected account, service users too, as of the last time they were read: they take turns with other lists.
/// After an update of the platform, users may have to be read anew first: 503 until the next sync.
#[utoipa::path(get, path = "/api/netbird/users", operation_id = "listNetbirdUsers", tag = "netbird", params(UsersQuery),
    responses((status = 200, description = "A page of users", body = Vec<UserView>),
    (status = 404, description = "No such account"),
    (status = 503, description = "The users are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<UsersQuery>,
) -> Result<Response, Problem> {
    let order = Order::parse(query.sort.as_deref(), SORTS)?;
    let limit = limit(query.limit)?;
    let filters = [
        ("search", query.search.clone()),
        ("role", query.role.clone()),
        ("status", query.status.clone()),
        ("isServiceUser", query.is_service_user.map(|is| is.to_string())),
        ("accountId", query.account_id.map(|id| id.to_string())),
        ("sort", query.sort.clone()),
    ];
    let list = Paged::new(reader.tenant, "/api/netbird/users", &filters);
    let after = list.open(query.cursor.as_deref())?;

    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |user: &User| {
        let texts = [&user.name, &user.email, &user.id];
        query.role.as_deref().is_none_or(|role| role == user.role)
            && query.status.as_deref().is_none_or(|status| status == user.status)
            && query.is_service_user.is_none_or(|is| is == user.is_service_user)
            && (search.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&search)))
    };
    let part = Part { tenant: reader.tenant, account: query.account_id, order, after, limit };
    let place = |account: &Account, user: &User| wanted(user).then(|| order.by.place(account, user));
    let page = part.page(&platform, place, UserView::new).await?;
    Ok(list.answer(page.items, page.next.as_deref(), page.total, limit))
}
