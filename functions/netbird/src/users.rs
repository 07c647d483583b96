//! `GET /api/netbird/users`

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::network::User;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_store::sortable;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Listing, Part};

#[derive(Deserialize, Serialize, IntoParams)]
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
    pub(crate) fn new(account: &Account, user: &User) -> Self {
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

impl Listing for Sort {
    type Row = User;
    type Beside = ();
    const PATH: &'static str = "/api/netbird/users";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "name",
        "email",
        "role",
        "status",
        "isServiceUser",
        "isBlocked",
        "pendingApproval",
        "issued",
        "lastLogin",
    ];
    const SORTS: &'static [(&'static str, Self)] = &[
        ("name", Self::Name),
        ("email", Self::Email),
        ("role", Self::Role),
        ("status", Self::Status),
        ("lastLogin", Self::LastLogin),
    ];

    fn first(self, (): &(), user: &User) -> String {
        match self {
            Self::Name => String::new(),
            Self::Email => user.email.to_lowercase(),
            Self::Role => user.role.to_lowercase(),
            Self::Status => user.status.to_lowercase(),
            // Who never logged in comes before who did long ago.
            Self::LastLogin => user.last_login.map(sortable).unwrap_or_default(),
        }
    }

    fn name(user: &User) -> &str {
        &user.name
    }
}

/// Users of NetBird
///
/// Of every connected account, service users too, as of the last time they were read: they take turns with other lists.
/// After an update of the platform, users may have to be read anew first: 503 until the next sync.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `email`, `role`, `status`, `isServiceUser`,
/// `isBlocked`, `pendingApproval`, `issued`, `lastLogin`.
#[utoipa::path(get, path = "/api/netbird/users", operation_id = "listNetbirdUsers", tag = "netbird", params(UsersQuery),
    responses((status = 200, description = "A page of users", content(
        (Vec<UserView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account"),
    (status = 503, description = "The users are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<UsersQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |(): &(), user: &User| {
        let texts = [&user.name, &user.email, &user.id];
        query.role.as_deref().is_none_or(|role| role == user.role)
            && query.status.as_deref().is_none_or(|status| status == user.status)
            && query.is_service_user.is_none_or(|is| is == user.is_service_user)
            && (search.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&search)))
    };
    part.answer(&platform, wanted, |account, (), user| UserView::new(account, user)).await
}
