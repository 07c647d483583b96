//! `GET /api/netbird/setup-keys`

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::network::SetupKey;
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
use crate::names::{NamedRef, Names};

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SetupKeysQuery {
    /// Part of a name, or how a key begins.
    search: Option<String>,
    /// State, as NetBird calls it.
    #[param(example = "valid")]
    state: Option<String>,
    /// `reusable` or `one-off`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Name of a group that peers are put into.
    group: Option<String>,
    /// Only this account's setup keys.
    account_id: Option<Uuid>,
    /// `name`, `state`, `expires`, `lastUsed` or `usedTimes`; with `-` in front, the other way round. What never expires
    /// comes after what does.
    #[param(example = "expires")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// A key by which peers join a connected network without a user.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SetupKey)]
pub(crate) struct SetupKeyView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    /// How the key begins. The platform does not know the rest.
    #[schema(example = "1DF7C****")]
    key: String,
    /// `reusable` or `one-off`.
    #[serde(rename = "type")]
    #[schema(example = "reusable")]
    kind: String,
    /// `valid`, `overused`, `expired` or `revoked`.
    #[schema(example = "valid")]
    state: String,
    /// Peers that join by it are removed when they are gone for a while.
    ephemeral: bool,
    /// Peers that join by it may bring names of their own.
    allow_extra_dns_labels: bool,
    /// How many peers joined by it.
    used_times: u32,
    /// How many may; without a limit if 0.
    usage_limit: u32,
    /// From when on it is no good; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Timestamp>,
    /// When a peer last joined by it; absent if none did.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used: Option<Timestamp>,
    /// When it was changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<Timestamp>,
    /// Groups that peers are put into; the first 10.
    auto_groups: Vec<NamedRef>,
    /// How many those are.
    auto_groups_count: usize,
}

impl SetupKeyView {
    pub(crate) fn new(account: &Account, names: &Names, key: &SetupKey, now: Timestamp) -> Self {
        Self {
            id: key.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: key.name.clone(),
            key: key.key.clone(),
            kind: key.kind.clone(),
            state: key.state_at(now).to_owned(),
            ephemeral: key.ephemeral,
            allow_extra_dns_labels: key.allow_extra_dns_labels,
            used_times: key.used_times,
            usage_limit: key.usage_limit,
            expires: key.expires,
            last_used: key.last_used,
            updated_at: key.updated_at,
            auto_groups: names.groups(&key.auto_groups),
            auto_groups_count: key.auto_groups.len(),
        }
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    State,
    Expires,
    LastUsed,
    UsedTimes,
}

impl Listing for Sort {
    type Row = SetupKey;
    type Beside = Names;
    const PATH: &'static str = "/api/netbird/setup-keys";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "name",
        "key",
        "type",
        "state",
        "ephemeral",
        "allowExtraDnsLabels",
        "usedTimes",
        "usageLimit",
        "expires",
        "lastUsed",
        "updatedAt",
        "autoGroups",
        "autoGroupsCount",
    ];
    const SORTS: &'static [(&'static str, Self)] = &[
        ("name", Self::Name),
        ("state", Self::State),
        ("expires", Self::Expires),
        ("lastUsed", Self::LastUsed),
        ("usedTimes", Self::UsedTimes),
    ];

    fn first(self, _: &Names, key: &SetupKey) -> String {
        match self {
            Self::Name => String::new(),
            Self::State => key.state.to_lowercase(),
            Self::Expires => key.expires.map_or_else(|| "never".to_owned(), sortable),
            Self::LastUsed => key.last_used.map(sortable).unwrap_or_default(),
            Self::UsedTimes => format!("{:010}", key.used_times),
        }
    }

    fn name(key: &SetupKey) -> &str {
        &key.name
    }
}

/// Setup keys
///
/// Of every connected account; of the keys themselves no more is known than how they begin. As of the last time they were
/// read: they take turns with other lists. After an update of the platform, setup keys may have to be read anew first: 503
/// until then. 404 if no connected server gives setup keys: its release does not have them, or the role of the token's user
/// is too small.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `key`, `type`, `state`, `ephemeral`,
/// `allowExtraDnsLabels`, `usedTimes`, `usageLimit`, `expires`, `lastUsed`, `updatedAt`, `autoGroups`,
/// `autoGroupsCount`.
#[utoipa::path(get, path = "/api/netbird/setup-keys", operation_id = "listSetupKeys", tag = "netbird",
    params(SetupKeysQuery), responses((status = 200, description = "A page of setup keys", content(
        (Vec<SetupKeyView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, or no server gives setup keys"),
    (status = 503, description = "The setup keys are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<SetupKeysQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let now = platform.now();
    let wanted = |names: &Names, key: &SetupKey| {
        query.state.as_deref().is_none_or(|state| state == key.state_at(now))
            && query.kind.as_deref().is_none_or(|kind| kind == key.kind)
            && query.group.as_deref().is_none_or(|group| names.has_group(&key.auto_groups, group))
            && [&key.name, &key.key].iter().any(|text| text.to_lowercase().contains(&search))
    };
    part.answer(&platform, wanted, |account, names, key| SetupKeyView::new(account, names, key, now)).await
}
