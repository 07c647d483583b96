//! `pushLive`: takes what a tenant's open pages are to be told, and tells them.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::{Happened, Message};

use crate::check::check;
use crate::drain::drain;
use crate::said::expect_auth;
use crate::tell::tell;

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    match message {
        Message::ExpectAuth { connection } => match platform.store.connection(&connection).await? {
            Some(connection) => expect_auth(&platform, &connection).await,
            None => Ok(()),
        },
        Message::Live { tenant, what } => {
            let done = match what {
                Happened::Minute => check(&platform, tenant).await,
                what => tell(&platform, tenant, what).await,
            };
            // Also what a crash left behind.
            drain(&platform, tenant).await.and(done)
        }
        _ => Err("not a message of this queue".into()),
    }
}
