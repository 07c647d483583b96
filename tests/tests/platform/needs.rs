//! What an operation's row does not say it needs, it is not given: a missing grant is found here, and not on AWS.

use http::StatusCode;
use platform_core::ids::{AccountId, TenantId};
use platform_core::queue::Queue;
use platform_http::needs::GET;
use platform_http::{Host, Problem, needs};
use platform_runtime::queue::Message;
use platform_store::StoreError;
use platform_tests::TestApp;

const TENANT: &str = "0199e7a0-0000-7000-8000-0000000000c1";
const ACCOUNT: &str = "0199e7a0-0000-7000-8000-0000000000a1";

#[tokio::test]
async fn an_operation_is_given_no_more_than_its_row_says() {
    let app = TestApp::start().await;
    let (tenant, account): (TenantId, AccountId) = (TENANT.parse().unwrap(), ACCOUNT.parse().unwrap());
    let held = app.platform.held_to("sample", &needs().tenant(GET).queue(Queue::Evaluate));

    assert!(held.store.tenant(tenant).await.unwrap().is_none());
    held.queues.send(vec![Message::Evaluate { tenant, account }]).await.unwrap();
    assert_eq!(app.platform.take_refusals(), [""; 0]);

    let refused = held.store.setup_done().await.unwrap_err();
    assert!(matches!(refused, StoreError::NotGranted { .. }), "{refused:?}");
    assert_eq!(Problem::from(refused).status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(held.store.accounts(tenant).await.is_err());
    assert!(held.vault().is_err() && held.issuer().is_err() && held.mail.is_none());
    let elsewhere = Message::Notify { tenant, intent: "sample_webhook".into() };
    assert!(held.queues.send(vec![elsewhere]).await.is_err());
    let row = |what: &str| format!("the row of sample does not grant {what}");
    let told = ["GetItem on PLATFORM", "Query on TENANT#*", "vault", "signing key", "the queue webhook"];
    assert_eq!(app.platform.take_refusals(), told.map(row));
}
