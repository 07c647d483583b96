//! Links in mails: their tokens are made when a mail is sent, and looked up by their SHA-256.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use platform_core::link::LinkPurpose;
use url::Url;

use crate::platform::Platform;

/// Random bytes of a token.
const BYTES: usize = 32;
/// Characters of a token: Base64 of its bytes.
const LENGTH: usize = 43;

/// A new link, to be sent and never stored.
pub struct NewLink {
    /// What is stored: the SHA-256 of its token.
    pub hash: String,
    token: String,
}

impl NewLink {
    /// A link that nobody can guess.
    pub fn new(platform: &Platform) -> Self {
        let token = URL_SAFE_NO_PAD.encode(platform.random::<BYTES>());
        Self { hash: hash(&token), token }
    }

    /// Where the link leads. The token is in the fragment, which browsers send to no server.
    pub fn url(&self, platform: &Platform, purpose: &LinkPurpose) -> Url {
        let mut url = page(&platform.public_url, purpose.page());
        url.set_fragment(Some(&format!("token={}", self.token)));
        url
    }
}

/// A page of the web app.
pub fn page(public_url: &Url, path: &str) -> Url {
    let mut url = public_url.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/'));
    }
    url
}

/// What a link is stored by, if this can be the token of one.
pub fn hash_of(token: &str) -> Option<String> {
    (token.len() == LENGTH).then(|| hash(token))
}

fn hash(token: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, token.as_bytes()))
}
