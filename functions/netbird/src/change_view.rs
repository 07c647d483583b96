//! A change of the configuration as the API shows it.

use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::change::{Actor, ChangeKind, Configuration, FieldChange, LoggedChange};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// A change of the configuration of a connected network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Change)]
pub struct ChangeView {
    id: String,
    account_id: Uuid,
    account_name: String,
    /// When it happened, where an event of NetBird's tells it; else when it was seen.
    at: Timestamp,
    /// When it was seen, by which changes are sorted.
    seen_at: Timestamp,
    /// When the list was last read before: without an event it happened between this and `at`. Absent if an event tells the
    /// time, or if nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Timestamp>,
    resource: Configuration,
    /// NetBird's id of what changed; empty if the change is about no thing (`omitted`, `uncompared`).
    item_id: String,
    /// Its name, the new one if that changed; a router has its id, what there is one of has none.
    item_name: String,
    kind: ChangeKind,
    /// What changed, in words.
    #[schema(example = json!(["Policy “laptops to servers”: rule “ssh”: ports: 443 added"]))]
    sentences: Vec<String>,
    /// The fields that differ, of an update.
    fields: Vec<FieldChangeView>,
    /// How many more differ.
    omitted_fields: usize,
    /// Who did it, if NetBird's activity log tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<ActorView>,
    /// NetBird's id of the event that tells of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    event_id: Option<String>,
}

/// A field that differs: of a list what it gained and lost, of anything else what it was and is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FieldChange)]
struct FieldChangeView {
    /// Its path, with dots between.
    #[schema(example = "rules.ssh.ports")]
    path: String,
    /// A text, a number or a switch; absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
    /// By name where the name is known; the first 50.
    added: Vec<String>,
    removed: Vec<String>,
    /// How much more was added.
    more_added: usize,
    /// How much more was removed.
    more_removed: usize,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChangeActor)]
struct ActorView {
    /// NetBird's id; empty for what a peer or the system did.
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// A change with the whole of what changed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChangeDetail)]
pub(crate) struct ChangeDetailView {
    #[serde(flatten)]
    change: ChangeView,
    raw: RawView,
}

/// The whole of it, without what is no configuration: counts, times of use, keys.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChangeRaw)]
struct RawView {
    /// Absent of what was created, of who is in a group, and of what is too large.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    /// Absent of what was deleted, of who is in a group, and of what is too large.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
    /// One of them was too large to be kept.
    is_cut: bool,
}

impl ChangeView {
    /// A change of an account.
    pub fn new(account: &Account, logged: LoggedChange) -> Self {
        Self::parts(account, logged).0
    }

    fn parts(account: &Account, logged: LoggedChange) -> (Self, RawView) {
        let at = logged.at();
        let LoggedChange { id, seen_at, change, .. } = logged;
        let raw = RawView { before: change.before, after: change.after, is_cut: change.is_cut };
        let view = Self {
            id: id.to_string(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            at,
            seen_at,
            after: change.since.filter(|_| change.by.is_none()),
            resource: change.resource,
            item_id: change.item_id,
            item_name: change.item_name,
            kind: change.kind,
            sentences: change.sentences,
            fields: change.fields.into_iter().map(FieldChangeView::from).collect(),
            omitted_fields: change.omitted_fields,
            event_id: change.by.as_ref().map(|by| by.event.clone()),
            by: change.by.map(ActorView::from),
        };
        (view, raw)
    }
}

impl ChangeDetailView {
    pub(crate) fn new(account: &Account, logged: LoggedChange) -> Self {
        let (change, raw) = ChangeView::parts(account, logged);
        Self { change, raw }
    }
}

impl From<FieldChange> for FieldChangeView {
    fn from(field: FieldChange) -> Self {
        let FieldChange { path, before, after, added, removed, more_added, more_removed } = field;
        Self { path, before, after, added, removed, more_added, more_removed }
    }
}

impl From<Actor> for ActorView {
    fn from(Actor { id, name, email, .. }: Actor) -> Self {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Self { id, name: some(name), email: some(email) }
    }
}
