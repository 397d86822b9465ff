//! Chance: what tells one start of the stand-ins from another.
//!
//! A product that keeps its database while the stand-ins start anew must not take new messages for repetitions of old ones,
//! so everything that is counted begins at a number that nobody has seen.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// Random bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "ids must differ between two starts; nothing of the product depends on this crate"
)]
fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("a machine that can serve HTTP has randomness");
    bytes
}

/// A number below `end`.
pub(crate) fn below(end: u64) -> u64 {
    u64::from_le_bytes(bytes()) % end.max(1)
}

/// A word of 16 random bytes, 22 characters that are safe in addresses.
pub(crate) fn word() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes::<16>())
}
