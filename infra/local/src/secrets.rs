//! The key file: made on first run, readable by its owner only.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use platform_core::clock::Entropy;
use platform_runtime::secrets::SecretText;
use serde::{Deserialize, Serialize};

/// What the key file holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    token: String,
    vault: String,
    setup: String,
    /// Password of the demo's owner.
    pub demo_password: String,
}

impl Secrets {
    /// Reads the key file, or makes it.
    pub fn load(folder: &Path, entropy: &dyn Entropy) -> Result<Self> {
        let path = folder.join("secrets.json");
        if path.exists() {
            let mode = fs::metadata(&path)?.permissions().mode() & 0o777;
            ensure!(mode & 0o077 == 0, "{} may be read by others (mode {mode:o}): run chmod 600 on it", path.display());
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            return serde_json::from_str(&text).with_context(|| format!("{} is not a key file", path.display()));
        }
        let secrets = Self {
            token: random_text(entropy, 48),
            vault: random_text(entropy, 48),
            setup: random_text(entropy, 32),
            demo_password: random_text(entropy, 20),
        };
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let mut file = file.with_context(|| format!("cannot make {}", path.display()))?;
        file.write_all(serde_json::to_string_pretty(&secrets)?.as_bytes())?;
        file.sync_all()?;
        Ok(secrets)
    }

    /// Signs tokens.
    pub fn token(&self) -> Result<SecretText> {
        SecretText::new(self.token.clone()).context("the token secret in the key file is too short")
    }

    /// Seals secrets at rest.
    pub fn vault(&self) -> Result<SecretText> {
        SecretText::new(self.vault.clone()).context("the vault secret in the key file is too short")
    }

    /// Asked for by the first set-up when others can reach this machine.
    pub fn setup(&self) -> Result<SecretText> {
        SecretText::new(self.setup.clone()).context("the set-up code in the key file is too short")
    }
}

/// Letters and digits that are not mistaken for one another.
fn random_text(entropy: &dyn Entropy, length: usize) -> String {
    const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut byte = [0];
        entropy.fill(&mut byte);
        // Bytes past the last whole alphabet are drawn again, so that every letter is as likely.
        let index = usize::from(byte[0]);
        if index < 256 - 256 % ALPHABET.len() {
            text.push(char::from(ALPHABET[index % ALPHABET.len()]));
        }
    }
    text
}
