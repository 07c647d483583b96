//! `POST /api/auth/email/confirm`

use axum::Json;
use axum::extract::State;
use platform_core::ids::UserId;
use platform_core::link::LinkPurpose;
use platform_core::mail::MailAbout;
use platform_core::tenancy::{Email, User};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_identity::{account, links};
use platform_runtime::Platform;
use platform_store::Contended;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmEmailRequest {
    /// From the link in the mail.
    token: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ConfirmedEmail {
    /// To sign in with from now on.
    email: String,
}

/// Take another address
///
/// By the link that was mailed to it; the old address is told. Works once.
#[utoipa::path(post, path = "/api/auth/email/confirm", operation_id = "confirmEmail", tag = "security",
    request_body = ConfirmEmailRequest, responses((status = 200, description = "It is yours", body = ConfirmedEmail),
    (status = 410, description = "The link was used, has expired or never was")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<ConfirmEmailRequest>,
) -> Result<Json<ConfirmedEmail>, Problem> {
    let (link, purpose) = links::open(&platform, &client, &request.token).await?;
    let LinkPurpose::ConfirmEmail { user, email, password_changed_at } = purpose else {
        return Err(Problem::link_expired());
    };
    let confirmed = platform.store.retry(|| async {
        let known = platform.store.user(user).await?;
        let known = known.filter(|known| known.password_changed_at == password_changed_at && known.email != email);
        let known = known.ok_or_else(Problem::link_expired)?;
        match take(&platform, &client, &link, known, &email).await {
            // Was the link used, or the address taken, or did the user only sign in just then?
            Err(error) if error.is_conflict() && !is_open(&platform, &link, &email, user).await? => {
                Err(Problem::link_expired())
            }
            taken => taken,
        }
    });
    match confirmed.await {
        Err(error) if error.is_conflict() => Err(Problem::link_expired()),
        confirmed => confirmed.map(|()| Json(ConfirmedEmail { email: email.to_string() })),
    }
}

/// [`StoreError::Conflict`](platform_store::StoreError::Conflict) if something was changed at the same moment.
async fn take(platform: &Platform, client: &Client, link: &str, user: User, email: &Email) -> Result<(), Problem> {
    let places = account::places(platform, user.id).await?;
    let old = user.email.clone();
    let mut user = User { email: email.clone(), ..user };
    let mut transaction = platform.store.transaction();
    transaction.take_link(link);
    transaction.move_email(user.id, &old, email)?;
    transaction.replace_user(&mut user)?;
    account::carry(&mut transaction, &user, &places)?;
    let about = MailAbout::EmailChanged { new: email.clone(), from: platform.origin_of(client) };
    transaction.create_mail(&platform.mail_about(old.clone(), about))?;
    let change = (Some(json!({ "email": old })), Some(json!({ "email": email })));
    let actor = account::actor(&user, client);
    account::audit(platform, &mut transaction, &places, &actor, "email.change", &change)?;
    transaction.commit().await?;
    Ok(account::carry_on(platform, &user, &places).await?)
}

async fn is_open(platform: &Platform, link: &str, email: &Email, user: UserId) -> Result<bool, Problem> {
    let (link, holder) = tokio::join!(platform.store.link(link), platform.store.user_by_email(email));
    Ok(link?.is_some() && holder?.is_none_or(|holder| holder.id == user))
}
