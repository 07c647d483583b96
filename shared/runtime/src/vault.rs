//! Secrets at rest: AES-256-GCM. A ciphertext names its key and is bound to its tenant, record and purpose, so that
//! one moved to another place does not open.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use platform_core::account::Sealed;
use platform_core::clock::Entropy;
use uuid::Uuid;

use crate::secrets::SecretText;

/// What a secret belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The tenant or user whose it is.
    pub owner: Uuid,
    /// The record, such as `account/<id>`.
    pub record: &'a str,
    /// What it is for, such as `netbird-token`.
    pub purpose: &'a str,
}

impl Place<'_> {
    fn aad(&self) -> Aad<Vec<u8>> {
        // Lengths first, so that no two places have the same bytes.
        let mut bytes = self.owner.as_bytes().to_vec();
        for part in [self.record, self.purpose] {
            bytes.extend((part.len() as u32).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        Aad::from(bytes)
    }
}

/// A ciphertext that does not open here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored secret does not open: another key, or another place")]
pub struct DoesNotOpen;

struct MasterKey {
    id: String,
    key: LessSafeKey,
}

/// Seals and opens. Seals with the first key; the others still open what was sealed before a rotation.
pub struct Vault(Vec<MasterKey>);

impl Vault {
    /// A vault of these secrets, the current one first.
    pub fn new(secrets: &[SecretText]) -> Self {
        let key = |secret: &SecretText| {
            let bytes = secret.derive("vault");
            let id = hex::encode(&digest::digest(&digest::SHA256, &bytes).as_ref()[..4]);
            let key = UnboundKey::new(&AES_256_GCM, &bytes).expect("the key has 32 bytes");
            MasterKey { id, key: LessSafeKey::new(key) }
        };
        Self(secrets.iter().map(key).collect())
    }

    /// Seals a secret for its place.
    pub fn seal(&self, place: Place<'_>, plain: &str, entropy: &dyn Entropy) -> Sealed {
        let current = self.0.first().expect("a vault has a key");
        let mut nonce = [0; NONCE_LEN];
        entropy.fill(&mut nonce);
        let mut bytes = plain.as_bytes().to_vec();
        let sealed = current.key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place.aad(), &mut bytes);
        sealed.expect("the plaintext is far below AES-GCM's limit");
        let mut body = nonce.to_vec();
        body.extend(bytes);
        Sealed(format!("{}.{}", current.id, STANDARD_NO_PAD.encode(body)))
    }

    /// Opens a secret in its place.
    pub fn open(&self, place: Place<'_>, sealed: &Sealed) -> Result<String, DoesNotOpen> {
        let (id, body) = sealed.0.split_once('.').ok_or(DoesNotOpen)?;
        let master = self.0.iter().find(|master| master.id == id).ok_or(DoesNotOpen)?;
        let body = STANDARD_NO_PAD.decode(body).map_err(|_| DoesNotOpen)?;
        let (nonce, ciphertext) = body.split_at_checked(NONCE_LEN).ok_or(DoesNotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| DoesNotOpen)?;
        let mut bytes = ciphertext.to_vec();
        let plain = master.key.open_in_place(nonce, place.aad(), &mut bytes).map_err(|_| DoesNotOpen)?;
        String::from_utf8(plain.to_vec()).map_err(|_| DoesNotOpen)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemEntropy;

    fn secret(letter: char) -> SecretText {
        SecretText::new(letter.to_string().repeat(40)).unwrap()
    }

    #[test]
    fn opens_only_in_its_place() {
        let vault = Vault::new(&[secret('a')]);
        let owner = Uuid::from_u128;
        let place = Place { owner: owner(1), record: "account/1", purpose: "netbird-token" };
        let sealed = vault.seal(place, "nbp_secret", &SystemEntropy);
        assert!(!sealed.0.contains("nbp_secret"));
        assert_ne!(sealed, vault.seal(place, "nbp_secret", &SystemEntropy), "a nonce of its own each time");
        assert_eq!(vault.open(place, &sealed).as_deref(), Ok("nbp_secret"));
        for moved in [
            Place { owner: owner(2), ..place },
            Place { record: "account/2", ..place },
            Place { purpose: "webhook-secret", ..place },
            Place { record: "account/1netbird", purpose: "-token", ..place },
        ] {
            assert_eq!(vault.open(moved, &sealed), Err(DoesNotOpen));
        }
    }

    #[test]
    fn a_rotated_vault_still_opens_what_was_sealed_before() {
        let place = Place { owner: Uuid::nil(), record: "r", purpose: "p" };
        let sealed = Vault::new(&[secret('a')]).seal(place, "x", &SystemEntropy);
        assert_eq!(Vault::new(&[secret('b'), secret('a')]).open(place, &sealed).as_deref(), Ok("x"));
        assert_eq!(Vault::new(&[secret('b')]).open(place, &sealed), Err(DoesNotOpen));
    }
}
