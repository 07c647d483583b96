//! Attacks that were carried out against the platform, one file for each way in. `docs/SECURITY.md` names them.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod leaving;
mod lockout;
mod mail_cannon;
mod neighbours;
mod quotas;
mod secrets_in_urls;
mod takeover;
