//! The API token, kept out of logs and wiped from memory.

use std::fmt;

use reqwest::header::HeaderValue;
use zeroize::Zeroizing;

/// A NetBird personal access token. `Debug` shows no part of it; the memory is zeroed when it is dropped.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

/// What was given cannot be a NetBird token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A NetBird API token is one word of at most 512 letters, digits and signs; it usually begins with nbp_.")]
pub struct InvalidToken;

impl Token {
    /// Takes a token as a person pastes it: surrounding white space is dropped.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let text = text.trim();
        if text.is_empty() || text.len() > 512 || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidToken);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// The token itself, to encrypt and store it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The `Authorization` header, marked sensitive so that HTTP layers do not print it.
    pub(crate) fn authorization(&self) -> HeaderValue {
        let text = Zeroizing::new(format!("Token {}", self.expose()));
        let mut value = HeaderValue::from_str(&text).expect("parse lets only visible ASCII pass");
        value.set_sensitive(true);
        value
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_tokens_are_trimmed_and_nonsense_is_refused() {
        assert_eq!(Token::parse(" nbp_abc\n").unwrap().expose(), "nbp_abc");
        for nonsense in ["", "  ", "two words", "nbp_\u{e9}", "a\r\nX-Injected: 1"] {
            assert_eq!(Token::parse(nonsense).unwrap_err(), InvalidToken, "{nonsense:?}");
        }
    }

    #[test]
    fn neither_debug_nor_the_header_shows_the_token() {
        let token = Token::parse("nbp_secret").unwrap();
        assert_eq!(format!("{token:?} {:?}", token.authorization()), "Token(…) Sensitive");
    }
}
