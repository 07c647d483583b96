//! Key material from a host's secrets: every key is derived from one random text per secret, so that Secrets Manager
//! can make them by itself and a rotation is a new text.

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};

/// A secret text. Never shown.
#[derive(Clone)]
pub struct SecretText(String);

impl SecretText {
    /// Fewest characters: 32 random ones of the 62 letters and digits are 190 bits.
    pub const MIN: usize = 32;

    /// Takes a secret that is long enough to be one.
    pub fn new(text: String) -> Option<Self> {
        (text.len() >= Self::MIN).then_some(Self(text))
    }

    /// 32 bytes for one purpose.
    pub fn derive(&self, purpose: &'static str) -> [u8; 32] {
        struct Bytes32;
        impl KeyType for Bytes32 {
            fn len(&self) -> usize {
                32
            }
        }
        let pseudorandom = Salt::new(HKDF_SHA256, b"netbird-platform").extract(self.0.as_bytes());
        let info = [purpose.as_bytes()];
        let expanded = pseudorandom.expand(&info, Bytes32).expect("32 bytes are within HKDF's limit");
        let mut key = [0; 32];
        expanded.fill(&mut key).expect("the length is the one asked for");
        key
    }

    /// The text, for comparing with what a person typed.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretText(…)")
    }
}
