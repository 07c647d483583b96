//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes for when the phone is lost.
//!
//! Every code is good once. What a code used up is in the user that [`check`] returns, and it is taken only if that user
//! is written, at the version that was read, in the transaction of what the code allows.

use aws_lc_rs::digest;
use jiff::Timestamp;
use platform_core::account::Sealed;
use platform_core::clock::Entropy;
use platform_core::ids::UserId;
use platform_core::tenancy::{SecondFactor, User};
use platform_http::Problem;
use totp_rs::{Builder, Secret, Totp};

use platform_runtime::Platform;
use platform_runtime::vault::Place;

/// Seconds that a code is shown for; one earlier and one later are taken too.
const STEP: u64 = 30;
const SKEW: u16 = 1;
/// Bytes of a seed: what RFC 4226 recommends.
const SEED: usize = 20;
/// Who the code is for, as the authenticator app shows it.
const ISSUER: &str = "NetBird platform";
/// Recovery codes of a user.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code, five bits each.
const RECOVERY_LENGTH: usize = 16;
/// Without those that are taken for others.
const RECOVERY_ALPHABET: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// No code is longer, however it is grouped.
const MOST: usize = 64;

/// Why a code was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefused {
    /// There is none, and one is needed.
    #[error("a code is needed: that of your authenticator app, or a recovery code")]
    Missing,
    /// It is not the one, or it was used before.
    #[error("the code is wrong, too old or was used before")]
    Wrong,
}

/// A seed as its owner sees it, once.
pub struct NewSeed {
    /// Base32, to be typed.
    pub secret: String,
    /// To be shown as a QR code.
    pub url: String,
    /// To be stored.
    pub sealed: Sealed,
}

/// Checks the second factor of a user who has one.
///
/// Returns the user with the code used up, still at the version it was read at: the caller counts the version up and
/// writes it in the transaction of what the code allows. A user without a second factor is returned as they are, whatever
/// the code.
///
/// The outer error is a fault of ours, the inner one is for the user.
pub fn check(platform: &Platform, user: &User, code: Option<&str>) -> Result<Result<User, CodeRefused>, Problem> {
    let Some(factor) = &user.second_factor else { return Ok(Ok(user.clone())) };
    let code: String = code.unwrap_or_default().chars().take(MOST).filter(|c| !c.is_whitespace()).collect();
    if code.is_empty() {
        return Ok(Err(CodeRefused::Missing));
    }
    let used = if code.chars().all(|c| c.is_ascii_digit()) {
        let step = step_of(platform, user.id, &factor.secret, &code)?;
        let fresh = step.filter(|step| *step > factor.last_step);
        fresh.map(|last_step| SecondFactor { last_step, ..factor.clone() })
    } else {
        let hash = hash(&code);
        let left: Vec<String> = factor.recovery.iter().filter(|known| **known != hash).cloned().collect();
        (left.len() < factor.recovery.len()).then(|| SecondFactor { recovery: left, ..factor.clone() })
    };
    Ok(used.map(|factor| User { second_factor: Some(factor), ..user.clone() }).ok_or(CodeRefused::Wrong))
}

/// Whether `used`, which a code led to from an earlier state, may follow `now` too: the code was not used meanwhile.
pub(crate) fn may_follow(now: Option<&SecondFactor>, used: Option<&SecondFactor>) -> bool {
    match (now, used) {
        (None, None) => true,
        (Some(now), Some(used)) if now.secret != used.secret => false,
        (Some(now), Some(used)) if used.last_step > now.last_step => used.recovery == now.recovery,
        (Some(now), Some(used)) if used.last_step == now.last_step => {
            used.recovery.len() + 1 == now.recovery.len()
                && used.recovery.iter().all(|left| now.recovery.contains(left))
        }
        _ => false,
    }
}

/// A new seed for a user, not asked for yet.
pub fn new_seed(platform: &Platform, user: &User) -> Result<NewSeed, Problem> {
    let seed = platform.random::<SEED>();
    let totp = Builder::new().with_secret(seed).with_account_name(user.email.as_str()).with_issuer(Some(ISSUER));
    let totp = totp.with_step_duration(STEP).with_skew(SKEW).build().map_err(Problem::internal)?;
    let url = totp.to_url().map_err(Problem::internal)?;
    let secret = totp.secret().to_base32();
    let sealed = platform.second_factors()?.seal(place(user.id), &secret, platform.entropy.as_ref());
    Ok(NewSeed { secret, url, sealed })
}

/// The pending second factor of a user becomes the one that is asked for, if the code is of its seed. Returns the user to
/// be written, and the recovery codes to be shown once.
pub fn enable(
    platform: &Platform,
    user: &User,
    code: &str,
) -> Result<Result<(User, Vec<String>), CodeRefused>, Problem> {
    let pending = user.pending_second_factor.as_ref();
    let secret = pending.ok_or_else(|| Problem::conflict("begin to set up the second factor first"))?.clone();
    let code: String = code.chars().take(MOST).filter(|c| !c.is_whitespace()).collect();
    let Some(last_step) = step_of(platform, user.id, &secret, &code)? else { return Ok(Err(CodeRefused::Wrong)) };
    let (shown, recovery) = recovery_codes(platform.entropy.as_ref());
    let factor = SecondFactor { secret, last_step, recovery, enabled_at: platform.now() };
    Ok(Ok((User { second_factor: Some(factor), pending_second_factor: None, ..user.clone() }, shown)))
}

/// New recovery codes: as they are shown, and as they are stored.
pub fn recovery_codes(entropy: &dyn Entropy) -> (Vec<String>, Vec<String>) {
    let code = |_| {
        let mut random = [0; RECOVERY_LENGTH];
        entropy.fill(&mut random);
        let letters = random.map(|byte| char::from(RECOVERY_ALPHABET[usize::from(byte % 32)]));
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join("-")
    };
    let shown: Vec<String> = (0..RECOVERY_CODES).map(code).collect();
    let stored = shown.iter().map(|code| hash(code)).collect();
    (shown, stored)
}

/// Which step a code is of, if it is near enough.
fn step_of(platform: &Platform, user: UserId, sealed: &Sealed, code: &str) -> Result<Option<u64>, Problem> {
    let seed = platform.second_factors()?.open(place(user), sealed).map_err(Problem::internal)?;
    let totp = totp(&seed)?;
    Ok(totp.check(code, seconds(platform.now())))
}

fn totp(seed: &str) -> Result<Totp, Problem> {
    let secret = Secret::try_from_base32(seed).map_err(|_| Problem::internal("a stored seed is not Base32"))?;
    let totp = Builder::new().with_secret(secret).with_step_duration(STEP).with_skew(SKEW);
    totp.build().map_err(Problem::internal)
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

fn place(user: UserId) -> Place<'static> {
    Place { owner: user.uuid(), record: "user", purpose: "second-factor" }
}

/// Eighty random bits need no slow hash.
fn hash(code: &str) -> String {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    hex::encode(digest::digest(&digest::SHA256, plain.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform_runtime::system::SystemEntropy;

    fn factor(last_step: u64, recovery: &[&str]) -> SecondFactor {
        let recovery = recovery.iter().map(|code| (*code).to_owned()).collect();
        SecondFactor { secret: Sealed("s".into()), last_step, recovery, enabled_at: Timestamp::UNIX_EPOCH }
    }

    /// RFC 6238, appendix B, to six digits.
    #[test]
    fn codes_are_those_of_the_rfc() {
        let totp = totp(&Secret::from(*b"12345678901234567890").to_base32()).unwrap();
        for (at, code) in [(1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            let step = at / STEP;
            assert_eq!(totp.check(code, at), Some(step));
            assert_eq!(totp.check(code, (step + 1) * STEP + STEP - 1), Some(step), "a step late");
            assert_eq!(totp.check(code, (step - 1) * STEP), Some(step), "a step early");
            assert_eq!(totp.check(code, (step + 2) * STEP), None);
            assert_eq!(totp.check(code, (step - 1) * STEP - 1), None);
        }
        for bad in ["", "08180", "0818040", "08180a", "０８１８０４"] {
            assert_eq!(totp.check(bad, 1_111_111_109), None, "{bad}");
        }
    }

    #[test]
    fn recovery_codes_are_random_and_stored_as_hashes() {
        let (shown, stored) = recovery_codes(&SystemEntropy);
        assert_eq!((shown.len(), stored.len()), (RECOVERY_CODES, RECOVERY_CODES));
        for (code, hashed) in shown.iter().zip(&stored) {
            assert_eq!(code.len(), RECOVERY_LENGTH + 3);
            assert!(!hashed.contains(&code.replace('-', "")));
            assert_eq!(hash(&code.to_uppercase().replace('-', " ")), *hashed, "however it is typed");
        }
        let mut different = shown.clone();
        different.dedup();
        assert_eq!(different.len(), shown.len());
        const { assert!(RECOVERY_LENGTH * 5 >= 80) };
    }

    #[test]
    fn a_code_follows_only_a_state_in_which_it_was_not_used() {
        let follows = |now, used: &SecondFactor| may_follow(Some(&now), Some(used));
        let by_app = factor(8, &["a", "b"]);
        assert!(follows(factor(7, &["a", "b"]), &by_app));
        assert!(!follows(factor(8, &["a", "b"]), &by_app), "the same code");
        assert!(!follows(factor(9, &["a", "b"]), &by_app), "a later one");
        assert!(!follows(factor(7, &["a"]), &by_app), "a recovery code meanwhile would come back");
        let by_recovery = factor(7, &["b"]);
        assert!(follows(factor(7, &["a", "b"]), &by_recovery));
        assert!(!follows(factor(7, &["b"]), &by_recovery), "the same code");
        assert!(!follows(factor(7, &["a", "c"]), &by_recovery));
        assert!(!follows(factor(8, &["a", "b"]), &by_recovery));
        assert!(!may_follow(None, Some(&by_app)) && !may_follow(Some(&by_app), None) && may_follow(None, None));
        assert!(!follows(SecondFactor { secret: Sealed("t".into()), ..factor(7, &["a", "b"]) }, &by_app));
    }
}
