//! Hashing and checking passwords: argon2id with its recommended costs.
//!
//! Both are slow and take 19 MiB on purpose, so they run beside the request threads and only a few at a time.

use crate::Rng;
use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use model::Secret;
use tokio::sync::Semaphore;

/// How many passwords are hashed at the same time: more would only take memory.
static TURNS: Semaphore = Semaphore::const_new(4);

/// A hash that no password has; checked for users who don't exist, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keQ$R8Hv1lBxSkdvnZpvv5vYQ3o2w3oY0c0j1q0iJp3yq5c";

/// Hashes a new password.
pub(crate) async fn hash(rng: &dyn Rng, password: &Secret<String>) -> Secret<String> {
    let salt: [u8; 16] = rng.bytes();
    let password = password.expose().clone();
    let hashed = in_turn(move || {
        let salt = SaltString::encode_b64(&salt).expect("16 bytes are a valid salt");
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
        hash.expect("the default costs are valid").to_string()
    });
    Secret::new(hashed.await)
}

/// Checks a password against a hash, or against nobody's in the same time.
pub(crate) async fn matches(hash: Option<&Secret<String>>, password: &str) -> bool {
    let hash = hash.map_or(NOBODY, |hash| hash.expose()).to_owned();
    let password = password.to_owned();
    let known = in_turn(move || {
        let parsed = PasswordHash::new(&hash);
        parsed.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    known.await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _turn = TURNS.acquire().await.expect("this semaphore is never closed");
    tokio::task::spawn_blocking(work).await.expect("hashing doesn't panic")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRng;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hash = hash(&SystemRng, &Secret::new("correct horse".to_owned())).await;
        assert!(hash.expose().starts_with("$argon2id$"));
        assert!(matches(Some(&hash), "correct horse").await);
        assert!(!matches(Some(&hash), "wrong horse").await);
    }

    #[tokio::test]
    async fn nobodys_hash_is_valid_and_matches_nothing() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(!matches(None, "").await);
    }
}
