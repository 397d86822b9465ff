//! The word that a browser keeps, and what the database keeps of it.

use model::Secret;
use sha2::{Digest, Sha256};
use std::fmt;

/// The word in a session's cookie; whoever has it is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(Secret<String>);

/// The SHA-256 of a token: finds the session, but can't be turned back into the cookie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SessionKey(pub [u8; 32]);

impl Token {
    /// Wraps a word out of a cookie.
    pub fn new(word: impl Into<String>) -> Self {
        Self(Secret::new(word.into()))
    }

    /// The word, for the cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The session's key.
    #[must_use]
    pub fn key(&self) -> SessionKey {
        SessionKey(Sha256::digest(self.expose()).into())
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(***)")
    }
}
