//! People, sessions, tokens and tenants.

use platform_core::access::Role;
use platform_core::link::LinkPurpose;
use platform_tests::{Authenticator, Member, OWNER_PASSWORD};
use serde_json::json;
use uuid::Uuid;

use super::{UNKNOWN, alone, foreign};
use crate::isolation::world::{Case, Foreign, World, delete, get, post, put, token_of};

impl World {
    pub(super) async fn identity_case(&self, operation: &str, caller: Option<&Member>) -> Option<Case> {
        let (ours, theirs) = (&self.ours, &self.theirs);
        Some(match operation {
            "login" => {
                let body = |tenant: Option<&str>| json!({ "email": ours.owner.email, "password": OWNER_PASSWORD, "tenantId": tenant });
                let shot = |id: &str| post("/api/auth/login", body(Some(id)));
                let foreign = vec![foreign(&shot, &theirs.owner.tenant.to_string(), 401)];
                Case { own: post("/api/auth/login", body(None)), status: 200, foreign }
            }
            "refresh" => {
                let token = self.refresh_token(&ours.owner).await;
                let mac = token.rsplit('.').next().unwrap();
                let forged = |user: Uuid, session: Uuid| {
                    let token = format!("nbr_{}.{}.0.{mac}", user.simple(), session.simple());
                    post("/api/auth/refresh", json!({ "refreshToken": token }))
                };
                let (user, session) = (theirs.owner.user.uuid(), theirs.owner.session.uuid());
                let foreign = Foreign { theirs: forged(user, session), nobodys: forged(UNKNOWN, UNKNOWN), status: 401 };
                Case {
                    own: post("/api/auth/refresh", json!({ "refreshToken": token })),
                    status: 200,
                    foreign: vec![foreign],
                }
            }
            "logout" => alone(post("/api/auth/logout", json!({})), 204),
            "switchTenant" => {
                let shot = |id: &str| post("/api/auth/tenant", json!({ "tenantId": id }));
                let (own, theirs) = (ours.owner.tenant.to_string(), theirs.owner.tenant.to_string());
                Case { own: shot(&own), status: 200, foreign: vec![foreign(&shot, &theirs, 404)] }
            }
            "updateProfile" => alone(put("/api/auth/profile", json!({ "name": "Another" })), 200),
            "signUp" => {
                let body = json!({ "tenantName": "Initech", "name": "Eve", "email": "eve@evil.example", "password": OWNER_PASSWORD });
                alone(post("/api/auth/sign-up", body), 202)
            }
            "verifySignUp" => alone(
                self.with_link("/api/auth/sign-up/verify", self.sign_up().await, json!({ "password": OWNER_PASSWORD }))
                    .await,
                201,
            ),
            "forgotPassword" => alone(post("/api/auth/password/forgot", json!({ "email": theirs.owner.email })), 202),
            "resetPassword" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let email = fresh.email.parse().unwrap();
                let purpose = LinkPurpose::ResetPassword { user: fresh.user, email, password_changed_at: None };
                let body = json!({ "password": OWNER_PASSWORD });
                alone(self.with_link("/api/auth/password/reset", purpose, body).await, 204)
            }
            "showInvitation" | "acceptInvitation" => {
                let (email, role) = (self.fresh_address(), "viewer");
                ours.owner.post("/api/users", json!({ "email": email, "role": role })).await.expect(201);
                self.app.settle().await;
                let token = self.app.mailbox.latest(&email).token();
                match operation {
                    "showInvitation" => alone(post("/api/auth/invitation", json!({ "token": token })), 200),
                    _ => {
                        let body = json!({ "token": token, "name": "Guest", "password": OWNER_PASSWORD });
                        alone(post("/api/auth/invitation/accept", body), 201)
                    }
                }
            }
            "setup" => {
                let body = json!({ "tenantName": "Again", "name": "Eve", "email": "eve@evil.example", "password": OWNER_PASSWORD });
                alone(post("/api/setup", body), 409)
            }
            "revokeSession" => {
                let shot = |id: &str| delete(format!("/api/auth/sessions/{id}"));
                let another = self.app.sign_in(caller.unwrap_or(&ours.owner)).await.session.to_string();
                let foreign = vec![foreign(&shot, &theirs.owner.session.to_string(), 404)];
                Case { own: shot(&another), status: 204, foreign }
            }
            "revokeOtherSessions" => alone(delete("/api/auth/sessions"), 204),
            "changePassword" => {
                let body = json!({ "currentPassword": OWNER_PASSWORD, "newPassword": OWNER_PASSWORD });
                alone(post("/api/auth/password", body), 204)
            }
            "changeEmail" => {
                let body = json!({ "email": theirs.owner.email, "password": OWNER_PASSWORD });
                alone(post("/api/auth/email", body), 202)
            }
            "confirmEmail" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let email = self.fresh_address().parse().unwrap();
                let purpose = LinkPurpose::ConfirmEmail { user: fresh.user, email, password_changed_at: None };
                alone(self.with_link("/api/auth/email/confirm", purpose, json!({})).await, 200)
            }
            "beginSecondFactor" => alone(post("/api/auth/second-factor", json!({ "password": OWNER_PASSWORD })), 200),
            "enableSecondFactor" => {
                let asker = caller.unwrap_or(&ours.owner);
                let begun = asker.post("/api/auth/second-factor", json!({ "password": OWNER_PASSWORD })).await;
                let secret = begun.body["secret"].as_str().unwrap_or_default().to_owned();
                let code = match begun.status.as_u16() {
                    200 => Authenticator { secret }.code(self.app.now()),
                    _ => "000000".into(),
                };
                alone(post("/api/auth/second-factor/enable", json!({ "code": code })), 200)
            }
            "renewRecoveryCodes" | "disableSecondFactor" => {
                let phone = self.app.plant_second_factor(caller.unwrap_or(&ours.owner)).await;
                let body = json!({ "password": OWNER_PASSWORD, "code": phone.code(self.app.now()) });
                match operation {
                    "renewRecoveryCodes" => alone(post("/api/auth/second-factor/recovery-codes", body), 200),
                    _ => alone(post("/api/auth/second-factor/disable", body), 204),
                }
            }
            "startSso" => {
                self.plant_sso().await;
                alone(post("/api/auth/sso/start", json!({ "slug": "acme" })), 200)
            }
            "finishSso" => {
                let shot = |tenant: &str| {
                    let body = json!({ "tenantId": tenant, "code": "a-code", "state": "a-state" });
                    post("/api/auth/sso/finish", body)
                };
                let foreign = vec![foreign(&shot, &theirs.owner.tenant.to_string(), 401)];
                Case { own: shot(&ours.owner.tenant.to_string()), status: 401, foreign }
            }
            "getSso" => {
                self.plant_sso().await;
                alone(get("/api/tenant/sso"), 200)
            }
            "putSso" => alone(put("/api/tenant/sso", self.sso()), 200),
            "deleteSso" => {
                self.plant_sso().await;
                alone(delete("/api/tenant/sso"), 204)
            }
            "listTokens" => alone(get("/api/tokens"), 200),
            "createToken" => {
                let body = json!({ "name": "script", "scopes": ["alerts:read"], "expiresInDays": 1 });
                alone(post("/api/tokens", body), 201)
            }
            "revokeToken" => {
                let shot = |id: &str| delete(format!("/api/tokens/{id}"));
                let own = token_of(caller.unwrap_or(&ours.owner)).await;
                Case { own: shot(&own), status: 204, foreign: vec![foreign(&shot, &theirs.token, 404)] }
            }
            "listUsers" => self.list(3, &[], 200),
            "inviteUser" => {
                let email = format!("guest-{}@acme.example", self.requests);
                alone(post("/api/users", json!({ "email": email, "role": "viewer" })), 201)
            }
            "updateUser" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let shot = |id: &str| put(format!("/api/users/{id}"), json!({ "role": "network_admin" }));
                let foreign =
                    [theirs.owner.user.to_string(), theirs.invitation.clone()].map(|id| foreign(&shot, &id, 404));
                Case { own: shot(&fresh.user.to_string()), status: 200, foreign: foreign.into() }
            }
            "deleteUser" => {
                let fresh = self.app.member(&ours.owner, Role::Viewer).await;
                let shot = |id: &str| delete(format!("/api/users/{id}"));
                let foreign =
                    [theirs.owner.user.to_string(), theirs.invitation.clone()].map(|id| foreign(&shot, &id, 404));
                Case { own: shot(&fresh.user.to_string()), status: 204, foreign: foreign.into() }
            }
            "leaveTenant" => {
                // Without the password: leaving.rs shows that it does what it says; here the member is still needed.
                alone(post("/api/users/leave", json!({})), 422)
            }
            "resendInvitation" => {
                let shot = |id: &str| post(format!("/api/users/{id}/invitation"), json!({}));
                // Another address each time: one is invited a few times a day only.
                let body = json!({ "email": self.fresh_address(), "role": "viewer" });
                let invited = ours.owner.post("/api/users", body).await.expect(201);
                Case {
                    own: shot(invited["id"].as_str().unwrap()),
                    status: 200,
                    foreign: vec![foreign(&shot, &theirs.invitation, 404)],
                }
            }
            "createTenant" => alone(post("/api/tenants", json!({ "name": "A further one" })), 201),
            "updateTenant" => alone(put("/api/tenant", json!({ "name": "Acme Networks" })), 200),
            "deleteTenant" => {
                // That it does what it says, tenants.rs shows; here the tenant is still needed.
                let body = json!({ "name": "Another name", "password": OWNER_PASSWORD });
                alone(post("/api/tenant/delete", body), 422)
            }
            "transferOwnership" => {
                let shot = |id: &str| post("/api/tenant/owner", json!({ "userId": id, "password": OWNER_PASSWORD }));
                let foreign = vec![foreign(&shot, &theirs.owner.user.to_string(), 422)];
                // To nobody, for the same reason.
                Case { own: shot(&Uuid::from_u128(8).to_string()), status: 422, foreign }
            }
            _ => return None,
        })
    }
}
