//! Where an account's management API lives.

use std::fmt;

use url::Url;

/// The root of a management server. Paths of the API are appended to it, under `/api`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why a base URL was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBaseUrl {
    /// It is no URL at all.
    #[error("This is not a URL; it looks like https://netbird.example.com.")]
    NotAUrl,
    /// Neither `http` nor `https`.
    #[error("The URL must begin with https:// or http://.")]
    Scheme,
    /// It carries a user name or a password.
    #[error("The URL must not contain a user name or password; the API token goes into its own field.")]
    Credentials,
    /// It carries a query or a fragment.
    #[error("The URL must not contain a query (?) or a fragment (#).")]
    Extra,
}

impl BaseUrl {
    /// NetBird's hosted service.
    pub const CLOUD: &'static str = "https://api.netbird.io";

    /// Reads a base URL as people write it: with or without a trailing slash or `/api`.
    pub fn parse(text: &str) -> Result<Self, InvalidBaseUrl> {
        Self::new(Url::parse(text.trim()).map_err(|_| InvalidBaseUrl::NotAUrl)?)
    }

    /// Checks and normalises a URL.
    pub fn new(mut url: Url) -> Result<Self, InvalidBaseUrl> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(InvalidBaseUrl::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidBaseUrl::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidBaseUrl::Extra);
        }
        let path = url.path().trim_end_matches('/');
        let root = format!("{}/", path.strip_suffix("/api").unwrap_or(path).trim_end_matches('/'));
        url.set_path(&root);
        Ok(Self(url))
    }

    /// The URL of an API path such as `api/peers`.
    pub(crate) fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path()));
        url
    }

    /// The root itself, ending in a slash.
    pub fn as_url(&self) -> &Url {
        &self.0
    }
}

/// Without the trailing slash, as people write it.
impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_leads_to_the_same_api() {
        for spelling in
            ["https://nb.example", "https://nb.example/", " https://nb.example/api", "https://NB.example/api//"]
        {
            let base = BaseUrl::parse(spelling).unwrap();
            assert_eq!(base.join("api/peers").as_str(), "https://nb.example/api/peers", "{spelling}");
            assert_eq!(base.to_string(), "https://nb.example");
        }
        let below = BaseUrl::parse("http://10.0.0.1:8080/netbird/api/").unwrap();
        assert_eq!(below.join("api/groups").as_str(), "http://10.0.0.1:8080/netbird/api/groups");
    }

    #[test]
    fn what_is_no_base_url_is_refused() {
        for (text, reason) in [
            ("nb.example", InvalidBaseUrl::NotAUrl),
            ("", InvalidBaseUrl::NotAUrl),
            ("ftp://nb.example", InvalidBaseUrl::Scheme),
            ("file:///etc/passwd", InvalidBaseUrl::Scheme),
            ("https://user@nb.example", InvalidBaseUrl::Credentials),
            ("https://nb.example?x=1", InvalidBaseUrl::Extra),
            ("https://nb.example/#top", InvalidBaseUrl::Extra),
        ] {
            assert_eq!(BaseUrl::parse(text).unwrap_err(), reason, "{text}");
        }
    }
}
