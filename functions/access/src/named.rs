//! What answers name: ends of questions, and policies.

use platform_core::network::Policy;
use platform_core::reach::{End, Model, NamedPolicy};
use serde::Serialize;
use utoipa::ToSchema;

/// One side of a question.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessEnd)]
pub(crate) struct EndView {
    /// `peer`, `group`, `user`, `any`, `resource`, `route`, `domain` or `address`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// NetBird's id; of `any` that word, of a domain its name, of an address itself or its range.
    id: String,
    name: String,
}

impl EndView {
    pub(crate) fn new(model: &Model<'_>, end: &End) -> Self {
        Self { kind: end.kind(), id: end.id().to_owned(), name: model.called(end) }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = AccessPolicy)]
pub(crate) struct PolicyView {
    /// NetBird's id.
    id: String,
    name: String,
}

impl From<&Policy> for PolicyView {
    fn from(policy: &Policy) -> Self {
        Self { id: policy.id.clone(), name: policy.name.clone() }
    }
}

impl From<NamedPolicy> for PolicyView {
    fn from(policy: NamedPolicy) -> Self {
        let NamedPolicy { id, name } = policy;
        Self { id, name }
    }
}
