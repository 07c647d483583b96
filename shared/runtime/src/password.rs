//! Passwords: Argon2id, off the threads that serve requests.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
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

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password, in PHC string format.
pub async fn hash(password: String, entropy: &dyn Entropy) -> String {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let work = move || argon2().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string());
    run(work).await.expect("the salt's length is valid")
}

/// Whether the password is the hashed one. Takes the same time when there is no hash.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    let known = hash.is_some();
    let work = move || {
        let hash = hash.as_deref().unwrap_or(NOBODY);
        PasswordHash::new(hash).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
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
    use crate::system::SystemEntropy;

    #[tokio::test]
    async fn verifies_only_the_same_password() {
        let hash = hash("correct horse battery".into(), &SystemEntropy).await;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("correct horse battery".into(), Some(hash.clone())).await);
        assert!(!verify("correct horse batterY".into(), Some(hash)).await);
        assert!(!verify(String::new(), None).await);
    }

    #[test]
    fn nobody_is_a_valid_hash() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
