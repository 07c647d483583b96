//! `GET /api/netbird/nameservers`

use axum::extract::State;
use axum::response::Response;
use platform_core::account::Account;
use platform_core::network::NameserverGroup;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Listing, Part};
use crate::names::{NamedRef, Names};

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NameserversQuery {
    /// Part of a name or a description, of a domain, or of a nameserver's address.
    search: Option<String>,
    /// Only nameservers in force, or only those switched off.
    enabled: Option<bool>,
    /// Name of a group whose peers use them.
    group: Option<String>,
    /// Only this account's nameservers.
    account_id: Option<Uuid>,
    /// `name`, `enabled` or `primary`; with `-` in front, the other way round.
    #[param(example = "name")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Nameservers that resolve some domains, or all others, for the peers of groups.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NameserverGroup)]
pub(crate) struct NameserverGroupView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    description: String,
    enabled: bool,
    /// They resolve every domain that no others do.
    primary: bool,
    nameservers: Vec<NameserverView>,
    /// The domains that they resolve; none where they are primary.
    domains: Vec<String>,
    /// Peers try the domains after a name without dots.
    search_domains_enabled: bool,
    /// Groups whose peers use them; the first 10.
    groups: Vec<NamedRef>,
    /// How many those are.
    groups_count: usize,
    /// What it says, in words.
    #[schema(example = "corp.example is resolved by 10.10.0.53 for laptops")]
    sentence: String,
}

/// A nameserver.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Nameserver)]
struct NameserverView {
    #[schema(example = "10.10.0.53")]
    ip: String,
    /// How it is asked.
    #[schema(example = "udp")]
    ns_type: String,
    #[schema(example = 53)]
    port: u16,
}

impl NameserverGroupView {
    pub(crate) fn new(account: &Account, names: &Names, group: &NameserverGroup) -> Self {
        let nameservers = group.nameservers.iter().map(|server| NameserverView {
            ip: server.ip.clone(),
            ns_type: server.kind.clone(),
            port: server.port,
        });
        Self {
            id: group.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: group.name.clone(),
            description: group.description.clone(),
            enabled: group.enabled,
            primary: group.primary,
            nameservers: nameservers.collect(),
            domains: group.domains.clone(),
            search_domains_enabled: group.search_domains_enabled,
            sentence: group.sentence(&names.groups_called(&group.groups)),
            groups: names.groups(&group.groups),
            groups_count: group.groups.len(),
        }
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Enabled,
    Primary,
}

impl Listing for Sort {
    type Row = NameserverGroup;
    type Beside = Names;
    const PATH: &'static str = "/api/netbird/nameservers";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "name",
        "description",
        "enabled",
        "primary",
        "nameservers",
        "domains",
        "searchDomainsEnabled",
        "groups",
        "groupsCount",
        "sentence",
    ];
    const SORTS: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("enabled", Self::Enabled), ("primary", Self::Primary)];

    fn first(self, _: &Names, group: &NameserverGroup) -> String {
        match self {
            Self::Name => String::new(),
            Self::Enabled => u8::from(group.enabled).to_string(),
            Self::Primary => u8::from(group.primary).to_string(),
        }
    }

    fn name(group: &NameserverGroup) -> &str {
        &group.name
    }
}

/// Nameservers
///
/// Of every connected account, each with a sentence that says what is resolved by whom and for whom; as of the last time they
/// were read: they take turns with other lists. After an update of the platform, nameservers may have to be read anew first:
/// 503 until then. 404 if no connected server gives nameservers: its release does not have them, or the role of the token's
/// user is too small.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `description`, `enabled`, `primary`,
/// `nameservers`, `domains`, `searchDomainsEnabled`, `groups`, `groupsCount`, `sentence`.
#[utoipa::path(get, path = "/api/netbird/nameservers", operation_id = "listNameservers", tag = "netbird",
    params(NameserversQuery), responses((status = 200, description = "A page of nameservers", content(
        (Vec<NameserverGroupView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, or no server gives nameservers"),
    (status = 503, description = "The nameservers are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<NameserversQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let has = |text: &String| text.to_lowercase().contains(&search);
    let wanted = |names: &Names, group: &NameserverGroup| {
        query.enabled.is_none_or(|is| is == group.enabled)
            && query.group.as_deref().is_none_or(|name| names.has_group(&group.groups, name))
            && (has(&group.name)
                || has(&group.description)
                || group.domains.iter().any(has)
                || group.nameservers.iter().any(|server| has(&server.ip)))
    };
    part.answer(&platform, wanted, NameserverGroupView::new).await
}
