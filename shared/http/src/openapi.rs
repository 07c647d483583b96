//! The OpenAPI document, from the rows.

use platform_core::access::Permission;
use platform_core::account::Reason;
use platform_core::validate::FieldError;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{AnyOf, ObjectBuilder, OneOf, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr,
    Required, ResponseBuilder, Schema,
};

use crate::conventions::{Creates, MAX_KEY};
use crate::endpoint::{Access, Endpoint};

/// The shape of an error answer, for the document only: [`crate::Problem`] writes it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Problem {
    /// Names the kind of problem.
    r#type: String,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened this time.
    detail: String,
    /// Names the request in our logs.
    request_id: String,
    /// Fields that are wrong.
    errors: Option<Vec<FieldProblem>>,
    /// The permission that the role does not hold.
    permission: Option<Permission>,
    /// The entity tag of what is there, where a request was for another.
    etag: Option<String>,
    /// Why NetBird could not be connected.
    reason: Option<Reason>,
}

#[derive(Serialize, ToSchema)]
struct FieldProblem {
    /// JSON pointer to the field.
    pointer: String,
    /// What is wrong and what would be right.
    detail: String,
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        Self { pointer: error.pointer, detail: error.detail }
    }
}

/// What a row promises, said of its operation.
fn promise<S>(
    endpoint: &Endpoint<S>,
    operation: &mut Operation,
    notes: &mut Vec<String>,
    refusals: &mut Vec<(&'static str, &'static str)>,
) {
    let text = |most: usize| Schema::from(ObjectBuilder::new().schema_type(Type::String).max_length(Some(most)));
    let mut header = |name: &str, description: &str, most: usize| {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(description))
            .schema(Some(text(most)))
            .build();
        operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
    };
    if let Some(creates) = endpoint.promises.creates {
        let kept = match creates {
            Creates::Answer => {
                "The same key with the same request gives the same answer again for 24 hours, and makes nothing."
            }
            Creates::Secret => {
                "The same key with the same request makes nothing again for 24 hours; since the answer holds a secret, \
                 it is not given twice: 409 says that it was done."
            }
        };
        header(
            "Idempotency-Key",
            &format!("Makes the request happen once: 1 to {MAX_KEY} printable ASCII characters. {kept}"),
            MAX_KEY,
        );
        refusals.push(("409", "A request with the same Idempotency-Key is under way, or its answer is not kept"));
        refusals.push(("422", "The input is not valid, or the Idempotency-Key was sent with another request"));
    }
    if endpoint.promises.resource.is_some() {
        if endpoint.method != HttpMethod::Get {
            header("If-Match", "The `ETag` of what is to be changed: refused if it was changed meanwhile.", 1_000);
            if endpoint.promises.as_seen {
                refusals.push(("428", "There is no `If-Match`"));
            }
            refusals.push(("412", "It was changed meanwhile; the problem names its present `etag`"));
        }
        notes.push("The answer's `ETag` names the version.".to_owned());
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response
                && status.starts_with('2')
                && status != "204"
            {
                let tag = HeaderBuilder::new().schema(Some(text(100))).description(Some("The version, for `If-Match`"));
                response.headers.insert("ETag".to_owned(), RefOr::T(tag.build()));
            }
        }
    }
}

/// The configuration of a condition: `{}` is one of several. Which of them is meant says another field.
const CONDITION_CONFIG: &str = "ConditionConfig";

/// A schema of which more than one alternative may fit a value, as far as that is so.
fn several(name: &str, schema: RefOr<Schema>) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::OneOf(OneOf { items, description, .. })) if name == CONDITION_CONFIG => {
            RefOr::T(Schema::AnyOf(AnyOf { items, description, ..AnyOf::new() }))
        }
        other => other,
    }
}

/// The document of these rows, and of what is said elsewhere than in them.
pub fn document<S>(endpoints: &[Endpoint<S>], said: Vec<(String, RefOr<Schema>)>, version: &str) -> OpenApi {
    let mut paths = PathsBuilder::new();
    let mut components = ComponentsBuilder::new()
        .security_scheme("accessToken", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    components = components.schema_from::<Problem>().schema_from::<FieldProblem>().schemas_from_iter(said);
    for endpoint in endpoints {
        let mut operation = endpoint.operation.clone();
        let mut refusals = vec![];
        if endpoint.method != HttpMethod::Get {
            refusals.extend([
                ("400", "The request cannot be read"),
                ("413", "The body is too large"),
                ("415", "The body is not JSON"),
            ]);
        }
        if endpoint.access != Access::Public {
            operation.security = Some(vec![SecurityRequirement::new("accessToken", Vec::<String>::new())]);
            refusals.push(("401", "Sign in first"));
        }
        let mut notes = Vec::new();
        if let Some(permission) = endpoint.access.permission() {
            notes.push(format!("Needs the permission `{permission}`."));
            refusals.push(("403", "The role does not hold the permission"));
        }
        if !endpoint.access.takes_tokens() && endpoint.access != Access::Public {
            notes.push("For people only: an API token is refused.".to_owned());
            refusals.push(("403", "An API token cannot do this"));
        }
        if endpoint.access.needs_password_session() {
            notes.push(
                "For those who signed in by password: a session begun by an identity provider is refused.".into(),
            );
        }
        promise(endpoint, &mut operation, &mut notes, &mut refusals);
        if !notes.is_empty() {
            notes.splice(0..0, operation.description.take());
            operation.description = Some(notes.join("\n\n"));
        }
        refusals.push(("422", "The input is not valid"));
        if endpoint.path.contains('{') {
            refusals.push(("404", "Not found"));
        }
        if endpoint.method != HttpMethod::Get {
            refusals.push(("403", "Another site made the browser send it"));
            refusals.push(("409", "Something else changed at the same moment"));
        }
        refusals.extend([("429", "Too many requests"), ("500", "Internal error"), ("503", "Not available just now")]);
        if let Some(permission) = endpoint.access.permission() {
            let extension = [("x-permission", json!(permission.name()))].into_iter().collect();
            operation.extensions = Some(extension);
        }
        let responses = &mut operation.responses.responses;
        for (status, description) in refusals {
            let refusal = || ResponseBuilder::new().description(description).build().into();
            responses.entry(status.to_owned()).or_insert_with(refusal);
        }
        // Whatever is refused, for whatever reason, is told in one form.
        for (status, response) in responses.iter_mut() {
            if let RefOr::T(response) = response
                && status.as_str() >= "400"
            {
                let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                response.content.insert("application/problem+json".to_owned(), RefOr::T(content));
            }
        }
        for (name, schema) in &endpoint.schemas {
            components = components.schema(name, several(name, schema.clone()));
        }
        paths = paths.path(&endpoint.path, PathItem::new(endpoint.method.clone(), operation));
    }
    let info = InfoBuilder::new()
        .title("NetBird Web Management Platform")
        .version(version)
        .description(Some("Watch and manage NetBird networks. Lists are arrays, cut into pages by `limit` and `cursor`; the next page is in the `Link` header, the number of all items in `X-Total-Count`."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components.build())).build()
}
