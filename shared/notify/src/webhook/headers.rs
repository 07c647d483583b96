//! Headers that a user adds to a webhook, such as a bearer token of the receiver.

use platform_core::rule::Headers;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Most custom headers of one webhook.
pub const MAX_HEADERS: usize = 20;

/// Longest value of a custom header, in bytes: a large token fits.
pub const MAX_VALUE_BYTES: usize = 4_096;

/// Headers that say how the message travels, or that we say ourselves. A user who could set them could smuggle a
/// second request into a connection, or forge what the receiver verifies.
const RESERVED: &[&str] = &[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The specification's own headers.
const RESERVED_PREFIX: &str = "webhook-";

/// Custom headers that are safe to send. `Debug` does not show the values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomHeaders(HeaderMap);

/// A custom header that will not be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderRefused {
    /// The name has characters that no header name has.
    #[error("{0:?} is not a header name")]
    Name(String),
    /// The value has line breaks or other control characters, or is too long.
    #[error("the value of {0} must be one line of at most {MAX_VALUE_BYTES} bytes")]
    Value(String),
    /// The name is ours to set.
    #[error("{0} is set by the platform and cannot be a custom header")]
    Reserved(String),
    /// The name came before, perhaps in another case.
    #[error("{0} is there twice")]
    Twice(String),
    /// There are more than [`MAX_HEADERS`].
    #[error("a webhook has at most {MAX_HEADERS} custom headers")]
    TooMany,
}

impl CustomHeaders {
    /// Checks every name and value.
    ///
    /// # Errors
    ///
    /// The first header that is refused.
    pub fn parse(headers: &Headers) -> Result<Self, HeaderRefused> {
        if headers.len() > MAX_HEADERS {
            return Err(HeaderRefused::TooMany);
        }
        let mut checked = HeaderMap::with_capacity(headers.len());
        for (name, value) in headers {
            let name = HeaderName::try_from(name).map_err(|_| HeaderRefused::Name(name.clone()))?;
            if RESERVED.contains(&name.as_str()) || name.as_str().starts_with(RESERVED_PREFIX) {
                return Err(HeaderRefused::Reserved(name.to_string()));
            }
            let mut value = HeaderValue::try_from(value)
                .ok()
                .filter(|value| value.len() <= MAX_VALUE_BYTES)
                .ok_or_else(|| HeaderRefused::Value(name.to_string()))?;
            value.set_sensitive(true);
            if checked.insert(&name, value).is_some() {
                return Err(HeaderRefused::Twice(name.to_string()));
            }
        }
        Ok(Self(checked))
    }

    pub(super) fn to_map(&self) -> HeaderMap {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(headers: &[(&str, &str)]) -> Result<CustomHeaders, HeaderRefused> {
        CustomHeaders::parse(&headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn tokens_and_routing_headers_pass() {
        let headers = parse(&[("Authorization", "Bearer s3cret"), ("X-Team", "ops"), ("x-empty", "")]).unwrap();

        assert_eq!(headers.to_map()["authorization"], "Bearer s3cret");
        assert!(!format!("{headers:?}").contains("s3cret"));
    }

    #[test]
    fn reserved_names_are_refused_in_any_case() {
        for name in RESERVED.iter().chain(&["Host", "Content-Length", "Webhook-Id", "WEBHOOK-SIGNATURE", "webhook-x"]) {
            assert_eq!(parse(&[(name, "x")]), Err(HeaderRefused::Reserved(name.to_lowercase())));
        }
    }

    #[test]
    fn injections_are_refused() {
        for name in ["", "x y", "x:y", "x\r\ny", "é", ":path"] {
            assert_eq!(parse(&[(name, "x")]), Err(HeaderRefused::Name(name.into())));
        }
        for value in ["a\r\nb: c", "a\nb", "a\0", "\u{7f}", &"a".repeat(MAX_VALUE_BYTES + 1)] {
            assert_eq!(parse(&[("x-a", value)]), Err(HeaderRefused::Value("x-a".into())));
        }
    }

    #[test]
    fn too_many_and_doubled_are_refused() {
        assert_eq!(parse(&[("x-a", "1"), ("X-A", "2")]), Err(HeaderRefused::Twice("x-a".into())));
        let many: Headers = (0..=MAX_HEADERS).map(|n| (format!("x-{n}"), String::new())).collect();
        assert_eq!(CustomHeaders::parse(&many), Err(HeaderRefused::TooMany));
    }
}
