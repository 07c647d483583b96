//! `POST /api/setup`

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use platform_core::password;
use platform_core::tenancy::{Email, SignInMethod};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract::Json;
use platform_identity::bootstrap::{FirstOwner, create_first_tenant};
use platform_identity::sources;
use platform_runtime::Platform;
use platform_runtime::platform::SetupCode;
use platform_store::StoreError;
use serde::Deserialize;
use utoipa::ToSchema;

use platform_identity::sign_in::{AuthResponse, UserProfile, begin, signed_in};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SetupRequest {
    #[schema(example = "Acme Networks", max_length = 100)]
    tenant_name: String,
    /// The owner's name.
    #[schema(max_length = 100)]
    name: String,
    email: String,
    /// At least 15 characters.
    password: String,
    /// The code from the deployment's secrets, if one is asked for.
    setup_code: Option<String>,
}

/// The first set-up
///
/// Makes the first tenant and its owner, and signs the owner in. Works once.
#[utoipa::path(post, path = "/api/setup", operation_id = "setup", tag = "auth",
    request_body = SetupRequest, responses((status = 201, description = "Set up and signed in", body = AuthResponse),
    (status = 401, description = "The set-up code is wrong"), (status = 409, description = "It was set up before")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    Json(request): Json<SetupRequest>,
) -> Result<Response, Problem> {
    if let SetupCode::Needed(code) = &platform.setup_code {
        let given = request.setup_code.as_deref().unwrap_or_default();
        verify_slices_are_equal(code.expose().as_bytes(), given.trim().as_bytes())
            .map_err(|_| Problem::unauthenticated("the set-up code is wrong"))?;
    }
    let mut problems = Problems::default();
    problems.text("/tenantName", &request.tenant_name, 1, 100);
    problems.text("/name", &request.name, 1, 100);
    let known = [request.email.as_str(), &request.name, &request.tenant_name];
    if let Err(wrong) = password::check(&request.password, false, &known) {
        problems.push("/password", wrong);
    }
    let email = request.email.parse::<Email>();
    if let Err(error) = &email {
        problems.push("/email", error.to_string());
    }
    problems.finish().map_err(Problem::validation)?;
    let owner = FirstOwner {
        tenant_name: request.tenant_name.trim().to_owned(),
        name: request.name.trim().to_owned(),
        email: email.map_err(|error| Problem::field("/email", error.to_string()))?,
        password: request.password,
    };
    let done = || Problem::conflict("the platform was set up before; sign in instead");
    if platform.store.setup_done().await?.is_some() {
        return Err(done());
    }
    let (user, membership) = create_first_tenant(&platform, owner).await.map_err(|error| match error {
        StoreError::Conflict => done(),
        other => other.into(),
    })?;
    let client = sources::named(&platform, client);
    let method = SignInMethod::Password;
    let session = begin(&platform, &user, &membership, method, false, &client).await?;
    let profile = UserProfile::new(&user, &membership, std::slice::from_ref(&membership), Some(method), None);
    signed_in(&platform, StatusCode::CREATED, &client, &session, &membership, profile)
}
