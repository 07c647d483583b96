//! Speaking to an identity provider, which a tenant's owner named and which may be anything: every address is guarded,
//! no redirect is followed, every answer is bounded in size and time.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::jwk::Jwk;
use platform_core::sso::{Provider, SsoSettings};
use platform_http::Problem;
use platform_notify::guard::{self, AddressPolicy, AddressRefused};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use url::{Host, Url, form_urlencoded};

use crate::id_token::ALGORITHMS;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// Time for one request, body included. Two follow each other in one sign-in, three at most.
const TIMEOUT: Duration = Duration::from_secs(8);
/// The largest answer taken. Key sets with certificate chains reach some 50 KB.
const MAX_ANSWER: usize = 256 * 1024;
/// Keys of a provider that are looked at.
const MAX_KEYS: usize = 100;

/// Why a provider could not be asked, or its answer not be used. Worded for the person who set it up; nothing that the
/// provider wrote is repeated but the code of an error.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("{0} is not an https:// address")]
    Scheme(&'static str),
    #[error("{0}")]
    Address(AddressRefused),
    #[error("the provider cannot be reached")]
    Unreachable,
    #[error("the provider did not answer in time")]
    Timeout,
    #[error("the provider's answer is larger than {} KB", MAX_ANSWER / 1024)]
    TooLarge,
    #[error("the provider answered {what} with status {status}{code}")]
    Status { what: &'static str, status: u16, code: ErrorCode },
    #[error("the provider's answer to {0} is not what OpenID Connect asks for")]
    NotOpenId(&'static str),
    #[error("the provider calls itself {0}, which is another issuer")]
    OtherIssuer(String),
    #[error("the provider does not offer {0}")]
    Lacks(&'static str),
}

/// An OAuth error code such as ` (invalid_grant)`; empty if there is none that looks like one.
#[derive(Debug, Default)]
pub(crate) struct ErrorCode(String);

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl ErrorCode {
    fn of(body: &[u8]) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let code = body["error"].as_str().unwrap_or_default();
        let is_code = (1..=40).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        Self(if is_code { format!(" ({code})") } else { String::new() })
    }
}

/// What a provider gives for a code.
#[derive(Deserialize)]
pub(crate) struct Tokens {
    pub(crate) id_token: String,
    pub(crate) access_token: Option<String>,
}

/// Asks providers.
pub(crate) struct Asker {
    http: reqwest::Client,
    policy: AddressPolicy,
}

#[derive(Deserialize)]
struct Discovered {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: Option<String>,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    scopes_supported: Option<Vec<String>>,
    response_types_supported: Option<Vec<String>>,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    id_token_signing_alg_values_supported: Option<Vec<String>>,
}

impl Asker {
    pub(crate) fn new(policy: AddressPolicy) -> Result<Self, Problem> {
        let http = guard::client_builder(policy)
            .user_agent(concat!("netbird-platform-sso/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .build()
            .map_err(Problem::internal)?;
        Ok(Self { http, policy })
    }

    /// Reads what a provider publishes of itself. Returns its issuer to the letter too: people leave the last slash out.
    pub(crate) async fn discover(
        &self,
        issuer: &str,
        has_secret: bool,
        now: Timestamp,
    ) -> Result<(String, Provider), Trouble> {
        const WHAT: &str = "the discovery document";
        let base = issuer.trim_end_matches('/');
        let url = self.url(&format!("{base}/.well-known/openid-configuration"), "the issuer")?;
        let body = self.send(self.http.get(url), WHAT).await?;
        let found: Discovered = serde_json::from_slice(&body).map_err(|_| Trouble::NotOpenId(WHAT))?;
        if found.issuer.trim_end_matches('/') != base {
            return Err(Trouble::OtherIssuer(platform_core::text::printable(&found.issuer, 200)));
        }
        let lacks = |list: &Option<Vec<String>>, wanted: &[&str]| {
            list.as_ref().is_some_and(|list| !list.iter().any(|one| wanted.contains(&one.as_str())))
        };
        if lacks(&found.response_types_supported, &["code"]) {
            return Err(Trouble::Lacks("the authorization code flow"));
        }
        if lacks(&found.code_challenge_methods_supported, &["S256"]) {
            return Err(Trouble::Lacks("PKCE with S256"));
        }
        let signed = ALGORITHMS.iter().map(|algorithm| format!("{algorithm:?}")).collect::<Vec<_>>();
        if lacks(&found.id_token_signing_alg_values_supported, &signed.iter().map(String::as_str).collect::<Vec<_>>()) {
            return Err(Trouble::Lacks("ID tokens signed with RSA, ECDSA or Ed25519"));
        }
        // Without a list, it is the header (OpenID Connect Discovery, section 3).
        let methods = &found.token_endpoint_auth_methods_supported;
        let secret_in_body = lacks(methods, &["client_secret_basic"]);
        if has_secret && secret_in_body && lacks(methods, &["client_secret_post"]) {
            return Err(Trouble::Lacks("client_secret_basic or client_secret_post"));
        }
        let token_endpoint = found.token_endpoint.ok_or(Trouble::NotOpenId(WHAT))?;
        for (address, what) in [
            (&found.authorization_endpoint, "authorization_endpoint"),
            (&token_endpoint, "token_endpoint"),
            (&found.jwks_uri, "jwks_uri"),
        ] {
            self.url(address, what)?;
        }
        let provider = Provider {
            authorization_endpoint: found.authorization_endpoint,
            token_endpoint,
            jwks_uri: found.jwks_uri,
            // Only asked where the ID token says too little: one that cannot be asked is none.
            userinfo_endpoint: found.userinfo_endpoint.filter(|url| self.url(url, "userinfo_endpoint").is_ok()),
            secret_in_body,
            has_groups_scope: found.scopes_supported.is_some_and(|scopes| scopes.iter().any(|scope| scope == "groups")),
            read_at: now,
        };
        Ok((found.issuer, provider))
    }

    /// Exchanges a code.
    pub(crate) async fn exchange(
        &self,
        settings: &SsoSettings,
        secret: Option<&str>,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
    ) -> Result<Tokens, Trouble> {
        const WHAT: &str = "the exchange of the code";
        let url = self.url(&settings.provider.token_endpoint, "token_endpoint")?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", verifier),
        ];
        let mut request = self.http.post(url).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        match secret {
            Some(secret) if !settings.provider.secret_in_body => {
                request = request.header(AUTHORIZATION, basic(&settings.client_id, secret));
            }
            Some(secret) => form.extend([("client_id", settings.client_id.as_str()), ("client_secret", secret)]),
            None => form.push(("client_id", &settings.client_id)),
        }
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let body = self.send(request.body(form), WHAT).await?;
        serde_json::from_slice(&body).map_err(|_| Trouble::NotOpenId(WHAT))
    }

    /// The provider's public keys that this platform can use.
    pub(crate) async fn keys(&self, provider: &Provider) -> Result<Vec<Jwk>, Trouble> {
        const WHAT: &str = "the question for its keys";
        #[derive(Deserialize)]
        struct Keys {
            keys: Vec<Value>,
        }
        let url = self.url(&provider.jwks_uri, "jwks_uri")?;
        let body = self.send(self.http.get(url), WHAT).await?;
        let found: Keys = serde_json::from_slice(&body).map_err(|_| Trouble::NotOpenId(WHAT))?;
        // A key of a kind that nobody knew yet must not hide the others.
        Ok(found.keys.into_iter().take(MAX_KEYS).filter_map(|key| serde_json::from_value(key).ok()).collect())
    }

    /// What the provider says of somebody beyond the ID token.
    pub(crate) async fn userinfo(&self, endpoint: &str, access_token: &str) -> Result<Value, Trouble> {
        const WHAT: &str = "the question for the person's details";
        let url = self.url(endpoint, "userinfo_endpoint")?;
        let body = self.send(self.http.get(url).bearer_auth(access_token), WHAT).await?;
        serde_json::from_slice(&body).map_err(|_| Trouble::NotOpenId(WHAT))
    }

    /// An address that may be called: https, or, where the installation's own network may be called, http on this
    /// machine.
    fn url(&self, text: &str, what: &'static str) -> Result<Url, Trouble> {
        let url = Url::parse(text).map_err(|_| Trouble::Scheme(what))?;
        let is_ours = match url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        if url.scheme() != "https" && !(url.scheme() == "http" && self.policy.allow_private && is_ours) {
            return Err(Trouble::Scheme(what));
        }
        self.policy.check_url(&url).map_err(Trouble::Address)?;
        Ok(url)
    }

    async fn send(&self, request: RequestBuilder, what: &'static str) -> Result<Vec<u8>, Trouble> {
        let mut answer = request.header(ACCEPT, "application/json").send().await.map_err(|error| explain(&error))?;
        let status = answer.status();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| explain(&error))? {
            if body.len() + chunk.len() > MAX_ANSWER {
                return Err(Trouble::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        if status != StatusCode::OK {
            return Err(Trouble::Status { what, status: status.as_u16(), code: ErrorCode::of(&body) });
        }
        Ok(body)
    }
}

fn explain(error: &reqwest::Error) -> Trouble {
    match guard::address_refused(error) {
        Some(refused) => Trouble::Address(refused.clone()),
        None if error.is_timeout() => Trouble::Timeout,
        None => Trouble::Unreachable,
    }
}

/// Id and secret as a header (RFC 6749, section 2.3.1): each is form-encoded first.
fn basic(id: &str, secret: &str) -> String {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encode(id), encode(secret))))
}

/// The challenge of a PKCE verifier (RFC 7636, S256).
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(allow_private: bool) -> Asker {
        Asker::new(AddressPolicy { allow_private }).unwrap()
    }

    #[test]
    fn only_https_and_ones_own_machine() {
        for (text, hosted, local) in [
            ("https://id.example.com/x", true, true),
            ("http://id.example.com", false, false),
            ("http://localhost:3000", false, true),
            ("http://127.0.0.1:3000", false, true),
            ("http://[::1]:3000", false, true),
            ("http://10.0.0.1", false, false),
            ("https://10.0.0.1", false, true),
            ("https://169.254.169.254", false, false),
            ("https://user:pass@id.example.com", false, false),
            ("http://localhost.evil.example", false, false),
            ("javascript:alert(1)", false, false),
            ("ftp://id.example.com", false, false),
            ("id.example.com", false, false),
        ] {
            assert_eq!(asker(false).url(text, "it").is_ok(), hosted, "{text}");
            assert_eq!(asker(true).url(text, "it").is_ok(), local, "{text}");
        }
    }

    #[test]
    fn the_standards_examples() {
        assert_eq!(basic("s6BhdRkqt3", "gX1fBat3bV"), "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
        assert_eq!(basic("a b", ":%"), format!("Basic {}", STANDARD.encode("a+b:%3A%25")));
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn what_a_provider_writes_is_not_repeated() {
        for (body, code) in [
            (&br#"{"error":"invalid_grant","error_description":"secret"}"#[..], " (invalid_grant)"),
            (br#"{"error":"<script>"}"#, ""),
            (br#"{"error":7}"#, ""),
            (b"no json", ""),
        ] {
            assert_eq!(ErrorCode::of(body).to_string(), code);
        }
    }
}
