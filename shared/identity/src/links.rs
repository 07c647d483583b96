//! Links of mails that somebody followed. [`platform_runtime::links`] makes them.

use platform_core::link::LinkPurpose;
use platform_http::Problem;
use platform_http::client::Client;
use platform_runtime::Platform;
use platform_runtime::links::hash_of;

use crate::guesses::Guess;

/// What a link that somebody followed is good for, and the SHA-256 of its token. It is not used up by that.
pub async fn open(platform: &Platform, client: &Client, token: &str) -> Result<(String, LinkPurpose), Problem> {
    let guess = Guess::at_link(platform, client).await?;
    let hash = hash_of(token).ok_or_else(Problem::link_expired)?;
    let link = platform.store.link(&hash).await?.filter(|link| platform.now() < link.expires_at);
    let link = link.ok_or_else(Problem::link_expired)?;
    guess.was_right(&platform.store).await?;
    Ok((hash, link.purpose))
}
