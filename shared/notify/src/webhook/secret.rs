//! Signing secrets, and the signature over `id.timestamp.body`.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use platform_core::clock::Entropy;

const PREFIX: &str = "whsec_";
const MIN_BYTES: usize = 24;
const MAX_BYTES: usize = 64;
const GENERATED_BYTES: usize = 32;

/// A secret shared with one receiver. Neither `Debug` nor an error shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// A text that is not a signing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signing secret is whsec_ followed by {MIN_BYTES} to {MAX_BYTES} bytes in base64")]
pub struct SecretRefused;

impl Secret {
    /// A new secret of 256 random bits.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = vec![0; GENERATED_BYTES];
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// The secret as its receiver needs it, `whsec_…`. To be shown once and stored encrypted.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", BASE64.encode(&self.0))
    }

    /// The signature of one attempt: `v1,` and the HMAC-SHA256 in base64.
    fn sign(&self, id: &str, sent_at: Timestamp, body: &[u8]) -> String {
        let mut content = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &self.0));
        content.update(format!("{id}.{}.", sent_at.as_second()).as_bytes());
        content.update(body);
        format!("v1,{}", BASE64.encode(content.sign()))
    }
}

impl FromStr for Secret {
    type Err = SecretRefused;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let encoded = text.strip_prefix(PREFIX).ok_or(SecretRefused)?;
        let bytes = BASE64.decode(encoded).map_err(|_| SecretRefused)?;
        if (MIN_BYTES..=MAX_BYTES).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(SecretRefused) }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(whsec_…)")
    }
}

/// The secrets that are valid now. While one is being replaced both sign, so that the receiver may switch at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningSecrets {
    /// The secret to keep.
    pub current: Secret,
    /// The secret that is being replaced.
    pub previous: Option<Secret>,
}

impl SigningSecrets {
    /// The `webhook-signature` header: one signature per secret, separated by spaces.
    pub fn sign(&self, id: &str, sent_at: Timestamp, body: &[u8]) -> String {
        let current = self.current.sign(id, sent_at, body);
        match &self.previous {
            Some(previous) => format!("{current} {}", previous.sign(id, sent_at, body)),
            None => current,
        }
    }
}

impl From<Secret> for SigningSecrets {
    fn from(current: Secret) -> Self {
        Self { current, previous: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;

    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n);
        }
    }

    /// What a receiver does: any one of the signatures may match.
    fn verify(secret: &Secret, header: &str, id: &str, timestamp: i64, body: &[u8]) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret.0);
        let content = [format!("{id}.{timestamp}.").as_bytes(), body].concat();
        header.split(' ').filter_map(|signature| signature.strip_prefix("v1,")).any(|signature| {
            let tag = BASE64.decode(signature).expect("signatures are base64");
            hmac::verify(&key, &content, &tag).is_ok()
        })
    }

    #[test]
    fn signs_like_the_reference_implementations() {
        let secret: Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let sent_at = Timestamp::from_second(1_614_265_330).unwrap();

        let header =
            SigningSecrets::from(secret).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", sent_at, br#"{"test": 2432232314}"#);

        assert_eq!(header, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn both_secrets_sign_during_rotation() {
        let current = Secret::generate(&Counting);
        let previous: Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let secrets = SigningSecrets { current: current.clone(), previous: Some(previous.clone()) };

        let header = secrets.sign("msg_1", Timestamp::from_second(1_000).unwrap(), b"{}");

        assert_eq!(header.split(' ').count(), 2);
        for secret in [current, previous] {
            assert!(verify(&secret, &header, "msg_1", 1_000, b"{}"));
            assert!(!verify(&secret, &header, "msg_2", 1_000, b"{}"));
            assert!(!verify(&secret, &header, "msg_1", 1_001, b"{}"));
            assert!(!verify(&secret, &header, "msg_1", 1_000, b"{ }"));
        }
    }

    #[test]
    fn secrets_are_24_to_64_bytes_of_base64() {
        for length in [24, 32, 64] {
            let text = format!("whsec_{}", BASE64.encode(vec![7; length]));
            assert_eq!(text.parse::<Secret>().unwrap().reveal(), text);
        }
        let encoded = |length| BASE64.encode(vec![7; length]);
        for refused in [
            format!("whsec_{}", encoded(23)),
            format!("whsec_{}", encoded(65)),
            encoded(32),
            "whsec_".into(),
            "whsec_not base64, not at all!!!!!!!!!!!!!".into(),
            String::new(),
        ] {
            assert_eq!(refused.parse::<Secret>(), Err(SecretRefused), "{refused}");
        }
    }

    #[test]
    fn generated_secrets_are_taken_from_the_entropy_and_stay_unsaid() {
        let secret = Secret::generate(&Counting);

        assert_eq!(secret.reveal(), "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        assert_eq!(secret.reveal().parse(), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(whsec_…)");
    }
}
