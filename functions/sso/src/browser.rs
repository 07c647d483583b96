//! What binds a sign-in to the browser that began it: somebody else's answer, brought to this browser by a link, does not
//! sign its owner into a stranger's account.

use aws_lc_rs::{constant_time, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, header};
use platform_core::sso::STATE_LIFE;
use platform_http::Problem;
use platform_runtime::Platform;

/// The cookie's name; the prefix makes browsers insist on `Secure`, this host and the path `/`.
const COOKIE: &str = "__Host-sso";
/// Strict is enough: the page that the provider leads back to sends it from this site.
const REST: &str = "Path=/; Secure; HttpOnly; SameSite=Strict";

/// 256 random bits that fit an address.
pub(crate) fn random(platform: &Platform) -> String {
    URL_SAFE_NO_PAD.encode(platform.random::<32>())
}

/// What is kept of something secret.
pub(crate) fn sha256_hex(text: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, text.as_bytes()))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

/// Gives a browser its secret.
pub(crate) fn cookie(secret: &str) -> Result<HeaderValue, Problem> {
    let cookie = format!("{COOKIE}={secret}; {REST}; Max-Age={}", STATE_LIFE.as_secs());
    HeaderValue::from_str(&cookie).map_err(Problem::internal)
}

/// Makes the browser forget it.
pub(crate) fn cleared() -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(&format!("{COOKIE}=; {REST}; Max-Age=0")).map_err(Problem::internal)
}

/// The secret of the request's browser.
pub(crate) fn secret(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}
