//! `PUT /api/auth/profile`

use axum::Json;
use axum::extract::State;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::extract;
use platform_http::gate::Person;
use platform_identity::account;
use platform_identity::sign_in::UserProfile;
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateProfileRequest {
    #[schema(example = "Ada Lovelace", max_length = 100)]
    name: String,
}

/// Change one's name
#[utoipa::path(put, path = "/api/auth/profile", operation_id = "updateProfile", tag = "auth",
    request_body = UpdateProfileRequest, responses((status = 200, description = "The user", body = UserProfile)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<UpdateProfileRequest>,
) -> Result<Json<UserProfile>, Problem> {
    let mut problems = Problems::default();
    problems.text("/name", &request.name, 1, 100);
    problems.require(!request.name.contains('\n'), "/name", "must be one line");
    problems.finish().map_err(Problem::validation)?;
    let gone = || Problem::unauthenticated("the session has ended");
    let caller = &person.caller;
    let id = caller.membership.user;
    let changed = platform.store.retry(|| async {
        let mut user = platform.store.user(id).await?.ok_or_else(gone)?;
        let places = account::places(&platform, id).await?;
        let old = json!({ "name": user.name });
        request.name.trim().clone_into(&mut user.name);
        let mut transaction = platform.store.transaction();
        transaction.replace_user(&mut user)?;
        account::carry(&mut transaction, &user, &places)?;
        let change = (Some(old), Some(json!({ "name": user.name })));
        account::audit(&platform, &mut transaction, &places, &caller.actor(), "profile.update", &change)?;
        transaction.commit().await?;
        Ok::<_, Problem>((user, places))
    });
    let (user, mut places) = changed.await?;
    account::carry_on(&platform, &user, &places).await?;
    for place in &mut places {
        place.name.clone_from(&user.name);
    }
    let here = places.iter().find(|place| place.tenant == caller.tenant).ok_or_else(gone)?;
    Ok(Json(UserProfile::new(&user, here, &places, Some(person.session.method), None)))
}
