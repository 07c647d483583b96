//! Passwords: Argon2id, off the threads that serve requests.

use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, PasswordVerifier, Version};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use platform_core::clock::Entropy;
use tokio::sync::Semaphore;

/// OWASP's first choice of Argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A valid hash of no password, verified in place of one that does not exist, so that an unknown address takes as
/// long as a wrong password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Length of a hash, in bytes.
const OUTPUT: usize = Params::DEFAULT_OUTPUT_LEN;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes in memory that is used again: taken anew for every guess, 19 MiB each stay in the allocator's arenas. There
/// are never more of them than guesses under way at once, one a core.
fn derive(password: &[u8], salt: &[u8]) -> argon2::Result<[u8; OUTPUT]> {
    static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());
    let kept = || MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let memory = kept().pop();
    let argon2 = argon2();
    let mut memory = memory.unwrap_or_else(|| vec![Block::default(); argon2.params().block_count()]);
    let mut output = [0; OUTPUT];
    let hashed = argon2.hash_password_into_with_memory(password, salt, &mut output, &mut memory);
    // What is left in it was made of the password.
    memory.fill(Block::default());
    kept().push(memory);
    hashed.map(|()| output)
}

fn phc(password: &[u8], salt: &[u8]) -> Option<String> {
    let argon2 = argon2();
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params()).ok()?,
        salt: Some(Salt::new(salt).ok()?),
        hash: Some(Output::new(&derive(password, salt).ok()?).ok()?),
    };
    Some(hash.to_string())
}

fn is_hash_of(hash: &PasswordHash, password: &[u8]) -> bool {
    let is_ours = hash.algorithm == Algorithm::Argon2id.ident()
        && hash.version == Some(Version::V0x13.into())
        && ParamsString::try_from(argon2().params()).is_ok_and(|params| params == hash.params);
    match (&hash.salt, &hash.hash) {
        (Some(salt), Some(output)) if is_ours && output.len() == OUTPUT => derive(password, salt.as_ref())
            .is_ok_and(|derived| verify_slices_are_equal(&derived, output.as_ref()).is_ok()),
        // Made with other parameters, by another version of the platform.
        _ => argon2().verify_password(password, hash).is_ok(),
    }
}

/// The hash of a password, in PHC string format.
pub async fn hash(password: String, entropy: &dyn Entropy) -> String {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    run(move || phc(password.as_bytes(), &salt)).await.expect("the salt's length is valid")
}

/// Whether the password is the hashed one. Takes the same time when there is no hash.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    let known = hash.is_some();
    let work = move || {
        let hash = hash.as_deref().unwrap_or(NOBODY);
        PasswordHash::new(hash).is_ok_and(|hash| is_hash_of(&hash, password.as_bytes()))
    };
    run(work).await && known
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    // More at once than there are cores would only take memory, 19 MiB each.
    static CORES: LazyLock<Semaphore> =
        LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get)));
    let _permit = CORES.acquire().await.expect("nobody closes it");
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform_runtime::system::SystemEntropy;

    #[tokio::test]
    async fn verifies_only_the_same_password() {
        let hash = hash("correct horse battery".into(), &SystemEntropy).await;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("correct horse battery".into(), Some(hash.clone())).await);
        assert!(!verify("correct horse batterY".into(), Some(hash)).await);
        assert!(!verify(String::new(), None).await);
    }

    #[test]
    fn hashes_are_what_they_were() {
        use argon2::PasswordHasher;
        let salt = [7; 16];
        for password in ["", "correct horse battery", "ein langes Paßwort"] {
            let theirs = argon2().hash_password_with_salt(password.as_bytes(), &salt).unwrap();
            assert_eq!(phc(password.as_bytes(), &salt), Some(theirs.to_string()));
            assert!(is_hash_of(&theirs, password.as_bytes()));
            assert!(!is_hash_of(&theirs, b"another"));
        }
        let weaker = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
        let older = weaker.hash_password_with_salt(b"of an older version", &salt).unwrap();
        assert!(is_hash_of(&older, b"of an older version") && !is_hash_of(&older, b"another"));
    }

    #[test]
    fn nobody_is_a_valid_hash() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
