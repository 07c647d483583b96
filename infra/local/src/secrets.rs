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
    /// The one before the last rotation, still good until it is taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous_token: Option<String>,
    vault: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous_vault: Option<String>,
    #[serde(default)]
    second_factors: String,
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
            let mut secrets: Self =
                serde_json::from_str(&text).with_context(|| format!("{} is not a key file", path.display()))?;
            if secrets.second_factors.is_empty() {
                // Of a version that had no second factors.
                secrets.second_factors = random_text(entropy, 48);
                let next = folder.join("secrets.json.next");
                secrets.write(&next)?;
                fs::rename(&next, &path).with_context(|| format!("cannot replace {}", path.display()))?;
            }
            return Ok(secrets);
        }
        let secrets = Self {
            token: random_text(entropy, 48),
            previous_token: None,
            vault: random_text(entropy, 48),
            previous_vault: None,
            second_factors: random_text(entropy, 48),
            setup: random_text(entropy, 32),
            demo_password: random_text(entropy, 20),
        };
        secrets.write(&path)?;
        Ok(secrets)
    }

    fn write(&self, path: &Path) -> Result<()> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let mut file = file.with_context(|| format!("cannot make {}", path.display()))?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        Ok(())
    }

    /// Signs tokens: the current secret, then the previous one.
    pub fn token(&self) -> Result<Vec<SecretText>> {
        both(&self.token, self.previous_token.as_ref(), "token")
    }

    /// Seals what tenants entrust to the platform: the current secret, then the previous one.
    pub fn vault(&self) -> Result<Vec<SecretText>> {
        both(&self.vault, self.previous_vault.as_ref(), "vault")
    }

    /// Seals second factors.
    pub fn second_factors(&self) -> Result<Vec<SecretText>> {
        both(&self.second_factors, None, "second-factor")
    }

    /// Asked for by the first set-up when others can reach this machine.
    pub fn setup(&self) -> Result<SecretText> {
        SecretText::new(self.setup.clone()).context("the set-up code in the key file is too short")
    }
}

fn both(current: &str, previous: Option<&String>, name: &str) -> Result<Vec<SecretText>> {
    let all = std::iter::once(current).chain(previous.map(String::as_str));
    let secret = |text: &str| {
        SecretText::new(text.to_owned()).with_context(|| format!("the {name} secret in the key file is too short"))
    };
    all.map(secret).collect()
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
