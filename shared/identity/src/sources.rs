//! From where somebody proved their password before: browsers, known by a cookie of their own, and addresses.
//!
//! Whoever guesses at a password from elsewhere uses up guesses of their own, and never those of a known source: so nobody
//! is kept out of their account by strangers who guess at it (OWASP calls it *device cookies*). What a browser calls
//! itself is no proof of anything, so it does not count here.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use platform_core::ids::UserId;
use platform_core::tenancy::User;
use platform_http::client::{Client, DEVICE_COOKIE, subscriber};

use platform_runtime::Platform;

/// Random bytes of a browser's cookie.
const BYTES: usize = 32;
/// Sources of a user that are remembered; the oldest is forgotten.
const MOST: usize = 20;
/// As long as browsers keep any cookie: 400 days.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;

/// A source that is known, by its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// A browser, by a name that only it has.
    Browser(&'a str),
    /// An address, which others may share.
    Address(&'a str),
}

/// The source that a client is for a user, if the user proved a password from it before.
pub(crate) fn known<'a>(user: &'a User, client: &Client) -> Option<Source<'a>> {
    let known = |digest: String| user.known_sources.iter().find(|known| **known == digest).map(String::as_str);
    let [device, address] = digests(user.id, client);
    device.and_then(known).map(Source::Browser).or_else(|| address.and_then(known).map(Source::Address))
}

/// Notes that the user proved a password from this client.
pub fn remember(user: &mut User, client: &Client) {
    for digest in digests(user.id, client).into_iter().flatten() {
        user.known_sources.retain(|known| *known != digest);
        user.known_sources.push(digest);
    }
    let forgotten = user.known_sources.len().saturating_sub(MOST);
    user.known_sources.drain(..forgotten);
}

/// The client, with a name of its own if it is a browser that has none yet.
pub fn named(platform: &Platform, client: Client) -> Client {
    match client.device {
        None if client.is_web => Client { device: Some(URL_SAFE_NO_PAD.encode(platform.random::<BYTES>())), ..client },
        _ => client,
    }
}

/// Makes a browser keep its name.
pub fn cookie(client: &Client) -> Option<HeaderValue> {
    let device = client.device.as_ref().filter(|_| client.is_web)?;
    let cookie = format!("{DEVICE_COOKIE}={device}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={MAX_AGE}");
    HeaderValue::from_str(&cookie).ok()
}

/// Of the user's own, so that the table does not tell who shares a browser or an address with whom.
fn digests(user: UserId, client: &Client) -> [Option<String>; 2] {
    let digest = |kind: &str, text: &str| {
        let digest = digest::digest(&digest::SHA256, format!("{user} {kind} {text}").as_bytes());
        hex::encode(&digest.as_ref()[..16])
    };
    [
        client.device.as_ref().map(|device| digest("device", device)),
        client.ip.map(|ip| digest("address", &subscriber(ip).to_string())),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn client(ip: &str, device: Option<&str>) -> Client {
        Client { ip: ip.parse().ok(), device: device.map(str::to_owned), ..Client::default() }
    }

    #[test]
    fn browsers_and_addresses_are_known_again() {
        let email = "ada@acme.example".parse().unwrap();
        let mut ada =
            User::new(UserId::from_uuid(Uuid::from_u128(1)), email, "Ada".into(), None, Timestamp::UNIX_EPOCH);
        assert!(known(&ada, &client("203.0.113.7", Some("browser"))).is_none());
        remember(&mut ada, &client("203.0.113.7", Some("browser")));
        assert!(matches!(known(&ada, &client("203.0.113.7", None)), Some(Source::Address(_))));
        assert!(matches!(known(&ada, &client("198.51.100.1", Some("browser"))), Some(Source::Browser(_))));
        assert!(matches!(known(&ada, &client("203.0.113.7", Some("browser"))), Some(Source::Browser(_))), "it first");
        assert!(known(&ada, &client("198.51.100.1", Some("another"))).is_none());
        let grace = User { id: UserId::from_uuid(Uuid::from_u128(2)), ..ada.clone() };
        assert!(known(&grace, &client("203.0.113.7", Some("browser"))).is_none(), "another user");
        for n in 0..MOST {
            remember(&mut ada, &client("203.0.113.8", Some(&n.to_string())));
        }
        assert_eq!(ada.known_sources.len(), MOST);
        assert!(known(&ada, &client("203.0.113.7", Some("browser"))).is_none(), "long ago");
    }
}
